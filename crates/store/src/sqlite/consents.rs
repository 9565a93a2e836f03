//! Queries about consents: how they are kept, found by their number, and ended.

use super::columns::{Word, id, word};
use super::{accounts, events, records, tasks};
use crate::{ConsentHash, ConsentRow, NewConsent, Revocation, Scope, StoreError};
use egusi_protocol::RecordId;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// The record is looked for by its own key, and the later consents of it by theirs.
pub(super) const BY_NUMBER: &str =
    "SELECT consent.company, consent.env, consent.record, consent.agreed_at_ms, consent.stopped_at_ms,
        consent.facts, record.consent_until_ms,
        (SELECT max(later.agreed_at_ms) FROM consent AS later
            WHERE later.company = consent.company AND later.env = consent.env
                AND later.record = consent.record AND later.agreed_at_ms > consent.agreed_at_ms
                AND later.is_carried = 0 AND later.stopped_at_ms IS NULL) AS again_at_ms
    FROM consent
    CROSS JOIN record ON record.company = consent.company AND record.env = consent.env
        AND record.id = consent.record
    WHERE consent.number = ?1";

pub(super) const STOP: &str = "UPDATE consent SET stopped_at_ms = ?4
    WHERE company = ?1 AND env = ?2 AND record = ?3 AND stopped_at_ms IS NULL";

pub(super) fn add(
    db: &Connection,
    scope: Scope,
    record: RecordId,
    consent: NewConsent,
) -> Result<(), StoreError> {
    let NewConsent { number, agreed_at_ms, is_carried, facts } = consent;
    let sql = "INSERT INTO consent (company, env, number, record, agreed_at_ms, is_carried, facts)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    db.prepare_cached(sql)?.execute(params![
        company,
        env,
        number,
        record.bytes(),
        agreed_at_ms,
        is_carried,
        facts
    ])?;
    Ok(())
}

pub(super) fn find(db: &Connection, number: ConsentHash) -> Result<ConsentRow, StoreError> {
    db.prepare_cached(BY_NUMBER)?.query_row([number], consent).optional()?.ok_or(StoreError::NotFound)
}

/// The record is closed with everything that would read it again; what was read stays.
pub(super) fn revoke(db: &Connection, scope: Scope, revocation: Revocation) -> Result<bool, StoreError> {
    let Revocation { number, at_ms, event } = revocation;
    let found = find(db, number)?;
    if found.scope != scope {
        return Err(StoreError::NotFound);
    }
    if found.stopped_at_ms.is_some() {
        return Ok(false);
    }
    let record = found.record;
    records::close(db, scope, at_ms, record)?;
    let values = params![scope.company.bytes(), Word(scope.env), record.bytes(), at_ms];
    db.prepare_cached(STOP)?.execute(values)?;
    accounts::close_all(db, scope, at_ms, record)?;
    tasks::break_off(db, scope, at_ms, record)?;
    events::add(db, scope, event, None)?;
    Ok(true)
}

fn consent(row: &Row<'_>) -> rusqlite::Result<ConsentRow> {
    Ok(ConsentRow {
        scope: Scope { company: id(row, "company")?, env: word(row, "env")? },
        record: id(row, "record")?,
        agreed_at_ms: row.get("agreed_at_ms")?,
        again_at_ms: row.get("again_at_ms")?,
        until_ms: row.get("consent_until_ms")?,
        stopped_at_ms: row.get("stopped_at_ms")?,
        facts: row.get("facts")?,
    })
}
