//! Promises about what a balance says now, and about series of readings.

use super::samples::{
    NOON_MS, account, connection, id, look, new_reading, others, reading, scope, update, visit,
};
use crate::{
    Filter, Page, Reading, ReadingDetail, RecordUpdate, SERIES_MAX, Scope, Series, Store, StoreError,
};
use egusi_protocol::{Basis, Currency};
use std::sync::Arc;

const HOUR_MS: i64 = 3_600_000;

async fn signed_in(store: &dyn Store, number: u32) {
    let sign_in = connection(number, vec![account(number, reading(NOON_MS, 1))]);
    visit(store, scope(), number, sign_in).await.unwrap();
}

async fn read(store: &dyn Store, number: u32, readings: &[Reading]) {
    let read = RecordUpdate { readings: vec![new_reading(number, readings)], ..update(number, 0) };
    look(store, read).await.unwrap();
}

fn closing(at_ms: i64, ledger_minor: i64) -> Reading {
    let detail = ReadingDetail { basis: Basis::Closing, ..ReadingDetail::NONE };
    Reading { detail, ..reading(at_ms, ledger_minor) }
}

async fn current(store: &dyn Store) -> Reading {
    store.balance(scope(), id(10), true).await.unwrap().current
}

/// Whatever the order in which they come, and whether one by one or several at once.
pub async fn a_balance_says_what_was_read_last(store: Arc<dyn Store>) {
    signed_in(&*store, 10).await;
    let [past, one, two, three] = [-1, 1, 2, 3].map(|at| reading(NOON_MS + at, at));
    read(&*store, 10, &[one]).await;
    assert_eq!(current(&*store).await, one);
    read(&*store, 10, &[past]).await;
    assert_eq!(current(&*store).await, one);
    read(&*store, 10, &[three, two]).await;
    assert_eq!(current(&*store).await, three);
    let corrected = reading(NOON_MS + 3, 33);
    read(&*store, 10, &[corrected]).await;
    assert_eq!(current(&*store).await, corrected);
}

/// It is history, and only after a day without another reading it is what the balance says.
pub async fn a_closing_figure_does_not_outdo_what_was_read_that_day(store: Arc<dyn Store>) {
    signed_in(&*store, 10).await;
    let [evening, next_day, later] = [10, 24, 30].map(|hours| closing(NOON_MS + hours * HOUR_MS, hours));
    read(&*store, 10, &[evening]).await;
    assert_eq!(current(&*store).await, reading(NOON_MS, 1));
    read(&*store, 10, &[next_day]).await;
    assert_eq!(current(&*store).await, next_day);
    read(&*store, 10, &[later]).await;
    assert_eq!(current(&*store).await, later);
    let history = store.balance(scope(), id(10), true).await.unwrap().readings;
    assert_eq!(history, [reading(NOON_MS, 1), evening, next_day, later]);
}

/// Of a closing figure and another of the same moment the other one is kept, as the current one is.
pub async fn a_closing_figure_does_not_replace_a_reading_of_its_moment(store: Arc<dyn Store>) {
    signed_in(&*store, 10).await;
    read(&*store, 10, &[closing(NOON_MS, 7)]).await;
    let row = store.balance(scope(), id(10), true).await.unwrap();
    assert_eq!((row.current, row.readings), (reading(NOON_MS, 1), vec![reading(NOON_MS, 1)]));
    let at_midnight = NOON_MS + 48 * HOUR_MS;
    read(&*store, 10, &[closing(at_midnight, 7), closing(at_midnight, 8)]).await;
    assert_eq!(current(&*store).await, closing(at_midnight, 8));
    read(&*store, 10, &[reading(at_midnight, 9)]).await;
    let row = store.balance(scope(), id(10), true).await.unwrap();
    let history = vec![reading(NOON_MS, 1), reading(at_midnight, 9)];
    assert_eq!((row.current, row.readings), (reading(at_midnight, 9), history));
}

/// A list of what balances say now is short.
pub async fn readings_come_with_a_list_when_asked_for(store: Arc<dyn Store>) {
    signed_in(&*store, 10).await;
    read(&*store, 10, &[reading(NOON_MS + 1, 2)]).await;
    let list = async |is_with_readings| {
        let page = Page::first(9);
        store.balances(scope(), Filter::ALL, page, is_with_readings).await.unwrap().rows
    };
    let whole = store.balance(scope(), id(10), true).await.unwrap();
    assert_eq!(list(true).await, std::slice::from_ref(&whole));
    assert_eq!(list(false).await, [crate::BalanceRow { readings: vec![], ..whole }]);
}

async fn series(store: &dyn Store, scope: Scope, filter: Filter) -> Vec<Series> {
    store.series(scope, filter).await.unwrap()
}

/// Beginning with the last one before the time, for the money was that much when the time began.
pub async fn a_series_has_what_was_before_and_what_is_within(store: Arc<dyn Store>) {
    signed_in(&*store, 10).await;
    let at = |ms| reading(NOON_MS + ms, ms);
    read(&*store, 10, &[at(10), at(20), at(30), at(40)]).await;
    let within = async |from_ms, before_ms| {
        let filter = Filter {
            from_ms: NOON_MS + from_ms,
            before_ms: NOON_MS + before_ms,
            ..Filter::of_account(id(10))
        };
        let mut found = series(&*store, scope(), filter).await;
        assert_eq!(found.len(), 1);
        found.remove(0).readings
    };
    assert_eq!(within(20, 40).await, [at(10), at(20), at(30)]);
    assert_eq!(within(15, 16).await, [at(10)]);
    assert_eq!(within(41, 99).await, [at(40)]);
    assert_eq!(within(-9, 0).await, []);
    assert_eq!(within(-9, 11).await, [reading(NOON_MS, 1), at(10)]);
    let all = series(&*store, scope(), Filter::of_customer(id(10))).await;
    let readings = vec![reading(NOON_MS, 1), at(10), at(20), at(30), at(40)];
    let expected = Series { account: id(10), balance: id(10), currency: Currency::NGN, readings };
    assert_eq!(all, [expected]);
}

/// A reading that lacks an amount does not make the last known one forgotten, whichever it is.
pub async fn a_series_begins_with_the_last_known_of_each_amount(store: Arc<dyn Store>) {
    signed_in(&*store, 10).await;
    let at = |ms| reading(NOON_MS + ms, ms);
    let ledger_only = Reading { available_minor: None, ..at(20) };
    let available_only = Reading { ledger_minor: None, ..at(30) };
    let neither = Reading { ledger_minor: None, available_minor: None, ..at(40) };
    read(&*store, 10, &[at(10), ledger_only, neither]).await;
    let from = async |ms| {
        let filter = Filter { from_ms: NOON_MS + ms, ..Filter::of_account(id(10)) };
        series(&*store, scope(), filter).await.remove(0).readings
    };
    assert_eq!(from(50).await, [at(10), ledger_only]);
    read(&*store, 10, &[available_only]).await;
    assert_eq!(from(50).await, [ledger_only, available_only]);
    assert_eq!(from(40).await, [ledger_only, available_only, neither]);
    assert_eq!(from(20).await, [at(10), ledger_only, available_only, neither]);
    assert_eq!(from(15).await, from(20).await);
}

/// In the order of the balances' ids; somebody else's has none, and all at once cannot be asked for.
pub async fn series_are_of_a_customer_a_record_or_an_account(store: Arc<dyn Store>) {
    let accounts = |numbers: &[u32]| numbers.iter().map(|n| account(*n, reading(NOON_MS, 1))).collect();
    visit(&*store, scope(), 1, connection(10, accounts(&[13, 11]))).await.unwrap();
    let mut second = connection(20, accounts(&[12]));
    second.customer = connection(10, vec![]).customer;
    visit(&*store, scope(), 2, second).await.unwrap();
    visit(&*store, scope(), 3, connection(30, accounts(&[30]))).await.unwrap();
    let found = async |filter| {
        series(&*store, scope(), filter).await.iter().map(|one| one.balance).collect::<Vec<_>>()
    };
    assert_eq!(found(Filter::of_customer(id(10))).await, [11, 12, 13].map(id));
    assert_eq!(found(Filter::of_record(id(10))).await, [11, 13].map(id));
    assert_eq!(found(Filter::of_account(id(12))).await, [id(12)]);
    let both = Filter { account: Some(id(12)), ..Filter::of_record(id(10)) };
    assert_eq!(found(both).await, []);
    assert_eq!(found(Filter::of_customer(id(99))).await, []);
    for other in others() {
        assert_eq!(series(&*store, other, Filter::of_customer(id(10))).await, []);
    }
    let all = store.series(scope(), Filter::ALL).await;
    assert!(matches!(all, Err(StoreError::Unavailable(_))));
}

/// The newest that there are, and then none from before.
pub async fn a_series_is_not_longer_than_its_limit(store: Arc<dyn Store>) {
    signed_in(&*store, 10).await;
    let readings: Vec<_> = (1..=SERIES_MAX as i64).map(|n| reading(NOON_MS + n, n)).collect();
    read(&*store, 10, &readings).await;
    let found = series(&*store, scope(), Filter::of_account(id(10))).await;
    assert_eq!(found[0].readings.len(), SERIES_MAX);
    assert!(found[0].readings == readings);
    let filter = Filter { from_ms: NOON_MS + 1, ..Filter::of_account(id(10)) };
    assert!(series(&*store, scope(), filter).await[0].readings == readings);
}
