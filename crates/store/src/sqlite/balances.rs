//! Queries about balances and their readings.

use super::columns::{Word, id, word};
use crate::{BalanceRow, Filter, Page, Paged, READINGS_MAX, Reading, ReadingDetail, Scope, StoreError};
use egusi_protocol::{AccountId, AvailableSource, BalanceId, CustomerId, RecordStatus};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Everything a balance is shown with, from the tables in the order they are to be visited.
macro_rules! select_balances {
    ($from_and_where:expr) => {
        concat!(
            "SELECT balance.id, balance.account, account.name AS account_name,
                account.number AS account_number, account.currency, account.connected,
                customer.id AS customer, customer.name AS customer_name,
                record.id AS record, record.institution, balance.created_at_ms ",
            $from_and_where
        )
    };
}

/// What each way to the balances ends with: when they were made.
macro_rules! made_in_time {
    () => {
        " AND balance.created_at_ms >= ?4 AND balance.created_at_ms < ?5"
    };
}

/// The balances of one customer, by way of their records. SQLite keeps the order of a CROSS JOIN;
/// left to itself, it would rather go through every account of the company.
macro_rules! from_customer {
    () => {
        concat!(
            "FROM record
            CROSS JOIN account ON account.company = record.company AND account.env = record.env
                AND account.record = record.id
            CROSS JOIN balance ON balance.company = account.company AND balance.env = account.env
                AND balance.account = account.id
            CROSS JOIN customer ON customer.company = record.company AND customer.env = record.env
                AND customer.id = record.customer
            WHERE record.company = ?1 AND record.env = ?2 AND record.customer = ?3",
            made_in_time!()
        )
    };
}

/// From a balance to the account, the record and the customer it belongs to.
macro_rules! up_from_balance {
    () => {
        "FROM balance
        CROSS JOIN account ON account.company = balance.company AND account.env = balance.env
            AND account.id = balance.account
        CROSS JOIN record ON record.company = account.company AND record.env = account.env
            AND record.id = account.record
        CROSS JOIN customer ON customer.company = record.company AND customer.env = record.env
            AND customer.id = record.customer
        WHERE balance.company = ?1 AND balance.env = ?2"
    };
}

/// The balance of one account, if it is this customer's or no customer is named.
macro_rules! from_account {
    () => {
        concat!(
            up_from_balance!(),
            " AND balance.account = ?3 AND (?6 IS NULL OR record.customer = ?6)",
            made_in_time!()
        )
    };
}

/// All balances of the company.
macro_rules! from_company {
    () => {
        concat!(up_from_balance!(), made_in_time!())
    };
}

/// A way to the balances that match: the rows of a page, and how many there are.
pub(super) struct Way {
    pub(super) page: &'static str,
    pub(super) count: &'static str,
}

macro_rules! way {
    ($from_and_where:expr) => {
        Way {
            page: concat!(
                select_balances!($from_and_where),
                " ORDER BY balance.created_at_ms DESC, balance.id DESC LIMIT ?7"
            ),
            count: concat!("SELECT count(*) ", $from_and_where),
        }
    };
}

pub(super) const BY_ID: &str = concat!(select_balances!(up_from_balance!()), " AND balance.id = ?3");

pub(super) const OF_CUSTOMER: Way = way!(from_customer!());
pub(super) const OF_ACCOUNT: Way = way!(from_account!());
pub(super) const OF_COMPANY: Way = way!(from_company!());

pub(super) const NEWEST_READINGS: &str = "SELECT ledger_minor, available_minor, source, at_ms FROM reading
    WHERE company = ?1 AND env = ?2 AND balance = ?3 ORDER BY at_ms DESC LIMIT ?4";

/// How deep a list may be paged into; beyond it a page is empty.
const DEPTH_MAX: u64 = 10_000;

/// An account has one balance for good. Another id for it, or its id on another account, is a
/// conflict.
pub(super) fn ensure(
    db: &Connection,
    scope: Scope,
    at_ms: i64,
    account: AccountId,
    balance: BalanceId,
) -> Result<(), StoreError> {
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let sql = "SELECT 1 FROM balance WHERE company = ?1 AND env = ?2 AND id = ?3 AND account = ?4";
    if db.prepare_cached(sql)?.exists(params![company, env, balance.bytes(), account.bytes()])? {
        return Ok(());
    }
    let sql = "INSERT INTO balance (company, env, id, account, created_at_ms) VALUES (?1, ?2, ?3, ?4, ?5)";
    let values = params![company, env, balance.bytes(), account.bytes(), at_ms];
    db.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// A second reading of the same moment replaces the first: it is the institution's last word about
/// that moment, and an answer sent again must not become a second line of history.
pub(super) fn append(
    db: &Connection,
    scope: Scope,
    balance: BalanceId,
    reading: Reading,
) -> Result<(), StoreError> {
    let Reading { ledger_minor, available_minor, source, at_ms, detail: _ } = reading;
    let sql = "INSERT INTO reading (company, env, balance, at_ms, ledger_minor, available_minor, source)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (company, env, balance, at_ms) DO UPDATE SET ledger_minor = excluded.ledger_minor,
            available_minor = excluded.available_minor, source = excluded.source";
    db.prepare_cached(sql)?.execute(params![
        scope.company.bytes(),
        Word(scope.env),
        balance.bytes(),
        at_ms,
        ledger_minor,
        available_minor,
        Word(source),
    ])?;
    Ok(())
}

pub(super) fn find(db: &Connection, scope: Scope, id: BalanceId) -> Result<BalanceRow, StoreError> {
    let values = params![scope.company.bytes(), Word(scope.env), id.bytes()];
    let found = db.prepare_cached(BY_ID)?.query_row(values, balance_alone).optional()?;
    with_readings(db, scope, found.ok_or(StoreError::NotFound)?)
}

/// The shortest way to what is wanted: by the account, else by the customer, else all.
pub(super) fn matching(
    db: &Connection,
    scope: Scope,
    filter: Filter,
    page: Page,
) -> Result<Paged<BalanceRow>, StoreError> {
    let Filter { customer, account, from_ms: made_from_ms, before_ms: made_before_ms, .. } = filter;
    let customer = customer.as_ref().map(CustomerId::bytes);
    let (way, entry) = match (account.as_ref().map(AccountId::bytes), customer) {
        (Some(account), _) => (OF_ACCOUNT, Some(account)),
        (None, Some(customer)) => (OF_CUSTOMER, Some(customer)),
        (None, None) => (OF_COMPANY, None),
    };
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    // All ways number their values alike, and each leaves out what it has no use for.
    let end = window(page).map_or(0, |(_, end)| end);
    let values = params![company, env, entry, made_from_ms, made_before_ms, customer, end];
    let mut count = db.prepare_cached(way.count)?;
    let used = count.parameter_count();
    let total: i64 = count.query_row(&values[..used], |row| row.get(0))?;
    let total = total.unsigned_abs();
    let Some((skip, _)) = window(page) else { return Ok(Paged { rows: Vec::new(), total }) };
    let mut statement = db.prepare_cached(way.page)?;
    let mut found = statement.query(values)?;
    let mut rows = Vec::new();
    let mut position = 0;
    while let Some(row) = found.next()? {
        position += 1;
        if position > skip {
            rows.push(with_readings(db, scope, balance_alone(row)?)?);
        }
    }
    Ok(Paged { rows, total })
}

/// How many rows come before the page and how many up to its end; `None` for a page that is empty
/// or too deep.
fn window(page: Page) -> Option<(i64, i64)> {
    let Page { number, size, counted: _ } = page;
    let end = u64::from(number) * u64::from(size);
    if end == 0 || end > DEPTH_MAX {
        return None;
    }
    let end = i64::try_from(end).ok()?;
    Some((end - i64::from(size), end))
}

fn balance_alone(row: &Row<'_>) -> rusqlite::Result<BalanceRow> {
    Ok(BalanceRow {
        id: id(row, "id")?,
        account: id(row, "account")?,
        account_name: row.get("account_name")?,
        account_number: row.get("account_number")?,
        currency: word(row, "currency")?,
        connected: row.get("connected")?,
        customer: id(row, "customer")?,
        customer_name: row.get("customer_name")?,
        record: id(row, "record")?,
        institution: id(row, "institution")?,
        created_at_ms: row.get("created_at_ms")?,
        record_status: RecordStatus::Ok,
        current: Reading {
            ledger_minor: None,
            available_minor: None,
            source: AvailableSource::LedgerOnly,
            at_ms: 0,
            detail: ReadingDetail::NONE,
        },
        readings: Vec::new(),
    })
}

/// A balance is made together with its first reading, so one without any is damage to the file and
/// not an answer.
fn with_readings(db: &Connection, scope: Scope, mut balance: BalanceRow) -> Result<BalanceRow, StoreError> {
    let mut statement = db.prepare_cached(NEWEST_READINGS)?;
    let values = params![scope.company.bytes(), Word(scope.env), balance.id.bytes(), READINGS_MAX as i64];
    let newest_first = statement.query_map(values, |row| {
        Ok(Reading {
            ledger_minor: row.get("ledger_minor")?,
            available_minor: row.get("available_minor")?,
            source: word(row, "source")?,
            at_ms: row.get("at_ms")?,
            detail: ReadingDetail::NONE,
        })
    })?;
    balance.readings = newest_first.collect::<Result<_, _>>()?;
    balance.readings.reverse();
    if let Some(last) = balance.readings.last() {
        balance.current = *last;
    }
    if balance.readings.is_empty() {
        return Err(StoreError::Unavailable("a balance has lost its readings".to_owned()));
    }
    Ok(balance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_a_window_that_ends_at_the_depth() {
        let window = |number, size| window(Page::numbered(number, size));
        assert_eq!(window(1, 20), Some((0, 20)));
        assert_eq!(window(3, 20), Some((40, 60)));
        assert_eq!(window(500, 20), Some((9_980, 10_000)));
        for (number, size) in [(501, 20), (0, 20), (1, 0), (u32::MAX, u32::MAX)] {
            assert_eq!(window(number, size), None);
        }
    }
}
