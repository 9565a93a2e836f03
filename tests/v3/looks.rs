//! Banks asked again, and what accounts held over time.

use crate::support::Site;
use crate::support::traveller::connected;
use axum::http::StatusCode;
use egusi_server::readings::tasks;
use serde_json::{Value, json};

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// A site with one shared account, and the paths of its record and account.
async fn shared() -> (Site, String, String) {
    let site = Site::new().await;
    let payload = connected(&site).await;
    let record = format!("/v3/records/{}", text(&payload["record_id"]));
    let account = text(&payload["accounts"][0]["id"]).to_owned();
    // What was begun with the connection is done.
    while tasks::round(&site.app).await.unwrap() > 0 {}
    site.clock.advance(120_000);
    (site, record, account)
}

async fn bank_says(site: &Site, account: &str, amount: &str) {
    let body = json!({"ledger": amount, "available": amount}).to_string();
    site.v3("POST", &format!("/v3/sandbox/accounts/{account}/balance"), &body).await;
}

#[tokio::test]
async fn a_check_waits_for_the_bank_and_leaves_a_reading() {
    let (site, _, account) = shared().await;
    bank_says(&site, &account, "1234.56").await;
    let checked = site.v3("POST", &format!("/v3/accounts/{account}/check"), "").await.json;
    assert_eq!((&checked["current"]["available"], &checked["account"]), (&json!("1234.56"), &json!(account)));
    let path = format!("/v3/balances/{}", text(&checked["id"]));
    assert_eq!(site.read(&path).await, checked);
    let readings = site.read(&format!("{path}?readings=true")).await["readings"].clone();
    assert_eq!(readings.as_array().unwrap().last(), Some(&checked["current"]));
}

#[tokio::test]
async fn a_check_of_what_cannot_be_read_says_why() {
    let (site, record, account) = shared().await;
    let all = site.read("/v3/accounts").await["data"].clone();
    let hidden = all.as_array().unwrap().iter().find(|account| account["connected"] == false).unwrap();
    let answer = site.v3_with("POST", &format!("/v3/accounts/{}/check", text(&hidden["id"])), &[], "").await;
    assert_eq!((answer.status, answer.code()), (StatusCode::CONFLICT, "conflict"));
    assert_eq!(answer.message(), "The customer does not share this account.");

    let id = record.rsplit('/').next().unwrap();
    site.v3("POST", &format!("/v3/sandbox/records/{id}/require-sign-in"), "").await;
    let answer = site.v3_with("POST", &format!("/v3/accounts/{account}/check"), &[], "").await;
    assert_eq!((answer.status, answer.code()), (StatusCode::CONFLICT, "sign_in_needed"));
    assert_eq!(site.read(&record).await["status"], "sign_in_needed");
}

#[tokio::test]
async fn a_refresh_goes_on_without_the_asker_and_is_not_begun_twice() {
    let (site, record, account) = shared().await;
    bank_says(&site, &account, "77.00").await;
    let path = format!("{record}/refresh");
    let asked = site.v3("POST", &path, r#"{"what":"balances"}"#).await;
    assert_eq!((asked.status, &asked.json["state"]), (StatusCode::ACCEPTED, &json!("running")));
    assert_eq!((&asked.json["what"], &asked.json["ended_at"]), (&json!("balances"), &Value::Null));
    site.clock.advance(1000);
    assert_eq!(site.v3("POST", &path, r#"{"what":"balances"}"#).await.json, asked.json, "the same look");

    assert!(tasks::round(&site.app).await.unwrap() > 0);
    let last = site.read(&path).await;
    assert_eq!(
        (&last["balances"]["state"], &last["balances"]["problem"]),
        (&json!("completed"), &Value::Null)
    );
    assert_eq!(last["transactions"], Value::Null);
    let balance = site.read(&format!("/v3/balances?account={account}")).await["data"][0].clone();
    assert_eq!(balance["current"]["available"], "77.00");

    let unknown = site.v3_with("POST", &path, &[], r#"{"what":"everything"}"#).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    assert!(unknown.message().starts_with("what: unknown variant `everything`"), "{}", unknown.message());
}

#[tokio::test]
async fn averages_count_each_amount_for_as_long_as_it_stood() {
    const HOUR_MS: i64 = 3_600_000;
    let (site, _, account) = shared().await;
    bank_says(&site, &account, "100.00").await;
    site.v3("POST", &format!("/v3/accounts/{account}/check"), "").await;
    let began =
        site.read(&format!("/v3/balances?account={account}")).await["data"][0]["current"]["at"].clone();
    site.clock.advance(3 * HOUR_MS);
    bank_says(&site, &account, "500.00").await;
    site.v3("POST", &format!("/v3/accounts/{account}/check"), "").await;
    site.clock.advance(HOUR_MS);

    let path = format!("/v3/accounts/{account}/statistics?from={}", text(&began));
    let counted = site.read(&path).await;
    assert_eq!((&counted["from"], &counted["until"]), (&began, &json!("2027-01-15T12:02:00.000Z")));
    let of_account = &counted["accounts"][0];
    assert_eq!((&of_account["account"], &of_account["currency"]), (&json!(account), &json!("NGN")));
    let available = &of_account["available"];
    // Three hours of 100, one hour of 500.
    assert_eq!(available["average"], "200.00");
    assert_eq!((&available["minimum"], &available["maximum"]), (&json!("100.00"), &json!("500.00")));
    assert_eq!(available["readings"], 2);
    assert_eq!(counted["currencies"][0]["available"]["average"], "200.00");

    let customer = site.read("/v3/customers").await["data"][0]["id"].clone();
    let path = format!("/v3/customers/{}/statistics?from={}", text(&customer), text(&began));
    assert_eq!(site.read(&path).await, counted, "the customer shares this account alone");
    let default = site.read(&format!("/v3/customers/{}/statistics", text(&customer))).await;
    assert_eq!(default["from"], "2026-10-17T12:02:00.000Z", "90 days before now");
}
