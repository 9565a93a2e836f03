//! What hosts write, in the spellings that are met.

use super::*;
use egusi_connectors::Sandbox;
use egusi_connectors::sandbox::MemoryBooks;
use serde_json::json;
use std::sync::Arc;

fn sandbox() -> Sandbox {
    Sandbox::new(Arc::new(MemoryBooks::default())).unwrap()
}

fn read(more: Value) -> Result<Offer, ApiError> {
    let mut options = json!({"key": "", "token": "", "env": "production-sandbox", "products": ["auth"],
        "show_balance": false});
    options.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Offer::read(&sandbox(), &serde_json::from_value(options).unwrap(), &[Product::Auth], Holders::Individual)
}

fn slugs(offer: &Offer) -> Vec<String> {
    let sandbox = sandbox();
    offer.filter.only.iter().map(|id| sandbox.slug(*id).unwrap().to_owned()).collect()
}

fn refusal(more: Value) -> (ErrorCode, String) {
    let error = read(more).unwrap_err();
    (error.code(), error.message().to_owned())
}

#[test]
fn without_a_wish_persons_connect_at_home() {
    let offer = read(json!({})).unwrap();
    let expected = InstitutionFilter {
        countries: vec!["NG".into()],
        kinds: vec![],
        only: vec![],
        products: vec![Product::Auth],
        holders: Holders::Individual,
    };
    assert_eq!(offer, Offer { filter: expected, institution: None });
    for junk in ["[]", "{}", "null", "\"'null'\"", "\"[object Object]\"", r#"{"industry_type":"all"}"#] {
        assert_eq!(read(json!({"filter": junk, "institution": "null"})).unwrap(), offer, "{junk}");
    }
}

#[test]
fn banks_are_named_by_slug_id_or_name_in_every_spelling() {
    let sandbox = sandbox();
    let first = &sandbox.institutions()[0];
    let second = &sandbox.institutions()[1];
    let (one, two) = (sandbox.slug(first.id).unwrap(), sandbox.slug(second.id).unwrap());
    let id = first.id;
    for filter in [
        json!({"industry_type": "all", "banks": [one, two]}).to_string(),
        json!([one, two]).to_string(),
        json!([{"slug": one}, {"id": second.id, "name": "?"}]).to_string(),
        json!([one.to_uppercase(), two, one]).to_string(),
        json!([id, second.name, "no-such-bank"]).to_string(),
        json!(format!("'{{industry_type: all, banks: [{one}, {two}]}}'")).to_string(),
        format!("{{banks: [{one}, {two}]}}"),
    ] {
        assert_eq!(slugs(&read(json!({"filter": filter})).unwrap()), [one, two], "{filter}");
    }
}

#[test]
fn an_industry_is_a_kind_and_an_unknown_one_is_all() {
    let kinds = |word: &str| {
        read(json!({"filter": json!({"industry_type": word}).to_string()})).unwrap().filter.kinds
    };
    assert_eq!(kinds("Microfinance"), [InstitutionKind::Microfinance]);
    assert_eq!(kinds("payment-service"), [InstitutionKind::PaymentService]);
    assert_eq!((kinds("all"), kinds("unknown"), kinds("breweries")), (vec![], vec![], vec![]));
}

#[test]
fn who_is_named_is_not_excluded_by_a_country_that_nobody_wrote() {
    let sandbox = sandbox();
    let abroad = sandbox.institutions().iter().find(|one| one.country != "NG").unwrap();
    let named = read(json!({"filter": json!([abroad.id]).to_string()})).unwrap();
    assert!(named.filter.countries.is_empty() && named.filter.admits(abroad));
    let opened = read(json!({"institution": abroad.id})).unwrap();
    assert_eq!(
        (opened.institution, &opened.filter.countries),
        (Some(abroad.id), &vec![abroad.country.clone()])
    );
    let (code, said) = refusal(json!({"institution": abroad.id, "countries": ["ng"]}));
    assert_eq!(code, ErrorCode::InvalidRequest);
    assert!(said.contains("is excluded by countries (NG)"), "{said}");
}

#[test]
fn what_cannot_be_used_is_named() {
    let (code, said) = refusal(json!({"filter": r#"["a-bank","b-bank"]"#}));
    assert_eq!(code, ErrorCode::InvalidRequest);
    assert_eq!(
        said,
        r#"filter.banks: expected slugs of institutions of this server; got "a-bank", "b-bank""#
    );
    let (code, said) = refusal(json!({"institution": "a-bank"}));
    assert_eq!(code, ErrorCode::InvalidRequest);
    assert!(said.starts_with("institution: expected the id or slug"), "{said}");
    for country in ["Nigeria", "N1", "\u{d1}G"] {
        let (code, said) = refusal(json!({"countries": [country]}));
        assert_eq!(code, ErrorCode::InvalidRequest);
        assert!(said.starts_with("countries: expected codes of two letters"), "{said}");
    }
    assert_eq!(
        read(json!({"countries": ["ke", "KE", " za ", "null"]})).unwrap().filter.countries,
        ["KE", "ZA"]
    );
    assert_eq!(refusal(json!({"filter": "x".repeat(FILTER_BYTES_MAX + 1)})).0, ErrorCode::InvalidRequest);
}

#[test]
fn who_leaves_nothing_is_told_what_leaves_nothing() {
    let (code, said) = refusal(json!({"countries": ["FR", "DE"]}));
    assert_eq!(code, ErrorCode::NoInstitutions);
    assert_eq!(said, "countries: FR, DE leaves no institution of this server");
    let sandbox = sandbox();
    let wallet = sandbox.institutions().iter().find(|one| one.kind == InstitutionKind::Bank).unwrap();
    let filter = json!({"industry_type": "wallet", "banks": [wallet.id]}).to_string();
    let (code, said) = refusal(json!({"filter": filter}));
    assert_eq!(code, ErrorCode::NoInstitutions);
    assert_eq!(
        said,
        "filter.banks: the list leaves no institution of this server, together with the other options"
    );
}

#[test]
fn a_widget_opens_on_its_last_day() {
    const NOON_MS: i64 = 1_700_006_400_000 - 13_600_000;
    let at = |exp: &str, now_ms| refuse_if_expired(Some(exp), now_ms).map_err(|error| error.code());
    let day_end_ms = (NOON_MS.div_euclid(DAY_MS) + 1) * DAY_MS;
    for exp in ["2023-11-14", "2023/11/14", "2023-11-14T03:00:00.000Z", " '2023-11-14' "] {
        assert_eq!(at(exp, NOON_MS), Ok(()), "{exp}");
        assert_eq!(at(exp, day_end_ms - 1), Ok(()), "{exp}");
        assert_eq!(at(exp, day_end_ms), Err(ErrorCode::WidgetExpired), "{exp}");
    }
    for nothing in ["", "null", "'undefined'"] {
        assert_eq!(at(nothing, NOON_MS), Ok(()), "{nothing}");
    }
    for junk in ["soon", "14.11.2023", "1700006400"] {
        assert_eq!(at(junk, NOON_MS), Err(ErrorCode::InvalidRequest), "{junk}");
    }
    assert_eq!(at("9999-12-31", NOON_MS), Ok(()));
}

#[test]
fn a_number_is_read_as_people_write_it() {
    let read = |text: &str| account_number(Some(&Secret::new(text.into())));
    let number = |text: &str| read(text).unwrap().map(|number| number.expose().to_owned());
    assert_eq!(number("2000 1100-42").as_deref(), Some("2000110042"));
    assert_eq!(number("'2000110042'").as_deref(), Some("2000110042"));
    assert_eq!(number("gb33 bukb 2020 1555 5555 55").as_deref(), Some("GB33BUKB20201555555555"));
    assert_eq!((number(""), number("null")), (None, None));
    for wrong in ["12345", "2000110042!", &"1".repeat(35)] {
        let error = read(wrong).unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidRequest);
        assert!(!error.message().contains(wrong), "{}", error.message());
    }
}
