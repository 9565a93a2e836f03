//! Queries about what sign-ins leave: customers, records, accounts and their readings.
//!
//! Each thing is found by its blind key and must then have the id it is given. It is updated
//! first and inserted where there was nothing to update: the writer is alone in its transaction,
//! so nothing comes between, and a key or an id that belongs to another row fails the insert,
//! which is the conflict the contract asks for.

use super::columns::{Word, id, optional_id};
use super::{balances, sessions};
use crate::{
    AdvanceSession, KnownAccount, KnownConnection, KnownQuery, NewAccount, NewBalance, NewConnection,
    NewCustomer, NewRecord, Scope, StoreError,
};
use egusi_protocol::{CustomerId, RecordId};
use rusqlite::{Connection, OptionalExtension, params};

/// Asked to order them, SQLite would go through every account of the company in the order of ids.
pub(super) const KNOWN_ACCOUNTS: &str = "SELECT account.key, account.id, balance.id AS balance
    FROM account LEFT JOIN balance ON balance.company = account.company
        AND balance.env = account.env AND balance.account = account.id
    WHERE account.company = ?1 AND account.env = ?2 AND account.record = ?3";

pub(super) fn known(db: &Connection, scope: Scope, query: KnownQuery) -> Result<KnownConnection, StoreError> {
    let KnownQuery { customer, record } = query;
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let customer = db
        .prepare_cached("SELECT id FROM customer WHERE company = ?1 AND env = ?2 AND key = ?3")?
        .query_row(params![company, env, customer], |row| id(row, "id"))
        .optional()?;
    let record: Option<RecordId> = db
        .prepare_cached("SELECT id FROM record WHERE company = ?1 AND env = ?2 AND key = ?3")?
        .query_row(params![company, env, record], |row| id(row, "id"))
        .optional()?;
    let accounts = match record {
        Some(record) => known_accounts(db, scope, record)?,
        None => Vec::new(),
    };
    Ok(KnownConnection { customer, record, accounts })
}

fn known_accounts(db: &Connection, scope: Scope, record: RecordId) -> Result<Vec<KnownAccount>, StoreError> {
    let mut statement = db.prepare_cached(KNOWN_ACCOUNTS)?;
    let values = params![scope.company.bytes(), Word(scope.env), record.bytes()];
    let rows = statement.query_map(values, |row| {
        Ok(KnownAccount {
            key: row.get("key")?,
            id: id(row, "id")?,
            balance: optional_id(row, "balance")?,
            watches: Vec::new(),
        })
    })?;
    let mut accounts = rows.collect::<Result<Vec<_>, _>>()?;
    accounts.sort_by_key(|account| account.id);
    Ok(accounts)
}

pub(super) fn finish(
    db: &Connection,
    scope: Scope,
    advance: AdvanceSession,
    connection: NewConnection,
) -> Result<(), StoreError> {
    let NewConnection { at_ms, customer, record, accounts, events: _, watches: _, then: _ } = connection;
    let customer_id = customer.id;
    let record_id = record.id;
    sessions::advance(db, scope, advance)?;
    write_customer(db, scope, at_ms, customer)?;
    write_record(db, scope, at_ms, customer_id, record)?;
    unshare_accounts(db, scope, at_ms, record_id)?;
    for account in accounts {
        write_account(db, scope, at_ms, record_id, account)?;
    }
    Ok(())
}

fn write_customer(
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

/// The sign-in follows the person the institution names now; its institution is part of what its
/// key was made of and never changes.
fn write_record(
    db: &Connection,
    scope: Scope,
    at_ms: i64,
    customer: CustomerId,
    record: NewRecord,
) -> Result<(), StoreError> {
    let NewRecord {
        id,
        key,
        institution,
        access,
        products,
        endpoint: _,
        app: _,
        options: _,
        meta: _,
        consent_until_ms,
    } = record;
    let callback_url: Option<String> = None;
    let values = params![
        scope.company.bytes(),
        Word(scope.env),
        id.bytes(),
        key,
        customer.bytes(),
        institution.bytes(),
        access,
        products,
        callback_url,
        consent_until_ms,
        at_ms,
    ];
    let update = "UPDATE record SET customer = ?5, access = ?7, products = ?8, callback_url = ?9,
            consent_until_ms = ?10, updated_at_ms = ?11
        WHERE company = ?1 AND env = ?2 AND id = ?3 AND key = ?4 AND institution = ?6";
    if db.prepare_cached(update)?.execute(values)? == 0 {
        let insert = "INSERT INTO record (company, env, id, key, customer, institution, access, products,
                callback_url, consent_until_ms, created_at_ms, updated_at_ms)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11)";
        db.prepare_cached(insert)?.execute(values)?;
    }
    Ok(())
}

/// An account the sign-in does not list any more was not shared this time; those it lists are
/// written after this, each as the customer chose.
fn unshare_accounts(db: &Connection, scope: Scope, at_ms: i64, record: RecordId) -> Result<(), StoreError> {
    let sql = "UPDATE account SET connected = 0, updated_at_ms = ?4
        WHERE company = ?1 AND env = ?2 AND record = ?3 AND connected = 1";
    let values = params![scope.company.bytes(), Word(scope.env), record.bytes(), at_ms];
    db.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

fn write_account(
    db: &Connection,
    scope: Scope,
    at_ms: i64,
    record: RecordId,
    account: NewAccount,
) -> Result<(), StoreError> {
    let NewAccount { id, key, name, number, kind, currency, connected, balance } = account;
    let values = params![
        scope.company.bytes(),
        Word(scope.env),
        id.bytes(),
        record.bytes(),
        key,
        name,
        number,
        kind,
        currency.code(),
        connected,
        at_ms,
    ];
    let update = "UPDATE account SET name = ?6, number = ?7, kind = ?8, currency = ?9, connected = ?10,
            updated_at_ms = ?11
        WHERE company = ?1 AND env = ?2 AND id = ?3 AND record = ?4 AND key = ?5";
    if db.prepare_cached(update)?.execute(values)? == 0 {
        let insert = "INSERT INTO account (company, env, id, record, key, name, number, kind, currency,
                connected, created_at_ms, updated_at_ms)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11)";
        db.prepare_cached(insert)?.execute(values)?;
    }
    if let Some(NewBalance { id: balance, reading }) = balance {
        balances::ensure(db, scope, at_ms, id, balance)?;
        balances::append(db, scope, balance, reading)?;
    }
    Ok(())
}
