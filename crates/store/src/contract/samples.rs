//! The small world the cases play in: ids from numbers, and a visit to a bank in one call.

use crate::{
    AdvanceSession, BlindKey, ConsentHash, KnownQuery, NewAccount, NewBalance, NewConnection, NewConsent,
    NewCustomer, NewReading, NewRecord, NewSession, Reading, ReadingDetail, RecordUpdate, Scope, Store,
    StoreError,
};
use egusi_protocol::{AvailableSource, Currency, Environment, RecordStatus, SessionId};

/// When the stories begin.
pub(super) const NOON_MS: i64 = 1_700_000_000_000;
/// How long a session lasts.
pub(super) const LIFE_MS: i64 = 1_800_000;

/// An id; the same number gives the same.
pub(super) fn id<T: From<[u8; 12]>>(number: u32) -> T {
    let mut bytes = [7; 12];
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    T::from(bytes)
}

/// A hash; the same number gives the same.
pub(super) fn hash(number: u32) -> [u8; 32] {
    let mut bytes = [9; 32];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    bytes
}

/// The scope nearly all stories play in.
pub(super) fn scope() -> Scope {
    Scope { company: id(1), env: Environment::Sandbox }
}

/// Whoever must see nothing of what is in [`scope`]: another company, and the same in its other world.
pub(super) fn others() -> [Scope; 2] {
    [Scope { company: id(2), ..scope() }, Scope { env: Environment::Production, ..scope() }]
}

/// A session of the given number, which is its id and its token.
pub(super) fn session(scope: Scope, number: u32) -> NewSession {
    NewSession {
        scope,
        id: id(number),
        token: hash(number),
        body: b"opened".to_vec(),
        created_at_ms: NOON_MS,
        expires_at_ms: NOON_MS + LIFE_MS,
    }
}

/// Lets go of a session with the given body.
pub(super) fn advance(number: u32, version: i64, body: &str) -> AdvanceSession {
    AdvanceSession {
        id: id::<SessionId>(number),
        version,
        body: body.as_bytes().to_vec(),
        expires_at_ms: NOON_MS + 2 * LIFE_MS,
    }
}

/// A reading with both amounts.
pub(super) fn reading(at_ms: i64, ledger_minor: i64) -> Reading {
    Reading {
        ledger_minor: Some(ledger_minor),
        available_minor: Some(ledger_minor - 100),
        source: AvailableSource::Reported,
        at_ms,
        detail: ReadingDetail::NONE,
    }
}

/// A shared account of the given number, which is its id, its key and its balance's id.
pub(super) fn account(number: u32, reading: Reading) -> NewAccount {
    NewAccount {
        id: id(number),
        key: hash(number),
        name: format!("Account {number}"),
        number: format!("{number:010}"),
        kind: "Savings".to_owned(),
        currency: Currency::NGN,
        connected: true,
        is_left: false,
        balance: Some(NewBalance { id: id(number), reading }),
    }
}

/// The first visit of the person and sign-in of the given number, with these accounts.
pub(super) fn connection(number: u32, accounts: Vec<NewAccount>) -> NewConnection {
    NewConnection {
        at_ms: NOON_MS,
        customer: NewCustomer { id: id(number), key: hash(number), name: format!("Customer {number}") },
        identifiers: vec![],
        record: NewRecord {
            id: id(number),
            key: hash(number),
            institution: id(500),
            access: b"sealed access".to_vec(),
            products: "auth balance".to_owned(),
            endpoint: None,
            app: None,
            options: "{}".to_owned(),
            meta: "{}".to_owned(),
            consent_until_ms: NOON_MS + 90 * 86_400_000,
        },
        consent: consent(scope(), number),
        accounts,
        events: vec![],
        watches: vec![],
        then: None,
    }
}

/// The hash of the receipt of the session of the given number; no two scopes have the same.
pub(super) fn receipt(scope: Scope, number: u32) -> ConsentHash {
    let mut bytes = hash(number);
    bytes[4..16].copy_from_slice(scope.company.bytes());
    bytes[16] = u8::from(scope.env == Environment::Production);
    bytes[17..].fill(0);
    bytes
}

/// What the customer agreed to in the session of the given number.
fn consent(scope: Scope, number: u32) -> NewConsent {
    NewConsent {
        number: receipt(scope, number),
        agreed_at_ms: NOON_MS,
        is_carried: false,
        facts: format!("sealed facts {number}").into_bytes(),
    }
}

/// A look at the record of the given number that brings nothing.
pub(super) fn update(number: u32, version: i64) -> RecordUpdate {
    RecordUpdate {
        record: id(number),
        version,
        at_ms: NOON_MS + 5_000,
        status: RecordStatus::Ok,
        access: None,
        readings: vec![],
        transactions: vec![],
        watches: vec![],
        events: vec![],
    }
}

/// Readings of the account of the given number, as [`account`] names it and its balance.
pub(super) fn new_reading(number: u32, readings: &[Reading]) -> NewReading {
    NewReading { account: id(number), balance: id(number), readings: readings.to_vec(), still_listed: true }
}

/// Writes an update over whatever version of the record is there.
pub(super) async fn look(store: &dyn Store, update: RecordUpdate) -> Result<(), StoreError> {
    let version = store.full_record(scope(), update.record).await?.version;
    store.update_record(scope(), RecordUpdate { version, ..update }).await
}

/// What to ask for to find the connection of the given number.
pub(super) fn query(number: u32) -> KnownQuery {
    KnownQuery { customer: key(number), record: key(number) }
}

fn key(number: u32) -> BlindKey {
    hash(number)
}

/// Claims the session of the given number, opening it if it is new, and finishes it. The receipt has the
/// session's number.
pub(super) async fn visit(
    store: &dyn Store,
    scope: Scope,
    number: u32,
    connection: NewConnection,
) -> Result<(), StoreError> {
    if store.session(hash(number)).await == Err(StoreError::NotFound) {
        store.open_session(session(scope, number)).await?;
    }
    let claimed = store.claim_session(hash(number), NOON_MS, NOON_MS + 1).await?;
    let NewConsent { agreed_at_ms, is_carried, .. } = connection.consent;
    let mut consent = NewConsent { agreed_at_ms, is_carried, ..consent(scope, number) };
    // A session that is finished again, which only stories do, leaves another receipt.
    consent.number[17..25].copy_from_slice(&(claimed.version - 1).to_be_bytes());
    let connection = NewConnection { consent, ..connection };
    let outcome = store.finish_session(scope, advance(number, claimed.version, "done"), connection).await;
    if outcome.is_err() {
        // A visit that failed leaves the session claimed; the next one is not to meet that.
        store.advance_session(scope, advance(number, claimed.version, "failed")).await?;
    }
    outcome
}
