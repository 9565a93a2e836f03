//! The Okra wire, frozen: the shapes that clients of the Okra API and of okra-js already read.
//!
//! The files are compared to the letter, because on this wire the order of keys and the digits of
//! a number matter: a PHP client cuts `message` out of the text, and an amount must never have
//! been a float. Where a change is meant, run with `EGUSI_UPDATE_GOLDEN=1` and read the difference.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

#[path = "golden/pretty.rs"]
mod pretty;

use axum::response::IntoResponse;
use egusi_protocol::{AvailableSource, Currency, Environment, ErrorCode, Health, Institution, RecordStatus};
use egusi_server::error::ApiError;
use egusi_server::http::okra::{OkraError, good};
use egusi_server::okra::balance::{Bank, OkraBalance};
use egusi_server::okra::page::Pagination;
use egusi_server::okra::success::{SharedAccount, SharedConnection, success_payload};
use egusi_store::{BalanceRow, Page, Reading, ReadingDetail, Scope, StoreError};
use http_body_util::BodyExt;
use pretty::pretty;
use serde::Serialize;
use serde_json::{Value, json};
use std::path::Path;
use std::str::FromStr;

/// 2026-11-20T20:45:00.000Z.
const CONNECTED_AT_MS: i64 = 1_795_207_500_000;
const DAY_MS: i64 = 86_400_000;

/// JSON text stands in its file, to the letter, and says what the test says it does.
fn golden(name: &str, compact: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.json"));
    let text = pretty(compact);
    if std::env::var_os("EGUSI_UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{name}.json: {error}; EGUSI_UPDATE_GOLDEN=1 writes it"));
    let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(parse(compact), parse(&kept), "{name}.json is not what goes over the wire");
    assert_eq!(text, kept, "{name}.json has other digits or another order");
    parse(compact)
}

fn compact(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

/// A field goes out with exactly these digits.
fn assert_digits(compact: &str, field: &str, digits: &str) {
    let whole = [",", "}"].map(|end| format!("\"{field}\":{digits}{end}"));
    assert!(whole.iter().any(|text| compact.contains(text)), "{field} is not {digits}: {compact}");
}

/// An id whose last digits tell it from the others.
fn id<Id: FromStr>(last: u16) -> Id {
    let id = format!("65f0c0ffee00000000{last:06}").parse();
    id.unwrap_or_else(|_| panic!("an id is 24 hexadecimal digits"))
}

fn harmattan() -> Institution {
    Institution {
        id: "5d6fe57a4099cc4b210bbec0".parse().unwrap(),
        name: "Harmattan Bank".into(),
        monogram: "H".into(),
        also: String::new(),
        color: "#7a1f2b".into(),
        country: "NG".into(),
        health: Health::Healthy,
    }
}

fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

// Balances.

fn reading(ledger_minor: Option<i64>, available_minor: Option<i64>, source: AvailableSource) -> Reading {
    Reading {
        ledger_minor,
        available_minor,
        source,
        at_ms: CONNECTED_AT_MS + DAY_MS,
        detail: ReadingDetail::NONE,
    }
}

fn row(currency: Currency, readings: Vec<Reading>) -> BalanceRow {
    BalanceRow {
        id: id(1),
        account: id(2),
        account_name: "Ada's current account".into(),
        account_number: "0123456789".into(),
        currency,
        connected: true,
        customer: id(3),
        customer_name: "ADA \"BIGGY\" OBI".into(),
        record: id(4),
        record_status: RecordStatus::Ok,
        institution: harmattan().id,
        created_at_ms: CONNECTED_AT_MS,
        current: *readings.last().unwrap(),
        readings,
    }
}

fn written(row: BalanceRow, include_periodic: bool) -> String {
    let scope = Scope { company: id(5), env: Environment::Sandbox };
    let institution = harmattan();
    let bank = Bank { institution: &institution, slug: "harmattan-bank" };
    compact(&OkraBalance::new(row, scope, Some(bank), include_periodic))
}

/// A balance with one reading, as it goes out; its two figures have exactly these digits.
fn balance(name: &str, currency: Currency, reading: Reading, [available, ledger]: [&str; 2]) {
    let compact = written(row(currency, vec![reading]), true);
    assert_digits(&compact, "available_balance", available);
    assert_digits(&compact, "ledger_balance", ledger);
    golden(name, &compact);
}

#[test]
fn a_reported_balance_with_its_history() {
    let source = AvailableSource::Reported;
    let earlier = Reading { at_ms: CONNECTED_AT_MS, ..reading(Some(24_000_000), None, source) };
    let latest = reading(Some(24_000_000), Some(21_999_950), source);
    let compact = written(row(Currency::NGN, vec![earlier, latest]), true);
    assert_digits(&compact, "available_balance", "219999.5");
    assert_digits(&compact, "ledger_balance", "240000");
    let json = golden("balance_reported", &compact);
    assert_eq!(json["periodic"]["available_balance"].as_array().unwrap().len(), 1, "only what was known");
    assert_eq!(json["periodic"]["ledger_balance"].as_array().unwrap().len(), 2);
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

#[test]
fn a_balance_without_its_history() {
    let latest = reading(Some(24_000_000), Some(21_999_950), AvailableSource::Reported);
    let json = golden("balance_without_periodic", &written(row(Currency::NGN, vec![latest]), false));
    assert!(json.get("periodic").is_none());
}

#[test]
fn a_balance_whose_bank_is_not_listed_any_more() {
    let scope = Scope { company: id(5), env: Environment::Production };
    let latest = reading(Some(100), Some(100), AvailableSource::Reported);
    let row = BalanceRow { connected: false, ..row(Currency::NGN, vec![latest]) };
    let json = golden("balance_without_bank", &compact(&OkraBalance::new(row, scope, None, false)));
    assert_eq!(json["account"]["bank"], Value::Null);
}

// Pages.

fn page(name: &str, number: u32, total: u64) {
    golden(name, &compact(&Pagination::new(Page::numbered(number, 20), total)));
}

#[test]
fn pages() {
    page("page_first", 1, 45);
    page("page_middle", 2, 45);
    page("page_last", 3, 45);
    page("page_empty", 1, 0);
    page("page_full", 1, 20);
    page("page_beyond", 9, 45);
}

// The host's payload.

fn shared(last: u16, kind: &'static str, connected: bool) -> SharedAccount<'static> {
    SharedAccount {
        id: id(last),
        number: if connected { "0123456789" } else { "******4321" },
        kind,
        currency: Currency::NGN,
        connected,
        ledger_minor: connected.then_some(24_000_000),
        available_minor: connected.then_some(21_999_950),
    }
}

fn connection(institution: &Institution) -> SharedConnection<'_> {
    SharedConnection {
        institution,
        slug: "harmattan-bank",
        env: Environment::Sandbox,
        at_ms: CONNECTED_AT_MS,
        callback_url: None,
        meta: "{}",
        customer: id(3),
        holder: "ADA OBI",
        record: id(4),
        accounts: vec![shared(2, "Current", true)],
    }
}

#[test]
fn the_success_payload() {
    let institution = harmattan();
    let connection = connection(&institution);
    let compact = success_payload(&connection).unwrap();
    assert_digits(&compact, "available_balance", "219999.5");
    golden("success", &compact);
}

#[test]
fn the_success_payload_with_picked_accounts_first() {
    let institution = harmattan();
    let unpicked = shared(6, "Fixed Deposit", false);
    let dollars =
        SharedAccount { currency: currency("USD"), available_minor: None, ..shared(7, "Domiciliary", true) };
    let connection = SharedConnection {
        env: Environment::Production,
        callback_url: Some("https://shop.example/hooks/bank"),
        meta: r#"{"cart":[7]}"#,
        accounts: vec![unpicked, dollars, shared(2, "Current", true)],
        ..connection(&institution)
    };
    let json = golden("success_of_several", &success_payload(&connection).unwrap());
    let connected: Vec<_> =
        json["accounts"].as_array().unwrap().iter().map(|one| &one["connected"]).collect();
    assert_eq!(connected, [&json!(true), &json!(true), &json!(false)]);
}

// Envelopes.

async fn refused(error: OkraError) -> String {
    let body = error.into_response().into_body().collect().await.unwrap();
    String::from_utf8(body.to_bytes().to_vec()).unwrap()
}

#[test]
fn the_envelope_of_a_good_answer() {
    golden("envelope", &compact(&good("Balance retrieved successfully", json!({"balance": []})).0));
}

#[tokio::test]
async fn the_body_of_a_refusal() {
    let invalid =
        ApiError::refused(ErrorCode::InvalidRequest, "id: expected an id of 24 hex digits, got nothing");
    golden("error", &refused(invalid.into()).await);
    let unauthorized = ApiError::refused(ErrorCode::Unauthorized, "Your secret key is not known");
    golden("error_unauthorized", &refused(unauthorized.into()).await);
}

#[tokio::test]
async fn the_detail_of_our_own_faults_stays_inside() {
    let unavailable = StoreError::Unavailable("canary: disk full".into());
    let compact = refused(unavailable.into()).await;
    assert!(!compact.contains("canary"), "{compact}");
    golden("error_unavailable", &compact);
    let internal = refused(ApiError::Internal("canary: balance has no reading".into()).into()).await;
    assert!(!internal.contains("canary"), "{internal}");
    golden("error_internal", &internal);
}
