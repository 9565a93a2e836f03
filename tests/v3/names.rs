//! Customers, records, accounts, their transactions, and the Apps and thresholds that watch them.

use crate::support::Site;
use crate::support::traveller::connected;
use axum::http::StatusCode;
use egusi_protocol::{AccountId, RecordId, RecordStatus, TransactionId};
use egusi_store::{NewTransaction, NewTransactions, RecordUpdate};
use serde_json::{Value, json};

const MISSING: &str = "000000000000000000000000";

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[tokio::test]
async fn what_a_connection_leaves_is_found_from_every_side() {
    let site = Site::new().await;
    let payload = connected(&site).await;
    let customers = site.read("/v3/customers").await["data"].clone();
    let customer = site.read(&format!("/v3/customers/{}", text(&payload["customer_id"]))).await;
    assert_eq!(customers, json!([customer]));
    assert_eq!(customer["records"], json!([payload["record_id"]]));

    let record = site.read(&format!("/v3/records/{}", text(&payload["record_id"]))).await;
    assert_eq!(site.read("/v3/records").await["data"], json!([record]));
    assert_eq!((&record["status"], &record["customer"]), (&json!("ok"), &payload["customer_id"]));
    assert_eq!(record["products"], json!(["auth", "balance"]));

    let path = format!("/v3/accounts/{}", text(&payload["accounts"][0]["id"]));
    let account = site.read(&path).await;
    let all =
        site.read(&format!("/v3/accounts?record={}", text(&payload["record_id"]))).await["data"].clone();
    assert_eq!(all, customer["accounts"].as_array().unwrap().iter().rev().cloned().collect::<Value>());
    assert!(all.as_array().unwrap().contains(&account));
    let balance = site.read(&format!("/v3/balances/{}", text(&account["balance"]))).await;
    assert_eq!(balance["account"], account["id"]);
    let shared = all.as_array().unwrap().iter().filter(|account| account["connected"] == true).count();
    assert_eq!(shared, 1, "the other account is there, masked and without a balance");
}

#[tokio::test]
async fn somebody_elses_thing_answers_like_a_missing_one_everywhere() {
    let site = Site::new().await;
    let payload = connected(&site).await;
    let app = site.v3("POST", "/v3/apps", r#"{"name":"Shop"}"#).await.json;
    let (customer, record) = (text(&payload["customer_id"]), text(&payload["record_id"]));
    let account = text(&payload["accounts"][0]["id"]);
    let other = site.another_company().await;
    let theirs = format!("Bearer {}", other.sandbox.secret.expose());
    let amount = r#"{"amount":"5"}"#;
    for (method, before, id, after, body) in [
        ("GET", "customers", customer, "", ""),
        ("GET", "customers", customer, "/statistics", ""),
        ("GET", "records", record, "", ""),
        ("GET", "records", record, "/refresh", ""),
        ("GET", "accounts", account, "", ""),
        ("GET", "accounts", account, "/statistics", ""),
        ("POST", "accounts", account, "/check", ""),
        ("PUT", "accounts", account, "/threshold", amount),
        ("DELETE", "accounts", account, "/threshold", ""),
        ("GET", "transactions", account, "", ""),
        ("GET", "apps", text(&app["id"]), "", ""),
        ("PUT", "apps", text(&app["id"]), "", r#"{"name":"Mine"}"#),
        ("GET", "webhooks/endpoints", account, "", ""),
        ("PATCH", "webhooks/endpoints", account, "", r#"{"disabled":true}"#),
        ("GET", "webhooks/endpoints", account, "/secret", ""),
        ("POST", "webhooks/endpoints", account, "/rotate", ""),
        ("POST", "webhooks/endpoints", account, "/replay", r#"{"since":"2026-11-20"}"#),
        ("POST", "webhooks/deliveries", account, "/replay", ""),
    ] {
        let headers = [("authorization", theirs.as_str()), ("content-type", "application/json")];
        let path = format!("/v3/{before}/{id}{after}");
        let foreign = site.send(method, &path, &headers, body).await;
        let missing = site.send(method, &format!("/v3/{before}/{MISSING}{after}"), &headers, body).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND, "{method} {path}: {}", foreign.json);
        assert_eq!((foreign.status, foreign.json), (missing.status, missing.json), "{method} {path}");
    }
    assert_eq!(site.read(&format!("/v3/apps/{}", text(&app["id"]))).await, app, "nothing changed");
}

#[tokio::test]
async fn transactions_are_listed_pending_and_booked() {
    let site = Site::new().await;
    let payload = connected(&site).await;
    let account: AccountId = text(&payload["accounts"][0]["id"]).parse().unwrap();
    let record: RecordId = text(&payload["record_id"]).parse().unwrap();
    let movement = |number: u8, amount_minor, at_ms| NewTransaction {
        id: TransactionId::from([number; 12]),
        key: [number; 32],
        amount_minor,
        description: format!("movement {number}"),
        at_ms,
    };
    const NOON_MS: i64 = 1_800_000_000_000;
    let update = RecordUpdate {
        record,
        version: site.store.full_record(site.scope(), record).await.unwrap().version,
        at_ms: NOON_MS,
        status: RecordStatus::Ok,
        access: None,
        readings: vec![],
        transactions: vec![NewTransactions {
            account,
            pending: Some(vec![movement(1, -4_000_050, NOON_MS)]),
            posted: vec![movement(2, 1_000_000, NOON_MS - 1), movement(3, -1, NOON_MS - 86_400_000)],
        }],
        watches: vec![],
        events: vec![],
    };
    site.store.update_record(site.scope(), update).await.unwrap();

    let list = site.read(&format!("/v3/transactions?account={account}")).await;
    let amounts: Vec<_> = list["data"].as_array().unwrap().iter().map(|one| text(&one["amount"])).collect();
    assert_eq!(amounts, ["-40000.50", "10000.00", "-0.01"], "the newest first");
    let first = &list["data"][0];
    assert_eq!((&first["pending"], &first["currency"]), (&json!(true), &json!("NGN")));
    assert_eq!(site.read(&format!("/v3/transactions/{}", text(&first["id"]))).await, *first);
    for (query, count) in [
        ("pending=true", 1),
        ("pending=false", 2),
        ("pending=false&from=2027-01-15", 1),
        ("to=2027-01-14", 1),
        ("limit=2", 2),
    ] {
        let found = site.read(&format!("/v3/transactions?{query}")).await;
        assert_eq!(found["data"].as_array().unwrap().len(), count, "{query}");
    }
    let page = site.read("/v3/transactions?limit=2").await;
    let rest = site.read(&format!("/v3/transactions?limit=2&cursor={}", text(&page["next"]))).await;
    assert_eq!((rest["data"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
}

#[tokio::test]
async fn a_threshold_is_set_in_the_accounts_currency_and_removed() {
    let site = Site::new().await;
    let payload = connected(&site).await;
    let path = format!("/v3/accounts/{}", text(&payload["accounts"][0]["id"]));
    let threshold = format!("{path}/threshold");
    let set = site.v3("PUT", &threshold, r#"{"amount":"500"}"#).await.json;
    assert_eq!(set["threshold"], "500.00");
    assert_eq!(site.read(&path).await, set);
    for (body, message) in [
        ("{}", "body: missing field `amount`"),
        (
            r#"{"amount":"-1"}"#,
            "amount: expected an amount such as 500.00, with at most 2 decimals, got \"-1\"",
        ),
        (r#"{"amount":"0.001"}"#, "amount: expected an amount such as 500.00, with at most 2 decimals, got"),
        (r#"{"amount":500}"#, "amount: invalid type: integer `500`, expected a string"),
        (r#"{"amount":"5","currency":"NGN"}"#, "currency: unknown field `currency`, expected `amount`"),
        ("amount=5", "body: expected JSON, got something else"),
        ("{\"amount\":\"\u{0}\"}", "body: expected JSON, got something else"),
    ] {
        let answer = site.v3_with("PUT", &threshold, &[], body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert!(answer.message().starts_with(message), "{body}: {}", answer.message());
    }
    let unlabelled = [("content-type", "text/plain")];
    let bearer = site.bearer();
    let headers = [("authorization", bearer.as_str()), unlabelled[0]];
    let answer = site.send("PUT", &threshold, &headers, r#"{"amount":"5"}"#).await;
    assert_eq!(answer.message(), "content-type: expected application/json, got \"text/plain\"");
    let long = format!(r#"{{"amount":"{}"}}"#, "5".repeat(70_000));
    let answer = site.v3_with("PUT", &threshold, &[], &long).await;
    assert_eq!((answer.status, answer.code()), (StatusCode::PAYLOAD_TOO_LARGE, "too_large"));

    assert_eq!(site.v3("DELETE", &threshold, "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(site.read(&path).await["threshold"], Value::Null);
    assert_eq!(site.v3("DELETE", &threshold, "").await.status, StatusCode::NO_CONTENT, "and again");
}

#[tokio::test]
async fn an_app_is_made_and_changed_whole() {
    let site = Site::new().await;
    let body = r#"{"name":" Shop ","low_funds":{"NGN":"500.5","KWD":"1.234","XOF":"1000"}}"#;
    let made = site.v3("POST", "/v3/apps", body).await;
    assert_eq!((made.status, &made.json["name"]), (StatusCode::CREATED, &json!("Shop")));
    let amounts = json!({"NGN": "500.50", "KWD": "1.234", "XOF": "1000"});
    assert_eq!(made.json["low_funds"], amounts);
    let path = format!("/v3/apps/{}", text(&made.json["id"]));
    assert_eq!(site.read(&path).await, made.json);
    site.clock.advance(1000);
    let changed = site.v3("PUT", &path, r#"{"name":"Market"}"#).await.json;
    assert_eq!((&changed["name"], &changed["low_funds"]), (&json!("Market"), &json!({})));
    assert_eq!(changed["created_at"], made.json["created_at"]);
    assert_eq!(changed["updated_at"], "2027-01-15T08:00:01.000Z");
    assert_eq!(site.read("/v3/apps").await, json!({"data": [changed], "next": null}));
    for (body, message) in [
        (r#"{"name":" "}"#, "name: expected 1 to 80 characters, got 0"),
        (
            r#"{"name":"a","low_funds":{"XOF":"1.5"}}"#,
            "low_funds.XOF: expected a whole amount such as 500, got \"1.5\"",
        ),
        (
            r#"{"name":"a","low_funds":{"XXX":"1"}}"#,
            "low_funds.XXX: a currency is an ISO 4217 code such as NGN",
        ),
    ] {
        let answer = site.v3_with("POST", "/v3/apps", &[], body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.message().starts_with(message), "{body}: {}", answer.message());
    }
}
