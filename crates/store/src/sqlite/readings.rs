//! Queries about readings: the history of balances.

use super::balances::BALANCE_KEYS;
use super::columns::{Columns, Word, id, word};
use super::lists::{self, Base};
use crate::{Filter, Page, READINGS_MAX, Reading, ReadingDetail, SERIES_MAX, Scope, Series, StoreError};
use egusi_protocol::BalanceId;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// What a reading says, in the table of readings and beside each balance alike.
macro_rules! reading_columns {
    () => {
        "ledger_minor, available_minor, source, at_ms, basis, is_stale, pending_out_minor,
        pending_in_minor, limit_minor, minimum_minor"
    };
}
pub(super) use reading_columns;

pub(super) const NEWEST: &str = concat!(
    "SELECT ",
    reading_columns!(),
    " FROM reading WHERE company = ?1 AND env = ?2 AND balance = ?3 ORDER BY at_ms DESC LIMIT ?4"
);

pub(super) const WITHIN: &str = concat!(
    "SELECT ",
    reading_columns!(),
    " FROM reading WHERE company = ?1 AND env = ?2 AND balance = ?3 AND at_ms >= ?5 AND at_ms < ?6
    ORDER BY at_ms DESC LIMIT ?4"
);

macro_rules! last_known_before {
    ($amount:literal) => {
        concat!(
            "SELECT ",
            reading_columns!(),
            " FROM reading WHERE company = ?1 AND env = ?2 AND balance = ?3 AND at_ms < ?4 AND ",
            $amount,
            " IS NOT NULL ORDER BY at_ms DESC LIMIT 1"
        )
    };
}

pub(super) const LAST_LEDGER: &str = last_known_before!("ledger_minor");
pub(super) const LAST_AVAILABLE: &str = last_known_before!("available_minor");

/// A second reading of the same moment replaces the first, which it is the institution's last word
/// about; an answer sent again must not become a second line of history. Only the closing figure of
/// a day does not outdo what was read at that very moment, see [`Reading::supersedes`].
pub(super) fn append(
    db: &Connection,
    scope: Scope,
    balance: BalanceId,
    reading: &Reading,
) -> Result<(), StoreError> {
    let Reading { ledger_minor, available_minor, source, at_ms, detail } = reading;
    let ReadingDetail { basis, is_stale, pending_out_minor, pending_in_minor, limit_minor, minimum_minor } =
        detail;
    let sql = concat!(
        "INSERT INTO reading (company, env, balance, ",
        reading_columns!(),
        ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
        ON CONFLICT (company, env, balance, at_ms) DO UPDATE SET ledger_minor = excluded.ledger_minor,
            available_minor = excluded.available_minor, source = excluded.source, basis = excluded.basis,
            is_stale = excluded.is_stale, pending_out_minor = excluded.pending_out_minor,
            pending_in_minor = excluded.pending_in_minor, limit_minor = excluded.limit_minor,
            minimum_minor = excluded.minimum_minor
        WHERE excluded.basis <> 'closing' OR reading.basis <> 'interim'"
    );
    db.prepare_cached(sql)?.execute(params![
        scope.company.bytes(),
        Word(scope.env),
        balance.bytes(),
        ledger_minor,
        available_minor,
        Word(*source),
        at_ms,
        Word(*basis),
        is_stale,
        pending_out_minor,
        pending_in_minor,
        limit_minor,
        minimum_minor,
    ])?;
    Ok(())
}

/// The newest readings of a balance, oldest first.
pub(super) fn newest(db: &Connection, scope: Scope, balance: BalanceId) -> Result<Vec<Reading>, StoreError> {
    let mut statement = db.prepare_cached(NEWEST)?;
    let values = params![scope.company.bytes(), Word(scope.env), balance.bytes(), READINGS_MAX as i64];
    let mut readings =
        statement.query_map(values, |row| reading(&mut Columns::of(row)))?.collect::<Result<Vec<_>, _>>()?;
    readings.reverse();
    Ok(readings)
}

/// The newest readings of a balance within a time, newest first.
fn within(
    db: &Connection,
    scope: Scope,
    balance: BalanceId,
    (from_ms, before_ms): (i64, i64),
    most: usize,
) -> Result<Vec<Reading>, StoreError> {
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let values = params![company, env, balance.bytes(), most as i64, from_ms, before_ms];
    let mut statement = db.prepare_cached(WITHIN)?;
    let readings =
        statement.query_map(values, |row| reading(&mut Columns::of(row)))?.collect::<Result<_, _>>()?;
    Ok(readings)
}

/// What was known when a time began, newest first: each amount may stand in a reading of its own,
/// since a reading that lacks it says nothing about it.
fn known_before(
    db: &Connection,
    scope: Scope,
    balance: BalanceId,
    before_ms: i64,
) -> Result<Vec<Reading>, StoreError> {
    let values = params![scope.company.bytes(), Word(scope.env), balance.bytes(), before_ms];
    let mut known = Vec::new();
    for sql in [LAST_LEDGER, LAST_AVAILABLE] {
        let mut statement = db.prepare_cached(sql)?;
        known.extend(statement.query_row(values, |row| reading(&mut Columns::of(row))).optional()?);
    }
    known.sort_by_key(|reading| std::cmp::Reverse(reading.at_ms));
    known.dedup_by_key(|reading| reading.at_ms);
    Ok(known)
}

pub(super) fn series(db: &Connection, scope: Scope, filter: Filter) -> Result<Vec<Series>, StoreError> {
    let Filter { from_ms, before_ms, .. } = filter;
    if filter.customer.is_none() && filter.record.is_none() && filter.account.is_none() {
        let text = "series are of a customer, a record or an account, and none was named";
        return Err(StoreError::Unavailable(text.to_owned()));
    }
    // The time is the readings'; a balance may be older.
    let filter = Filter { from_ms: i64::MIN, before_ms: i64::MAX, after: None, ..filter };
    let query = lists::query(Base::Balance, BALANCE_KEYS, scope, &filter);
    let read = |row: &Row<'_>| {
        let balance = id(row, "id")?;
        let mut readings = within(db, scope, balance, (from_ms, before_ms), SERIES_MAX)?;
        if readings.len() < SERIES_MAX {
            readings.extend(known_before(db, scope, balance, from_ms)?);
            readings.truncate(SERIES_MAX);
        }
        readings.reverse();
        Ok(Series { account: id(row, "account")?, balance, currency: word(row, "currency")?, readings })
    };
    let mut series = lists::rows(db, &query, EVERY, read)?.rows;
    series.sort_by_key(|one| one.balance);
    Ok(series)
}

/// As many balances as a list may have at all.
const EVERY: Page = Page::first(10_000);

/// Reads what a reading says from the next columns, which are [`reading_columns`].
pub(super) fn reading(columns: &mut Columns<'_, '_>) -> rusqlite::Result<Reading> {
    Ok(Reading {
        ledger_minor: columns.next("ledger_minor")?,
        available_minor: columns.next("available_minor")?,
        source: columns.word("source")?,
        at_ms: columns.next("at_ms")?,
        detail: ReadingDetail {
            basis: columns.word("basis")?,
            is_stale: columns.next("is_stale")?,
            pending_out_minor: columns.next("pending_out_minor")?,
            pending_in_minor: columns.next("pending_in_minor")?,
            limit_minor: columns.next("limit_minor")?,
            minimum_minor: columns.next("minimum_minor")?,
        },
    })
}
