//! Who may open a window, what the host's own words may be, and what is refused.

use crate::browser::{Browser, FIRST_BANK, site};
use crate::site::Site;
use axum::body::Body;
use axum::http::Request;
use egusi_server::config::Settings;
use egusi_server::hosts::Welcome;
use egusi_server::words::Words;
use serde_json::{Value, json};

#[tokio::test]
async fn options_that_cannot_be_used_are_told_to_the_host_and_to_its_makers() {
    let site = site().await;
    for (more, code, message) in [
        (
            json!({"env": "staging"}),
            "invalid_option",
            r#"env: expected "production" or "production-sandbox""#,
        ),
        (json!({"token": "5d8a35224d8113507c7521ac"}), "unknown_token", "belongs to this key"),
        (json!({"exp": "2020-01-01"}), "widget_expired", "the last day of this widget was 2020-01-01"),
    ] {
        let mut customer = Browser::framed(&site);
        customer.opens(&more).await;
        assert_eq!(customer.heading(), "This window cannot open", "{more}");
        assert!(customer.seen().contains(message), "{}", customer.seen());
        assert_eq!(customer.heard.len(), 1);
        assert_eq!(customer.heard[0]["code"], code);
        assert!(customer.heard[0]["error"].as_str().unwrap().contains(message));
        customer.main_close().await;
        assert_eq!(customer.heard_names()[1..], ["beforeClose", "close"]);
    }
    let mut nobody = Browser::framed(&site);
    nobody.posts("/plain/open", &[("options", "{")]).await;
    assert!(nobody.seen().contains("options: expected an object as JSON"), "{}", nobody.seen());
    assert_eq!(site.rows("session"), 0);
}

/// What a window was begun with says who may show its pages, so it goes with no other session.
#[tokio::test]
async fn the_fields_of_two_windows_cannot_be_mixed() {
    let site = site().await;
    let field =
        |browser: &Browser, name: &str| browser.attribute(&format!("input[name={name}]"), "value").unwrap();
    let (mut one, mut other) = (Browser::framed(&site), Browser::framed(&site));
    one.opens(&json!({})).await;
    other.opens(&json!({"name": "Another Market"})).await;
    let (session, begun) = (field(&one, "session"), field(&other, "begun"));
    one.posts("/plain", &[("session", &session), ("begun", &begun), ("do", "look")]).await;
    assert_eq!(one.heading(), "This address leads nowhere any more");
}

impl Browser<'_> {
    async fn main_close(&mut self) {
        self.presses("Close").await;
    }
}

#[tokio::test]
async fn forms_of_other_sites_open_nothing_and_whatever_is_no_form_is_turned_away() {
    let site = site().await;
    let options = Browser::options(&site, &json!({})).to_string();
    let form = url::form_urlencoded::Serializer::new(String::new()).append_pair("options", &options).finish();
    for (header, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")] {
        let mut stranger = Browser::framed(&site);
        let request = Request::builder().method("POST").uri("/plain/open").header(header, value);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        stranger.asks(request.body(Body::from(form.clone())).unwrap()).await;
        assert!(stranger.seen().contains("a form of another site"), "{}", stranger.seen());
    }
    let mut own = Browser::framed(&site);
    own.opens(&json!({})).await;
    let (_, pressed) = own.pressed("Continue");
    for (header, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")] {
        let mut victim = Browser::in_a_tab(&site);
        let request = Request::builder().method("POST").uri("/plain").header(header, value);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        victim.asks(request.body(Body::from(pressed.clone())).unwrap()).await;
        assert_eq!(
            victim.heading(),
            "This address leads nowhere any more",
            "nobody is put into a stranger's window"
        );
    }
    assert_eq!(site.rows("session"), 1);
    for (path, kind) in [("/plain/open", "text/plain"), ("/plain", "application/json")] {
        let mut stranger = Browser::framed(&site);
        let request = Request::builder().method("POST").uri(path).header("content-type", kind);
        stranger.asks(request.body(Body::from(form.clone())).unwrap()).await;
        assert_eq!(
            (stranger.status.as_u16(), stranger.heading().as_str()),
            (400, "This address leads nowhere any more")
        );
    }
    for path in ["/plain", "/plain/open"] {
        let mut typed = Browser::in_a_tab(&site);
        typed.asks(Request::builder().uri(path).body(Body::empty()).unwrap()).await;
        assert_eq!(typed.heading(), "This address leads nowhere any more");
    }
    assert_eq!(site.rows("session"), 1, "the one of our own page");
}

#[tokio::test]
async fn only_our_own_page_says_which_page_is_around_it() {
    let site = site().await;
    let options = Browser::options(&site, &json!({})).to_string();
    let form = url::form_urlencoded::Serializer::new(String::new()).append_pair("options", &options).finish();
    let mut old = Browser::framed(&site);
    let request = Request::builder().method("POST").uri("/plain/open");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    old.asks(request.body(Body::from(form)).unwrap()).await;
    old.presses("Continue").await;
    old.presses("First Bank").await;
    old.signs_in("user_redirect", "pass_good").await;
    let link = old.attribute("a.primary", "href").unwrap();
    let bank = format!("state={}&answer=approve", link.split_once("state=").unwrap().1);
    let request = Request::builder().method("POST").uri("/sandbox/bank").body(Body::from(bank)).unwrap();
    let back = site.ask(request).await.headers()["location"].to_str().unwrap().to_owned();
    let mut tab = Browser::in_a_tab(&site);
    tab.asks(Request::builder().uri(&back).body(Body::empty()).unwrap()).await;
    assert!(!tab.html.contains("shop.example"), "whoever claims to be a page is not led back to");
}

#[tokio::test]
async fn text_from_outside_stays_text() {
    let site = site().await;
    let nasty = r#"<img src=x onerror=alert(1)>"'&{bank}"#;
    let mut customer = Browser::framed(&site);
    let words = ["name", "connectMessage", "widget_success", "success_title", "continue_cta"];
    let more: serde_json::Map<_, _> = words.iter().map(|word| ((*word).to_owned(), json!(nasty))).collect();
    customer.at_the_bank(FIRST_BANK, &json!(more)).await;
    let mut pages = vec![customer.html.clone()];
    customer.types("Username", nasty);
    customer.types("Password", nasty);
    customer.presses("Sign in").await;
    assert_eq!(customer.with_label("Username", "value").as_deref(), Some(nasty));
    pages.push(customer.html.clone());
    customer.signs_in("user_good", "pass_good").await;
    assert!(customer.seen().contains(nasty), "{}", customer.seen());
    pages.push(customer.html.clone());
    customer.ticks("Everyday Current");
    customer.presses("Connect").await;
    assert_eq!(customer.heading(), nasty);
    pages.push(customer.html.clone());
    for html in pages {
        assert!(!html.contains("<img"), "{html}");
        assert_eq!(html.matches("<script").count(), 2, "the data and the one that hands it on");
    }
}

#[tokio::test]
async fn the_policy_allows_what_is_there_and_nothing_else() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.opens(&json!({})).await;
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'sha256-",
        "form-action 'self'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ] {
        assert!(customer.policy.contains(part), "{part} in {}", customer.policy);
    }
    assert!(!customer.html.contains(" style=") && !customer.html.contains(" onclick"), "{}", customer.html);
    let script = site.ask(Request::builder().uri("/plain/tell.js").body(Body::empty()).unwrap()).await;
    assert_eq!(script.headers()["content-type"], "text/javascript; charset=utf-8");
    assert_eq!(script.headers()["x-content-type-options"], "nosniff");
}

/// Makes an App; gives its link's name.
async fn link(site: &Site, app: Value) -> String {
    let made = site.call("POST", "/v3/apps", site.company.sandbox.secret.expose(), &app.to_string()).await;
    made.json["short"].as_str().unwrap_or_else(|| panic!("{}", made.json)).to_owned()
}

#[tokio::test]
async fn a_link_opens_with_what_was_saved_and_its_page_offers_that_without_script() {
    let site = site().await;
    let options =
        json!({"name": "Saved Market", "products": ["auth", "balance"], "success_title": "Saved words"});
    let short = link(&site, json!({"name": "Shop", "options": options})).await;
    let mut customer = Browser::in_a_tab(&site);
    customer.posts("/plain/open", &[("ref", &short)]).await;
    assert_eq!(customer.heading(), "Saved Market asks to see your bank account", "{}", customer.seen());
    customer.presses("Continue").await;
    customer.presses(FIRST_BANK).await;
    customer.signs_in("user_good", "pass_good").await;
    customer.ticks("Everyday Current");
    customer.presses("Connect").await;
    assert_eq!(customer.heading(), "Saved words");
    let mut stranger = Browser::framed(&site);
    stranger.posts("/plain/open", &[("ref", "nobody-made-it")]).await;
    assert_eq!(stranger.heading(), "This window cannot open");
    assert_eq!(stranger.heard[0]["code"], "unknown_link");
    assert!(
        egusi_server::http::plain::form_for_link(&short, Words::of("en"))
            .contains(&format!(r#"name="ref" value="{short}""#))
    );
}

#[tokio::test]
async fn where_pages_must_be_registered_only_theirs_open_and_show_a_window() {
    let settings = Settings { hosts: Some(Welcome::Registered), ..Settings::default() };
    let site = Site::with_settings(settings).await;
    let mut customer = Browser::framed(&site);
    customer.opens(&json!({})).await;
    assert_eq!(customer.heard[0]["code"], "origin_not_allowed", "{}", customer.seen());
    assert!(customer.policy.contains("frame-ancestors 'self'"), "{}", customer.policy);
    let short = link(&site, json!({"name": "Shop", "allowed_origins": ["https://shop.example"]})).await;
    customer.opens(&json!({})).await;
    assert!(customer.heading().contains("asks to see your bank account"), "{}", customer.seen());
    assert!(customer.policy.contains("frame-ancestors 'self' https://shop.example"), "{}", customer.policy);
    customer.presses("Continue").await;
    assert!(
        customer.policy.contains("frame-ancestors 'self' https://shop.example"),
        "and so does every page"
    );
    let mut alone = Browser::in_a_tab(&site);
    alone.posts("/plain/open", &[("ref", &short)]).await;
    assert!(alone.heading().contains("asks to see your bank account"), "{}", alone.seen());
    assert!(alone.policy.ends_with("frame-ancestors 'self'"), "{}", alone.policy);
}
