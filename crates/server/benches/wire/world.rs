//! The server that is measured: the real router over a real SQLite file with several hundred
//! thousand balances, on a runtime of one thread.

use super::load::Call;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::routing::get;
use egusi_protocol::{AvailableSource, BalanceId, Currency, CustomerId, Environment};
use egusi_server::clock::{Clock, Mint, SystemClock};
use egusi_server::config::Settings;
use egusi_server::keys::{FreshCompany, fresh_company};
use egusi_server::seal::Sealer;
use egusi_server::state::{App, AppState};
use egusi_store::*;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// How many customers there are, with three accounts each.
const CUSTOMERS: usize = 100_000;
/// How many readings each balance has.
const READINGS: i64 = 4;
/// How many connections one run finishes.
const COMMITS: usize = 4_000;
const DAY_MS: i64 = 86_400_000;

pub struct World {
    pub address: SocketAddr,
    pub balances: usize,
    customers: Vec<CustomerId>,
    some_balances: Vec<BalanceId>,
    company: FreshCompany,
    router: Router,
    /// Prepares sessions; the server has a runtime of its own.
    helper: Runtime,
    _server: Runtime,
    _data: tempfile::TempDir,
}

impl World {
    pub fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        let helper = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let server =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&data.path().join("egusi.db")).unwrap());
        let sealer = Sealer::from_file(&data.path().join("egusi.key")).unwrap();
        let settings = Settings { calls_per_minute: 0, ..Settings::default() };
        let app: App =
            Arc::new(AppState::new(store.clone(), sealer, Arc::new(SystemClock), settings).unwrap());
        let mint = Mint::new().unwrap();
        let company = fresh_company("Bench", &mint, SystemClock.now_ms()).unwrap();
        helper.block_on(store.create_company(company.row.clone())).unwrap();
        let scope = Scope { company: company.token, env: Environment::Sandbox };
        let (customers, some_balances) = helper.block_on(fill(&store, scope, &Arc::new(mint)));
        let router = egusi_server::http::router(app);
        let doors = Router::new().route("/empty", get(|| async {})).fallback_service(router.clone());
        let address = server.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            tokio::spawn(async move { axum::serve(listener, doors).await.unwrap() });
            address
        });
        Self {
            address,
            balances: CUSTOMERS * 3,
            customers,
            some_balances,
            company,
            router,
            helper,
            _server: server,
            _data: data,
        }
    }

    pub fn calls_by_id(&self, with_periodic: bool) -> Vec<Call> {
        let call = |id| self.call("/v2/balance/getById", json!({"id": id, "includePeriodic": with_periodic}));
        self.some_balances.iter().map(call).collect()
    }

    pub fn calls_by_customer(&self) -> Vec<Call> {
        let call =
            |id| self.call("/v2/balance/getByCustomer", json!({"customer": id, "includePeriodic": false}));
        self.customers.iter().step_by(97).map(call).collect()
    }

    fn call(&self, path: &str, body: Value) -> Call {
        Call::post(path, self.company.sandbox.secret.expose(), &body.to_string())
    }

    /// Sessions whose customers have signed in, each with the call that connects two accounts.
    pub fn commits(&self, _run: usize) -> Vec<Call> {
        self.helper.block_on(async {
            let mut calls = Vec::with_capacity(COMMITS);
            let mut opening = tokio::task::JoinSet::new();
            for _ in 0..COMMITS {
                let (router, key) = (self.router.clone(), self.company.sandbox.public.clone());
                let token = self.company.token.to_string();
                opening.spawn(async move { signed_in(&router, &key, &token).await });
            }
            while let Some(token) = opening.join_next().await {
                let picks = json!({"picks": [0, 1]}).to_string();
                calls.push(Call::post("/connect/v1/session/accounts", &token.unwrap(), &picks));
            }
            calls
        })
    }
}

async fn signed_in(router: &Router, key: &str, token: &str) -> String {
    let post = async |path: &str, bearer: &str, body: Value| -> Value {
        let request = Request::post(format!("/connect/v1/{path}"))
            .header("content-type", "application/json")
            .header("authorization", format!("Bearer {bearer}"))
            .body(Body::from(body.to_string()))
            .unwrap();
        let answer = router.clone().oneshot(request).await.unwrap();
        serde_json::from_slice(&answer.into_body().collect().await.unwrap().to_bytes()).unwrap()
    };
    let options = json!({"key": key, "token": token, "env": "production-sandbox",
        "products": ["auth", "balance"], "show_balance": true});
    let opened = post("sessions", "", options).await;
    let session = opened["session_token"].as_str().unwrap().to_owned();
    let consent = json!({"institution": "5d6fe57a4099cc4b210bbeb1",
        "consent": {"agreed": true, "language": "en"}});
    post("session/institution", &session, consent).await;
    let fields = json!({"fields": [{"name": "username", "value": "user_good"},
        {"name": "password", "value": "pass_good"}]});
    let step = post("session/form", &session, fields).await;
    assert!(step["step"]["accounts"].is_array(), "{step}");
    session
}

/// Writes customers with three accounts each, through the store's own verbs.
async fn fill(store: &Arc<dyn Store>, scope: Scope, mint: &Arc<Mint>) -> (Vec<CustomerId>, Vec<BalanceId>) {
    let now_ms = SystemClock.now_ms();
    let (mut customers, mut some_balances) = (Vec::new(), Vec::new());
    let mut writing = tokio::task::JoinSet::new();
    for number in 0..CUSTOMERS {
        let connection = connection(mint, now_ms - READINGS * DAY_MS, number);
        customers.push(connection.customer.id);
        let first = connection.accounts[0].balance.as_ref().unwrap().id;
        if number % 53 == 0 {
            some_balances.push(first);
        }
        let store = store.clone();
        let mint = mint.clone();
        writing.spawn(async move { write(store.as_ref(), scope, &mint, connection, now_ms).await });
        if writing.len() >= 512 {
            writing.join_next().await.unwrap().unwrap();
        }
    }
    writing.join_all().await;
    (customers, some_balances)
}

async fn write(store: &dyn Store, scope: Scope, mint: &Mint, connection: NewConnection, now_ms: i64) {
    let id: egusi_protocol::SessionId = mint.id(now_ms);
    let mut token = [0; 32];
    token[..12].copy_from_slice(id.bytes());
    let session =
        NewSession { scope, id, token, body: Vec::new(), created_at_ms: 0, expires_at_ms: i64::MAX };
    store.open_session(session).await.unwrap();
    let version = store.claim_session(token, 1, 2).await.unwrap().version;
    let record = connection.record.id;
    let advance = AdvanceSession { id, version, body: Vec::new(), expires_at_ms: now_ms };
    let balances: Vec<_> = connection
        .accounts
        .iter()
        .map(|account| (account.id, account.balance.as_ref().unwrap().id))
        .collect();
    store.finish_session(scope, advance, connection).await.unwrap();
    let full = store.full_record(scope, record).await.unwrap();
    let readings = balances.into_iter().map(|(account, balance)| NewReading {
        account,
        balance,
        readings: (1..READINGS).map(|day| reading(now_ms - (READINGS - day) * DAY_MS, day)).collect(),
        still_listed: true,
    });
    let update = RecordUpdate {
        record,
        version: full.version,
        at_ms: now_ms,
        status: egusi_protocol::RecordStatus::Ok,
        access: None,
        readings: readings.collect(),
        transactions: Vec::new(),
        watches: Vec::new(),
        events: Vec::new(),
    };
    store.update_record(scope, update).await.unwrap();
}

fn reading(at_ms: i64, day: i64) -> Reading {
    Reading {
        ledger_minor: Some(1_000_000 + day),
        available_minor: Some(900_000 + day),
        source: AvailableSource::Reported,
        at_ms,
        detail: ReadingDetail::NONE,
    }
}

fn connection(mint: &Mint, at_ms: i64, number: usize) -> NewConnection {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&number.to_be_bytes());
    let account = |at: u8| {
        let mut key = key;
        key[8] = at;
        NewAccount {
            id: mint.id(at_ms),
            key,
            name: "Everyday Current".to_owned(),
            number: format!("{:010}", number * 3 + usize::from(at)),
            kind: "Current".to_owned(),
            currency: Currency::NGN,
            connected: true,
            is_left: false,
            balance: Some(NewBalance { id: mint.id(at_ms), reading: reading(at_ms, 0) }),
        }
    };
    NewConnection {
        at_ms,
        customer: NewCustomer { id: mint.id(at_ms), key, name: format!("Customer {number}") },
        identifiers: Vec::new(),
        record: NewRecord {
            id: mint.id(at_ms),
            key,
            institution: "5d6fe57a4099cc4b210bbeb1".parse().unwrap(),
            access: vec![0; 120],
            products: "auth balance".to_owned(),
            endpoint: None,
            app: None,
            options: "{}".to_owned(),
            meta: "{}".to_owned(),
            consent_until_ms: at_ms + 180 * DAY_MS,
        },
        consent: NewConsent { number: key, agreed_at_ms: at_ms, is_carried: false, facts: vec![0; 300] },
        accounts: (0..3).map(account).collect(),
        events: Vec::new(),
        watches: Vec::new(),
        then: None,
    }
}
