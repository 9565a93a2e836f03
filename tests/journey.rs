//! The main job without a pixel: the flow's own effects, answered by the real router over a real
//! SQLite file, one journey for each sandbox scenario.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

mod support;

use axum::http::StatusCode;
use egusi_flow::{Event, HostEvent, Remedy};
use egusi_protocol::Product;
use serde_json::{Value, json};
use support::Site;
use support::traveller::Traveller;

const BANK: &str = "First Bank of Nigeria";

async fn traveller(site: &Site) -> Traveller<'_> {
    Traveller::arrives(site, site.options()).await
}

#[tokio::test]
async fn a_customer_connects_and_the_company_reads_the_balance() {
    let site = Site::new().await;
    let mut customer = traveller(&site).await;
    customer.signs_in(BANK, "user_good", "pass_good").await;
    let payload = customer.connects(&[0]).await;
    assert_eq!(customer.seen.join(" "), "opening consent banks sign-in accounts(2) success closed");
    let heard = customer.heard.iter().filter(|event| !matches!(event, HostEvent::Happened(_)));
    let heard: Vec<_> = heard.collect();
    let is_whole = matches!(heard[..], [HostEvent::Success(_), HostEvent::BeforeClose, HostEvent::Close]);
    assert!(is_whole, "success, then the end, and nothing else: {heard:?}");

    let balances = site.okra("/v2/balance/getByCustomer", &json!({"customer": payload["customer_id"]})).await;
    assert_eq!(balances.status, StatusCode::OK);
    let balance = &balances.json["data"]["balance"][0];
    assert_eq!(balances.json["data"]["pagination"]["totalDocs"], 1);
    assert_eq!(balance["account"]["_id"], payload["accounts"][0]["id"]);
    assert_eq!(balance["available_balance"], payload["accounts"][0]["available_balance"]);
    assert_eq!(balance["ledger_balance"], payload["accounts"][0]["ledger_balance"]);
    assert_eq!(balance["account"]["bank"]["name"], BANK);
    assert_eq!(balance["record"][0]["_id"], payload["record_id"]);
    assert_eq!(balance["owner"], json!([site.company.token]));

    let one = site.okra("/v2/sandbox/balance/getById", &json!({"id": balance["_id"]})).await;
    assert_eq!(one.json["data"]["balance"], *balance);
}

#[tokio::test]
async fn the_payload_has_the_shape_okra_sent() {
    let site = Site::new().await;
    let mut customer = traveller(&site).await;
    customer.signs_in(BANK, "user_good", "pass_good").await;
    let payload = customer.connects(&[1]).await;
    let mut names: Vec<_> = payload.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    let expected = "accounts auth authorizationId authorization_id bank_id callback_url customer_id done meta \
        payment_authorization record record_id success";
    assert_eq!(names.join(" "), expected);
    assert_eq!(payload["record"], payload["record_id"]);
    assert!(payload["auth"]["clientId"].as_str().unwrap().starts_with("okr-1800000000000-"));
    let accounts = payload["accounts"].as_array().unwrap();
    assert_eq!(accounts.len(), 2, "all accounts of the sign-in are listed");
    let (picked, other) = (&accounts[0], &accounts[1]);
    assert_eq!((picked["connected"].as_bool(), picked["type"].as_str()), (Some(true), Some("Savings")));
    assert_eq!(picked["ref"], "savings-account");
    assert_eq!(picked["id"], picked["accountId"]);
    assert_eq!(picked["nuban"].as_str().unwrap().len(), 10);
    assert_eq!(other["connected"], false);
    assert_eq!(other["available_balance"], Value::Null, "an account that was not picked carries no figure");
    assert!(other["nuban"].as_str().unwrap().starts_with("******"));
}

/// Every scenario: what is typed after the password, what is seen.
#[tokio::test]
async fn every_scenario_goes_its_way() {
    let cases: &[(&str, &[&str], &str)] = &[
        ("user_good", &[], "accounts(2)"),
        ("user_otp", &["123456"], "one_time_code accounts(2)"),
        (
            "user_otp",
            &["000000", "123456"],
            "one_time_code one_time_code:wrong_answer:2 one_time_code accounts(2)",
        ),
        (
            "user_otp",
            &["000000", "111111", "222222"],
            "one_time_code one_time_code:wrong_answer:2 one_time_code one_time_code:wrong_answer:1 one_time_code \
             stopped:too_many_attempts",
        ),
        ("user_question", &["Lagos", " amara "], "question accounts(2)"),
        ("user_pin", &["1234"], "pin accounts(2)"),
        ("user_push", &[], "waiting accounts(2)"),
        ("user_slow", &[], "waiting accounts(2)"),
        ("user_many", &[], "accounts(12)"),
        ("user_single", &[], "accounts(1)"),
        ("user_noavailable", &[], "accounts(1)"),
        ("user_ledgeronly", &[], "accounts(1)"),
        ("user_low", &[], "accounts(1)"),
        ("user_noaccounts", &[], "stopped:no_accounts"),
        ("user_locked", &[], "stopped:account_locked"),
        ("error_down", &[], "stopped:institution_down"),
        ("error_maintenance", &[], "stopped:institution_maintenance"),
        ("nobody", &[], "sign-in:wrong_credentials"),
    ];
    let site = Site::new().await;
    for (username, answers, expected) in cases {
        let mut customer = traveller(&site).await;
        customer.signs_in(BANK, username, "pass_good").await;
        for answer in *answers {
            customer.answers(answer).await;
        }
        let seen = customer.seen.join(" ");
        let after = seen.strip_prefix("opening consent banks sign-in ").unwrap_or(&seen);
        assert_eq!(after, *expected, "{username} {answers:?}");
    }
}

#[tokio::test]
async fn wrong_details_can_be_corrected_and_another_bank_can_be_chosen() {
    let site = Site::new().await;
    let mut customer = traveller(&site).await;
    customer.signs_in(BANK, "user_good", "wrong").await;
    customer.sends_form("error_down", "pass_good").await;
    customer.does(Event::RemedyChosen(Remedy::ChooseAnother)).await;
    customer.does(Event::BackPressed).await;
    customer.signs_in("Kuda Bank", "user_good", "pass_good").await;
    customer.connects(&[0]).await;
    assert_eq!(
        customer.seen.join(" "),
        "opening consent banks sign-in sign-in:wrong_credentials sign-in stopped:institution_down banks consent banks \
         sign-in accounts(2) success closed"
    );
}

#[tokio::test]
async fn available_balances_are_reported_derived_or_unknown() {
    let site = Site::new().await;
    for (username, available, ledger, source) in [
        ("user_noavailable", json!(219_999.5), json!(250_000), "derived"),
        ("user_low", json!(350), json!(1350), "reported"),
        ("user_ledgeronly", Value::Null, json!(250_000), "ledger_only"),
    ] {
        let mut customer = traveller(&site).await;
        customer.signs_in(BANK, username, "pass_good").await;
        let payload = customer.connects(&[0]).await;
        let answer =
            site.okra("/v2/balance/getByCustomer", &json!({"customer": payload["customer_id"]})).await;
        let balance = &answer.json["data"]["balance"][0];
        assert_eq!(balance["available_balance"], available, "{username}");
        assert_eq!(balance["available_source"], source, "{username}");
        if username != "user_ledgeronly" {
            assert_eq!(balance["ledger_balance"], ledger, "{username}");
        }
        assert_eq!(payload["accounts"][0]["available_balance"], available, "{username}");
    }
}

#[tokio::test]
async fn figures_stay_on_the_server_when_they_are_not_to_be_shown() {
    let site = Site::new().await;
    let options = egusi_protocol::OpenSession { show_balance: false, ..site.options() };
    let mut customer = Traveller::arrives(&site, options).await;
    customer.signs_in(BANK, "user_good", "pass_good").await;
    let state = format!("{:?}", customer.flow);
    assert!(state.contains("accounts: [AccountView"), "{state}");
    assert!(state.contains("balance: None") && !state.contains("balance: Some"), "{state}");
    let payload = customer.connects(&[0]).await;
    assert!(
        payload["accounts"][0]["available_balance"].is_number(),
        "the company still reads what it asked for"
    );
}

#[tokio::test]
async fn a_company_that_asks_for_no_balance_gets_none() {
    let site = Site::new().await;
    let options = egusi_protocol::OpenSession { products: vec![Product::Auth], ..site.options() };
    let mut customer = Traveller::arrives(&site, options).await;
    customer.signs_in(BANK, "user_good", "pass_good").await;
    let payload = customer.connects(&[0, 1]).await;
    assert_eq!(payload["accounts"][0]["available_balance"], Value::Null);
    assert_eq!((site.rows("account"), site.rows("balance"), site.rows("reading")), (2, 0, 0));
}

#[tokio::test]
async fn a_customer_who_comes_back_keeps_every_id_and_gains_a_reading() {
    let site = Site::new().await;
    let connect = async || {
        let mut customer = traveller(&site).await;
        customer.signs_in(BANK, "user_good", "pass_good").await;
        customer.connects(&[0]).await
    };
    let first = connect().await;
    site.clock.advance(60_000);
    let second = connect().await;
    for name in ["customer_id", "record_id", "bank_id"] {
        assert_eq!(first[name], second[name], "{name}");
    }
    assert_eq!(first["accounts"][0]["id"], second["accounts"][0]["id"]);
    let answer = site.okra("/v2/balance/getByCustomer", &json!({"customer": first["customer_id"]})).await;
    let balance = &answer.json["data"]["balance"][0];
    assert_eq!(answer.json["data"]["pagination"]["totalDocs"], 1);
    assert_eq!(balance["periodic"]["ledger_balance"].as_array().unwrap().len(), 2);
    assert_eq!(balance["created_at"], "2027-01-15T08:00:00.000Z");
    assert_eq!(balance["last_updated"], "2027-01-15T08:01:00.000Z");
}

#[tokio::test]
async fn the_balance_is_still_there_after_a_restart() {
    let site = Site::new().await;
    let mut customer = traveller(&site).await;
    customer.signs_in(BANK, "user_good", "pass_good").await;
    let payload = customer.connects(&[0, 1]).await;
    drop(customer);
    let ask = json!({"customer": payload["customer_id"]});
    let before = site.okra("/v2/balance/getByCustomer", &ask).await;
    let site = site.restarted().await;
    let after = site.okra("/v2/balance/getByCustomer", &ask).await;
    assert_eq!(before.json["data"]["balance"].as_array().unwrap().len(), 2);
    assert_eq!(before.json, after.json);
}

#[tokio::test]
async fn a_reload_finds_the_session_where_it_stood_even_after_a_restart() {
    let site = Site::new().await;
    let mut customer = traveller(&site).await;
    customer.signs_in(BANK, "user_otp", "pass_good").await;
    let token = customer.token.clone();
    drop(customer);
    let site = site.restarted().await;
    let stands = site.call("GET", "/connect/v1/session", &token, "").await;
    assert_eq!(stands.json["step"]["challenge"]["kind"], "one_time_code");
    let answered = site.post("/connect/v1/session/answer", &token, &json!({"answer": "123456"})).await;
    assert_eq!(answered.json["step"]["accounts"]["accounts"].as_array().unwrap().len(), 2);
}
