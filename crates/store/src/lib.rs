//! What must outlive the process, behind one trait of verbs: one verb, one transaction.
//!
//! Read [`rows`] for the nouns, [`Store`] for the verbs, [`contract`] for what every engine must
//! keep, then [`sqlite`], the engine inside the binary.
//!
//! Invariants: every key holds the company and the environment, first but where an engine's plans
//! are better with the id first (SQLite, migration 14), and no verb about a
//! company's data can be called without a [`Scope`]. Ids, times and hashes arrive as arguments;
//! nothing here reads a clock or rolls dice. No secret arrives in clear: keys and tokens as SHA-256,
//! conversations and accesses sealed.

pub mod contract;
pub mod rows;
pub mod sqlite;

use async_trait::async_trait;
use egusi_protocol::{
    AccountId, AppId, BalanceId, CompanyId, CustomerId, EndpointId, KeyId, RecordId, TransactionId,
};
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
    // Companies and keys.

    /// Makes a company with all its keys, or nothing. `Conflict` if an id or a key hash exists.
    async fn create_company(&self, company: NewCompany) -> Result<(), StoreError>;

    /// Every company, oldest first.
    async fn companies(&self) -> Result<Vec<CompanyRow>, StoreError>;

    /// Finds a key by its hash, even one that has ended.
    async fn key(&self, hash: KeyHash) -> Result<Key, StoreError>;

    /// Every key of a company, oldest first. `NotFound` if there is no such company.
    async fn keys(&self, company: CompanyId) -> Result<Vec<KeyRow>, StoreError>;

    /// Adds a key, and may set an end to those of its world and kind that have none or a later one.
    /// `NotFound` if there is no such company, `Conflict` if the key's id or hash exists.
    async fn rotate_key(&self, company: CompanyId, rotation: KeyRotation) -> Result<(), StoreError>;

    /// Ends a key at the given time, or at its own if that is earlier.
    async fn end_key(&self, company: CompanyId, key: KeyId, at_ms: i64) -> Result<(), StoreError>;

    // Sessions.

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

    // Connections.

    /// What an earlier sign-in left, so that a returning customer keeps their ids.
    async fn known_connection(&self, scope: Scope, query: KnownQuery) -> Result<KnownConnection, StoreError>;

    /// Who was last known by that, if anybody was; see [`NewConnection::identifiers`].
    async fn customer_known_by(
        &self,
        scope: Scope,
        kind: IdentifierKind,
        key: BlindKey,
    ) -> Result<Option<CustomerId>, StoreError>;

    /// The accounts of one number that are shared, by the blind key of the number, newest first. One
    /// account may be seen through several sign-ins.
    async fn accounts_shared_by_key(
        &self,
        scope: Scope,
        key: BlindKey,
    ) -> Result<Vec<AccountRow>, StoreError>;

    /// Finishes a session and writes customer, identifiers, record, accounts, balances, readings, events
    /// and the next task, all or nothing. A row whose key is already there must have the id given here (then
    /// its changing columns are updated, and the record stands well again); otherwise, and if the
    /// session's version has moved on, `Conflict`. The record's options must be a JSON object. The
    /// next task begins at once, in the place of one that still runs. `Conflict` also for a consent that
    /// is carried over to a record whose sharing the customer has ended. The endpoint that a known record
    /// had before hears these events too, so that no record's events are diverted without a word.
    async fn finish_session(
        &self,
        scope: Scope,
        advance: AdvanceSession,
        connection: NewConnection,
    ) -> Result<(), StoreError>;

    /// The consent whose receipt has that number, before it is known whose it is.
    async fn consent(&self, number: ConsentHash) -> Result<ConsentRow, StoreError>;

    /// Ends a consent and with it all others of its record, all or nothing: the record is closed and
    /// its access removed, its accounts are not shared or watched any more, what was to be done about
    /// it is broken off, and the event is added. False, and nothing changes, if it was ended before.
    async fn revoke(&self, scope: Scope, revocation: Revocation) -> Result<bool, StoreError>;

    /// A record with all that a refresh needs.
    async fn full_record(&self, scope: Scope, id: RecordId) -> Result<FullRecord, StoreError>;

    /// Writes what a look at the bank brought, all or nothing. `Conflict` if the record's version has
    /// moved on, `NotFound` if it, or an account that is named, is not there.
    async fn update_record(&self, scope: Scope, update: RecordUpdate) -> Result<(), StoreError>;

    /// The records that match, newest first.
    async fn records(&self, scope: Scope, filter: Filter, page: Page)
    -> Result<Paged<RecordRow>, StoreError>;

    /// The customers that match, newest first.
    async fn customers(
        &self,
        scope: Scope,
        filter: Filter,
        page: Page,
    ) -> Result<Paged<CustomerRow>, StoreError>;

    /// The accounts that match, newest first.
    async fn accounts(
        &self,
        scope: Scope,
        filter: Filter,
        page: Page,
    ) -> Result<Paged<AccountRow>, StoreError>;

    // Balances and transactions.

    /// One balance, with or without its readings.
    async fn balance(
        &self,
        scope: Scope,
        id: BalanceId,
        with_readings: bool,
    ) -> Result<BalanceRow, StoreError>;

    /// The balances that match, newest first, with or without their readings. An unknown customer
    /// or account has none.
    async fn balances(
        &self,
        scope: Scope,
        filter: Filter,
        page: Page,
        with_readings: bool,
    ) -> Result<Paged<BalanceRow>, StoreError>;

    /// The readings of every balance that the filter's customer, record and account have, within the
    /// filter's time; one of the three must be given. Balances in the order of their ids, whenever
    /// they were made.
    async fn series(&self, scope: Scope, filter: Filter) -> Result<Vec<Series>, StoreError>;

    /// One transaction.
    async fn transaction(&self, scope: Scope, id: TransactionId) -> Result<TransactionRow, StoreError>;

    /// The transactions that match, newest first.
    async fn transactions(
        &self,
        scope: Scope,
        filter: Filter,
        page: Page,
    ) -> Result<Paged<TransactionRow>, StoreError>;

    // Thresholds and Apps.

    /// Sets or removes the company's own threshold for an account. The watch begins anew: above, with
    /// the crossings counted on; but the value that is set already changes nothing. `NotFound` if
    /// there is no such account.
    async fn set_threshold(
        &self,
        scope: Scope,
        account: AccountId,
        threshold_minor: Option<i64>,
    ) -> Result<(), StoreError>;

    /// Makes an App, or changes the one of that id; its `created_at_ms` stays. `Conflict` if another
    /// App, of whatever company, has its short name.
    async fn save_app(&self, scope: Scope, app: AppRow) -> Result<(), StoreError>;

    /// One App.
    async fn app(&self, scope: Scope, id: AppId) -> Result<AppRow, StoreError>;

    /// Every App, oldest first.
    async fn apps(&self, scope: Scope) -> Result<Vec<AppRow>, StoreError>;

    /// The App of a short name, before it is known whose it is.
    async fn link(&self, short: &str) -> Result<Link, StoreError>;

    /// The origins that all Apps allow, unless no App was saved since the number that is `known`.
    async fn origins(&self, known: Option<i64>) -> Result<Option<Origins>, StoreError>;

    // Tasks.

    /// Asks for a task. Unless the last one of that record and kind was asked for at `fresh_from_ms`
    /// or later, or is still running, it begins now; either way the answer is the task as it stands
    /// and whether it is a new one, whose tries are counted anew. `NotFound` if there is no such
    /// record.
    async fn ask_task(
        &self,
        scope: Scope,
        record: RecordId,
        kind: TaskKind,
        now_ms: i64,
        fresh_from_ms: i64,
    ) -> Result<(Task, bool), StoreError>;

    /// A record's last task of a kind.
    async fn task(&self, scope: Scope, record: RecordId, kind: TaskKind) -> Result<Task, StoreError>;

    /// Takes tasks that are due, the longest waiting first, each for as long as the lease.
    async fn claim_tasks(
        &self,
        now_ms: i64,
        lease_until_ms: i64,
        most: u32,
    ) -> Result<Vec<DueTask>, StoreError>;

    /// Ends a try at a task and adds the events that tell it, all or nothing. `Conflict` if somebody
    /// else has taken it since.
    async fn end_task(
        &self,
        task: DueTask,
        at_ms: i64,
        end: TaskEnd,
        events: Vec<NewEvent>,
    ) -> Result<(), StoreError>;

    // Events and their deliveries.

    /// The endpoint of that URL; made if there is none. One that is there becomes a standing one if
    /// that is asked for, and stays what it is otherwise.
    async fn ensure_endpoint(&self, scope: Scope, endpoint: NewEndpoint) -> Result<Endpoint, StoreError>;

    /// Every endpoint, oldest first.
    async fn endpoints(&self, scope: Scope) -> Result<Vec<Endpoint>, StoreError>;

    /// One endpoint.
    async fn endpoint(&self, scope: Scope, id: EndpointId) -> Result<Endpoint, StoreError>;

    /// Changes an endpoint.
    async fn change_endpoint(
        &self,
        scope: Scope,
        id: EndpointId,
        change: EndpointChange,
    ) -> Result<(), StoreError>;

    /// Adds an event by itself, and a delivery to each endpoint that is to hear of it. One to a
    /// disabled endpoint is exhausted from the beginning and never tried, but can be replayed.
    async fn add_event(&self, scope: Scope, event: NewEvent) -> Result<(), StoreError>;

    /// Takes deliveries that are due, the longest waiting first, each for as long as the lease; of one
    /// endpoint at most [`IN_FLIGHT_MAX`] at a time. Of one record and endpoint only the earliest
    /// waiting event is taken, unless that one has failed and is older than [`ORDER_KEPT_MS`]: a
    /// failing event does not hold up the later ones for longer.
    async fn claim_deliveries(
        &self,
        now_ms: i64,
        lease_until_ms: i64,
        most: u32,
    ) -> Result<Vec<DueDelivery>, StoreError>;

    /// Ends a try, and says of the endpoint whether it fails: since the first failure, until something
    /// arrives or nothing waits for it any more. One that fails for [`FAILING_MAX_MS`] is disabled, and
    /// what waits for it exhausted; but not at the first try of a delivery, which may be the first
    /// after a long silence.
    /// `Conflict` if somebody else has taken the delivery since, or nobody has it any more.
    async fn settle_delivery(&self, scope: Scope, settle: SettleDelivery) -> Result<(), StoreError>;

    /// The deliveries that match, newest first.
    async fn deliveries(
        &self,
        scope: Scope,
        filter: DeliveryFilter,
        page: Page,
    ) -> Result<Vec<DeliveryRow>, StoreError>;

    /// Makes deliveries due again, from the first try, and says how many; see [`Replay`]. `NotFound`
    /// if there is no such delivery or endpoint, `Conflict` if the one that is named is being tried
    /// just now or its endpoint is disabled.
    async fn replay_deliveries(&self, scope: Scope, replay: Replay, now_ms: i64) -> Result<u64, StoreError>;

    /// Removes events from before the given time whose deliveries have all ended, at most so many,
    /// and says how many it removed.
    async fn forget_events(&self, before_ms: i64, most: u32) -> Result<u64, StoreError>;

    // Calls and connectors.

    /// Begins a call that carries an idempotency key, or says what is known of it.
    async fn begin_call(&self, scope: Scope, call: NewCall) -> Result<KnownCall, StoreError>;

    /// Keeps the answer to a call that was begun; without one the call may be made again at once. An
    /// answer that is kept already stays. `NotFound` if the call was not begun.
    async fn end_call(
        &self,
        scope: Scope,
        key: [u8; 32],
        answer: Option<(u16, String)>,
    ) -> Result<(), StoreError>;

    /// Removes calls from before the given time, at most so many, and says how many it removed.
    async fn forget_calls(&self, before_ms: i64, most: u32) -> Result<u64, StoreError>;

    /// What a connector keeps for a company under a name.
    async fn kept(&self, scope: Scope, name: &str) -> Result<Kept, StoreError>;

    /// The names under which a connector keeps something for a company, and that begin so; sorted.
    async fn kept_names(&self, scope: Scope, prefix: &str) -> Result<Vec<String>, StoreError>;

    /// Keeps something; `version` is that of what it takes the place of, 0 for nothing. `Conflict` if
    /// it has moved on.
    async fn keep(&self, scope: Scope, name: &str, version: i64, body: Vec<u8>) -> Result<(), StoreError>;
}
