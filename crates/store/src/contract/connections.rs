//! Promises about what finished sign-ins leave.

use super::endpoints::made;
use super::events::{claim, event, settled};
use super::samples::{
    NOON_MS, account, advance, connection, hash, id, query, reading, scope, session, visit,
};
use crate::{
    BalanceRow, Filter, KnownAccount, KnownConnection, KnownQuery, NewAccount, NewConnection, NextTry, Page,
    Scope, Store, StoreError,
};
use egusi_protocol::{Currency, Environment};
use std::sync::Arc;

const ALL: Page = Page::numbered(1, 100);

/// One shared account with a balance, one that is not shared.
fn two_accounts(number: u32) -> NewConnection {
    let mut private = account(number + 1, reading(NOON_MS, 0));
    private.connected = false;
    private.balance = None;
    connection(number, vec![account(number, reading(NOON_MS, 500_000)), private])
}

/// What [`two_accounts`] leaves to be known.
fn known_two_accounts(number: u32) -> KnownConnection {
    KnownConnection {
        is_revoked: false,
        customer: Some(id(number)),
        record: Some(id(number)),
        accounts: vec![
            KnownAccount { key: hash(number), id: id(number), balance: Some(id(number)), watches: vec![] },
            KnownAccount { key: hash(number + 1), id: id(number + 1), balance: None, watches: vec![] },
        ],
    }
}

/// A first visit finds nothing to take ids from.
pub async fn nothing_is_known_of_a_newcomer(store: Arc<dyn Store>) {
    assert_eq!(store.known_connection(scope(), query(1)).await, Ok(KnownConnection::default()));
}

/// After one verb the session is over, everything is known, and the balance is told.
pub async fn a_finished_session_leaves_everything(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, two_accounts(10)).await.unwrap();
    assert_eq!(store.session(hash(1)).await.unwrap().body, b"done");
    assert_eq!(store.known_connection(scope(), query(10)).await, Ok(known_two_accounts(10)));
    let expected = BalanceRow {
        id: id(10),
        account: id(10),
        account_name: "Account 10".to_owned(),
        account_number: "0000000010".to_owned(),
        currency: Currency::NGN,
        connected: true,
        customer: id(10),
        customer_name: "Customer 10".to_owned(),
        record: id(10),
        record_status: egusi_protocol::RecordStatus::Ok,
        institution: id(500),
        created_at_ms: NOON_MS,
        current: reading(NOON_MS, 500_000),
        readings: vec![reading(NOON_MS, 500_000)],
    };
    assert_eq!(store.balance(scope(), id(10), true).await.as_ref(), Ok(&expected));
    let listed = store.balances(scope(), Filter::of_customer(id(10)), ALL, true).await.unwrap();
    assert_eq!((listed.rows, listed.total), (vec![expected], 1));
}

/// Of that very connection, the endpoint it had before hears too; of later ones it does not.
pub async fn an_endpoint_hears_of_the_connection_that_names_another(store: Arc<dyn Store>) {
    made(&*store, 1, false).await;
    made(&*store, 2, false).await;
    let told = async |number: u32, endpoint: Option<u32>| {
        let mut connection = two_accounts(10);
        connection.record.endpoint = endpoint.map(id);
        connection.events = vec![event(number, Some(10), endpoint)];
        visit(&*store, scope(), number, connection).await.unwrap();
        let due = claim(&*store, NOON_MS).await;
        for one in &due {
            store.settle_delivery(scope(), settled(one, NOON_MS, NextTry::Delivered)).await.unwrap();
        }
        due.iter().map(|one| (one.event.id, one.endpoint.id)).collect::<Vec<_>>()
    };
    assert_eq!(told(1, Some(1)).await, [(id(1), id(1))]);
    assert_eq!(told(2, Some(2)).await, [(id(2), id(1)), (id(2), id(2))]);
    assert_eq!(told(3, Some(2)).await, [(id(3), id(2))]);
    assert_eq!(told(4, None).await, [(id(4), id(2))]);
    assert_eq!(told(5, Some(1)).await, [(id(5), id(1))]);
}

/// The second visit brings new words and a new reading under the ids of the first.
pub async fn a_returning_customer_keeps_their_ids_and_news_is_written(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, two_accounts(10)).await.unwrap();
    let later_ms = NOON_MS + 1_000;
    let mut again = connection(10, vec![account(10, reading(later_ms, 600_000))]);
    again.at_ms = later_ms;
    again.customer.name = "Married Name".to_owned();
    again.record.access = b"newer access".to_vec();
    again.accounts[0].name = "Renamed".to_owned();
    again.accounts[0].number = "9999999999".to_owned();
    visit(&*store, scope(), 2, again).await.unwrap();
    assert_eq!(store.known_connection(scope(), query(10)).await, Ok(known_two_accounts(10)));
    let row = store.balance(scope(), id(10), true).await.unwrap();
    assert_eq!(row.customer_name, "Married Name");
    assert_eq!((row.account_name.as_str(), row.account_number.as_str()), ("Renamed", "9999999999"));
    assert_eq!(row.created_at_ms, NOON_MS);
    assert_eq!(row.readings, [reading(NOON_MS, 500_000), reading(later_ms, 600_000)]);
}

/// Its balance stays readable as history, but says that it is not shared any more.
pub async fn an_account_that_is_not_listed_any_more_is_not_shared(store: Arc<dyn Store>) {
    let accounts = [10, 11, 12].map(|number| account(number, reading(NOON_MS, 1)));
    visit(&*store, scope(), 1, connection(10, accounts.to_vec())).await.unwrap();
    let [listed, mut unticked, _gone] = accounts;
    unticked.connected = false;
    unticked.balance = None;
    visit(&*store, scope(), 2, connection(10, vec![listed, unticked])).await.unwrap();
    for (number, connected) in [(10, true), (11, false), (12, false)] {
        assert_eq!(store.balance(scope(), id(number), true).await.unwrap().connected, connected, "{number}");
    }
    assert_eq!(store.known_connection(scope(), query(10)).await.unwrap().accounts.len(), 3);
}

/// Where nobody was asked about an account, its row stays, shared or not; a new one is written.
pub async fn an_account_that_is_left_stays_as_it_is(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, two_accounts(10)).await.unwrap();
    let accounts = [10, 11, 12].map(|number| NewAccount {
        name: "Renamed".to_owned(),
        connected: false,
        is_left: true,
        balance: None,
        ..account(number, reading(NOON_MS, 1))
    });
    visit(&*store, scope(), 2, connection(10, accounts.to_vec())).await.unwrap();
    let rows = store.accounts(scope(), Filter::of_record(id(10)), ALL).await.unwrap().rows;
    let mut found: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.connected)).collect();
    found.sort_unstable();
    assert_eq!(found, [("Account 10", true), ("Account 11", false), ("Renamed", false)]);
}

/// An account that was not shared at first gets its balance when it is.
pub async fn a_balance_may_come_at_a_later_visit(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, two_accounts(10)).await.unwrap();
    assert_eq!(store.balance(scope(), id(11), true).await, Err(StoreError::NotFound));
    let accounts = [10, 11].map(|number| account(number, reading(NOON_MS + 1, 2)));
    let mut later = connection(10, accounts.to_vec());
    later.at_ms = NOON_MS + 1;
    visit(&*store, scope(), 2, later).await.unwrap();
    let row = store.balance(scope(), id(11), true).await.unwrap();
    assert_eq!((row.created_at_ms, row.connected), (NOON_MS + 1, true));
    let known = store.known_connection(scope(), query(10)).await.unwrap();
    assert_eq!(known.accounts[1].balance, Some(id(11)));
}

/// Two sign-ins of one person are two records of one customer, even with the same account in both.
pub async fn one_person_may_have_several_records(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, connection(10, vec![account(10, reading(NOON_MS, 1))])).await.unwrap();
    let mut second = connection(20, vec![account(20, reading(NOON_MS, 2))]);
    second.customer = connection(10, vec![]).customer;
    second.accounts[0].key = hash(10);
    visit(&*store, scope(), 2, second).await.unwrap();
    assert_eq!(store.balances(scope(), Filter::of_customer(id(10)), ALL, true).await.unwrap().total, 2);
    let mixed = KnownQuery { customer: hash(10), record: hash(20) };
    let known = store.known_connection(scope(), mixed).await.unwrap();
    assert_eq!((known.customer, known.record), (Some(id(10)), Some(id(20))));
    assert_eq!(
        known.accounts,
        [KnownAccount { key: hash(10), id: id(20), balance: Some(id(20)), watches: vec![] }]
    );
}

/// An answer that comes too late writes nothing, and neither does one for nobody's session.
pub async fn a_session_that_moved_on_leaves_nothing(store: Arc<dyn Store>) {
    store.open_session(session(scope(), 1)).await.unwrap();
    store.claim_session(hash(1), NOON_MS, NOON_MS + 1).await.unwrap();
    let current = store.claim_session(hash(1), NOON_MS + 1, NOON_MS + 2).await.unwrap();
    let late = store.finish_session(scope(), advance(1, 1, "late"), two_accounts(10)).await;
    assert_eq!(late, Err(StoreError::Conflict));
    let nobodys = store.finish_session(scope(), advance(2, 1, "nobody's"), two_accounts(10)).await;
    assert_eq!(nobodys, Err(StoreError::NotFound));
    assert_eq!(store.known_connection(scope(), query(10)).await, Ok(KnownConnection::default()));
    assert_eq!(store.balance(scope(), id(10), true).await, Err(StoreError::NotFound));
    assert_eq!(store.session(hash(1)).await.as_ref(), Ok(&current));
    let in_time = advance(1, current.version, "in time");
    assert_eq!(store.finish_session(scope(), in_time.clone(), two_accounts(10)).await, Ok(()));
    let twice = store.finish_session(scope(), in_time, two_accounts(10)).await;
    assert_eq!(twice, Err(StoreError::Conflict));
}

/// Asserts that a visit is refused and that all is as it was after [`two_accounts`] of 10.
async fn assert_leaves_nothing(store: &dyn Store, wrong: NewConnection, what: &str) {
    let before = store.balance(scope(), id(10), true).await.unwrap();
    store.open_session(session(scope(), 99)).await.ok();
    let claimed = store.claim_session(hash(99), NOON_MS, NOON_MS + 1).await.unwrap();
    let finish = advance(99, claimed.version, "wrong");
    assert_eq!(store.finish_session(scope(), finish, wrong).await, Err(StoreError::Conflict), "{what}");
    assert_eq!(store.session(hash(99)).await.as_ref(), Ok(&claimed), "{what}");
    store.advance_session(scope(), advance(99, claimed.version, "opened")).await.unwrap();
    assert_eq!(store.balance(scope(), id(10), true).await, Ok(before), "{what}");
    assert_eq!(store.known_connection(scope(), query(10)).await, Ok(known_two_accounts(10)), "{what}");
    assert_eq!(store.balance(scope(), id(70), true).await, Err(StoreError::NotFound), "{what}");
}

/// A visit of the known person, with changes that must not stay, and a new account before the end.
fn second_visit() -> NewConnection {
    let mut visit = two_accounts(10);
    visit.customer.name = "Must not stay".to_owned();
    visit.accounts.insert(0, account(70, reading(NOON_MS, 7)));
    visit
}

/// Two visits of a newcomer at once both think they are the first; the slower reads again.
pub async fn another_id_under_a_known_key_leaves_nothing(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, two_accounts(10)).await.unwrap();
    let mut wrong = second_visit();
    wrong.customer.id = id(80);
    assert_leaves_nothing(&*store, wrong, "customer").await;
    let mut wrong = second_visit();
    wrong.record.id = id(80);
    assert_leaves_nothing(&*store, wrong, "record").await;
    let mut wrong = second_visit();
    wrong.accounts[1].id = id(80);
    assert_leaves_nothing(&*store, wrong, "account").await;
    let mut wrong = second_visit();
    wrong.accounts[1].balance.as_mut().unwrap().id = id(80);
    assert_leaves_nothing(&*store, wrong, "balance").await;
}

/// An id that is in use is not given to anything else.
pub async fn an_id_that_has_another_key_leaves_nothing(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, two_accounts(10)).await.unwrap();
    let mut wrong = second_visit();
    wrong.customer.key = hash(80);
    assert_leaves_nothing(&*store, wrong, "customer").await;
    let mut wrong = second_visit();
    wrong.record.key = hash(80);
    assert_leaves_nothing(&*store, wrong, "record").await;
    let mut wrong = second_visit();
    wrong.record.institution = id(501);
    assert_leaves_nothing(&*store, wrong, "the record's institution").await;
    let mut wrong = second_visit();
    wrong.accounts[1].key = hash(80);
    assert_leaves_nothing(&*store, wrong, "account").await;
    let mut wrong = second_visit();
    wrong.accounts[0].balance.as_mut().unwrap().id = id(10);
    assert_leaves_nothing(&*store, wrong, "balance").await;
    let mut wrong = connection(20, vec![account(10, reading(NOON_MS, 1))]);
    wrong.accounts[0].balance = None;
    assert_leaves_nothing(&*store, wrong, "the account of another record").await;
}

/// The same keys and even the same ids in another scope are other things.
pub async fn companies_and_worlds_do_not_mix(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, two_accounts(10)).await.unwrap();
    let others = [Scope { company: id(2), ..scope() }, Scope { env: Environment::Production, ..scope() }];
    for (number, other) in (2..).zip(others) {
        assert_eq!(store.known_connection(other, query(10)).await, Ok(KnownConnection::default()));
        assert_eq!(store.balance(other, id(10), true).await, Err(StoreError::NotFound));
        assert_eq!(store.balances(other, Filter::of_customer(id(10)), ALL, true).await.unwrap().total, 0);
        let mut theirs = two_accounts(10);
        theirs.customer.name = "Somebody else".to_owned();
        theirs.accounts[0].balance.as_mut().unwrap().reading = reading(NOON_MS, 77);
        visit(&*store, other, number, theirs).await.unwrap();
        assert_eq!(store.balance(other, id(10), true).await.unwrap().readings, [reading(NOON_MS, 77)]);
    }
    let ours = store.balance(scope(), id(10), true).await.unwrap();
    assert_eq!(ours.customer_name, "Customer 10");
    assert_eq!(ours.readings, [reading(NOON_MS, 500_000)]);
    assert_eq!(store.balances(scope(), Filter::of_customer(id(10)), ALL, true).await.unwrap().total, 1);
}
