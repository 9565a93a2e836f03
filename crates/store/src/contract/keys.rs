//! Promises about the keys of companies and how they end.

use super::companies::{KINDS, company};
use super::samples::{NOON_MS, hash, id};
use crate::{KeyKind, KeyRotation, KeyRow, NewKey, Store, StoreError};
use egusi_protocol::Environment;
use std::sync::Arc;

/// A new public key of the sandbox, as the number 10 of [`company`] would be number 12.
fn rotation(number: u32, others_end_at_ms: Option<i64>) -> KeyRotation {
    let key = NewKey {
        id: id(number),
        env: Environment::Sandbox,
        kind: KeyKind::Public,
        hash: hash(number),
        hint: format!("{number:04}"),
    };
    KeyRotation { key, at_ms: NOON_MS + 1, others_end_at_ms }
}

/// When each of the keys ends, in the order in which they are listed.
async fn ends(store: &dyn Store) -> Vec<Option<i64>> {
    store.keys(id(1)).await.unwrap().into_iter().map(|key| key.ends_at_ms).collect()
}

/// With all that tells one from another, and nothing by which one could be used.
pub async fn keys_are_listed_oldest_first(store: Arc<dyn Store>) {
    store.create_company(company(1, 10)).await.unwrap();
    store.create_company(company(2, 20)).await.unwrap();
    store.rotate_key(id(1), rotation(5, None)).await.unwrap();
    let mut expected: Vec<_> = (10..)
        .zip(KINDS)
        .map(|(number, (env, kind))| KeyRow {
            id: id(number),
            env,
            kind,
            hint: "abcd".to_owned(),
            created_at_ms: NOON_MS,
            ends_at_ms: None,
        })
        .collect();
    expected.push(KeyRow {
        id: id(5),
        env: Environment::Sandbox,
        kind: KeyKind::Public,
        hint: "0005".to_owned(),
        created_at_ms: NOON_MS + 1,
        ends_at_ms: None,
    });
    assert_eq!(store.keys(id(1)).await, Ok(expected));
    assert_eq!(store.keys(id(3)).await, Err(StoreError::NotFound));
}

/// Only those of the same world and kind end; all are still found, for they are good until then.
pub async fn a_new_key_may_end_those_before_it(store: Arc<dyn Store>) {
    store.create_company(company(1, 10)).await.unwrap();
    store.create_company(company(2, 20)).await.unwrap();
    store.rotate_key(id(1), rotation(15, Some(NOON_MS + 100))).await.unwrap();
    assert_eq!(ends(&*store).await, [None, None, Some(NOON_MS + 100), None, None]);
    assert_eq!(store.key(hash(12)).await.unwrap().ends_at_ms, Some(NOON_MS + 100));
    let new = store.key(hash(15)).await.unwrap();
    assert_eq!((new.id, new.ends_at_ms), (id(15), None));
    assert_eq!((new.scope.company, new.scope.env), (id(1), Environment::Sandbox));
    assert_eq!(store.key(hash(22)).await.unwrap().ends_at_ms, None);
}

/// Neither a later rotation nor a later end lets a key live longer.
pub async fn the_end_of_a_key_only_comes_nearer(store: Arc<dyn Store>) {
    store.create_company(company(1, 10)).await.unwrap();
    let end = async |at_ms| store.end_key(id(1), id(12), NOON_MS + at_ms).await;
    end(50).await.unwrap();
    assert_eq!(end(60).await, Ok(()));
    store.rotate_key(id(1), rotation(15, Some(NOON_MS + 70))).await.unwrap();
    assert_eq!(ends(&*store).await, [None, None, Some(NOON_MS + 50), None, None]);
    store.rotate_key(id(1), rotation(16, Some(NOON_MS + 40))).await.unwrap();
    assert_eq!(ends(&*store).await[2..], [Some(NOON_MS + 40), None, Some(NOON_MS + 40), None]);
    end(30).await.unwrap();
    assert_eq!(store.key(hash(12)).await.unwrap().ends_at_ms, Some(NOON_MS + 30));
}

/// A new key that cannot be had leaves the old ones as they were.
pub async fn a_rotation_that_fails_ends_nothing(store: Arc<dyn Store>) {
    store.create_company(company(1, 10)).await.unwrap();
    store.create_company(company(2, 20)).await.unwrap();
    let mut same_hash = rotation(15, Some(NOON_MS));
    same_hash.key.hash = hash(20);
    let mut same_id = rotation(15, Some(NOON_MS));
    same_id.key.id = id(10);
    for taken in [same_hash, same_id] {
        assert_eq!(store.rotate_key(id(1), taken).await, Err(StoreError::Conflict));
    }
    assert_eq!(store.rotate_key(id(3), rotation(15, None)).await, Err(StoreError::NotFound));
    assert_eq!(ends(&*store).await, [None; 4]);
    assert_eq!(store.key(hash(15)).await, Err(StoreError::NotFound));
}

/// Whoever knows the id of another company's key can do nothing with it.
pub async fn a_key_is_ended_for_its_own_company_only(store: Arc<dyn Store>) {
    store.create_company(company(1, 10)).await.unwrap();
    store.create_company(company(2, 20)).await.unwrap();
    for (company, key) in [(2, 10), (3, 10), (1, 99)] {
        assert_eq!(store.end_key(id(company), id(key), NOON_MS).await, Err(StoreError::NotFound));
    }
    assert_eq!(ends(&*store).await, [None; 4]);
}
