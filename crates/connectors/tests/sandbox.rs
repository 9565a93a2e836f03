//! Every scenario of the sandbox, played to its end the way the server plays it.

#![allow(clippy::unwrap_used, reason = "clippy does not see that helpers of an integration test are tests")]

mod support;

use egusi_connectors::{Connector, ConnectorError, Conversation, Fault, Presence, ReportedAccount, Turn};
use egusi_ledger::Pending;
use egusi_protocol::{AvailableSource, Holders, ProblemCode, Secret, major_text};
use std::collections::HashSet;
use support::{ACCESS, COMPANY, Played, ZENITH, asked, institution, typed};

/// The same sandbox from the beginning: everything a conversation needs is in its bytes.
fn sandbox() -> egusi_connectors::Sandbox {
    support::sandbox(&std::sync::Arc::default())
}

async fn begin_at(at: &str, username: &str, password: &str) -> Result<Turn, ConnectorError> {
    support::begin(&sandbox(), COMPANY, institution(at), &typed(username, password)).await
}

async fn begin(username: &str) -> Turn {
    begin_at(ACCESS, username, "pass_good").await.unwrap()
}

async fn answer(conversation: &Conversation, text: &str) -> Result<Turn, ConnectorError> {
    support::answer(&sandbox(), conversation, text).await
}

async fn poll(conversation: &Conversation) -> Turn {
    sandbox().poll(conversation).await.unwrap()
}

async fn finish(turn: Turn) -> Played {
    support::finish(&sandbox(), turn).await
}

async fn accounts(username: &str) -> Vec<ReportedAccount> {
    let Played { granted, .. } = finish(begin(username).await).await;
    sandbox().accounts(&granted.access, Presence::Customer).await.unwrap()
}

#[tokio::test]
async fn every_scenario_that_signs_in_reaches_its_accounts() {
    for (username, questions, polls, count) in [
        ("user_good", 0, 0, 2),
        ("user_otp", 1, 0, 2),
        ("user_question", 2, 0, 2),
        ("user_pin", 1, 0, 2),
        ("user_device", 2, 0, 2),
        ("user_push", 0, 3, 2),
        ("user_redirect", 0, 0, 2),
        ("user_slow", 0, 8, 2),
        ("user_corporate", 0, 0, 2),
        ("user_image", 1, 0, 2),
        ("user_choice", 2, 0, 2),
        ("user_restricted", 0, 0, 3),
        ("user_many", 0, 0, 12),
        ("user_single", 0, 0, 1),
        ("user_noaccounts", 0, 0, 0),
        ("user_noavailable", 0, 0, 1),
        ("user_ledgeronly", 0, 0, 1),
        ("user_low", 0, 0, 1),
        ("user_expired", 0, 0, 1),
    ] {
        let Played { granted, questions: asked, polls: polled, pages } = finish(begin(username).await).await;
        assert_eq!((asked, polled), (questions, polls), "{username}");
        assert_eq!(pages, u32::from(username == "user_redirect"), "{username}");
        assert!(granted.holder.name.contains("Sample"), "{username}: {}", granted.holder.name);
        let kind = if username == "user_corporate" { Holders::Corporate } else { Holders::Individual };
        assert_eq!(granted.holder.kind, kind, "{username}");
        assert_eq!(granted.holder.person, format!("sandbox:{username}"));
        let accounts = sandbox().accounts(&granted.access, Presence::Customer).await.unwrap();
        assert_eq!(accounts.len(), count, "{username}");
        let numbers: HashSet<&str> = accounts.iter().map(|account| account.number.as_str()).collect();
        assert_eq!(numbers.len(), count, "{username} has two accounts of one number");
        for account in &accounts {
            assert!(account.number.len() == 10 && account.number.bytes().all(|digit| digit.is_ascii_digit()));
            assert!(account.reported.settle().is_ok(), "{username}: {}", account.name);
        }
    }
}

#[tokio::test]
async fn every_scenario_that_fails_says_whose_fault_it_is() {
    for (username, password, fault, code) in [
        ("user_locked", "pass_good", Fault::Customer, ProblemCode::AccountLocked),
        ("user_locked", "guess", Fault::Customer, ProblemCode::WrongCredentials),
        ("error_down", "pass_good", Fault::Institution, ProblemCode::InstitutionDown),
        ("error_down", "guess", Fault::Institution, ProblemCode::InstitutionDown),
        ("error_maintenance", "pass_good", Fault::Institution, ProblemCode::InstitutionMaintenance),
        ("error_maintenance", "guess", Fault::Institution, ProblemCode::InstitutionMaintenance),
        ("error_malformed", "pass_good", Fault::Institution, ProblemCode::InstitutionUnreadable),
        ("error_malformed", "guess", Fault::Institution, ProblemCode::InstitutionUnreadable),
    ] {
        let error = begin_at(ACCESS, username, password).await.unwrap_err();
        assert_eq!(
            (error.fault, error.problem.code, error.retry),
            (fault, code, None),
            "{username} {password}"
        );
    }
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_cannot_be_told_apart() {
    let wrong_password = begin_at(ACCESS, "user_good", "PASS_GOOD").await.unwrap_err();
    assert_eq!(wrong_password.fault, Fault::Customer);
    assert_eq!(wrong_password.problem.code, ProblemCode::WrongCredentials);
    for (username, password) in [("nobody", "pass_good"), ("nobody", "guess"), ("", ""), ("user_otp", "")] {
        assert_eq!(begin_at(ACCESS, username, password).await.unwrap_err(), wrong_password, "{username}");
    }
    let no_fields = support::begin(&sandbox(), COMPANY, institution(ACCESS), &[]).await.unwrap_err();
    assert_eq!(no_fields, wrong_password);
}

#[tokio::test]
async fn a_space_behind_the_username_is_forgiven() {
    let Played { granted, .. } = finish(begin("user_good ").await).await;
    assert_eq!(granted.holder.person, "sandbox:user_good");
}

#[tokio::test]
async fn waiting_shows_progress_until_the_last_poll() {
    let slow = ["Reaching your bank", "Signing in", "Your bank is taking its time", "Almost there"];
    let push = ["Approve in your bank's app"; 3];
    for (username, expected) in
        [("user_push", push.to_vec()), ("user_slow", slow.iter().flat_map(|text| [*text; 2]).collect())]
    {
        let mut seen = Vec::new();
        let mut turn = begin(username).await;
        while let Turn::Pending { text, retry_after_ms, conversation, .. } = turn {
            assert_eq!(retry_after_ms, 1000, "{username}");
            seen.push(text);
            turn = poll(&conversation).await;
        }
        assert!(matches!(turn, Turn::Granted(_)), "{username}");
        assert_eq!(seen, expected, "{username}");
    }
}

#[tokio::test]
async fn polling_the_same_state_twice_gives_the_same_turn() {
    let Turn::Pending { conversation, .. } = begin("user_push").await else { panic!("not pending") };
    let states = [poll(&conversation).await, poll(&conversation).await].map(|turn| match turn {
        Turn::Pending { conversation, .. } => conversation,
        other => panic!("{other:?}"),
    });
    assert_eq!(states[0], states[1]);
}

#[tokio::test]
async fn one_person_has_one_login_at_each_institution() {
    let here = finish(begin("user_good").await).await.granted;
    let there = finish(begin_at(ZENITH, "user_good", "pass_good").await.unwrap()).await.granted;
    let other = finish(begin("user_low").await).await.granted;
    assert_eq!(here.holder.person, there.holder.person);
    assert_ne!(here.holder.login, there.holder.login);
    assert_ne!(here.holder.login, other.holder.login);
    assert_ne!(here.holder.person, other.holder.person);
}

#[tokio::test]
async fn an_institution_that_is_down_answers_nobody_and_a_degraded_one_does() {
    let sandbox = sandbox();
    let named = |name: &str| sandbox.institutions().iter().find(|row| row.name == name).unwrap().id;
    let fields = typed("user_good", "pass_good");
    let error = support::begin(&sandbox, COMPANY, named("Egusi Down Bank"), &fields).await.unwrap_err();
    assert_eq!((error.fault, error.problem.code), (Fault::Institution, ProblemCode::InstitutionDown));
    assert!(matches!(
        support::begin(&sandbox, COMPANY, named("Egusi Degraded Bank"), &fields).await,
        Ok(Turn::Granted(_))
    ));
}

#[tokio::test]
async fn an_institution_that_is_not_served_is_our_own_mistake() {
    let error = begin_at("070707070707070707070707", "user_good", "pass_good").await.unwrap_err();
    assert_eq!((error.fault, error.problem.code), (Fault::Us, ProblemCode::Internal));
}

#[tokio::test]
async fn a_garbled_or_misplaced_state_is_our_own_mistake_and_no_panic() {
    let sandbox = sandbox();
    let (_, asking) = asked(begin("user_otp").await);
    let Turn::Pending { conversation: waiting, .. } = begin("user_push").await else { panic!("not pending") };
    let cut = asking.0[..asking.0.len() - 1].to_vec();
    let renamed = String::from_utf8(asking.0.clone()).unwrap().replace("user_otp", "user_gone").into_bytes();
    let mut errors = vec![
        sandbox.poll(&asking).await.unwrap_err(),
        sandbox.answer(&waiting, &Secret::new("123456".into())).await.unwrap_err(),
    ];
    for bytes in [Vec::new(), b"{}".to_vec(), vec![0xff; 64], cut, renamed] {
        let conversation = Conversation(bytes.clone());
        errors.push(sandbox.answer(&conversation, &Secret::new("123456".into())).await.unwrap_err());
        errors.push(sandbox.poll(&conversation).await.unwrap_err());
        errors.push(
            sandbox
                .accounts(&egusi_connectors::Access(bytes[..bytes.len().min(5)].to_vec()), Presence::Customer)
                .await
                .unwrap_err(),
        );
    }
    for error in errors {
        assert_eq!((error.fault, error.problem.code, error.retry), (Fault::Us, ProblemCode::Internal, None));
    }
}

#[tokio::test]
async fn no_secret_is_in_a_state_or_in_an_access() {
    let (_, first) = asked(begin("user_question").await);
    let (_, retry) = answer(&first, "hunter2").await.unwrap_err().retry.unwrap();
    let (_, second) = asked(answer(&retry, "lagos").await.unwrap());
    let Played { granted, .. } = finish(answer(&second, "amara").await.unwrap()).await;
    for bytes in [first.0, retry.0, second.0, granted.access.0] {
        let state = String::from_utf8(bytes).unwrap();
        for secret in ["pass_good", "hunter2", "lagos", "amara"] {
            assert!(!state.contains(secret), "{secret} is in {state}");
        }
    }
}

#[tokio::test]
async fn balances_are_known_derived_or_honestly_unknown() {
    for (username, ledger, available, source) in [
        ("user_good", "10045210.75", Some("10012345.67"), AvailableSource::Reported),
        ("user_noavailable", "250000.00", Some("219999.50"), AvailableSource::Derived),
        ("user_ledgeronly", "180450.20", None, AvailableSource::LedgerOnly),
        ("user_low", "1350.00", Some("350.00"), AvailableSource::Reported),
    ] {
        let account = accounts(username).await.remove(0);
        let balance = account.reported.settle().unwrap();
        let text = |minor| major_text(minor, account.currency.decimals());
        assert_eq!(balance.ledger.map(text).as_deref(), Some(ledger), "{username}");
        assert_eq!(balance.available.map(text).as_deref(), available, "{username}");
        assert_eq!(balance.source, source, "{username}");
    }
}

#[tokio::test]
async fn pending_transactions_are_summed_and_no_feed_is_no_list() {
    let account = accounts("user_noavailable").await.remove(0);
    assert_eq!(account.reported.available, None);
    assert_eq!(account.reported.pending, Pending::Complete { outgoing: 4_000_050, incoming: 1_000_000 });
    assert_eq!(accounts("user_ledgeronly").await[0].reported.pending, Pending::Unknown);
}

#[tokio::test]
async fn user_good_has_a_current_and_a_savings_account_in_naira() {
    let accounts = accounts("user_good").await;
    let seen: Vec<_> =
        accounts.iter().map(|account| (account.kind.as_str(), account.currency.code())).collect();
    assert_eq!(seen, [("Current", "NGN"), ("Savings", "NGN")]);
}

#[tokio::test]
async fn user_many_shows_every_oddity() {
    let accounts = accounts("user_many").await;
    let kinds: HashSet<&str> = accounts.iter().map(|account| account.kind.as_str()).collect();
    assert_eq!(kinds, HashSet::from(["Current", "Savings", "Investment", "Domiciliary"]));
    let currencies: HashSet<&str> = accounts.iter().map(|account| account.currency.code()).collect();
    assert_eq!(currencies, HashSet::from(["NGN", "USD", "GBP", "XOF", "KWD"]));
    let count = |holds: &dyn Fn(&ReportedAccount) -> bool| accounts.iter().filter(|row| holds(row)).count();
    assert_eq!(count(&|row| row.reported.ledger < Some(0)), 1, "one negative balance");
    assert_eq!(count(&|row| row.name.chars().count() == 80), 1, "one name of 80 characters");
    assert_eq!(count(&|row| row.name.chars().any(|letter| ('\u{600}'..='\u{6ff}').contains(&letter))), 1);
    let ledger = |code: &str| {
        accounts.iter().find(|row| row.currency.code() == code).and_then(|row| row.reported.ledger)
    };
    assert_eq!(ledger("XOF"), Some(425_000), "no decimals");
    assert_eq!(ledger("KWD"), Some(96_125), "three decimals");
}
