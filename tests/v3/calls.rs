//! The same call again: tags on what was read, keys on what was written.

use crate::support::Site;
use crate::support::caller::Whole;
use crate::support::traveller::connected;
use axum::http::StatusCode;
use egusi_server::housekeeping;
use egusi_server::http::idempotency::KEEP_MS;

#[tokio::test]
async fn what_is_known_already_is_not_sent_again() {
    let site = Site::new().await;
    connected(&site).await;
    let first = site.v3("GET", "/v3/balances", "").await;
    let tag = first.header("etag").unwrap().to_owned();
    assert!(tag.starts_with('"'), "{tag} is strong");
    assert_eq!(first.header("cache-control"), Some("private, no-cache"));

    let known = site.v3_with("GET", "/v3/balances", &[("if-none-match", &tag)], "").await;
    assert_eq!((known.status, known.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(known.header("etag"), Some(tag.as_str()));
    assert_eq!(known.header("cache-control"), Some("private, no-cache"));

    site.clock.advance(1000);
    connected(&site).await;
    let changed = site.v3_with("GET", "/v3/balances", &[("if-none-match", &tag)], "").await;
    assert_eq!(changed.status, StatusCode::OK, "a new reading is a new answer");

    let other = site.another_company().await;
    let theirs = format!("Bearer {}", other.sandbox.secret.expose());
    let stranger =
        site.send("GET", "/v3/balances", &[("authorization", &theirs), ("if-none-match", &tag)], "").await;
    assert_eq!(stranger.status, StatusCode::OK);
    let refused = site.v3_with("GET", "/v3/balances?limit=0", &[], "").await;
    assert_eq!((refused.header("etag"), refused.header("cache-control")), (None, Some("no-store")));
}

const SHOP: &str = r#"{"name":"Shop"}"#;

async fn make(site: &Site, key: &str, body: &str) -> Whole {
    site.v3_with("POST", "/v3/apps", &[("idempotency-key", key)], body).await
}

#[tokio::test]
async fn the_same_call_again_is_done_once_and_answered_twice() {
    let site = Site::new().await;
    let first = make(&site, "order-77", SHOP).await;
    assert_eq!((first.status, first.header("idempotent-replayed")), (StatusCode::CREATED, None));
    site.clock.advance(1000);
    let again = make(&site, "order-77", SHOP).await;
    assert_eq!((again.status, &again.bytes), (first.status, &first.bytes));
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(again.header("content-type"), Some("application/json"));
    assert_eq!(site.rows("app"), 1);

    let other = make(&site, "order-78", SHOP).await;
    assert_ne!(other.json["id"], first.json["id"], "another key is another call");
    let mismatch = make(&site, "order-77", r#"{"name":"Market"}"#).await;
    assert_eq!(
        (mismatch.status, mismatch.code()),
        (StatusCode::UNPROCESSABLE_ENTITY, "idempotency_mismatch")
    );
    let path = format!("/v3/apps/{}", first.json["id"].as_str().unwrap());
    let elsewhere = site.v3_with("PUT", &path, &[("idempotency-key", "order-77")], SHOP).await;
    assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY, "another path is another call");
    assert_eq!(site.rows("app"), 2);
}

#[tokio::test]
async fn a_refusal_is_kept_too_and_each_company_has_its_own_keys() {
    let site = Site::new().await;
    let refused = make(&site, "k", r#"{"name":""}"#).await;
    let again = make(&site, "k", r#"{"name":""}"#).await;
    assert_eq!((again.status, &again.json), (StatusCode::BAD_REQUEST, &refused.json));
    assert_eq!(again.header("idempotent-replayed"), Some("true"));

    let other = site.another_company().await;
    for key in [other.sandbox.secret.expose(), site.company.production.secret.expose()] {
        let bearer = format!("Bearer {key}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
            ("idempotency-key", "k"),
        ];
        let fresh = site.send("POST", "/v3/apps", &headers, SHOP).await;
        assert_eq!((fresh.status, fresh.header("idempotent-replayed")), (StatusCode::CREATED, None));
    }
}

#[tokio::test]
async fn a_call_that_is_still_being_worked_on_is_not_begun_again_until_it_is_lost() {
    let site = Site::new().await;
    make(&site, "k", SHOP).await;
    // As it stands while the first call is on its way.
    site.sql("UPDATE api_call SET status = NULL, body = NULL");
    let meanwhile = make(&site, "k", SHOP).await;
    assert_eq!((meanwhile.status, meanwhile.code()), (StatusCode::CONFLICT, "conflict"));
    assert_eq!(meanwhile.header("retry-after"), Some("60"));
    site.clock.advance(60_000);
    assert_eq!(make(&site, "k", SHOP).await.status, StatusCode::CREATED, "the first was lost");
}

#[tokio::test]
async fn a_kept_answer_lies_sealed_and_is_forgotten_after_a_day() {
    let site = Site::new().await;
    make(&site, "k", r#"{"name":"Moringa Canary"}"#).await;
    let stored = site.sql_text("SELECT body FROM api_call");
    assert!(!stored.contains("Canary"), "{stored}");
    site.clock.advance(KEEP_MS);
    assert_eq!(housekeeping::forget_old_calls(&site.app).await, Ok(0));
    site.clock.advance(1);
    assert_eq!(housekeeping::forget_old_calls(&site.app).await, Ok(1));
    let fresh = make(&site, "k", SHOP).await;
    assert_eq!((fresh.status, fresh.header("idempotent-replayed")), (StatusCode::CREATED, None));
}

#[tokio::test]
async fn an_odd_idempotency_key_is_refused() {
    let site = Site::new().await;
    for key in ["", "a b", &"k".repeat(256)] {
        let answer = make(&site, key, SHOP).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{key:?}");
        assert!(answer.message().starts_with("idempotency-key: expected 1 to 255 visible characters"));
    }
    let twice = [("idempotency-key", "a"), ("idempotency-key", "b")];
    let answer = site.v3_with("POST", "/v3/apps", &twice, SHOP).await;
    assert_eq!(answer.message(), "idempotency-key: expected one, got several");
    assert_eq!(site.rows("app"), 0);
    let read = site.v3_with("GET", "/v3/apps", &[("idempotency-key", "a b")], "").await;
    assert_eq!(read.status, StatusCode::OK, "a read needs none");
}
