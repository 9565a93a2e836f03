//! What the golden tests compare with, and the small world whose objects they write.

use crate::pretty::pretty;
use egusi_protocol::{
    AvailableSource, Currency, Environment, Health, Holders, Institution, InstitutionKind, RecordStatus,
};
use egusi_server::okra::parts::Bank;
use egusi_server::okra::shape::{Shape, View};
use egusi_store::{AccountRow, BalanceRow, Reading, ReadingDetail, RecordRow, Scope, TransactionRow};
use serde::Serialize;
use serde_json::Value;
use std::path::Path;
use std::str::FromStr;

/// 2026-11-20T20:45:00.000Z.
pub const CONNECTED_AT_MS: i64 = 1_795_207_500_000;
pub const DAY_MS: i64 = 86_400_000;

/// JSON text stands in its file, to the letter, and says what the test says it does.
pub fn golden(name: &str, compact: &str) -> Value {
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

pub fn compact(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

/// A field goes out with exactly these digits.
pub fn assert_digits(compact: &str, field: &str, digits: &str) {
    let whole = [",", "}"].map(|end| format!("\"{field}\":{digits}{end}"));
    assert!(whole.iter().any(|text| compact.contains(text)), "{field} is not {digits}: {compact}");
}

/// An id whose last digits tell it from the others.
pub fn id<Id: FromStr>(last: u16) -> Id {
    let id = format!("65f0c0ffee00000000{last:06}").parse();
    id.unwrap_or_else(|_| panic!("an id is 24 hexadecimal digits"))
}

pub fn harmattan() -> Institution {
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

pub fn bank(institution: &Institution) -> Bank<'_> {
    Bank { institution, slug: "harmattan-bank" }
}

pub fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

pub fn view(shape: Shape) -> View {
    View { scope: Scope { company: id(5), env: Environment::Sandbox }, shape }
}

pub fn reading(ledger_minor: Option<i64>, available_minor: Option<i64>, source: AvailableSource) -> Reading {
    Reading {
        ledger_minor,
        available_minor,
        source,
        at_ms: CONNECTED_AT_MS + DAY_MS,
        detail: ReadingDetail::NONE,
    }
}

pub fn balance_row(currency: Currency, readings: Vec<Reading>) -> BalanceRow {
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

pub fn account_row() -> AccountRow {
    AccountRow {
        id: id(2),
        name: "Ada's current account".into(),
        number: "0123456789".into(),
        kind: "Current".into(),
        currency: Currency::NGN,
        connected: true,
        customer: id(3),
        customer_name: "ADA OBI".into(),
        record: id(4),
        institution: harmattan().id,
        balance: Some(id(1)),
        threshold_minor: Some(500_000),
        created_at_ms: CONNECTED_AT_MS,
        updated_at_ms: CONNECTED_AT_MS + DAY_MS,
    }
}

pub fn record_row() -> RecordRow {
    RecordRow {
        id: id(4),
        customer: id(3),
        customer_name: "ADA OBI".into(),
        institution: harmattan().id,
        products: "auth balance transactions".into(),
        app: Some(id(8)),
        endpoint: None,
        options: r#"{"order":42,"till":"A 1"}"#.into(),
        meta: "null".into(),
        status: RecordStatus::Ok,
        consent_until_ms: CONNECTED_AT_MS + 90 * DAY_MS,
        revoked_at_ms: None,
        created_at_ms: CONNECTED_AT_MS,
        updated_at_ms: CONNECTED_AT_MS + DAY_MS,
    }
}

pub fn transaction_row(amount_minor: i64) -> TransactionRow {
    TransactionRow {
        id: id(9),
        account: id(2),
        account_name: "Ada's current account".into(),
        account_number: "0123456789".into(),
        customer: id(3),
        customer_name: "ADA OBI".into(),
        record: id(4),
        institution: harmattan().id,
        currency: Currency::NGN,
        is_pending: false,
        amount_minor,
        description: "POS/MORINGA MARKET".into(),
        at_ms: CONNECTED_AT_MS,
        created_at_ms: CONNECTED_AT_MS + DAY_MS,
    }
}
