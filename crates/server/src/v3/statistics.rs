//! Averages and extremes over a time.

use crate::readings::statistics::{Figures as Counted, OfAccount, OfCurrency};
use crate::v3::scalars::{CurrencyCode, Id, Major, Time};
use egusi_protocol::{AccountId, BalanceId, Currency};
use serde::Serialize;
use utoipa::ToSchema;

/// What accounts held over a time.
#[derive(Debug, Serialize, ToSchema)]
pub struct Statistics {
    /// From when on, as asked for.
    from: Time,
    /// Until when, as asked for, but not beyond now.
    until: Time,
    /// Each account for itself.
    accounts: Vec<AccountStatistics>,
    /// All accounts in one currency together.
    currencies: Vec<CurrencyStatistics>,
}

/// What one account held over a time.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountStatistics {
    /// The account.
    #[schema(value_type = Id)]
    account: AccountId,
    /// Its balance.
    #[schema(value_type = Id)]
    balance: BalanceId,
    /// What the amounts are in.
    #[schema(value_type = CurrencyCode)]
    currency: Currency,
    /// Booked money; null if it was never known.
    #[schema(required)]
    ledger: Option<Figures>,
    /// Usable money; null if it was never known.
    #[schema(required)]
    available: Option<Figures>,
}

/// What all accounts in one currency held together over a time.
#[derive(Debug, Serialize, ToSchema)]
pub struct CurrencyStatistics {
    /// The currency.
    #[schema(value_type = CurrencyCode)]
    currency: Currency,
    /// How many accounts.
    accounts: u32,
    /// Booked money; null if it was never known.
    #[schema(required)]
    ledger: Option<Figures>,
    /// Usable money; null if it was never known.
    #[schema(required)]
    available: Option<Figures>,
}

/// What one figure came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Figures {
    /// Average over the time, each amount counted for as long as it stood.
    average: Major,
    /// The least.
    minimum: Major,
    /// The most.
    maximum: Major,
    /// From when on something was known.
    from: Time,
    /// Until when.
    until: Time,
    /// How many readings it rests on.
    readings: usize,
}

impl Statistics {
    /// Shows what was counted for a time.
    pub fn new(from_ms: i64, until_ms: i64, counted: (Vec<OfAccount>, Vec<OfCurrency>)) -> Self {
        let (accounts, currencies) = counted;
        Self {
            from: Time(from_ms),
            until: Time(until_ms),
            accounts: accounts.into_iter().map(AccountStatistics::from).collect(),
            currencies: currencies.into_iter().map(CurrencyStatistics::from).collect(),
        }
    }
}

impl From<OfAccount> for AccountStatistics {
    fn from(counted: OfAccount) -> Self {
        let OfAccount { account, balance, currency, ledger, available } = counted;
        let figures = |counted: Option<Counted>| counted.map(|counted| Figures::new(counted, currency));
        Self { account, balance, currency, ledger: figures(ledger), available: figures(available) }
    }
}

impl From<OfCurrency> for CurrencyStatistics {
    fn from(counted: OfCurrency) -> Self {
        let OfCurrency { currency, accounts, ledger, available } = counted;
        let figures = |counted: Option<Counted>| counted.map(|counted| Figures::new(counted, currency));
        Self { currency, accounts, ledger: figures(ledger), available: figures(available) }
    }
}

impl Figures {
    fn new(counted: Counted, currency: Currency) -> Self {
        let Counted { average_minor, minimum_minor, maximum_minor, from_ms, until_ms, readings } = counted;
        Self {
            average: Major::new(average_minor, currency),
            minimum: Major::new(minimum_minor, currency),
            maximum: Major::new(maximum_minor, currency),
            from: Time(from_ms),
            until: Time(until_ms),
            readings,
        }
    }
}
