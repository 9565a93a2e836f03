//! Balances in both generations, and their history.

use crate::samples::*;
use egusi_protocol::{AvailableSource, Currency, Environment, RecordStatus};
use egusi_server::okra::balance::OkraBalance;
use egusi_server::okra::periodic::{History, Period};
use egusi_server::okra::shape::{Shape, View};
use egusi_server::readings::statistics::Figures;
use egusi_store::{BalanceRow, Reading, Scope};
use serde_json::{Value, json};

const EVER: History = History::Shown(Period { from_ms: i64::MIN, until_ms: CONNECTED_AT_MS + 3 * DAY_MS });

fn written(row: &BalanceRow, shape: Shape, history: Option<History>) -> String {
    let institution = harmattan();
    compact(&OkraBalance::new(row, view(shape), Some(bank(&institution)), history))
}

/// A balance with one reading, as it goes out; its two figures have exactly these digits.
fn balance(name: &str, currency: Currency, reading: Reading, [available, ledger]: [&str; 2]) {
    let compact = written(&balance_row(currency, vec![reading]), Shape::V2, Some(EVER));
    assert_digits(&compact, "available_balance", available);
    assert_digits(&compact, "ledger_balance", ledger);
    golden(name, &compact);
}

#[test]
fn a_reported_balance_with_its_history() {
    let source = AvailableSource::Reported;
    let earlier = Reading { at_ms: CONNECTED_AT_MS, ..reading(Some(24_000_000), None, source) };
    let latest = reading(Some(25_000_000), Some(21_999_950), source);
    let row = balance_row(Currency::NGN, vec![earlier, latest]);
    let compact = written(&row, Shape::V2, Some(EVER));
    assert_digits(&compact, "available_balance", "219999.5");
    assert_digits(&compact, "ledger_balance", "250000");
    let json = golden("balance_reported", &compact);
    assert_eq!(json["periodic"]["available_balance"].as_array().unwrap().len(), 1, "only what was known");
    assert_eq!(json["periodic"]["ledger_balance"].as_array().unwrap().len(), 2);
    // One day of 240000, two days of 250000.
    assert_digits(&compact, "average", "246666.67");
}

#[test]
fn a_summary_of_a_time_of_its_own() {
    let reading = |day: i64, minor| Reading {
        at_ms: CONNECTED_AT_MS + day * DAY_MS,
        ..reading(Some(minor), Some(minor), AvailableSource::Reported)
    };
    let row = balance_row(Currency::NGN, vec![reading(0, 100), reading(2, 400), reading(4, 900)]);
    let summary = |from_ms, until_ms| {
        let history = History::Shown(Period { from_ms, until_ms });
        let json: Value = serde_json::from_str(&written(&row, Shape::V2, Some(history))).unwrap();
        let ledger = &json["periodic"]["summary"]["ledger_balance"];
        ["average", "minimum", "maximum", "readings"].map(|name| ledger[name].clone())
    };
    let day = |day: i64| CONNECTED_AT_MS + day * DAY_MS;
    assert_eq!(summary(i64::MIN, day(4)), [json!(2.5), json!(1), json!(9), json!(3)]);
    assert_eq!(summary(day(1), day(3)), [json!(2.5), json!(1), json!(4), json!(2)]);
    assert_eq!(summary(day(6), day(9)), [json!(9), json!(9), json!(9), json!(1)], "what stood before");
    assert_eq!(summary(i64::MIN, day(-1)), [Value::Null, Value::Null, Value::Null, Value::Null]);

    let counted = Figures {
        average_minor: 123,
        minimum_minor: 100,
        maximum_minor: 400,
        from_ms: day(-400),
        until_ms: day(4),
        readings: 1_000,
    };
    let history = History::Counted { ledger: Some(counted), available: None };
    golden("balance_counted", &written(&row, Shape::V2, Some(history)));
}

#[test]
fn a_derived_balance_may_be_overdrawn_and_is_exact_beyond_a_float() {
    let reading = reading(Some(9_007_199_254_740_993), Some(-5), AvailableSource::Derived);
    balance("balance_derived", Currency::NGN, reading, ["-0.05", "90071992547409.93"]);
}

#[test]
fn a_balance_of_which_only_the_ledger_is_known() {
    let reading = reading(Some(2_918_000), None, AvailableSource::LedgerOnly);
    balance("balance_ledger_only", Currency::NGN, reading, ["null", "29180"]);
}

#[test]
fn a_balance_in_a_currency_without_decimals() {
    let reading = reading(Some(250_000), Some(1_000), AvailableSource::Reported);
    balance("balance_xof", currency("XOF"), reading, ["1000", "250000"]);
}

#[test]
fn a_balance_in_a_currency_with_three_decimals() {
    let reading = reading(Some(1_234), Some(1_230), AvailableSource::Reported);
    balance("balance_kwd", currency("KWD"), reading, ["1.23", "1.234"]);
}

fn latest() -> Vec<Reading> {
    vec![reading(Some(24_000_000), Some(21_900_000), AvailableSource::Reported)]
}

#[test]
fn a_balance_without_its_history() {
    let row = balance_row(Currency::NGN, latest());
    let json = golden("balance_without_periodic", &written(&row, Shape::V2, None));
    assert!(json.get("periodic").is_none());
    assert_eq!(json["record"][0]["status"]["process"], json!({"running": false, "completed": true}));
}

#[test]
fn a_balance_whose_customer_must_sign_in_again() {
    let row =
        BalanceRow { record_status: RecordStatus::SignInNeeded, ..balance_row(Currency::NGN, latest()) };
    let json = golden("balance_sign_in_needed", &written(&row, Shape::V2, None));
    assert_eq!(json["record"][0]["status"]["process"]["completed"], json!(false));
}

#[test]
fn a_balance_whose_bank_is_not_listed_any_more() {
    let scope = Scope { company: id(5), env: Environment::Production };
    let row = BalanceRow { connected: false, ..balance_row(Currency::NGN, latest()) };
    let view = View { scope, shape: Shape::V2 };
    let json = golden("balance_without_bank", &compact(&OkraBalance::new(&row, view, None, None)));
    assert_eq!(json["account"]["bank"], Value::Null);
}

#[test]
fn a_balance_in_v1_names_less_of_its_account() {
    let row = balance_row(Currency::NGN, latest());
    let json = golden("balance_v1", &written(&row, Shape::V1, Some(EVER)));
    assert_eq!(json["account"], json!({"_id": row.account.to_string(), "name": row.account_name}));
    assert_eq!(json["connected"], json!([id::<egusi_protocol::CompanyId>(5).to_string()]));
    assert_eq!(json["record"], json!([row.record.to_string()]));
    // A Go client reads it into a whole number.
    assert!(json["available_balance"].is_i64());
    let unshared = BalanceRow { connected: false, ..row };
    let json: Value = serde_json::from_str(&written(&unshared, Shape::V1, None)).unwrap();
    assert_eq!(json["connected"], json!([]));
}

#[test]
fn a_balance_in_the_list_of_all_of_v1() {
    let row = balance_row(Currency::NGN, latest());
    let json = golden("balance_v1_products", &written(&row, Shape::V1Products, Some(EVER)));
    assert_eq!(json["connected"], json!(true));
    assert_eq!(json["account"]["bank"], json!({"_id": harmattan().id.to_string(), "name": "Harmattan Bank"}));
}
