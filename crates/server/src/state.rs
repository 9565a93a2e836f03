//! Everything a request may reach.

use crate::bells::Bells;
use crate::clock::{Clock, Mint};
use crate::config::Settings;
use crate::hosts::{Hosts, Welcome};
use crate::http::rate::Limits;
use crate::readings::queue::Looks;
use crate::sandbox::KeptBooks;
use crate::seal::Sealer;
use crate::sessions::naming::Namings;
use crate::webhooks::send::Sender;
use egusi_connectors::sandbox::SandboxError;
use egusi_connectors::{Connector, Sandbox};
use egusi_protocol::{Environment, InstitutionList};
use egusi_store::Store;
use std::sync::Arc;

/// Handed to every handler.
pub type App = Arc<AppState>;

/// More people than this do not mistype within a minute.
const WRONG_NUMBERS_PER_MINUTE: u32 = 120;

/// The parts of a running server.
pub struct AppState {
    /// What outlives the process.
    pub store: Arc<dyn Store>,
    /// The institutions of the sandbox. Production has none in this version.
    pub sandbox: Arc<dyn Connector>,
    /// The same sandbox, where tests and operators change what it holds.
    pub sandbox_desk: Arc<Sandbox>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids.
    pub mint: Mint,
    /// The seal.
    pub sealer: Arc<Sealer>,
    /// Sends webhooks.
    pub webhooks: Sender,
    /// What the operator chose.
    pub settings: Settings,
    /// How many calls each key has left.
    pub limits: Limits,
    /// How many wrong numbers of receipts may still be tried, by everybody together.
    pub wrong_numbers: Limits,
    /// How often each customer was known by name of late.
    pub namings: Namings,
    /// Looks at banks that are under way.
    pub looks: Looks,
    /// Which pages may show the window.
    pub hosts: Hosts,
    /// Rung when there is work for those who go on by themselves, or news for those who wait.
    pub bells: Bells,
    /// The sandbox's list of institutions, written once.
    pub sandbox_list: ListBody,
}

/// A list of institutions as it goes over the wire.
pub struct ListBody {
    /// JSON.
    pub plain: bytes::Bytes,
    /// The same, compressed with brotli.
    pub brotli: bytes::Bytes,
}

impl AppState {
    /// Wires a server together; only the parts that differ between a real one and a test's arrive.
    ///
    /// # Errors
    /// If the machine has no randomness, the sandbox's data is broken, or a setting makes no sense.
    pub fn new(
        store: Arc<dyn Store>,
        sealer: Sealer,
        clock: Arc<dyn Clock>,
        settings: Settings,
    ) -> anyhow::Result<Self> {
        let sealer = Arc::new(sealer);
        let books = Arc::new(KeptBooks::new(store.clone(), sealer.clone()));
        let sandbox_desk = Arc::new(Sandbox::extended(books, &settings.sandbox).map_err(flawed)?);
        let sandbox: Arc<dyn Connector> = sandbox_desk.clone();
        let sandbox_list = ListBody::of(sandbox_desk.as_ref())?;
        // A server that offers nothing but its sandbox has nothing that a stranger's page could take.
        let offered = if of_world(&sandbox, Environment::Production).is_some() {
            Welcome::Registered
        } else {
            Welcome::Any
        };
        let welcome = settings.hosts.unwrap_or(offered);
        let webhooks = Sender::new(&settings.webhook_networks)?;
        Ok(Self {
            limits: Limits::new(settings.calls_per_minute, clock.clone()),
            wrong_numbers: Limits::new(WRONG_NUMBERS_PER_MINUTE, clock.clone()),
            store,
            sandbox,
            sandbox_desk,
            clock,
            mint: Mint::new()?,
            sealer,
            webhooks,
            settings,
            namings: Namings::default(),
            looks: Looks::default(),
            hosts: Hosts::new(welcome),
            bells: Bells::default(),
            sandbox_list,
        })
    }

    /// The connector of a world, if it has one.
    pub fn connector(&self, env: Environment) -> Option<&Arc<dyn Connector>> {
        of_world(&self.sandbox, env)
    }

    /// Milliseconds since the beginning of 1970, UTC.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }
}

/// Production has no connector in this version.
fn of_world(sandbox: &Arc<dyn Connector>, env: Environment) -> Option<&Arc<dyn Connector>> {
    match env {
        Environment::Sandbox => Some(sandbox),
        Environment::Production | Environment::Unknown => None,
    }
}

/// The connector knows the scenario or the institution; its author wants to know the file as well.
fn flawed(flaw: SandboxError) -> anyhow::Error {
    let file = match &flaw {
        SandboxError::Unreadable { .. } => return flaw.into(),
        SandboxError::Institution { .. } => "sandbox/institutions.json",
        SandboxError::Scenario { .. } => "sandbox/scenarios.json",
    };
    anyhow::Error::new(flaw).context(file)
}

impl ListBody {
    /// Writes the list of a connector.
    ///
    /// # Errors
    /// If the list cannot be written as JSON or compressed, which only a broken build can cause.
    pub fn of(connector: &dyn Connector) -> anyhow::Result<Self> {
        let list = InstitutionList { institutions: connector.institutions().to_vec() };
        let plain = serde_json::to_vec(&list)?;
        let mut brotli = Vec::new();
        let best = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
        brotli::BrotliCompress(&mut plain.as_slice(), &mut brotli, &best)?;
        Ok(Self { plain: plain.into(), brotli: brotli.into() })
    }
}
