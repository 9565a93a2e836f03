//! Promises about companies and their keys.

use super::samples::{NOON_MS, hash, id};
use crate::{CompanyRow, Key, KeyKind, NewCompany, NewKey, Scope, Store, StoreError};
use egusi_protocol::{CompanyId, Environment};
use std::sync::Arc;

pub(super) const KINDS: [(Environment, KeyKind); 4] = [
    (Environment::Production, KeyKind::Public),
    (Environment::Production, KeyKind::Secret),
    (Environment::Sandbox, KeyKind::Public),
    (Environment::Sandbox, KeyKind::Secret),
];

/// A company with four keys, whose hashes count from the given number.
pub(super) fn company(company: u32, first_hash: u32) -> NewCompany {
    let keys = (first_hash..).zip(KINDS).map(|(number, (env, kind))| NewKey {
        id: id(number),
        env,
        kind,
        hash: hash(number),
        hint: "abcd".to_owned(),
    });
    NewCompany {
        id: id(company),
        name: format!("Company {company}"),
        created_at_ms: NOON_MS,
        keys: keys.collect(),
    }
}

/// Each key opens its own world and tells what it may do.
pub async fn a_company_is_found_by_each_of_its_keys(store: Arc<dyn Store>) {
    store.create_company(company(1, 10)).await.unwrap();
    store.create_company(company(2, 20)).await.unwrap();
    for (owner, first_hash) in [(1, 10), (2, 20)] {
        for (number, (env, kind)) in (first_hash..).zip(KINDS) {
            let scope = Scope { company: id::<CompanyId>(owner), env };
            let key = Key {
                id: id(number),
                ends_at_ms: None,
                scope,
                kind,
                company_name: format!("Company {owner}"),
            };
            assert_eq!(store.key(hash(number)).await, Ok(key));
        }
    }
}

/// A hash that nobody has is nobody's.
pub async fn an_unknown_key_is_not_found(store: Arc<dyn Store>) {
    store.create_company(company(1, 10)).await.unwrap();
    assert_eq!(store.key(hash(99)).await, Err(StoreError::NotFound));
}

/// A second company of the same id is refused, and its keys open nothing.
pub async fn a_company_is_made_once(store: Arc<dyn Store>) {
    store.create_company(company(1, 10)).await.unwrap();
    assert_eq!(store.create_company(company(1, 20)).await, Err(StoreError::Conflict));
    assert_eq!(store.key(hash(20)).await, Err(StoreError::NotFound));
    assert!(store.key(hash(10)).await.is_ok());
}

/// A hash belongs to one company only; the other is not made, nor are its free keys.
pub async fn a_company_whose_key_is_taken_is_not_made_at_all(store: Arc<dyn Store>) {
    store.create_company(company(1, 10)).await.unwrap();
    assert_eq!(store.create_company(company(2, 7)).await, Err(StoreError::Conflict));
    assert_eq!(store.key(hash(7)).await, Err(StoreError::NotFound));
    assert_eq!(store.key(hash(10)).await.unwrap().scope.company, id(1));
    let mut twice = company(3, 30);
    twice.keys[1].hash = twice.keys[0].hash;
    assert_eq!(store.create_company(twice).await, Err(StoreError::Conflict));
    assert_eq!(store.create_company(company(2, 20)).await, Ok(()));
}

/// The world `Unknown` is for reading the wire; nothing is ever kept in it.
pub async fn a_word_that_no_vocabulary_has_is_refused(store: Arc<dyn Store>) {
    let mut nowhere = company(1, 10);
    nowhere.keys[3].env = Environment::Unknown;
    assert!(matches!(store.create_company(nowhere).await, Err(StoreError::Unavailable(_))));
    assert_eq!(store.key(hash(10)).await, Err(StoreError::NotFound));
}

/// An operator sees all of them, in the order in which they came.
pub async fn companies_are_listed_oldest_first(store: Arc<dyn Store>) {
    assert_eq!(store.companies().await, Ok(vec![]));
    for (number, at_ms) in [(1, 30), (2, 10), (3, 20)] {
        let company = NewCompany { created_at_ms: NOON_MS + at_ms, ..company(number, number * 10) };
        store.create_company(company).await.unwrap();
    }
    let expected = [(2, 10), (3, 20), (1, 30)].map(|(number, at_ms)| CompanyRow {
        id: id(number),
        name: format!("Company {number}"),
        created_at_ms: NOON_MS + at_ms,
    });
    assert_eq!(store.companies().await, Ok(expected.to_vec()));
}
