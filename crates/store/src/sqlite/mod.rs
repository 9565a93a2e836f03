//! The engine inside the binary: one file, one thread that writes, a few that read.
//!
//! Read `opening` and `connect` for how the file is opened, `migrate` for how it comes to its schema (the steps
//! lie in `migrations/sqlite`), `writer` and `readers` for the threads and `task` for what is sent
//! to them; the queries lie in a file for each subject.
//!
//! Invariants: an answer that something was written is given only after it is on disk; every verb
//! sees and changes the file in one transaction; several processes may use one file.

mod accounts;
mod apps;
mod balances;
mod calls;
mod columns;
mod companies;
mod conditions;
mod connect;
mod connections;
mod consents;
mod customers;
mod deliveries;
mod endpoints;
mod error;
mod events;
mod kept;
mod keys;
mod lists;
mod migrate;
mod opening;
#[cfg(test)]
mod plans;
mod readers;
mod readings;
mod records;
mod sessions;
mod task;
mod tasks;
mod transactions;
mod watches;
mod writer;

use crate::*;
use async_trait::async_trait;
use egusi_protocol::*;
use readers::Readers;
use rusqlite::Connection;
use writer::Writer;

/// A store in one SQLite file. Dropping it waits for what was begun, empties the journal into the
/// file and ends the threads.
///
/// The readers end before the writer does, so that nobody hinders its last act.
pub struct SqliteStore {
    readers: Readers,
    writer: Writer,
}

#[async_trait]
impl Store for SqliteStore {
    async fn create_company(&self, company: NewCompany) -> Result<(), StoreError> {
        self.writer.run(|db| companies::create(db, company)).await
    }

    async fn key(&self, hash: KeyHash) -> Result<Key, StoreError> {
        self.readers.look(move |db| keys::find(db, hash)).await
    }

    async fn open_session(&self, session: NewSession) -> Result<(), StoreError> {
        self.writer.run(|db| sessions::open(db, session)).await
    }

    async fn session(&self, token: TokenHash) -> Result<Session, StoreError> {
        self.readers.look(move |db| sessions::find(db, token)).await
    }

    async fn claim_session(
        &self,
        token: TokenHash,
        now_ms: i64,
        busy_until_ms: i64,
    ) -> Result<Session, StoreError> {
        self.writer.run(move |db| sessions::claim(db, token, now_ms, busy_until_ms)).await
    }

    async fn advance_session(&self, scope: Scope, advance: AdvanceSession) -> Result<(), StoreError> {
        self.writer.run(move |db| sessions::advance(db, scope, advance)).await
    }

    async fn forget_sessions(&self, ended_before_ms: i64, most: u32) -> Result<u64, StoreError> {
        self.writer.run(move |db| sessions::forget(db, ended_before_ms, most)).await
    }

    async fn known_connection(&self, scope: Scope, query: KnownQuery) -> Result<KnownConnection, StoreError> {
        self.readers.look_at_once(move |db| connections::known(db, scope, query)).await
    }

    async fn customer_known_by(
        &self,
        scope: Scope,
        kind: IdentifierKind,
        key: BlindKey,
    ) -> Result<Option<CustomerId>, StoreError> {
        self.readers.look(move |db| customers::known_by(db, scope, kind, key)).await
    }

    async fn accounts_shared_by_key(
        &self,
        scope: Scope,
        key: BlindKey,
    ) -> Result<Vec<AccountRow>, StoreError> {
        self.readers.look(move |db| accounts::shared_by_key(db, scope, key)).await
    }

    async fn finish_session(
        &self,
        scope: Scope,
        advance: AdvanceSession,
        connection: NewConnection,
    ) -> Result<(), StoreError> {
        self.writer.run(move |db| connections::finish(db, scope, advance, connection)).await
    }

    async fn consent(&self, number: ConsentHash) -> Result<ConsentRow, StoreError> {
        self.readers.look_at_once(move |db| consents::find(db, number)).await
    }

    async fn revoke(&self, scope: Scope, revocation: Revocation) -> Result<bool, StoreError> {
        self.writer.run(move |db| consents::revoke(db, scope, revocation)).await
    }

    async fn balance(
        &self,
        scope: Scope,
        id: BalanceId,
        with_readings: bool,
    ) -> Result<BalanceRow, StoreError> {
        let work = move |db: &Connection| balances::find(db, scope, id, with_readings);
        if with_readings { self.readers.look_at_once(work).await } else { self.readers.look(work).await }
    }

    async fn balances(
        &self,
        scope: Scope,
        filter: Filter,
        page: Page,
        with_readings: bool,
    ) -> Result<Paged<BalanceRow>, StoreError> {
        let is_short = lists::is_short(&filter, page);
        let work = move |db: &Connection| balances::matching(db, scope, filter, page, with_readings);
        if is_short { self.readers.look_at_once(work).await } else { self.readers.run(work).await }
    }

    async fn companies(&self) -> Result<Vec<CompanyRow>, StoreError> {
        self.readers.run(companies::all).await
    }

    async fn keys(&self, company: CompanyId) -> Result<Vec<KeyRow>, StoreError> {
        self.readers.run(move |db| keys::of_company(db, company)).await
    }

    async fn rotate_key(&self, company: CompanyId, rotation: KeyRotation) -> Result<(), StoreError> {
        self.writer.run(move |db| keys::rotate(db, company, rotation)).await
    }

    async fn end_key(&self, company: CompanyId, key: KeyId, at_ms: i64) -> Result<(), StoreError> {
        self.writer.run(move |db| keys::end(db, company, key, at_ms)).await
    }

    async fn full_record(&self, scope: Scope, id: RecordId) -> Result<FullRecord, StoreError> {
        self.readers.look_at_once(move |db| records::full(db, scope, id)).await
    }

    async fn update_record(&self, scope: Scope, update: RecordUpdate) -> Result<(), StoreError> {
        self.writer.run(move |db| records::update(db, scope, update)).await
    }

    async fn records(
        &self,
        scope: Scope,
        filter: Filter,
        page: Page,
    ) -> Result<Paged<RecordRow>, StoreError> {
        let is_short = lists::is_short(&filter, page);
        let work = move |db: &Connection| records::matching(db, scope, filter, page);
        if is_short { self.readers.look_at_once(work).await } else { self.readers.run(work).await }
    }

    async fn customers(
        &self,
        scope: Scope,
        filter: Filter,
        page: Page,
    ) -> Result<Paged<CustomerRow>, StoreError> {
        self.readers.run(move |db| customers::matching(db, scope, filter, page)).await
    }

    async fn accounts(
        &self,
        scope: Scope,
        filter: Filter,
        page: Page,
    ) -> Result<Paged<AccountRow>, StoreError> {
        let is_short = lists::is_short(&filter, page);
        let work = move |db: &Connection| accounts::matching(db, scope, filter, page);
        if is_short { self.readers.look_at_once(work).await } else { self.readers.run(work).await }
    }

    async fn series(&self, scope: Scope, filter: Filter) -> Result<Vec<Series>, StoreError> {
        self.readers.run(move |db| readings::series(db, scope, filter)).await
    }

    async fn transaction(&self, scope: Scope, id: TransactionId) -> Result<TransactionRow, StoreError> {
        self.readers.look(move |db| transactions::find(db, scope, id)).await
    }

    async fn transactions(
        &self,
        scope: Scope,
        filter: Filter,
        page: Page,
    ) -> Result<Paged<TransactionRow>, StoreError> {
        self.readers.run(move |db| transactions::matching(db, scope, filter, page)).await
    }

    async fn set_threshold(
        &self,
        scope: Scope,
        account: AccountId,
        threshold_minor: Option<i64>,
    ) -> Result<(), StoreError> {
        self.writer.run(move |db| watches::set_threshold(db, scope, account, threshold_minor)).await
    }

    async fn save_app(&self, scope: Scope, app: AppRow) -> Result<(), StoreError> {
        self.writer.run(move |db| apps::save(db, scope, app)).await
    }

    async fn app(&self, scope: Scope, id: AppId) -> Result<AppRow, StoreError> {
        self.readers.look_at_once(move |db| apps::find(db, scope, id)).await
    }

    async fn apps(&self, scope: Scope) -> Result<Vec<AppRow>, StoreError> {
        self.readers.run(move |db| apps::all(db, scope)).await
    }

    async fn link(&self, short: &str) -> Result<Link, StoreError> {
        let short = short.to_owned();
        self.readers.look_at_once(move |db| apps::linked(db, &short)).await
    }

    async fn origins(&self, known: Option<i64>) -> Result<Option<Origins>, StoreError> {
        self.readers.look_at_once(move |db| apps::origins(db, known)).await
    }

    async fn ask_task(
        &self,
        scope: Scope,
        record: RecordId,
        kind: TaskKind,
        now_ms: i64,
        fresh_from_ms: i64,
    ) -> Result<(Task, bool), StoreError> {
        self.writer.run(move |db| tasks::ask(db, scope, record, kind, now_ms, fresh_from_ms)).await
    }

    async fn task(&self, scope: Scope, record: RecordId, kind: TaskKind) -> Result<Task, StoreError> {
        self.readers.look(move |db| tasks::find(db, scope, record, kind)).await
    }

    async fn claim_tasks(
        &self,
        now_ms: i64,
        lease_until_ms: i64,
        most: u32,
    ) -> Result<Vec<DueTask>, StoreError> {
        self.writer.run(move |db| tasks::claim(db, now_ms, lease_until_ms, most)).await
    }

    async fn end_task(
        &self,
        task: DueTask,
        at_ms: i64,
        end: TaskEnd,
        events: Vec<NewEvent>,
    ) -> Result<(), StoreError> {
        self.writer.run(move |db| tasks::end(db, task, at_ms, end, events)).await
    }

    async fn ensure_endpoint(&self, scope: Scope, endpoint: NewEndpoint) -> Result<Endpoint, StoreError> {
        self.writer.run(move |db| endpoints::ensure(db, scope, endpoint)).await
    }

    async fn endpoints(&self, scope: Scope) -> Result<Vec<Endpoint>, StoreError> {
        self.readers.run(move |db| endpoints::all(db, scope)).await
    }

    async fn endpoint(&self, scope: Scope, id: EndpointId) -> Result<Endpoint, StoreError> {
        self.readers.look(move |db| endpoints::find(db, scope, id)).await
    }

    async fn change_endpoint(
        &self,
        scope: Scope,
        id: EndpointId,
        change: EndpointChange,
    ) -> Result<(), StoreError> {
        self.writer.run(move |db| endpoints::change(db, scope, id, change)).await
    }

    async fn add_event(&self, scope: Scope, event: NewEvent) -> Result<(), StoreError> {
        self.writer.run(move |db| events::add(db, scope, event, None)).await
    }

    /// Looks first and writes only if there is something to take, so that looking in vain, once a
    /// second, costs the writer nothing. Whoever was faster in between is seen by the writer.
    async fn claim_deliveries(
        &self,
        now_ms: i64,
        lease_until_ms: i64,
        most: u32,
    ) -> Result<Vec<DueDelivery>, StoreError> {
        let due = self.readers.run(move |db| deliveries::due(db, now_ms, most)).await?;
        if due.is_empty() {
            return Ok(Vec::new());
        }
        self.writer.run(move |db| deliveries::take(db, &due, now_ms, lease_until_ms)).await
    }

    async fn settle_delivery(&self, scope: Scope, settle: SettleDelivery) -> Result<(), StoreError> {
        self.writer.run(move |db| deliveries::settle(db, scope, settle)).await
    }

    async fn deliveries(
        &self,
        scope: Scope,
        filter: DeliveryFilter,
        page: Page,
    ) -> Result<Vec<DeliveryRow>, StoreError> {
        self.readers.run(move |db| deliveries::matching(db, scope, filter, page)).await
    }

    async fn replay_deliveries(&self, scope: Scope, replay: Replay, now_ms: i64) -> Result<u64, StoreError> {
        self.writer.run(move |db| deliveries::replay(db, scope, replay, now_ms)).await
    }

    async fn forget_events(&self, before_ms: i64, most: u32) -> Result<u64, StoreError> {
        self.writer.run(move |db| events::forget(db, before_ms, most)).await
    }

    async fn begin_call(&self, scope: Scope, call: NewCall) -> Result<KnownCall, StoreError> {
        self.writer.run(move |db| calls::begin(db, scope, call)).await
    }

    async fn end_call(
        &self,
        scope: Scope,
        key: [u8; 32],
        answer: Option<(u16, String)>,
    ) -> Result<(), StoreError> {
        self.writer.run(move |db| calls::end(db, scope, key, answer)).await
    }

    async fn forget_calls(&self, before_ms: i64, most: u32) -> Result<u64, StoreError> {
        self.writer.run(move |db| calls::forget(db, before_ms, most)).await
    }

    async fn kept(&self, scope: Scope, name: &str) -> Result<Kept, StoreError> {
        let name = name.to_owned();
        self.readers.look(move |db| kept::find(db, scope, &name)).await
    }

    async fn kept_names(&self, scope: Scope, prefix: &str) -> Result<Vec<String>, StoreError> {
        let prefix = prefix.to_owned();
        self.readers.run(move |db| kept::names(db, scope, &prefix)).await
    }

    async fn keep(&self, scope: Scope, name: &str, version: i64, body: Vec<u8>) -> Result<(), StoreError> {
        let name = name.to_owned();
        self.writer.run(move |db| kept::keep(db, scope, &name, version, &body)).await
    }
}
