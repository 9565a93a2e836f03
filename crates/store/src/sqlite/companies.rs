//! Queries about companies.

use super::columns::id;
use super::keys;
use crate::{CompanyRow, NewCompany, StoreError};
use egusi_protocol::CompanyId;
use rusqlite::{Connection, params};

pub(super) fn create(db: &Connection, company: NewCompany) -> Result<(), StoreError> {
    let NewCompany { id, name, created_at_ms, keys } = company;
    db.prepare_cached("INSERT INTO company (id, name, created_at_ms) VALUES (?1, ?2, ?3)")?
        .execute(params![id.bytes(), name, created_at_ms])?;
    for key in keys {
        keys::insert(db, id, created_at_ms, key)?;
    }
    Ok(())
}

pub(super) fn exists(db: &Connection, company: CompanyId) -> Result<bool, StoreError> {
    Ok(db.prepare_cached("SELECT 1 FROM company WHERE id = ?1")?.exists([company.bytes()])?)
}

pub(super) fn all(db: &Connection) -> Result<Vec<CompanyRow>, StoreError> {
    let sql = "SELECT id, name, created_at_ms FROM company ORDER BY created_at_ms, id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        Ok(CompanyRow {
            id: id(row, "id")?,
            name: row.get("name")?,
            created_at_ms: row.get("created_at_ms")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
