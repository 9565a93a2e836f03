//! What Okra's clients find: the same answers under every base path, with the shapes of their
//! generation.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

mod support;

use axum::http::StatusCode;
use serde_json::{Value, json};
use support::Site;
use support::traveller::connected;

const V1: [&str; 2] = ["/v1", "/sandbox/v1"];
const V2: [&str; 3] = ["/v2", "/v2/sandbox", "/sandbox/v2"];
const FIRST_BANK: &str = "5d6fe57a4099cc4b210bbeb1";

#[tokio::test]
async fn a_balance_is_alone_in_v2_and_a_page_of_one_in_v1() {
    let site = Site::new().await;
    let payload = connected(&site).await;
    let by_customer = json!({"customer": payload["customer_id"], "page": "1", "limit": "20"});
    let list = site.okra("/v2/balance/getByCustomer", &by_customer).await.json["data"]["balance"].clone();
    let by_id = json!({"id": list[0]["_id"]});
    for base in V2 {
        let answer = site.okra(&format!("{base}/balance/getById"), &by_id).await;
        assert_eq!(answer.json["data"], json!({"balance": list[0]}), "{base}");
    }
    for base in V1 {
        let answer = site.okra(&format!("{base}/balance/getById"), &by_id).await;
        assert_eq!(answer.json["data"]["balance"], json!([list[0]]), "{base}");
        assert_eq!(answer.json["data"]["pagination"]["totalDocs"], 1, "{base}");
    }
    for base in V1.iter().chain(&V2) {
        let answer = site.okra(&format!("{base}/balance/getByCustomer"), &by_customer).await;
        assert_eq!(answer.json["data"]["balance"], list, "{base}");
    }
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
async fn a_call_without_what_it_needs_says_so_shortly() {
    let site = Site::new().await;
    for (path, body, message) in [
        ("balance/getByAccount", json!({}), "account_id: expected an id of 24 hex digits, got nothing"),
        (
            "balance/getByDate",
            json!({"from": "2027-01-15"}),
            "to: expected a date such as 2026-11-20 or 2026-11-20 20:45:00, got nothing",
        ),
        (
            "balance/getByDate",
            json!({"from": "soon", "to": "later"}),
            "from: expected a date such as 2026-11-20 or 2026-11-20 20:45:00, got something else",
        ),
        (
            "balance/process",
            json!({"from": "2027-01-15", "to": "2027-01-15", "account_id": "x"}),
            "account_id: expected an id of 24 hex digits, got something else",
        ),
    ] {
        let answer = site.okra(&format!("/v2/{path}"), &body).await;
        assert_eq!(
            (answer.status, answer.json["message"].as_str()),
            (StatusCode::BAD_REQUEST, Some(message)),
            "{path}"
        );
        assert!(answer.json.to_string().len() <= 120, "{path}: {}", answer.json.to_string().len());
    }
}

#[tokio::test]
async fn two_slashes_are_one() {
    let site = Site::new().await;
    let payload = connected(&site).await;
    let ask = json!({"customer": payload["customer_id"]});
    let answer = site.okra("//v2//balance/getByCustomer", &ask).await;
    assert_eq!(answer.json["data"]["pagination"]["totalDocs"], 1);
}

#[tokio::test]
async fn all_banks_are_listed_whatever_page_is_asked_for() {
    let site = Site::new().await;
    let key = site.company.sandbox.secret.expose();
    for (method, base) in [("GET", "/v2"), ("POST", "/v1"), ("GET", "/v2/sandbox")] {
        let answer = site.call(method, &format!("{base}/banks/list?page=1&limit=1&"), key, "").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.json["data"]["banks"].as_array().unwrap().len() >= 200, "{method} {base}");
    }
    let stranger = site.call("GET", "/v2/sandbox/banks/list", "", "").await;
    assert!(stranger.json["data"]["banks"].as_array().unwrap().len() >= 200, "the list is public");
    let production = site.call("GET", "/v2/banks/list", "", "").await;
    assert_eq!(production.json["data"]["banks"], json!([]), "production has none yet");
    let wrong = site.call("GET", "/v2/banks/list", "nobody", "").await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED, "a wrong key is not no key");
}

#[tokio::test]
async fn one_bank_is_the_data_itself() {
    let site = Site::new().await;
    let key = site.company.sandbox.secret.expose();
    let by_query = site.call("GET", &format!("/v2/banks/getById?id={FIRST_BANK}"), key, "").await;
    let by_body = site.okra("/v2/banks/getById", &json!({"id": FIRST_BANK})).await;
    assert_eq!(by_query.json, by_body.json);
    let bank = &by_query.json["data"];
    assert_eq!(
        (bank["id"].as_str(), bank["slug"].as_str()),
        (Some(FIRST_BANK), Some("first-bank-of-nigeria"))
    );
    assert_eq!((bank["status"].as_str(), &bank["countries"]), (Some("healthy"), &json!(["NG"])));
    // A PHP client refuses a bank in which one of these is null.
    for name in [
        "name",
        "v2_icon",
        "v2_logo",
        "products",
        "colors",
        "payments",
        "ussd",
        "individual",
        "sortcode",
        "created_at",
    ] {
        assert!(!bank[name].is_null(), "{name}");
    }
    let missing = site.okra("/v2/banks/getById", &json!({"id": "000000000000000000000000"})).await;
    assert_eq!(
        (missing.status, missing.json["message"].as_str()),
        (StatusCode::NOT_FOUND, Some("Bank not found"))
    );
    let nothing = site.call("GET", "/v2/banks/getById", key, "").await;
    assert_eq!(nothing.status, StatusCode::BAD_REQUEST);
}
