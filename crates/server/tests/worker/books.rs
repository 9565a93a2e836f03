//! A server as a process of its own, and the other side of its store.

use egusi_protocol::{CompanyId, EndpointId, Environment, EventKind};
use egusi_server::clock::{Clock, Mint, SystemClock};
use egusi_server::seal::Sealer;
use egusi_store::*;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running server.
pub struct Server(Child);

impl Server {
    /// Starts one that may send to this machine, with more in its environment.
    pub fn start(data: &Path, more: &[(&str, &Path)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_egusi-server"))
            .envs(more.iter().copied())
            .args(["serve", "--listen", "127.0.0.1:0", "--webhook-networks", "127.0.0.1,::1", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.contains("listening"), "{line}");
        Self(child)
    }

    /// As a power cut would: with a signal that no process can handle.
    pub fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has usually ended already.
        let _ = self.0.kill();
    }
}

/// The other side of the store, as whoever finishes a session writes to it.
pub struct Books {
    store: SqliteStore,
    scope: Scope,
    mint: Mint,
}

impl Books {
    pub fn open(data: &Path) -> Self {
        let scope = Scope { company: CompanyId::from([1; 12]), env: Environment::Production };
        Self { store: SqliteStore::open(&data.join("egusi.db")).unwrap(), scope, mint: Mint::new().unwrap() }
    }

    /// An endpoint at that address, with a secret of the given text.
    pub async fn endpoint(&self, data: &Path, url: String, secret: &str) {
        let id: EndpointId = self.mint.id(SystemClock.now_ms());
        let sealer = Sealer::from_file(&data.join("egusi.key")).unwrap();
        let endpoint = NewEndpoint {
            id,
            url,
            is_standing: true,
            secret: sealer.seal(id.bytes(), secret.as_bytes()).unwrap(),
            at_ms: SystemClock.now_ms(),
        };
        self.store.ensure_endpoint(self.scope, endpoint).await.unwrap();
    }

    /// Something happens; how its webhook will be called.
    pub async fn happen(&self, body: &str) -> String {
        let at_ms = SystemClock.now_ms();
        let id = self.mint.id(at_ms);
        let record = Some([4; 12].into());
        let kind = EventKind::BalanceRead;
        let event = NewEvent { id, kind, record, endpoint: None, body: body.to_owned(), at_ms };
        self.store.add_event(self.scope, event).await.unwrap();
        format!("evt_{id}")
    }

    /// Reads the deliveries, the newest first, until they are as wanted.
    pub async fn until(&self, wanted: impl Fn(&[DeliveryRow]) -> bool) {
        let mut last = Vec::new();
        let reading = async {
            loop {
                let filter = DeliveryFilter::default();
                last = self.store.deliveries(self.scope, filter, Page::first(9)).await.unwrap();
                if wanted(&last) {
                    return;
                }
                tokio::task::yield_now().await;
            }
        };
        let in_time = tokio::time::timeout(Duration::from_secs(60), reading).await;
        assert!(in_time.is_ok(), "never became as wanted: {last:#?}");
    }
}
