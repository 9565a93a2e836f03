//! Which accounts may be shared, and how many.

use crate::customer::Customer;
use crate::site::Site;
use egusi_protocol::{OpenSession, Selection};
use serde_json::{Value, json};

#[tokio::test]
async fn an_account_that_cannot_be_shared_says_why_and_is_not() {
    let site = Site::new().await;
    let mut customer = Customer::at_first_bank(&site).await;
    customer.signs_in("user_restricted").await;
    let list = customer.step()["accounts"].clone();
    assert_eq!(list["read_at_ms"], 1_800_000_000_000_i64);
    let why: Vec<_> = list["accounts"].as_array().unwrap().iter().map(|one| one["barred"].clone()).collect();
    assert_eq!(why, [Value::Null, json!("dormant"), json!("closed")]);
    for (picks, message) in [
        (json!([1]), "picks: expected accounts that can be shared; got one that is barred (dormant)"),
        (json!([0, 2]), "picks: expected accounts that can be shared; got one that is barred (closed)"),
    ] {
        let refused = customer.is_refused("accounts", &json!({"picks": picks})).await;
        assert_eq!(refused, ("invalid_request".to_owned(), message.to_owned()));
    }
    customer.does("accounts", &json!({"picks": [0]})).await;
    assert_eq!(customer.place(), "done");
    assert_eq!(customer.step()["done"]["institution"], crate::customer::FIRST_BANK);
}

#[tokio::test]
async fn an_opening_for_one_account_takes_exactly_one() {
    let site = Site::new().await;
    let single = OpenSession { selection: Some(Selection::Single), ..site.options() };
    let mut customer = Customer::at_first_bank_with(&site, &single).await;
    customer.signs_in("user_good").await;
    let (code, message) = customer.is_refused("accounts", &json!({"picks": [0, 1]})).await;
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("invalid_request", "picks: expected exactly one account, got 2")
    );
    assert_eq!(customer.is_refused("accounts", &json!({"picks": []})).await.0, "invalid_request");
    customer.does("accounts", &json!({"picks": [1, 1]})).await;
    assert_eq!(customer.step()["done"]["accounts"], 1);

    let mut strange = json!(site.options());
    strange["selection"] = json!("some");
    let refused = site.post("/connect/v1/sessions", "", &strange).await;
    assert!(refused.json["message"].as_str().unwrap().starts_with("selection: expected single, multiple"));
}
