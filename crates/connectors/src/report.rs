//! What institutions tell of accounts: figures, movements of money, and the past.
//!
//! Amounts are whole minor units of the account's currency; times are unix milliseconds.

use egusi_ledger::{Affects, Feed, Page, Pending, PendingItem, Reported, Snapshot};
use egusi_protocol::{Barred, Currency};

/// Who is there while accounts are read. Institutions tell the two apart: the law (PSD2, for one)
/// bounds how often they are asked while the customer is away, and for how long after a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// The customer is waiting for it.
    Customer,
    /// Nobody: the server asks by itself.
    Nobody,
}

/// What an institution can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Abilities {
    /// Whether it has lists of pending transactions; single accounts may still be without.
    pub pending: bool,
    /// How far back it tells the past, in days; 0 if not at all.
    pub history_days: u16,
    /// Whether it tells posted transactions.
    pub transactions: bool,
}

/// One account as the institution reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedAccount {
    /// What the institution calls it.
    pub name: String,
    /// Its full number, digits only (a NUBAN has ten).
    pub number: String,
    /// `Current`, `Savings`, …
    pub kind: String,
    /// What it is kept in.
    pub currency: Currency,
    /// Why it cannot be shared, if it cannot.
    pub barred: Option<Barred>,
    /// Its figures. The sums of pending transactions in it are those of `pending`.
    pub reported: Reported,
    /// What is on its way, one by one.
    pub pending: PendingList,
}

/// What is known of an account's pending transactions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PendingList {
    /// The account has no such list.
    NoFeed,
    /// All of them.
    Complete(Vec<ReportedTransaction>),
    /// There is a list, but it could not be read to its end: nothing follows from it, and what was
    /// known before may be kept as stale.
    Incomplete,
}

impl PendingList {
    /// The sums of the list, for an account kept in that currency; `None` if they leave 64 bits.
    pub fn sums(&self, currency: Currency) -> Option<Pending> {
        let Self::Complete(list) = self else { return Some(Pending::Unknown) };
        let item = |transaction: &ReportedTransaction| PendingItem {
            id: transaction.id.clone(),
            amount_minor: transaction.amount_minor,
            currency,
            booked_minor: None,
            reference: None,
            posted_as: None,
            reverses: None,
            affects: Affects::Available,
        };
        let page = Page { pending: list.iter().map(item).collect(), posted: Vec::new() };
        let snapshot = Snapshot::of(&[page], Feed { currency, lists_overlap: false }).ok()?;
        Some(snapshot.sums())
    }
}

/// One movement of money, pending or posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedTransaction {
    /// The institution's own name for it, unique within the account and the same at every look.
    pub id: String,
    /// Minor units; negative if money leaves.
    pub amount_minor: i64,
    /// What the institution says it is.
    pub description: String,
    /// When the money moved. A posted one always says; a pending one may not, and then the time of
    /// the look serves.
    pub at_ms: Option<i64>,
}

/// What happened on an account in a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Posted transactions, oldest first.
    pub transactions: Vec<ReportedTransaction>,
    /// What the books said at the end of each month, oldest first.
    pub closings: Vec<Closing>,
}

/// What the books said at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The last millisecond of the day, UTC.
    pub at_ms: i64,
    /// Booked money.
    pub ledger_minor: i64,
}
