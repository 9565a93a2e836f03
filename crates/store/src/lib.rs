//! What must outlive the process, behind one trait of verbs: one verb, one transaction.
//!
//! Read [`rows`] for the nouns, [`Store`] for the verbs, [`contract`] for what every engine must
//! keep, then [`sqlite`], the engine inside the binary.
//!
//! Invariants: every key begins with the company and the environment, and no verb about a
//! company's data can be called without a [`Scope`]. Ids, times and hashes arrive as arguments;
//! nothing here reads a clock or rolls dice. No secret arrives in clear: keys and tokens as SHA-256,
//! conversations and accesses sealed.

pub mod contract;
pub mod rows;
pub mod sqlite;

use async_trait::async_trait;
use egusi_protocol::{BalanceId, InstitutionId};
pub use rows::*;
pub use sqlite::SqliteStore;
use std::fmt;

/// What a caller of the store must tell apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Nothing is there, or it belongs to somebody else.
    NotFound,
    /// Somebody else was faster, or the thing exists already; read again.
    Conflict,
    /// The engine cannot work now; the text is for the log.
    Unavailable(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("not found"),
            Self::Conflict => f.write_str("conflict"),
            Self::Unavailable(detail) => write!(f, "the store is unavailable: {detail}"),
        }
    }
}

impl std::error::Error for StoreError {}

/// The verbs. An engine is any value that keeps [`contract`].
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Makes a company with all its keys, or nothing. `Conflict` if an id or a key hash exists.
    async fn create_company(&self, company: NewCompany) -> Result<(), StoreError>;

    /// Finds a key by its hash.
    async fn key(&self, hash: KeyHash) -> Result<Key, StoreError>;

    /// Opens a session.
    async fn open_session(&self, session: NewSession) -> Result<(), StoreError>;

    /// Reads a session by the hash of its token, whatever its age.
    async fn session(&self, token: TokenHash) -> Result<Session, StoreError>;

    /// Takes a session for one call: marks it busy until the given time and raises its version.
    /// `Conflict` if it is busy now. The answer carries the new version.
    async fn claim_session(
        &self,
        token: TokenHash,
        now_ms: i64,
        busy_until_ms: i64,
    ) -> Result<Session, StoreError>;

    /// Writes a claimed session's new body and lets it go. `Conflict` if the version has moved on.
    async fn advance_session(&self, scope: Scope, advance: AdvanceSession) -> Result<(), StoreError>;

    /// Removes sessions that ended before the given time, at most so many, and says how many it
    /// removed. Sessions are no history: what lasts of them is the record.
    async fn forget_sessions(&self, ended_before_ms: i64, most: u32) -> Result<u64, StoreError>;

    /// What an earlier sign-in left, so that a returning customer keeps their ids.
    async fn known_connection(&self, scope: Scope, query: KnownQuery) -> Result<KnownConnection, StoreError>;

    /// Finishes a session and writes customer, record, accounts, balances and readings, all or
    /// nothing. A row whose key is already there must have the id given here (then its changing
    /// columns are updated); otherwise, and if the session's version has moved on, `Conflict`.
    async fn finish_session(
        &self,
        scope: Scope,
        advance: AdvanceSession,
        connection: NewConnection,
    ) -> Result<(), StoreError>;

    /// One balance with its latest reading and its history.
    async fn balance(&self, scope: Scope, id: BalanceId) -> Result<BalanceRow, StoreError>;

    /// The balances that match, newest first. An unknown customer or account has none.
    async fn balances(
        &self,
        scope: Scope,
        filter: BalanceFilter,
        page: Page,
    ) -> Result<Paged<BalanceRow>, StoreError>;

    /// How many records there are, at one institution or at all.
    async fn count_records(
        &self,
        scope: Scope,
        institution: Option<InstitutionId>,
    ) -> Result<u64, StoreError>;
}
