//! What connections look like when they are read, and what a later look at the bank changes.

use super::{BlindKey, NewEvent, NewReading, NewTransactions, Reading};
use egusi_protocol::*;

/// A record, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRow {
    /// Its name.
    pub id: RecordId,
    /// The person.
    pub customer: CustomerId,
    /// The person's name.
    pub customer_name: String,
    /// Where.
    pub institution: InstitutionId,
    /// Words of the products asked for, space between.
    pub products: String,
    /// The App it was made through, if any.
    pub app: Option<AppId>,
    /// Where its events go, if anywhere.
    pub endpoint: Option<EndpointId>,
    /// The host's `options`, as JSON text of an object.
    pub options: String,
    /// The host's `meta`, as JSON text.
    pub meta: String,
    /// Whether it can be read.
    pub status: RecordStatus,
    /// Until when the company may read.
    pub consent_until_ms: i64,
    /// When the customer ended that, if they did and have not agreed anew.
    pub revoked_at_ms: Option<i64>,
    /// When it was first made.
    pub created_at_ms: i64,
    /// When it last changed.
    pub updated_at_ms: i64,
}

/// A customer, as lists show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    /// Their name on the wire.
    pub id: CustomerId,
    /// Their name in the institution's books.
    pub name: String,
    /// When they first connected.
    pub created_at_ms: i64,
    /// When they last did.
    pub updated_at_ms: i64,
    /// Their records, oldest first, at most [`PARTS_MAX`].
    pub records: Vec<RecordId>,
    /// Their accounts, oldest first, at most [`PARTS_MAX`].
    pub accounts: Vec<AccountRow>,
}

/// How many records and accounts one customer is shown with.
pub const PARTS_MAX: usize = 200;

/// An account, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// Its name on the wire.
    pub id: AccountId,
    /// What the institution calls it.
    pub name: String,
    /// Its number, masked if it is not shared.
    pub number: String,
    /// `Current`, `Savings`, …
    pub kind: String,
    /// What it is kept in.
    pub currency: Currency,
    /// Whether the customer shares it.
    pub connected: bool,
    /// The person.
    pub customer: CustomerId,
    /// The person's name.
    pub customer_name: String,
    /// The sign-in.
    pub record: RecordId,
    /// Where.
    pub institution: InstitutionId,
    /// Its balance, if one was ever read.
    pub balance: Option<BalanceId>,
    /// The company's own threshold for this account, in minor units.
    pub threshold_minor: Option<i64>,
    /// When it was first seen.
    pub created_at_ms: i64,
    /// When it last changed.
    pub updated_at_ms: i64,
}

/// A record with all that a refresh needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullRecord {
    /// The record.
    pub row: RecordRow,
    /// Raised by every write to the record; see [`RecordUpdate::version`].
    pub version: i64,
    /// Sealed access.
    pub access: Vec<u8>,
    /// Its accounts, oldest first.
    pub accounts: Vec<FullAccount>,
}

/// An account of a [`FullRecord`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullAccount {
    /// The account.
    pub row: AccountRow,
    /// Blind key of its number, by which it is known in the institution's list.
    pub key: BlindKey,
    /// What its balance says, if it has one.
    pub current: Option<Reading>,
    /// The thresholds that are watched, and where each stands.
    pub watches: Vec<Watch>,
}

/// One threshold of one account, and whether the money is below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    /// Whose threshold.
    pub rule: Rule,
    /// Minor units of the account's currency.
    pub threshold_minor: i64,
    /// Whether the money was below it when last seen.
    pub is_low: bool,
    /// How many times it fell below.
    pub crossings: i64,
}

/// Whose threshold it is. An account's own takes the place of its App's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Set for the account.
    Account,
    /// Set for every account in that currency that came through the App.
    App,
}

/// Where a watch stands after a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WatchChange {
    /// Which account.
    pub account: AccountId,
    /// Which threshold.
    pub rule: Rule,
    /// Whether the money is below it now.
    pub is_low: bool,
    /// How many times it fell below, this time included.
    pub crossings: i64,
}

/// What a look at the bank brought, written in one transaction with the events that tell it.
#[derive(Clone, Debug)]
pub struct RecordUpdate {
    /// Which record.
    pub record: RecordId,
    /// The version that was read; `Conflict` if it has moved on.
    pub version: i64,
    /// When.
    pub at_ms: i64,
    /// How it stands now.
    pub status: RecordStatus,
    /// New sealed access, if the institution gave one.
    pub access: Option<Vec<u8>>,
    /// Readings of accounts that are shared. An account without a balance gets the one named here.
    pub readings: Vec<NewReading>,
    /// Transactions, by account.
    pub transactions: Vec<NewTransactions>,
    /// Thresholds crossed, either way.
    pub watches: Vec<WatchChange>,
    /// What webhooks are to tell.
    pub events: Vec<NewEvent>,
}
