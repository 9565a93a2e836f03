//! Promises about by what else a company may find a customer, or one of their accounts.

use super::samples::{NOON_MS, account, connection, hash, id, others, query, reading, scope, visit};
use crate::{IdentifierKind, NewConnection, NewIdentifier, Store, StoreError};
use std::sync::Arc;

/// The person of that number, known by these.
fn known_by(number: u32, identifiers: &[(IdentifierKind, u32)]) -> NewConnection {
    let identifiers =
        identifiers.iter().map(|(kind, key)| NewIdentifier { kind: *kind, key: hash(*key) }).collect();
    NewConnection { identifiers, ..connection(number, vec![account(number, reading(NOON_MS, 1))]) }
}

/// The same text as another sort of thing is another thing.
pub async fn a_customer_is_known_by_what_they_signed_in_with(store: Arc<dyn Store>) {
    let (phone, email) = (IdentifierKind::Phone, IdentifierKind::Email);
    assert_eq!(store.customer_known_by(scope(), phone, hash(900)).await, Ok(None));
    visit(&*store, scope(), 1, known_by(10, &[(phone, 900), (email, 901)])).await.unwrap();
    assert_eq!(store.customer_known_by(scope(), phone, hash(900)).await, Ok(Some(id(10))));
    assert_eq!(store.customer_known_by(scope(), email, hash(901)).await, Ok(Some(id(10))));
    assert_eq!(store.customer_known_by(scope(), email, hash(900)).await, Ok(None));
    assert_eq!(store.customer_known_by(scope(), IdentifierKind::Bvn, hash(900)).await, Ok(None));
}

/// Telephones change hands; and who has a new one is still found by the old.
pub async fn an_identifier_is_whose_who_came_with_it_last(store: Arc<dyn Store>) {
    let phone = IdentifierKind::Phone;
    visit(&*store, scope(), 1, known_by(10, &[(phone, 900)])).await.unwrap();
    visit(&*store, scope(), 2, known_by(10, &[(phone, 901)])).await.unwrap();
    for key in [900, 901] {
        assert_eq!(store.customer_known_by(scope(), phone, hash(key)).await, Ok(Some(id(10))), "{key}");
    }
    visit(&*store, scope(), 3, known_by(20, &[(phone, 900)])).await.unwrap();
    assert_eq!(store.customer_known_by(scope(), phone, hash(900)).await, Ok(Some(id(20))));
    assert_eq!(store.customer_known_by(scope(), phone, hash(901)).await, Ok(Some(id(10))));
}

/// Nobody is known by what was written in vain.
pub async fn a_visit_that_failed_makes_nobody_known(store: Arc<dyn Store>) {
    let phone = IdentifierKind::Phone;
    visit(&*store, scope(), 1, known_by(10, &[])).await.unwrap();
    let mut wrong = known_by(10, &[(phone, 900)]);
    wrong.record.id = id(80);
    assert_eq!(visit(&*store, scope(), 2, wrong).await, Err(StoreError::Conflict));
    assert_eq!(store.customer_known_by(scope(), phone, hash(900)).await, Ok(None));
}

/// The newest first, each with the sign-in it is seen through.
pub async fn a_shared_account_is_found_by_its_number_alone(store: Arc<dyn Store>) {
    assert_eq!(store.accounts_shared_by_key(scope(), hash(10)).await, Ok(vec![]));
    visit(&*store, scope(), 1, connection(10, vec![account(10, reading(NOON_MS, 1))])).await.unwrap();
    let mut second = connection(20, vec![account(20, reading(NOON_MS + 1, 2))]);
    second.at_ms = NOON_MS + 1;
    second.record.institution = id(501);
    second.accounts[0].key = hash(10);
    visit(&*store, scope(), 2, second).await.unwrap();
    let found = store.accounts_shared_by_key(scope(), hash(10)).await.unwrap();
    let found: Vec<_> = found.iter().map(|one| (one.id, one.record, one.customer, one.institution)).collect();
    assert_eq!(found, [(id(20), id(20), id(20), id(501)), (id(10), id(10), id(10), id(500))]);
    assert_eq!(store.accounts_shared_by_key(scope(), hash(11)).await, Ok(vec![]));
}

/// What a customer keeps to themselves tells nobody that they were here.
pub async fn an_account_that_is_not_shared_is_not_found(store: Arc<dyn Store>) {
    let mut private = account(11, reading(NOON_MS, 0));
    private.connected = false;
    private.balance = None;
    visit(&*store, scope(), 1, connection(10, vec![account(10, reading(NOON_MS, 1)), private]))
        .await
        .unwrap();
    assert_eq!(store.accounts_shared_by_key(scope(), hash(11)).await, Ok(vec![]));
    assert_eq!(store.accounts_shared_by_key(scope(), hash(10)).await.unwrap().len(), 1);
}

/// The same hashes in another scope are somebody else's.
pub async fn nobody_is_known_to_another_company_or_world(store: Arc<dyn Store>) {
    let phone = IdentifierKind::Phone;
    visit(&*store, scope(), 1, known_by(10, &[(phone, 900)])).await.unwrap();
    for (number, other) in (2..).zip(others()) {
        assert_eq!(store.customer_known_by(other, phone, hash(900)).await, Ok(None));
        assert_eq!(store.accounts_shared_by_key(other, hash(10)).await, Ok(vec![]));
        visit(&*store, other, number, known_by(20, &[(phone, 900)])).await.unwrap();
        assert_eq!(store.customer_known_by(other, phone, hash(900)).await, Ok(Some(id(20))));
    }
    assert_eq!(store.customer_known_by(scope(), phone, hash(900)).await, Ok(Some(id(10))));
    assert_eq!(store.known_connection(scope(), query(20)).await, Ok(Default::default()));
}
