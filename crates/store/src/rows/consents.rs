//! Consents: what a customer agreed to, as their receipt tells it.

use super::{NewEvent, Scope};
use egusi_protocol::RecordId;

/// SHA-256 of the number of a receipt.
pub type ConsentHash = [u8; 32];

/// A consent that a finished session leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewConsent {
    /// The hash of its number; the number itself is told once and kept nowhere.
    pub number: ConsentHash,
    /// When the customer agreed.
    pub agreed_at_ms: i64,
    /// Nobody was asked anew: an earlier agreement goes on. It cannot where the customer has ended it.
    pub is_carried: bool,
    /// Sealed: what the receipt tells.
    pub facts: Vec<u8>,
}

/// A consent, found by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentRow {
    /// Whose and which world.
    pub scope: Scope,
    /// To what it was given.
    pub record: RecordId,
    /// When the customer agreed.
    pub agreed_at_ms: i64,
    /// When they last agreed to the same record, by another consent that was not ended since.
    pub again_at_ms: Option<i64>,
    /// Until when the company may read the record, by this consent or by a later one.
    pub until_ms: i64,
    /// When the customer ended it, if they did.
    pub stopped_at_ms: Option<i64>,
    /// Sealed: what the receipt tells.
    pub facts: Vec<u8>,
}

/// The end of a consent.
#[derive(Clone, Debug)]
pub struct Revocation {
    /// Which.
    pub number: ConsentHash,
    /// When.
    pub at_ms: i64,
    /// What webhooks are to tell.
    pub event: NewEvent,
}
