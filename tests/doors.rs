//! What comes in wrong: each a clear error, nothing half-made, and nothing told to strangers.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

mod support;

use axum::http::StatusCode;
use egusi_protocol::{Environment, Product};
use serde_json::json;
use support::Site;
use support::traveller::{Traveller, connected};

const SESSIONS: &str = "/connect/v1/sessions";

#[tokio::test]
async fn a_bad_opening_says_what_was_expected_and_leaves_nothing_behind() {
    let site = Site::new().await;
    let good = site.options();
    let with = |change: &dyn Fn(&mut egusi_protocol::OpenSession)| {
        let mut options = good.clone();
        change(&mut options);
        json!(options)
    };
    let secret = site.company.sandbox.secret.expose().to_owned();
    let other = site.another_company().await;
    let cases = [
        (with(&|o| o.key = "nobody".into()), 401, "unknown_key", r#"got "nobody""#),
        (with(&|o| o.key = secret.clone()), 401, "unknown_key", "expected a public key, got a secret key"),
        (
            with(&|o| o.token = "5d8a35224d8113507c7521ac".into()),
            401,
            "unknown_token",
            "5d8a35224d8113507c7521ac",
        ),
        (with(&|o| o.token = other.token.to_string()), 401, "unknown_token", "belongs to this key"),
        (with(&|o| o.token = "<img onerror=x>".into()), 401, "unknown_token", "<img onerror=x>"),
        (
            with(&|o| o.env = Environment::Production),
            400,
            "wrong_environment",
            "this key belongs to production-sandbox; got production",
        ),
        (
            with(&|o| o.products = vec![Product::Identity]),
            400,
            "unknown_product",
            r#"offers auth, balance, transactions; got "identity""#,
        ),
        (with(&|o| o.name = Some("x".repeat(81))), 400, "invalid_request", "at most 80 characters, got 81"),
        (
            with(&|o| o.redirect_url = Some("javascript:alert(1)".into())),
            400,
            "invalid_request",
            "redirect_url: expected an https URL",
        ),
        (
            with(&|o| o.callback_url = Some("http://10.0.0.1/".into())),
            400,
            "invalid_request",
            "callback_url: expected an https URL",
        ),
        (json!({"key": good.key, "token": good.token}), 400, "invalid_request", "a field is missing"),
    ];
    for (body, status, code, message) in cases {
        let answer = site.post(SESSIONS, "", &body).await;
        assert_eq!(answer.status, StatusCode::from_u16(status).unwrap(), "{message}: {}", answer.json);
        assert_eq!(answer.json["code"], code, "{message}");
        let said = answer.json["message"].as_str().unwrap();
        assert!(said.contains(message), "expected {message:?} in {said:?}");
        assert!(!said.contains(&secret), "a secret key was repeated");
    }
    let keys = &site.company.production;
    let live = with(&|o| {
        o.env = Environment::Production;
        o.key = keys.public.clone();
    });
    assert_eq!(site.post(SESSIONS, "", &live).await.json["code"], "no_institutions");
    for table in ["session", "customer", "record", "account", "balance"] {
        assert_eq!(site.rows(table), 0, "{table}");
    }
}

#[tokio::test]
async fn bodies_that_are_no_bodies_are_refused() {
    let site = Site::new().await;
    for (body, status, code) in [
        ("", 400, "invalid_request"),
        ("{", 400, "invalid_request"),
        ("[]", 400, "invalid_request"),
        ("null", 400, "invalid_request"),
        (r#"{"key":{}}"#, 400, "invalid_request"),
    ] {
        let answer = site.call("POST", SESSIONS, "", body).await;
        assert_eq!((answer.status.as_u16(), answer.json["code"].as_str()), (status, Some(code)), "{body:?}");
    }
    let huge = json!({"key": "x".repeat(1_000_000)}).to_string();
    let answer = site.call("POST", SESSIONS, "", &huge).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.json["message"].as_str().unwrap().contains("at most 65536 bytes"));
    assert_eq!(site.rows("session"), 0);
}

#[tokio::test]
async fn a_wrong_method_is_said_in_words() {
    let site = Site::new().await;
    let ours = site.call("GET", SESSIONS, "", "").await;
    assert_eq!(
        (ours.status, ours.json["code"].as_str()),
        (StatusCode::METHOD_NOT_ALLOWED, Some("method_not_allowed"))
    );
    let okra = site.call("GET", "/v2/balance/getById", site.company.sandbox.secret.expose(), "").await;
    assert_eq!(okra.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(okra.json, json!({"status": "error", "message": "Wrong method - expected POST"}));
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_not_repeated() {
    let site = Site::new().await;
    let customer = Traveller::arrives(&site, site.options()).await;
    let body = r#"{"fields":[{"name":"password","value":"hunter2-canary","extra":]}"#;
    for body in [body, r#"{"fields":"hunter2-canary"}"#] {
        let answer = site.call("POST", "/connect/v1/session/form", &customer.token, body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(!answer.json.to_string().contains("canary"), "{}", answer.json);
    }
}

#[tokio::test]
async fn steps_cannot_be_skipped_and_sessions_cannot_be_guessed() {
    let site = Site::new().await;
    let customer = Traveller::arrives(&site, site.options()).await;
    let token = customer.token.clone();
    for (call, body) in [
        ("form", json!({"fields": []})),
        ("answer", json!({"answer": "123456"})),
        ("resend", json!({})),
        ("poll", json!({})),
        ("accounts", json!({"picks": [0]})),
    ] {
        let answer = site.post(&format!("/connect/v1/session/{call}"), &token, &body).await;
        assert_eq!(
            (answer.status, answer.json["code"].as_str()),
            (StatusCode::CONFLICT, Some("wrong_step")),
            "{call}"
        );
    }
    for stranger in ["", "0000", &token[1..], "nobody"] {
        let answer = site.call("GET", "/connect/v1/session", stranger, "").await;
        assert_eq!(
            (answer.status, answer.json["code"].as_str()),
            (StatusCode::UNAUTHORIZED, Some("session_expired"))
        );
    }
    let unknown =
        json!({"institution": "000000000000000000000000", "consent": {"agreed": true, "language": "en"}});
    let answer = site.post("/connect/v1/session/institution", &token, &unknown).await;
    assert_eq!(answer.json["code"], "invalid_request");
    let consent = json!({"agreed": true, "language": "x".repeat(36)});
    let wordy = json!({"institution": "5d6fe57a4099cc4b210bbeb1", "consent": consent});
    let answer = site.post("/connect/v1/session/institution", &token, &wordy).await;
    assert_eq!(answer.json["message"], "consent.language: expected at most 35 characters, got 36");
}

#[tokio::test]
async fn a_session_ends_when_nothing_happens_when_it_is_closed_and_when_it_has_been_long() {
    let site = Site::new().await;
    let expired = async |token: &str| {
        site.call("GET", "/connect/v1/session", token, "").await.json["code"] == "session_expired"
    };
    let (idle, looked_at) =
        (Traveller::arrives(&site, site.options()).await, Traveller::arrives(&site, site.options()).await);
    site.clock.advance(14 * 60_000);
    assert!(!expired(&looked_at.token).await);
    site.clock.advance(60_000);
    assert!(expired(&idle.token).await);
    assert!(!expired(&looked_at.token).await, "whoever looks is still there");

    let mut closed = Traveller::arrives(&site, site.options()).await;
    closed.does(egusi_flow::Event::ClosePressed).await;
    assert!(expired(&closed.token).await);

    let mut long = Traveller::arrives(&site, site.options()).await;
    long.signs_in("First Bank of Nigeria", "user_good", "wrong").await;
    for _ in 0..2 {
        site.clock.advance(14 * 60_000);
        long.sends_form("user_good", "wrong").await;
        assert!(!expired(&long.token).await);
    }
    site.clock.advance(3 * 60_000);
    assert!(expired(&long.token).await, "thirty minutes are the end, however busy");
}

#[tokio::test]
async fn ended_sessions_are_forgotten_and_what_they_left_is_not() {
    let site = Site::new().await;
    connected(&site).await;
    site.clock.advance(60 * 60_000);
    let open = Traveller::arrives(&site, site.options()).await;
    site.clock.advance(20 * 60_000);
    assert_eq!(egusi_server::housekeeping::forget_ended_sessions(&site.app).await, Ok(1));
    assert_eq!((site.rows("session"), site.rows("record")), (1, 1));
    drop(open);
}

#[tokio::test]
async fn a_session_is_no_place_to_guess_passwords() {
    let site = Site::new().await;
    let mut guesser = Traveller::arrives(&site, site.options()).await;
    guesser.signs_in("First Bank of Nigeria", "user_good", "guess").await;
    for _ in 0..8 {
        guesser.sends_form("user_good", "guess").await;
    }
    assert_eq!(guesser.seen.last().map(String::as_str), Some("stopped:too_many_attempts"));
    let form = json!({"fields": [{"name": "username", "value": "user_good"}, {"name": "password", "value": "pass_good"}]});
    let answer = site.post("/connect/v1/session/form", &guesser.token, &form).await;
    assert_eq!(
        answer.json["step"]["failed"]["code"], "too_many_attempts",
        "even the right one comes too late"
    );
}

#[tokio::test]
async fn connecting_twice_gives_the_same_answer_and_one_record() {
    let site = Site::new().await;
    let mut customer = Traveller::arrives(&site, site.options()).await;
    customer.signs_in("First Bank of Nigeria", "user_good", "pass_good").await;
    let picks = json!({"picks": [0, 1]});
    let first = site.post("/connect/v1/session/accounts", &customer.token, &picks).await;
    let second = site.post("/connect/v1/session/accounts", &customer.token, &picks).await;
    assert!(first.json["step"]["done"].is_object(), "{}", first.json);
    assert_eq!(first.json, second.json);
    assert_eq!((site.rows("record"), site.rows("reading")), (1, 2));
    for picks in [json!({"picks": []}), json!({"picks": [2]}), json!({"picks": [65535]})] {
        let mut other = Traveller::arrives(&site, site.options()).await;
        other.signs_in("Kuda Bank", "user_good", "pass_good").await;
        let answer = site.post("/connect/v1/session/accounts", &other.token, &picks).await;
        assert_eq!(answer.json["code"], "invalid_request", "{picks}");
    }
    assert_eq!(site.rows("record"), 1);
}

#[tokio::test]
async fn only_the_owner_of_a_balance_can_read_it() {
    let site = Site::new().await;
    let payload = connected(&site).await;
    let ask = json!({"customer": payload["customer_id"]});
    let mine = site.okra("/v2/balance/getByCustomer", &ask).await;
    let id = json!({"id": mine.json["data"]["balance"][0]["_id"]});
    let missing = json!({"id": "000000000000000000000000"});
    let other = site.another_company().await;
    for key in [other.sandbox.secret.expose(), site.company.production.secret.expose()] {
        let list = site.post("/v2/balance/getByCustomer", key, &ask).await;
        assert_eq!((list.status, &list.json["data"]["balance"]), (StatusCode::OK, &json!([])));
        let one = site.post("/v2/balance/getById", key, &id).await;
        let none = site.post("/v2/balance/getById", key, &missing).await;
        assert_eq!(one.status, StatusCode::NOT_FOUND);
        assert_eq!(
            (one.status, one.json),
            (none.status, none.json),
            "somebody else's looks like a missing one"
        );
    }
}

#[tokio::test]
async fn the_okra_api_wants_a_secret_key_and_says_so_shortly() {
    let site = Site::new().await;
    for bearer in ["", "nobody", &site.company.sandbox.public, &site.company.token.to_string()] {
        let answer = site.post("/v2/balance/getById", bearer, &json!({"id": "x"})).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        let expected =
            json!({"status": "error", "name": "APIError", "message": "Unauthorized - expected a secret key"});
        assert_eq!(answer.json, expected);
    }
    let bad = site.okra("/v2/balance/getById", &json!({"id": "x"})).await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
    assert_eq!(bad.json["message"], "id: expected an id of 24 hex digits, got something else");
    assert!(bad.json.to_string().len() < 120, "clients cut the message out of truncated text");
    let unknown = site.okra("/v2/wallet/list", &json!({})).await;
    assert_eq!(
        (unknown.status, unknown.json["message"].as_str()),
        (StatusCode::BAD_REQUEST, Some("wallet/list is not supported by this server")),
        "no 404, which a client takes for a wrong key"
    );
}

#[tokio::test]
async fn nothing_typed_is_found_in_the_data() {
    let site = Site::new().await;
    let mut customer = Traveller::arrives(&site, site.options()).await;
    customer.signs_in("First Bank of Nigeria", "user_otp", "wrong-canary-1").await;
    customer.sends_form("user_otp", "pass_good").await;
    customer.answers("987654").await;
    customer.answers("123456").await;
    customer.connects(&[0]).await;
    let token = customer.token.clone();
    for entry in std::fs::read_dir(site.data.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for typed in ["wrong-canary-1", "pass_good", "987654", "user_otp", &token] {
            let found = bytes.windows(typed.len()).any(|window| window == typed.as_bytes());
            assert!(!found, "{typed} stands in {}", path.display());
        }
    }
}
