//! Banks, which are listed to strangers too.

use crate::support::Site;
use axum::http::StatusCode;
use serde_json::json;

const FIRST_BANK: &str = "5d6fe57a4099cc4b210bbeb1";

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
