//! What the sandbox tells of the past: the same rows whenever it is asked, and books that add up.

#![allow(clippy::unwrap_used, reason = "clippy does not see that helpers of an integration test are tests")]

mod support;

use egusi_connectors::sandbox::{NewFigures, NewMovement};
use egusi_connectors::{Access, Connector, Fault, History, Presence, ReportedAccount, Sandbox};
use egusi_protocol::ProblemCode;
use std::collections::HashSet;
use std::sync::Arc;
use support::{ACCESS, COMPANY, access, institution, sandbox};

/// 2027-01-15 08:00 UTC.
const NOW_MS: i64 = 1_800_000_000_000;
const DAY_MS: i64 = 86_400_000;

async fn all_of(sandbox: &Sandbox, access: &Access, number: &str) -> History {
    sandbox.history(access, number, i64::MIN, NOW_MS).await.unwrap()
}

async fn signed_in(username: &str) -> (Sandbox, Access, Vec<ReportedAccount>) {
    let sandbox = sandbox(&Arc::default());
    let access = access(&sandbox, COMPANY, ACCESS, username).await;
    let accounts = sandbox.accounts(&access, Presence::Customer).await.unwrap();
    (sandbox, access, accounts)
}

#[tokio::test]
async fn every_account_has_two_years_of_movements_that_come_out_the_same() {
    for username in ["user_good", "user_many", "user_noavailable", "user_ledgeronly", "user_low"] {
        let (here, access, accounts) = signed_in(username).await;
        let there = sandbox(&Arc::default());
        for ReportedAccount { number, .. } in accounts {
            let told = all_of(&here, &access, &number).await;
            assert_eq!(told, all_of(&there, &access, &number).await, "{number}");
            let ids: HashSet<_> = told.transactions.iter().map(|one| &one.id).collect();
            assert_eq!(ids.len(), told.transactions.len(), "{number}");
            assert!(told.transactions.is_sorted_by_key(|one| one.at_ms), "{number}");
            let last_ms = told.transactions.last().unwrap().at_ms.unwrap();
            let first_ms = told.transactions[0].at_ms.unwrap();
            assert!(last_ms <= NOW_MS && NOW_MS - last_ms < 31 * DAY_MS, "{number}");
            assert!((700 * DAY_MS..762 * DAY_MS).contains(&(NOW_MS - first_ms)), "{number}");
            let credits = told.transactions.iter().filter(|one| one.amount_minor > 0).count();
            assert_eq!(credits, 24, "{number}: one a month, and this month's is not yet due");
            assert!(told.transactions.iter().all(|one| one.amount_minor != 0 && !one.description.is_empty()));
            for month in told.transactions.chunk_by(|one, next| one.id[..17] == next.id[..17]) {
                let debits = month.iter().filter(|one| one.amount_minor < 0).count();
                assert!(debits <= 20, "{number}: {debits}");
            }
        }
    }
}

#[tokio::test]
async fn the_books_run_back_from_what_they_say_now() {
    let (sandbox, access, accounts) = signed_in("user_many").await;
    for account in accounts {
        let told = all_of(&sandbox, &access, &account.number).await;
        assert_eq!(told.closings.len(), 24, "{}", account.number);
        // The last millisecond of December 2026, UTC.
        assert_eq!(told.closings[23].at_ms, 1_798_761_599_999);
        let mut ledger = account.reported.ledger.unwrap();
        let mut later = told.transactions.iter().rev().peekable();
        for closing in told.closings.iter().rev() {
            while let Some(one) = later.next_if(|one| one.at_ms.unwrap() > closing.at_ms) {
                ledger -= one.amount_minor;
            }
            assert_eq!(closing.ledger_minor, ledger, "{} at {}", account.number, closing.at_ms);
        }
        let levels: HashSet<_> = told.closings.iter().map(|closing| closing.ledger_minor).collect();
        assert!(levels.len() > 12, "{}: a flat line shows nothing", account.number);
    }
}

#[tokio::test]
async fn amounts_are_of_the_size_of_the_account_whatever_its_decimals() {
    let (sandbox, access, accounts) = signed_in("user_many").await;
    for account in accounts.iter().filter(|account| ["XOF", "KWD", "NGN"].contains(&account.currency.code()))
    {
        let held =
            account.reported.ledger.unwrap().abs().max(100 * 10i64.pow(account.currency.decimals().into()));
        for one in all_of(&sandbox, &access, &account.number).await.transactions {
            assert!(one.amount_minor.abs() <= held, "{}: {}", account.currency, one.amount_minor);
        }
    }
}

#[tokio::test]
async fn no_two_accounts_have_the_same_days() {
    let (sandbox, access, accounts) = signed_in("user_many").await;
    let mut days = HashSet::new();
    for ReportedAccount { number, .. } in &accounts {
        let told = all_of(&sandbox, &access, number).await;
        days.insert(told.transactions.iter().map(|one| one.at_ms).collect::<Vec<_>>());
    }
    assert_eq!(days.len(), accounts.len());
}

#[tokio::test]
async fn a_window_shows_its_own_rows_and_no_others() {
    let (sandbox, access, accounts) = signed_in("user_good").await;
    let number = &accounts[0].number;
    let whole = all_of(&sandbox, &access, number).await;
    let from_ms = whole.transactions[whole.transactions.len() / 2].at_ms.unwrap();
    let half = sandbox.history(&access, number, from_ms, NOW_MS).await.unwrap();
    let expected: Vec<_> = whole.transactions.iter().filter(|one| one.at_ms >= Some(from_ms)).collect();
    assert_eq!(half.transactions.iter().collect::<Vec<_>>(), expected);
    let expected: Vec<_> = whole.closings.iter().filter(|one| one.at_ms >= from_ms).collect();
    assert_eq!(half.closings.iter().collect::<Vec<_>>(), expected);
    // The same rows a month later, and new ones.
    let later = sandbox.history(&access, number, from_ms, NOW_MS + 31 * DAY_MS).await.unwrap();
    assert_eq!(later.transactions[..half.transactions.len()], half.transactions);
    assert!(later.transactions.len() > half.transactions.len());
    for (from_ms, until_ms) in [(NOW_MS, 0), (i64::MAX, i64::MIN), (NOW_MS, NOW_MS - 1)] {
        let none = sandbox.history(&access, number, from_ms, until_ms).await.unwrap();
        assert_eq!(none, History::default(), "{from_ms} to {until_ms}");
    }
    assert!(sandbox.history(&access, number, i64::MIN, i64::MAX).await.is_ok());
}

#[tokio::test]
async fn what_is_posted_and_set_by_hand_is_in_the_past_as_well() {
    let (sandbox, access, accounts) = signed_in("user_good").await;
    let number = &accounts[0].number;
    let before = all_of(&sandbox, &access, number).await;
    let movement = NewMovement {
        is_pending: false,
        amount_minor: -1_250,
        description: " Bread ".into(),
        at_ms: Some(NOW_MS - 100 * DAY_MS),
    };
    let added = sandbox.add_transaction(COMPANY.into(), number, movement, NOW_MS).await.unwrap();
    assert_eq!((added.description.as_str(), added.at_ms), ("Bread", Some(NOW_MS - 100 * DAY_MS)));
    let figures = NewFigures { ledger: Some(50_000), available: None };
    let account = sandbox.set_balance(COMPANY.into(), number, figures, NOW_MS).await.unwrap();
    assert_eq!(account.reported.ledger, Some(50_000));
    let after = all_of(&sandbox, &access, number).await;
    let adjusting = after.transactions.last().unwrap();
    let was = accounts[0].reported.ledger.unwrap();
    assert_eq!((adjusting.at_ms, adjusting.amount_minor), (Some(NOW_MS), 50_000 - (was - 1_250)));
    assert_eq!(after.transactions.len(), before.transactions.len() + 2);
    assert!(after.transactions.contains(&added));
    // Before the bread nothing is different; after it the books say 12.50 less.
    for (one, other) in before.closings.iter().zip(&after.closings) {
        let less = if one.at_ms >= NOW_MS - 100 * DAY_MS { 1_250 } else { 0 };
        assert_eq!(one.ledger_minor - other.ledger_minor, less, "{}", one.at_ms);
    }
}

#[tokio::test]
async fn a_number_that_the_sign_in_does_not_show_has_no_history() {
    let (sandbox, access, _) = signed_in("user_good").await;
    for number in ["9902001011", "", "9999999999"] {
        let error = sandbox.history(&access, number, 0, NOW_MS).await.unwrap_err();
        assert_eq!((error.fault, error.problem.code), (Fault::Customer, ProblemCode::NoAccounts), "{number}");
    }
}

#[tokio::test]
async fn an_institution_that_delivers_no_transactions_tells_closings_alone() {
    let sandbox = sandbox(&Arc::default());
    let lacking = sandbox.institutions().iter().find(|row| !row.lacks.is_empty()).unwrap().id;
    let access = access(&sandbox, COMPANY, &lacking.to_string(), "user_good").await;
    let told = all_of(&sandbox, &access, "9901001001").await;
    assert_eq!((told.transactions.len(), told.closings.len()), (0, 24));
}

#[tokio::test]
async fn every_institution_tells_what_it_can() {
    let sandbox = sandbox(&Arc::default());
    let abilities = sandbox.abilities(institution(ACCESS)).unwrap();
    assert!(abilities.pending && abilities.transactions && abilities.history_days == 730);
    assert_eq!(sandbox.abilities([7; 12].into()), None);
}
