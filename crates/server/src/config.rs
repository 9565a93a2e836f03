//! What an operator may say, on the command line or in the environment.

use crate::commands::apps::AppCommand;
use crate::hosts::Welcome;
use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand, ValueEnum};
use egusi_connectors::SandboxFiles;
use egusi_protocol::{CompanyId, Environment, KeyId, RecordId};
use egusi_store::KeyKind;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use url::Url;

/// Connects bank accounts and tells what they hold.
#[derive(Debug, Parser)]
#[command(name = "egusi-server", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the widget and the APIs until SIGTERM.
    Serve(Serve),
    /// Manage companies.
    #[command(subcommand)]
    Company(CompanyCommand),
    /// Manage a company's Apps: saved configurations of the widget, and their links.
    #[command(subcommand)]
    App(AppCommand),
    /// Manage a company's keys.
    #[command(subcommand)]
    Key(KeyCommand),
}

/// Where everything is kept.
#[derive(Clone, Debug, Args)]
pub struct Data {
    /// Folder of the database and the key that seals it; made if missing.
    #[arg(long = "data", env = "EGUSI_DATA", value_name = "DIR")]
    pub dir: PathBuf,
    /// Key file, if it is to lie elsewhere than beside the database.
    #[arg(long, env = "EGUSI_KEY_FILE", value_name = "FILE")]
    pub key_file: Option<PathBuf>,
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where everything is kept.
    #[command(flatten)]
    pub data: Data,
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, env = "EGUSI_LISTEN", value_name = "HOST:PORT", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// What an operator may choose.
    #[command(flatten)]
    pub settings: Settings,
}

/// A key that still works after a year has not been rotated.
const OVERLAP_HOURS_MAX: i64 = 366 * 24;

/// A browser waits a little longer than this, and a session is taken for a little longer.
const BANK_TIMEOUT_S_MAX: i64 = 40;

/// A page without script stays blank so long; after that it says that it still waits.
const PLAIN_WAIT_S: u8 = 12;

/// The bare address of a web server: whatever else stood in it would be lost when a path is put to it.
///
/// # Errors
/// What was expected.
pub fn public_url(text: &str) -> std::result::Result<Url, String> {
    let is_bare = |url: &Url| {
        let is_plain = url.username().is_empty() && url.password().is_none();
        let is_short = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        matches!(url.scheme(), "http" | "https") && is_plain && is_short
    };
    let expected = || "expected an address without a path, such as https://connect.example".to_owned();
    Url::parse(text).ok().filter(is_bare).ok_or_else(expected)
}

/// What an operator may choose about a running server.
#[derive(Clone, Debug, Args)]
pub struct Settings {
    /// Who runs this server, as customers read it on the first screen.
    #[arg(long, env = "EGUSI_OPERATOR", value_name = "NAME", default_value = "Egusi")]
    pub operator: String,
    /// Address under which companies reach this server, such as https://connect.example; answers
    /// that name an address of ours begin with it. Without it,
    /// what the caller called is used, and a server that listens for this machine alone knows its own.
    #[arg(long, env = "EGUSI_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    pub public_url: Option<Url>,
    /// Calls one key may make in a minute; 0 sets no limit.
    #[arg(long, env = "EGUSI_CALLS_PER_MINUTE", value_name = "NUMBER", default_value_t = 600)]
    pub calls_per_minute: u32,
    /// How long a bank may take for one step of a sign-in, and for one look later, in seconds.
    #[arg(long, env = "EGUSI_BANK_TIMEOUT_S", value_name = "SECONDS", default_value_t = 30,
        value_parser = clap::value_parser!(u8).range(1..=BANK_TIMEOUT_S_MAX))]
    pub bank_timeout_s: u8,
    /// How long an answer of the window without scripts may wait for a bank, in seconds.
    #[arg(skip = PLAIN_WAIT_S)]
    pub plain_wait_s: u8,
    /// Networks of this operator's own that webhooks may go to, though they are private: an address
    /// or a network such as 10.1.0.0/16; may be given several times, or as a list with commas.
    #[arg(long, env = "EGUSI_WEBHOOK_NETWORKS", value_name = "NETWORK", value_delimiter = ',')]
    pub webhook_networks: Vec<String>,
    /// Whose pages may show the window and open sessions: any page's, or only those that are registered
    /// with an App. Without it, any page's while this server offers nothing but its sandbox.
    #[arg(long, env = "EGUSI_HOSTS", value_enum, value_name = "WHOSE")]
    pub hosts: Option<Welcome>,
    /// What the operator adds to the sandbox, read from the data folder when the server starts.
    #[arg(skip)]
    pub sandbox: SandboxFiles,
}

impl Settings {
    /// Completed by what the operator adds to the sandbox: the two files, if they are there.
    ///
    /// # Errors
    /// If a file is there and cannot be read.
    pub fn with_sandbox_of(self, data: &Path) -> Result<Self> {
        let read = |name: &str| match std::fs::read_to_string(data.join("sandbox").join(name)) {
            Ok(text) => Ok(Some(text)),
            Err(missing) if missing.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("reading sandbox/{name} of the data folder")),
        };
        let sandbox =
            SandboxFiles { scenarios: read("scenarios.json")?, institutions: read("institutions.json")? };
        Ok(Self { sandbox, ..self })
    }

    /// Completed by what is known once the server listens: who listens for this machine alone is
    /// reached at just that address.
    pub fn reached_at(self, address: SocketAddr) -> Self {
        let own = || Url::parse(&format!("http://{address}")).ok().filter(|_| address.ip().is_loopback());
        Self { public_url: self.public_url.or_else(own), ..self }
    }

    /// Whether browsers reach this server by TLS, as far as the operator has said.
    pub fn is_reached_by_tls(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }

    /// The address of a link, if it is known under which address this server is reached.
    pub fn link(&self, short: &str) -> Option<String> {
        self.public_url.as_ref().and_then(|base| base.join(short).ok()).map(String::from)
    }

    /// How long a bank may take for one step.
    pub const fn bank_timeout(&self) -> Duration {
        Duration::from_secs(self.bank_timeout_s as u64)
    }

    /// Where a company can ask how the work on a record stands; empty if the operator has not said
    /// under which address this server is reached.
    pub fn poll_url(&self, record: RecordId, method: &str) -> String {
        let poll = |base: &Url| base.join(&format!("/v2/callback?record={record}&method={method}")).ok();
        self.public_url.as_ref().and_then(poll).map(String::from).unwrap_or_default()
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            operator: "Egusi".to_owned(),
            public_url: None,
            calls_per_minute: 600,
            bank_timeout_s: 30,
            plain_wait_s: PLAIN_WAIT_S,
            webhook_networks: Vec::new(),
            hosts: None,
            sandbox: SandboxFiles::default(),
        }
    }
}

/// What can be done with companies.
#[derive(Debug, Subcommand)]
pub enum CompanyCommand {
    /// Make a company and print its keys, which are shown only this once.
    Create {
        /// What it is called.
        name: String,
        /// Where everything is kept.
        #[command(flatten)]
        data: Data,
        /// Print JSON and nothing else.
        #[arg(long)]
        json: bool,
    },
    /// List the companies, oldest first.
    List {
        /// Where everything is kept.
        #[command(flatten)]
        data: Data,
        /// Print JSON and nothing else.
        #[arg(long)]
        json: bool,
    },
}

/// What can be done with keys.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// List a company's keys by their ids and last characters; a key itself is shown only once.
    List {
        /// The company's client token.
        company: CompanyId,
        /// Where everything is kept.
        #[command(flatten)]
        data: Data,
        /// Print JSON and nothing else.
        #[arg(long)]
        json: bool,
    },
    /// Make one more key beside those that are there, and print it.
    Create(NewKeyOptions),
    /// Make a new key and set an end to those of its world and kind, then print it.
    Rotate {
        /// Which key.
        #[command(flatten)]
        new: NewKeyOptions,
        /// For how many hours the old ones still work, so that servers can be told in turn.
        #[arg(long, value_name = "HOURS", default_value_t = 24,
            value_parser = clap::value_parser!(u32).range(..=OVERLAP_HOURS_MAX))]
        overlap_hours: u32,
    },
    /// End a key now.
    Revoke {
        /// The company's client token.
        company: CompanyId,
        /// The key's id, as `key list` shows it.
        key: KeyId,
        /// Where everything is kept.
        #[command(flatten)]
        data: Data,
    },
}

/// What a new key is to be.
#[derive(Debug, Args)]
pub struct NewKeyOptions {
    /// The company's client token.
    pub company: CompanyId,
    /// The world it opens.
    #[arg(long, value_enum)]
    pub env: World,
    /// What it may do.
    #[arg(long, value_enum)]
    pub kind: Kind,
    /// Where everything is kept.
    #[command(flatten)]
    pub data: Data,
    /// Print JSON and nothing else.
    #[arg(long)]
    pub json: bool,
}

/// A world, as the command line names it.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum World {
    /// Banks of the sandbox.
    Sandbox,
    /// Real banks.
    Production,
}

impl From<World> for Environment {
    fn from(world: World) -> Self {
        match world {
            World::Sandbox => Self::Sandbox,
            World::Production => Self::Production,
        }
    }
}

/// What a key may do, as the command line names it.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Kind {
    /// Opens widgets; may be seen by anyone.
    Public,
    /// Reads data; for servers only.
    Secret,
}

impl From<Kind> for KeyKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Public => Self::Public,
            Kind::Secret => Self::Secret,
        }
    }
}
