//! Queries about customers.

use super::accounts;
use super::columns::{Word, id};
use super::lists::{self, Base};
use crate::{
    BlindKey, CustomerRow, Filter, IdentifierKind, NewCustomer, NewIdentifier, PARTS_MAX, Page, Paged, Scope,
    StoreError,
};
use egusi_protocol::{CustomerId, RecordId};
use rusqlite::{Connection, OptionalExtension, params};

pub(super) const COLUMNS: &str = "customer.id, customer.name, customer.created_at_ms, customer.updated_at_ms";

pub(super) const RECORDS: &str = "SELECT id FROM record
    WHERE company = ?1 AND env = ?2 AND customer = ?3 ORDER BY +created_at_ms, id LIMIT ?4";

pub(super) const KNOWN_BY: &str = "SELECT customer FROM customer_identifier
    WHERE company = ?1 AND env = ?2 AND kind = ?3 AND key = ?4";

pub(super) fn write(
    db: &Connection,
    scope: Scope,
    at_ms: i64,
    customer: NewCustomer,
) -> Result<(), StoreError> {
    let NewCustomer { id, key, name } = customer;
    let values = params![scope.company.bytes(), Word(scope.env), id.bytes(), key, name, at_ms];
    let update = "UPDATE customer SET name = ?5, updated_at_ms = ?6
        WHERE company = ?1 AND env = ?2 AND id = ?3 AND key = ?4";
    if db.prepare_cached(update)?.execute(values)? == 0 {
        let insert = "INSERT INTO customer (company, env, id, key, name, created_at_ms, updated_at_ms)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)";
        db.prepare_cached(insert)?.execute(values)?;
    }
    Ok(())
}

/// Telephones and addresses change hands: whoever signed in with one last has it.
pub(super) fn know_by(
    db: &Connection,
    scope: Scope,
    customer: CustomerId,
    identifier: NewIdentifier,
) -> Result<(), StoreError> {
    let NewIdentifier { kind, key } = identifier;
    let sql = "INSERT INTO customer_identifier (company, env, kind, key, customer)
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT DO UPDATE SET customer = ?5";
    let values = params![scope.company.bytes(), Word(scope.env), Word(kind), key, customer.bytes()];
    db.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

pub(super) fn known_by(
    db: &Connection,
    scope: Scope,
    kind: IdentifierKind,
    key: BlindKey,
) -> Result<Option<CustomerId>, StoreError> {
    let values = params![scope.company.bytes(), Word(scope.env), Word(kind), key];
    let found = db.prepare_cached(KNOWN_BY)?.query_row(values, |row| id(row, "customer")).optional()?;
    Ok(found)
}

pub(super) fn matching(
    db: &Connection,
    scope: Scope,
    filter: Filter,
    page: Page,
) -> Result<Paged<CustomerRow>, StoreError> {
    let query = lists::query(Base::Customer, COLUMNS, scope, &filter);
    lists::rows(db, &query, page, |row| {
        let customer = id(row, "id")?;
        Ok(CustomerRow {
            id: customer,
            name: row.get("name")?,
            created_at_ms: row.get("created_at_ms")?,
            updated_at_ms: row.get("updated_at_ms")?,
            records: records(db, scope, customer)?,
            accounts: accounts::of_customer(db, scope, customer)?,
        })
    })
}

/// A customer's records, oldest first.
fn records(db: &Connection, scope: Scope, customer: CustomerId) -> Result<Vec<RecordId>, StoreError> {
    let mut statement = db.prepare_cached(RECORDS)?;
    let values = params![scope.company.bytes(), Word(scope.env), customer.bytes(), PARTS_MAX as i64];
    let records = statement.query_map(values, |row| id(row, "id"))?.collect::<Result<_, _>>()?;
    Ok(records)
}
