//! Queries about movements of money.
//!
//! A movement is the institution's, known by its key within the account. It may first be pending and
//! then posted, and stays the same row under the same id; what is posted never becomes pending again.

use super::columns::{Word, id, word};
use super::lists::{self, Base};
use crate::{Filter, NewTransaction, NewTransactions, Page, Paged, Scope, StoreError, TransactionRow};
use egusi_protocol::{AccountId, TransactionId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::HashSet;

/// Everything a movement is shown with.
macro_rules! transaction_columns {
    () => {
        "bank_transaction.id, bank_transaction.account, account.name AS account_name,
        account.number AS account_number, customer.id AS customer, customer.name AS customer_name,
        record.id AS record, record.institution, account.currency, bank_transaction.is_pending,
        bank_transaction.amount_minor, bank_transaction.description, bank_transaction.at_ms,
        bank_transaction.created_at_ms"
    };
}

pub(super) const COLUMNS: &str = transaction_columns!();

pub(super) const BY_ID: &str = concat!(
    "SELECT ",
    transaction_columns!(),
    " FROM bank_transaction
    CROSS JOIN account ON account.company = ?1 AND account.env = ?2
        AND account.id = bank_transaction.account
    CROSS JOIN record ON record.company = ?1 AND record.env = ?2 AND record.id = account.record
    CROSS JOIN customer ON customer.company = ?1 AND customer.env = ?2 AND customer.id = record.customer
    WHERE bank_transaction.company = ?1 AND bank_transaction.env = ?2 AND bank_transaction.id = ?3"
);

pub(super) const PENDING: &str = "SELECT id, key FROM bank_transaction
    WHERE company = ?1 AND env = ?2 AND account = ?3 AND is_pending = 1";

pub(super) fn find(db: &Connection, scope: Scope, id: TransactionId) -> Result<TransactionRow, StoreError> {
    let values = params![scope.company.bytes(), Word(scope.env), id.bytes()];
    db.prepare_cached(BY_ID)?.query_row(values, transaction).optional()?.ok_or(StoreError::NotFound)
}

pub(super) fn matching(
    db: &Connection,
    scope: Scope,
    filter: Filter,
    page: Page,
) -> Result<Paged<TransactionRow>, StoreError> {
    let query = lists::query(Base::Transaction, COLUMNS, scope, &filter);
    lists::rows(db, &query, page, |row| Ok(transaction(row)?))
}

pub(super) fn write(
    db: &Connection,
    scope: Scope,
    at_ms: i64,
    seen: NewTransactions,
) -> Result<(), StoreError> {
    let NewTransactions { account, pending, posted } = seen;
    for transaction in &posted {
        upsert(db, scope, at_ms, account, transaction, false)?;
    }
    let Some(pending) = pending else { return Ok(()) };
    forget_pending(db, scope, account, &pending)?;
    for transaction in &pending {
        upsert(db, scope, at_ms, account, transaction, true)?;
    }
    Ok(())
}

fn upsert(
    db: &Connection,
    scope: Scope,
    seen_at_ms: i64,
    account: AccountId,
    transaction: &NewTransaction,
    is_pending: bool,
) -> Result<(), StoreError> {
    let NewTransaction { id, key, amount_minor, description, at_ms } = transaction;
    let sql = "INSERT INTO bank_transaction (company, env, id, account, key, is_pending, amount_minor,
            description, at_ms, created_at_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT (company, env, account, key) DO UPDATE SET is_pending = excluded.is_pending,
            amount_minor = excluded.amount_minor, description = excluded.description,
            at_ms = excluded.at_ms
        WHERE bank_transaction.is_pending = 1 OR excluded.is_pending = 0";
    db.prepare_cached(sql)?.execute(params![
        scope.company.bytes(),
        Word(scope.env),
        id.bytes(),
        account.bytes(),
        key,
        is_pending,
        amount_minor,
        description,
        at_ms,
        seen_at_ms,
    ])?;
    Ok(())
}

/// Removes the pending ones that a complete list has no more.
fn forget_pending(
    db: &Connection,
    scope: Scope,
    account: AccountId,
    still_pending: &[NewTransaction],
) -> Result<(), StoreError> {
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let mut statement = db.prepare_cached(PENDING)?;
    let stored = statement.query_map(params![company, env, account.bytes()], |row| {
        Ok((id::<TransactionId>(row, "id")?, row.get("key")?))
    })?;
    let stored = stored.collect::<Result<Vec<(_, [u8; 32])>, _>>()?;
    let still_pending: HashSet<_> = still_pending.iter().map(|transaction| transaction.key).collect();
    let sql = "DELETE FROM bank_transaction WHERE company = ?1 AND env = ?2 AND id = ?3";
    for (id, _) in stored.iter().filter(|(_, key)| !still_pending.contains(key)) {
        db.prepare_cached(sql)?.execute(params![company, env, id.bytes()])?;
    }
    Ok(())
}

fn transaction(row: &Row<'_>) -> rusqlite::Result<TransactionRow> {
    Ok(TransactionRow {
        id: id(row, "id")?,
        account: id(row, "account")?,
        account_name: row.get("account_name")?,
        account_number: row.get("account_number")?,
        customer: id(row, "customer")?,
        customer_name: row.get("customer_name")?,
        record: id(row, "record")?,
        institution: id(row, "institution")?,
        currency: word(row, "currency")?,
        is_pending: row.get("is_pending")?,
        amount_minor: row.get("amount_minor")?,
        description: row.get("description")?,
        at_ms: row.get("at_ms")?,
        created_at_ms: row.get("created_at_ms")?,
    })
}
