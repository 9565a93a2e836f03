//! A server in this process whose webhooks go round when they are told to.

use egusi_protocol::{CompanyId, EndpointId, Environment, EventKind};
use egusi_server::clock::{Clock, ManualClock, SystemClock};
use egusi_server::config::Settings;
use egusi_server::seal::Sealer;
use egusi_server::state::{App, AppState};
use egusi_server::webhooks::guard::{Names, SystemNames};
use egusi_server::webhooks::send::Sender;
use egusi_server::webhooks::{deliver, endpoints};
use egusi_store::{DeliveryFilter, DeliveryRow, Endpoint, NewEvent, Page, Scope, SqliteStore};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// What a receiver may take in these tests, where the real one has 15 s.
const TIMEOUT: Duration = Duration::from_millis(300);

pub struct Site {
    pub app: App,
    pub clock: Arc<ManualClock>,
    pub data: TempDir,
}

impl Site {
    /// A server that may send to this machine.
    pub fn new() -> Self {
        Self::with(&["127.0.0.1"], Arc::new(SystemNames))
    }

    pub fn with(networks: &[&str], names: Arc<dyn Names>) -> Self {
        // The official library compares with the time of day.
        let clock = Arc::new(ManualClock::at(SystemClock.now_ms()));
        Self::in_folder(tempfile::tempdir().unwrap(), clock, networks, names)
    }

    /// The same server after a restart: everything but the files and the time is new.
    pub fn restarted(self) -> Self {
        let Self { app, clock, data } = self;
        drop(app);
        Self::in_folder(data, clock, &["127.0.0.1"], Arc::new(SystemNames))
    }

    fn in_folder(data: TempDir, clock: Arc<ManualClock>, networks: &[&str], names: Arc<dyn Names>) -> Self {
        let store = Arc::new(SqliteStore::open(&data.path().join("egusi.db")).unwrap());
        let sealer = Sealer::from_file(&data.path().join("egusi.key")).unwrap();
        let mut app = AppState::new(store, sealer, clock.clone(), Settings::default()).unwrap();
        let networks: Vec<_> = networks.iter().map(|network| (*network).to_owned()).collect();
        app.webhooks = Sender::with_names(&networks, names).unwrap();
        app.webhooks.timeout = TIMEOUT;
        Self { app: Arc::new(app), clock, data }
    }

    pub fn scope(&self) -> Scope {
        Scope { company: CompanyId::from([1; 12]), env: Environment::Sandbox }
    }

    pub async fn endpoint(&self, url: &str) -> Endpoint {
        endpoints::ensure(&self.app, self.scope(), url, true).await.unwrap()
    }

    pub async fn secret(&self, endpoint: EndpointId) -> String {
        endpoints::secret(&self.app, self.scope(), endpoint).await.unwrap().expose().to_owned()
    }

    /// Something happens to a record.
    pub async fn happen(&self, record: u8) -> NewEvent {
        let at_ms = self.clock.now_ms();
        let event = NewEvent {
            id: self.app.mint.id(at_ms),
            kind: EventKind::BalanceRead,
            record: Some([record; 12].into()),
            endpoint: None,
            body: format!("{{\"method\":\"BALANCE\",\"of\":{record},\"name\":\"Ọ̀ṣun\"}}"),
            at_ms,
        };
        self.app.store.add_event(self.scope(), event.clone()).await.unwrap();
        event
    }

    pub async fn round(&self) -> usize {
        deliver::round(&self.app).await.unwrap()
    }

    /// Every delivery, the newest first.
    pub async fn deliveries(&self) -> Vec<DeliveryRow> {
        let page = Page::first(100);
        self.app.store.deliveries(self.scope(), DeliveryFilter::default(), page).await.unwrap()
    }

    /// The one delivery there is.
    pub async fn delivery(&self) -> DeliveryRow {
        let mut deliveries = self.deliveries().await;
        assert_eq!(deliveries.len(), 1);
        deliveries.remove(0)
    }

    /// Moves the clock to when the one delivery is due, and says by how much.
    pub async fn wait_until_due(&self) -> i64 {
        let by_ms = self.delivery().await.due_at_ms.unwrap() - self.clock.now_ms();
        self.clock.advance(by_ms);
        by_ms
    }
}
