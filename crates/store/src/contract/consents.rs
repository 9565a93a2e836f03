//! Consents: found by the number of their receipt, and ended with all that they allowed.

use super::samples::{
    NOON_MS, account, advance, connection, hash, id, look, new_reading, others, query, reading, receipt,
    scope, session, update, visit,
};
use crate::{
    AppRow, ConsentRow, DueTask, FullAccount, NewConnection, NewConsent, NewEvent, RecordUpdate, Revocation,
    Rule, Scope, Store, StoreError, TaskEnd, TaskKind, TaskState, WatchChange,
};
use egusi_protocol::{Currency, EventKind, RecordStatus};
use std::sync::Arc;

const LATER_MS: i64 = NOON_MS + 60_000;

fn shared(number: u32) -> NewConnection {
    let accounts = vec![account(number, reading(NOON_MS, 500)), account(number + 1, reading(NOON_MS, 700))];
    connection(number, accounts)
}

/// The end of the consent of the given session.
fn end_of(scope: Scope, session: u32, record: u32) -> Revocation {
    let event = NewEvent {
        id: id(900 + session),
        kind: EventKind::Revoked,
        record: Some(id(record)),
        endpoint: None,
        body: "{}".to_owned(),
        at_ms: LATER_MS,
    };
    Revocation { number: receipt(scope, session), at_ms: LATER_MS, event }
}

fn kept(session: u32, record: u32) -> ConsentRow {
    ConsentRow {
        scope: scope(),
        record: id(record),
        agreed_at_ms: NOON_MS,
        again_at_ms: None,
        until_ms: NOON_MS + 90 * 86_400_000,
        stopped_at_ms: None,
        facts: format!("sealed facts {session}").into_bytes(),
    }
}

/// The number alone leads to it, and says whose it is.
pub async fn a_consent_is_found_by_the_number_of_its_receipt(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, shared(10)).await.unwrap();
    let [elsewhere, _] = others();
    visit(&*store, elsewhere, 2, shared(10)).await.unwrap();
    assert_eq!(store.consent(receipt(scope(), 1)).await, Ok(kept(1, 10)));
    let other = store.consent(receipt(elsewhere, 2)).await.unwrap();
    assert_eq!(other, ConsentRow { scope: elsewhere, ..kept(2, 10) });
    assert_eq!(store.consent(hash(77)).await, Err(StoreError::NotFound));
}

/// A number that is taken would make somebody see another's consent.
pub async fn a_number_is_one_consents_on_the_whole_server(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, shared(10)).await.unwrap();
    let mut second = shared(20);
    second.consent.number = receipt(scope(), 1);
    store.open_session(session(scope(), 2)).await.unwrap();
    let claimed = store.claim_session(hash(2), NOON_MS, LATER_MS).await.unwrap();
    let finished = store.finish_session(scope(), advance(2, claimed.version, "done"), second).await;
    assert_eq!(finished, Err(StoreError::Conflict));
    assert_eq!(store.full_record(scope(), id(20)).await, Err(StoreError::NotFound));
}

/// The record is closed, and nothing that could read it again is left; what was read stays.
pub async fn a_consent_that_is_ended_closes_its_record(store: Arc<dyn Store>) {
    let app = AppRow {
        id: id(600),
        name: "Shop".to_owned(),
        short: "shop".to_owned(),
        allowed_origins: vec![],
        options: "{}".to_owned(),
        low_funds: vec![(Currency::NGN, 600)],
        created_at_ms: NOON_MS,
        updated_at_ms: NOON_MS,
    };
    store.save_app(scope(), app).await.unwrap();
    let mut first = shared(10);
    first.record.app = Some(id(600));
    first.then = Some(TaskKind::History);
    first.watches = vec![WatchChange { account: id(10), rule: Rule::App, is_low: true, crossings: 3 }];
    visit(&*store, scope(), 1, first).await.unwrap();
    store.set_threshold(scope(), id(11), Some(50)).await.unwrap();
    visit(&*store, scope(), 2, shared(20)).await.unwrap();
    let beside = store.full_record(scope(), id(20)).await.unwrap();

    assert_eq!(store.revoke(scope(), end_of(scope(), 1, 10)).await, Ok(true));
    let full = store.full_record(scope(), id(10)).await.unwrap();
    assert_eq!((full.row.status, full.row.revoked_at_ms), (RecordStatus::Revoked, Some(LATER_MS)));
    assert_eq!((full.row.updated_at_ms, full.version), (LATER_MS, 2));
    assert!(full.access.is_empty());
    let is_closed = |account: &FullAccount| !account.row.connected && account.row.threshold_minor.is_none();
    assert!(full.accounts.len() == 2 && full.accounts.iter().all(is_closed));
    assert_eq!(full.accounts[0].current, Some(reading(NOON_MS, 500)), "what was read stays");
    let watch = full.accounts[0].watches[0];
    assert_eq!((watch.is_low, watch.crossings), (false, 3), "events go on being counted");
    let task = store.task(scope(), id(10), TaskKind::History).await.unwrap();
    assert_eq!((task.state, task.ended_at_ms), (TaskState::Failed, Some(LATER_MS)));
    assert_eq!(task.problem, "consent_revoked");
    assert_eq!(store.claim_tasks(i64::MAX - 1, i64::MAX, 9).await, Ok(vec![]));
    let found = store.consent(receipt(scope(), 1)).await.unwrap();
    assert_eq!(found, ConsentRow { stopped_at_ms: Some(LATER_MS), ..kept(1, 10) });
    assert_eq!(store.full_record(scope(), id(20)).await, Ok(beside), "another record stays as it is");
    assert_eq!(store.consent(receipt(scope(), 2)).await, Ok(kept(2, 20)));
}

/// Whoever works on the record has lost it: neither a late look nor the end of a task counts.
pub async fn what_is_under_way_when_a_consent_ends_changes_nothing(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, NewConnection { then: Some(TaskKind::History), ..shared(10) }).await.unwrap();
    let task: DueTask = store.claim_tasks(NOON_MS, LATER_MS, 9).await.unwrap()[0];
    store.revoke(scope(), end_of(scope(), 1, 10)).await.unwrap();
    let late = RecordUpdate { readings: vec![new_reading(10, &[reading(LATER_MS, 1)])], ..update(10, 1) };
    assert_eq!(store.update_record(scope(), late).await, Err(StoreError::Conflict));
    assert_eq!(store.end_task(task, LATER_MS, TaskEnd::Completed, vec![]).await, Err(StoreError::Conflict));
}

/// A second end is no second happening, by whichever of the record's receipts; nor is it one for a
/// stranger.
pub async fn a_consent_ends_once(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, shared(10)).await.unwrap();
    let mut again = shared(10);
    again.consent.agreed_at_ms = NOON_MS + 5;
    visit(&*store, scope(), 2, again).await.unwrap();
    let first = store.consent(receipt(scope(), 1)).await.unwrap();
    assert_eq!(first.again_at_ms, Some(NOON_MS + 5), "the customer has agreed again since");
    assert_eq!(store.consent(receipt(scope(), 2)).await.unwrap().again_at_ms, None);
    let mut carried = shared(10);
    (carried.consent.agreed_at_ms, carried.consent.is_carried) = (NOON_MS + 9, true);
    visit(&*store, scope(), 3, carried).await.unwrap();
    let first = store.consent(receipt(scope(), 1)).await.unwrap();
    assert_eq!(first.again_at_ms, Some(NOON_MS + 5), "to carry one over is not to agree");
    for scope in others() {
        let by_another = Revocation { number: receipt(self::scope(), 1), ..end_of(scope, 1, 10) };
        assert_eq!(store.revoke(scope, by_another).await, Err(StoreError::NotFound));
    }
    let unknown = Revocation { number: hash(77), ..end_of(scope(), 1, 10) };
    assert_eq!(store.revoke(scope(), unknown).await, Err(StoreError::NotFound));
    assert_eq!(store.full_record(scope(), id(10)).await.unwrap().row.status, RecordStatus::Ok);

    assert_eq!(store.revoke(scope(), end_of(scope(), 1, 10)).await, Ok(true));
    let closed = store.full_record(scope(), id(10)).await.unwrap();
    for session in [1, 2, 3] {
        let late = Revocation { at_ms: LATER_MS + 9, ..end_of(scope(), session, 10) };
        assert_eq!(store.revoke(scope(), late).await, Ok(false));
        let found = store.consent(receipt(scope(), session)).await.unwrap();
        assert_eq!((found.stopped_at_ms, found.again_at_ms), (Some(LATER_MS), None));
    }
    assert_eq!(store.full_record(scope(), id(10)).await, Ok(closed));
}

/// Nobody goes on by an agreement that has ended. One that is given anew is another, with a number of
/// its own, which the number of before does not end.
pub async fn an_ended_consent_is_not_carried_over(store: Arc<dyn Store>) {
    visit(&*store, scope(), 1, shared(10)).await.unwrap();
    assert!(!store.known_connection(scope(), query(10)).await.unwrap().is_revoked);
    store.revoke(scope(), end_of(scope(), 1, 10)).await.unwrap();
    assert!(store.known_connection(scope(), query(10)).await.unwrap().is_revoked);
    let before = shared(10);
    let carried =
        NewConnection { consent: NewConsent { is_carried: true, ..before.consent.clone() }, ..before };
    assert_eq!(visit(&*store, scope(), 2, carried.clone()).await, Err(StoreError::Conflict));
    assert_eq!(store.full_record(scope(), id(10)).await.unwrap().row.status, RecordStatus::Revoked);

    visit(&*store, scope(), 3, shared(10)).await.unwrap();
    let full = store.full_record(scope(), id(10)).await.unwrap();
    assert_eq!((full.row.status, full.row.revoked_at_ms), (RecordStatus::Ok, None));
    assert!(full.accounts.iter().all(|account| account.row.connected));
    assert_eq!(store.revoke(scope(), end_of(scope(), 1, 10)).await, Ok(false));
    assert_eq!(store.full_record(scope(), id(10)).await, Ok(full));
    visit(&*store, scope(), 4, carried).await.unwrap();
    look(&*store, update(10, 0)).await.unwrap();
}

/// Whoever listens to the record hears of the end, in the same transaction.
pub async fn the_end_of_a_consent_is_told(store: Arc<dyn Store>) {
    let endpoint = crate::NewEndpoint {
        id: id(700),
        url: "https://shop.example/hook".to_owned(),
        is_standing: true,
        secret: b"sealed".to_vec(),
        at_ms: NOON_MS,
    };
    store.ensure_endpoint(scope(), endpoint).await.unwrap();
    visit(&*store, scope(), 1, shared(10)).await.unwrap();
    for _ in 0..2 {
        store.revoke(scope(), end_of(scope(), 1, 10)).await.unwrap();
    }
    let due = store.claim_deliveries(LATER_MS, LATER_MS + 1, 9).await.unwrap();
    let told: Vec<_> = due.iter().map(|delivery| (delivery.event.kind, delivery.event.record)).collect();
    assert_eq!(told, [(EventKind::Revoked, Some(id(10)))]);
}
