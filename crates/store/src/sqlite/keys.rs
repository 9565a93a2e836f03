//! Queries about the keys by which companies' servers and widgets are known.
//!
//! The end of a key only ever comes nearer: neither ending nor rotating lets one live longer.

use super::columns::{Columns, Word, id, word};
use super::companies;
use crate::{Key, KeyHash, KeyRotation, KeyRow, NewKey, Scope, StoreError};
use egusi_protocol::{CompanyId, KeyId};
use rusqlite::{Connection, OptionalExtension, params};

pub(super) fn insert(
    db: &Connection,
    company: CompanyId,
    created_at_ms: i64,
    key: NewKey,
) -> Result<(), StoreError> {
    let NewKey { id, env, kind, hash, hint } = key;
    let sql = "INSERT INTO api_key (company, env, id, kind, hash, hint, created_at_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let values = params![company.bytes(), Word(env), id.bytes(), Word(kind), hash, hint, created_at_ms];
    db.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

pub(super) fn find(db: &Connection, hash: KeyHash) -> Result<Key, StoreError> {
    let sql =
        "SELECT api_key.id, api_key.company, api_key.env, api_key.kind, api_key.ends_at_ms, company.name
        FROM api_key JOIN company ON company.id = api_key.company
        WHERE api_key.hash = ?1";
    let found = db.prepare_cached(sql)?.query_row([hash], |row| {
        let mut columns = Columns::of(row);
        Ok(Key {
            id: columns.id("id")?,
            scope: Scope { company: columns.id("company")?, env: columns.word("env")? },
            kind: columns.word("kind")?,
            ends_at_ms: columns.next("ends_at_ms")?,
            company_name: columns.next("name")?,
        })
    });
    found.optional()?.ok_or(StoreError::NotFound)
}

pub(super) fn of_company(db: &Connection, company: CompanyId) -> Result<Vec<KeyRow>, StoreError> {
    if !companies::exists(db, company)? {
        return Err(StoreError::NotFound);
    }
    let sql = "SELECT id, env, kind, hint, created_at_ms, ends_at_ms FROM api_key
        WHERE company = ?1 ORDER BY created_at_ms, id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([company.bytes()], |row| {
        Ok(KeyRow {
            id: id(row, "id")?,
            env: word(row, "env")?,
            kind: word(row, "kind")?,
            hint: row.get("hint")?,
            created_at_ms: row.get("created_at_ms")?,
            ends_at_ms: row.get("ends_at_ms")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn rotate(db: &Connection, company: CompanyId, rotation: KeyRotation) -> Result<(), StoreError> {
    let KeyRotation { key, at_ms, others_end_at_ms } = rotation;
    if !companies::exists(db, company)? {
        return Err(StoreError::NotFound);
    }
    if let Some(ends_at_ms) = others_end_at_ms {
        let sql = "UPDATE api_key SET ends_at_ms = ?4
            WHERE company = ?1 AND env = ?2 AND kind = ?3 AND (ends_at_ms IS NULL OR ends_at_ms > ?4)";
        let values = params![company.bytes(), Word(key.env), Word(key.kind), ends_at_ms];
        db.prepare_cached(sql)?.execute(values)?;
    }
    insert(db, company, at_ms, key)
}

pub(super) fn end(db: &Connection, company: CompanyId, key: KeyId, at_ms: i64) -> Result<(), StoreError> {
    let sql = "UPDATE api_key SET ends_at_ms = min(coalesce(ends_at_ms, ?3), ?3)
        WHERE company = ?1 AND id = ?2";
    match db.prepare_cached(sql)?.execute(params![company.bytes(), key.bytes(), at_ms])? {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}
