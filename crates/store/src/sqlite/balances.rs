//! Queries about balances. What a balance says now stands in its row; its history is in `readings`.

use super::columns::{Columns, Word};
use super::lists::{self, Base};
use super::readings::{self, reading, reading_columns};
use crate::{BalanceRow, Filter, Page, Paged, Reading, ReadingDetail, Scope, StoreError};
use egusi_protocol::{AccountId, BalanceId};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Everything a balance is shown with.
macro_rules! balance_columns {
    () => {
        concat!(
            "balance.id, balance.account, account.name AS account_name,
            account.number AS account_number, account.currency, account.connected,
            customer.id AS customer, customer.name AS customer_name, record.id AS record,
            record.status, record.institution, balance.created_at_ms, ",
            reading_columns!()
        )
    };
}

/// What a balance is in a list of the readings of several.
pub(super) const BALANCE_KEYS: &str = "balance.id, balance.account, account.currency";

pub(super) const COLUMNS: &str = balance_columns!();

/// From the balance to the account, the record and the customer it belongs to.
pub(super) const BY_ID: &str = concat!(
    "SELECT ",
    balance_columns!(),
    " FROM balance
    CROSS JOIN account ON account.company = ?1 AND account.env = ?2 AND account.id = balance.account
    CROSS JOIN record ON record.company = ?1 AND record.env = ?2 AND record.id = account.record
    CROSS JOIN customer ON customer.company = ?1 AND customer.env = ?2 AND customer.id = record.customer
    WHERE balance.company = ?1 AND balance.env = ?2 AND balance.id = ?3"
);

/// Adds readings to an account's balance, which is made if there is none. An account has one
/// balance for good: another id for it, or its id on another account, is a conflict.
pub(super) fn write(
    db: &Connection,
    scope: Scope,
    at_ms: i64,
    account: AccountId,
    balance: BalanceId,
    readings: &[Reading],
) -> Result<(), StoreError> {
    let sql = concat!(
        "SELECT ",
        reading_columns!(),
        " FROM balance WHERE company = ?1 AND env = ?2 AND id = ?3 AND account = ?4"
    );
    let values = params![scope.company.bytes(), Word(scope.env), balance.bytes(), account.bytes()];
    let known = db.prepare_cached(sql)?.query_row(values, |row| reading(&mut Columns::of(row))).optional()?;
    let mut current = known;
    for reading in readings {
        readings::append(db, scope, balance, reading)?;
        if current.is_none_or(|current| reading.supersedes(&current)) {
            current = Some(*reading);
        }
    }
    match (known, current) {
        (None, Some(first)) => insert(db, scope, at_ms, account, balance, &first),
        (Some(before), Some(now)) if before != now => set_current(db, scope, balance, &before, &now),
        _ => Ok(()),
    }
}

fn insert(
    db: &Connection,
    scope: Scope,
    at_ms: i64,
    account: AccountId,
    balance: BalanceId,
    current: &Reading,
) -> Result<(), StoreError> {
    let sql = concat!(
        "INSERT INTO balance (company, env, id, account, created_at_ms, ",
        reading_columns!(),
        ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
    );
    let Reading { ledger_minor, available_minor, source, at_ms: read_at_ms, detail } = current;
    let ReadingDetail { basis, is_stale, pending_out_minor, pending_in_minor, limit_minor, minimum_minor } =
        detail;
    db.prepare_cached(sql)?.execute(params![
        scope.company.bytes(),
        Word(scope.env),
        balance.bytes(),
        account.bytes(),
        at_ms,
        ledger_minor,
        available_minor,
        Word(*source),
        read_at_ms,
        Word(*basis),
        is_stale,
        pending_out_minor,
        pending_in_minor,
        limit_minor,
        minimum_minor,
    ])?;
    Ok(())
}

fn set_current(
    db: &Connection,
    scope: Scope,
    balance: BalanceId,
    before: &Reading,
    current: &Reading,
) -> Result<(), StoreError> {
    let Reading { ledger_minor, available_minor, source, at_ms, detail } = current;
    let ReadingDetail { basis, is_stale, pending_out_minor, pending_in_minor, limit_minor, minimum_minor } =
        detail;
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let sql = "UPDATE balance SET source = ?4, at_ms = ?5, basis = ?6, is_stale = ?7,
            pending_out_minor = ?8, pending_in_minor = ?9, limit_minor = ?10, minimum_minor = ?11
        WHERE company = ?1 AND env = ?2 AND id = ?3";
    db.prepare_cached(sql)?.execute(params![
        company,
        env,
        balance.bytes(),
        Word(*source),
        at_ms,
        Word(*basis),
        is_stale,
        pending_out_minor,
        pending_in_minor,
        limit_minor,
        minimum_minor,
    ])?;
    // A column that is named is written into its indexes, changed or not; so these are apart.
    if (before.ledger_minor, before.available_minor) != (*ledger_minor, *available_minor) {
        let sql = "UPDATE balance SET ledger_minor = ?4, available_minor = ?5
            WHERE company = ?1 AND env = ?2 AND id = ?3";
        let values = params![company, env, balance.bytes(), ledger_minor, available_minor];
        db.prepare_cached(sql)?.execute(values)?;
    }
    Ok(())
}

/// What a balance says now.
pub(super) fn current(db: &Connection, scope: Scope, id: BalanceId) -> Result<Option<Reading>, StoreError> {
    let sql =
        concat!("SELECT ", reading_columns!(), " FROM balance WHERE company = ?1 AND env = ?2 AND id = ?3");
    let values = params![scope.company.bytes(), Word(scope.env), id.bytes()];
    Ok(db.prepare_cached(sql)?.query_row(values, |row| reading(&mut Columns::of(row))).optional()?)
}

pub(super) fn find(
    db: &Connection,
    scope: Scope,
    id: BalanceId,
    is_with_readings: bool,
) -> Result<BalanceRow, StoreError> {
    let values = params![scope.company.bytes(), Word(scope.env), id.bytes()];
    let found = db.prepare_cached(BY_ID)?.query_row(values, balance_alone).optional()?;
    let balance = found.ok_or(StoreError::NotFound)?;
    if is_with_readings { with_readings(db, scope, balance) } else { Ok(balance) }
}

pub(super) fn matching(
    db: &Connection,
    scope: Scope,
    filter: Filter,
    page: Page,
    is_with_readings: bool,
) -> Result<Paged<BalanceRow>, StoreError> {
    let query = lists::query(Base::Balance, COLUMNS, scope, &filter);
    lists::rows(db, &query, page, |row| {
        let balance = balance_alone(row)?;
        if is_with_readings { with_readings(db, scope, balance) } else { Ok(balance) }
    })
}

/// The columns are read in the order of [`COLUMNS`].
fn balance_alone(row: &Row<'_>) -> rusqlite::Result<BalanceRow> {
    let mut columns = Columns::of(row);
    Ok(BalanceRow {
        id: columns.id("id")?,
        account: columns.id("account")?,
        account_name: columns.next("account_name")?,
        account_number: columns.next("account_number")?,
        currency: columns.word("currency")?,
        connected: columns.next("connected")?,
        customer: columns.id("customer")?,
        customer_name: columns.next("customer_name")?,
        record: columns.id("record")?,
        record_status: columns.word("status")?,
        institution: columns.id("institution")?,
        created_at_ms: columns.next("created_at_ms")?,
        current: reading(&mut columns)?,
        readings: Vec::new(),
    })
}

/// A balance is made together with its first reading, so one without any is damage to the file and
/// not an answer.
fn with_readings(db: &Connection, scope: Scope, mut balance: BalanceRow) -> Result<BalanceRow, StoreError> {
    balance.readings = readings::newest(db, scope, balance.id)?;
    if balance.readings.is_empty() {
        return Err(StoreError::Unavailable("a balance has lost its readings".to_owned()));
    }
    Ok(balance)
}
