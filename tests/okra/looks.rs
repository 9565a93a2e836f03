//! Calls that ask an institution again, at once or without waiting, and how they are polled.

use crate::V2;
use crate::world::{World, send};
use axum::http::StatusCode;
use egusi_server::readings::tasks;
use serde_json::{Value, json};

const HOUR_MS: i64 = 3_600_000;

async fn polled(world: &World, method: &str) -> Value {
    let key = world.site.company.sandbox.secret.expose();
    let record = world.record.as_str().unwrap();
    let path = format!("/v2/callback?record={record}&method={method}");
    let answer = world.site.call("GET", &path, key, "").await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.json);
    let by_body = json!({"record": record, "method": method});
    assert_eq!(
        world.site.okra("/v1/callback", &by_body).await.json["data"]["status"],
        answer.json["data"]["status"]
    );
    answer.json["data"].clone()
}

async fn tasks_are_done(world: &World) {
    while tasks::round(&world.site.app).await.unwrap() > 0 {}
}

/// Changes what the sandbox's bank knows.
async fn at_the_bank(world: &World, path: &str, body: &Value) {
    let key = world.site.company.sandbox.secret.expose();
    let answer = world.site.post(&format!("/v3/sandbox/{path}"), key, body).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.json);
}

#[tokio::test]
async fn what_nobody_asked_for_is_what_the_sign_in_brought() {
    let world = World::new().await;
    assert_eq!(polled(&world, "TRANSACTIONS").await["status"], "running", "the record's past is being read");
    tasks_are_done(&world).await;
    for (method, name, id) in [
        ("AUTH", "auths", &world.record),
        ("BALANCE", "balance", &world.balance),
        ("REFRESH_TRANSACTIONS", "transaction", &world.transaction),
    ] {
        let data = polled(&world, method).await;
        assert_eq!(data["status"], json!("completed"), "{method}");
        assert!(data[name].as_array().unwrap().iter().any(|row| row["_id"] == *id), "{method}: {data}");
    }
    assert_eq!(polled(&world, "BALANCE").await["started_at"], Value::Null);
}

#[tokio::test]
async fn a_refresh_is_acknowledged_polled_and_not_begun_twice() {
    let world = World::new().await;
    tasks_are_done(&world).await;
    world.site.clock.advance(HOUR_MS);
    let account = world.account.as_str().unwrap();
    at_the_bank(
        &world,
        &format!("accounts/{account}/balance"),
        &json!({"ledger": "77.10", "available": null}),
    )
    .await;
    let bearer = format!("Bearer {}", world.site.company.sandbox.secret.expose());
    let record = world.record.as_str().unwrap();
    for (path, host, base, by) in [
        ("/v2/balance/refresh", "connect.example", "https://connect.example", json!({"account_id": account})),
        (
            "/v1/products/balance/refresh",
            "127.0.0.1:8080",
            "http://127.0.0.1:8080",
            json!({"record_id": record}),
        ),
        (
            "/sandbox/v2/products/balance/periodic",
            "localhost:1",
            "http://localhost:1",
            json!({"account_id": account, "record_id": record, "currency": "NGN"}),
        ),
    ] {
        let headers = [("authorization", bearer.as_str()), ("host", host), ("x-forwarded-proto", "http")];
        let asked = send(&world.site, "POST", path, &headers, &by.to_string()).await;
        let callback_url = format!("{base}/v2/callback?record={record}&method=BALANCE");
        let expected = json!({
            "status": "success",
            "message": "Balance checking...",
            "data": {"callback_url": callback_url, "record": record, "method": "BALANCE"},
        });
        assert_eq!(asked.json, expected, "{path}");
    }
    let running = polled(&world, "BALANCE").await;
    assert_eq!(running["status"], "running");
    assert_eq!((running.get("balance"), &running["ended_at"]), (None, &Value::Null));
    assert_eq!(tasks::round(&world.site.app).await.unwrap(), 1, "three calls are one look");
    let ended = polled(&world, "balance").await;
    assert_eq!((&ended["status"], ended.get("problem")), (&json!("completed"), None));
    assert_eq!(ended["started_at"], "2027-01-15T09:00:00.000Z");
    assert_eq!(ended["balance"][0]["ledger_balance"], json!(77.1));
}

#[tokio::test]
async fn a_check_answers_what_the_bank_says_now() {
    let world = World::new().await;
    let account = world.account.as_str().unwrap();
    for (amount, body) in [
        (77.1, json!({"record_id": world.record, "account_id": account})),
        (78.1, json!({"account_id": account})),
        (79.1, json!({"record_id": world.record})),
    ] {
        world.site.clock.advance(HOUR_MS);
        let held = json!({"ledger": amount.to_string(), "available": amount.to_string()});
        at_the_bank(&world, &format!("accounts/{account}/balance"), &held).await;
        let data = world.okra("balance/check", &body).await;
        let by_account = body.get("account_id").is_some();
        let balance = if by_account { data["balance"].clone() } else { data["balance"][0].clone() };
        assert_eq!((&balance["ledger_balance"], &balance["_id"]), (&json!(amount), &world.balance), "{body}");
        assert_eq!(data.get("pagination").is_some(), !by_account, "{body}");
    }
    let v1 = world.site.okra("/v1/balance/check", &json!({"account_id": account})).await.json["data"].clone();
    assert_eq!((&v1["pagination"]["totalDocs"], &v1["balance"][0]["_id"]), (&json!(1), &world.balance));
    let readings = v1["balance"][0]["periodic"]["ledger_balance"].as_array().unwrap().len();
    assert_eq!(readings, 4, "the sign-in's and three of ours");
}

#[tokio::test]
async fn a_bank_that_wants_the_customer_again_fails_looks_and_checks() {
    let world = World::new().await;
    tasks_are_done(&world).await;
    let record = world.record.as_str().unwrap();
    at_the_bank(&world, &format!("records/{record}/require-sign-in"), &json!({})).await;
    let asked = world.okra("balance/refresh", &json!({"account_id": world.account})).await;
    assert_eq!(asked["method"], "BALANCE");
    tasks_are_done(&world).await;
    let failed = polled(&world, "BALANCE").await;
    assert_eq!((&failed["status"], &failed["problem"]), (&json!("failed"), &json!("sign_in_needed")));
    assert!(failed.get("balance").is_none());
    let check = world.site.okra("/v2/balance/check", &json!({"record_id": record})).await;
    assert_eq!(check.status, StatusCode::CONFLICT, "{}", check.json);
    let balance = world.okra("balance/getById", &json!({"id": world.balance})).await["balance"].clone();
    assert_eq!(balance["record"][0]["status"]["state"], "sign_in_needed");
    let auth = world.okra("auth/getById", &json!({"id": record})).await["auths"][0].clone();
    assert_eq!(auth["validated"], json!(false));
}

#[tokio::test]
async fn a_poll_that_makes_no_sense_says_so() {
    let world = World::new().await;
    let record = &world.record;
    for (body, status, message) in [
        (json!({"method": "BALANCE"}), 400, "record: expected an id of 24 hex digits, got nothing"),
        (json!({"record": record}), 400, "method: expected AUTH, BALANCE or TRANSACTIONS, got nothing"),
        (
            json!({"record": record, "method": "MOOD"}),
            400,
            "method: expected AUTH, BALANCE or TRANSACTIONS, got something else",
        ),
        (json!({"record": world.customer, "method": "AUTH"}), 404, "Record not found"),
    ] {
        let answer = world.site.okra("/v2/callback", &body).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json["message"].as_str()),
            (status, Some(message)),
            "{body}"
        );
    }
    for method in ["IDENTITY", "INCOME"] {
        let answer = world.site.okra("/v2/callback", &json!({"record": record, "method": method})).await;
        assert_eq!((answer.status.as_u16(), &answer.json["code"]), (400, &json!("NOT_SUPPORTED")));
        assert!(answer.json.to_string().len() <= 120, "{}", answer.json);
    }
}

#[tokio::test]
async fn a_look_is_about_a_record_and_its_own_accounts() {
    let world = World::new().await;
    for path in ["balance/refresh", "balance/check", "transactions/refresh", "products/balance/periodic"] {
        for base in V2 {
            let path = format!("{base}/{path}");
            let nothing = world.site.okra(&path, &json!({})).await;
            let message = "account_id: expected an id of 24 hex digits, or a record_id, got nothing";
            assert_eq!((nothing.status.as_u16(), &nothing.json["message"]), (400, &json!(message)), "{path}");
            let elsewhere = json!({"account_id": world.account, "record_id": world.customer});
            let elsewhere = world.site.okra(&path, &elsewhere).await;
            assert_eq!(
                (elsewhere.status.as_u16(), &elsewhere.json["message"]),
                (404, &json!("Account not found")),
                "{path}"
            );
        }
    }
}
