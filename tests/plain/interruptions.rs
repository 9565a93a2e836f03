//! Forms that are sent again, pages that are gone back to, and sessions that are over.

use crate::browser::{Browser, FIRST_BANK, site};
use egusi_server::plain::carried::{Carried, Posted};
use serde_json::json;

#[tokio::test]
async fn a_form_that_is_sent_again_does_nothing_twice() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({})).await;
    customer.types("Username", "user_otp");
    customer.types("Password", "pass_good");
    let form = customer.pressed("Sign in");
    // Eight sign-ins are a session's end: twelve times the same form must be one of them.
    for _ in 0..12 {
        customer.sends(&form.0, &form.1).await;
        assert_eq!(customer.heading(), "Enter the code", "{}", customer.seen());
    }
    customer.types("One-time code", "000000");
    let wrong = customer.pressed("Continue");
    for _ in 0..4 {
        customer.sends(&wrong.0, &wrong.1).await;
        assert!(customer.alert().contains("2 tries left"), "{}", customer.seen());
    }
    customer.types("One-time code", "123456");
    customer.presses("Continue").await;
    customer.ticks("Everyday Current");
    let share = customer.pressed("Connect");
    for _ in 0..3 {
        customer.sends(&share.0, &share.1).await;
        assert_eq!((customer.heading().as_str(), site.rows("record")), ("You are connected", 1));
    }
}

#[tokio::test]
async fn a_success_whose_page_was_lost_is_told_on_the_next_and_not_when_it_is_only_looked_at() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({})).await;
    customer.signs_in("user_good", "pass_good").await;
    customer.ticks("Everyday Current");
    let share = customer.pressed("Connect");
    let mut lost = Browser::framed(&site);
    lost.sends(&share.0, &share.1).await;
    customer.sends(&share.0, &share.1).await;
    assert!(customer.heard_names().contains(&"success".to_owned()), "{:?}", customer.heard_names());
    customer.heard.clear();
    let done = customer.pressed("Done").1.replace("do=finish", "do=look");
    customer.sends("/plain", &done).await;
    assert_eq!((customer.heading().as_str(), customer.heard.len()), ("You are connected", 0));
}

#[tokio::test]
async fn a_page_that_was_gone_back_to_does_no_harm() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({})).await;
    customer.types("Username", "user_good");
    customer.types("Password", "pass_good");
    let old = customer.pressed("Sign in");
    customer.signs_in("user_otp", "pass_good").await;
    customer.sends(&old.0, &old.1).await;
    assert_eq!(customer.heading(), "Enter the code", "it shows where the session stands");
}

#[tokio::test]
async fn a_session_that_is_over_is_begun_anew_and_says_so() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({"success_title": "All good"})).await;
    site.clock.advance(16 * 60_000);
    customer.signs_in("user_good", "pass_good").await;
    assert_eq!(customer.heading(), "Moringa Market asks to see your bank account");
    assert!(customer.alert().contains("open too long"), "{}", customer.seen());
    customer.presses("Continue").await;
    customer.presses("First Bank").await;
    assert_eq!(customer.alert(), "");
    customer.signs_in("user_good", "pass_good").await;
    customer.ticks("Everyday Current");
    customer.presses("Connect").await;
    assert_eq!(customer.heading(), "All good", "the host's own words came along");
}

#[tokio::test]
async fn what_a_form_carries_cannot_be_made_up() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({})).await;
    customer.signs_in("user_good", "pass_good").await;
    let (path, share) = customer.pressed("Connect");
    let session = customer.attribute("input[name=session]", "value").unwrap();
    let begun = customer.attribute("input[name=begun]", "value").unwrap();
    let other = if session.ends_with('A') { "B" } else { "A" };
    let altered = format!("{}{other}", &session[..session.len() - 1]);
    for made_up in [altered.as_str(), &begun, "", "x"] {
        let mut stranger = Browser::framed(&site);
        stranger.sends(&path, &share.replace(&session, made_up)).await;
        assert_eq!(stranger.heading(), "This address leads nowhere any more", "{made_up}");
    }
    let mut stranger = Browser::framed(&site);
    stranger.sends(&path, &share.replace(&begun, &session)).await;
    assert_eq!(stranger.status.as_u16(), 400, "{}", stranger.html);
    for (name, value) in [("turn", "4000000000"), ("turn", "-1"), ("at", "nowhere"), ("method", "fax")] {
        let before = customer.attribute(&format!("input[name={name}]"), "value").unwrap();
        let share = share.replace(&format!("{name}={before}"), &format!("{name}={value}"));
        stranger.sends(&path, &share).await;
        assert_eq!(stranger.heading(), "Choose accounts to share", "{name}={value}");
    }
    assert_eq!(site.rows("record"), 0);
    customer.ticks("Everyday Current");
    customer.presses("Connect").await;
    assert_eq!(customer.heading(), "You are connected", "and the true one still works");
}

#[tokio::test]
async fn while_another_call_is_worked_on_the_page_says_so_and_nothing_is_sent_twice() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({})).await;
    customer.types("Username", "user_good");
    customer.types("Password", "pass_good");
    let (path, form) = customer.pressed("Sign in");
    let session = Carried::read(&site.app, &Posted::read(form.as_bytes())).session.unwrap();
    let now_ms = site.app.now_ms();
    let row = site.store.claim_session(session, now_ms, now_ms + 45_000).await.unwrap();
    customer.sends(&path, &form).await;
    assert_eq!(customer.heading(), "Your bank is working on it");
    assert!(customer.seen().contains("takes longer than usual"), "{}", customer.seen());
    assert_eq!(customer.buttons(), ["Check again"]);
    assert!(customer.all("header button").contains(&"Close".to_owned()), "no page is without a way out");
    let egusi_store::Session { scope, id, version, body, expires_at_ms, .. } = row;
    let free = egusi_store::AdvanceSession { id, version, body, expires_at_ms };
    site.store.advance_session(scope, free).await.unwrap();
    customer.presses("Check again").await;
    assert_eq!(customer.heading(), "Sign in to First Bank of Nigeria", "it came to nothing");
    customer.signs_in("user_good", "pass_good").await;
    assert_eq!(customer.heading(), "Choose accounts to share");
}
