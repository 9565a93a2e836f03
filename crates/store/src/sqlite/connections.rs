//! Queries about what sign-ins leave: customers, records, accounts and their readings.
//!
//! Each thing is found by its blind key and must then have the id it is given. It is updated if it
//! is there and inserted if not: the writer is alone in its transaction, so nothing comes between,
//! and a key or an id that belongs to another row fails the insert, which is the conflict the
//! contract asks for.

use super::columns::{Word, id};
use super::{accounts, consents, customers, events, records, sessions, tasks, watches};
use crate::{AdvanceSession, KnownConnection, KnownQuery, NewConnection, Scope, StoreError};
use egusi_protocol::RecordId;
use rusqlite::{Connection, OptionalExtension, params};

pub(super) fn known(db: &Connection, scope: Scope, query: KnownQuery) -> Result<KnownConnection, StoreError> {
    let KnownQuery { customer, record } = query;
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let customer = db
        .prepare_cached("SELECT id FROM customer WHERE company = ?1 AND env = ?2 AND key = ?3")?
        .query_row(params![company, env, customer], |row| id(row, "id"))
        .optional()?;
    let sql = "SELECT id, revoked_at_ms FROM record WHERE company = ?1 AND env = ?2 AND key = ?3";
    let found: Option<(RecordId, Option<i64>)> = db
        .prepare_cached(sql)?
        .query_row(params![company, env, record], |row| Ok((id(row, "id")?, row.get("revoked_at_ms")?)))
        .optional()?;
    let record = found.map(|(record, _)| record);
    let is_revoked = found.is_some_and(|(_, revoked_at_ms)| revoked_at_ms.is_some());
    let accounts = match record {
        Some(record) => accounts::known(db, scope, record)?,
        None => Vec::new(),
    };
    Ok(KnownConnection { customer, record, is_revoked, accounts })
}

/// The endpoint that the record had before hears of the connection too: whoever connects may name
/// another, and nobody is to divert a record's events without a word.
pub(super) fn finish(
    db: &Connection,
    scope: Scope,
    advance: AdvanceSession,
    connection: NewConnection,
) -> Result<(), StoreError> {
    let NewConnection { at_ms, customer, identifiers, record, consent, accounts, events, watches, then } =
        connection;
    let customer_id = customer.id;
    let record_id = record.id;
    sessions::advance(db, scope, advance)?;
    let endpoint_before = records::endpoint(db, scope, record_id)?;
    customers::write(db, scope, at_ms, customer)?;
    for identifier in identifiers {
        customers::know_by(db, scope, customer_id, identifier)?;
    }
    if consent.is_carried && records::is_revoked(db, scope, record_id)? {
        return Err(StoreError::Conflict);
    }
    let is_known = records::write(db, scope, at_ms, customer_id, record)?;
    consents::add(db, scope, record_id, consent)?;
    if is_known {
        let listed = accounts.iter().map(|account| account.id).collect();
        accounts::unshare_others(db, scope, at_ms, record_id, &listed)?;
    }
    for account in accounts {
        accounts::write(db, scope, at_ms, record_id, account)?;
    }
    for change in watches {
        watches::write(db, scope, change)?;
    }
    if let Some(kind) = then {
        tasks::begin(db, scope, record_id, kind, at_ms)?;
    }
    for event in events {
        events::add(db, scope, event, endpoint_before)?;
    }
    Ok(())
}
