//! What tests and operators change about the sandbox: it lasts, and it is one company's own.

#![allow(clippy::unwrap_used, reason = "clippy does not see that helpers of an integration test are tests")]

mod support;

use egusi_connectors::sandbox::{
    AskedFor, EditError, MemoryBooks, NewAvailable, NewFigures, NewMovement, NewPerson, PersonKind, Volume,
};
use egusi_connectors::{Access, Connector, Fault, PendingList, Presence, ReportedAccount, Sandbox, Turn};
use egusi_ledger::{Balance, Pending};
use egusi_protocol::{AvailableSource, Holders, Problem, ProblemCode, Secret};
use std::sync::Arc;
use support::{ACCESS, COMPANY, OTHER_COMPANY, ZENITH, access, institution, sandbox, typed};

const NOW_MS: i64 = 1_800_000_000_000;
const CURRENT: &str = "9901001001";
const NO_AVAILABLE: &str = "9909001091";
const LEDGER_ONLY: &str = "9910001101";

async fn first_account(sandbox: &Sandbox, access: &Access) -> ReportedAccount {
    sandbox.accounts(access, Presence::Nobody).await.unwrap().remove(0)
}

fn balance(ledger: i64, available: Option<i64>, source: AvailableSource) -> Balance {
    Balance { ledger: Some(ledger), available, source }
}

fn figures(ledger: Option<i64>, available: Option<NewAvailable>) -> NewFigures {
    NewFigures { ledger, available }
}

fn movement(is_pending: bool, amount_minor: i64) -> NewMovement {
    NewMovement { is_pending, amount_minor, description: "Fuel".into(), at_ms: None }
}

fn person(username: &str) -> NewPerson {
    NewPerson {
        username: username.into(),
        password: Secret::new("open sesame".into()),
        name: "Faith Sample".into(),
        institutions: vec![institution(ACCESS)],
        kind: PersonKind::Individual,
        accounts: 3,
        volume: Volume::High,
        one_time_code: Secret::new("246810".into()),
        pin: Secret::new("4321".into()),
        token: Secret::new("13579".into()),
        asked_for: None,
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, EditError>) -> String {
    match result.unwrap_err() {
        EditError::Refused(text) => text,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[tokio::test]
async fn a_balance_set_by_hand_lasts_and_is_one_companys_own() {
    let books = Arc::new(MemoryBooks::default());
    let desk = sandbox(&books);
    let ours = access(&desk, COMPANY, ACCESS, "user_good").await;
    let theirs = access(&desk, OTHER_COMPANY, ACCESS, "user_good").await;
    let before = first_account(&desk, &theirs).await;
    let wanted = figures(Some(70_000), Some(NewAvailable::Is(65_000)));
    desk.set_balance(COMPANY.into(), CURRENT, wanted, NOW_MS).await.unwrap();
    let again = sandbox(&books);
    let account = first_account(&again, &ours).await;
    let expected = balance(70_000, Some(65_000), AvailableSource::Reported);
    assert_eq!(account.reported.settle().unwrap(), expected);
    assert_eq!(first_account(&again, &theirs).await, before);
}

#[tokio::test]
async fn what_is_posted_moves_both_figures_and_what_is_pending_neither_that_is_reported() {
    let desk = sandbox(&Arc::default());
    let access = access(&desk, COMPANY, ACCESS, "user_good").await;
    let before = first_account(&desk, &access).await.reported;
    desk.add_transaction(COMPANY.into(), CURRENT, movement(false, -500), NOW_MS).await.unwrap();
    desk.add_transaction(COMPANY.into(), CURRENT, movement(true, -9_900), NOW_MS).await.unwrap();
    let after = first_account(&desk, &access).await;
    assert_eq!(after.reported.ledger, before.ledger.map(|ledger| ledger - 500));
    assert_eq!(after.reported.available, before.available.map(|available| available - 500));
    assert_eq!(after.reported.pending, Pending::Complete { outgoing: 9_900, incoming: 0 });
    let PendingList::Complete(list) = after.pending else { panic!("{:?}", after.pending) };
    assert_eq!(list.iter().map(|one| (one.amount_minor, one.at_ms)).collect::<Vec<_>>(), [(-9_900, None)]);
}

#[tokio::test]
async fn pending_transactions_change_what_is_derived() {
    let desk = sandbox(&Arc::default());
    let access = access(&desk, COMPANY, ACCESS, "user_noavailable").await;
    desk.add_transaction(COMPANY.into(), NO_AVAILABLE, movement(true, -50), NOW_MS).await.unwrap();
    let account = first_account(&desk, &access).await;
    let derived = |available| balance(25_000_000, Some(available), AvailableSource::Derived);
    assert_eq!(account.reported.settle().unwrap(), derived(21_999_900));
    let PendingList::Complete(list) = account.pending else { panic!("{:?}", account.pending) };
    assert_eq!(list.len(), 4);
    desk.clear_pending(COMPANY.into(), NO_AVAILABLE).await.unwrap();
    let account = first_account(&desk, &access).await;
    assert_eq!(account.reported.settle().unwrap(), derived(25_000_000));
    assert_eq!(account.pending, PendingList::Complete(Vec::new()));
}

#[tokio::test]
async fn a_bank_can_stop_saying_what_is_available_and_get_a_pending_list() {
    let desk = sandbox(&Arc::default());
    let good = access(&desk, COMPANY, ACCESS, "user_good").await;
    let wanted = figures(None, Some(NewAvailable::NotReported));
    let account = desk.set_balance(COMPANY.into(), CURRENT, wanted, NOW_MS).await.unwrap();
    assert_eq!(account, first_account(&desk, &good).await);
    assert_eq!(account.reported.settle().unwrap().source, AvailableSource::LedgerOnly);
    let only = access(&desk, COMPANY, ACCESS, "user_ledgeronly").await;
    desk.add_transaction(COMPANY.into(), LEDGER_ONLY, movement(true, 20), NOW_MS).await.unwrap();
    let settled = first_account(&desk, &only).await.reported.settle().unwrap();
    assert_eq!(settled, balance(18_045_020, Some(18_045_040), AvailableSource::Derived));
}

#[tokio::test]
async fn a_pending_list_that_breaks_off_says_nothing() {
    let desk = sandbox(&Arc::default());
    let access = access(&desk, COMPANY, ACCESS, "user_noavailable").await;
    desk.break_pending(COMPANY.into(), NO_AVAILABLE, true).await.unwrap();
    let account = first_account(&desk, &access).await;
    assert_eq!((account.pending, account.reported.pending), (PendingList::Incomplete, Pending::Unknown));
    let mended = desk.break_pending(COMPANY.into(), NO_AVAILABLE, false).await.unwrap();
    assert_eq!(mended.reported.pending, Pending::Complete { outgoing: 4_000_050, incoming: 1_000_000 });
}

#[tokio::test]
async fn a_change_that_makes_no_sense_is_refused_by_field_and_changes_nothing() {
    let desk = sandbox(&Arc::default());
    let access = access(&desk, COMPANY, ACCESS, "user_good").await;
    let before = first_account(&desk, &access).await;
    let company = COMPANY.into();
    let set = |wanted| desk.set_balance(company, CURRENT, wanted, NOW_MS);
    let add = |movement| desk.add_transaction(company, CURRENT, movement, NOW_MS);
    let cases = [
        (
            refusal(set(figures(None, None)).await),
            "ledger: expected an amount here or in available, got neither",
        ),
        (
            refusal(set(figures(Some(i64::MIN), None)).await),
            "ledger: expected an amount whose change fits 64 bits, got -9223372036854775808",
        ),
        (refusal(add(movement(true, 0)).await), "amount: expected an amount that moves money, got 0"),
        (
            refusal(add(movement(false, i64::MAX)).await),
            "amount: expected figures that fit 64 bits of minor units, got more",
        ),
        (
            refusal(add(NewMovement { description: "  ".into(), ..movement(true, 1) }).await),
            "description: expected 1 to 200 characters, got 0",
        ),
        (
            refusal(add(NewMovement { at_ms: Some(NOW_MS + 1), ..movement(false, 1) }).await),
            "at: expected a time from 1970 until now, got another",
        ),
    ];
    for (got, expected) in cases {
        assert_eq!(got, expected);
    }
    assert_eq!(first_account(&desk, &access).await, before);
    let unknown = desk.set_balance(company, "1234567890", figures(Some(1), None), NOW_MS).await;
    assert_eq!(unknown.unwrap_err(), EditError::NotFound);
}

#[tokio::test]
async fn the_books_of_an_account_do_not_grow_for_ever() {
    let desk = sandbox(&Arc::default());
    for (is_pending, most) in [(true, 200), (false, 1000)] {
        for _ in 0..most {
            desk.add_transaction(COMPANY.into(), CURRENT, movement(is_pending, 1), NOW_MS).await.unwrap();
        }
        let text =
            refusal(desk.add_transaction(COMPANY.into(), CURRENT, movement(is_pending, 1), NOW_MS).await);
        assert!(text.starts_with(&format!("transactions: expected at most {most}")), "{text}");
    }
}

#[tokio::test]
async fn a_sign_in_is_wanted_until_the_customer_signs_in_at_that_institution_again() {
    let books = Arc::new(MemoryBooks::default());
    let desk = sandbox(&books);
    let here = access(&desk, COMPANY, ACCESS, "user_good").await;
    let there = access(&desk, COMPANY, ZENITH, "user_good").await;
    let theirs = access(&desk, OTHER_COMPANY, ACCESS, "user_good").await;
    desk.require_sign_in(COMPANY.into(), &desk.login(&here).unwrap()).await.unwrap();
    let desk = sandbox(&books);
    let error = desk.accounts(&here, Presence::Nobody).await.unwrap_err();
    assert_eq!((error.fault, error.problem.code), (Fault::Customer, ProblemCode::SignInNeeded));
    let error = desk.history(&here, CURRENT, 0, NOW_MS).await.unwrap_err();
    assert_eq!(error.problem, Problem::new(ProblemCode::SignInNeeded));
    for spared in [&there, &theirs] {
        assert!(desk.accounts(spared, Presence::Nobody).await.is_ok());
    }
    assert!(desk.accounts(&here, Presence::Customer).await.is_ok());
    let again = access(&desk, COMPANY, ACCESS, "user_good").await;
    for mended in [&here, &again] {
        assert!(desk.accounts(mended, Presence::Nobody).await.is_ok());
    }
}

#[tokio::test]
async fn user_expired_is_read_with_the_customer_and_never_without() {
    let desk = sandbox(&Arc::default());
    for _ in 0..2 {
        let access = access(&desk, COMPANY, ACCESS, "user_expired").await;
        assert!(desk.accounts(&access, Presence::Customer).await.is_ok());
        let error = desk.accounts(&access, Presence::Nobody).await.unwrap_err();
        assert_eq!((error.fault, error.problem.code), (Fault::Customer, ProblemCode::SignInNeeded));
        assert!(desk.history(&access, "9913001131", 0, NOW_MS).await.is_ok());
    }
}

#[tokio::test]
async fn an_access_from_before_companies_wants_a_new_sign_in() {
    let access = Access(br#"{"scenario":"user_good"}"#.to_vec());
    let error = sandbox(&Arc::default()).accounts(&access, Presence::Nobody).await.unwrap_err();
    assert_eq!((error.fault, error.problem.code), (Fault::Customer, ProblemCode::SignInNeeded));
}

#[tokio::test]
async fn a_person_signs_in_where_they_are_known_and_at_their_company_alone() {
    let books = Arc::new(MemoryBooks::default());
    let made = sandbox(&books).create_person(COMPANY.into(), person(" faith ")).await.unwrap();
    let desk = sandbox(&books);
    let begin = async |company: [u8; 12], at: &str, password: &str| {
        support::begin(&desk, company, institution(at), &typed("faith", password)).await
    };
    let Turn::Granted(granted) = begin(COMPANY, ACCESS, "open sesame").await.unwrap() else { panic!() };
    assert_eq!(granted.holder.name, "Faith Sample");
    let accounts = desk.accounts(&granted.access, Presence::Nobody).await.unwrap();
    assert_eq!((accounts.len(), &accounts), (3, &made.accounts));
    let history = desk.history(&granted.access, &accounts[1].number, 0, NOW_MS).await.unwrap();
    assert!(history.transactions.len() > 24 * 16, "{}", history.transactions.len());
    desk.set_balance(COMPANY.into(), &accounts[1].number, figures(Some(7), None), NOW_MS).await.unwrap();
    let accounts = desk.accounts(&granted.access, Presence::Nobody).await.unwrap();
    assert_eq!(accounts[1].reported.ledger, Some(7));
    for (company, at, password) in [
        (COMPANY, ACCESS, "pass_good"),
        (COMPANY, ZENITH, "open sesame"),
        (OTHER_COMPANY, ACCESS, "open sesame"),
    ] {
        let error = begin(company, at, password).await.unwrap_err();
        assert_eq!(error.problem.code, ProblemCode::WrongCredentials, "{at} {password}");
    }
}

#[tokio::test]
async fn a_person_is_known_by_numbers_of_their_own() {
    let desk = sandbox(&Arc::default());
    let mut values = Vec::new();
    for (company, username) in [(COMPANY, "Faith.É"), (COMPANY, "Faith.È"), (OTHER_COMPANY, "Faith.É")] {
        let made = desk.create_person(company.into(), person(username)).await.unwrap();
        let fields = typed(username, "open sesame");
        let turn = support::begin(&desk, company, institution(ACCESS), &fields).await.unwrap();
        let known = support::finish(&desk, turn).await.granted.holder.identifiers;
        assert_eq!(known, made.identifiers(), "told before the first sign-in as after it");
        assert!(known[0].value.starts_with("229") && known[0].value.len() == 11);
        let email = known[3].value.strip_suffix("@customer.example").unwrap();
        assert!(email.starts_with("faith---") && email.is_ascii(), "{email}");
        values.extend(known.into_iter().map(|one| one.value));
    }
    let distinct: std::collections::HashSet<_> = values.iter().collect();
    assert_eq!(distinct.len(), values.len(), "{values:?}");
}

#[tokio::test]
async fn a_person_needs_an_institution_that_serves_people() {
    let desk = sandbox(&Arc::default());
    let merchant = desk.institutions().iter().find(|row| row.holders == Holders::Corporate).unwrap().id;
    let new = |kind| NewPerson { kind, institutions: vec![merchant], ..person("faith") };
    let refused = refusal(desk.create_person(COMPANY.into(), new(PersonKind::Individual)).await);
    assert_eq!(refused, "institutions: expected institutions that serve persons, got one that does not");
    desk.create_person(COMPANY.into(), new(PersonKind::Corporate)).await.unwrap();
    let turn = support::begin(&desk, COMPANY, merchant, &typed("faith", "open sesame")).await.unwrap();
    assert_eq!(support::finish(&desk, turn).await.granted.holder.kind, Holders::Corporate);
}

#[tokio::test]
async fn a_person_is_asked_for_their_own_code() {
    for (asked_for, right) in
        [(AskedFor::OneTimeCode, "246810"), (AskedFor::Pin, "4321"), (AskedFor::Token, "13579")]
    {
        let desk = sandbox(&Arc::default());
        let new = NewPerson { asked_for: Some(asked_for), ..person("faith") };
        desk.create_person(COMPANY.into(), new).await.unwrap();
        let fields = typed("faith", "open sesame");
        let turn = support::begin(&desk, COMPANY, institution(ACCESS), &fields).await.unwrap();
        let Turn::Ask(challenge, conversation) = turn else { panic!("{turn:?}") };
        assert_eq!(usize::from(challenge.digits), right.len());
        assert!(desk.answer(&conversation, &Secret::new("000000".into())).await.is_err());
        let turn = desk.answer(&conversation, &Secret::new(right.into())).await.unwrap();
        assert!(matches!(turn, Turn::Granted(_)), "{asked_for:?}");
    }
}

#[tokio::test]
async fn persons_are_listed_and_found_and_a_username_is_given_once() {
    let desk = sandbox(&Arc::default());
    for username in ["joseph", "faith"] {
        desk.create_person(COMPANY.into(), person(username)).await.unwrap();
    }
    // What is noted about a scenario makes no person of it.
    let access = access(&desk, COMPANY, ACCESS, "user_good").await;
    desk.require_sign_in(COMPANY.into(), &desk.login(&access).unwrap()).await.unwrap();
    let persons = desk.persons(COMPANY.into()).await.unwrap();
    let usernames: Vec<_> = persons.iter().map(|person| person.made.username.as_str()).collect();
    assert_eq!(usernames, ["faith", "joseph"]);
    let found = desk.person_by_id(COMPANY.into(), persons[1].id).await.unwrap();
    assert_eq!(found.accounts, persons[1].accounts);
    assert_eq!(
        desk.person_by_id(OTHER_COMPANY.into(), persons[1].id).await.unwrap_err(),
        EditError::NotFound
    );
    assert_eq!(desk.person(OTHER_COMPANY.into(), "faith").await.unwrap_err(), EditError::NotFound);
    assert!(desk.persons(OTHER_COMPANY.into()).await.unwrap().is_empty());
    for username in ["faith", "user_good"] {
        let text = refusal(desk.create_person(COMPANY.into(), person(username)).await);
        assert_eq!(text, "username: expected one that nobody has, got one that is taken");
    }
}

#[tokio::test]
async fn a_person_who_could_not_sign_in_is_refused_by_field() {
    let desk = sandbox(&Arc::default());
    for (new, expected) in [
        (person("a b"), "username: expected 1 to 64 characters and no spaces, got some"),
        (person(" "), "username: expected 1 to 64 characters and no spaces, got 0"),
        (
            NewPerson { password: Secret::new(String::new()), ..person("a") },
            "password: expected 1 to 100 characters, got 0",
        ),
        (
            NewPerson { pin: Secret::new("12a4".into()), ..person("a") },
            "pin: expected 4 to 8 digits, got something else",
        ),
        (NewPerson { accounts: 6, ..person("a") }, "accounts: expected 1 to 5, got 6"),
        (NewPerson { institutions: Vec::new(), ..person("a") }, "institutions: expected 1 to 20, got 0"),
        (
            NewPerson { institutions: vec![[7; 12].into()], ..person("a") },
            "institutions: expected ids of institutions on the list, got 070707070707070707070707",
        ),
    ] {
        assert_eq!(refusal(desk.create_person(COMPANY.into(), new).await), expected);
    }
    assert!(desk.persons(COMPANY.into()).await.unwrap().is_empty());
}
