//! The wire, frozen: every type of the protocol beside the JSON it is written as.
//!
//! A change that breaks one of these files breaks every widget in the field. Where it is meant,
//! run the tests with `EGUSI_UPDATE_GOLDEN=1` and read the difference before committing it.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

#[path = "golden/file.rs"]
mod file;
#[path = "golden/rules.rs"]
mod rules;
#[path = "golden/steps.rs"]
mod steps;

use egusi_protocol::*;
use file::{FROM_TOMORROW, frozen, golden, golden_with_secret, pretty, read};
use serde_json::json;
use std::path::Path;
use steps::form;

fn secret(text: &str) -> Secret {
    Secret::new(text.into())
}

fn bank() -> InstitutionId {
    "5d6fe57a4099cc4b210bbec0".parse().unwrap()
}

fn two_tries_left(code: ProblemCode) -> Problem {
    Problem { code, attempts_left: Some(2) }
}

// How a widget opens.

fn smallest_opening() -> OpenSession {
    OpenSession {
        key: "c81f3e05-7a5c-5727-8d33-1113a3c7a5e4".into(),
        token: "5d8a35224d8113507c7521ac".into(),
        products: vec![Product::Auth],
        ..OpenSession::of_nothing(Environment::Sandbox)
    }
}

fn setting() -> Setting {
    Setting {
        session: "65f0c0ffee00000000000001".parse().unwrap(),
        name: "Moringa Market".into(),
        operator: "Egusi".into(),
        env: Environment::Sandbox,
        products: vec![Product::Auth, Product::Balance],
        show_balance: true,
        consent_days: 90,
        selection: Selection::Multiple,
        filter: InstitutionFilter {
            countries: Vec::new(),
            kinds: Vec::new(),
            only: Vec::new(),
            products: Vec::new(),
            holders: Holders::Individual,
        },
        institution: None,
        account_ending: None,
        returning: Vec::new(),
        charge: None,
        redirect_url: None,
    }
}

fn full_setting() -> Setting {
    Setting {
        redirect_url: Some("https://shop.example/thanks".into()),
        selection: Selection::Single,
        filter: InstitutionFilter {
            countries: vec!["NG".into()],
            kinds: vec![InstitutionKind::Bank, InstitutionKind::Wallet],
            only: vec![bank()],
            products: vec![Product::Balance],
            holders: Holders::Both,
        },
        institution: Some(bank()),
        account_ending: Some("0042".into()),
        returning: vec![bank()],
        charge: Some(ChargeView { amount_minor: 50_000, currency: Currency::NGN, garnish: true }),
        ..setting()
    }
}

#[test]
fn open_session() {
    golden_with_secret("open_session_minimal", &smallest_opening());
    golden_with_secret(
        "open_session_full",
        &OpenSession {
            env: Environment::Production,
            name: Some("Moringa Market".into()),
            products: Product::ALL.to_vec(),
            show_balance: true,
            currency: Some("NGN".into()),
            callback_url: Some("https://shop.example/hooks/bank".into()),
            redirect_url: Some("https://shop.example/thanks?order=7".into()),
            app_id: Some("65f0c0ffee00000000000009".into()),
            options: Some(r#"{"order":"A-7"}"#.into()),
            meta: Some(r#"[1,"two"]"#.into()),
            charge: Some(r#"{"amount":50000,"currency":"NGN"}"#.into()),
            host_origin: Some("https://shop.example".into()),
            garnish: true,
            holders: Some(Holders::Corporate),
            filter: Some(r#"{"industry_type":"all","banks":["access-bank"]}"#.into()),
            countries: vec!["NG".into(), "KE".into()],
            selection: Some(Selection::Single),
            exp: Some("2030-12-31".into()),
            institution: Some("access-bank".into()),
            account_number: Some(secret("2000110042")),
            customer: Some(secret(r#"{"bvn":"22000000001"}"#)),
            ..smallest_opening()
        },
    );
}

#[test]
fn session_opened() {
    let opened = SessionOpened {
        session_token: secret("pmWkWSBCL51Bfkhn79xPuKBKHz__H6B-mY6G9_eieuM"),
        setting: setting(),
        step: Step::Choose,
        turn: 0,
    };
    golden_with_secret("session_opened", &opened);
    golden_with_secret(
        "session_opened_midway",
        &SessionOpened {
            setting: full_setting(),
            step: Step::Form(Form { is_return: true, ..form(None) }),
            turn: 1,
            ..opened
        },
    );
}

#[test]
fn institution_list() {
    let healthy = Institution {
        id: bank(),
        name: "Harmattan Bank".into(),
        monogram: "H".into(),
        also: String::new(),
        color: "#7a1f2b".into(),
        country: "NG".into(),
        kind: InstitutionKind::Bank,
        holders: Holders::Individual,
        lacks: Vec::new(),
        health: Health::Healthy,
    };
    let degraded = Institution {
        id: "5d6fe57a4099cc4b210bbec1".parse().unwrap(),
        name: "Banque de l'Érable".into(),
        monogram: "BÉ".into(),
        also: "BDE Maple".into(),
        color: "#0b5d3b".into(),
        country: "SN".into(),
        kind: InstitutionKind::Wallet,
        holders: Holders::Both,
        lacks: vec![Product::Transactions],
        health: Health::Degraded,
    };
    golden("institution_list", &InstitutionList { institutions: vec![healthy, degraded] });
    golden("institution_list_empty", &InstitutionList { institutions: Vec::new() });
}

// What goes wrong, and figures.

#[test]
fn error_body() {
    let message = "products: expected one of auth, balance; got \"balances\"".into();
    golden("error_body", &ErrorBody { code: ErrorCode::UnknownProduct, message });
}

#[test]
fn problem() {
    golden("problem", &Problem::new(ProblemCode::InstitutionDown));
    golden("problem_with_attempts_left", &two_tries_left(ProblemCode::WrongAnswer));
    golden("problem_last_attempt", &Problem { code: ProblemCode::WrongCredentials, attempts_left: Some(0) });
}

fn balance(ledger_minor: Option<i64>, available_minor: Option<i64>, source: AvailableSource) -> BalanceView {
    BalanceView { ledger_minor, available_minor, source }
}

#[test]
fn balance_view_of_every_source() {
    for source in AvailableSource::ALL {
        let view = match source {
            AvailableSource::Reported => balance(None, Some(21_999_950), *source),
            // Beyond what a float holds, and overdrawn.
            AvailableSource::Derived => balance(Some(9_007_199_254_740_993), Some(-5), *source),
            AvailableSource::LedgerOnly | AvailableSource::Unknown => balance(Some(0), None, *source),
        };
        golden(&format!("balance_{source}"), &view);
    }
}

// The vocabularies.

/// Every word of the given enums by the enum's name, after trying that an unknown one is read.
macro_rules! vocabularies {
    ($( $name:ident ),+ $(,)?) => {{
        $(
            assert_eq!(read::<$name>("a code", &json!(FROM_TOMORROW).to_string()), $name::Unknown);
            assert!(!$name::ALL.contains(&$name::Unknown), "{} offers to write Unknown", stringify!($name));
            for value in $name::ALL {
                assert_eq!(read::<$name>("a code", &json!(value).to_string()), *value);
                assert_eq!(json!(value), value.to_string());
            }
        )+
        json!({ $( stringify!($name): $name::ALL ),+ })
    }};
}

#[test]
fn words() {
    let words = vocabularies![
        AvailableSource,
        Barred,
        Basis,
        ChallengeKind,
        Environment,
        ErrorCode,
        EventKind,
        FieldKind,
        Health,
        Holders,
        HostEventName,
        InstitutionKind,
        MethodKind,
        PendingKind,
        ProblemCode,
        Product,
        RecordStatus,
        Selection,
    ];
    frozen("words", &pretty(&words));
    let named: Vec<_> = words.as_object().unwrap().keys().cloned().collect();
    assert_eq!(named, vocabularies_in_the_source(), "every `codes!` enum belongs into this test");
}

/// The names behind `codes! { … pub enum Name {`, sorted.
fn vocabularies_in_the_source() -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap() {
        let source = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for definition in source.split("\ncodes! {").skip(1) {
            let (_, after) = definition.split_once("pub enum ").unwrap();
            names.push(after.split_once(' ').unwrap().0.to_owned());
        }
    }
    names.sort();
    names
}

#[test]
fn an_unknown_word_deep_in_an_answer_is_read_as_unknown() {
    let text = json!({"step": {"failed": {"code": FROM_TOMORROW}}}).to_string();
    let step = Step::Failed(Problem::new(ProblemCode::Unknown));
    let reply = StepReply { step, turn: 0, is_busy: false, resumed: None };
    assert_eq!(read::<StepReply>("an answer", &text), reply);
    let text = json!({"code": FROM_TOMORROW, "message": ""}).to_string();
    assert_eq!(read::<ErrorBody>("an error", &text).code, ErrorCode::Unknown);
}
