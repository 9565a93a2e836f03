//! Answers that are lost, calls that are repeated, and a widget that waits.

use crate::customer::{Customer, form, to_turn};
use crate::site::Site;
use axum::http::StatusCode;
use egusi_server::keys;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// A wait that nothing ends takes 25 seconds.
const MUCH_LESS_THAN_A_WAIT: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_form_that_is_sent_again_begins_one_sign_in() {
    let site = Site::new().await;
    let mut customer = Customer::at_first_bank(&site).await;
    let sent = to_turn(form("user_otp"), customer.turn());
    // Eight sign-ins are a session's end: twelve times the same form must be one of them.
    for _ in 0..12 {
        customer.does("form", &sent).await;
        assert_eq!((customer.place().as_str(), customer.turn()), ("one_time_code", 2));
    }
    for left in (1..=7).rev() {
        customer.does("form", &form("nobody")).await;
        assert_eq!(customer.place(), "form wrong_credentials", "{left} left");
    }
    customer.does("form", &form("nobody")).await;
    assert_eq!(customer.place(), "failed too_many_attempts");
}

#[tokio::test]
async fn an_answer_that_is_sent_again_is_one_try() {
    let site = Site::new().await;
    let mut customer = Customer::at_first_bank(&site).await;
    customer.signs_in("user_otp").await;
    let wrong = to_turn(json!({"answer": "000000"}), customer.turn());
    for _ in 0..4 {
        customer.does("answer", &wrong).await;
        assert_eq!(customer.place(), "one_time_code wrong_answer 2");
    }
    let right = to_turn(json!({"answer": "123456"}), customer.turn());
    for _ in 0..2 {
        customer.does("answer", &right).await;
        assert_eq!(customer.place(), "accounts 2", "a code that arrives twice does no harm");
    }
    let picks = to_turn(json!({"picks": [0]}), customer.turn());
    customer.does("accounts", &picks).await;
    let first = customer.stands.clone();
    customer.does("accounts", &picks).await;
    assert_eq!((&customer.stands, site.rows("record")), (&first, 1));
}

#[tokio::test]
async fn an_answer_to_a_step_that_is_still_to_come_is_refused() {
    let site = Site::new().await;
    let customer = Customer::at_first_bank(&site).await;
    for (call, body) in [
        ("form", form("user_good")),
        ("answer", json!({"answer": "1"})),
        ("resend", json!({})),
        ("accounts", json!({"picks": [0]})),
    ] {
        let (code, message) = customer.is_refused(call, &to_turn(body, 7)).await;
        assert_eq!((code.as_str(), message.contains("at most 1; got 7")), ("wrong_step", true), "{message}");
    }
}

#[tokio::test]
async fn whoever_lost_an_answer_finds_it_by_looking() {
    let site = Site::new().await;
    let mut customer = Customer::at_first_bank(&site).await;
    let before = customer.turn();
    customer.signs_in("user_otp").await;
    let found = customer.looks(&format!("?after={before}")).await;
    assert_eq!(found.status, StatusCode::OK);
    assert_eq!(found.json, customer.stands, "what is past is not waited for");
    for (query, message) in [("?after=soon", "after: expected"), ("?resume=perhaps", "resume: expected")] {
        let refused = customer.looks(query).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.json["message"].as_str().unwrap().starts_with(message), "{}", refused.json);
    }
}

#[tokio::test]
async fn a_look_tells_that_another_call_is_being_worked_on() {
    let site = Arc::new(Site::new().await);
    let customer = Customer::at_first_bank(&site).await;
    let (token, turn) = (customer.token.clone(), customer.turn());
    let now_ms = egusi_server::clock::Clock::now_ms(site.clock.as_ref());
    let row = site.store.claim_session(keys::hash(&token), now_ms, now_ms + 45_000).await.unwrap();
    let busy = customer.looks("").await;
    assert_eq!((&busy.json["is_busy"], &busy.json["turn"]), (&json!(true), &json!(turn)));
    assert_eq!(busy.json["step"], *customer.step(), "the step is the one before it");
    assert_eq!(customer.is_refused("form", &form("user_good")).await.0, "session_busy");

    let waiting = {
        let (site, token, path) = (site.clone(), token, format!("/connect/v1/session?after={turn}"));
        tokio::spawn(async move { site.call("GET", &path, &token, "").await })
    };
    tokio::task::yield_now().await;
    let egusi_store::Session { scope, id, version, body, expires_at_ms, .. } = row;
    let back = egusi_store::AdvanceSession { id, version, body, expires_at_ms };
    site.store.advance_session(scope, back).await.unwrap();
    site.app.bells.ring_for(id);
    let free = tokio::time::timeout(MUCH_LESS_THAN_A_WAIT, waiting).await.unwrap().unwrap();
    assert_eq!((&free.json["turn"], free.json.get("is_busy")), (&json!(turn), None), "it came to nothing");
}

#[tokio::test]
async fn whoever_waits_is_woken_by_every_call_of_the_session() {
    let site = Site::new().await;
    let mut customer = Customer::opens(&site, &site.options()).await;
    let id = customer.stands["setting"]["session"].as_str().unwrap().parse().unwrap();
    let mut bell = site.app.bells.listen();
    let mut has_rung = async || tokio::time::timeout(Duration::ZERO, bell.rung_for(id)).await.is_ok();
    assert!(!has_rung().await);
    customer.chooses(crate::customer::FIRST_BANK).await;
    assert!(has_rung().await, "it has gone on");
    customer.is_refused("answer", &json!({"answer": "1"})).await;
    assert!(has_rung().await, "it is free again");
    customer.looks("").await;
    Customer::opens(&site, &site.options()).await.chooses(crate::customer::FIRST_BANK).await;
    assert!(!has_rung().await, "a look changes nothing, and another session is another");
}

#[tokio::test]
async fn whoever_looks_is_still_there_until_the_session_is_at_its_end() {
    const MINUTE: i64 = 60_000;
    let site = Site::new().await;
    let (customer, nobody) = (Customer::at_first_bank(&site).await, Customer::at_first_bank(&site).await);
    let before = customer.stands.clone();
    // A window looks every five minutes while somebody reads.
    for _ in 0..5 {
        site.clock.advance(5 * MINUTE);
        let found = customer.looks("").await;
        assert_eq!((found.status, found.json), (StatusCode::OK, before.clone()), "nothing has changed");
    }
    assert_eq!(nobody.looks("").await.json["code"], "session_expired", "nobody has looked");
    site.clock.advance(5 * MINUTE);
    for query in ["", "?after=1", "?after=0", "?resume=true"] {
        let ended = customer.looks(query).await;
        assert_eq!(ended.status, StatusCode::UNAUTHORIZED, "{query}");
        assert_eq!(ended.json["code"], "session_expired");
    }
}

#[tokio::test]
async fn a_wait_ends_when_the_session_is_closed_and_when_the_server_is() {
    let site = Arc::new(Site::new().await);
    let customer = Customer::at_first_bank(&site).await;
    let waits = |token: &str| {
        let (site, token) = (site.clone(), token.to_owned());
        tokio::spawn(async move { site.call("GET", "/connect/v1/session?after=1", &token, "").await })
    };
    let waiting = waits(&customer.token);
    tokio::task::yield_now().await;
    site.call("DELETE", "/connect/v1/session", &customer.token, "").await;
    assert_eq!(waiting.await.unwrap().json["code"], "session_expired");

    let other = Customer::at_first_bank(&site).await;
    let waiting = waits(&other.token);
    while !waiting.is_finished() {
        site.app.bells.ring_closing();
        tokio::task::yield_now().await;
    }
    let answer = waiting.await.unwrap();
    assert_eq!((answer.status, &answer.json["turn"]), (StatusCode::OK, &json!(1)));
}

#[tokio::test]
async fn when_too_many_wait_the_next_one_is_answered_at_once() {
    let site = Site::new().await;
    let customer = Customer::at_first_bank(&site).await;
    let places = u32::try_from(site.app.bells.places.available_permits()).unwrap();
    let taken = site.app.bells.places.try_acquire_many(places).unwrap();
    let looks = customer.looks("?after=1");
    let answer = tokio::time::timeout(MUCH_LESS_THAN_A_WAIT, looks).await.unwrap();
    assert_eq!((answer.status, &answer.json["turn"]), (StatusCode::OK, &json!(1)));
    drop(taken);
}

#[tokio::test]
async fn a_widget_that_was_loaded_anew_gets_what_it_shows() {
    let site = Site::new().await;
    let mut customer = Customer::opens(&site, &site.options()).await;
    let setting = customer.stands["setting"].clone();
    let resumed = |answer: crate::site::Answer| answer.json["resumed"].clone();
    assert_eq!(resumed(customer.looks("?resume=true").await), json!({"setting": setting}));
    customer.chooses(crate::customer::FIRST_BANK).await;
    let form = customer.step()["form"].clone();
    assert_eq!(resumed(customer.looks("?resume=true").await), json!({"setting": setting}), "the step has it");
    customer.signs_in("user_otp").await;
    let answer = customer.looks("?resume=true").await;
    assert_eq!(answer.json["step"], *customer.step());
    assert_eq!(resumed(answer), json!({"setting": setting, "form": form}));
    assert_eq!(resumed(customer.looks("").await), json!(null));
}

#[tokio::test]
async fn a_session_of_another_version_is_over_and_no_fault() {
    let site = Site::new().await;
    let customer = Customer::at_first_bank(&site).await;
    let hash = keys::hash(&customer.token);
    let now_ms = egusi_server::clock::Clock::now_ms(site.clock.as_ref());
    let row = site.store.claim_session(hash, now_ms, now_ms + 1_000).await.unwrap();
    let body = site.app.sealer.seal(row.id.bytes(), br#"{"stage":"of yesterday"}"#).unwrap();
    let strange = egusi_store::AdvanceSession {
        id: row.id,
        version: row.version,
        body,
        expires_at_ms: now_ms + 60_000,
    };
    site.store.advance_session(row.scope, strange).await.unwrap();
    assert_eq!(customer.looks("").await.json["code"], "session_expired");
    assert_eq!(customer.is_refused("form", &form("user_good")).await.0, "session_expired");
}
