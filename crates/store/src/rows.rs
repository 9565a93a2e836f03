//! The nouns of the store. They are not the wire's: each side may change without the other.

use egusi_protocol::{
    AccountId, AvailableSource, BalanceId, CompanyId, Currency, CustomerId, Environment, InstitutionId,
    RecordId, SessionId,
};

/// Whose data, in which world. Every verb about a company's data takes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// The company.
    pub company: CompanyId,
    /// The world.
    pub env: Environment,
}

/// SHA-256 of an API key.
pub type KeyHash = [u8; 32];
/// SHA-256 of a session token.
pub type TokenHash = [u8; 32];
/// Keyed hash by which a thing is found again without storing what it was.
pub type BlindKey = [u8; 32];

/// What a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// Opens widgets; may be seen by anyone.
    Public,
    /// Reads data; for servers only.
    Secret,
}

/// A company and its first keys.
#[derive(Clone, Debug)]
pub struct NewCompany {
    /// Its id, which is also its client token.
    pub id: CompanyId,
    /// What it is called.
    pub name: String,
    /// When.
    pub created_at_ms: i64,
    /// Usually four: public and secret for each world.
    pub keys: Vec<NewKey>,
}

/// One key of a new company.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// The world it opens.
    pub env: Environment,
    /// What it may do.
    pub kind: KeyKind,
    /// Its hash; the key itself is shown once and kept nowhere.
    pub hash: KeyHash,
}

/// A key, found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Whose and which world.
    pub scope: Scope,
    /// What it may do.
    pub kind: KeyKind,
    /// The company's name.
    pub company_name: String,
}

/// A session to open.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Whose and which world.
    pub scope: Scope,
    /// Its name.
    pub id: SessionId,
    /// Hash of its token.
    pub token: TokenHash,
    /// Sealed state.
    pub body: Vec<u8>,
    /// When.
    pub created_at_ms: i64,
    /// When it ends if nothing happens.
    pub expires_at_ms: i64,
}

/// A session, found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Whose and which world.
    pub scope: Scope,
    /// Its name.
    pub id: SessionId,
    /// Raised by every claim.
    pub version: i64,
    /// Sealed state.
    pub body: Vec<u8>,
    /// When it was opened.
    pub created_at_ms: i64,
    /// When it ends if nothing happens.
    pub expires_at_ms: i64,
}

/// A claimed session's next state.
#[derive(Clone, Debug)]
pub struct AdvanceSession {
    /// Its name.
    pub id: SessionId,
    /// The version the claim gave.
    pub version: i64,
    /// Sealed state.
    pub body: Vec<u8>,
    /// When it ends if nothing happens.
    pub expires_at_ms: i64,
}

/// What to look for when a customer may have been here before.
#[derive(Clone, Debug)]
pub struct KnownQuery {
    /// Blind key of the person.
    pub customer: BlindKey,
    /// Blind key of the sign-in.
    pub record: BlindKey,
}

/// What is known of a customer who was here before; empty for a new one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownConnection {
    /// The person.
    pub customer: Option<CustomerId>,
    /// The sign-in.
    pub record: Option<RecordId>,
    /// The record's accounts.
    pub accounts: Vec<KnownAccount>,
}

/// An account seen before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownAccount {
    /// Blind key of its number.
    pub key: BlindKey,
    /// The account.
    pub id: AccountId,
    /// Its balance, if one was ever read.
    pub balance: Option<BalanceId>,
}

/// Everything a finished sign-in leaves.
#[derive(Clone, Debug)]
pub struct NewConnection {
    /// When.
    pub at_ms: i64,
    /// The person.
    pub customer: NewCustomer,
    /// The sign-in.
    pub record: NewRecord,
    /// All accounts of the sign-in, shared or not.
    pub accounts: Vec<NewAccount>,
}

/// A person.
#[derive(Clone, Debug)]
pub struct NewCustomer {
    /// New, or the known one's.
    pub id: CustomerId,
    /// Blind key of the person.
    pub key: BlindKey,
    /// Name in the institution's books.
    pub name: String,
}

/// A sign-in.
#[derive(Clone, Debug)]
pub struct NewRecord {
    /// New, or the known one's.
    pub id: RecordId,
    /// Blind key of the sign-in.
    pub key: BlindKey,
    /// Where.
    pub institution: InstitutionId,
    /// Sealed access.
    pub access: Vec<u8>,
    /// Words of the products asked for, space between.
    pub products: String,
    /// Where events go, if anywhere.
    pub callback_url: Option<String>,
    /// Until when the company may read.
    pub consent_until_ms: i64,
}

/// An account.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// New, or the known one's.
    pub id: AccountId,
    /// Blind key of its number.
    pub key: BlindKey,
    /// What the institution calls it.
    pub name: String,
    /// Its full number.
    pub number: String,
    /// `Current`, `Savings`, …
    pub kind: String,
    /// What it is kept in.
    pub currency: Currency,
    /// Whether the customer shares it.
    pub connected: bool,
    /// Its balance, if the company asked for balances and the customer shares it.
    pub balance: Option<NewBalance>,
}

/// A balance's new reading.
#[derive(Clone, Debug)]
pub struct NewBalance {
    /// New, or the known one's.
    pub id: BalanceId,
    /// The reading.
    pub reading: Reading,
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
    /// When it was so.
    pub at_ms: i64,
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
    /// Where.
    pub institution: InstitutionId,
    /// When the balance was first made.
    pub created_at_ms: i64,
    /// Every reading, oldest first, the latest being what the balance says; never empty. At most
    /// [`READINGS_MAX`], the newest.
    pub readings: Vec<Reading>,
}

/// Which balances of a company are wanted; every condition that is given must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BalanceFilter {
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Of this account.
    pub account: Option<AccountId>,
    /// Made at this time or later.
    pub made_from_ms: i64,
    /// Made before this time.
    pub made_before_ms: i64,
}

impl BalanceFilter {
    /// Every balance.
    pub const ALL: Self =
        Self { customer: None, account: None, made_from_ms: i64::MIN, made_before_ms: i64::MAX };

    /// The balances of one customer.
    pub const fn of_customer(customer: CustomerId) -> Self {
        Self { customer: Some(customer), ..Self::ALL }
    }

    /// The balance of one account.
    pub const fn of_account(account: AccountId) -> Self {
        Self { account: Some(account), ..Self::ALL }
    }
}

/// How many readings one answer carries.
pub const READINGS_MAX: usize = 366;

/// A page of a list, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Which, from 1.
    pub number: u32,
    /// How many rows it has at most.
    pub size: u32,
}

/// Rows of one page and how many there are on all pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paged<T> {
    /// This page's.
    pub rows: Vec<T>,
    /// On all pages.
    pub total: u64,
}
