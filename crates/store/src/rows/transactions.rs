//! Movements of money on accounts.

use super::BlindKey;
use egusi_protocol::*;

/// What was read of one account's movements.
#[derive(Clone, Debug)]
pub struct NewTransactions {
    /// Which account.
    pub account: AccountId,
    /// The complete list of what is pending, which takes the place of the one before; `None` if
    /// there is none, or if only a part of it arrived.
    pub pending: Option<Vec<NewTransaction>>,
    /// Posted ones. One that is there already, by its key, keeps its id.
    pub posted: Vec<NewTransaction>,
}

/// One movement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTransaction {
    /// Its name, if it is new.
    pub id: TransactionId,
    /// Blind key of the institution's own name for it, unique within the account.
    pub key: BlindKey,
    /// Minor units of the account's currency; negative if money leaves.
    pub amount_minor: i64,
    /// What the institution says it is.
    pub description: String,
    /// When the money moved, or will have.
    pub at_ms: i64,
}

/// A movement with all it is shown with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransactionRow {
    /// Its name.
    pub id: TransactionId,
    /// The account.
    pub account: AccountId,
    /// What the institution calls the account.
    pub account_name: String,
    /// The account's number.
    pub account_number: String,
    /// The person.
    pub customer: CustomerId,
    /// The person's name.
    pub customer_name: String,
    /// The sign-in.
    pub record: RecordId,
    /// Where.
    pub institution: InstitutionId,
    /// What the amount is in.
    pub currency: Currency,
    /// Whether it is not booked yet.
    pub is_pending: bool,
    /// Minor units; negative if money left.
    pub amount_minor: i64,
    /// What the institution says it is.
    pub description: String,
    /// When the money moved.
    pub at_ms: i64,
    /// When it was first seen.
    pub created_at_ms: i64,
}
