//! Queries about accounts.

use super::balances;
use super::columns::{Word, id, optional_id, word};
use super::lists::{self, Base};
use super::watches::{self, watch_columns, watch_joins, watches};
use crate::{
    AccountRow, BlindKey, Filter, FullAccount, KnownAccount, NewAccount, NewBalance, PARTS_MAX, Page, Paged,
    Scope, StoreError,
};
use egusi_protocol::{AccountId, CustomerId, RecordId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::HashSet;

/// Everything an account is shown with.
macro_rules! account_columns {
    () => {
        "account.id, account.name, account.number, account.kind, account.currency, account.connected,
        customer.id AS customer, customer.name AS customer_name, record.id AS record, record.institution,
        (SELECT balance.id FROM balance WHERE balance.company = ?1 AND balance.env = ?2
            AND balance.account = account.id) AS balance,
        account.threshold_minor, account.created_at_ms, account.updated_at_ms"
    };
}

pub(super) const COLUMNS: &str = account_columns!();

/// From the record to its accounts and the customer. SQLite keeps the order of a CROSS JOIN; left to
/// itself, it would rather go through every account of the company.
macro_rules! from_record {
    () => {
        " FROM record
        CROSS JOIN account ON account.company = ?1 AND account.env = ?2 AND account.record = record.id
        CROSS JOIN customer ON customer.company = ?1 AND customer.env = ?2 AND customer.id = record.customer"
    };
}

/// Asked to order them, SQLite would go through every account of the company in the order of ids.
pub(super) const KNOWN: &str = concat!(
    "SELECT account.key, account.id, balance.id AS balance, ",
    watch_columns!(),
    " FROM record
    CROSS JOIN account ON account.company = ?1 AND account.env = ?2 AND account.record = record.id
    LEFT JOIN balance ON balance.company = ?1 AND balance.env = ?2 AND balance.account = account.id",
    watch_joins!(),
    " WHERE record.company = ?1 AND record.env = ?2 AND record.id = ?3"
);

pub(super) const OF_RECORD: &str = concat!(
    "SELECT account.key, ",
    account_columns!(),
    ", ",
    watch_columns!(),
    from_record!(),
    watch_joins!(),
    " WHERE record.company = ?1 AND record.env = ?2 AND record.id = ?3"
);

pub(super) const IDS_OF_RECORD: &str =
    "SELECT id FROM account WHERE company = ?1 AND env = ?2 AND record = ?3";

pub(super) const OF_CUSTOMER: &str = concat!(
    "SELECT ",
    account_columns!(),
    from_record!(),
    " WHERE record.company = ?1 AND record.env = ?2 AND record.customer = ?3
    ORDER BY +account.created_at_ms, account.id LIMIT ?4"
);

pub(super) const SHARED_BY_KEY: &str = concat!(
    "SELECT ",
    account_columns!(),
    " FROM account
    CROSS JOIN record ON record.company = ?1 AND record.env = ?2 AND record.id = account.record
    CROSS JOIN customer ON customer.company = ?1 AND customer.env = ?2 AND customer.id = record.customer
    WHERE account.company = ?1 AND account.env = ?2 AND account.key = ?3 AND account.connected = 1
    ORDER BY +account.created_at_ms DESC, account.id DESC LIMIT ?4"
);

pub(super) fn known(
    db: &Connection,
    scope: Scope,
    record: RecordId,
) -> Result<Vec<KnownAccount>, StoreError> {
    let mut statement = db.prepare_cached(KNOWN)?;
    let values = params![scope.company.bytes(), Word(scope.env), record.bytes()];
    let rows = statement.query_map(values, |row| {
        Ok(KnownAccount {
            key: row.get("key")?,
            id: id(row, "id")?,
            balance: optional_id(row, "balance")?,
            watches: watches(row)?,
        })
    })?;
    let mut accounts = rows.collect::<Result<Vec<_>, _>>()?;
    accounts.sort_by_key(|account| account.id);
    Ok(accounts)
}

/// The accounts of a record with all that a refresh needs, oldest first.
pub(super) fn of_record(
    db: &Connection,
    scope: Scope,
    record: RecordId,
) -> Result<Vec<FullAccount>, StoreError> {
    let mut statement = db.prepare_cached(OF_RECORD)?;
    let values = params![scope.company.bytes(), Word(scope.env), record.bytes()];
    let rows = statement.query_map(values, |row| {
        Ok(FullAccount { row: account(row)?, key: row.get("key")?, current: None, watches: watches(row)? })
    })?;
    let mut accounts = rows.collect::<Result<Vec<_>, _>>()?;
    for account in &mut accounts {
        account.current =
            account.row.balance.map(|id| balances::current(db, scope, id)).transpose()?.flatten();
    }
    accounts.sort_by_key(|account| (account.row.created_at_ms, account.row.id));
    Ok(accounts)
}

/// A customer's accounts, oldest first.
pub(super) fn of_customer(
    db: &Connection,
    scope: Scope,
    customer: CustomerId,
) -> Result<Vec<AccountRow>, StoreError> {
    let mut statement = db.prepare_cached(OF_CUSTOMER)?;
    let values = params![scope.company.bytes(), Word(scope.env), customer.bytes(), PARTS_MAX as i64];
    let accounts = statement.query_map(values, account)?.collect::<Result<_, _>>()?;
    Ok(accounts)
}

/// The accounts of that number that are shared, newest first.
pub(super) fn shared_by_key(
    db: &Connection,
    scope: Scope,
    key: BlindKey,
) -> Result<Vec<AccountRow>, StoreError> {
    let mut statement = db.prepare_cached(SHARED_BY_KEY)?;
    let values = params![scope.company.bytes(), Word(scope.env), key, PARTS_MAX as i64];
    let accounts = statement.query_map(values, account)?.collect::<Result<_, _>>()?;
    Ok(accounts)
}

/// The ids of a record's accounts.
pub(super) fn ids_of_record(
    db: &Connection,
    scope: Scope,
    record: RecordId,
) -> Result<HashSet<AccountId>, StoreError> {
    let mut statement = db.prepare_cached(IDS_OF_RECORD)?;
    let values = params![scope.company.bytes(), Word(scope.env), record.bytes()];
    let ids = statement.query_map(values, |row| id(row, "id"))?.collect::<Result<_, _>>()?;
    Ok(ids)
}

pub(super) fn matching(
    db: &Connection,
    scope: Scope,
    filter: Filter,
    page: Page,
) -> Result<Paged<AccountRow>, StoreError> {
    let query = lists::query(Base::Account, COLUMNS, scope, &filter);
    lists::rows(db, &query, page, |row| Ok(account(row)?))
}

/// An account the sign-in does not list any more was not shared this time.
pub(super) fn unshare_others(
    db: &Connection,
    scope: Scope,
    at_ms: i64,
    record: RecordId,
    listed: &HashSet<AccountId>,
) -> Result<(), StoreError> {
    for other in ids_of_record(db, scope, record)?.difference(listed) {
        unshare(db, scope, at_ms, *other)?;
    }
    Ok(())
}

/// The institution does not list the account any more.
pub(super) fn unshare(
    db: &Connection,
    scope: Scope,
    at_ms: i64,
    account: AccountId,
) -> Result<(), StoreError> {
    let sql = "UPDATE account SET connected = 0, updated_at_ms = ?4
        WHERE company = ?1 AND env = ?2 AND id = ?3 AND connected = 1";
    let values = params![scope.company.bytes(), Word(scope.env), account.bytes(), at_ms];
    db.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// No account of the record is shared any more, nor watched. How often each fell below a threshold goes
/// on being counted, should the customer come back.
pub(super) fn close_all(
    db: &Connection,
    scope: Scope,
    at_ms: i64,
    record: RecordId,
) -> Result<(), StoreError> {
    for account in ids_of_record(db, scope, record)? {
        unshare(db, scope, at_ms, account)?;
        watches::set_threshold(db, scope, account, None)?;
        watches::begin_above(db, scope, account)?;
    }
    Ok(())
}

pub(super) fn write(
    db: &Connection,
    scope: Scope,
    at_ms: i64,
    record: RecordId,
    account: NewAccount,
) -> Result<(), StoreError> {
    let NewAccount { id, key, name, number, kind, currency, connected, is_left, balance } = account;
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
        currency.decimals(),
    ];
    let known = "SELECT name = ?6 AND number = ?7 FROM account
        WHERE company = ?1 AND env = ?2 AND id = ?3 AND record = ?4 AND key = ?5";
    let is_same = db.prepare_cached(known)?.query_row(&values[..7], |row| row.get(0)).optional()?;
    let sql = match is_same {
        Some(_) if is_left => return Ok(()),
        None => {
            "INSERT INTO account (company, env, id, record, key, name, number, kind, currency, connected,
                created_at_ms, updated_at_ms, decimals)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, ?12)"
        }
        Some(false) => {
            "UPDATE account SET name = ?6, number = ?7, kind = ?8, currency = ?9, connected = ?10,
                updated_at_ms = ?11, decimals = ?12 WHERE company = ?1 AND env = ?2 AND id = ?3"
        }
        // A column that is named is written into its indexes, changed or not.
        Some(true) => {
            "UPDATE account SET kind = ?8, currency = ?9, connected = ?10, updated_at_ms = ?11,
                decimals = ?12 WHERE company = ?1 AND env = ?2 AND id = ?3"
        }
    };
    db.prepare_cached(sql)?.execute(values)?;
    if let Some(NewBalance { id: balance, reading }) = balance {
        balances::write(db, scope, at_ms, id, balance, &[reading])?;
    }
    Ok(())
}

fn account(row: &Row<'_>) -> rusqlite::Result<AccountRow> {
    Ok(AccountRow {
        id: id(row, "id")?,
        name: row.get("name")?,
        number: row.get("number")?,
        kind: row.get("kind")?,
        currency: word(row, "currency")?,
        connected: row.get("connected")?,
        customer: id(row, "customer")?,
        customer_name: row.get("customer_name")?,
        record: id(row, "record")?,
        institution: id(row, "institution")?,
        balance: optional_id(row, "balance")?,
        threshold_minor: row.get("threshold_minor")?,
        created_at_ms: row.get("created_at_ms")?,
        updated_at_ms: row.get("updated_at_ms")?,
    })
}
