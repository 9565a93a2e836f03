//! The institution's own page, and the way back from it: good once, for the sign-in it was made for.

use crate::customer::{Customer, form};
use crate::site::Site;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use std::sync::Arc;

/// A page as a browser gets it.
async fn page(site: &Site, method: &str, path: &str, body: String) -> (StatusCode, HeaderMap, String) {
    let request = Request::builder().method(method).uri(path);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let answer = site.ask(request.body(Body::from(body)).unwrap()).await;
    let (parts, body) = answer.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    (parts.status, parts.headers, String::from_utf8_lossy(&bytes).into_owned())
}

/// Comes back with an address: the status, and what the page says.
pub async fn comes_back(site: &Site, address: &str) -> (StatusCode, String) {
    let (status, headers, text) = page(site, "GET", address, String::new()).await;
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["referrer-policy"], "no-referrer");
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    (status, text)
}

pub async fn approves(site: &Site, customer: &Customer<'_>) -> String {
    presses(site, customer, "approve").await
}

/// Opens the page of the step and presses a button; where that leads.
async fn presses(site: &Site, customer: &Customer<'_>, button: &str) -> String {
    let url = customer.step()["redirect"]["url"].as_str().unwrap();
    let (status, headers, text) = page(site, "GET", url, String::new()).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    assert!(headers["content-security-policy"].to_str().unwrap().contains("form-action 'self'"));
    for said in ["First Bank of Nigeria", "Moringa Market", "This is a sandbox, not a real bank."] {
        assert!(text.contains(said), "{said} in {text}");
    }
    let state = text.split_once("name=\"state\" value=\"").unwrap().1.split_once('"').unwrap().0;
    assert!(text.contains(&format!("value=\"{button}\"")), "{text}");
    let (status, headers, _) =
        page(site, "POST", "/sandbox/bank", format!("state={state}&answer={button}")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    headers["location"].to_str().unwrap().to_owned()
}

async fn at_the_page(site: &Site) -> Customer<'_> {
    let mut customer = Customer::at_first_bank(site).await;
    customer.signs_in("user_redirect").await;
    customer
}

#[tokio::test]
async fn whoever_says_no_shares_nothing_and_may_try_again() {
    let site = Site::new().await;
    let mut customer = at_the_page(&site).await;
    let back = presses(&site, &customer, "deny").await;
    let (status, text) = comes_back(&site, &back).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("You said no") && text.contains("window of Moringa Market"), "{text}");
    assert!(text.contains(r#"href="https://shop.example""#), "the way home from the same tab: {text}");
    customer.stands = customer.looks("").await.json;
    assert_eq!(customer.place(), "failed denied");
    customer.signs_in("user_redirect").await;
    assert_eq!(customer.place(), "redirect");
}

#[tokio::test]
async fn a_way_back_is_good_once() {
    let site = Site::new().await;
    let customer = at_the_page(&site).await;
    let back = approves(&site, &customer).await;
    assert_eq!(comes_back(&site, &back).await.0, StatusCode::OK);
    let turn = customer.looks("").await.json["turn"].clone();
    let (status, text) = comes_back(&site, &back).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(text.contains("leads nowhere any more") && text.contains("begin again"), "{text}");
    let url = customer.step()["redirect"]["url"].as_str().unwrap();
    assert_eq!(comes_back(&site, url).await.0, StatusCode::BAD_REQUEST, "the bank's page is over too");
    assert_eq!(customer.looks("").await.json["turn"], turn, "nothing happened twice");
}

#[tokio::test]
async fn a_way_back_is_worth_nothing_when_the_session_has_gone_on() {
    let site = Site::new().await;
    let mut customer = at_the_page(&site).await;
    let old = approves(&site, &customer).await;
    customer.does("form", &form("user_redirect")).await;
    assert_eq!(comes_back(&site, &old).await.0, StatusCode::BAD_REQUEST, "of an earlier sign-in");
    let new = approves(&site, &customer).await;
    customer.does("form", &form("user_pin")).await;
    assert_eq!(
        comes_back(&site, &new).await.0,
        StatusCode::BAD_REQUEST,
        "the customer signed in another way"
    );
    customer.stands = customer.looks("").await.json;
    assert_eq!(customer.place(), "pin");
}

#[tokio::test]
async fn an_address_that_is_not_ours_leads_nowhere() {
    let site = Site::new().await;
    let other = Site::new().await;
    let customer = at_the_page(&site).await;
    let back = approves(&site, &customer).await;
    assert_eq!(comes_back(&other, &back).await.0, StatusCode::BAD_REQUEST, "of another server");
    for address in [
        "/connect/v1/return".to_owned(),
        "/connect/v1/return?state=".to_owned(),
        "/connect/v1/return?state=bm9ib2R5&code=approved".to_owned(),
        format!("/connect/v1/return?state={}&code=approved", customer.token),
        format!("{back}&state=another"),
        back.replacen("state=", "state=A", 1),
    ] {
        assert_eq!(comes_back(&site, &address).await.0, StatusCode::BAD_REQUEST, "{address}");
    }
    let refused = page(&site, "POST", "/sandbox/bank", "answer=approve".into()).await;
    assert_eq!(refused.0, StatusCode::BAD_REQUEST);
    let head = page(&site, "HEAD", &back, String::new()).await;
    assert_eq!(head.0, StatusCode::NO_CONTENT, "a look at the address uses nothing up");
    assert!(comes_back(&site, &back).await.1.contains("You are signed in"), "and the true one still works");
}

#[tokio::test]
async fn whoever_comes_back_twice_at_once_is_told_to_wait_a_moment() {
    let site = Site::new().await;
    let customer = at_the_page(&site).await;
    let back = approves(&site, &customer).await;
    let hash = egusi_server::keys::hash(&customer.token);
    let now_ms = site.app.now_ms();
    let row = site.store.claim_session(hash, now_ms, now_ms + 45_000).await.unwrap();
    let (status, text) = comes_back(&site, &back).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(text.contains("One moment"), "{text}");
    let egusi_store::Session { scope, id, version, body, expires_at_ms, .. } = row;
    let free = egusi_store::AdvanceSession { id, version, body, expires_at_ms };
    site.store.advance_session(scope, free).await.unwrap();
    assert!(comes_back(&site, &back).await.1.contains("You are signed in"), "it used nothing up");
}

#[tokio::test]
async fn whoever_stays_away_too_long_is_told_to_begin_again() {
    let site = Site::new().await;
    let customer = at_the_page(&site).await;
    let back = approves(&site, &customer).await;
    site.clock.advance(15 * 60_000);
    let (status, text) = comes_back(&site, &back).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(text.contains("begin again"), "{text}");
    let ended = at_the_page(&site).await;
    let back = approves(&site, &ended).await;
    site.call("DELETE", "/connect/v1/session", &ended.token, "").await;
    assert_eq!(comes_back(&site, &back).await.0, StatusCode::BAD_REQUEST, "the widget was closed");
}

#[tokio::test]
async fn what_the_bank_adds_that_makes_no_sense_is_the_banks_nonsense() {
    let site = Site::new().await;
    let mut customer = at_the_page(&site).await;
    let back = approves(&site, &customer).await.replace("code=approved", "code=stolen");
    assert!(comes_back(&site, &back).await.1.contains("That did not work"));
    customer.stands = customer.looks("").await.json;
    assert_eq!(customer.place(), "failed institution_unreadable");
}

#[tokio::test]
async fn a_widget_that_waits_hears_of_the_return_at_once() {
    let site = Arc::new(Site::new().await);
    let customer = at_the_page(&site).await;
    let back = approves(&site, &customer).await;
    let (turn, token) = (customer.turn(), customer.token.clone());
    let waiting = {
        let site = site.clone();
        let path = format!("/connect/v1/session?after={turn}");
        tokio::spawn(async move { site.call("GET", &path, &token, "").await })
    };
    tokio::task::yield_now().await;
    comes_back(&site, &back).await;
    let answer = waiting.await.unwrap();
    assert_eq!(answer.json["turn"], turn + 1);
    assert!(answer.json["step"]["accounts"].is_object(), "{}", answer.json);
}

#[tokio::test]
async fn the_way_back_names_the_address_the_operator_gave() {
    let public_url = Some("https://connect.example".parse().unwrap());
    let settings = egusi_server::config::Settings { public_url, ..egusi_server::config::Settings::default() };
    let site = Site::with_settings(settings).await;
    let customer = at_the_page(&site).await;
    // The sandbox's page is a path all the same: the customer may know the server by another name.
    assert!(customer.step()["redirect"]["url"].as_str().unwrap().starts_with("/sandbox/bank?state="));
    let back = approves(&site, &customer).await;
    assert!(back.starts_with("/connect/v1/return?state="), "{back}");
    assert!(comes_back(&site, &back).await.1.contains("You are signed in"));
}
