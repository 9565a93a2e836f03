//! The same call again: tags on what was read, keys on what was written.

use crate::support::Site;
use crate::support::traveller::connected;
use axum::http::StatusCode;

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
