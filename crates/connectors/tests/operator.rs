//! What an operator adds to the sandbox, and by what its people are known.

#![allow(clippy::unwrap_used, reason = "clippy does not see that helpers of an integration test are tests")]

mod support;

use egusi_connectors::sandbox::MemoryBooks;
use egusi_connectors::{Connector, Identifier, IdentifierKind, Presence, Sandbox, SandboxFiles};
use egusi_protocol::{Holders, InstitutionId};
use std::collections::HashSet;
use std::sync::Arc;
use support::{ACCESS, COMPANY, institution, typed};

const INSTITUTION: &str = r##"[{"id":"aaaaaaaaaaaaaaaaaaaaaaaa","name":"House Bank","slug":"house-bank","country":"NG",
    "color":"#114185","monogram":"H","kind":"bank","holders":"both","methods":["internet","ussd"]}]"##;
const SCENARIO: &str = r#"{ "scenarios": [{
    "username": "house_user", "holder": "Zainab Sample", "bvn": "22912345678", "phone": "2340001234567",
    "steps": [{ "ask": { "kind": "one_time_code", "text": "Look at the wall", "digits": 4, "answer": "9090",
                "resend_in_s": 5, "expires_in_s": 0 } }],
    "accounts": [{ "name": "House", "number": "9999999999", "kind": "Current", "currency": "NGN", "ledger": "1.00" }]
}] }"#;

fn with(scenarios: &str, institutions: &str) -> Result<Sandbox, String> {
    let files =
        SandboxFiles { scenarios: Some(scenarios.to_owned()), institutions: Some(institutions.to_owned()) };
    Sandbox::extended(Arc::<MemoryBooks>::default(), &files).map_err(|error| error.to_string())
}

async fn identifiers(desk: &Sandbox, username: &str) -> Vec<Identifier> {
    let fields = typed(username, "pass_good");
    // One of them gets through at the third try.
    for _ in 0..3 {
        if let Ok(turn) = support::begin(desk, COMPANY, institution(ACCESS), &fields).await {
            return support::finish(desk, turn).await.granted.holder.identifiers;
        }
    }
    panic!("{username} cannot sign in")
}

#[tokio::test]
async fn an_operators_scenario_and_institution_work_like_the_others() {
    let desk = with(SCENARIO, INSTITUTION).unwrap();
    let house: InstitutionId = "aaaaaaaaaaaaaaaaaaaaaaaa".parse().unwrap();
    let row = desk.institutions().last().unwrap();
    assert_eq!((row.id, row.name.as_str(), row.holders), (house, "House Bank", Holders::Both));
    let methods: Vec<_> = desk.methods(house).unwrap().iter().map(|method| method.id.as_str()).collect();
    assert_eq!(methods, ["internet", "ussd", "business"]);
    // The password is that of the other scenarios where the file names none.
    let fields = typed("house_user", "pass_good");
    for at in [house, institution(ACCESS)] {
        let (challenge, conversation) =
            support::asked(support::begin(&desk, COMPANY, at, &fields).await.unwrap());
        assert_eq!(challenge.text, "Look at the wall");
        assert_eq!((challenge.resend_in_s, challenge.expires_in_s), (Some(5), None));
        let turn = support::answer(&desk, &conversation, "9090").await.unwrap();
        let granted = support::finish(&desk, turn).await.granted;
        let accounts = desk.accounts(&granted.access, Presence::Nobody).await.unwrap();
        assert_eq!(accounts[0].number, "9999999999");
        assert_eq!(granted.holder.identifiers[0].value, "22912345678");
        assert_eq!(granted.holder.identifiers[2].value, "2340001234567");
    }
    assert!(support::begin(&desk, COMPANY, house, &typed("user_good", "pass_good")).await.is_ok());
}

#[tokio::test]
async fn an_operators_file_may_have_a_password_of_its_own() {
    let own = SCENARIO.replacen("{", r#"{ "password": "wall","#, 1);
    let desk = with(&own, "[]").unwrap();
    for (username, password, is_right) in [
        ("house_user", "wall", true),
        ("house_user", "pass_good", false),
        ("user_good", "pass_good", true),
        ("user_good", "wall", false),
    ] {
        let turn = support::begin(&desk, COMPANY, institution(ACCESS), &typed(username, password)).await;
        assert_eq!(turn.is_ok(), is_right, "{username} {password}");
    }
}

#[test]
fn an_operators_files_add_and_never_replace() {
    let scenario = |from: &str, to: &str| with(&SCENARIO.replace(from, to), "[]").unwrap_err();
    let row =
        |from: &str, to: &str| with(r#"{ "scenarios": [] }"#, &INSTITUTION.replace(from, to)).unwrap_err();
    let cases = [
        (scenario("house_user", "user_good"), "scenario user_good, username: another scenario has the same"),
        (
            scenario("9999999999", "9901001001"),
            "scenario house_user, accounts[0].number: another account has the same",
        ),
        (row("aaaaaaaaaaaaaaaaaaaaaaaa", ACCESS), "institution house-bank, id: another row has the same"),
        (row("house-bank", "access-bank"), "institution access-bank, slug: another row has the same"),
        (row("ussd", "pigeon"), "institution house-bank, methods: internet, mobile or ussd"),
        (
            scenario(r#""1.00""#, r#""one""#),
            "scenario house_user, accounts[0].ledger: an amount is decimal text such as 1234.50",
        ),
        (
            scenario(r#""steps": ["#, r#""steps": ["own_page", "own_page", "#),
            "scenario house_user, steps: own_page once at most: the way back from it is good once",
        ),
    ];
    for (message, expected) in cases {
        assert_eq!(message, expected);
    }
    assert!(with("nonsense", "[]").unwrap_err().starts_with("sandbox/scenarios.json: expected "));
    assert!(with(SCENARIO, "{}").unwrap_err().starts_with("sandbox/institutions.json: invalid type"));
}

#[tokio::test]
async fn the_example_of_the_guide_works() {
    let guide = include_str!("../../../docs/sandbox.md");
    let (_, rest) = guide.split_once("```json\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let desk = with(example, "[]").unwrap();
    let fields = typed("house_user", "pass_good");
    let turn = support::begin(&desk, COMPANY, institution(ACCESS), &fields).await.unwrap();
    let played = support::finish(&desk, turn).await;
    assert_eq!((played.questions, played.polls, played.pages), (2, 3, 1));
}

const USERNAMES: [&str; 20] = [
    "user_good",
    "user_otp",
    "user_question",
    "user_pin",
    "user_device",
    "user_push",
    "user_redirect",
    "user_many",
    "user_single",
    "user_noaccounts",
    "user_noavailable",
    "user_ledgeronly",
    "user_low",
    "user_slow",
    "user_corporate",
    "user_expired",
    "error_flaky",
    "user_image",
    "user_choice",
    "user_restricted",
];

#[tokio::test]
async fn everybody_is_known_by_numbers_that_are_nobodys_and_that_the_guide_lists() {
    let guide = include_str!("../../../docs/sandbox.md");
    let desk = support::sandbox(&Arc::default());
    let (mut seen, mut missing) = (HashSet::new(), Vec::new());
    for username in USERNAMES {
        let known = identifiers(&desk, username).await;
        assert_eq!(known, identifiers(&desk, username).await);
        let kinds: Vec<_> = known.iter().map(|one| one.kind).collect();
        let [bvn, nin, phone, email] = [0, 1, 2, 3].map(|at: usize| known[at].value.as_str());
        assert_eq!(
            kinds,
            [IdentifierKind::Bvn, IdentifierKind::Nin, IdentifierKind::Phone, IdentifierKind::Email]
        );
        assert!(bvn.len() == 11 && bvn.starts_with("229"), "{bvn}");
        assert!(nin.len() == 11 && nin.starts_with("99"), "{nin}");
        assert!(phone.len() == 13 && phone.starts_with("234000"), "{phone}");
        assert_eq!(email, format!("{username}@customer.example"));
        for value in [bvn, nin, phone, email] {
            assert!(seen.insert(value.to_owned()), "{value} is not {username}'s alone");
        }
        let line = format!("| `{username}` | {bvn} | {nin} | {phone} |");
        if !guide.contains(&line) {
            missing.push(line);
        }
    }
    assert!(missing.is_empty(), "the guide lacks:\n{}", missing.join("\n"));
}
