//! The SQLite engine keeps the contract, in a real file, and what is special to a file.

#![allow(clippy::unwrap_used)]

use async_trait::async_trait;
use egusi_protocol::*;
use egusi_store::*;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

mod kept {
    //! One test for each case of the contract.

    macro_rules! tests {
        ($($subject:ident { $($case:ident)+ })+) => {$($(
            #[tokio::test]
            async fn $case() {
                let (_folder, path) = super::new_path();
                let store = std::sync::Arc::new(super::open(&path));
                egusi_store::contract::$subject::$case(store).await;
            }
        )+)+};
    }

    egusi_store::contract_cases!(tests);
}

fn new_path() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("egusi.db");
    (folder, path)
}

fn open(path: &Path) -> SqliteStore {
    SqliteStore::open(path).unwrap()
}

fn scope() -> Scope {
    Scope { company: CompanyId::from([1; 12]), env: Environment::Production }
}

fn company(number: u8) -> NewCompany {
    let key = NewKey {
        id: KeyId::from([number; 12]),
        env: Environment::Production,
        kind: KeyKind::Public,
        hash: [number; 32],
        hint: "abcd".to_owned(),
    };
    NewCompany {
        id: CompanyId::from([number; 12]),
        name: "Shop".to_owned(),
        created_at_ms: 1,
        keys: vec![key],
    }
}

fn session(number: u8) -> NewSession {
    NewSession {
        scope: scope(),
        id: SessionId::from([number; 12]),
        token: [number; 32],
        body: vec![number],
        created_at_ms: 1,
        expires_at_ms: 2,
    }
}

/// Why the file cannot be opened.
fn refusal(path: &Path) -> String {
    match SqliteStore::open(path) {
        Err(StoreError::Unavailable(text)) => text,
        Err(other) => panic!("refused, but as {other:?}"),
        Ok(_) => panic!("not refused"),
    }
}

#[tokio::test]
async fn everything_survives_closing_and_opening() {
    let (_folder, path) = new_path();
    let store = open(&path);
    store.create_company(company(1)).await.unwrap();
    store.open_session(session(1)).await.unwrap();
    let claimed = store.claim_session([1; 32], 10, 20).await.unwrap();
    drop(store);
    let store = open(&path);
    assert_eq!(store.key([1; 32]).await.unwrap().company_name, "Shop");
    assert_eq!(store.session([1; 32]).await, Ok(claimed));
    assert_eq!(store.claim_session([1; 32], 19, 30).await, Err(StoreError::Conflict));
}

#[tokio::test]
async fn a_closed_store_is_one_file() {
    let (folder, path) = new_path();
    let store = open(&path);
    store.create_company(company(1)).await.unwrap();
    drop(store);
    let names: Vec<_> = folder.path().read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["egusi.db"]);
}

#[tokio::test]
async fn what_was_asked_before_the_end_is_done() {
    let (_folder, path) = new_path();
    let store = Arc::new(open(&path));
    let mut asked = tokio::task::JoinSet::new();
    for number in 1..=200 {
        let store = Arc::clone(&store);
        asked.spawn(async move { store.open_session(session(number)).await });
    }
    drop(store);
    assert!(asked.join_all().await.iter().all(Result::is_ok));
    let store = open(&path);
    for number in 1..=200 {
        assert_eq!(store.session([number; 32]).await.unwrap().body, [number]);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn the_files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = new_path();
    let store = open(&path);
    store.create_company(company(1)).await.unwrap();
    let mut names = Vec::new();
    for entry in folder.path().read_dir().unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.file_name());
        names.push(entry.file_name());
    }
    assert_eq!(names.len(), 3, "the file, its log and the index of its log: {names:?}");
}

#[test]
fn the_file_has_a_write_ahead_log() {
    let (_folder, path) = new_path();
    let _store = open(&path);
    let db = Connection::open(&path).unwrap();
    let mode: String = db.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}

#[test]
fn a_folder_that_is_not_there_is_refused() {
    let (folder, _path) = new_path();
    assert!(refusal(&folder.path().join("nowhere/egusi.db")).contains("cannot be made"));
}

#[test]
fn a_file_of_something_else_is_refused() {
    let (_folder, path) = new_path();
    std::fs::write(&path, "no database but a letter, long enough to be told from an empty file".repeat(20))
        .unwrap();
    assert!(refusal(&path).contains("not a database"));
}

#[test]
fn a_migration_that_changed_is_refused() {
    let (_folder, path) = new_path();
    drop(open(&path));
    let db = Connection::open(&path).unwrap();
    db.execute("UPDATE migration SET checksum = zeroblob(32) WHERE version = 2", []).unwrap();
    drop(db);
    let text = refusal(&path);
    assert!(text.contains("0002_sessions") && text.contains("has changed"), "{text}");
}

#[test]
fn a_migration_that_is_missing_is_refused() {
    let (_folder, path) = new_path();
    drop(open(&path));
    let db = Connection::open(&path).unwrap();
    db.execute("DELETE FROM migration WHERE version = 1", []).unwrap();
    drop(db);
    let text = refusal(&path);
    assert!(text.contains("0001_companies") && text.contains("lacks it"), "{text}");
}

#[test]
fn a_database_of_a_newer_version_is_refused() {
    let (_folder, path) = new_path();
    drop(open(&path));
    let db = Connection::open(&path).unwrap();
    db.execute("INSERT INTO migration VALUES (9999, '9999_future', zeroblob(32))", []).unwrap();
    drop(db);
    let text = refusal(&path);
    assert!(text.contains("newer") && text.contains("9999"), "{text}");
}

#[test]
fn many_may_open_a_new_file_at_once() {
    let (_folder, path) = new_path();
    std::thread::scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| drop(open(&path)));
        }
    });
    let db = Connection::open(&path).unwrap();
    let steps: i64 = db.query_row("SELECT count(*) FROM migration", [], |row| row.get(0)).unwrap();
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite").read_dir().unwrap().count();
    assert_eq!(steps, i64::try_from(files).unwrap());
}

#[tokio::test]
async fn of_claims_by_two_stores_one_wins() {
    let (_folder, path) = new_path();
    let stores = [Arc::new(open(&path)), Arc::new(open(&path))];
    stores[0].open_session(session(1)).await.unwrap();
    for round in 1..=20 {
        let mut claims = tokio::task::JoinSet::new();
        for at in 0..8 {
            let store = Arc::clone(&stores[at % 2]);
            claims.spawn(async move { store.claim_session([1; 32], round * 10, round * 10 + 10).await });
        }
        let answers = claims.join_all().await;
        let versions: Vec<_> =
            answers.iter().filter_map(|answer| answer.as_ref().ok()).map(|s| s.version).collect();
        assert_eq!(versions, [round]);
        assert_eq!(answers.iter().filter(|answer| **answer == Err(StoreError::Conflict)).count(), 7);
    }
}

/// One store as two processes have it: every call goes to the other one of two on the same file.
struct Twins {
    stores: [SqliteStore; 2],
    calls: AtomicUsize,
}

impl Twins {
    fn open(path: &Path) -> Self {
        Self { stores: [open(path), open(path)], calls: AtomicUsize::new(0) }
    }

    fn next(&self) -> &SqliteStore {
        &self.stores[self.calls.fetch_add(1, Ordering::Relaxed) % 2]
    }
}

macro_rules! forward {
    ($( $verb:ident($($name:ident: $kind:ty),*) -> $answer:ty; )+) => {
        #[async_trait]
        impl Store for Twins {
            $( async fn $verb(&self, $($name: $kind),*) -> Result<$answer, StoreError> {
                self.next().$verb($($name),*).await
            } )+
        }
    };
}

forward! {
    create_company(company: NewCompany) -> ();
    companies() -> Vec<CompanyRow>;
    key(hash: KeyHash) -> Key;
    keys(company: CompanyId) -> Vec<KeyRow>;
    rotate_key(company: CompanyId, rotation: KeyRotation) -> ();
    end_key(company: CompanyId, key: KeyId, at_ms: i64) -> ();
    open_session(session: NewSession) -> ();
    session(token: TokenHash) -> Session;
    claim_session(token: TokenHash, now_ms: i64, busy_until_ms: i64) -> Session;
    advance_session(scope: Scope, advance: AdvanceSession) -> ();
    forget_sessions(ended_before_ms: i64, most: u32) -> u64;
    known_connection(scope: Scope, query: KnownQuery) -> KnownConnection;
    customer_known_by(scope: Scope, kind: IdentifierKind, key: BlindKey) -> Option<CustomerId>;
    accounts_shared_by_key(scope: Scope, key: BlindKey) -> Vec<AccountRow>;
    finish_session(scope: Scope, advance: AdvanceSession, connection: NewConnection) -> ();
    full_record(scope: Scope, id: RecordId) -> FullRecord;
    update_record(scope: Scope, update: RecordUpdate) -> ();
    records(scope: Scope, filter: Filter, page: Page) -> Paged<RecordRow>;
    customers(scope: Scope, filter: Filter, page: Page) -> Paged<CustomerRow>;
    accounts(scope: Scope, filter: Filter, page: Page) -> Paged<AccountRow>;
    balance(scope: Scope, id: BalanceId, with_readings: bool) -> BalanceRow;
    balances(scope: Scope, filter: Filter, page: Page, with_readings: bool) -> Paged<BalanceRow>;
    series(scope: Scope, filter: Filter) -> Vec<Series>;
    transaction(scope: Scope, id: TransactionId) -> TransactionRow;
    transactions(scope: Scope, filter: Filter, page: Page) -> Paged<TransactionRow>;
    set_threshold(scope: Scope, account: AccountId, threshold_minor: Option<i64>) -> ();
    save_app(scope: Scope, app: AppRow) -> ();
    app(scope: Scope, id: AppId) -> AppRow;
    apps(scope: Scope) -> Vec<AppRow>;
    link(short: &str) -> Link;
    origins(known: Option<i64>) -> Option<Origins>;
    ask_task(scope: Scope, record: RecordId, kind: TaskKind, now_ms: i64, fresh_from_ms: i64) -> (Task, bool);
    task(scope: Scope, record: RecordId, kind: TaskKind) -> Task;
    claim_tasks(now_ms: i64, lease_until_ms: i64, most: u32) -> Vec<DueTask>;
    end_task(task: DueTask, at_ms: i64, end: TaskEnd, events: Vec<NewEvent>) -> ();
    ensure_endpoint(scope: Scope, endpoint: NewEndpoint) -> Endpoint;
    endpoints(scope: Scope) -> Vec<Endpoint>;
    endpoint(scope: Scope, id: EndpointId) -> Endpoint;
    change_endpoint(scope: Scope, id: EndpointId, change: EndpointChange) -> ();
    add_event(scope: Scope, event: NewEvent) -> ();
    claim_deliveries(now_ms: i64, lease_until_ms: i64, most: u32) -> Vec<DueDelivery>;
    settle_delivery(scope: Scope, settle: SettleDelivery) -> ();
    deliveries(scope: Scope, filter: DeliveryFilter, page: Page) -> Vec<DeliveryRow>;
    replay_deliveries(scope: Scope, replay: Replay, now_ms: i64) -> u64;
    forget_events(before_ms: i64, most: u32) -> u64;
    begin_call(scope: Scope, call: NewCall) -> KnownCall;
    end_call(scope: Scope, key: [u8; 32], answer: Option<(u16, String)>) -> ();
    forget_calls(before_ms: i64, most: u32) -> u64;
    kept(scope: Scope, name: &str) -> Kept;
    kept_names(scope: Scope, prefix: &str) -> Vec<String>;
    consent(number: ConsentHash) -> ConsentRow;
    revoke(scope: Scope, revocation: Revocation) -> bool;
    keep(scope: Scope, name: &str, version: i64, body: Vec<u8>) -> ();
}

#[tokio::test]
async fn two_stores_on_one_file_keep_the_contract_together() {
    let folder = TempDir::new().unwrap();
    let made = AtomicUsize::new(0);
    contract::run_all(async || {
        let number = made.fetch_add(1, Ordering::Relaxed);
        Arc::new(Twins::open(&folder.path().join(format!("{number}.db")))) as Arc<dyn Store>
    })
    .await;
}
