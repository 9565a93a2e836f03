//! One story for each scenario of the sandbox, from the choice of the bank to the accounts.

use crate::customer::{Customer, choice, form};
use crate::own_page::{approves, comes_back};
use crate::site::Site;
use serde_json::json;

/// What the customer does after the form, one word each: an answer, `+` to send the code again
/// after its time, `.` to wait for the bank.
const STORIES: &[(&str, &[&str], &str)] = &[
    ("user_good", &[], "accounts 2"),
    ("user_otp", &["123456"], "one_time_code, accounts 2"),
    ("user_otp", &["+", "123456"], "one_time_code, one_time_code, accounts 2"),
    ("user_otp", &["000000", "123456"], "one_time_code, one_time_code wrong_answer 2, accounts 2"),
    (
        "user_otp",
        &["000000", "111111", "222222"],
        "one_time_code, one_time_code wrong_answer 2, one_time_code wrong_answer 1, failed too_many_attempts",
    ),
    ("user_question", &["Lagos", " amara "], "question, question, accounts 2"),
    ("user_pin", &["1234"], "pin, accounts 2"),
    ("user_device", &["tablet", "123456"], "device, one_time_code, accounts 2"),
    ("user_choice", &["e-mail", "123456"], "choice, one_time_code, accounts 2"),
    ("user_image", &["47293"], "image, accounts 2"),
    ("user_push", &[".", ".", "."], "approval, approval, approval, accounts 2"),
    (
        "user_slow",
        &[".", ".", ".", ".", ".", ".", ".", "."],
        "working, working, working, working, working, working, working, working, accounts 2",
    ),
    ("user_many", &[], "accounts 12"),
    ("user_single", &[], "accounts 1"),
    ("user_noavailable", &[], "accounts 1"),
    ("user_ledgeronly", &[], "accounts 1"),
    ("user_low", &[], "accounts 1"),
    ("user_expired", &[], "accounts 1"),
    ("user_restricted", &[], "accounts 3"),
    ("user_noaccounts", &[], "failed no_accounts"),
    ("user_corporate", &[], "failed corporate_not_allowed"),
    ("user_locked", &[], "failed account_locked"),
    ("error_down", &[], "failed institution_down"),
    ("error_maintenance", &[], "failed institution_maintenance"),
    ("error_malformed", &[], "failed institution_unreadable"),
    ("nobody", &[], "form wrong_credentials"),
];

#[tokio::test]
async fn every_scenario_goes_its_way() {
    let site = Site::new().await;
    for (username, doings, expected) in STORIES {
        let mut customer = Customer::at_first_bank(&site).await;
        customer.signs_in(username).await;
        let mut seen = vec![customer.place()];
        for doing in *doings {
            match *doing {
                "." => customer.does("poll", &json!({})).await,
                "+" => {
                    site.clock.advance(30_000);
                    customer.does("resend", &json!({})).await;
                }
                answer => customer.answers(answer).await,
            }
            seen.push(customer.place());
        }
        assert_eq!(seen.join(", "), *expected, "{username} {doings:?}");
    }
}

#[tokio::test]
async fn a_customer_approves_on_the_banks_own_page_and_connects() {
    let site = Site::new().await;
    let mut customer = Customer::at_first_bank(&site).await;
    customer.signs_in("user_redirect").await;
    assert_eq!(customer.place(), "redirect");
    let back = approves(&site, &customer).await;
    assert!(comes_back(&site, &back).await.1.contains("You are signed in"));
    customer.stands = customer.looks("").await.json;
    assert_eq!(customer.place(), "accounts 2");
    customer.does("accounts", &json!({"picks": [0]})).await;
    assert_eq!(customer.place(), "done");
}

#[tokio::test]
async fn a_line_that_breaks_twice_holds_the_third_time() {
    let site = Site::new().await;
    let mut customer = Customer::at_first_bank(&site).await;
    for expected in ["failed institution_unreachable", "failed institution_unreachable", "accounts 1"] {
        customer.signs_in("error_flaky").await;
        assert_eq!(customer.place(), expected);
    }
}

#[tokio::test]
async fn dialling_needs_no_password() {
    let site = Site::new().await;
    let mut customer = Customer::at_first_bank(&site).await;
    let dialled = json!({"method": "ussd", "fields": [{"name": "username", "value": "user_good"}]});
    customer.does("form", &dialled).await;
    let mut seen = vec![customer.place()];
    while seen.last().is_some_and(|place| place == "dialling") && seen.len() < 5 {
        customer.does("poll", &json!({})).await;
        seen.push(customer.place());
    }
    assert_eq!(seen.join(", "), "dialling, dialling, dialling, accounts 2");
}

#[tokio::test]
async fn a_bank_that_never_answers_is_given_up() {
    let settings =
        egusi_server::config::Settings { bank_timeout_s: 1, ..egusi_server::config::Settings::default() };
    let site = Site::with_settings(settings).await;
    let mut customer = Customer::at_first_bank(&site).await;
    customer.signs_in("error_timeout").await;
    assert_eq!(customer.place(), "failed institution_timeout");
    customer.signs_in("user_good").await;
    assert_eq!(customer.place(), "accounts 2", "and another try is free");
}

#[tokio::test]
async fn going_back_to_another_bank_and_form_begins_a_new_sign_in() {
    let site = Site::new().await;
    let mut customer = Customer::at_first_bank(&site).await;
    customer.signs_in("user_otp").await;
    customer.does("institution", &choice("5d6fe57a4099cc4b210bbebb")).await;
    assert_eq!(customer.place(), "form");
    customer.does("form", &form("user_pin")).await;
    assert_eq!(customer.place(), "pin");
}
