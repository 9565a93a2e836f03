//! Promises about events: who hears of them, in what order, and for how long they are kept.

use super::endpoints::{endpoint, made};
use super::samples::{NOON_MS, id, scope};
use crate::{
    DeliveryFilter, DeliveryState, DueDelivery, EndpointChange, EventRow, NewEvent, NextTry, Page, Replay,
    Scope, SettleDelivery, Store,
};
use egusi_protocol::{EndpointId, EventKind};
use std::sync::Arc;

/// The event of the given number, which is its id, of a record and for its endpoint.
pub(super) fn event(number: u32, record: Option<u32>, endpoint: Option<u32>) -> NewEvent {
    NewEvent {
        id: id(number),
        kind: EventKind::BalanceRead,
        record: record.map(id),
        endpoint: endpoint.map(id),
        body: format!("{{\"number\":{number}}}"),
        at_ms: NOON_MS,
    }
}

/// Takes everything that may be taken, for a minute; in the order of events and endpoints, since
/// those that are due at the same moment come in any order.
pub(super) async fn claim(store: &dyn Store, now_ms: i64) -> Vec<DueDelivery> {
    let mut taken = store.claim_deliveries(now_ms, now_ms + 60_000, 100).await.unwrap();
    taken.sort_by_key(|due| (due.event.id, due.endpoint.id));
    taken
}

/// Ends a try as it was taken.
pub(super) fn settled(due: &DueDelivery, at_ms: i64, next: NextTry) -> SettleDelivery {
    let (status, problem) = match next {
        NextTry::Delivered => (Some(200), ""),
        NextTry::Gone => (Some(410), "status 410"),
        NextTry::At(_) | NextTry::Exhausted => (None, "connection refused"),
    };
    SettleDelivery { id: due.id, attempt: due.attempt, at_ms, status, problem: problem.to_owned(), next }
}

/// To which endpoints events are on their way, by the events' numbers.
async fn on_their_way(store: &dyn Store) -> Vec<(EndpointId, String)> {
    let rows = store.deliveries(scope(), DeliveryFilter::default(), Page::first(100)).await.unwrap();
    let mut pairs: Vec<_> = rows.into_iter().map(|row| (row.endpoint, row.event.body)).collect();
    pairs.sort();
    pairs
}

/// The record's own and the standing ones, each once; no other.
pub async fn an_event_goes_to_its_endpoint_and_to_the_standing_ones(store: Arc<dyn Store>) {
    for (number, is_standing) in [(1, false), (2, true), (3, true), (4, false)] {
        made(&*store, number, is_standing).await;
    }
    store.add_event(scope(), event(10, Some(1), Some(1))).await.unwrap();
    store.add_event(scope(), event(11, None, Some(2))).await.unwrap();
    let expected = [(1, 10), (2, 10), (2, 11), (3, 10), (3, 11)]
        .map(|(endpoint, event)| (id(endpoint), format!("{{\"number\":{event}}}")));
    assert_eq!(on_their_way(&*store).await, expected);
    let due = claim(&*store, NOON_MS).await;
    let told = due.iter().find(|due| due.event.id == id(10)).unwrap();
    let expected = EventRow {
        id: id(10),
        kind: EventKind::BalanceRead,
        record: Some(id(1)),
        sequence: 1,
        body: "{\"number\":10}".to_owned(),
        at_ms: NOON_MS,
    };
    assert_eq!(told.event, expected);
    assert_eq!((told.scope, told.attempt), (scope(), 1));
}

/// Neither a standing one nor the record's own; but what was missed is listed, and comes when it is
/// asked for after the endpoint is enabled again.
pub async fn a_disabled_endpoint_hears_nothing(store: Arc<dyn Store>) {
    for (number, is_standing) in [(1, false), (2, true)] {
        made(&*store, number, is_standing).await;
        let disable = EndpointChange::Disabled(Some(NOON_MS));
        store.change_endpoint(scope(), id(number), disable).await.unwrap();
    }
    store.add_event(scope(), event(10, Some(1), Some(1))).await.unwrap();
    for number in [1, 2] {
        store.change_endpoint(scope(), id(number), EndpointChange::Disabled(None)).await.unwrap();
    }
    assert_eq!(claim(&*store, NOON_MS).await, []);
    let missed = store.deliveries(scope(), DeliveryFilter::default(), Page::first(9)).await.unwrap();
    assert_eq!(missed.len(), 2);
    for row in &missed {
        assert_eq!((row.state, row.attempts, row.due_at_ms), (DeliveryState::Exhausted, 0, None));
        assert_eq!((row.last_at_ms, row.last_problem.as_str()), (None, "the endpoint is disabled"));
    }
    store.add_event(scope(), event(11, Some(1), Some(1))).await.unwrap();
    let next = claim(&*store, NOON_MS).await;
    assert_eq!(next.iter().map(|due| due.event.id).collect::<Vec<_>>(), [id(11), id(11)]);
    for number in [1, 2] {
        let replay = Replay::Since(id(number), NOON_MS);
        assert_eq!(store.replay_deliveries(scope(), replay, NOON_MS).await, Ok(1));
    }
    assert_eq!(claim(&*store, NOON_MS).await.len(), 2);
}

/// The same event again adds nothing, not even to an endpoint that came later.
pub async fn an_event_is_added_once(store: Arc<dyn Store>) {
    made(&*store, 1, true).await;
    store.add_event(scope(), event(10, Some(1), None)).await.unwrap();
    made(&*store, 2, true).await;
    let changed = NewEvent { body: "{\"other\":1}".to_owned(), ..event(10, Some(1), Some(2)) };
    store.add_event(scope(), changed).await.unwrap();
    assert_eq!(on_their_way(&*store).await, [(id(1), "{\"number\":10}".to_owned())]);
    store.add_event(scope(), event(11, Some(1), None)).await.unwrap();
    let due = store.claim_deliveries(NOON_MS, NOON_MS + 1, 100).await.unwrap();
    let second = due.iter().find(|due| due.event.id == id(11)).unwrap();
    assert_eq!(second.event.sequence, 2, "an event that is not added has no number");
}

/// From 1 for each record, and never the same number again, though the events are forgotten.
pub async fn events_of_a_record_are_numbered(store: Arc<dyn Store>) {
    made(&*store, 1, true).await;
    let mut numbers = Vec::new();
    for (number, record) in [(10, Some(1)), (11, Some(1)), (12, Some(2)), (13, None), (14, Some(1))] {
        store.add_event(scope(), event(number, record, None)).await.unwrap();
        for due in claim(&*store, NOON_MS).await {
            numbers.push(due.event.sequence);
            store.settle_delivery(scope(), settled(&due, NOON_MS, NextTry::Delivered)).await.unwrap();
        }
        store.forget_events(NOON_MS + 1, 10).await.unwrap();
    }
    assert_eq!(numbers, [1, 2, 1, 0, 3]);
}

/// One that is still on its way is kept, whatever its age, and helpings are not exceeded.
pub async fn old_events_are_forgotten_when_their_deliveries_have_ended(store: Arc<dyn Store>) {
    made(&*store, 1, true).await;
    made(&*store, 2, true).await;
    for (number, at_ms) in [(10, NOON_MS), (11, NOON_MS + 1), (12, NOON_MS + 2), (13, NOON_MS + 3)] {
        store.add_event(scope(), NewEvent { at_ms, ..event(number, None, None) }).await.unwrap();
    }
    for due in claim(&*store, NOON_MS + 3).await {
        let is_late = due.event.id == id(11) && due.endpoint.id == id(2);
        let next = if is_late { NextTry::At(NOON_MS + 9) } else { NextTry::Delivered };
        store.settle_delivery(scope(), settled(&due, NOON_MS, next)).await.unwrap();
    }
    let left = async || on_their_way(&*store).await.len();
    assert_eq!(store.forget_events(NOON_MS, 10).await, Ok(0));
    assert_eq!(store.forget_events(NOON_MS + 3, 1).await, Ok(1));
    assert_eq!(left().await, 6);
    assert_eq!(store.forget_events(NOON_MS + 3, 10).await, Ok(1), "number 11 is on its way");
    assert_eq!(left().await, 4);
    let late = claim(&*store, NOON_MS + 9).await;
    store.settle_delivery(scope(), settled(&late[0], NOON_MS, NextTry::Exhausted)).await.unwrap();
    assert_eq!(store.forget_events(NOON_MS + 3, 10).await, Ok(1));
    assert_eq!(left().await, 2);
}

/// A standing endpoint hears of its own company and world alone.
pub async fn events_of_companies_and_worlds_do_not_mix(store: Arc<dyn Store>) {
    made(&*store, 1, true).await;
    let other = Scope { company: id(2), ..scope() };
    store.ensure_endpoint(other, endpoint(2, true)).await.unwrap();
    store.add_event(other, event(10, Some(1), Some(1))).await.unwrap();
    assert_eq!(on_their_way(&*store).await, []);
    let due = claim(&*store, NOON_MS).await;
    assert_eq!(due.iter().map(|due| (due.scope, due.endpoint.id)).collect::<Vec<_>>(), [(other, id(2))]);
    store.add_event(scope(), event(10, Some(1), None)).await.unwrap();
    assert_eq!(claim(&*store, NOON_MS).await.len(), 1, "another company's event may have the same id");
}
