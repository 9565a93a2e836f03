//! Endpoints, their secrets, and each event's way to them.

use crate::support::Site;
use axum::http::StatusCode;
use serde_json::{Value, json};

const URL: &str = r#"{"url":"https://shop.example/hooks"}"#;

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

async fn endpoint(site: &Site) -> (Value, String) {
    let made = site.v3("POST", "/v3/webhooks/endpoints", URL).await.json;
    let path = format!("/v3/webhooks/endpoints/{}", text(&made["id"]));
    (made, path)
}

#[tokio::test]
async fn an_endpoint_is_made_once_for_each_url() {
    let site = Site::new().await;
    let (made, path) = endpoint(&site).await;
    assert_eq!((&made["url"], &made["standing"]), (&json!("https://shop.example/hooks"), &json!(true)));
    assert_eq!((&made["disabled_at"], &made["failing_since"]), (&Value::Null, &Value::Null));
    assert_eq!(endpoint(&site).await.0, made);
    assert_eq!(site.read(&path).await, made);
    assert_eq!(site.read("/v3/webhooks/endpoints").await, json!({"data": [made], "next": null}));
    for url in
        ["http://127.0.0.1/", "https://10.0.0.1/", "ftp://shop.example", "https://a:b@shop.example/", ""]
    {
        let body = json!({ "url": url }).to_string();
        let answer = site.v3_with("POST", "/v3/webhooks/endpoints", &[], &body).await;
        assert_eq!((answer.status, answer.code()), (StatusCode::BAD_REQUEST, "invalid_request"), "{url}");
        assert!(answer.message().starts_with("url: expected an https URL"), "{}", answer.message());
    }
}

#[tokio::test]
async fn an_endpoint_is_switched_off_and_on() {
    let site = Site::new().await;
    let (made, path) = endpoint(&site).await;
    let off = site.v3("PATCH", &path, r#"{"disabled":true}"#).await.json;
    assert_eq!(off["disabled_at"], "2027-01-15T08:00:00.000Z");
    assert_eq!(site.v3("PATCH", &path, r#"{"disabled":false}"#).await.json, made);
}

#[tokio::test]
async fn a_secret_is_read_and_changed_and_never_kept_in_clear() {
    let site = Site::new().await;
    let (_, path) = endpoint(&site).await;
    let first = site.read(&format!("{path}/secret")).await["secret"].clone();
    assert!(text(&first).starts_with("whsec_"), "{first}");
    let headers = [("idempotency-key", "rotation-1")];
    let rotated = site.v3_with("POST", &format!("{path}/rotate"), &headers, "").await;
    assert_ne!(rotated.json["secret"], first);
    let again = site.v3_with("POST", &format!("{path}/rotate"), &headers, "").await;
    assert_eq!((&again.json, again.header("idempotent-replayed")), (&rotated.json, Some("true")));
    assert_eq!(site.read(&format!("{path}/secret")).await, rotated.json, "it was rotated once");
    for entry in std::fs::read_dir(site.data.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let secret = text(&rotated.json["secret"]).as_bytes();
        assert!(!bytes.windows(secret.len()).any(|window| window == secret), "the secret lies in a file");
    }
}

#[tokio::test]
async fn a_test_is_delivered_to_each_endpoint_and_can_be_begun_anew() {
    let site = Site::new().await;
    let (made, path) = endpoint(&site).await;
    let sent = site.v3("POST", "/v3/webhooks/test", "{}").await;
    assert_eq!(sent.status, StatusCode::ACCEPTED);
    let list = site.read("/v3/webhooks/deliveries").await;
    let delivery = &list["data"][0];
    assert_eq!((&delivery["event"]["id"], &delivery["event"]["kind"]), (&sent.json["event"], &json!("test")));
    assert_eq!((&delivery["endpoint"], &delivery["state"]), (&made["id"], &json!("waiting")));
    let by_endpoint = format!("/v3/webhooks/deliveries?endpoint={}&state=waiting", text(&made["id"]));
    assert_eq!(site.read(&by_endpoint).await, list);
    assert_eq!(site.read("/v3/webhooks/deliveries?state=exhausted").await["data"], json!([]));

    let replay = format!("/v3/webhooks/deliveries/{}/replay", text(&delivery["id"]));
    let begun = site.v3("POST", &replay, "").await;
    assert_eq!((begun.status, &begun.json), (StatusCode::ACCEPTED, &json!({"deliveries": 1})));
    site.v3("PATCH", &path, r#"{"disabled":true}"#).await;
    let refused = site.v3_with("POST", &replay, &[], "").await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "conflict"));
    assert!(refused.message().starts_with("The endpoint is disabled"), "{}", refused.message());
    let missing = "/v3/webhooks/deliveries/000000000000000000000000/replay";
    assert_eq!(site.v3_with("POST", missing, &[], "").await.status, StatusCode::NOT_FOUND);
    site.v3("PATCH", &path, r#"{"disabled":false}"#).await;
    site.v3("POST", &replay, "").await;

    let since = site.v3("POST", &format!("{path}/replay"), r#"{"since":"2027-01-15"}"#).await;
    assert_eq!(since.json, json!({"deliveries": 0}), "none is exhausted");
    let soon = site.v3_with("POST", &format!("{path}/replay"), &[], r#"{"since":"soon"}"#).await;
    assert!(soon.message().starts_with("since: expected a day such as 2026-11-20"), "{}", soon.message());

    let nobody = r#"{"endpoint":"000000000000000000000000"}"#;
    let missing = site.v3_with("POST", "/v3/webhooks/test", &[], nobody).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn deliveries_are_read_page_by_page() {
    let site = Site::new().await;
    endpoint(&site).await;
    for _ in 0..3 {
        site.v3("POST", "/v3/webhooks/test", "{}").await;
        site.clock.advance(1);
    }
    let all = site.read("/v3/webhooks/deliveries").await["data"].clone();
    let first = site.read("/v3/webhooks/deliveries?limit=2").await;
    let rest = site.read(&format!("/v3/webhooks/deliveries?limit=2&cursor={}", text(&first["next"]))).await;
    let pages: Vec<_> =
        [&first, &rest].iter().flat_map(|page| page["data"].as_array().unwrap().clone()).collect();
    assert_eq!((pages.len(), Value::from(pages)), (3, all));
    assert_eq!(rest["next"], Value::Null);
}
