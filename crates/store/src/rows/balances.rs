//! Balances and every reading of them.

use egusi_protocol::{
    AccountId, AvailableSource, BalanceId, Basis, Currency, CustomerId, InstitutionId, RecordId, RecordStatus,
};

/// A balance's new reading.
#[derive(Clone, Debug)]
pub struct NewBalance {
    /// New, or the known one's.
    pub id: BalanceId,
    /// The reading.
    pub reading: Reading,
}

/// A reading of an account that is known already.
#[derive(Clone, Debug)]
pub struct NewReading {
    /// Which account.
    pub account: AccountId,
    /// The account's balance, or the name of the one to make.
    pub balance: BalanceId,
    /// What was read; several if the institution told the past as well.
    pub readings: Vec<Reading>,
    /// Whether the customer still shares the account as far as the institution says.
    pub still_listed: bool,
}

/// What an account held at a time, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Booked money.
    pub ledger_minor: Option<i64>,
    /// Usable money.
    pub available_minor: Option<i64>,
    /// Where `available_minor` came from.
    pub source: AvailableSource,
    /// When it was so, by the institution's clock or, without one, ours.
    pub at_ms: i64,
    /// What else is known.
    pub detail: ReadingDetail,
}

/// What was known beside the two figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadingDetail {
    /// What kind of figure the ledger balance is.
    pub basis: Basis,
    /// Whether the pending transactions are those of an earlier look, because this one failed.
    pub is_stale: bool,
    /// Sum of what is about to leave, if there was a complete list.
    pub pending_out_minor: Option<i64>,
    /// Sum of what is about to arrive.
    pub pending_in_minor: Option<i64>,
    /// A credit line, which is in neither figure.
    pub limit_minor: Option<i64>,
    /// What must stay on the account.
    pub minimum_minor: Option<i64>,
}

impl ReadingDetail {
    /// Nothing is known beside the two figures.
    pub const NONE: Self = Self {
        basis: Basis::Interim,
        is_stale: false,
        pending_out_minor: None,
        pending_in_minor: None,
        limit_minor: None,
        minimum_minor: None,
    };
}

impl Reading {
    /// Whether this reading is what the balance says now, `other` having been it until now.
    ///
    /// The later one is. But the closing balance of a day, which institutions date to its end, does
    /// not outdo what was read in the midst of that day or later.
    pub fn supersedes(&self, other: &Self) -> bool {
        const DAY_MS: i64 = 86_400_000;
        let closes_its_day = self.detail.basis == Basis::Closing && other.detail.basis == Basis::Interim;
        let by_at_least = if closes_its_day { DAY_MS } else { 0 };
        self.at_ms.saturating_sub(other.at_ms) >= by_at_least
    }
}

/// A balance with all it is shown with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalanceRow {
    /// Its name.
    pub id: BalanceId,
    /// The account.
    pub account: AccountId,
    /// What the institution calls the account.
    pub account_name: String,
    /// The account's full number.
    pub account_number: String,
    /// What the figures are in.
    pub currency: Currency,
    /// Whether the customer shares the account.
    pub connected: bool,
    /// The person.
    pub customer: CustomerId,
    /// The person's name.
    pub customer_name: String,
    /// The sign-in.
    pub record: RecordId,
    /// Whether the sign-in can be read.
    pub record_status: RecordStatus,
    /// Where.
    pub institution: InstitutionId,
    /// When the balance was first made.
    pub created_at_ms: i64,
    /// What the balance says.
    pub current: Reading,
    /// Every reading, oldest first; never empty unless they were not asked for. At most
    /// [`READINGS_MAX`], the newest.
    pub readings: Vec<Reading>,
}

/// How many readings one answer carries.
pub const READINGS_MAX: usize = 366;

/// The readings of one balance within a time, for those who count with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The account.
    pub account: AccountId,
    /// The balance.
    pub balance: BalanceId,
    /// What the figures are in.
    pub currency: Currency,
    /// What was known when the time began: the last reading before it that has a ledger balance and
    /// the last that has an available one, which may be the same; then those within the time. Oldest
    /// first; at most [`SERIES_MAX`], the newest.
    pub readings: Vec<Reading>,
}

/// How many readings of one balance a series has.
pub const SERIES_MAX: usize = 10_000;
