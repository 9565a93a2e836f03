//! One try: a signed request to a vetted address, and what became of it.
//!
//! Nothing of the reply is kept but its status and how long it asks to wait.

use crate::webhooks::guard::{BadNetwork, Guard, Names, Networks, OutOfReach, Reach, SystemNames};
use crate::webhooks::sign::{SigningKey, message_id, signature};
use crate::webhooks::target::Target;
use egusi_store::EventRow;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Client, Response, redirect};
use std::error::Error;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// How long a receiver may take for everything: connecting, reading, answering.
const TIMEOUT: Duration = Duration::from_secs(15);
const REPLY_BYTES_MAX: usize = 64 * 1024;
const USER_AGENT: &str = concat!("egusi-server/", env!("CARGO_PKG_VERSION"));

/// Sends webhooks.
pub struct Sender {
    /// How long a receiver may take.
    pub timeout: Duration,
    networks: Arc<Networks>,
    names: Arc<dyn Names>,
    clients: OnceLock<Result<Clients, String>>,
}

/// One client for each reach, since a client knows one resolver. Neither follows redirects nor
/// heeds a proxy: both would lead past the guard.
struct Clients {
    anywhere: Client,
    own_networks: Client,
}

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// What the answer's `Retry-After` says.
    pub retry_after: Option<String>,
    /// Why it failed, in a few words without any address; empty if it did not.
    pub problem: String,
}

impl Outcome {
    /// A try that got no answer.
    pub fn failed(problem: impl Into<String>) -> Self {
        Self { status: None, retry_after: None, problem: problem.into() }
    }
}

impl Sender {
    /// A sender that may go to these networks of the operator's, beside the public ones.
    ///
    /// # Errors
    /// The first text that names no network.
    pub fn new(networks: &[String]) -> Result<Self, BadNetwork> {
        Self::with_names(networks, Arc::new(SystemNames))
    }

    /// The same, with another way to look names up.
    ///
    /// # Errors
    /// The first text that names no network.
    pub fn with_names(networks: &[String], names: Arc<dyn Names>) -> Result<Self, BadNetwork> {
        let networks = Arc::new(Networks::read(networks)?);
        Ok(Self { timeout: TIMEOUT, networks, names, clients: OnceLock::new() })
    }

    /// What the operator allows beside the public internet.
    pub fn networks(&self) -> &Networks {
        &self.networks
    }

    /// Tells an event once, signed by each of the keys at the given time.
    pub async fn send(&self, url: &str, event: &EventRow, keys: &[SigningKey], now_ms: i64) -> Outcome {
        // The rules may have become stricter since the endpoint was made.
        let Some(target) = Target::read(url, &self.networks) else {
            return Outcome::failed(OutOfReach.to_string());
        };
        let clients = match self.clients.get_or_init(|| self.clients()) {
            Ok(clients) => clients,
            Err(problem) => return Outcome::failed(problem),
        };
        let client = match target.reach {
            Reach::Anywhere => &clients.anywhere,
            Reach::OwnNetworks => &clients.own_networks,
        };
        let id = message_id(event.id);
        let at_s = now_ms.div_euclid(1_000);
        let request = client
            .post(target.url)
            .timeout(self.timeout)
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-signature", signature(keys, &id, at_s, &event.body))
            .header("webhook-id", id)
            .header("webhook-timestamp", at_s)
            .header("egusi-event", event.kind.as_str())
            .header("egusi-sequence", event.sequence)
            .body(event.body.clone());
        match request.send().await {
            Ok(response) => answered(response).await,
            Err(error) => Outcome::failed(in_words(&error)),
        }
    }

    fn clients(&self) -> Result<Clients, String> {
        // Somebody may have chosen a provider for the whole process already; theirs is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Ok(Clients {
            anywhere: self.client(Reach::Anywhere)?,
            own_networks: self.client(Reach::OwnNetworks)?,
        })
    }

    fn client(&self, reach: Reach) -> Result<Client, String> {
        let guard = || Guard { names: self.names.clone(), networks: self.networks.clone(), reach };
        let builder = || {
            Client::builder()
                .dns_resolver(Arc::new(guard()))
                .redirect(redirect::Policy::none())
                .no_proxy()
                .referer(false)
                .user_agent(USER_AGENT)
                .pool_idle_timeout(Duration::from_secs(30))
                .pool_max_idle_per_host(egusi_store::IN_FLIGHT_MAX as usize)
        };
        // A machine without any certificate authorities can still reach what needs none.
        builder().build().or_else(|error| {
            tracing::warn!(%error, "no certificate authorities on this machine: https webhooks will fail");
            builder()
                .tls_certs_only([])
                .build()
                .map_err(|_| "webhooks cannot be sent from this machine".to_owned())
        })
    }
}

/// The status says it all. The rest is read as far as it is short, so that the connection can be
/// used again, and thrown away.
async fn answered(mut response: Response) -> Outcome {
    let status = response.status();
    let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
    let retry_after = retry_after.map(str::to_owned);
    let mut read = 0;
    while read <= REPLY_BYTES_MAX
        && let Ok(Some(chunk)) = response.chunk().await
    {
        read += chunk.len();
    }
    let problem = if status.is_success() { String::new() } else { format!("status {}", status.as_u16()) };
    Outcome { status: Some(status.as_u16()), retry_after, problem }
}

/// The trouble in words of ours: the client's own name the URL, which may hold a secret.
fn in_words(error: &reqwest::Error) -> String {
    let causes = || std::iter::successors(error.source(), |cause| (*cause).source());
    let text = if causes().any(|cause| cause.is::<OutOfReach>()) {
        return OutOfReach.to_string();
    } else if error.is_timeout() {
        "no answer in time"
    } else if causes().any(is_of_encryption) {
        "the certificate or the encryption was not good"
    } else if let Some(trouble) = causes().find_map(|cause| cause.downcast_ref::<std::io::Error>()) {
        return match trouble.kind() {
            std::io::ErrorKind::ConnectionRefused => "connection refused".to_owned(),
            std::io::ErrorKind::ConnectionReset => "connection reset".to_owned(),
            _ if error.is_connect() => "no connection, or no such name".to_owned(),
            _ => "the connection broke".to_owned(),
        };
    } else if error.is_connect() {
        "no connection, or no such name"
    } else {
        "no answer that could be read"
    };
    text.to_owned()
}

/// The encryption hands its errors on inside of others, which do not name them as their cause.
fn is_of_encryption(cause: &(dyn Error + 'static)) -> bool {
    let inside = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    cause.is::<rustls::Error>() || inside.is_some_and(|inside| is_of_encryption(inside))
}
