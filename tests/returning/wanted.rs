//! What the host wants of institutions, of time and of money.

use crate::guest::{BANK, DAY_MS, Guest, bank, tries};
use crate::site::Site;
use axum::http::StatusCode;
use serde_json::{Value, json};

/// The code and the text with which an opening is refused.
async fn refused(site: &Site, more: Value) -> (String, String) {
    let answer = tries(site, &site.options(), more.clone()).await;
    assert!(!answer.status.is_success(), "{more}");
    let text = |name: &str| answer.json[name].as_str().unwrap().to_owned();
    (text("code"), text("message"))
}

#[tokio::test]
async fn an_opening_says_which_institutions_it_is_for_and_holds_to_it() {
    let site = Site::new().await;
    let (id, slug) = bank(&site, BANK);
    let filter = json!({"industry_type": "all", "banks": [slug, "no-such-bank"]}).to_string();
    let mut ada = Guest::opens(&site, json!({"filter": filter, "institution": slug.to_uppercase()})).await;
    let setting = &ada.opened["setting"];
    assert_eq!((&setting["filter"]["only"], &setting["institution"]), (&json!([id]), &json!(id)));
    let other = bank(&site, "Zenith Bank").0;
    let chosen = json!({"institution": other, "consent": {"agreed": true, "language": "en"}});
    let answer = ada.tries("institution", &chosen).await;
    assert_eq!((answer.status, &answer.json["code"]), (StatusCode::BAD_REQUEST, &json!("invalid_request")));
    ada.signs_in(BANK, "user_good").await;
    ada.shares(&[0]).await;
}

#[tokio::test]
async fn what_leaves_nothing_or_means_nothing_is_said() {
    let site = Site::new().await;
    for (more, code, beginning) in [
        (json!({"filter": r#"["a-bank"]"#}), "invalid_request", "filter.banks: expected slugs"),
        (json!({"countries": ["Nigeria"]}), "invalid_request", "countries: expected codes"),
        (json!({"countries": ["FR"]}), "no_institutions", "countries: FR leaves no institution"),
        (json!({"institution": "a-bank"}), "invalid_request", "institution: expected the id or slug"),
        (
            json!({"institution": "a-bank", "account_number": "2000110042"}),
            "invalid_request",
            "institution: expected the id or slug",
        ),
        (json!({"exp": "soon"}), "invalid_request", "exp: expected a date"),
        (json!({"exp": "2027-01-14"}), "widget_expired", "exp: the last day of this widget was 2027-01-14"),
    ] {
        let (got, message) = refused(&site, more.clone()).await;
        assert_eq!(got, code, "{more}");
        assert!(message.starts_with(beginning), "{message}");
    }
    assert_eq!(site.rows("session"), 0, "nothing was opened");
}

#[tokio::test]
async fn a_widget_opens_until_its_last_day_is_over() {
    let site = Site::new().await;
    for exp in ["2027-01-15", "2027-01-15T00:00:00.000Z", "null", ""] {
        Guest::opens(&site, json!({"exp": exp})).await;
    }
    site.clock.advance(DAY_MS);
    assert_eq!(refused(&site, json!({"exp": "2027-01-15"})).await.0, "widget_expired");
}

#[tokio::test]
async fn an_account_that_holds_less_than_the_charge_is_marked() {
    let site = Site::new().await;
    // The account of `user_low` holds 350.00.
    for (amount, currency, is_short) in
        [(35_001, "NGN", true), (35_000, "NGN", false), (9_000_000, "USD", false)]
    {
        let charge = json!({"amount": amount, "currency": currency, "type": "garnish"}).to_string();
        let mut ada = Guest::opens(&site, json!({"charge": charge})).await;
        let expected = json!({"amount_minor": amount, "currency": currency, "garnish": true});
        assert_eq!(ada.opened["setting"]["charge"], expected);
        ada.signs_in(BANK, "user_low").await;
        assert_eq!(ada.accounts()[0]["is_short"] == true, is_short, "{amount} {currency}");
    }
    let charge = json!({"amount": 99_999_999}).to_string();
    let mut ada = Guest::opens(&site, json!({"charge": charge})).await;
    ada.signs_in(BANK, "user_ledgeronly").await;
    assert_ne!(ada.accounts()[0]["is_short"], true, "what is unknown is not little");
    let mut ada =
        Guest::opens(&site, json!({"charge": charge, "garnish": true, "show_balance": false})).await;
    ada.signs_in(BANK, "user_low").await;
    let account = &ada.accounts()[0];
    assert_eq!((&account["is_short"], &account["balance"]), (&json!(true), &Value::Null));
}
