//! What finished sign-ins leave: customers, records and accounts.

use super::{BlindKey, NewBalance, NewConsent, NewEvent, TaskKind, Watch, WatchChange};
use egusi_protocol::*;

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
    /// Whether the customer has ended the sharing of that record.
    pub is_revoked: bool,
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
    /// The thresholds that are watched, and where each stands.
    pub watches: Vec<Watch>,
}

/// Everything a finished sign-in leaves.
#[derive(Clone, Debug)]
pub struct NewConnection {
    /// When.
    pub at_ms: i64,
    /// The person.
    pub customer: NewCustomer,
    /// By what else the company may know the person.
    pub identifiers: Vec<NewIdentifier>,
    /// The sign-in.
    pub record: NewRecord,
    /// What the customer agreed to.
    pub consent: NewConsent,
    /// All accounts of the sign-in, shared or not.
    pub accounts: Vec<NewAccount>,
    /// What webhooks are to tell.
    pub events: Vec<NewEvent>,
    /// Where the thresholds of its accounts stand after this.
    pub watches: Vec<WatchChange>,
    /// What is to be done next about the record, without the customer waiting for it.
    pub then: Option<TaskKind>,
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

/// Something by which a person is known outside the institution.
#[derive(Clone, Debug)]
pub struct NewIdentifier {
    /// What it is.
    pub kind: IdentifierKind,
    /// Blind key of it.
    pub key: BlindKey,
}

/// Sorts of identifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdentifierKind {
    /// Bank Verification Number.
    Bvn,
    /// National Identification Number.
    Nin,
    /// Telephone.
    Phone,
    /// E-mail.
    Email,
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
    /// Where its events go, if anywhere.
    pub endpoint: Option<EndpointId>,
    /// The App it was made through, if any.
    pub app: Option<AppId>,
    /// The host's `options`, as JSON text of an object.
    pub options: String,
    /// The host's `meta`, as JSON text.
    pub meta: String,
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
    /// The customer was not asked about it: where it is known, it stays as it is.
    pub is_left: bool,
    /// Its balance, if the company asked for balances and the customer shares it.
    pub balance: Option<NewBalance>,
}
