//! The bodies of webhooks, frozen like the rest of the Okra wire; see `golden.rs`.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

#[path = "golden/pretty.rs"]
mod pretty;

use egusi_protocol::{
    AvailableSource, Currency, Environment, EventKind, Health, Holders, Institution, InstitutionKind,
    RecordStatus,
};
use egusi_server::okra::webhook::{BODY_BYTES_MAX, body};
use egusi_server::webhooks::events::{About, Announcement, LowFunds, What};
use egusi_store::{BalanceRow, Reading, ReadingDetail, Scope, TaskKind};
use pretty::pretty;
use serde_json::{Value, json};
use std::path::Path;
use std::str::FromStr;

/// 2026-11-20T20:45:00.000Z.
const AT_MS: i64 = 1_795_207_500_000;

/// A body stands in its file, to the letter.
fn golden(name: &str, compact: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.json"));
    let text = pretty(compact);
    if std::env::var_os("EGUSI_UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{name}.json: {error}; EGUSI_UPDATE_GOLDEN=1 writes it"));
    assert_eq!(text, kept, "{name}.json is not what goes over the wire");
    serde_json::from_str(compact).unwrap()
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
        kind: InstitutionKind::Bank,
        holders: Holders::Both,
        lacks: Vec::new(),
        health: Health::Healthy,
    }
}

fn announcement<'a>(what: What<'a>, institution: &'a Institution) -> Announcement<'a> {
    Announcement {
        scope: Scope { company: id(5), env: Environment::Sandbox },
        what,
        about: Some(About {
            record: id(4),
            customer: id(3),
            institution,
            slug: "harmattan-bank",
            app: None,
            options: r#"{"order":"A-17"}"#,
            meta: r#"{"till":3}"#,
        }),
        endpoint: None,
        callback_url: "https://shop.example/hooks/bank",
        poll_url: "https://connect.example/v2/callback?record=65f0c0ffee00000000000004&method=BALANCE",
        started_at_ms: AT_MS - 1_250,
        ended_at_ms: AT_MS,
    }
}

fn written(what: What<'_>) -> String {
    body(&announcement(what, &harmattan())).unwrap()
}

fn row(number: u16, name: &str) -> BalanceRow {
    let current = Reading {
        ledger_minor: Some(24_000_000),
        available_minor: Some(21_999_950),
        source: AvailableSource::Reported,
        at_ms: AT_MS,
        detail: ReadingDetail::NONE,
    };
    BalanceRow {
        id: id(number),
        account: id(number + 1_000),
        account_name: name.to_owned(),
        account_number: "0123456789".into(),
        currency: Currency::NGN,
        connected: true,
        customer: id(3),
        customer_name: "ADA OBI".into(),
        record: id(4),
        record_status: RecordStatus::Ok,
        institution: harmattan().id,
        created_at_ms: AT_MS,
        current,
        readings: vec![current],
    }
}

fn low_funds(currency: &str) -> What<'static> {
    What::FundsLow(LowFunds {
        account: id(2),
        currency: currency.parse().unwrap(),
        threshold_minor: 5_000_000,
        available_minor: -1_205,
        crossings: 3,
    })
}

#[test]
fn a_connection() {
    golden("webhook_auth", &written(What::Connected { is_return: false }));
    let again = written(What::Connected { is_return: true });
    assert_eq!(serde_json::from_str::<Value>(&again).unwrap()["auth"]["reauth"], json!(true));
}

#[test]
fn balances() {
    let rows = [row(1, "Current"), row(2, "Ada's \"rainy day\" savings")];
    let compact = written(What::BalanceRead(&rows));
    assert!(compact.contains("\"available_balance\":219999.5,"), "exact and in major units");
    let json = golden("webhook_balance", &compact);
    assert!(json["balances"][0].get("periodic").is_none());
    assert!(json.get("left_out").is_none());
}

#[test]
fn transactions() {
    golden("webhook_transactions", &written(What::TransactionsRead));
}

#[test]
fn a_refresh_that_came_to_nothing() {
    let failed = |of| What::RefreshFailed { of, code: "institution_down" };
    golden("webhook_balance_failed", &written(failed(TaskKind::Balances)));
    golden("webhook_transactions_failed", &written(failed(TaskKind::Transactions)));
}

#[test]
fn low_funds_and_a_sign_in_that_is_needed() {
    let compact = written(low_funds("NGN"));
    assert!(compact.contains("\"threshold\":50000,\"available_balance\":-12.05,"), "{compact}");
    golden("webhook_low_funds", &compact);
    assert!(written(low_funds("XOF")).contains("\"available_balance\":-1205,"));
    golden("webhook_sign_in_needed", &written(What::SignInNeeded));
}

#[test]
fn a_sharing_that_was_stopped() {
    golden("webhook_consent_revoked", &written(What::Revoked));
}

#[test]
fn a_test() {
    let institution = harmattan();
    let bare = Announcement {
        about: None,
        callback_url: "",
        poll_url: "",
        ..announcement(What::Test, &institution)
    };
    golden("webhook_test", &body(&bare).unwrap());
}

#[test]
fn a_body_is_short_whatever_it_has_to_tell() {
    let rows: Vec<_> = (0..200).map(|number| row(number, "Savings of a family with a long name")).collect();
    let compact = written(What::BalanceRead(&rows));
    let json: Value = serde_json::from_str(&compact).unwrap();
    let told = json["balances"].as_array().unwrap().len();
    assert!(compact.len() < BODY_BYTES_MAX && compact.len() > BODY_BYTES_MAX - 2_000, "{}", compact.len());
    assert_eq!(json["left_out"], json!({"balances": 200 - told, "options": false, "meta": false}));
    assert_eq!(json["balances"][0]["id"], json!(rows[0].id.to_string()), "from the first on");

    let institution = harmattan();
    let long = format!("{{\"note\":\"{}\"}}", "x".repeat(60_000));
    let url = format!("https://shop.example/{}", "x".repeat(2_027));
    let mut crowded = announcement(What::BalanceRead(&rows), &institution);
    crowded.callback_url = &url;
    crowded.poll_url = &url;
    crowded.about.as_mut().unwrap().options = &long;
    let compact = body(&crowded).unwrap();
    assert!(compact.len() < BODY_BYTES_MAX, "{}", compact.len());
    let json: Value = serde_json::from_str(&compact).unwrap();
    assert_eq!((&json["options"], &json["meta"]), (&json!({}), &json!({"till": 3})));
    assert_eq!(json["left_out"]["options"], json!(true));
}

#[test]
fn what_the_host_gave_goes_out_as_it_came() {
    let institution = harmattan();
    let mut about = announcement(What::SignInNeeded, &institution);
    about.about.as_mut().unwrap().meta = r#"{"b":1.50,"a":90071992547409931,"list":[null]}"#;
    assert!(body(&about).unwrap().contains(r#""meta":{"b":1.50,"a":90071992547409931,"list":[null]},"#));
    about.about.as_mut().unwrap().meta = "{broken";
    assert!(body(&about).is_err());
}

#[test]
fn every_kind_has_its_code_and_its_line_in_the_guide() {
    let guide = include_str!("../../../docs/webhooks.md");
    let rows = [];
    let kinds = [
        (What::Connected { is_return: false }, EventKind::Connected, "AUTH_SUCCESS"),
        (What::BalanceRead(&rows), EventKind::BalanceRead, "BALANCE_SUCCESS"),
        (What::TransactionsRead, EventKind::TransactionsRead, "TRANSACTIONS_SUCCESS"),
        (
            What::RefreshFailed { of: TaskKind::Balances, code: "" },
            EventKind::RefreshFailed,
            "BALANCE_FAILED",
        ),
        (low_funds("NGN"), EventKind::FundsLow, "LOW_FUNDS"),
        (What::SignInNeeded, EventKind::SignInNeeded, "SIGN_IN_NEEDED"),
        (What::Revoked, EventKind::Revoked, "CONSENT_REVOKED"),
        (What::Test, EventKind::Test, "TEST"),
    ];
    assert_eq!(kinds.each_ref().map(|(what, ..)| what.kind()), *EventKind::ALL);
    for (what, kind, code) in kinds {
        assert_eq!(what.kind(), kind);
        let json: Value = serde_json::from_str(&written(what)).unwrap();
        assert_eq!((&json["code"], &json["callback_code"]), (&json!(code), &json!(code)));
        assert!(guide.contains(&format!("| `{code}` | `{kind}` |")), "{code}");
    }
}
