//! Going back, going elsewhere, leaving, and being warned.

use crate::browser::{Browser, FIRST_BANK, site};
use serde_json::{Value, json};

#[tokio::test]
async fn a_bank_that_is_down_is_told_beside_the_others() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank("Egusi Down Bank", &json!({})).await;
    assert_eq!(customer.heading(), "Choose your bank");
    assert!(customer.alert().contains("Egusi Down Bank is not answering"), "{}", customer.seen());
    customer.types("Search banks", "degraded");
    customer.presses("Search").await;
    assert_eq!(customer.all(".bank"), ["Egusi Degraded Bank Slow today"]);
    customer.presses("Egusi Degraded").await;
    assert!(customer.seen().contains("is slow today"), "{}", customer.seen());
}

#[tokio::test]
async fn the_list_is_short_and_says_that_there_is_more() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.opens(&json!({})).await;
    customer.presses("Continue").await;
    assert_eq!(customer.all("h2"), ["Often chosen", "All banks"]);
    assert_eq!(customer.all(".bank").len(), 50);
    assert_eq!(customer.all("main > p.quiet"), ["There are 194 banks. Search for yours if it is not here."]);
    customer.types("Search banks", "no such bank at all");
    customer.presses("Search").await;
    assert!(customer.seen().contains("No bank by that name"));
    customer.presses("Back").await;
    assert_eq!(customer.heading(), "Moringa Market asks to see your bank account");
}

#[tokio::test]
async fn back_leads_where_it_does_in_the_widget() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({})).await;
    customer.signs_in("user_otp", "pass_good").await;
    assert_eq!(customer.heading(), "Enter the code");
    customer.presses("Back").await;
    assert_eq!(customer.heading(), "Sign in to First Bank of Nigeria");
    customer.signs_in("user_pin", "pass_good").await;
    assert_eq!(customer.heading(), "Enter your PIN", "another sign-in from there");
    customer.presses("Back").await;
    customer.presses("Mobile app").await;
    assert_eq!(customer.all("[aria-pressed=true]"), ["Mobile app"]);
    customer.presses("Back").await;
    assert_eq!(customer.heading(), "Choose your bank", "it was agreed to");
    customer.presses("United Bank").await;
    customer.signs_in("user_good", "pass_good").await;
    assert_eq!(customer.heading(), "Choose accounts to share");
    let heard = customer.heard_names();
    assert_eq!(heard.iter().filter(|name| *name == "CONSENT_GIVEN").count(), 1, "{heard:?}");
    assert_eq!(heard.iter().filter(|name| *name == "WENT_BACK").count(), 3, "{heard:?}");
}

#[tokio::test]
async fn leaving_asks_where_something_would_be_lost() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({})).await;
    customer.signs_in("user_otp", "pass_good").await;
    customer.presses("Close").await;
    assert_eq!(customer.heading(), "Leave now?");
    customer.presses("Stay").await;
    assert_eq!(customer.heading(), "Enter the code");
    customer.presses("Close").await;
    let last = customer.pressed("Leave");
    customer.presses("Leave").await;
    assert_eq!(customer.heading(), "This window is closed");
    let heard = customer.heard_names();
    assert_eq!(heard[heard.len() - 4..], ["LEAVE_ASKED", "CLOSED", "beforeClose", "close"], "{heard:?}");
    customer.sends(&last.0, &last.1).await;
    assert_eq!(customer.heading(), "This window is closed", "the end stays the end");

    let mut other = Browser::framed(&site);
    other.opens(&json!({})).await;
    other.presses("Close").await;
    assert_eq!(other.heading(), "This window is closed", "nothing is lost at the beginning");
}

#[tokio::test]
async fn whoever_was_here_before_is_asked_for_less() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({})).await;
    customer.signs_in("user_good", "pass_good").await;
    customer.ticks("Everyday Current");
    customer.presses("Connect").await;
    let success = customer.heard.iter().find(|message| message.get("success").is_some()).unwrap();
    let number = success["accounts"][0]["nuban"].as_str().unwrap().to_owned();
    let known = json!({"account_number": number, "institution": "first-bank-of-nigeria"});
    let mut again = Browser::framed(&site);
    again.opens(&known).await;
    assert_eq!(again.heading(), "Sign in to First Bank of Nigeria again", "{}", again.seen());
    again.presses("Sign in as somebody else").await;
    assert_eq!(again.heading(), "Moringa Market asks to see your bank account", "this goes beyond it");
    again.presses("Continue").await;
    assert!(again.with_label("Username", "name").is_some(), "{}", again.seen());
    again.presses("Back").await;
    assert_eq!(again.heading(), "Choose your bank");

    let mut once_more = Browser::framed(&site);
    once_more.opens(&known).await;
    once_more.types("Password", "pass_good");
    once_more.presses("Sign in").await;
    assert_eq!(once_more.heading(), "Choose accounts to share");
}

#[tokio::test]
async fn one_account_figures_hidden_and_too_little_on_it() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    let charge: Value = json!({"type": "one-time", "amount": 500_000, "currency": "NGN"});
    customer.at_the_bank(FIRST_BANK, &json!({"charge": charge, "selection_type": "single"})).await;
    customer.signs_in("user_low", "pass_good").await;
    assert!(customer.seen().contains("350.00"), "{}", customer.seen());
    assert!(customer.seen().contains("Holds less than needed"), "{}", customer.seen());
    let first = customer.all("label.account").first().unwrap().clone();
    customer.ticks(&first);
    customer.presses("Hide figures").await;
    assert!(!customer.html.contains("350.00") && customer.seen().contains("••••"), "{}", customer.seen());
    assert_eq!(
        customer.attribute("label.account input", "checked").as_deref(),
        Some(""),
        "what is ticked stays"
    );
    assert!(customer.seen().contains("the payment to Moringa Market may fail"), "{}", customer.seen());
    customer.presses("Show figures").await;
    customer.presses("Connect").await;
    assert_eq!(customer.heading(), "You are connected", "it was read");

    let mut other = Browser::framed(&site);
    other.at_the_bank(FIRST_BANK, &json!({"charge": charge})).await;
    other.signs_in("user_low", "pass_good").await;
    other.ticks(&other.all("label.account").first().unwrap().clone());
    other.presses("Connect").await;
    assert_eq!(other.heading(), "Choose accounts to share", "it is said before it is done");
    assert!(other.buttons().contains(&"Choose another bank".to_owned()));
    other.presses("Connect").await;
    assert_eq!(other.heading(), "You are connected");
}

#[tokio::test]
async fn many_accounts_are_written_in_their_own_currencies() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    customer.at_the_bank(FIRST_BANK, &json!({})).await;
    customer.signs_in("user_many", "pass_good").await;
    let seen = customer.seen();
    for currency in ["NGN", "USD", "GBP", "XOF", "KWD"] {
        assert!(seen.contains(currency), "{currency}: {seen}");
    }
    assert!(seen.contains("overdrawn"), "{seen}");
    customer.presses("Connect").await;
    assert_eq!(customer.heading(), "Choose accounts to share", "nothing is ticked");
}
