//! A server with one company: the real router over a real SQLite file, with a clock that is moved by hand.

#![allow(dead_code)] // Each test binary uses its own part of it.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use egusi_protocol::{Environment, OpenSession, Product};
use egusi_server::clock::{Clock, ManualClock, Mint};
use egusi_server::config::Settings;
use egusi_server::keys::{FreshCompany, fresh_company};
use egusi_server::seal::Sealer;
use egusi_server::state::{App, AppState};
use egusi_store::{Scope, SqliteStore, Store};
use http_body_util::BodyExt;
use serde_json::Value;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

/// A server with one company, and its data on disk.
pub struct Site {
    pub router: Router,
    pub app: App,
    pub store: Arc<dyn Store>,
    pub clock: Arc<ManualClock>,
    pub company: FreshCompany,
    pub data: TempDir,
}

/// An answer: its status and its JSON.
pub struct Answer {
    pub status: StatusCode,
    pub json: Value,
}

impl Site {
    pub async fn new() -> Self {
        Self::with_settings(Settings::default()).await
    }

    /// A server whose operator chose something.
    pub async fn with_settings(settings: Settings) -> Self {
        Self::in_folder(tempfile::tempdir().unwrap(), None, settings).await
    }

    /// The same server after a restart: everything but the file is new.
    pub async fn restarted(self) -> Self {
        let Self { router, app, store, clock: _, company, data } = self;
        drop((router, app, store));
        Self::in_folder(data, Some(company), Settings::default()).await
    }

    async fn in_folder(data: TempDir, company: Option<FreshCompany>, settings: Settings) -> Self {
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&data.path().join("egusi.db")).unwrap());
        let clock = Arc::new(ManualClock::at(1_800_000_000_000));
        let sealer = Sealer::from_file(&data.path().join("egusi.key")).unwrap();
        let app = AppState::new(store.clone(), sealer, clock.clone(), settings).unwrap();
        let app = Arc::new(app);
        let company = match company {
            Some(company) => company,
            None => new_company(&store, &clock, "Moringa Market").await,
        };
        Self { router: egusi_server::http::router(app.clone()), app, store, clock, company, data }
    }

    /// Another company on the same server.
    pub async fn another_company(&self) -> FreshCompany {
        new_company(&self.store, &self.clock, "Other Market").await
    }

    pub fn scope(&self) -> Scope {
        Scope { company: self.company.token, env: Environment::Sandbox }
    }

    /// What the widget asks for with ordinary options.
    pub fn options(&self) -> OpenSession {
        OpenSession {
            key: self.company.sandbox.public.clone(),
            token: self.company.token.to_string(),
            name: Some("Moringa Market".into()),
            products: vec![Product::Auth, Product::Balance],
            show_balance: true,
            host_origin: Some("https://shop.example".into()),
            ..OpenSession::of_nothing(Environment::Sandbox)
        }
    }

    pub async fn call(&self, method: &str, path: &str, bearer: &str, body: &str) -> Answer {
        let mut request =
            Request::builder().method(method).uri(path).header("content-type", "application/json");
        if !bearer.is_empty() {
            request = request.header("authorization", format!("Bearer {bearer}"));
        }
        let answer = self.ask(request.body(Body::from(body.to_owned())).unwrap()).await;
        let status = answer.status();
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        Answer { status, json: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
    }

    /// Any request at all, answered whole.
    pub async fn ask(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn post(&self, path: &str, bearer: &str, body: &Value) -> Answer {
        self.call("POST", path, bearer, &body.to_string()).await
    }

    /// A call of the Okra API with the company's sandbox key.
    pub async fn okra(&self, path: &str, body: &Value) -> Answer {
        self.post(path, self.company.sandbox.secret.expose(), body).await
    }

    /// How many rows a table has.
    pub fn rows(&self, table: &str) -> i64 {
        let database = rusqlite::Connection::open(self.data.path().join("egusi.db")).unwrap();
        database.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    }
}

async fn new_company(store: &Arc<dyn Store>, clock: &ManualClock, name: &str) -> FreshCompany {
    let company = fresh_company(name, &Mint::new().unwrap(), clock.now_ms()).unwrap();
    store.create_company(company.row.clone()).await.unwrap();
    company
}
