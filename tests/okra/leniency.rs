//! Calls as clients in the wild write them, and what is said of those that cannot be read.

use crate::support::Site;
use crate::support::traveller::connected;
use axum::http::StatusCode;
use serde_json::json;

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
