//! Queries about companies and their keys.

use super::columns::{Word, id, word};
use crate::{Key, KeyHash, NewCompany, NewKey, Scope, StoreError};
use egusi_protocol::KeyId;
use rusqlite::{Connection, OptionalExtension, params};

pub(super) fn create(db: &Connection, company: NewCompany) -> Result<(), StoreError> {
    let NewCompany { id, name, created_at_ms, keys } = company;
    db.prepare_cached("INSERT INTO company (id, name, created_at_ms) VALUES (?1, ?2, ?3)")?
        .execute(params![id.bytes(), name, created_at_ms])?;
    let mut insert =
        db.prepare_cached("INSERT INTO api_key (company, env, hash, kind) VALUES (?1, ?2, ?3, ?4)")?;
    for NewKey { id: _, env, kind, hash, hint: _ } in keys {
        insert.execute(params![id.bytes(), Word(env), hash, Word(kind)])?;
    }
    Ok(())
}

pub(super) fn key(db: &Connection, hash: KeyHash) -> Result<Key, StoreError> {
    let sql = "SELECT api_key.company, api_key.env, api_key.kind, company.name
        FROM api_key JOIN company ON company.id = api_key.company
        WHERE api_key.hash = ?1";
    let found = db.prepare_cached(sql)?.query_row([hash], |row| {
        Ok(Key {
            id: KeyId::from([0; 12]),
            ends_at_ms: None,
            scope: Scope { company: id(row, "company")?, env: word(row, "env")? },
            kind: word(row, "kind")?,
            company_name: row.get("name")?,
        })
    });
    found.optional()?.ok_or(StoreError::NotFound)
}
