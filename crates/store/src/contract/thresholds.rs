//! Promises about thresholds, the Apps that bring some, and where accounts stand against them.

use super::apps::app;
use super::samples::{NOON_MS, account, connection, id, look, others, query, reading, scope, update, visit};
use crate::{AppRow, Filter, NewConnection, Page, RecordUpdate, Rule, Store, StoreError, Watch, WatchChange};
use egusi_protocol::AccountId;
use std::sync::Arc;

/// A naira account and one in yen, made through the App 600.
fn sign_in() -> NewConnection {
    let mut yen = account(11, reading(NOON_MS, 1));
    yen.currency = "JPY".parse().unwrap();
    let mut connection = connection(10, vec![account(10, reading(NOON_MS, 1)), yen]);
    connection.record.app = Some(id(600));
    connection
}

fn watch(rule: Rule, threshold_minor: i64) -> Watch {
    Watch { rule, threshold_minor, is_low: false, crossings: 0 }
}

/// What the accounts 10 and 11 are measured by. A returning customer and a refresh see the same.
async fn watches(store: &dyn Store) -> [Vec<Watch>; 2] {
    let full = store.full_record(scope(), id(10)).await.unwrap().accounts;
    let known = store.known_connection(scope(), query(10)).await.unwrap().accounts;
    let full: Vec<_> = full.into_iter().map(|account| account.watches).collect();
    let known: Vec<_> = known.into_iter().map(|account| account.watches).collect();
    assert_eq!(full, known);
    full.try_into().unwrap()
}

/// The App's is in the currency of the account; an account's own takes its place.
pub async fn an_accounts_own_threshold_takes_the_place_of_its_apps(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, sign_in()).await.unwrap();
    assert_eq!(watches(&*store).await, [vec![], vec![]]);
    store.save_app(scope(), app(600, &[("NGN", 500), ("USD", 7)])).await.unwrap();
    store.save_app(scope(), app(601, &[("JPY", 1)])).await.unwrap();
    assert_eq!(watches(&*store).await, [vec![watch(Rule::App, 500)], vec![]]);
    store.set_threshold(scope(), id(10), Some(900)).await.unwrap();
    store.set_threshold(scope(), id(11), Some(0)).await.unwrap();
    let own = [vec![watch(Rule::Account, 900)], vec![watch(Rule::Account, 0)]];
    assert_eq!(watches(&*store).await, own);
    let accounts = store.accounts(scope(), Filter::of_record(id(10)), Page::first(9)).await.unwrap().rows;
    let thresholds: Vec<_> = accounts.iter().map(|row| (row.id, row.threshold_minor)).collect();
    assert_eq!(thresholds, [(id::<AccountId>(11), Some(0)), (id(10), Some(900))]);
    store.set_threshold(scope(), id(10), None).await.unwrap();
    store.set_threshold(scope(), id(11), None).await.unwrap();
    assert_eq!(watches(&*store).await, [vec![watch(Rule::App, 500)], vec![]]);
}

fn fell(rule: Rule, is_low: bool, crossings: i64) -> WatchChange {
    WatchChange { account: id(10), rule, is_low, crossings }
}

/// By a look as by a sign-in; each rule is remembered by itself.
pub async fn where_an_account_stands_is_remembered(store: Arc<dyn Store>) {
    store.save_app(scope(), app(600, &[("NGN", 500)])).await.unwrap();
    let mut low = sign_in();
    low.watches = vec![fell(Rule::App, true, 1)];
    visit(&*store, scope(), 1, low).await.unwrap();
    let stands = async || watches(&*store).await[0][0];
    assert_eq!(stands().await, Watch { is_low: true, crossings: 1, ..watch(Rule::App, 500) });
    look(&*store, RecordUpdate { watches: vec![fell(Rule::App, false, 1)], ..update(10, 0) }).await.unwrap();
    assert_eq!(stands().await, Watch { crossings: 1, ..watch(Rule::App, 500) });
    look(&*store, RecordUpdate { watches: vec![fell(Rule::App, true, 2)], ..update(10, 0) }).await.unwrap();
    // Another figure for the same rule does not forget that the money was below.
    store.save_app(scope(), app(600, &[("NGN", 400)])).await.unwrap();
    assert_eq!(stands().await, Watch { is_low: true, crossings: 2, ..watch(Rule::App, 400) });
    store.set_threshold(scope(), id(10), Some(900)).await.unwrap();
    assert_eq!(stands().await, watch(Rule::Account, 900));
}

/// The next reading below it is a new crossing, and has a number of its own.
pub async fn a_threshold_that_is_set_begins_above(store: Arc<dyn Store>) {
    store.save_app(scope(), app(600, &[("NGN", 500)])).await.unwrap();
    visit(&*store, scope(), 1, sign_in()).await.unwrap();
    let both = vec![fell(Rule::App, true, 4), fell(Rule::Account, true, 7)];
    look(&*store, RecordUpdate { watches: both, ..update(10, 0) }).await.unwrap();
    store.set_threshold(scope(), id(10), Some(900)).await.unwrap();
    assert_eq!(watches(&*store).await[0], [Watch { crossings: 7, ..watch(Rule::Account, 900) }]);
    store.set_threshold(scope(), id(10), None).await.unwrap();
    assert_eq!(watches(&*store).await[0], [Watch { crossings: 4, ..watch(Rule::App, 500) }]);
}

/// Whoever writes it every day is not told every day; nor does removing what is not set begin anew.
pub async fn a_threshold_that_is_set_again_changes_nothing(store: Arc<dyn Store>) {
    store.save_app(scope(), app(600, &[("NGN", 500)])).await.unwrap();
    visit(&*store, scope(), 1, sign_in()).await.unwrap();
    look(&*store, RecordUpdate { watches: vec![fell(Rule::App, true, 4)], ..update(10, 0) }).await.unwrap();
    store.set_threshold(scope(), id(10), None).await.unwrap();
    let low = Watch { is_low: true, crossings: 4, ..watch(Rule::App, 500) };
    assert_eq!(watches(&*store).await[0], [low]);
    store.set_threshold(scope(), id(10), Some(900)).await.unwrap();
    look(&*store, RecordUpdate { watches: vec![fell(Rule::Account, true, 1)], ..update(10, 0) })
        .await
        .unwrap();
    store.set_threshold(scope(), id(10), Some(900)).await.unwrap();
    let low = Watch { is_low: true, crossings: 1, ..watch(Rule::Account, 900) };
    assert_eq!(watches(&*store).await[0], [low]);
    store.set_threshold(scope(), id(10), Some(901)).await.unwrap();
    let above = Watch { is_low: false, threshold_minor: 901, ..low };
    assert_eq!(watches(&*store).await[0], [above]);
}

/// Somebody else's account is a missing one.
pub async fn a_threshold_is_of_an_account_of_its_scope(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, sign_in()).await.unwrap();
    assert_eq!(store.set_threshold(scope(), id(99), Some(1)).await, Err(StoreError::NotFound));
    for other in others() {
        assert_eq!(store.set_threshold(other, id(10), Some(1)).await, Err(StoreError::NotFound));
        let short = format!("theirs-{}", other.env);
        store.save_app(other, AppRow { short, ..app(600, &[("NGN", 1)]) }).await.unwrap();
    }
    assert_eq!(watches(&*store).await, [vec![], vec![]]);
}
