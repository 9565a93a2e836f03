//! Queries about events: how they are added, and forgotten.

use super::columns::{Word, id, optional_id, word};
use super::deliveries;
use crate::{EventRow, NewEvent, Scope, StoreError};
use egusi_protocol::{EndpointId, EventId, RecordId};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(super) const BY_ID: &str = "SELECT id, kind, record, sequence, body, at_ms FROM event
    WHERE company = ?1 AND env = ?2 AND id = ?3";

pub(super) const STANDING: &str = "SELECT id, disabled_at_ms FROM endpoint
    WHERE company = ?1 AND env = ?2 AND is_standing = 1";

/// The old events all of whose deliveries have ended.
pub(super) const FORGETTABLE: &str = "SELECT company, env, id FROM event
    WHERE at_ms < ?1 AND NOT EXISTS (
        SELECT 1 FROM delivery WHERE delivery.company = event.company AND delivery.env = event.env
            AND delivery.event = event.id AND delivery.due_at_ms IS NOT NULL)
    ORDER BY at_ms LIMIT ?2";

/// Adds an event and a delivery to each endpoint that is to hear of it: the record's own, one more if
/// it is given, and the company's standing ones. To one that is disabled the delivery is exhausted from the beginning: it
/// hears nothing, but what it missed is listed and can be replayed. An event whose id is there is
/// not added again.
pub(super) fn add(
    db: &Connection,
    scope: Scope,
    event: NewEvent,
    also: Option<EndpointId>,
) -> Result<(), StoreError> {
    let NewEvent { id, kind, record, endpoint, body, at_ms } = event;
    if exists(db, scope, id)? {
        return Ok(());
    }
    let sequence = match record {
        Some(record) => next_number(db, scope, record)?,
        None => 0,
    };
    let sql = "INSERT INTO event (company, env, id, kind, record, sequence, body, at_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    db.prepare_cached(sql)?.execute(params![
        scope.company.bytes(),
        Word(scope.env),
        id.bytes(),
        Word(kind),
        record.as_ref().map(RecordId::bytes),
        sequence,
        body,
        at_ms,
    ])?;
    let told = EventRow { id, kind, record, sequence, body, at_ms };
    for (endpoint, is_enabled) in listeners(db, scope, [endpoint, also])? {
        deliveries::add(db, scope, endpoint, is_enabled, &told)?;
    }
    Ok(())
}

fn exists(db: &Connection, scope: Scope, id: EventId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM event WHERE company = ?1 AND env = ?2 AND id = ?3";
    let values = params![scope.company.bytes(), Word(scope.env), id.bytes()];
    Ok(db.prepare_cached(sql)?.exists(values)?)
}

fn next_number(db: &Connection, scope: Scope, record: RecordId) -> Result<i64, StoreError> {
    let sql = "INSERT INTO event_count (company, env, record, events) VALUES (?1, ?2, ?3, 1)
        ON CONFLICT (company, env, record) DO UPDATE SET events = events + 1 RETURNING events";
    let values = params![scope.company.bytes(), Word(scope.env), record.bytes()];
    Ok(db.prepare_cached(sql)?.query_row(values, |row| row.get(0))?)
}

/// The standing endpoints and those that are named, each once; and whether it is enabled.
fn listeners(
    db: &Connection,
    scope: Scope,
    named: [Option<EndpointId>; 2],
) -> Result<Vec<(EndpointId, bool)>, StoreError> {
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let listener =
        |row: &Row<'_>| Ok((id(row, "id")?, row.get::<_, Option<i64>>("disabled_at_ms")?.is_none()));
    let mut statement = db.prepare_cached(STANDING)?;
    let standing = statement.query_map(params![company, env], listener)?;
    let mut listeners = standing.collect::<Result<Vec<(EndpointId, bool)>, _>>()?;
    for named in named.into_iter().flatten() {
        if listeners.iter().any(|(known, _)| *known == named) {
            continue;
        }
        let sql = "SELECT id, disabled_at_ms FROM endpoint WHERE company = ?1 AND env = ?2 AND id = ?3";
        let values = params![company, env, named.bytes()];
        listeners.extend(db.prepare_cached(sql)?.query_row(values, listener).optional()?);
    }
    Ok(listeners)
}

pub(super) fn find(db: &Connection, scope: Scope, id: EventId) -> Result<EventRow, StoreError> {
    let values = params![scope.company.bytes(), Word(scope.env), id.bytes()];
    db.prepare_cached(BY_ID)?.query_row(values, read).optional()?.ok_or(StoreError::NotFound)
}

fn read(row: &Row<'_>) -> rusqlite::Result<EventRow> {
    Ok(EventRow {
        id: id(row, "id")?,
        kind: word(row, "kind")?,
        record: optional_id(row, "record")?,
        sequence: row.get("sequence")?,
        body: row.get("body")?,
        at_ms: row.get("at_ms")?,
    })
}

/// Old events go in small helpings, so that no other write waits long for it.
pub(super) fn forget(db: &Connection, before_ms: i64, most: u32) -> Result<u64, StoreError> {
    let mut statement = db.prepare_cached(FORGETTABLE)?;
    let rows = statement.query_map(params![before_ms, most], |row| {
        Ok((Scope { company: id(row, "company")?, env: word(row, "env")? }, id::<EventId>(row, "id")?))
    })?;
    let old = rows.collect::<Result<Vec<_>, _>>()?;
    for (scope, event) in &old {
        let values = params![scope.company.bytes(), Word(scope.env), event.bytes()];
        let sql = "DELETE FROM delivery WHERE company = ?1 AND env = ?2 AND event = ?3";
        db.prepare_cached(sql)?.execute(values)?;
        let sql = "DELETE FROM event WHERE company = ?1 AND env = ?2 AND id = ?3";
        db.prepare_cached(sql)?.execute(values)?;
    }
    Ok(old.len() as u64)
}
