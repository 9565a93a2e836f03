//! The host's payload, as `onSuccess` receives it.

use crate::samples::*;
use egusi_protocol::{Currency, Environment, Institution};
use egusi_server::okra::success::{SharedAccount, SharedConnection, success_payload};
use serde_json::json;

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
