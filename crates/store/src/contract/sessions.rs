//! Promises about sessions and the claims on them.

use super::samples::{LIFE_MS, NOON_MS, advance, hash, id, scope, session};
use crate::{Scope, Session, Store, StoreError};
use egusi_protocol::Environment;
use std::sync::Arc;
use tokio::task::JoinSet;

/// What was opened is read again, as version 0.
pub async fn a_session_is_found_by_its_token(store: Arc<dyn Store>) {
    store.open_session(session(scope(), 1)).await.unwrap();
    let expected = Session {
        scope: scope(),
        id: id(1),
        version: 0,
        busy_until_ms: 0,
        body: b"opened".to_vec(),
        created_at_ms: NOON_MS,
        expires_at_ms: NOON_MS + LIFE_MS,
    };
    assert_eq!(store.session(hash(1)).await, Ok(expected));
}

/// A token that nobody has opens nothing, by any verb.
pub async fn an_unknown_token_is_not_found(store: Arc<dyn Store>) {
    assert_eq!(store.session(hash(1)).await, Err(StoreError::NotFound));
    assert_eq!(store.claim_session(hash(1), NOON_MS, NOON_MS + 1).await, Err(StoreError::NotFound));
    assert_eq!(store.advance_session(scope(), advance(1, 0, "x")).await, Err(StoreError::NotFound));
}

/// Neither an id nor a token is used twice; a token not even in another scope.
pub async fn an_id_or_a_token_opens_one_session(store: Arc<dyn Store>) {
    store.open_session(session(scope(), 1)).await.unwrap();
    let mut same_id = session(scope(), 1);
    same_id.token = hash(2);
    assert_eq!(store.open_session(same_id.clone()).await, Err(StoreError::Conflict));
    let elsewhere = Scope { company: id(2), ..scope() };
    assert_eq!(store.open_session(session(elsewhere, 1)).await, Err(StoreError::Conflict));
    same_id.scope = elsewhere;
    assert_eq!(store.open_session(same_id).await, Ok(()));
}

/// Until the very millisecond the claim ends, it is the only one.
pub async fn a_claim_shuts_others_out_until_its_time_is_over(store: Arc<dyn Store>) {
    store.open_session(session(scope(), 1)).await.unwrap();
    let busy_until = NOON_MS + 500;
    let first = store.claim_session(hash(1), NOON_MS, busy_until).await.unwrap();
    assert_eq!((first.version, first.body.as_slice()), (1, b"opened".as_slice()));
    assert_eq!(first.busy_until_ms, busy_until);
    for now in [NOON_MS, busy_until - 1] {
        assert_eq!(store.claim_session(hash(1), now, busy_until).await, Err(StoreError::Conflict));
    }
    assert_eq!(store.session(hash(1)).await, Ok(first));
    let second = store.claim_session(hash(1), busy_until, busy_until + 500).await.unwrap();
    assert_eq!(second.version, 2);
}

/// Sixteen calls for one session: one takes it, fifteen hear so.
pub async fn of_many_claims_at_once_one_wins(store: Arc<dyn Store>) {
    store.open_session(session(scope(), 1)).await.unwrap();
    let mut claims = JoinSet::new();
    for _ in 0..16 {
        let store = Arc::clone(&store);
        claims.spawn(async move { store.claim_session(hash(1), NOON_MS, NOON_MS + 500).await });
    }
    let answers = claims.join_all().await;
    let won: Vec<_> = answers.iter().filter_map(|answer| answer.as_ref().ok()).collect();
    assert_eq!(won.iter().map(|session| session.version).collect::<Vec<_>>(), [1]);
    assert_eq!(answers.iter().filter(|answer| **answer == Err(StoreError::Conflict)).count(), 15);
}

/// After an advance the next call may claim at once, and finds what was written.
pub async fn an_advance_writes_the_body_and_lets_go(store: Arc<dyn Store>) {
    store.open_session(session(scope(), 1)).await.unwrap();
    let claimed = store.claim_session(hash(1), NOON_MS, NOON_MS + 500).await.unwrap();
    store.advance_session(scope(), advance(1, claimed.version, "second page")).await.unwrap();
    let found = store.session(hash(1)).await.unwrap();
    assert_eq!((found.version, found.body.as_slice()), (1, b"second page".as_slice()));
    assert_eq!(found.busy_until_ms, 0);
    assert_eq!(found.expires_at_ms, NOON_MS + 2 * LIFE_MS);
    assert_eq!(found.created_at_ms, NOON_MS);
    assert_eq!(store.claim_session(hash(1), NOON_MS, NOON_MS + 500).await.unwrap().version, 2);
}

/// Whoever lost the claim cannot write over the one who has it now.
pub async fn an_advance_of_an_older_version_changes_nothing(store: Arc<dyn Store>) {
    store.open_session(session(scope(), 1)).await.unwrap();
    store.claim_session(hash(1), NOON_MS, NOON_MS + 500).await.unwrap();
    let current = store.claim_session(hash(1), NOON_MS + 500, NOON_MS + 900).await.unwrap();
    for version in [0, 1, 3] {
        let late = store.advance_session(scope(), advance(1, version, "late")).await;
        assert_eq!(late, Err(StoreError::Conflict));
    }
    assert_eq!(store.session(hash(1)).await, Ok(current));
    let still_busy = store.claim_session(hash(1), NOON_MS + 600, NOON_MS + 900).await;
    assert_eq!(still_busy, Err(StoreError::Conflict));
}

/// A second advance by the same claim, and one without any claim, are refused.
pub async fn a_claim_is_good_for_one_advance(store: Arc<dyn Store>) {
    store.open_session(session(scope(), 1)).await.unwrap();
    assert_eq!(store.advance_session(scope(), advance(1, 0, "unclaimed")).await, Err(StoreError::Conflict));
    let claimed = store.claim_session(hash(1), NOON_MS, NOON_MS + 500).await.unwrap();
    store.advance_session(scope(), advance(1, claimed.version, "once")).await.unwrap();
    let again = store.advance_session(scope(), advance(1, claimed.version, "twice")).await;
    assert_eq!(again, Err(StoreError::Conflict));
    assert_eq!(store.session(hash(1)).await.unwrap().body, b"once");
}

/// A slow call whose time is over may still write, as long as nobody claimed after it.
pub async fn a_lapsed_claim_is_good_while_nobody_else_came(store: Arc<dyn Store>) {
    store.open_session(session(scope(), 1)).await.unwrap();
    let slow = store.claim_session(hash(1), NOON_MS, NOON_MS + 1).await.unwrap();
    assert_eq!(store.advance_session(scope(), advance(1, slow.version, "slow")).await, Ok(()));
}

/// Another company, or the same in the other world, has no such session.
pub async fn a_session_is_advanced_in_its_own_scope_only(store: Arc<dyn Store>) {
    store.open_session(session(scope(), 1)).await.unwrap();
    let claimed = store.claim_session(hash(1), NOON_MS, NOON_MS + 500).await.unwrap();
    let others = [Scope { company: id(2), ..scope() }, Scope { env: Environment::Production, ..scope() }];
    for other in others {
        let stolen = store.advance_session(other, advance(1, claimed.version, "stolen")).await;
        assert_eq!(stolen, Err(StoreError::NotFound));
    }
    assert_eq!(store.session(hash(1)).await, Ok(claimed));
}

/// Only what has ended goes, of every company, and not more at once than was asked for.
pub async fn ended_sessions_are_forgotten_oldest_first(store: Arc<dyn Store>) {
    let elsewhere = Scope { company: id(2), ..scope() };
    for (number, scope, ends_ms) in [(1, scope(), 30), (2, elsewhere, 10), (3, scope(), 20), (4, scope(), 40)]
    {
        let session = session(scope, number);
        store.open_session(crate::NewSession { expires_at_ms: NOON_MS + ends_ms, ..session }).await.unwrap();
    }
    assert_eq!(store.forget_sessions(NOON_MS + 40, 2).await, Ok(2));
    for (number, is_there) in [(1, true), (2, false), (3, false), (4, true)] {
        assert_eq!(store.session(hash(number)).await.is_ok(), is_there, "{number}");
    }
    assert_eq!(store.forget_sessions(NOON_MS + 40, 2).await, Ok(1));
    assert_eq!(store.forget_sessions(NOON_MS + 40, 2).await, Ok(0));
    assert!(store.session(hash(4)).await.is_ok());
}
