//! Codes that are late, too old, or sent once more.

use crate::customer::{Customer, to_turn};
use crate::site::Site;
use serde_json::{Value, json};

async fn at_the_code(site: &Site) -> Customer<'_> {
    let mut customer = Customer::at_first_bank(site).await;
    customer.signs_in("user_otp").await;
    customer
}

fn times(customer: &Customer<'_>) -> (Value, Value) {
    let challenge = &customer.step()["challenge"];
    (challenge["resend_in_s"].clone(), challenge["expires_in_s"].clone())
}

#[tokio::test]
async fn the_times_told_are_what_is_left_of_them() {
    let site = Site::new().await;
    let mut customer = at_the_code(&site).await;
    assert_eq!(times(&customer), (json!(30), json!(300)));
    site.clock.advance(12_500);
    customer.stands = customer.looks("").await.json;
    assert_eq!(times(&customer), (json!(18), json!(288)), "rounded up: nobody asks too early");
    site.clock.advance(1_000_000 / 10);
    customer.answers("000000").await;
    assert_eq!(customer.place(), "one_time_code wrong_answer 2");
    assert_eq!(times(&customer), (json!(0), json!(188)), "a wrong answer makes a code no younger");
}

#[tokio::test]
async fn a_code_that_is_too_old_is_not_sent_to_the_bank() {
    let site = Site::new().await;
    let mut customer = at_the_code(&site).await;
    site.clock.advance(300_000);
    for _ in 0..5 {
        customer.answers("123456").await;
        assert_eq!(customer.place(), "one_time_code code_expired");
    }
    customer.does("resend", &json!({})).await;
    assert_eq!((customer.place().as_str(), times(&customer)), ("one_time_code", (json!(30), json!(300))));
    customer.answers("123456").await;
    assert_eq!(customer.place(), "accounts 2", "five late answers counted as none");
}

#[tokio::test]
async fn a_code_is_sent_again_when_its_time_has_come_and_not_before() {
    let site = Site::new().await;
    let mut customer = at_the_code(&site).await;
    let turn = customer.turn();
    site.clock.advance(29_000);
    customer.does("resend", &json!({"turn": turn})).await;
    assert_eq!((customer.turn(), times(&customer)), (turn, (json!(1), json!(271))), "too early: unchanged");
    site.clock.advance(1_000);
    customer.does("resend", &json!({"turn": turn})).await;
    assert_eq!((customer.turn(), times(&customer)), (turn + 1, (json!(30), json!(300))));
    customer.does("resend", &to_turn(json!({}), turn)).await;
    assert_eq!(customer.turn(), turn + 1, "the same call again sends nothing");
}

#[tokio::test]
async fn only_a_code_that_was_sent_is_sent_again() {
    let site = Site::new().await;
    let mut customer = Customer::at_first_bank(&site).await;
    assert_eq!(customer.is_refused("resend", &json!({})).await.0, "wrong_step");
    customer.signs_in("user_pin").await;
    let (code, message) = customer.is_refused("resend", &json!({})).await;
    assert_eq!(code, "wrong_step");
    assert!(message.contains("send its code once more"), "{message}");
    assert_eq!(times(&customer), (Value::Null, Value::Null));
}
