//! Promises about movements of money.

use super::samples::{NOON_MS, account, connection, hash, id, look, others, reading, scope, update, visit};
use crate::{
    AmountIs, Cursor, Filter, NewTransaction, NewTransactions, Page, RecordUpdate, Store, StoreError,
    TransactionRow, Which,
};
use egusi_protocol::{Currency, TransactionId};
use std::sync::Arc;

const ALL: Page = Page::numbered(1, 100);

/// A movement of the given number, which is its id, its key, and how much later than noon it was.
fn movement(number: u32, amount_minor: i64) -> NewTransaction {
    NewTransaction {
        id: id(number),
        key: hash(number),
        amount_minor,
        description: format!("Movement {number}"),
        at_ms: NOON_MS + i64::from(number),
    }
}

/// Two sign-ins of one person with the accounts 10, 11 and 20, and one of another with 30.
async fn signed_in(store: &dyn Store) {
    let accounts = |numbers: &[u32]| numbers.iter().map(|n| account(*n, reading(NOON_MS, 1))).collect();
    visit(store, scope(), 1, connection(10, accounts(&[10, 11]))).await.unwrap();
    let mut second = connection(20, accounts(&[20]));
    second.customer = connection(10, vec![]).customer;
    second.record.institution = id(501);
    visit(store, scope(), 2, second).await.unwrap();
    visit(store, scope(), 3, connection(30, accounts(&[30]))).await.unwrap();
}

/// A look at an account of the record that has the number's tens.
async fn see(
    store: &dyn Store,
    account: u32,
    pending: Option<&[NewTransaction]>,
    posted: &[NewTransaction],
) -> Result<(), StoreError> {
    let seen = NewTransactions {
        account: id(account),
        pending: pending.map(<[_]>::to_vec),
        posted: posted.to_vec(),
    };
    look(store, RecordUpdate { transactions: vec![seen], ..update(account / 10 * 10, 0) }).await
}

/// Id, whether it is pending, amount.
type Line = (TransactionId, bool, i64);

async fn lines(store: &dyn Store, filter: Filter) -> Vec<Line> {
    let page = store.transactions(scope(), filter, ALL).await.unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    page.rows.iter().map(|row| (row.id, row.is_pending, row.amount_minor)).collect()
}

async fn of_10(store: &dyn Store) -> Vec<Line> {
    lines(store, Filter::of_account(id(10))).await
}

/// With account, person, record and institution; somebody else's is a missing one.
pub async fn a_movement_is_shown_with_what_it_belongs_to(store: Arc<dyn Store>) {
    signed_in(&*store).await;
    see(&*store, 20, None, &[movement(1, -250)]).await.unwrap();
    let expected = TransactionRow {
        id: id(1),
        account: id(20),
        account_name: "Account 20".to_owned(),
        account_number: "0000000020".to_owned(),
        customer: id(10),
        customer_name: "Customer 10".to_owned(),
        record: id(20),
        institution: id(501),
        currency: Currency::NGN,
        is_pending: false,
        amount_minor: -250,
        description: "Movement 1".to_owned(),
        at_ms: NOON_MS + 1,
        created_at_ms: NOON_MS + 5_000,
    };
    assert_eq!(store.transaction(scope(), id(1)).await.as_ref(), Ok(&expected));
    assert_eq!(store.transactions(scope(), Filter::ALL, ALL).await.unwrap().rows, [expected]);
    assert_eq!(store.transaction(scope(), id(2)).await, Err(StoreError::NotFound));
    for other in others() {
        assert_eq!(store.transaction(other, id(1)).await, Err(StoreError::NotFound));
        assert_eq!(store.transactions(other, Filter::ALL, ALL).await.unwrap().rows, []);
    }
}

/// What is not on the list any more is gone; a list of a part, or none, takes nothing away.
pub async fn a_complete_list_takes_the_place_of_what_was_pending(store: Arc<dyn Store>) {
    signed_in(&*store).await;
    let [one, two, three] = [1, 2, 3].map(|number| movement(number, -10));
    see(&*store, 10, Some(&[one, two.clone()]), &[]).await.unwrap();
    see(&*store, 11, Some(&[movement(9, -9)]), &[]).await.unwrap();
    assert_eq!(of_10(&*store).await, [(id(2), true, -10), (id(1), true, -10)]);
    see(&*store, 10, None, &[three]).await.unwrap();
    assert_eq!(of_10(&*store).await.len(), 3);
    see(&*store, 10, Some(&[two]), &[]).await.unwrap();
    assert_eq!(of_10(&*store).await, [(id(3), false, -10), (id(2), true, -10)]);
    see(&*store, 10, Some(&[]), &[]).await.unwrap();
    assert_eq!(of_10(&*store).await, [(id(3), false, -10)]);
    assert_eq!(lines(&*store, Filter::of_account(id(11))).await, [(id(9), true, -9)]);
}

/// By its key it is the same movement: it keeps its id, and takes what is new about it.
pub async fn a_movement_that_is_seen_again_keeps_its_id(store: Arc<dyn Store>) {
    signed_in(&*store).await;
    let again = |id_number, key, amount| NewTransaction {
        key: hash(key),
        at_ms: NOON_MS + i64::from(key),
        ..movement(id_number, amount)
    };
    see(&*store, 10, Some(&[movement(1, -10), movement(2, -20)]), &[movement(3, 30)]).await.unwrap();
    see(&*store, 10, Some(&[again(51, 1, -11)]), &[again(52, 2, -22), again(53, 3, 33)]).await.unwrap();
    assert_eq!(of_10(&*store).await, [(id(3), false, 33), (id(2), false, -22), (id(1), true, -11)]);
    let posted = store.transaction(scope(), id(2)).await.unwrap();
    assert_eq!((posted.description.as_str(), posted.at_ms), ("Movement 52", NOON_MS + 2));
    assert_eq!(posted.created_at_ms, NOON_MS + 5_000);
    // The institution's list of what is pending is behind its books.
    see(&*store, 10, Some(&[again(54, 2, -99), again(55, 1, -11)]), &[]).await.unwrap();
    assert_eq!(of_10(&*store).await, [(id(3), false, 33), (id(2), false, -22), (id(1), true, -11)]);
    // One look that has it in both lists.
    see(&*store, 10, Some(&[again(56, 1, -11)]), &[again(57, 1, -12)]).await.unwrap();
    assert_eq!(of_10(&*store).await.last(), Some(&(id(1), false, -12)));
}

/// The same key on another account is another movement; an id that is in use is not given again.
pub async fn a_movement_is_known_within_its_account(store: Arc<dyn Store>) {
    signed_in(&*store).await;
    see(&*store, 10, None, &[movement(1, 10)]).await.unwrap();
    let elsewhere = NewTransaction { key: hash(1), ..movement(2, 20) };
    see(&*store, 11, None, &[elsewhere]).await.unwrap();
    assert_eq!(lines(&*store, Filter::of_account(id(11))).await, [(id(2), false, 20)]);
    let taken = NewTransaction { key: hash(3), ..movement(1, 30) };
    let conflict = see(&*store, 10, None, &[movement(4, 40), taken]).await;
    assert_eq!(conflict, Err(StoreError::Conflict));
    assert_eq!(of_10(&*store).await, [(id(1), false, 10)]);
}

async fn six(store: &dyn Store) {
    signed_in(store).await;
    see(store, 10, Some(&[movement(6, -500)]), &[movement(1, 500), movement(4, -500)]).await.unwrap();
    see(store, 11, None, &[movement(2, 501)]).await.unwrap();
    see(store, 20, None, &[movement(5, -500)]).await.unwrap();
    see(store, 30, None, &[movement(3, 500)]).await.unwrap();
}

/// By when the money moved, not by when it was seen, and by all else that lists know.
pub async fn movements_come_newest_first_by_every_condition(store: Arc<dyn Store>) {
    six(&*store).await;
    let found = async |filter| {
        lines(&*store, filter).await.iter().map(|(id, _, _)| *id).collect::<Vec<TransactionId>>()
    };
    let ids = |numbers: &[u32]| numbers.iter().map(|number| id(*number)).collect::<Vec<TransactionId>>();
    let all = Filter::ALL;
    let amount = |which, minor| AmountIs { which, minor_by_decimals: [None, None, Some(minor), None] };
    let [debit, credit] =
        [Which::Debit, Which::Credit].map(|which| Filter { amount: Some(amount(which, 500)), ..Filter::ALL });
    let [zero, minus, ledger] = [(Which::Debit, 0), (Which::Credit, -500), (Which::Ledger, 500)]
        .map(|(which, minor)| Filter { amount: Some(amount(which, minor)), ..Filter::ALL });
    let stories = [
        (all.clone(), ids(&[6, 5, 4, 3, 2, 1])),
        (Filter::of_account(id(10)), ids(&[6, 4, 1])),
        (Filter::of_record(id(10)), ids(&[6, 4, 2, 1])),
        (Filter::of_customer(id(10)), ids(&[6, 5, 4, 2, 1])),
        (Filter { institution: Some(id(501)), ..all.clone() }, ids(&[5])),
        (Filter { account_number: Some("0000000030".to_owned()), ..all.clone() }, ids(&[3])),
        (Filter { account_name: Some("Account 11".to_owned()), ..all.clone() }, ids(&[2])),
        (Filter { from_ms: NOON_MS + 2, before_ms: NOON_MS + 5, ..all.clone() }, ids(&[4, 3, 2])),
        (Filter { from_ms: NOON_MS + 2, ..Filter::of_account(id(10)) }, ids(&[6, 4])),
        (debit.clone(), ids(&[6, 5, 4])),
        (credit.clone(), ids(&[3, 1])),
        (Filter { account: Some(id(10)), ..debit.clone() }, ids(&[6, 4])),
        (Filter { customer: Some(id(30)), ..credit }, ids(&[3])),
        (Filter { before_ms: NOON_MS + 6, ..debit }, ids(&[5, 4])),
        (Filter { is_pending: Some(true), ..all.clone() }, ids(&[6])),
        (Filter { is_pending: Some(false), ..Filter::of_account(id(10)) }, ids(&[4, 1])),
        (zero, ids(&[])),
        (minus, ids(&[])),
        (ledger, ids(&[])),
    ];
    for (filter, expected) in stories {
        assert_eq!(found(filter.clone()).await, expected, "{filter:?}");
    }
}

/// Page by page and behind a cursor, also where several moved at one moment.
pub async fn movements_come_page_by_page(store: Arc<dyn Store>) {
    signed_in(&*store).await;
    let at_once: Vec<_> =
        (1..=5).map(|number| NewTransaction { at_ms: NOON_MS, ..movement(number, 1) }).collect();
    see(&*store, 10, None, &at_once).await.unwrap();
    see(&*store, 30, None, &[movement(6, 1)]).await.unwrap();
    let expected = [6, 5, 4, 3, 2, 1].map(id::<TransactionId>);
    let mut by_number = Vec::new();
    for number in 1..=3 {
        let page = store.transactions(scope(), Filter::ALL, Page::numbered(number, 2)).await.unwrap();
        assert_eq!(page.total, 6);
        by_number.extend(page.rows.iter().map(|row| row.id));
    }
    assert_eq!(by_number, expected);
    let mut by_cursor = Vec::new();
    let mut filter = Filter::ALL;
    loop {
        let page = store.transactions(scope(), filter.clone(), Page::first(2)).await.unwrap();
        assert_eq!(page.total, 0);
        let Some(last) = page.rows.last() else { break };
        filter.after = Some(Cursor { at_ms: last.at_ms, id: *last.id.bytes() });
        by_cursor.extend(page.rows.iter().map(|row| row.id));
        assert!(by_cursor.len() <= expected.len());
    }
    assert_eq!(by_cursor, expected);
}
