//! Promises about deliveries: taken one by one, tried again, ended, listed and replayed.

use super::endpoints::{endpoint, made};
use super::events::{claim, event, settled};
use super::samples::{NOON_MS, id, scope};
use crate::*;
use egusi_protocol::{DeliveryId, EventId};
use std::sync::Arc;

const MINUTE_MS: i64 = 60_000;

/// Which events were taken.
fn events(due: &[DueDelivery]) -> Vec<EventId> {
    due.iter().map(|due| due.event.id).collect()
}

fn ids(numbers: &[u32]) -> Vec<EventId> {
    numbers.iter().map(|number| id(*number)).collect()
}

async fn settle(store: &dyn Store, due: &DueDelivery, at_ms: i64, next: NextTry) {
    store.settle_delivery(due.scope, settled(due, at_ms, next)).await.unwrap();
}

async fn listed(store: &dyn Store, filter: DeliveryFilter) -> Vec<DeliveryRow> {
    store.deliveries(scope(), filter, Page::first(100)).await.unwrap()
}

/// Adds events of records to endpoint 1, in the order given.
async fn told(store: &dyn Store, events: &[(u32, Option<u32>)]) {
    made(store, 1, false).await;
    for (number, record) in events {
        store.add_event(scope(), event(*number, *record, Some(1))).await.unwrap();
    }
}

/// Due at once; not taken twice; and again when the lease is over, as the next try.
pub async fn a_delivery_is_taken_for_as_long_as_the_lease(store: Arc<dyn Store>) {
    told(&*store, &[(10, Some(1))]).await;
    assert_eq!(claim(&*store, NOON_MS - 1).await, []);
    let first = claim(&*store, NOON_MS).await;
    assert_eq!((events(&first), first[0].attempt), (ids(&[10]), 1));
    assert_eq!(claim(&*store, NOON_MS + MINUTE_MS - 1).await, []);
    let second = claim(&*store, NOON_MS + MINUTE_MS).await;
    assert_eq!((events(&second), second[0].attempt), (ids(&[10]), 2));
    let late = settled(&first[0], NOON_MS, NextTry::Delivered);
    assert_eq!(store.settle_delivery(scope(), late).await, Err(StoreError::Conflict));
    settle(&*store, &second[0], NOON_MS, NextTry::Delivered).await;
    let again = settled(&second[0], NOON_MS, NextTry::Delivered);
    assert_eq!(store.settle_delivery(scope(), again).await, Err(StoreError::Conflict));
}

/// A lease that is over is still good while nobody else came.
pub async fn a_late_end_counts_while_nobody_else_came(store: Arc<dyn Store>) {
    told(&*store, &[(10, Some(1))]).await;
    let due = claim(&*store, NOON_MS).await;
    settle(&*store, &due[0], NOON_MS + 10 * MINUTE_MS, NextTry::Delivered).await;
    assert_eq!(claim(&*store, NOON_MS + 20 * MINUTE_MS).await, []);
}

/// Of many claims at once each delivery goes to one.
pub async fn of_many_claims_at_once_one_gets_a_delivery(store: Arc<dyn Store>) {
    told(&*store, &[(10, None), (11, None), (12, None)]).await;
    let claims = (0..8).map(|_| {
        let store = Arc::clone(&store);
        tokio::spawn(async move { claim(&*store, NOON_MS).await })
    });
    let mut taken = Vec::new();
    for claim in claims.collect::<Vec<_>>() {
        taken.extend(events(&claim.await.unwrap()));
    }
    taken.sort();
    assert_eq!(taken, ids(&[10, 11, 12]));
}

/// The longest waiting first, and no more than were asked for.
pub async fn the_longest_waiting_are_taken_first(store: Arc<dyn Store>) {
    made(&*store, 1, false).await;
    for (number, at_ms) in [(10, NOON_MS + 2), (11, NOON_MS), (12, NOON_MS + 1)] {
        store.add_event(scope(), NewEvent { at_ms, ..event(number, None, Some(1)) }).await.unwrap();
    }
    let taken = store.claim_deliveries(NOON_MS + 2, NOON_MS + 9, 2).await.unwrap();
    assert_eq!(events(&taken), ids(&[11, 12]));
    assert_eq!(store.claim_deliveries(NOON_MS + 2, NOON_MS + 9, 0).await, Ok(vec![]));
}

/// One record's second event waits for the first to arrive, or to fail for good; those of another
/// record, of none, and to another endpoint do not.
pub async fn events_of_a_record_are_told_in_order(store: Arc<dyn Store>) {
    made(&*store, 2, true).await;
    told(&*store, &[(10, Some(1)), (11, Some(1)), (12, Some(2)), (13, None)]).await;
    let taken = claim(&*store, NOON_MS).await;
    let to = |number| taken.iter().filter(|due| due.endpoint.id == id(number)).cloned().collect::<Vec<_>>();
    assert_eq!(events(&to(1)), ids(&[10, 12, 13]));
    assert_eq!(events(&to(2)), ids(&[10, 12, 13]));
    assert_eq!(claim(&*store, NOON_MS).await, []);
    settle(&*store, &to(1)[0], NOON_MS, NextTry::Delivered).await;
    settle(&*store, &to(2)[0], NOON_MS, NextTry::At(NOON_MS + 5_000)).await;
    let next = claim(&*store, NOON_MS).await;
    assert_eq!((events(&next), next[0].endpoint.id), (ids(&[11]), id(1)));
    let again = claim(&*store, NOON_MS + 5_000).await;
    assert_eq!((events(&again), again[0].endpoint.id), (ids(&[10]), id(2)));
    settle(&*store, &again[0], NOON_MS, NextTry::Exhausted).await;
    assert_eq!(events(&claim(&*store, NOON_MS + 5_000).await), ids(&[11]));
}

/// Five minutes after it happened, an event that failed lets the later ones pass.
pub async fn a_failing_event_holds_up_the_others_for_five_minutes(store: Arc<dyn Store>) {
    told(&*store, &[(10, Some(1)), (11, Some(1))]).await;
    let first = claim(&*store, NOON_MS).await;
    settle(&*store, &first[0], NOON_MS, NextTry::At(NOON_MS + 5 * MINUTE_MS + 1)).await;
    assert_eq!(claim(&*store, NOON_MS + 5 * MINUTE_MS).await, []);
    let both = claim(&*store, NOON_MS + 5 * MINUTE_MS + 1).await;
    assert_eq!(events(&both), ids(&[10, 11]));
}

/// After a pause of ours all are old, but none has failed: they still go one after the other.
pub async fn an_event_that_was_never_tried_goes_first_whatever_its_age(store: Arc<dyn Store>) {
    told(&*store, &[(10, Some(1)), (11, Some(1)), (12, Some(1))]).await;
    let later_ms = NOON_MS + 60 * MINUTE_MS;
    let first = claim(&*store, later_ms).await;
    assert_eq!(events(&first), ids(&[10]));
    assert_eq!(claim(&*store, later_ms).await, [], "number 10 is on its first try");
    settle(&*store, &first[0], later_ms, NextTry::At(later_ms + 5_000)).await;
    assert_eq!(events(&claim(&*store, later_ms).await), ids(&[11]), "number 10 has failed and is old");
}

/// Four, by everybody together; a slow endpoint does not hold up another.
pub async fn one_endpoint_is_sent_few_at_a_time(store: Arc<dyn Store>) {
    told(&*store, &[10, 11, 12, 13, 14, 15].map(|number| (number, None))).await;
    made(&*store, 2, false).await;
    store.add_event(scope(), event(20, None, Some(2))).await.unwrap();
    let taken = claim(&*store, NOON_MS).await;
    assert_eq!(taken.iter().filter(|due| due.endpoint.id == id(1)).count(), IN_FLIGHT_MAX as usize);
    assert!(events(&taken).contains(&id(20)));
    assert_eq!(claim(&*store, NOON_MS).await, []);
    settle(&*store, &taken[0], NOON_MS, NextTry::Delivered).await;
    assert_eq!(claim(&*store, NOON_MS).await.len(), 1);
    let again = claim(&*store, NOON_MS + MINUTE_MS).await;
    assert_eq!(again.iter().filter(|due| due.endpoint.id == id(1)).count(), 4, "what was lost leaves room");
}

/// What became of the last try, and when the next one is.
pub async fn a_list_shows_how_each_delivery_stands(store: Arc<dyn Store>) {
    told(&*store, &[(10, None), (11, None), (12, None), (13, None)]).await;
    let taken = claim(&*store, NOON_MS).await;
    let ends = [NextTry::Delivered, NextTry::At(NOON_MS + 7), NextTry::Exhausted];
    for (due, next) in taken.iter().zip(ends) {
        settle(&*store, due, NOON_MS + 3, next).await;
    }
    let rows = listed(&*store, DeliveryFilter::default()).await;
    let row = |number| rows.iter().find(|row| row.event.id == id::<EventId>(number)).unwrap();
    let expected = DeliveryRow {
        id: taken[0].id,
        endpoint: id(1),
        url: endpoint(1, false).url,
        event: taken[0].event.clone(),
        state: DeliveryState::Delivered,
        attempts: 1,
        due_at_ms: None,
        last_at_ms: Some(NOON_MS + 3),
        last_status: Some(200),
        last_problem: String::new(),
    };
    assert_eq!(*row(10), expected);
    let failed = |number| {
        let DeliveryRow { state, due_at_ms, last_status, last_problem, .. } = row(number).clone();
        (state, due_at_ms, last_status, last_problem)
    };
    let refused = "connection refused".to_owned();
    assert_eq!(failed(11), (DeliveryState::Waiting, Some(NOON_MS + 7), None, refused.clone()));
    assert_eq!(failed(12), (DeliveryState::Exhausted, None, None, refused));
    assert_eq!((row(13).attempts, row(13).last_at_ms), (1, None), "it is being tried");
}

/// By endpoint, by state, by both; page by page, by number or behind the last row seen.
pub async fn deliveries_are_listed_newest_first(store: Arc<dyn Store>) {
    made(&*store, 1, true).await;
    made(&*store, 2, true).await;
    for number in 10..15 {
        let at_ms = NOON_MS + i64::from(number / 2);
        store.add_event(scope(), NewEvent { at_ms, ..event(number, None, None) }).await.unwrap();
    }
    for due in claim(&*store, NOON_MS + 100).await {
        let next = if due.endpoint.id == id(1) { NextTry::Delivered } else { NextTry::Exhausted };
        settle(&*store, &due, NOON_MS, next).await;
    }
    let all = listed(&*store, DeliveryFilter::default()).await;
    assert_eq!(all.len(), 10);
    assert!(all.is_sorted_by_key(|row| std::cmp::Reverse((row.event.at_ms, row.id))));
    let count = async |endpoint: Option<u32>, state| {
        listed(&*store, DeliveryFilter { endpoint: endpoint.map(id), state, after: None }).await.len()
    };
    assert_eq!(count(Some(1), None).await, 5);
    assert_eq!(count(None, Some(DeliveryState::Delivered)).await, 4);
    assert_eq!(count(Some(1), Some(DeliveryState::Waiting)).await, 1);
    assert_eq!(count(Some(2), Some(DeliveryState::Delivered)).await, 0);
    assert_eq!(count(Some(9), None).await, 0);
    let names = |rows: &[DeliveryRow]| rows.iter().map(|row| row.id).collect::<Vec<DeliveryId>>();
    let mut by_number = Vec::new();
    let mut by_cursor = Vec::new();
    for number in 1..=4 {
        let page = Page::numbered(number, 3);
        let rows = store.deliveries(scope(), DeliveryFilter::default(), page).await.unwrap();
        by_number.extend(names(&rows));
        let after =
            by_cursor.last().map(|row: &DeliveryRow| Cursor { at_ms: row.event.at_ms, id: *row.id.bytes() });
        let filter = DeliveryFilter { after, ..DeliveryFilter::default() };
        by_cursor.extend(store.deliveries(scope(), filter, Page::first(3)).await.unwrap());
    }
    assert_eq!(by_number, names(&all));
    assert_eq!(by_cursor, all);
    for (number, size) in [(0, 5), (1, 0), (2, 10), (1, 10_001), (u32::MAX, u32::MAX)] {
        let page = Page::numbered(number, size);
        assert_eq!(store.deliveries(scope(), DeliveryFilter::default(), page).await, Ok(vec![]));
    }
}

/// Since the first failure, whichever event it was, until something arrives.
pub async fn an_endpoint_fails_until_something_arrives(store: Arc<dyn Store>) {
    told(&*store, &[(10, None), (11, None), (12, None)]).await;
    let taken = claim(&*store, NOON_MS).await;
    let failing_since = async || store.endpoint(scope(), id(1)).await.unwrap().failing_since_ms;
    settle(&*store, &taken[0], NOON_MS + 1, NextTry::At(NOON_MS + 9)).await;
    assert_eq!(failing_since().await, Some(NOON_MS + 1));
    settle(&*store, &taken[1], NOON_MS + 2, NextTry::Exhausted).await;
    assert_eq!(failing_since().await, Some(NOON_MS + 1));
    settle(&*store, &taken[2], NOON_MS + 3, NextTry::Delivered).await;
    assert_eq!(failing_since().await, None);
}

/// Not by time alone: it takes a failure. What waits ends with it.
pub async fn an_endpoint_that_failed_for_five_days_is_disabled(store: Arc<dyn Store>) {
    told(&*store, &[(10, None), (11, None)]).await;
    let taken = claim(&*store, NOON_MS).await;
    settle(&*store, &taken[0], NOON_MS, NextTry::At(NOON_MS + FAILING_MAX_MS - 1)).await;
    let disabled = async || store.endpoint(scope(), id(1)).await.unwrap().disabled_at_ms;
    let early =
        store.claim_deliveries(NOON_MS + FAILING_MAX_MS - 1, NOON_MS + FAILING_MAX_MS, 1).await.unwrap();
    settle(&*store, &early[0], NOON_MS + FAILING_MAX_MS - 1, NextTry::At(NOON_MS + FAILING_MAX_MS)).await;
    assert_eq!(disabled().await, None);
    let last = claim(&*store, NOON_MS + FAILING_MAX_MS).await;
    settle(&*store, &last[0], NOON_MS + FAILING_MAX_MS, NextTry::At(i64::MAX)).await;
    assert_eq!(disabled().await, Some(NOON_MS + FAILING_MAX_MS));
    let rows = listed(&*store, DeliveryFilter::default()).await;
    assert!(rows.iter().all(|row| row.state == DeliveryState::Exhausted && row.due_at_ms.is_none()));
    let overtaken = settled(&last[1], NOON_MS, NextTry::Delivered);
    assert_eq!(store.settle_delivery(scope(), overtaken).await, Err(StoreError::Conflict));
}

/// Silence is no failure: neither after the last failure of all, nor before the first try of an event.
pub async fn a_failure_after_a_long_silence_disables_nothing(store: Arc<dyn Store>) {
    told(&*store, &[(10, None)]).await;
    settle(&*store, &claim(&*store, NOON_MS).await[0], NOON_MS, NextTry::Exhausted).await;
    let stands = async || {
        let endpoint = store.endpoint(scope(), id(1)).await.unwrap();
        (endpoint.failing_since_ms, endpoint.disabled_at_ms)
    };
    assert_eq!(stands().await, (None, None), "nothing waits");
    let later_ms = NOON_MS + 2 * FAILING_MAX_MS;
    let late = |number, at_ms| NewEvent { at_ms, ..event(number, None, Some(1)) };
    store.add_event(scope(), late(11, later_ms)).await.unwrap();
    let second_ms = later_ms + FAILING_MAX_MS;
    for at_ms in [later_ms, later_ms + 5_000] {
        settle(&*store, &claim(&*store, at_ms).await[0], at_ms, NextTry::At(at_ms + 5_000)).await;
        assert_eq!(stands().await, (Some(later_ms), None));
    }
    store.add_event(scope(), late(12, second_ms)).await.unwrap();
    let both = claim(&*store, second_ms).await;
    settle(&*store, &both[1], second_ms, NextTry::At(i64::MAX)).await;
    assert_eq!(stands().await, (Some(later_ms), None), "number 12 was tried for the first time");
    settle(&*store, &both[0], second_ms, NextTry::At(i64::MAX)).await;
    assert_eq!(stands().await, (Some(later_ms), Some(second_ms)));
}

/// Everything that waits there ends, and it can be told again only after somebody lets it.
pub async fn an_endpoint_that_is_gone_is_disabled(store: Arc<dyn Store>) {
    told(&*store, &[(10, Some(1)), (11, Some(1)), (12, Some(2))]).await;
    let taken = claim(&*store, NOON_MS).await;
    settle(&*store, &taken[0], NOON_MS + 5, NextTry::Gone).await;
    let gone = store.endpoint(scope(), id(1)).await.unwrap();
    assert_eq!((gone.disabled_at_ms, gone.failing_since_ms), (Some(NOON_MS + 5), Some(NOON_MS + 5)));
    let rows = listed(&*store, DeliveryFilter::default()).await;
    assert!(rows.iter().all(|row| row.state == DeliveryState::Exhausted));
    assert_eq!(claim(&*store, i64::MAX - MINUTE_MS).await, []);
    store.change_endpoint(scope(), id(1), EndpointChange::Disabled(None)).await.unwrap();
    let back = store.endpoint(scope(), id(1)).await.unwrap();
    assert_eq!((back.disabled_at_ms, back.failing_since_ms), (None, None));
    store.add_event(scope(), event(13, Some(1), Some(1))).await.unwrap();
    assert_eq!(events(&claim(&*store, NOON_MS).await), ids(&[13]));
}

/// Exhausted or delivered, it is due at once and has all its tries again.
pub async fn a_delivery_is_replayed_from_the_first_try(store: Arc<dyn Store>) {
    told(&*store, &[(10, None), (11, None)]).await;
    let taken = claim(&*store, NOON_MS).await;
    let replay = async || store.replay_deliveries(scope(), Replay::One(taken[0].id), NOON_MS + 5).await;
    assert_eq!(replay().await, Err(StoreError::Conflict), "it is being tried");
    settle(&*store, &taken[0], NOON_MS, NextTry::Exhausted).await;
    settle(&*store, &taken[1], NOON_MS, NextTry::Delivered).await;
    store.change_endpoint(scope(), id(1), EndpointChange::Disabled(Some(NOON_MS))).await.unwrap();
    assert_eq!(replay().await, Err(StoreError::Conflict), "its endpoint is disabled");
    store.change_endpoint(scope(), id(1), EndpointChange::Disabled(None)).await.unwrap();
    for due in &taken {
        assert_eq!(store.replay_deliveries(scope(), Replay::One(due.id), NOON_MS + 5).await, Ok(1));
    }
    assert_eq!(claim(&*store, NOON_MS + 4).await, []);
    let again = claim(&*store, NOON_MS + 5).await;
    assert_eq!(events(&again), ids(&[10, 11]));
    assert!(again.iter().all(|due| due.attempt == 1));
    let unknown = store.replay_deliveries(scope(), Replay::One(id(99)), NOON_MS).await;
    assert_eq!(unknown, Err(StoreError::NotFound));
}

/// Those of one endpoint that are exhausted, from a time on; none while the endpoint is disabled.
pub async fn exhausted_deliveries_are_replayed_together(store: Arc<dyn Store>) {
    made(&*store, 1, true).await;
    made(&*store, 2, true).await;
    for (number, at_ms) in [(10, NOON_MS), (11, NOON_MS + 1), (12, NOON_MS + 2), (13, NOON_MS + 3)] {
        store.add_event(scope(), NewEvent { at_ms, ..event(number, None, None) }).await.unwrap();
    }
    for due in claim(&*store, NOON_MS + 3).await {
        let next = if due.event.id == id(13) { NextTry::Delivered } else { NextTry::Exhausted };
        settle(&*store, &due, NOON_MS + 3, next).await;
    }
    let since = Replay::Since(id(1), NOON_MS + 1);
    store.change_endpoint(scope(), id(1), EndpointChange::Disabled(Some(NOON_MS))).await.unwrap();
    assert_eq!(store.replay_deliveries(scope(), since, NOON_MS + 9).await, Ok(0));
    store.change_endpoint(scope(), id(1), EndpointChange::Disabled(None)).await.unwrap();
    assert_eq!(store.replay_deliveries(scope(), since, NOON_MS + 9).await, Ok(2));
    let again = claim(&*store, NOON_MS + 9).await;
    assert_eq!(events(&again), ids(&[11, 12]));
    assert!(again.iter().all(|due| due.endpoint.id == id(1)));
    let unknown = store.replay_deliveries(scope(), Replay::Since(id(9), 0), NOON_MS).await;
    assert_eq!(unknown, Err(StoreError::NotFound));
}

/// Neither seen, ended nor replayed by another company or in another world.
pub async fn deliveries_of_companies_and_worlds_do_not_mix(store: Arc<dyn Store>) {
    told(&*store, &[(10, None)]).await;
    let due = claim(&*store, NOON_MS).await.remove(0);
    let production = Scope { env: egusi_protocol::Environment::Production, ..scope() };
    for other in [Scope { company: id(2), ..scope() }, production] {
        let page = Page::first(10);
        assert_eq!(store.deliveries(other, DeliveryFilter::default(), page).await, Ok(vec![]));
        let end = settled(&due, NOON_MS, NextTry::Delivered);
        assert_eq!(store.settle_delivery(other, end).await, Err(StoreError::NotFound));
        for replay in [Replay::One(due.id), Replay::Since(id(1), 0)] {
            let refused = store.replay_deliveries(other, replay, NOON_MS).await;
            assert_eq!(refused, Err(StoreError::NotFound));
        }
    }
    settle(&*store, &due, NOON_MS, NextTry::Delivered).await;
}
