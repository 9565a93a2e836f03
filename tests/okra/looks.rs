//! Calls that ask an institution again, at once or without waiting, and how they are polled.

use crate::V2;
use crate::world::{NOW_MS, World, id};
use axum::http::StatusCode;
use egusi_store::{TaskEnd, TaskKind};
use serde_json::{Value, json};

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

#[tokio::test]
async fn what_nobody_asked_for_is_what_the_sign_in_brought() {
    let world = World::new().await;
    for (method, name, id) in [
        ("AUTH", "auths", &world.record),
        ("BALANCE", "balance", &world.balance),
        ("REFRESH_TRANSACTIONS", "transaction", &world.transaction),
    ] {
        let data = polled(&world, method).await;
        assert_eq!((&data["status"], &data["started_at"]), (&json!("completed"), &Value::Null), "{method}");
        assert!(data[name].as_array().unwrap().iter().any(|row| row["_id"] == *id), "{method}: {data}");
    }
}

#[tokio::test]
async fn a_look_is_running_until_it_is_completed_or_has_failed() {
    let world = World::new().await;
    let (store, scope, record) = (&world.site.store, world.site.scope(), id(&world.record));
    for (end, status) in
        [(TaskEnd::Failed("sign_in_needed".into()), "failed"), (TaskEnd::Completed, "completed")]
    {
        let (_, is_new) =
            store.ask_task(scope, record, TaskKind::Balances, NOW_MS, NOW_MS + 1).await.unwrap();
        assert!(is_new);
        let running = polled(&world, "BALANCE").await;
        assert_eq!(running["status"], "running");
        assert_eq!((running.get("balance"), &running["ended_at"]), (None, &Value::Null));
        let due = store.claim_tasks(NOW_MS, NOW_MS + 1_000, 1).await.unwrap();
        store.end_task(due[0], NOW_MS + 500, end).await.unwrap();
        let ended = polled(&world, "balance").await;
        assert_eq!(
            (&ended["status"], &ended["ended_at"]),
            (&json!(status), &json!("2027-01-15T08:00:00.500Z"))
        );
        let balances = ended.get("balance").and_then(Value::as_array).map_or(0, Vec::len);
        match status {
            "failed" => assert_eq!((balances, &ended["problem"]), (0, &json!("sign_in_needed"))),
            _ => assert_eq!((balances, ended.get("problem")), (1, None)),
        }
    }
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
