//! The wire, frozen: every type of the protocol beside the JSON it is written as.
//!
//! A change that breaks one of these files breaks every widget in the field. Where it is meant,
//! run the tests with `EGUSI_UPDATE_GOLDEN=1` and read the difference before committing it.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

#[path = "golden/file.rs"]
mod file;

use egusi_protocol::*;
use file::{FROM_TOMORROW, frozen, golden, golden_with_secret, pretty, read};
use serde_json::json;
use std::path::Path;

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
        env: Environment::Sandbox,
        name: None,
        products: vec![Product::Auth],
        show_balance: false,
        currency: None,
        callback_url: None,
        redirect_url: None,
        app_id: None,
        options: None,
        meta: None,
        charge: None,
        host_origin: None,
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
        redirect_url: None,
    }
}

#[test]
fn open_session() {
    golden("open_session_minimal", &smallest_opening());
    golden(
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
    };
    golden_with_secret("session_opened", &opened);
    golden_with_secret(
        "session_opened_midway",
        &SessionOpened {
            setting: Setting { redirect_url: Some("https://shop.example/thanks".into()), ..setting() },
            step: Step::Form(form(None)),
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
        health: Health::Healthy,
    };
    let degraded = Institution {
        id: "5d6fe57a4099cc4b210bbec1".parse().unwrap(),
        name: "Banque de l'Érable".into(),
        monogram: "BÉ".into(),
        also: "BDE Maple".into(),
        color: "#0b5d3b".into(),
        country: "SN".into(),
        health: Health::Degraded,
    };
    golden("institution_list", &InstitutionList { institutions: vec![healthy, degraded] });
    golden("institution_list_empty", &InstitutionList { institutions: Vec::new() });
}

// What the customer is asked next.

fn step(name: &str, step: Step) {
    golden(&format!("step_{name}"), &StepReply { step });
}

fn form(problem: Option<Problem>) -> Form {
    let field = |name: &str, label: &str, kind| FormField { name: name.into(), label: label.into(), kind };
    Form {
        institution: bank(),
        fields: vec![
            field("username", "Internet banking ID", FieldKind::Username),
            field("password", "Password", FieldKind::Password),
        ],
        problem,
    }
}

#[test]
fn step_choose() {
    step("choose", Step::Choose);
}

#[test]
fn step_form() {
    step("form", Step::Form(form(None)));
    step("form_again", Step::Form(form(Some(two_tries_left(ProblemCode::WrongCredentials)))));
}

#[test]
fn step_challenge_of_every_kind() {
    for kind in ChallengeKind::ALL {
        let (text, digits) = match kind {
            ChallengeKind::OneTimeCode => ("Sent to 0803****123", 6),
            ChallengeKind::Pin => ("", 4),
            ChallengeKind::Question | ChallengeKind::Unknown => ("What was your first school?", 0),
        };
        let challenge = Challenge { kind: *kind, text: text.into(), digits, problem: None };
        step(&format!("challenge_{kind}"), Step::Challenge(challenge));
    }
}

#[test]
fn step_challenge_again() {
    let challenge = Challenge {
        kind: ChallengeKind::OneTimeCode,
        text: "Sent to 0803****123".into(),
        digits: 6,
        problem: Some(two_tries_left(ProblemCode::WrongAnswer)),
    };
    step("challenge_again", Step::Challenge(challenge));
}

#[test]
fn step_pending() {
    let pending = |text: &str| Step::Pending(Pending { text: text.into(), retry_after_ms: 1500 });
    step("pending", pending("Approve the sign-in in your bank's app"));
    step("pending_without_text", pending(""));
}

#[test]
fn step_accounts() {
    let current = AccountView {
        pick: 0,
        name: "Ada's current account".into(),
        last_four: "4321".into(),
        kind: "Current".into(),
        currency: Currency::NGN,
        balance: Some(balance(Some(24_000_000), Some(21_999_950), AvailableSource::Reported)),
    };
    let dollars = AccountView {
        pick: 1,
        kind: "Domiciliary".into(),
        currency: "USD".parse().unwrap(),
        ..current.clone()
    };
    let hidden = AccountView { pick: 2, balance: None, ..current.clone() };
    step("accounts", Step::Accounts(vec![current, dollars]));
    step("accounts_without_figures", Step::Accounts(vec![hidden]));
}

#[test]
fn step_done() {
    step("done", Step::Done(Receipt { accounts: 2, host_payload: r#"{"success":true}"#.into() }));
}

#[test]
fn step_failed() {
    step("failed", Step::Failed(Problem::new(ProblemCode::AccountLocked)));
}

// What the customer answers.

#[test]
fn choose_institution() {
    let consent = Consent { agreed: true, language: "en".into() };
    golden("choose_institution", &ChooseInstitution { institution: bank(), consent });
}

fn submit_form_canary() -> SubmitForm {
    let field = |name: &str, value: &str| FieldAnswer { name: name.into(), value: secret(value) };
    SubmitForm {
        fields: vec![field("username", "canary-ada"), field("password", "canary \"p\u{e4}ss\"\\ 1")],
    }
}

fn answer_canary() -> Answer {
    Answer { answer: secret("canary-012345") }
}

#[test]
fn submit_form_and_answer() {
    golden_with_secret("submit_form", &submit_form_canary());
    golden_with_secret("answer", &answer_canary());
}

#[test]
fn what_is_printed_of_an_answer_holds_no_secret() {
    let opened =
        SessionOpened { session_token: secret("canary-token"), setting: setting(), step: Step::Choose };
    for printed in [
        format!("{:?}", submit_form_canary()),
        format!("{:#?}", submit_form_canary()),
        format!("{:?}", answer_canary()),
        format!("{opened:?}"),
    ] {
        assert!(printed.contains("Secret"), "{printed}");
        assert!(!printed.contains("canary"), "{printed}");
    }
}

#[test]
fn share_accounts() {
    golden("share_accounts", &ShareAccounts { picks: vec![0, 2] });
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
        Basis,
        ChallengeKind,
        Environment,
        ErrorCode,
        EventKind,
        FieldKind,
        Health,
        ProblemCode,
        Product,
        RecordStatus,
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
    let reply = StepReply { step: Step::Failed(Problem::new(ProblemCode::Unknown)) };
    assert_eq!(read::<StepReply>("an answer", &text), reply);
    let text = json!({"code": FROM_TOMORROW, "message": ""}).to_string();
    assert_eq!(read::<ErrorBody>("an error", &text).code, ErrorCode::Unknown);
}
