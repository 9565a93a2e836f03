//! Queries about calls that carry an idempotency key.
//!
//! The row is the lock: it is written before the work begins, and holds the answer afterwards. A
//! row without an answer whose time of being busy is over belongs to a call that was lost on its
//! way; the next one like it takes it over.

use super::columns::Word;
use crate::{KnownCall, NewCall, Scope, StoreError};
use rusqlite::{Connection, OptionalExtension, params};

/// A call as it stands in its row.
struct Stored {
    fingerprint: [u8; 32],
    answer: Option<(u16, String)>,
    busy_until_ms: i64,
}

pub(super) fn begin(db: &Connection, scope: Scope, call: NewCall) -> Result<KnownCall, StoreError> {
    let NewCall { key, fingerprint, at_ms, busy_until_ms } = call;
    let known = match find(db, scope, key)? {
        Some(stored) if stored.fingerprint != fingerprint => KnownCall::Mismatch,
        Some(Stored { answer: Some((status, body)), .. }) => KnownCall::Answered(status, body),
        Some(stored) if stored.busy_until_ms > at_ms => KnownCall::Running(stored.busy_until_ms - at_ms),
        Some(_) | None => KnownCall::Fresh,
    };
    if known == KnownCall::Fresh {
        let sql = "INSERT INTO api_call (company, env, key, fingerprint, at_ms, busy_until_ms)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (company, env, key)
            DO UPDATE SET at_ms = excluded.at_ms, busy_until_ms = excluded.busy_until_ms";
        let (company, env) = (scope.company.bytes(), Word(scope.env));
        db.prepare_cached(sql)?.execute(params![company, env, key, fingerprint, at_ms, busy_until_ms])?;
    }
    Ok(known)
}

fn find(db: &Connection, scope: Scope, key: [u8; 32]) -> Result<Option<Stored>, StoreError> {
    let sql = "SELECT fingerprint, status, body, busy_until_ms FROM api_call
        WHERE company = ?1 AND env = ?2 AND key = ?3";
    let stored =
        db.prepare_cached(sql)?.query_row(params![scope.company.bytes(), Word(scope.env), key], |row| {
            Ok(Stored {
                fingerprint: row.get("fingerprint")?,
                answer: row.get::<_, Option<u16>>("status")?.zip(row.get("body")?),
                busy_until_ms: row.get("busy_until_ms")?,
            })
        });
    Ok(stored.optional()?)
}

/// The first answer stays: a call that was thought lost may still end after the one that took it
/// over.
pub(super) fn end(
    db: &Connection,
    scope: Scope,
    key: [u8; 32],
    answer: Option<(u16, String)>,
) -> Result<(), StoreError> {
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let changed = match answer {
        Some((status, body)) => {
            let sql = "UPDATE api_call SET status = ?4, body = ?5
                WHERE company = ?1 AND env = ?2 AND key = ?3 AND status IS NULL";
            db.prepare_cached(sql)?.execute(params![company, env, key, status, body])?
        }
        None => {
            let sql = "DELETE FROM api_call
                WHERE company = ?1 AND env = ?2 AND key = ?3 AND status IS NULL";
            db.prepare_cached(sql)?.execute(params![company, env, key])?
        }
    };
    if changed == 1 || find(db, scope, key)?.is_some() { Ok(()) } else { Err(StoreError::NotFound) }
}

pub(super) fn forget(db: &Connection, before_ms: i64, most: u32) -> Result<u64, StoreError> {
    let sql = "DELETE FROM api_call WHERE rowid IN
        (SELECT rowid FROM api_call WHERE at_ms < ?1 ORDER BY at_ms LIMIT ?2)";
    Ok(db.prepare_cached(sql)?.execute(params![before_ms, most])? as u64)
}
