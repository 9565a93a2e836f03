//! What is told: happenings in our words, and the event each becomes.
//!
//! The event is handed to the store together with the change it tells, in one transaction. Ring
//! [`crate::bells::Bells::deliveries`] afterwards.

use crate::error::ApiError;
use crate::okra::webhook::body;
use crate::state::App;
use egusi_protocol::{AccountId, AppId, Currency, CustomerId, EndpointId, EventKind, Institution, RecordId};
use egusi_store::{BalanceRow, NewEvent, Scope, TaskKind};

/// Something that happened, with all its webhook tells.
#[derive(Clone, Debug)]
pub struct Announcement<'a> {
    /// Whose and which world.
    pub scope: Scope,
    /// What happened.
    pub what: What<'a>,
    /// To which record; `None` for a test alone.
    pub about: Option<About<'a>>,
    /// The record's endpoint, told beside the company's standing ones.
    pub endpoint: Option<EndpointId>,
    /// That endpoint's address; empty if there is none.
    pub callback_url: &'a str,
    /// Where the company can ask how it stands; empty if nowhere.
    pub poll_url: &'a str,
    /// When what led to this was asked for.
    pub started_at_ms: i64,
    /// When it happened.
    pub ended_at_ms: i64,
}

/// The record something happened to.
#[derive(Clone, Debug)]
pub struct About<'a> {
    /// Its name.
    pub record: RecordId,
    /// The person.
    pub customer: CustomerId,
    /// Where.
    pub institution: &'a Institution,
    /// The institution's slug.
    pub slug: &'a str,
    /// The App it was made through, if any.
    pub app: Option<AppId>,
    /// The host's `options`, as JSON text.
    pub options: &'a str,
    /// The host's `meta`, as JSON text.
    pub meta: &'a str,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum What<'a> {
    /// A customer connected accounts.
    Connected {
        /// Whether they had been there before.
        is_return: bool,
    },
    /// Balances were read.
    BalanceRead(&'a [BalanceRow]),
    /// Transactions were read.
    TransactionsRead,
    /// What was asked for came to nothing.
    RefreshFailed {
        /// What was asked for.
        of: TaskKind,
        /// The code of what went wrong.
        code: &'a str,
    },
    /// An available balance fell below its threshold.
    FundsLow(LowFunds),
    /// The institution wants the customer to sign in again.
    SignInNeeded,
    /// The customer stopped the sharing.
    Revoked,
    /// Nothing; somebody wants to see a webhook arrive.
    Test,
}

/// A balance below its threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LowFunds {
    /// The account.
    pub account: AccountId,
    /// What the amounts are in.
    pub currency: Currency,
    /// The threshold, in minor units.
    pub threshold_minor: i64,
    /// What is available, in minor units.
    pub available_minor: i64,
    /// How many times it fell below, this time included.
    pub crossings: i64,
}

impl What<'_> {
    /// The kind of the event.
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::Connected { .. } => EventKind::Connected,
            Self::BalanceRead(_) => EventKind::BalanceRead,
            Self::TransactionsRead => EventKind::TransactionsRead,
            Self::RefreshFailed { .. } => EventKind::RefreshFailed,
            Self::FundsLow(_) => EventKind::FundsLow,
            Self::SignInNeeded => EventKind::SignInNeeded,
            Self::Revoked => EventKind::Revoked,
            Self::Test => EventKind::Test,
        }
    }
}

/// The event of a happening, with a new id.
///
/// # Errors
/// `Internal` if the body cannot be written, which only broken text of the host's can cause.
pub fn event(app: &App, announcement: &Announcement<'_>) -> Result<NewEvent, ApiError> {
    let at_ms = announcement.ended_at_ms;
    Ok(NewEvent {
        id: app.mint.id(at_ms),
        kind: announcement.what.kind(),
        record: announcement.about.as_ref().map(|about| about.record),
        endpoint: announcement.endpoint,
        body: body(announcement).map_err(|error| ApiError::Internal(error.to_string()))?,
        at_ms,
    })
}
