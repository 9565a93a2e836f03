//! One story for each scenario of the sandbox, from the opening to the end, by forms alone.

use crate::browser::{Browser, FIRST_BANK, site};
use crate::site::Site;
use egusi_connectors::SandboxFiles;
use egusi_server::config::Settings;
use serde_json::json;

/// What the customer does after the form, one word each: an answer, `+` to send the code again after
/// its time, `.` to check again, `@` to tick what begins so; and the headings that are seen.
const STORIES: &[(&str, &[&str], &str)] = &[
    ("user_good", &[], "Choose accounts to share"),
    ("user_otp", &["123 456"], "Enter the code, Choose accounts to share"),
    ("user_otp", &["+", "123456"], "Enter the code, Enter the code, Choose accounts to share"),
    ("user_otp", &["000000", "123456"], "Enter the code, Enter the code, Choose accounts to share"),
    (
        "user_otp",
        &["000000", "111111", "222222"],
        "Enter the code, Enter the code, Enter the code, That did not work",
    ),
    (
        "user_question",
        &["Lagos", " amara "],
        "One question from your bank, One question from your bank, Choose accounts to share",
    ),
    ("user_pin", &["1234"], "Enter your PIN, Choose accounts to share"),
    (
        "user_device",
        &["@Queen's tablet", "123456"],
        "Choose a device, Enter the code, Choose accounts to share",
    ),
    ("user_choice", &["@E-mail", "123456"], "Choose one, Enter the code, Choose accounts to share"),
    ("user_image", &["47293"], "Look at the picture, Choose accounts to share"),
    (
        "user_push",
        &[".", ".", "."],
        "Approve in your bank's app, Approve in your bank's app, Approve in your bank's app, Choose accounts to share",
    ),
    ("user_slow", &[".", ".", ".", ".", ".", ".", ".", "."], "Choose accounts to share"),
    ("user_many", &[], "Choose accounts to share"),
    ("user_single", &[], "Choose accounts to share"),
    ("user_noavailable", &[], "Choose accounts to share"),
    ("user_ledgeronly", &[], "Choose accounts to share"),
    ("user_low", &[], "Choose accounts to share"),
    ("user_expired", &[], "Choose accounts to share"),
    ("user_restricted", &[], "Choose accounts to share"),
    ("user_noaccounts", &[], "That did not work"),
    ("user_corporate", &[], "That did not work"),
    ("user_locked", &[], "That did not work"),
    ("error_down", &[], "That did not work"),
    ("error_maintenance", &[], "That did not work"),
    ("error_malformed", &[], "That did not work"),
    ("nobody", &[], "Sign in to First Bank of Nigeria"),
];

#[tokio::test]
async fn every_scenario_goes_its_way_by_forms_alone() {
    let site = site().await;
    for (username, doings, expected) in STORIES {
        let mut customer = Browser::framed(&site);
        customer.at_the_bank(FIRST_BANK, &json!({})).await;
        customer.signs_in(username, "pass_good").await;
        let mut seen = vec![customer.heading()];
        for doing in *doings {
            match *doing {
                "." => customer.presses("Check again").await,
                "+" => {
                    site.clock.advance(30_000);
                    customer.presses("Send a new code").await;
                }
                tick if tick.starts_with('@') => {
                    customer.ticks(&tick[1..]);
                    customer.presses("Continue").await;
                }
                answer => {
                    let label = customer.all("main .field label").concat();
                    customer.types(&label, answer);
                    customer.presses("Continue").await;
                }
            }
            seen.push(customer.heading());
        }
        if *username == "user_slow" {
            seen.retain(|heading| heading != "Your bank is working on it");
        }
        assert_eq!(seen.join(", "), *expected, "{username} {doings:?}: {}", customer.seen());
        if seen.last().is_some_and(|heading| heading == "Choose accounts to share") {
            connects(&mut customer, username).await;
        }
    }
}

/// Ticks the first account that can be shared, and goes to the end.
async fn connects(customer: &mut Browser<'_>, username: &str) {
    let first = customer.all("label.account:not(.barred)").first().unwrap().clone();
    customer.ticks(&first);
    customer.presses("Connect").await;
    assert_eq!(customer.heading(), "You are connected", "{username}: {}", customer.seen());
    let success = customer.heard.iter().find(|message| message.get("success").is_some()).unwrap();
    assert_eq!(
        success["accounts"].as_array().unwrap().iter().filter(|one| one["connected"] == true).count(),
        1
    );
    customer.presses("Done").await;
    let heard = customer.heard_names();
    assert_eq!(heard[heard.len() - 3..], ["CLOSED", "beforeClose", "close"], "{username}: {heard:?}");
    assert_eq!(heard.iter().filter(|name| *name == "success").count(), 1, "{username}");
}

#[tokio::test]
async fn the_host_hears_the_same_words_as_from_the_widget() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({})).await;
    customer.signs_in("user_otp", "wrong").await;
    assert_eq!(customer.with_label("Username", "value").as_deref(), Some("user_otp"), "what is seen is kept");
    assert_eq!(customer.with_label("Password", "value"), None);
    assert!(customer.alert().contains("did not accept these details"), "{}", customer.seen());
    assert_eq!(customer.with_label("Username", "aria-describedby").as_deref(), Some("problem"));
    customer.signs_in("user_otp", "pass_good").await;
    customer.types("One-time code", "1");
    customer.presses("Continue").await;
    assert!(customer.alert().contains("right length"), "{}", customer.seen());
    customer.types("One-time code", "123456");
    customer.presses("Continue").await;
    customer.ticks("Everyday Current");
    customer.presses("Connect").await;
    let expected = [
        "OPENED",
        "CONSENT_GIVEN",
        "INSTITUTION_SELECTED",
        "CREDENTIALS_SUBMITTED",
        "PROBLEM_SHOWN",
        "CREDENTIALS_SUBMITTED",
        "CHALLENGE_SHOWN",
        "PROBLEM_SHOWN",
        "CHALLENGE_ANSWERED",
        "ACCOUNTS_SHOWN",
        "ACCOUNTS_SUBMITTED",
        "CONNECTED",
        "success",
    ];
    assert_eq!(customer.heard_names(), expected);
    let keys: Vec<_> = customer.heard[0].as_object().unwrap().keys().map(String::as_str).collect();
    let in_the_guide = [
        "accounts",
        "challenge",
        "event",
        "event_name",
        "institution_id",
        "institution_name",
        "method",
        "problem",
        "remedy",
        "session_id",
        "step",
        "timestamp",
    ];
    assert_eq!(keys, in_the_guide);
}

/// An operator's scenario whose bank is at work for three polls, a moment each.
const QUICK_WORK: &str = r#"{ "scenarios": [{
    "username": "quick_work", "holder": "Zainab Sample",
    "steps": [{ "wait": { "kind": "working", "polls": 3, "retry_after_ms": 5, "texts": ["One", "Two", "Three"] } }],
    "accounts": [{ "name": "House", "number": "9999999999", "kind": "Current", "currency": "NGN",
                   "ledger": "1500.00", "available": "1450.00" }]
}]}"#;

#[tokio::test]
async fn a_page_waits_for_a_bank_that_is_at_work_and_shows_what_came_of_it() {
    let sandbox = SandboxFiles { scenarios: Some(QUICK_WORK.into()), institutions: None };
    let site = Site::with_settings(Settings { sandbox, ..Settings::default() }).await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({})).await;
    customer.signs_in("quick_work", "pass_good").await;
    assert_eq!(customer.heading(), "Choose accounts to share", "{}", customer.seen());
    assert!(customer.heard_names().contains(&"WAITING".to_owned()), "{:?}", customer.heard_names());
}

#[tokio::test]
async fn dialling_needs_no_password() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({})).await;
    customer.presses("Dial a code").await;
    assert_eq!(customer.with_label("Password", "name"), None);
    customer.types("Username", "user_good");
    customer.presses("I have dialled it").await;
    for _ in 0..3 {
        assert_eq!(customer.heading(), "Dial the code on your phone");
        customer.presses("Check again").await;
    }
    assert_eq!(customer.heading(), "Choose accounts to share");
    let heard = customer.heard_names();
    assert!(heard.contains(&"METHOD_SELECTED".to_owned()), "{heard:?}");
}

#[tokio::test]
async fn a_line_that_breaks_twice_holds_the_third_time() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({})).await;
    for _ in 0..2 {
        customer.signs_in("error_flaky", "pass_good").await;
        assert!(customer.alert().contains("The line to"), "{}", customer.seen());
        customer.presses("Try again").await;
    }
    customer.signs_in("error_flaky", "pass_good").await;
    assert_eq!(customer.heading(), "Choose accounts to share");
}

#[tokio::test]
async fn a_bank_that_never_answers_is_given_up() {
    let site = Site::with_settings(Settings { bank_timeout_s: 1, ..Settings::default() }).await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({})).await;
    customer.signs_in("error_timeout", "pass_good").await;
    assert!(customer.alert().contains("took too long"), "{}", customer.seen());
    assert_eq!(customer.buttons(), ["Try again", "Choose another bank"]);
}

#[tokio::test]
async fn the_last_page_leads_to_the_receipt_and_the_window_stays() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({})).await;
    assert!(
        customer.seen().contains("will see the accounts you choose, for 180 days"),
        "{}",
        customer.seen()
    );
    customer.signs_in("user_good", "pass_good").await;
    customer.ticks("Everyday Current");
    customer.presses("Connect").await;
    let (path, body) = customer.pressed("Your receipt");
    assert_eq!(path, "/consent", "the number is in no address");
    assert_eq!((body.matches('=').count(), body.len()), (1, "number=".len() + 19), "the number and no more");
    assert_eq!(customer.attribute("form[action='/consent']", "target").as_deref(), Some("_blank"));
    customer.presses("Your receipt").await;
    assert_eq!(customer.heading(), "What you share");
}
