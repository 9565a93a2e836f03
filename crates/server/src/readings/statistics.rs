//! Averages and extremes of what accounts held, over a time.

use crate::error::ApiError;
use crate::state::App;
use egusi_protocol::{AccountId, BalanceId, Currency};
use egusi_store::{Filter, Scope};

/// What one figure came to over a time, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Average over the time, each amount counted for as long as it stood; rounded half to even.
    pub average_minor: i64,
    /// The least.
    pub minimum_minor: i64,
    /// The most.
    pub maximum_minor: i64,
    /// From when on something was known, within the time asked for.
    pub from_ms: i64,
    /// Until when.
    pub until_ms: i64,
    /// How many readings it rests on.
    pub readings: u32,
}

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

/// Statistics of each account the filter names, and of all in one currency together.
///
/// The filter names a customer, a record or an account, and the time; a `before_ms` beyond now
/// counts as now.
pub async fn of(
    _app: &App,
    _scope: Scope,
    _filter: Filter,
) -> Result<(Vec<OfAccount>, Vec<OfCurrency>), ApiError> {
    Err(ApiError::Unavailable("not yet".into()))
}
