//! Promises about what connectors keep for a company.

use super::samples::{others, scope};
use crate::{Kept, Store, StoreError};
use std::sync::Arc;

/// What is kept is found under its name, and each write raises its version.
pub async fn what_is_kept_is_found_under_its_name(store: Arc<dyn Store>) {
    assert_eq!(store.kept(scope(), "bank/1").await, Err(StoreError::NotFound));
    for (version, body) in [(0, "first"), (1, "second"), (2, "")] {
        store.keep(scope(), "bank/1", version, body.into()).await.unwrap();
        let kept = Kept { version: version + 1, body: body.into() };
        assert_eq!(store.kept(scope(), "bank/1").await, Ok(kept));
    }
    assert_eq!(store.kept(scope(), "bank/").await, Err(StoreError::NotFound));
}

/// Of two who write at once the slower one reads again.
pub async fn what_moved_on_is_not_written_over(store: Arc<dyn Store>) {
    assert_eq!(store.keep(scope(), "a", 1, vec![1]).await, Err(StoreError::Conflict), "nothing is there");
    store.keep(scope(), "a", 0, vec![1]).await.unwrap();
    store.keep(scope(), "a", 1, vec![2]).await.unwrap();
    for version in [0, 1, 3] {
        assert_eq!(store.keep(scope(), "a", version, vec![9]).await, Err(StoreError::Conflict));
    }
    assert_eq!(store.kept(scope(), "a").await, Ok(Kept { version: 2, body: vec![2] }));
}

/// In order, and no others, whatever letters are in them.
pub async fn names_are_found_by_how_they_begin(store: Arc<dyn Store>) {
    let names =
        ["bank", "bank/", "bank/b", "bank/a", "bank/é", "bank/%", "bank/_", "bank0", "bang", "Bank/a"];
    for name in names {
        store.keep(scope(), name, 0, vec![]).await.unwrap();
    }
    let found = store.kept_names(scope(), "bank/").await.unwrap();
    assert_eq!(found, ["bank/", "bank/%", "bank/_", "bank/a", "bank/b", "bank/é"]);
    assert_eq!(store.kept_names(scope(), "bank/_").await.unwrap(), ["bank/_"]);
    assert_eq!(store.kept_names(scope(), "").await.unwrap().len(), names.len());
    assert_eq!(store.kept_names(scope(), "c").await, Ok(vec![]));
}

/// The same name in another scope is another thing.
pub async fn what_is_kept_stays_in_its_scope(store: Arc<dyn Store>) {
    store.keep(scope(), "a", 0, vec![1]).await.unwrap();
    for other in others() {
        assert_eq!(store.kept(other, "a").await, Err(StoreError::NotFound));
        assert_eq!(store.kept_names(other, "").await, Ok(vec![]));
        assert_eq!(store.keep(other, "a", 1, vec![9]).await, Err(StoreError::Conflict));
        store.keep(other, "a", 0, vec![2]).await.unwrap();
    }
    assert_eq!(store.kept(scope(), "a").await, Ok(Kept { version: 1, body: vec![1] }));
}
