//! Queries about thresholds and about where each account stands against them.

use super::columns::{Word, word};
use crate::{Scope, StoreError, Watch, WatchChange};
use egusi_protocol::AccountId;
use rusqlite::{Connection, Row, params};

/// The one threshold by which an account is measured: its own, else that of the App its record was
/// made through, in its currency. All absent if there is none.
macro_rules! watch_columns {
    () => {
        "coalesce(account.threshold_minor, app_threshold.threshold_minor) AS measure_minor,
        CASE WHEN account.threshold_minor IS NULL THEN 'app' ELSE 'account' END AS rule,
        coalesce(watch.is_low, 0) AS is_low, coalesce(watch.crossings, 0) AS crossings"
    };
}
pub(super) use watch_columns;

/// Joins what [`watch_columns`] needs to account and record.
macro_rules! watch_joins {
    () => {
        " LEFT JOIN app_threshold ON app_threshold.company = ?1 AND app_threshold.env = ?2
            AND app_threshold.app = record.app AND app_threshold.currency = account.currency
        LEFT JOIN watch ON watch.company = ?1 AND watch.env = ?2 AND watch.account = account.id
            AND watch.rule = CASE WHEN account.threshold_minor IS NULL THEN 'app' ELSE 'account' END"
    };
}
pub(super) use watch_joins;

/// Reads the watches of an account from [`watch_columns`].
pub(super) fn watches(row: &Row<'_>) -> rusqlite::Result<Vec<Watch>> {
    let Some(threshold_minor) = row.get("measure_minor")? else { return Ok(Vec::new()) };
    Ok(vec![Watch {
        rule: word(row, "rule")?,
        threshold_minor,
        is_low: row.get("is_low")?,
        crossings: row.get("crossings")?,
    }])
}

pub(super) const BEGIN_ABOVE: &str =
    "UPDATE watch SET is_low = 0 WHERE company = ?1 AND env = ?2 AND account = ?3";

pub(super) fn write(db: &Connection, scope: Scope, change: WatchChange) -> Result<(), StoreError> {
    let WatchChange { account, rule, is_low, crossings } = change;
    let sql = "INSERT INTO watch (company, env, account, rule, is_low, crossings)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (company, env, account, rule) DO UPDATE SET is_low = excluded.is_low,
            crossings = excluded.crossings";
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let values = params![company, env, account.bytes(), Word(rule), is_low, crossings];
    db.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// The value that is set already changes nothing, or a company that writes it every day would be told
/// every day. With another, under whatever rule the account is measured from now on, it begins above. How often it fell below
/// goes on being counted, for events are named by that number.
pub(super) fn set_threshold(
    db: &Connection,
    scope: Scope,
    account: AccountId,
    threshold_minor: Option<i64>,
) -> Result<(), StoreError> {
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let sql = "UPDATE account SET threshold_minor = ?4 WHERE company = ?1 AND env = ?2 AND id = ?3
        AND threshold_minor IS NOT ?4";
    let values = params![company, env, account.bytes(), threshold_minor];
    if db.prepare_cached(sql)?.execute(values)? == 0 {
        let sql = "SELECT 1 FROM account WHERE company = ?1 AND env = ?2 AND id = ?3";
        let is_there = db.prepare_cached(sql)?.exists(params![company, env, account.bytes()])?;
        return if is_there { Ok(()) } else { Err(StoreError::NotFound) };
    }
    begin_above(db, scope, account)
}

/// The account stands above whatever it is measured by.
pub(super) fn begin_above(db: &Connection, scope: Scope, account: AccountId) -> Result<(), StoreError> {
    let values = params![scope.company.bytes(), Word(scope.env), account.bytes()];
    db.prepare_cached(BEGIN_ABOVE)?.execute(values)?;
    Ok(())
}
