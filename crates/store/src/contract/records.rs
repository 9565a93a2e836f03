//! Promises about records: what a refresh finds, and what it writes.

use super::samples::{
    NOON_MS, account, connection, hash, id, look, new_reading, others, query, reading, scope, update, visit,
};
use crate::{
    AccountRow, FullAccount, FullRecord, NewConnection, NewTransactions, Reading, RecordRow, RecordUpdate,
    Rule, Store, StoreError, WatchChange,
};
use egusi_protocol::{Currency, RecordStatus};
use std::sync::Arc;

/// One shared account with a balance, one that is not shared, and all that a host may say.
fn said_much() -> NewConnection {
    let mut private = account(11, reading(NOON_MS, 0));
    private.connected = false;
    private.balance = None;
    let mut connection = connection(10, vec![private, account(10, reading(NOON_MS, 500))]);
    connection.record.app = Some(id(600));
    connection.record.endpoint = Some(id(700));
    connection.record.options = r#"{"order":"A-1"}"#.to_owned();
    connection.record.meta = r#"["anything"]"#.to_owned();
    connection
}

/// What [`said_much`] leaves.
fn much() -> FullRecord {
    let row = RecordRow {
        id: id(10),
        customer: id(10),
        customer_name: "Customer 10".to_owned(),
        institution: id(500),
        products: "auth balance".to_owned(),
        app: Some(id(600)),
        endpoint: Some(id(700)),
        options: r#"{"order":"A-1"}"#.to_owned(),
        meta: r#"["anything"]"#.to_owned(),
        status: RecordStatus::Ok,
        consent_until_ms: NOON_MS + 90 * 86_400_000,
        revoked_at_ms: None,
        created_at_ms: NOON_MS,
        updated_at_ms: NOON_MS,
    };
    let account = |number: u32, is_shared: bool| FullAccount {
        row: AccountRow {
            id: id(number),
            name: format!("Account {number}"),
            number: format!("{number:010}"),
            kind: "Savings".to_owned(),
            currency: Currency::NGN,
            connected: is_shared,
            customer: id(10),
            customer_name: "Customer 10".to_owned(),
            record: id(10),
            institution: id(500),
            balance: is_shared.then(|| id(number)),
            threshold_minor: None,
            created_at_ms: NOON_MS,
            updated_at_ms: NOON_MS,
        },
        key: hash(number),
        current: is_shared.then(|| reading(NOON_MS, 500)),
        watches: vec![],
    };
    FullRecord {
        row,
        version: 1,
        access: b"sealed access".to_vec(),
        accounts: vec![account(10, true), account(11, false)],
    }
}

/// Everything that the sign-in left is there, the sealed access too.
pub async fn a_record_comes_with_all_that_a_refresh_needs(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, said_much()).await.unwrap();
    visit(&*store, scope(), 2, connection(20, vec![account(20, reading(NOON_MS, 1))])).await.unwrap();
    assert_eq!(store.full_record(scope(), id(10)).await, Ok(much()));
}

/// Somebody else's record is a missing one, whatever is to be done with it.
pub async fn a_record_is_found_in_its_own_scope_only(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, said_much()).await.unwrap();
    for scope in others() {
        assert_eq!(store.full_record(scope, id(10)).await, Err(StoreError::NotFound));
        assert_eq!(store.update_record(scope, update(10, 1)).await, Err(StoreError::NotFound));
    }
    assert_eq!(store.full_record(scope(), id(99)).await, Err(StoreError::NotFound));
    assert_eq!(store.update_record(scope(), update(99, 1)).await, Err(StoreError::NotFound));
    assert_eq!(store.full_record(scope(), id(10)).await, Ok(much()));
}

/// The status, a new access, readings of a known balance and of one that begins with them.
pub async fn an_update_writes_what_a_look_brought(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, said_much()).await.unwrap();
    let [later, latest] = [1_000, 5_000].map(|after_ms| reading(NOON_MS + after_ms, after_ms));
    let written = RecordUpdate {
        status: RecordStatus::SignInNeeded,
        access: Some(b"newer access".to_vec()),
        readings: vec![new_reading(10, &[later, latest]), new_reading(11, &[latest])],
        ..update(10, 1)
    };
    store.update_record(scope(), written).await.unwrap();
    let mut expected = much();
    expected.version = 2;
    expected.access = b"newer access".to_vec();
    expected.row.status = RecordStatus::SignInNeeded;
    expected.row.updated_at_ms = NOON_MS + 5_000;
    expected.accounts[1].row.balance = Some(id(11));
    expected.accounts.iter_mut().for_each(|account| account.current = Some(latest));
    assert_eq!(store.full_record(scope(), id(10)).await, Ok(expected));
    let known = store.balance(scope(), id(10), true).await.unwrap();
    assert_eq!(known.readings, [reading(NOON_MS, 500), later, latest]);
    assert_eq!((known.current, known.record_status), (latest, RecordStatus::SignInNeeded));
    let new = store.balance(scope(), id(11), true).await.unwrap();
    assert_eq!((new.readings, new.created_at_ms), (vec![latest], NOON_MS + 5_000));
    // A look that brings no new access leaves the one that is there.
    store.update_record(scope(), update(10, 2)).await.unwrap();
    let after = store.full_record(scope(), id(10)).await.unwrap();
    assert_eq!((after.version, after.row.status), (3, RecordStatus::Ok));
    assert_eq!(after.access, b"newer access");
}

/// Of two looks at once the slower one reads again; what it brought is not half written.
pub async fn an_update_of_an_older_version_changes_nothing(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, said_much()).await.unwrap();
    store.update_record(scope(), update(10, 1)).await.unwrap();
    let before = store.full_record(scope(), id(10)).await.unwrap();
    for version in [0, 1, 3] {
        let late = RecordUpdate {
            status: RecordStatus::SignInNeeded,
            readings: vec![new_reading(11, &[reading(NOON_MS, 1)])],
            ..update(10, version)
        };
        assert_eq!(store.update_record(scope(), late).await, Err(StoreError::Conflict));
    }
    assert_eq!(store.full_record(scope(), id(10)).await, Ok(before));
    // A customer who signed in again in the meantime has moved it on as well.
    visit(&*store, scope(), 2, said_much()).await.unwrap();
    assert_eq!(store.update_record(scope(), update(10, 2)).await, Err(StoreError::Conflict));
    assert_eq!(store.update_record(scope(), update(10, 3)).await, Ok(()));
}

/// A look is at the accounts of its record; what it says of others, known or not, is refused.
pub async fn an_update_about_another_records_account_changes_nothing(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, said_much()).await.unwrap();
    visit(&*store, scope(), 2, connection(20, vec![account(20, reading(NOON_MS, 1))])).await.unwrap();
    let read = reading(NOON_MS + 1, 1);
    let good = new_reading(10, &[read]);
    for number in [20, 99] {
        let about = [
            RecordUpdate { readings: vec![good.clone(), new_reading(number, &[read])], ..update(10, 1) },
            RecordUpdate {
                readings: vec![good.clone()],
                transactions: vec![NewTransactions { account: id(number), pending: None, posted: vec![] }],
                ..update(10, 1)
            },
            RecordUpdate {
                readings: vec![good.clone()],
                watches: vec![WatchChange {
                    account: id(number),
                    rule: Rule::Account,
                    is_low: true,
                    crossings: 1,
                }],
                ..update(10, 1)
            },
        ];
        for wrong in about {
            assert_eq!(store.update_record(scope(), wrong).await, Err(StoreError::NotFound));
        }
    }
    let another_balance = RecordUpdate {
        readings: vec![crate::NewReading { balance: id(90), ..good.clone() }],
        ..update(10, 1)
    };
    assert_eq!(store.update_record(scope(), another_balance).await, Err(StoreError::Conflict));
    assert_eq!(store.full_record(scope(), id(10)).await, Ok(much()));
    assert_eq!(store.balance(scope(), id(10), true).await.unwrap().readings.len(), 1);
}

/// Its history stays, and it is shared no more; the others are as they were.
pub async fn an_account_that_a_look_does_not_find_is_not_shared(store: Arc<dyn Store>) {
    let accounts = [10, 11].map(|number| account(number, reading(NOON_MS, 1)));
    visit(&*store, scope(), 1, connection(10, accounts.to_vec())).await.unwrap();
    let mut gone = new_reading(10, &[]);
    gone.still_listed = false;
    let read = new_reading(11, &[reading(NOON_MS + 1, 2)]);
    look(&*store, RecordUpdate { readings: vec![gone, read], ..update(10, 1) }).await.unwrap();
    let shared = store.full_record(scope(), id(10)).await.unwrap().accounts;
    let shared: Vec<_> = shared.iter().map(|one| (one.row.connected, one.row.updated_at_ms)).collect();
    assert_eq!(shared, [(false, NOON_MS + 5_000), (true, NOON_MS)]);
    assert_eq!(store.balance(scope(), id(10), true).await.unwrap().current, reading(NOON_MS, 1));
}

/// A look that finds nothing about an account that was never read makes no balance of nothing.
pub async fn no_reading_makes_no_balance(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, said_much()).await.unwrap();
    look(&*store, RecordUpdate { readings: vec![new_reading(11, &[])], ..update(10, 1) }).await.unwrap();
    assert_eq!(store.balance(scope(), id(11), true).await, Err(StoreError::NotFound));
    assert_eq!(store.known_connection(scope(), query(10)).await.unwrap().accounts[1].balance, None);
}

/// Whoever signs in again mends the record and takes what the host says now.
pub async fn a_returning_customer_makes_the_record_well_again(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, said_much()).await.unwrap();
    let broken = RecordUpdate { status: RecordStatus::SignInNeeded, ..update(10, 1) };
    store.update_record(scope(), broken).await.unwrap();
    let mut again = said_much();
    again.at_ms = NOON_MS + 9_000;
    again.record.app = None;
    again.record.endpoint = Some(id(701));
    again.record.options = "{}".to_owned();
    again.record.meta = "7".to_owned();
    again.record.products = "auth".to_owned();
    visit(&*store, scope(), 2, again).await.unwrap();
    let found = store.full_record(scope(), id(10)).await.unwrap();
    let expected = RecordRow {
        app: None,
        endpoint: Some(id(701)),
        options: "{}".to_owned(),
        meta: "7".to_owned(),
        products: "auth".to_owned(),
        updated_at_ms: NOON_MS + 9_000,
        ..much().row
    };
    assert_eq!((found.row, found.version), (expected, 3));
}

/// The store finds records by their options, so it does not take any that it cannot read.
pub async fn options_that_are_no_object_are_refused(store: Arc<dyn Store>) {
    for options in ["", "[]", "7", "{"] {
        let mut wrong = said_much();
        wrong.record.options = options.to_owned();
        let refused = visit(&*store, scope(), 1, wrong).await;
        assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{options}");
    }
    assert_eq!(store.full_record(scope(), id(10)).await, Err(StoreError::NotFound));
}

/// Every kind of reading comes back as it was written, whichever way it came.
pub async fn what_is_known_beside_the_figures_is_kept(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, connection(10, vec![account(10, detailed(1))])).await.unwrap();
    look(&*store, RecordUpdate { readings: vec![new_reading(10, &[detailed(2)])], ..update(10, 1) })
        .await
        .unwrap();
    let row = store.balance(scope(), id(10), true).await.unwrap();
    assert_eq!(row.readings, [detailed(1), detailed(2)]);
    assert_eq!(row.current, detailed(2));
    look(
        &*store,
        RecordUpdate { readings: vec![new_reading(10, &[reading(NOON_MS + 2, 5)])], ..update(10, 1) },
    )
    .await
    .unwrap();
    let row = store.balance(scope(), id(10), true).await.unwrap();
    assert_eq!(row.readings, [detailed(1), reading(NOON_MS + 2, 5)]);
    assert_eq!(row.current, reading(NOON_MS + 2, 5));
}

/// A reading of which each figure is another.
fn detailed(after_ms: i64) -> Reading {
    let detail = crate::ReadingDetail {
        basis: egusi_protocol::Basis::Closing,
        is_stale: true,
        pending_out_minor: Some(after_ms * 10 + 3),
        pending_in_minor: Some(after_ms * 10 + 4),
        limit_minor: Some(after_ms * 10 + 5),
        minimum_minor: Some(after_ms * 10 + 6),
    };
    Reading { detail, ..reading(NOON_MS + after_ms, after_ms * 1_000) }
}
