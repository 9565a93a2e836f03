//! Promises about calls that carry an idempotency key.

use super::samples::{NOON_MS, hash, id, scope};
use crate::{KnownCall, NewCall, Scope, Store, StoreError};
use std::sync::Arc;

/// The call with the key of that number, begun at a time and busy for ten seconds.
fn call(number: u32, at_ms: i64) -> NewCall {
    NewCall { key: hash(number), fingerprint: hash(500), at_ms, busy_until_ms: at_ms + 10_000 }
}

/// It runs, and says for how long, until it is answered; then the answer comes again.
pub async fn a_call_is_made_once(store: Arc<dyn Store>) {
    assert_eq!(store.begin_call(scope(), call(1, NOON_MS)).await, Ok(KnownCall::Fresh));
    assert_eq!(store.begin_call(scope(), call(1, NOON_MS + 1)).await, Ok(KnownCall::Running(9_999)));
    store.end_call(scope(), hash(1), Some((201, "{}".to_owned()))).await.unwrap();
    let answered = Ok(KnownCall::Answered(201, "{}".to_owned()));
    assert_eq!(store.begin_call(scope(), call(1, NOON_MS + 2)).await, answered);
    assert_eq!(store.begin_call(scope(), call(1, NOON_MS + 60_000)).await, answered);
    assert_eq!(store.begin_call(scope(), call(2, NOON_MS)).await, Ok(KnownCall::Fresh));
}

/// Whether it runs or is answered.
pub async fn a_key_is_good_for_one_call(store: Arc<dyn Store>) {
    store.begin_call(scope(), call(1, NOON_MS)).await.unwrap();
    let other = NewCall { fingerprint: hash(501), ..call(1, NOON_MS) };
    assert_eq!(store.begin_call(scope(), other.clone()).await, Ok(KnownCall::Mismatch));
    store.end_call(scope(), hash(1), Some((200, String::new()))).await.unwrap();
    assert_eq!(store.begin_call(scope(), other).await, Ok(KnownCall::Mismatch));
}

/// One that was lost on its way is made again once its time is over, and the first answer stays.
pub async fn a_lost_call_is_taken_over(store: Arc<dyn Store>) {
    store.begin_call(scope(), call(1, NOON_MS)).await.unwrap();
    assert_eq!(store.begin_call(scope(), call(1, NOON_MS + 9_999)).await, Ok(KnownCall::Running(1)));
    assert_eq!(store.begin_call(scope(), call(1, NOON_MS + 10_000)).await, Ok(KnownCall::Fresh));
    assert_eq!(store.begin_call(scope(), call(1, NOON_MS + 10_001)).await, Ok(KnownCall::Running(9_999)));
    store.end_call(scope(), hash(1), Some((200, "first".to_owned()))).await.unwrap();
    store.end_call(scope(), hash(1), Some((500, "second".to_owned()))).await.unwrap();
    store.end_call(scope(), hash(1), None).await.unwrap();
    let answered = Ok(KnownCall::Answered(200, "first".to_owned()));
    assert_eq!(store.begin_call(scope(), call(1, NOON_MS + 10_002)).await, answered);
}

/// Without an answer worth keeping the same call is a new one.
pub async fn a_call_that_came_to_nothing_may_be_made_again(store: Arc<dyn Store>) {
    store.begin_call(scope(), call(1, NOON_MS)).await.unwrap();
    store.end_call(scope(), hash(1), None).await.unwrap();
    let other = NewCall { fingerprint: hash(501), ..call(1, NOON_MS) };
    assert_eq!(store.begin_call(scope(), other).await, Ok(KnownCall::Fresh));
    assert_eq!(store.end_call(scope(), hash(2), None).await, Err(StoreError::NotFound));
    assert_eq!(store.end_call(scope(), hash(2), Some((200, String::new()))).await, Err(StoreError::NotFound));
}

/// The oldest first, and no more than were asked for.
pub async fn old_calls_are_forgotten(store: Arc<dyn Store>) {
    for number in 0..4 {
        store.begin_call(scope(), call(number, NOON_MS + i64::from(number))).await.unwrap();
        store.end_call(scope(), hash(number), Some((200, String::new()))).await.unwrap();
    }
    assert_eq!(store.forget_calls(NOON_MS + 3, 2).await, Ok(2));
    assert_eq!(store.begin_call(scope(), call(1, NOON_MS + 9)).await, Ok(KnownCall::Fresh));
    assert_eq!(store.forget_calls(NOON_MS + 3, 10).await, Ok(1));
    let kept = Ok(KnownCall::Answered(200, String::new()));
    assert_eq!(store.begin_call(scope(), call(3, NOON_MS + 9)).await, kept);
}

/// The same key of another company or world is another call.
pub async fn calls_of_companies_and_worlds_do_not_mix(store: Arc<dyn Store>) {
    store.begin_call(scope(), call(1, NOON_MS)).await.unwrap();
    let production = Scope { env: egusi_protocol::Environment::Production, ..scope() };
    for other in [Scope { company: id(2), ..scope() }, production] {
        assert_eq!(store.end_call(other, hash(1), None).await, Err(StoreError::NotFound));
        assert_eq!(store.begin_call(other, call(1, NOON_MS)).await, Ok(KnownCall::Fresh));
    }
}
