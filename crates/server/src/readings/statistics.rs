//! Averages and extremes of what accounts held, over a time.

use crate::error::ApiError;
use crate::state::App;
use egusi_ledger::statistics;
use egusi_protocol::{AccountId, BalanceId, Currency};
use egusi_store::{Filter, Page, Reading, Scope, Series};
use std::collections::BTreeMap;

pub use egusi_ledger::statistics::Figures;
use egusi_ledger::statistics::Point;

/// One account over a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfAccount {
    /// The account.
    pub account: AccountId,
    /// Its balance.
    pub balance: BalanceId,
    /// What the figures are in.
    pub currency: Currency,
    /// Booked money, if it was ever known.
    pub ledger: Option<Figures>,
    /// Usable money, if it was ever known.
    pub available: Option<Figures>,
}

/// All accounts in one currency together, over a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfCurrency {
    /// The currency.
    pub currency: Currency,
    /// How many accounts.
    pub accounts: u32,
    /// Booked money, all together.
    pub ledger: Option<Figures>,
    /// Usable money, all together.
    pub available: Option<Figures>,
}

/// More accounts than one person has.
const ACCOUNTS_MAX: u32 = 1_000;

/// Statistics of each account the filter names, and of all in one currency together that are shared.
///
/// The filter names a customer, a record or an account, and the time; a `before_ms` beyond now
/// counts as now.
///
/// # Errors
/// If the store cannot work.
pub async fn of(
    app: &App,
    scope: Scope,
    filter: Filter,
) -> Result<(Vec<OfAccount>, Vec<OfCurrency>), ApiError> {
    let now_ms = app.now_ms();
    // What was read in this very millisecond counts too.
    let before_ms = filter.before_ms.min(now_ms.saturating_add(1));
    let (from_ms, until_ms) = (filter.from_ms, before_ms.min(now_ms));
    let Filter { customer, record, account, .. } = filter;
    let around = Filter { customer, record, account, ..Filter::ALL };
    let series = app.store.series(scope, Filter { before_ms, ..filter }).await?;
    let accounts = series.iter().map(|series| of_account(series, from_ms, until_ms)).collect();
    // What is not shared any more is known as it was, and has no part in what there is together.
    let listed = app.store.accounts(scope, around, Page::first(ACCOUNTS_MAX)).await?.rows;
    let is_shared = |series: &&Series| listed.iter().any(|row| row.connected && row.id == series.account);
    let shared: Vec<&Series> = series.iter().filter(is_shared).collect();
    Ok((accounts, of_currencies(&shared, from_ms, until_ms)))
}

/// Statistics of the readings of one balance, oldest first, as [`of`] would tell them.
pub fn of_readings(readings: &[Reading], from_ms: i64, until_ms: i64) -> (Option<Figures>, Option<Figures>) {
    let over = |pick| statistics::over(&steps(readings, pick), from_ms, until_ms);
    (over(LEDGER), over(AVAILABLE))
}

type Pick = fn(&Reading) -> Option<i64>;
const LEDGER: Pick = |reading| reading.ledger_minor;
const AVAILABLE: Pick = |reading| reading.available_minor;

/// An amount stands from its reading to the next one that knows it.
fn steps(readings: &[Reading], pick: Pick) -> Vec<Point> {
    let point = |reading: &Reading| Some(Point { at_ms: reading.at_ms, minor: pick(reading)? });
    readings.iter().filter_map(point).collect()
}

fn of_account(series: &Series, from_ms: i64, until_ms: i64) -> OfAccount {
    let (ledger, available) = of_readings(&series.readings, from_ms, until_ms);
    OfAccount {
        account: series.account,
        balance: series.balance,
        currency: series.currency,
        ledger,
        available,
    }
}

/// Figures of all together begin when something is known of each: before that a sum would be a
/// guess. An account that never tells a figure has no part in that figure's sum.
fn of_currencies(series: &[&Series], from_ms: i64, until_ms: i64) -> Vec<OfCurrency> {
    let mut by_currency: BTreeMap<Currency, Vec<&Series>> = BTreeMap::new();
    for one in series {
        by_currency.entry(one.currency).or_default().push(one);
    }
    let of_one = |(currency, series): (Currency, Vec<&Series>)| {
        let together = |pick| {
            let known = series.iter().map(|one| steps(&one.readings, pick));
            let known: Vec<_> = known.filter(|steps| !steps.is_empty()).collect();
            let known: Vec<&[Point]> = known.iter().map(Vec::as_slice).collect();
            statistics::over(&statistics::sum(&known)?, from_ms, until_ms)
        };
        let accounts = u32::try_from(series.len()).unwrap_or(u32::MAX);
        OfCurrency { currency, accounts, ledger: together(LEDGER), available: together(AVAILABLE) }
    };
    by_currency.into_iter().map(of_one).collect()
}
