//! Queries about records: the lasting results of sign-ins.

use super::columns::{Word, id, optional_id, word};
use super::lists::{self, Base};
use super::{accounts, balances, events, transactions, watches};
use crate::{
    Filter, FullRecord, NewReading, NewRecord, Page, Paged, RecordRow, RecordUpdate, Scope, StoreError,
};
use egusi_protocol::{AccountId, AppId, CustomerId, EndpointId, RecordId, RecordStatus};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Everything a record is shown with.
macro_rules! record_columns {
    () => {
        "record.id, record.customer, customer.name AS customer_name, record.institution,
        record.products, record.app, record.endpoint, record.options, record.meta, record.status,
        record.consent_until_ms, record.revoked_at_ms, record.created_at_ms, record.updated_at_ms"
    };
}

pub(super) const COLUMNS: &str = record_columns!();

pub(super) const BY_ID: &str = concat!(
    "SELECT record.version, record.access, ",
    record_columns!(),
    " FROM record
    CROSS JOIN customer ON customer.company = ?1 AND customer.env = ?2 AND customer.id = record.customer
    WHERE record.company = ?1 AND record.env = ?2 AND record.id = ?3"
);

pub(super) const FORGET_OPTIONS: &str =
    "DELETE FROM record_option WHERE company = ?1 AND env = ?2 AND record = ?3";

pub(super) fn matching(
    db: &Connection,
    scope: Scope,
    filter: Filter,
    page: Page,
) -> Result<Paged<RecordRow>, StoreError> {
    let query = lists::query(Base::Record, COLUMNS, scope, &filter);
    lists::rows(db, &query, page, |row| Ok(record(row)?))
}

pub(super) fn full(db: &Connection, scope: Scope, id: RecordId) -> Result<FullRecord, StoreError> {
    let values = params![scope.company.bytes(), Word(scope.env), id.bytes()];
    let found = db.prepare_cached(BY_ID)?.query_row(values, |row| {
        Ok(FullRecord {
            row: record(row)?,
            version: row.get("version")?,
            access: row.get("access")?,
            accounts: Vec::new(),
        })
    });
    let mut full = found.optional()?.ok_or(StoreError::NotFound)?;
    full.accounts = accounts::of_record(db, scope, id)?;
    Ok(full)
}

pub(super) fn exists(db: &Connection, scope: Scope, id: RecordId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM record WHERE company = ?1 AND env = ?2 AND id = ?3";
    Ok(db.prepare_cached(sql)?.exists(params![scope.company.bytes(), Word(scope.env), id.bytes()])?)
}

/// Whether the customer has ended the sharing; false if the record is not there.
pub(super) fn is_revoked(db: &Connection, scope: Scope, id: RecordId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM record
        WHERE company = ?1 AND env = ?2 AND id = ?3 AND revoked_at_ms IS NOT NULL";
    Ok(db.prepare_cached(sql)?.exists(params![scope.company.bytes(), Word(scope.env), id.bytes()])?)
}

/// The customer has ended the sharing: nothing is left by which the institution could be asked.
pub(super) fn close(db: &Connection, scope: Scope, at_ms: i64, id: RecordId) -> Result<(), StoreError> {
    let sql = "UPDATE record SET status = ?5, revoked_at_ms = ?4, updated_at_ms = ?4, access = x'',
            version = version + 1
        WHERE company = ?1 AND env = ?2 AND id = ?3";
    let status = Word(RecordStatus::Revoked);
    db.prepare_cached(sql)?.execute(params![
        scope.company.bytes(),
        Word(scope.env),
        id.bytes(),
        at_ms,
        status
    ])?;
    Ok(())
}

/// Where the record's events go now; nowhere if it is not there.
pub(super) fn endpoint(
    db: &Connection,
    scope: Scope,
    id: RecordId,
) -> Result<Option<EndpointId>, StoreError> {
    let sql = "SELECT endpoint FROM record WHERE company = ?1 AND env = ?2 AND id = ?3";
    let values = params![scope.company.bytes(), Word(scope.env), id.bytes()];
    let found = db.prepare_cached(sql)?.query_row(values, |row| optional_id(row, "endpoint")).optional()?;
    Ok(found.flatten())
}

/// The sign-in follows the person the institution names now; its institution is part of what its
/// key was made of and never changes. Tells whether the record was there before.
pub(super) fn write(
    db: &Connection,
    scope: Scope,
    at_ms: i64,
    customer: CustomerId,
    record: NewRecord,
) -> Result<bool, StoreError> {
    let NewRecord {
        id: record_id,
        key,
        institution,
        access,
        products,
        endpoint,
        app,
        options,
        meta,
        consent_until_ms,
    } = record;
    let values = params![
        scope.company.bytes(),
        Word(scope.env),
        record_id.bytes(),
        key,
        customer.bytes(),
        institution.bytes(),
        access,
        products,
        endpoint.as_ref().map(EndpointId::bytes),
        app.as_ref().map(AppId::bytes),
        options,
        meta,
        Word(RecordStatus::Ok),
        consent_until_ms,
        at_ms,
    ];
    let known = "SELECT customer FROM record
        WHERE company = ?1 AND env = ?2 AND id = ?3 AND key = ?4 AND institution = ?6";
    let before: Option<CustomerId> =
        db.prepare_cached(known)?.query_row(&values[..6], |row| id(row, "customer")).optional()?;
    let sql = match before {
        None => {
            "INSERT INTO record (company, env, id, key, customer, institution, access, products, endpoint,
                app, options, meta, status, consent_until_ms, created_at_ms, updated_at_ms, version)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?15, 1)"
        }
        Some(_) => {
            "UPDATE record SET access = ?7, products = ?8, endpoint = ?9, app = ?10, options = ?11,
                meta = ?12, status = ?13, consent_until_ms = ?14, revoked_at_ms = NULL, updated_at_ms = ?15,
                version = version + 1
            WHERE company = ?1 AND env = ?2 AND id = ?3"
        }
    };
    db.prepare_cached(sql)?.execute(values)?;
    // A column that is named is written into its indexes, changed or not; so this one is apart.
    if before.is_some_and(|before| before != customer) {
        let sql = "UPDATE record SET customer = ?4 WHERE company = ?1 AND env = ?2 AND id = ?3";
        db.prepare_cached(sql)?.execute(params![values[0], values[1], values[2], customer.bytes()])?;
    }
    write_options(db, scope, record_id, &options, before.is_some())?;
    Ok(before.is_some())
}

/// The members of the host's options, by which records are found.
fn write_options(
    db: &Connection,
    scope: Scope,
    record: RecordId,
    options: &str,
    may_have_some: bool,
) -> Result<(), StoreError> {
    let members: Map<String, Value> = serde_json::from_str(options)
        .map_err(|_| StoreError::Unavailable("the options of a record are no JSON object".to_owned()))?;
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    if may_have_some {
        db.prepare_cached(FORGET_OPTIONS)?.execute(params![company, env, record.bytes()])?;
    }
    let sql = "INSERT INTO record_option (company, env, name, value, record) VALUES (?1, ?2, ?3, ?4, ?5)";
    for (name, value) in members {
        let values = params![company, env, name, value.to_string(), record.bytes()];
        db.prepare_cached(sql)?.execute(values)?;
    }
    Ok(())
}

pub(super) fn update(db: &Connection, scope: Scope, update: RecordUpdate) -> Result<(), StoreError> {
    let RecordUpdate { record, version, at_ms, status, access, readings, transactions, watches, events } =
        update;
    take_version(db, scope, record, version, at_ms, status, access)?;
    let accounts = Accounts(accounts::ids_of_record(db, scope, record)?);
    for NewReading { account, balance, readings, still_listed } in readings {
        accounts.must_have(account)?;
        balances::write(db, scope, at_ms, account, balance, &readings)?;
        if !still_listed {
            accounts::unshare(db, scope, at_ms, account)?;
        }
    }
    for seen in transactions {
        accounts.must_have(seen.account)?;
        transactions::write(db, scope, at_ms, seen)?;
    }
    for change in watches {
        accounts.must_have(change.account)?;
        watches::write(db, scope, change)?;
    }
    for event in events {
        events::add(db, scope, event, None)?;
    }
    Ok(())
}

/// Writes the record's own row if it is still the one that was read.
fn take_version(
    db: &Connection,
    scope: Scope,
    record: RecordId,
    version: i64,
    at_ms: i64,
    status: RecordStatus,
    access: Option<Vec<u8>>,
) -> Result<(), StoreError> {
    let sql = "UPDATE record SET version = version + 1, updated_at_ms = ?5, status = ?6,
            access = coalesce(?7, access)
        WHERE company = ?1 AND env = ?2 AND id = ?3 AND version = ?4";
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let values = params![company, env, record.bytes(), version, at_ms, Word(status), access];
    if db.prepare_cached(sql)?.execute(values)? == 1 {
        return Ok(());
    }
    Err(if exists(db, scope, record)? { StoreError::Conflict } else { StoreError::NotFound })
}

/// The accounts of the record that is written; news of any other is refused.
struct Accounts(HashSet<AccountId>);

impl Accounts {
    fn must_have(&self, account: AccountId) -> Result<(), StoreError> {
        if self.0.contains(&account) { Ok(()) } else { Err(StoreError::NotFound) }
    }
}

fn record(row: &Row<'_>) -> rusqlite::Result<RecordRow> {
    Ok(RecordRow {
        id: id(row, "id")?,
        customer: id(row, "customer")?,
        customer_name: row.get("customer_name")?,
        institution: id(row, "institution")?,
        products: row.get("products")?,
        app: optional_id(row, "app")?,
        endpoint: optional_id(row, "endpoint")?,
        options: row.get("options")?,
        meta: row.get("meta")?,
        status: word(row, "status")?,
        consent_until_ms: row.get("consent_until_ms")?,
        revoked_at_ms: row.get("revoked_at_ms")?,
        created_at_ms: row.get("created_at_ms")?,
        updated_at_ms: row.get("updated_at_ms")?,
    })
}
