//! Queries about sessions. A session's version and its time of being busy are its only lock: each
//! verb compares and sets them in one statement.

use super::columns::{Word, id, word};
use crate::{AdvanceSession, NewSession, Scope, Session, StoreError, TokenHash};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(super) fn open(db: &Connection, session: NewSession) -> Result<(), StoreError> {
    let NewSession { scope, id, token, body, created_at_ms, expires_at_ms } = session;
    let sql = "INSERT INTO session
        (company, env, id, token, version, busy_until_ms, body, created_at_ms, expires_at_ms)
        VALUES (?1, ?2, ?3, ?4, 0, 0, ?5, ?6, ?7)";
    let values = params![
        scope.company.bytes(),
        Word(scope.env),
        id.bytes(),
        token,
        body,
        created_at_ms,
        expires_at_ms
    ];
    db.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

pub(super) fn find(db: &Connection, token: TokenHash) -> Result<Session, StoreError> {
    let sql = "SELECT company, env, id, version, busy_until_ms, body, created_at_ms, expires_at_ms
        FROM session WHERE token = ?1";
    db.prepare_cached(sql)?.query_row([token], session).optional()?.ok_or(StoreError::NotFound)
}

pub(super) fn claim(
    db: &Connection,
    token: TokenHash,
    now_ms: i64,
    busy_until_ms: i64,
) -> Result<Session, StoreError> {
    let sql = "UPDATE session SET version = version + 1, busy_until_ms = ?3
        WHERE token = ?1 AND busy_until_ms <= ?2
        RETURNING company, env, id, version, busy_until_ms, body, created_at_ms, expires_at_ms";
    let claimed =
        db.prepare_cached(sql)?.query_row(params![token, now_ms, busy_until_ms], session).optional()?;
    match claimed {
        Some(session) => Ok(session),
        None if db.prepare_cached("SELECT 1 FROM session WHERE token = ?1")?.exists([token])? => {
            Err(StoreError::Conflict)
        }
        None => Err(StoreError::NotFound),
    }
}

/// A claim is good for one advance: a session that nobody has claimed is in conflict too, so that
/// an answer written twice is noticed.
pub(super) fn advance(db: &Connection, scope: Scope, advance: AdvanceSession) -> Result<(), StoreError> {
    let AdvanceSession { id, version, body, expires_at_ms } = advance;
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let sql = "UPDATE session SET body = ?5, expires_at_ms = ?6, busy_until_ms = 0
        WHERE company = ?1 AND env = ?2 AND id = ?3 AND version = ?4 AND busy_until_ms <> 0";
    let values = params![company, env, id.bytes(), version, body, expires_at_ms];
    if db.prepare_cached(sql)?.execute(values)? == 1 {
        return Ok(());
    }
    let sql = "SELECT 1 FROM session WHERE company = ?1 AND env = ?2 AND id = ?3";
    let is_there = db.prepare_cached(sql)?.exists(params![company, env, id.bytes()])?;
    Err(if is_there { StoreError::Conflict } else { StoreError::NotFound })
}

/// Old sessions go in small helpings, so that no other write waits long for it.
pub(super) fn forget(db: &Connection, ended_before_ms: i64, most: u32) -> Result<u64, StoreError> {
    let sql = "DELETE FROM session WHERE token IN
        (SELECT token FROM session WHERE expires_at_ms < ?1 ORDER BY expires_at_ms LIMIT ?2)";
    let forgotten = db.prepare_cached(sql)?.execute(params![ended_before_ms, most])?;
    Ok(forgotten as u64)
}

fn session(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        scope: Scope { company: id(row, "company")?, env: word(row, "env")? },
        id: id(row, "id")?,
        version: row.get("version")?,
        busy_until_ms: row.get("busy_until_ms")?,
        body: row.get("body")?,
        created_at_ms: row.get("created_at_ms")?,
        expires_at_ms: row.get("expires_at_ms")?,
    })
}
