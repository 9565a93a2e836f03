//! A bank that asks on its own page: from a frame in a tab of its own, from a tab in that tab.

use crate::browser::{Browser, FIRST_BANK, site};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;

/// Answers on the bank's page; gives the address it sends back to.
pub async fn says(site: &crate::site::Site, link: &str, answer: &str) -> String {
    let state = link.split_once("state=").unwrap().1;
    let form = format!("state={state}&answer={answer}");
    let request = Request::builder().method("POST").uri("/sandbox/bank").body(Body::from(form)).unwrap();
    let response = site.ask(request).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()["location"].to_str().unwrap().to_owned()
}

pub fn get(path: &str) -> Request<Body> {
    Request::builder().uri(path).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn from_a_frame_the_page_of_the_bank_gets_a_tab_and_the_window_is_looked_at_again() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({})).await;
    customer.signs_in("user_redirect", "pass_good").await;
    assert_eq!(customer.heading(), "First Bank of Nigeria asks you itself");
    assert_eq!(customer.attribute("a.primary", "target").as_deref(), Some("_blank"));
    assert_eq!(customer.attribute("a.primary", "rel").as_deref(), Some("noopener"));
    let link = customer.attribute("a.primary", "href").unwrap();
    customer.presses("Check again").await;
    assert_eq!(customer.heading(), "First Bank of Nigeria asks you itself", "nothing has happened yet");
    let back = says(&site, &link, "approve").await;
    let mut tab = Browser::in_a_tab(&site);
    tab.asks(get(&back)).await;
    assert!(tab.html.contains("Go back to the window of Moringa Market"), "{}", tab.html);
    assert!(!tab.html.contains("name=\"session\""), "the session belongs to the frame");
    customer.presses("Check again").await;
    assert_eq!(customer.heading(), "Choose accounts to share");
    assert!(customer.heard_names().contains(&"ACCOUNTS_SHOWN".to_owned()), "{:?}", customer.heard_names());
}

#[tokio::test]
async fn from_a_tab_the_bank_sends_back_into_the_same_tab() {
    let site = site().await;
    let mut customer = Browser::in_a_tab(&site);
    let more = json!({"redirect_url": "https://shop.example/next", "continue_cta": "Back to the shop"});
    customer.at_the_bank(FIRST_BANK, &more).await;
    customer.signs_in("user_redirect", "pass_good").await;
    assert_eq!(customer.attribute("a.primary", "target"), None);
    let link = customer.attribute("a.primary", "href").unwrap();
    let back = says(&site, &link, "approve").await;
    assert!(!back.contains("session"), "no token is in an address");
    customer.asks(get(&back)).await;
    assert_eq!(customer.heading(), "You are signed in");
    assert!(customer.policy.contains("form-action 'self'"), "{}", customer.policy);
    customer.presses("Continue").await;
    assert_eq!(customer.heading(), "Choose accounts to share");
    customer.ticks("Everyday Current");
    customer.presses("Connect").await;
    customer.presses("Back to the shop").await;
    let refresh = customer.attribute("meta[http-equiv=refresh]", "content");
    assert_eq!(refresh.as_deref(), Some("0;url=https://shop.example/next"), "{}", customer.html);
    assert_eq!(customer.attribute("a.primary", "href").as_deref(), Some("https://shop.example/next"));
    assert!(customer.heard.is_empty(), "nobody is around a tab");
}

/// An address that was never at a bank could come from anybody, with a session of theirs behind it.
#[tokio::test]
async fn whoever_comes_back_with_nothing_done_is_handed_no_session() {
    let site = site().await;
    let mut stranger = Browser::in_a_tab(&site);
    stranger.at_the_bank(FIRST_BANK, &json!({})).await;
    stranger.signs_in("user_redirect", "pass_good").await;
    let link = stranger.attribute("a.primary", "href").unwrap();
    let back = says(&site, &link, "deny").await;
    let mut victim = Browser::in_a_tab(&site);
    victim.asks(get(&back)).await;
    assert_eq!(victim.heading(), "You said no");
    assert!(!victim.html.contains("name=\"session\"") && !victim.html.contains("<form"), "{}", victim.html);
}

#[tokio::test]
async fn whoever_said_no_may_try_again() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({})).await;
    customer.signs_in("user_redirect", "pass_good").await;
    let link = customer.attribute("a.primary", "href").unwrap();
    let back = says(&site, &link, "deny").await;
    Browser::in_a_tab(&site).asks(get(&back)).await;
    customer.presses("Check again").await;
    assert!(customer.alert().contains("You said no on the page of First Bank"), "{}", customer.seen());
    customer.presses("Try again").await;
    assert_eq!(customer.heading(), "Sign in to First Bank of Nigeria");
}
