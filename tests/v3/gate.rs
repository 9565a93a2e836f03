//! Who is let in, how often, and how a call is named.

use crate::support::Site;
use crate::support::traveller::connected;
use axum::http::StatusCode;
use egusi_server::config::Settings;
use serde_json::{Value, json};

const MISSING: &str = "000000000000000000000000";

#[tokio::test]
async fn only_a_secret_key_opens_v3_and_the_answer_says_so() {
    let site = Site::new().await;
    let secret = site.company.sandbox.secret.expose().to_owned();
    let public = format!("Bearer {}", site.company.sandbox.public);
    let token = format!("Bearer {}", site.company.token);
    for (authorization, message) in [
        ("", "authorization: expected Bearer and a secret key, got nothing like it"),
        (secret.as_str(), "authorization: expected Bearer and a secret key, got nothing like it"),
        ("Basic abc", "authorization: expected Bearer and a secret key, got nothing like it"),
        ("Bearer nobody", "authorization: expected a secret key of this server, got an unknown one"),
        (token.as_str(), "authorization: expected a secret key of this server, got an unknown one"),
        (
            public.as_str(),
            "authorization: expected a secret key, got a public key, which only opens the widget",
        ),
    ] {
        let headers: &[_] = if authorization.is_empty() { &[] } else { &[("authorization", authorization)] };
        let answer = site.send("GET", "/v3/balances", headers, "").await;
        assert_eq!((answer.status, answer.code()), (StatusCode::UNAUTHORIZED, "unauthorized"));
        assert_eq!(answer.message(), message, "{authorization}");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    }
    site.v3("GET", "/v3/balances", "").await;
}

#[tokio::test]
async fn a_secret_key_from_a_browser_is_refused_and_told_why() {
    let site = Site::new().await;
    connected(&site).await;
    for (name, value) in
        [("origin", "https://shop.example"), ("sec-fetch-site", "cross-site"), ("origin", "null")]
    {
        let answer = site.v3_with("GET", "/v3/balances", &[(name, value)], "").await;
        assert_eq!((answer.status, answer.code()), (StatusCode::FORBIDDEN, "forbidden"), "{name}");
        let message = format!(
            "Secret keys belong on your server; this call came from a browser page (origin {value:?}). Revoke this key."
        );
        assert_eq!(answer.message(), message);

        let bearer = site.bearer();
        let headers = [("authorization", bearer.as_str()), (name, value)];
        let answer = site.send("POST", "/v2/products/balances", &headers, "").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name} on an Okra path");
        let expected = json!({
            "status": "error",
            "message": "A browser sent a secret key. It belongs on your server: revoke it",
        });
        assert_eq!(answer.json, expected);
        assert!(answer.bytes.len() < 120);
    }
    // Node's own fetch says so, and is no browser.
    let node = [("sec-fetch-mode", "cors"), ("user-agent", "node")];
    assert_eq!(site.v3_with("GET", "/v3/balances", &node, "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_answer_has_a_name_and_keeps_a_good_one() {
    let site = Site::new().await;
    for path in
        ["/health", "/", "/nothing", "/v2/nothing", "/v3/balances", "/v3/nothing", "/connect/v1/session"]
    {
        let answer = site.send("GET", path, &[], "").await;
        let id = answer.header("x-request-id").unwrap().to_owned();
        assert!(id.len() == 24 && id.bytes().all(|digit| digit.is_ascii_hexdigit()), "{path}: {id}");
        let other = site.send("GET", path, &[], "").await;
        assert_ne!(other.header("x-request-id"), Some(id.as_str()), "{path}");
        let own = site.send("GET", path, &[("x-request-id", "order-77_a")], "").await;
        assert_eq!(own.header("x-request-id"), Some("order-77_a"), "{path}");
        let odd = site.send("GET", path, &[("x-request-id", "a b")], "").await;
        assert_eq!(odd.header("x-request-id").map(str::len), Some(24), "{path}");
    }
}

#[tokio::test]
async fn a_key_has_so_many_calls_a_minute_and_hears_when_to_go_on() {
    let site = Site::with_settings(Settings { calls_per_minute: 3, ..Settings::default() }).await;
    for left in ["2", "1", "0"] {
        let answer = site.v3("GET", "/v3/balances", "").await;
        assert_eq!(answer.header("ratelimit-limit"), Some("3"));
        assert_eq!(answer.header("ratelimit-remaining"), Some(left));
    }
    let answer = site.v3_with("GET", "/v3/balances", &[], "").await;
    assert_eq!((answer.status, answer.code()), (StatusCode::TOO_MANY_REQUESTS, "rate_limited"));
    assert_eq!(answer.header("retry-after"), Some("20"));

    let bearer = site.bearer();
    let okra = site.send("POST", "/v2/products/balances", &[("authorization", &bearer)], "").await;
    assert_eq!((okra.status, okra.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, Some("20")));
    assert_eq!(okra.json, json!({"status": "error", "message": "Too many calls - try again in 20 s"}));

    site.clock.advance(20_000);
    site.v3("GET", "/v3/balances", "").await;
    let again = site.v3_with("GET", "/v3/balances", &[], "").await;
    assert_eq!(again.status, StatusCode::TOO_MANY_REQUESTS, "one call came back, not all");
}

#[tokio::test]
async fn no_limit_is_no_limit() {
    let site = Site::with_settings(Settings { calls_per_minute: 0, ..Settings::default() }).await;
    for _ in 0..20 {
        assert_eq!(site.v3("GET", "/v3/balances", "").await.header("ratelimit-limit"), None);
    }
}

#[tokio::test]
async fn what_is_not_there_and_what_is_somebody_elses_answer_alike() {
    let site = Site::new().await;
    connected(&site).await;
    let id = site.read("/v3/balances").await["data"][0]["id"].as_str().unwrap().to_owned();
    let other = site.another_company().await;
    let theirs = format!("Bearer {}", other.sandbox.secret.expose());
    let live = format!("Bearer {}", site.company.production.secret.expose());
    let mut answers: Vec<(StatusCode, Value)> = Vec::new();
    for (key, id) in
        [(&theirs, id.as_str()), (&live, id.as_str()), (&theirs, MISSING), (&site.bearer(), MISSING)]
    {
        let answer = site.send("GET", &format!("/v3/balances/{id}"), &[("authorization", key)], "").await;
        answers.push((answer.status, answer.json));
    }
    let first = (
        StatusCode::NOT_FOUND,
        json!({"code": "not_found", "message": "There is nothing here by that name."}),
    );
    assert!(answers.iter().all(|answer| *answer == first), "{answers:?}");
    for no_id in ["no-id", "%ff"] {
        let answer = site.v3_with("GET", &format!("/v3/balances/{no_id}"), &[], "").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{no_id}");
    }
}
