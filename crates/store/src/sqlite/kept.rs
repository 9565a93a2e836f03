//! Queries about what connectors keep for a company, each thing under a name.

use super::columns::Word;
use crate::{Kept, Scope, StoreError};
use rusqlite::{Connection, OptionalExtension, params};

pub(super) const NAMES: &str = "SELECT name FROM kept
    WHERE company = ?1 AND env = ?2 AND name >= ?3 AND name < ?4 ORDER BY name";

pub(super) fn find(db: &Connection, scope: Scope, name: &str) -> Result<Kept, StoreError> {
    let sql = "SELECT version, body FROM kept WHERE company = ?1 AND env = ?2 AND name = ?3";
    let values = params![scope.company.bytes(), Word(scope.env), name];
    let found = db
        .prepare_cached(sql)?
        .query_row(values, |row| Ok(Kept { version: row.get("version")?, body: row.get("body")? }));
    found.optional()?.ok_or(StoreError::NotFound)
}

/// Names are ordered by their bytes, so those that begin alike end before the last of all letters.
pub(super) fn names(db: &Connection, scope: Scope, prefix: &str) -> Result<Vec<String>, StoreError> {
    let end = format!("{prefix}{}", char::MAX);
    let values = params![scope.company.bytes(), Word(scope.env), prefix, end];
    let mut statement = db.prepare_cached(NAMES)?;
    let names = statement.query_map(values, |row| row.get("name"))?.collect::<Result<_, _>>()?;
    Ok(names)
}

pub(super) fn keep(
    db: &Connection,
    scope: Scope,
    name: &str,
    version: i64,
    body: &[u8],
) -> Result<(), StoreError> {
    let sql = match version {
        // A name that is taken fails the insert, which is the conflict.
        0 => "INSERT INTO kept (company, env, name, version, body) VALUES (?1, ?2, ?3, ?4 + 1, ?5)",
        _ => {
            "UPDATE kept SET version = ?4 + 1, body = ?5
            WHERE company = ?1 AND env = ?2 AND name = ?3 AND version = ?4"
        }
    };
    let values = params![scope.company.bytes(), Word(scope.env), name, version, body];
    match db.prepare_cached(sql)?.execute(values)? {
        0 => Err(StoreError::Conflict),
        _ => Ok(()),
    }
}
