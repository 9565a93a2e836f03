//! What an opening is for: ways to sign in, whose accounts, which institutions.

use crate::customer::{Customer, DOWN_BANK, FIRST_BANK, choice, form};
use crate::site::Site;
use axum::http::StatusCode;
use egusi_protocol::{Holders, OpenSession};
use serde_json::{Value, json};

/// Serves businesses alone.
const CORONATION: &str = "Coronation Merchant Bank";

fn wanting(site: &Site, holders: Holders) -> OpenSession {
    OpenSession { holders: Some(holders), ..site.options() }
}

fn ids(customer: &Customer<'_>) -> Vec<String> {
    let methods = customer.step()["form"]["methods"].as_array().unwrap();
    methods.iter().map(|method| method["id"].as_str().unwrap().to_owned()).collect()
}

async fn id_of(site: &Site, name: &str) -> String {
    let list = site.call("GET", "/connect/v1/institutions?env=production-sandbox", "", "").await;
    let list = list.json["institutions"].as_array().unwrap().clone();
    let found: Option<Value> = list.into_iter().find(|one| one["name"] == name);
    found.unwrap_or_else(|| panic!("no {name}"))["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_form_offers_the_ways_that_lead_to_the_wanted_accounts() {
    let site = Site::new().await;
    for (holders, expected) in [
        (Holders::Individual, "internet mobile ussd"),
        (Holders::Corporate, "business"),
        (Holders::Both, "internet mobile ussd business"),
    ] {
        let customer = Customer::at_first_bank_with(&site, &wanting(&site, holders)).await;
        assert_eq!(ids(&customer).join(" "), expected, "{holders}");
    }
}

#[tokio::test]
async fn a_way_to_sign_in_is_one_of_those_offered() {
    let site = Site::new().await;
    let mut customer = Customer::at_first_bank(&site).await;
    let by = |method: &str| {
        let mut form = form("user_good");
        form["method"] = json!(method);
        form
    };
    for strange in ["business", "telepathy"] {
        let (code, message) = customer.is_refused("form", &by(strange)).await;
        assert_eq!(code, "invalid_request");
        let expected = format!("method: expected one of internet, mobile, ussd; got \"{strange}\"");
        assert_eq!(message, expected);
    }
    for method in ["", "internet", "mobile"] {
        customer.does("form", &by(method)).await;
        assert_eq!(customer.place(), "accounts 2", "{method:?}");
    }
}

#[tokio::test]
async fn a_business_and_a_person_are_not_taken_for_each_other() {
    let site = Site::new().await;
    for (holders, username, expected) in [
        (Holders::Individual, "user_corporate", "failed corporate_not_allowed"),
        (Holders::Corporate, "user_corporate", "accounts 2"),
        (Holders::Both, "user_corporate", "accounts 2"),
        (Holders::Corporate, "user_good", "failed individual_not_allowed"),
        (Holders::Both, "user_good", "accounts 2"),
    ] {
        let mut customer = Customer::at_first_bank_with(&site, &wanting(&site, holders)).await;
        customer.signs_in(username).await;
        assert_eq!(customer.place(), expected, "{holders} {username}");
    }
    let strange = json!({"holders": "robots"});
    let mut options = json!(site.options());
    options["holders"] = strange["holders"].clone();
    let refused = site.post("/connect/v1/sessions", "", &options).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(refused.json["message"].as_str().unwrap().starts_with("holders: expected individual, corporate"));
}

#[tokio::test]
async fn an_institution_that_the_opening_is_not_for_is_refused() {
    let site = Site::new().await;
    let coronation = id_of(&site, CORONATION).await;
    let persons = Customer::opens(&site, &site.options()).await;
    let (code, message) = persons.is_refused("institution", &choice(&coronation)).await;
    assert_eq!(code, "invalid_request");
    assert!(message.contains(CORONATION), "{message}");
    let mut businesses = Customer::opens(&site, &wanting(&site, Holders::Corporate)).await;
    businesses.chooses(&coronation).await;
    assert_eq!(ids(&businesses), ["business"]);
}

#[tokio::test]
async fn an_institution_that_is_down_cannot_be_chosen_and_another_can() {
    let site = Site::new().await;
    let mut customer = Customer::opens(&site, &site.options()).await;
    customer.chooses(DOWN_BANK).await;
    assert_eq!(customer.place(), "failed institution_down");
    customer.signs_in("user_good").await;
    assert_eq!(customer.place(), "failed institution_down", "nor by its form");
    customer.chooses(FIRST_BANK).await;
    assert_eq!(customer.place(), "form");
}
