//! Promises about balances and their history.

use super::samples::{NOON_MS, account, connection, id, reading, scope, visit};
use crate::{BalanceRow, Filter, Page, READINGS_MAX, Reading, ReadingDetail, Store, StoreError};
use egusi_protocol::{AvailableSource, BalanceId};
use std::sync::Arc;

/// Visits once for each reading of the balance of account 10.
async fn read_all(store: &dyn Store, readings: &[Reading]) {
    for reading in readings {
        let again = connection(10, vec![account(10, *reading)]);
        visit(store, scope(), 1, again).await.unwrap();
    }
}

async fn readings_of_10(store: &dyn Store) -> Vec<Reading> {
    store.balance(scope(), id(10), true).await.unwrap().readings
}

/// An id that no balance has.
pub async fn an_unknown_balance_is_not_found(store: Arc<dyn Store>) {
    assert_eq!(store.balance(scope(), id(10), true).await, Err(StoreError::NotFound));
}

/// Who wants to know only what the balance says is spared its history.
pub async fn a_balance_comes_without_its_history_if_that_is_not_wanted(store: Arc<dyn Store>) {
    read_all(&*store, &[reading(NOON_MS, 1), reading(NOON_MS + 1, 2)]).await;
    let whole = store.balance(scope(), id(10), true).await.unwrap();
    let alone = store.balance(scope(), id(10), false).await.unwrap();
    assert_eq!((whole.readings.len(), alone.readings.len()), (2, 0));
    assert_eq!(BalanceRow { readings: whole.readings.clone(), ..alone }, whole);
    assert_eq!(store.balance(scope(), id(11), false).await, Err(StoreError::NotFound));
}

/// A reading that arrives late takes its place in the past and does not become the latest.
pub async fn readings_come_oldest_first_whatever_the_order_of_arrival(store: Arc<dyn Store>) {
    let [first, second, third] = [1, 2, 3].map(|second| reading(NOON_MS + second * 1_000, second));
    read_all(&*store, &[second, third, first]).await;
    assert_eq!(readings_of_10(&*store).await, [first, second, third]);
}

/// It is the institution's last word about that moment, and a repeated answer is no second line.
pub async fn a_second_reading_of_a_moment_replaces_the_first(store: Arc<dyn Store>) {
    let said_first = reading(NOON_MS, 1);
    let said_last =
        Reading { available_minor: None, source: AvailableSource::LedgerOnly, ..reading(NOON_MS, 2) };
    read_all(&*store, &[said_first, said_last, said_last]).await;
    assert_eq!(readings_of_10(&*store).await, [said_last]);
}

/// Older ones than the answer carries stay out of it.
pub async fn only_the_newest_readings_come(store: Arc<dyn Store>) {
    let readings: Vec<_> = (0..READINGS_MAX as i64 + 4).map(|n| reading(NOON_MS + n, n)).collect();
    read_all(&*store, &readings).await;
    assert_eq!(readings_of_10(&*store).await, readings[4..]);
}

/// Every whole number of minor units comes back, and an absent amount is not a zero.
pub async fn amounts_are_exact_and_may_be_absent(store: Arc<dyn Store>) {
    let amounts = [Some(i64::MIN), Some(i64::MAX), Some(0), Some(-1), None];
    let readings: Vec<_> = (NOON_MS..)
        .zip(amounts)
        .zip(AvailableSource::ALL.iter().cycle())
        .map(|((at_ms, amount), source)| Reading {
            ledger_minor: amount,
            available_minor: amount.map(|minor| minor ^ 1),
            source: *source,
            at_ms,
            detail: ReadingDetail::NONE,
        })
        .collect();
    read_all(&*store, &readings).await;
    assert_eq!(readings_of_10(&*store).await, readings);
}

/// No customer, no balances, and no error.
pub async fn an_unknown_customer_has_no_balances(store: Arc<dyn Store>) {
    let listed =
        store.balances(scope(), Filter::of_customer(id(10)), Page::numbered(1, 20), true).await.unwrap();
    assert_eq!((listed.rows.len(), listed.total), (0, 0));
}

/// Five balances over two visits, the two of the later visit first, ties by the greater id.
async fn five_balances(store: &dyn Store) -> Vec<BalanceId> {
    let accounts = |numbers: &[u32]| numbers.iter().map(|n| account(*n, reading(NOON_MS, 1))).collect();
    visit(store, scope(), 1, connection(10, accounts(&[12, 10, 14]))).await.unwrap();
    let mut later = connection(20, accounts(&[11, 13]));
    later.at_ms = NOON_MS + 1;
    later.customer = connection(10, vec![]).customer;
    visit(store, scope(), 2, later).await.unwrap();
    visit(store, scope(), 3, connection(30, accounts(&[30]))).await.unwrap();
    [13, 11, 14, 12, 10].map(id).to_vec()
}

/// Pages follow each other without gap or repetition, and each tells the total.
pub async fn balances_come_newest_first_page_by_page(store: Arc<dyn Store>) {
    let expected = five_balances(&*store).await;
    for size in [1, 2, 5, 20] {
        let mut seen = Vec::new();
        for number in 1..=5_u32.div_ceil(size) {
            let page = store
                .balances(scope(), Filter::of_customer(id(10)), Page::numbered(number, size), true)
                .await
                .unwrap();
            assert_eq!(page.total, 5);
            assert!(page.rows.len() <= size as usize);
            assert!(page.rows.iter().all(|row| row.readings == [reading(NOON_MS, 1)]));
            seen.extend(page.rows.iter().map(|row| row.id));
        }
        assert_eq!(seen, expected, "pages of {size}");
    }
}

/// Pages are counted from 1, end with the list, and reach 10 000 rows deep at most.
pub async fn a_page_that_is_none_or_too_deep_is_empty(store: Arc<dyn Store>) {
    five_balances(&*store).await;
    let nowhere = [(0, 5), (1, 0), (2, 5), (5_001, 2), (1, 10_001), (u32::MAX, u32::MAX)];
    for (number, size) in nowhere {
        let page = store
            .balances(scope(), Filter::of_customer(id(10)), Page::numbered(number, size), true)
            .await
            .unwrap();
        assert_eq!((page.rows.len(), page.total), (0, 5), "{number} of {size}");
    }
    let deepest =
        store.balances(scope(), Filter::of_customer(id(10)), Page::numbered(1, 10_000), true).await.unwrap();
    assert_eq!(deepest.rows.len(), 5);
}

/// Every condition that is given must hold; a time counts from its first moment to before its end.
pub async fn balances_are_found_by_account_customer_and_time(store: Arc<dyn Store>) {
    five_balances(&*store).await;
    let found = async |filter| {
        let page = store.balances(scope(), filter, Page::numbered(1, 20), true).await.unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.iter().map(|row| row.id).collect::<Vec<BalanceId>>()
    };
    let ids = |numbers: &[u32]| numbers.iter().map(|number| id(*number)).collect::<Vec<BalanceId>>();
    let all = Filter::ALL;
    assert_eq!(found(all.clone()).await, ids(&[13, 11, 30, 14, 12, 10]));
    assert_eq!(found(Filter::of_account(id(12))).await, ids(&[12]));
    assert_eq!(found(Filter::of_account(id(99))).await, ids(&[]));
    let both = |customer, account| Filter {
        customer: Some(id(customer)),
        account: Some(id(account)),
        ..all.clone()
    };
    assert_eq!(found(both(10, 12)).await, ids(&[12]));
    assert_eq!(found(both(30, 12)).await, ids(&[]));
    let later = Filter { from_ms: NOON_MS + 1, ..all.clone() };
    let earlier = Filter { before_ms: NOON_MS + 1, ..all.clone() };
    assert_eq!(found(later.clone()).await, ids(&[13, 11]));
    assert_eq!(found(earlier).await, ids(&[30, 14, 12, 10]));
    assert_eq!(found(Filter { customer: Some(id(10)), ..later.clone() }).await, ids(&[13, 11]));
    assert_eq!(found(Filter { customer: Some(id(30)), ..later.clone() }).await, ids(&[]));
    assert_eq!(found(Filter { account: Some(id(12)), ..later.clone() }).await, ids(&[]));
    let elsewhere = crate::Scope { company: id(2), ..scope() };
    let page = store.balances(elsewhere, all, Page::numbered(1, 20), true).await.unwrap();
    assert_eq!((page.rows.len(), page.total), (0, 0));
}
