//! Promises about the addresses that are told events.

use super::samples::{NOON_MS, id, scope};
use crate::{Endpoint, EndpointChange, NewEndpoint, Scope, Store, StoreError};
use std::sync::Arc;

/// An endpoint of the given number, which is its id and in its address.
pub(super) fn endpoint(number: u32, is_standing: bool) -> NewEndpoint {
    NewEndpoint {
        id: id(number),
        url: format!("https://shop.example/hooks/{number}"),
        is_standing,
        secret: format!("sealed {number}").into_bytes(),
        at_ms: NOON_MS,
    }
}

/// Makes the endpoint of that number.
pub(super) async fn made(store: &dyn Store, number: u32, is_standing: bool) -> Endpoint {
    store.ensure_endpoint(scope(), endpoint(number, is_standing)).await.unwrap()
}

/// Neither found nor changed.
pub async fn an_unknown_endpoint_is_not_found(store: Arc<dyn Store>) {
    assert_eq!(store.endpoint(scope(), id(1)).await, Err(StoreError::NotFound));
    assert_eq!(store.endpoints(scope()).await, Ok(vec![]));
    for change in [
        EndpointChange::Secret(b"new".to_vec(), NOON_MS),
        EndpointChange::Standing(true),
        EndpointChange::Disabled(Some(NOON_MS)),
        EndpointChange::Disabled(None),
    ] {
        assert_eq!(store.change_endpoint(scope(), id(1), change).await, Err(StoreError::NotFound));
    }
}

/// Who asks again for an address gets what is there, with its secret.
pub async fn an_endpoint_is_made_once_for_each_address(store: Arc<dyn Store>) {
    let first = made(&*store, 1, false).await;
    let expected = Endpoint {
        id: id(1),
        url: "https://shop.example/hooks/1".to_owned(),
        is_standing: false,
        secret: b"sealed 1".to_vec(),
        previous: None,
        failing_since_ms: None,
        disabled_at_ms: None,
        created_at_ms: NOON_MS,
    };
    assert_eq!(first, expected);
    let again = NewEndpoint { url: first.url.clone(), at_ms: NOON_MS + 1, ..endpoint(2, false) };
    assert_eq!(store.ensure_endpoint(scope(), again).await, Ok(first.clone()));
    assert_eq!(store.endpoints(scope()).await, Ok(vec![first.clone()]));
    assert_eq!(store.endpoint(scope(), first.id).await, Ok(first.clone()));
    let other_address = NewEndpoint { url: "https://other.example/".to_owned(), ..endpoint(1, false) };
    assert_eq!(store.ensure_endpoint(scope(), other_address).await, Err(StoreError::Conflict));
}

/// Nobody's callback makes a company's standing endpoint an ordinary one.
pub async fn an_endpoint_becomes_a_standing_one_when_asked(store: Arc<dyn Store>) {
    made(&*store, 1, false).await;
    assert!(made(&*store, 1, true).await.is_standing);
    assert!(made(&*store, 1, false).await.is_standing);
    store.change_endpoint(scope(), id(1), EndpointChange::Standing(false)).await.unwrap();
    assert!(!store.endpoint(scope(), id(1)).await.unwrap().is_standing);
}

/// By when they were made, then by id.
pub async fn endpoints_come_oldest_first(store: Arc<dyn Store>) {
    for (number, at_ms) in [(1, NOON_MS + 5), (4, NOON_MS), (3, NOON_MS)] {
        let new = NewEndpoint { at_ms, ..endpoint(number, false) };
        store.ensure_endpoint(scope(), new).await.unwrap();
    }
    let listed = store.endpoints(scope()).await.unwrap();
    assert_eq!(listed.iter().map(|one| one.id).collect::<Vec<_>>(), [id(3), id(4), id(1)]);
}

/// Of three secrets the oldest is gone.
pub async fn a_new_secret_signs_beside_the_one_before(store: Arc<dyn Store>) {
    made(&*store, 1, false).await;
    for (secret, until_ms) in [("second", NOON_MS + 1), ("third", NOON_MS + 2)] {
        let change = EndpointChange::Secret(secret.as_bytes().to_vec(), until_ms);
        store.change_endpoint(scope(), id(1), change).await.unwrap();
    }
    let rotated = store.endpoint(scope(), id(1)).await.unwrap();
    assert_eq!(rotated.secret, b"third");
    assert_eq!(rotated.previous, Some((b"second".to_vec(), NOON_MS + 2)));
}

/// One address may be an endpoint of two companies, each with a secret of its own.
pub async fn endpoints_of_companies_and_worlds_do_not_mix(store: Arc<dyn Store>) {
    made(&*store, 1, false).await;
    let elsewhere = [
        Scope { company: id(2), ..scope() },
        Scope { env: egusi_protocol::Environment::Production, ..scope() },
    ];
    for other in elsewhere {
        assert_eq!(store.endpoint(other, id(1)).await, Err(StoreError::NotFound));
        let change = EndpointChange::Disabled(Some(NOON_MS));
        assert_eq!(store.change_endpoint(other, id(1), change).await, Err(StoreError::NotFound));
        let same = NewEndpoint { secret: b"its own".to_vec(), ..endpoint(1, true) };
        assert_eq!(store.ensure_endpoint(other, same).await.unwrap().secret, b"its own");
        assert_eq!(store.endpoints(other).await.unwrap().len(), 1);
    }
    let ours = store.endpoint(scope(), id(1)).await.unwrap();
    assert!(!ours.is_standing && ours.disabled_at_ms.is_none() && ours.secret == b"sealed 1");
}
