//! Balances: one, or lists by everything they are found by.

use crate::support::Site;
use crate::support::traveller::connected;
use crate::world::World;
use crate::{V1, V2};
use axum::http::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn a_balance_is_alone_in_v2_and_a_page_of_one_in_v1() {
    let site = Site::new().await;
    let payload = connected(&site).await;
    let by_customer = json!({"customer": payload["customer_id"], "page": "1", "limit": "20"});
    let (site, by_customer) = (&site, &by_customer);
    let list = async |base: &str| {
        let answer = site.okra(&format!("{base}/balance/getByCustomer"), by_customer).await;
        answer.json["data"]["balance"].clone()
    };
    let (of_v1, of_v2) = (list("/v1").await, list("/v2").await);
    let by_id = json!({"id": of_v2[0]["_id"]});
    for base in V2 {
        let answer = site.okra(&format!("{base}/balance/getById"), &by_id).await;
        assert_eq!(answer.json["data"], json!({"balance": of_v2[0]}), "{base}");
        assert_eq!(list(base).await, of_v2, "{base}");
    }
    for base in V1 {
        let answer = site.okra(&format!("{base}/balance/getById"), &by_id).await;
        assert_eq!(answer.json["data"]["balance"], json!([of_v1[0]]), "{base}");
        assert_eq!(answer.json["data"]["pagination"]["totalDocs"], 1, "{base}");
        assert_eq!(list(base).await, of_v1, "{base}");
    }
    assert_eq!((&of_v1[0]["connected"], &of_v2[0]["connected"]), (&of_v2[0]["owner"], &json!(true)));
    assert_eq!(of_v1[0]["record"], json!([of_v2[0]["record"][0]["_id"]]));
}

#[tokio::test]
async fn balances_are_listed_by_account_by_time_and_all_together() {
    let site = Site::new().await;
    let payload = connected(&site).await;
    let account = payload["accounts"][0]["id"].clone();
    let customer = payload["customer_id"].clone();
    // The clock of the test stands at 2027-01-15 08:00 UTC.
    let today = json!({"from": "2027-01-15", "to": "2027/01/15"});
    let with = |more: &Value| {
        let mut body = today.clone();
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    for (path, body) in [
        ("balance/getByAccount", json!({"account_id": account})),
        ("balance/getByAccount", json!({"account": account, "limit": ""})),
        ("balance/getByDate", today.clone()),
        ("balance/getByDate", json!({"from": "2027-01-15 07:59:59", "to": "2027-01-15 08:00:00"})),
        ("balance/getByCustomerDate", with(&json!({"customer": customer}))),
        ("balance/process", with(&json!({"account_id": account, "customer_id": customer}))),
        ("products/balance/process", today.clone()),
        ("transactions/balance/process", with(&json!({"account_id": account}))),
        ("/transaction/balance/process", with(&json!({"customer_id": customer}))),
        ("products/balances", json!({})),
    ] {
        let answer = site.okra(&format!("/v2/{path}"), &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{path} {body}: {}", answer.json);
        assert_eq!(answer.json["data"]["pagination"]["totalDocs"], 1, "{path} {body}");
        assert_eq!(answer.json["data"]["balance"][0]["account"]["_id"], account, "{path} {body}");
        assert!(answer.json["data"].get("balances").is_none(), "{path}");
    }
    for (path, body) in [
        ("balance/getByAccount", json!({"account_id": customer})),
        ("balance/getByDate", json!({"from": "2027-01-16", "to": "2027-01-17"})),
        ("balance/getByDate", json!({"from": "2027-01-15", "to": "2027-01-15 07:59:59"})),
        ("balance/getByCustomerDate", with(&json!({"customer": account}))),
    ] {
        let answer = site.okra(&format!("/v2/{path}"), &body).await;
        assert_eq!(answer.json["data"]["balance"], json!([]), "{path} {body}");
    }
}

#[tokio::test]
async fn v1_has_its_own_names_for_lists() {
    let site = Site::new().await;
    connected(&site).await;
    let all = site.okra("/v1/products/balances", &json!({})).await.json["data"].clone();
    assert_eq!((&all["pagination"], all["balances"].as_array().unwrap().len()), (&Value::Null, 1));
    let dated =
        site.okra("/sandbox/v1/balance/getByDate", &json!({"from": "2027-01-15", "to": "2027-01-15"})).await;
    assert_eq!(dated.json["data"]["balance"], dated.json["data"]["balances"]);
    assert_eq!(dated.json["data"]["pagination"]["totalPages"], 1);
}

#[tokio::test]
async fn a_balance_is_found_by_its_amount_to_the_last_digit() {
    let world = World::new().await;
    let World { balance, .. } = &world;
    for (body, is_found) in [
        (json!({"type": "ledger_balance", "value": "10045210.75"}), true),
        (json!({"type": "ledger_balance", "value": 10_045_210.75}), true),
        (json!({"type": "available_balance", "amount": "10012345.670"}), true),
        (json!({"type": "available_balance", "value": "10045210.75"}), false),
        (json!({"type": "ledger_balance", "value": "10045210.7"}), false),
        (json!({"type": "ledger_balance", "value": "1004521075"}), false),
    ] {
        let rows = world.okra("balance/getByType", &body).await["balance"].clone();
        let ids: Vec<_> = rows.as_array().unwrap().iter().map(|row| &row["_id"]).collect();
        assert_eq!(ids, if is_found { vec![balance] } else { vec![] }, "{body}");
    }
}

#[tokio::test]
async fn balances_are_found_by_the_options_of_their_connection() {
    let world = World::new().await;
    for (body, is_found) in [
        (json!({"options": {"order": 42}}).to_string(), true),
        (json!({"options": {"till": "A 1", "order": 42}}).to_string(), true),
        (json!({"options": r#"{ "till" : "A 1" }"#}).to_string(), true),
        ("options%5Btill%5D=A+1&page=1".into(), true),
        (json!({"options": {"order": "42"}}).to_string(), false),
        (json!({"options": {"order": 42, "till": "B 2"}}).to_string(), false),
    ] {
        let key = world.site.company.sandbox.secret.expose();
        let answer = world.site.call("POST", "/v2/balance/byOptions", key, &body).await;
        let many = u64::from(is_found);
        assert_eq!(answer.json["data"]["pagination"]["totalDocs"], many, "{body}: {}", answer.json);
    }
}

#[tokio::test]
async fn history_is_summed_up_unless_it_is_not_wanted() {
    let world = World::new().await;
    let by_id = json!({"id": world.balance});
    let ledger =
        world.okra("balance/getById", &by_id).await["balance"]["periodic"]["summary"]["ledger_balance"]
            .clone();
    for name in ["average", "minimum", "maximum"] {
        assert_eq!(ledger[name], json!(10_045_210.75), "{name}");
    }
    let by_customer = json!({"customer": world.customer, "to": "2027-01-14"});
    let before = world.okra("balance/getByCustomer", &by_customer).await["balance"][0]["periodic"].clone();
    assert_eq!(before["summary"]["ledger_balance"], Value::Null, "nothing was known then");
    assert_eq!(before["ledger_balance"].as_array().unwrap().len(), 1, "the readings stay");
    world.site.clock.advance(3_600_000);
    // By its id the whole history is counted, however much of it is shown.
    let asked = |from: &str, to: &str| json!({"id": world.balance, "from": from, "to": to});
    for (period, average) in [
        (asked("2027-01-15", "2027/01/15"), json!(10_045_210.75)),
        (asked("2020-01-01", "2027-01-15 08:00:00"), json!(10_045_210.75)),
        (asked("2020-01-01", "2027-01-14"), Value::Null),
    ] {
        let periodic = world.okra("balance/getById", &period).await["balance"]["periodic"].clone();
        assert_eq!(periodic["summary"]["ledger_balance"]["average"], average, "{period}");
    }
    for value in [json!(false), json!("False"), json!("0")] {
        let without = json!({"id": world.balance, "includePeriodic": value});
        assert!(
            world.okra("balance/getById", &without).await["balance"].get("periodic").is_none(),
            "{value}"
        );
    }
}
