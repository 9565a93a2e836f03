//! How a widget opens, and what the server tells it about the opening.

use crate::{Environment, Product, Secret, SessionId, Step};
use serde::{Deserialize, Serialize};

/// Body of `POST /connect/v1/sessions`: the options of `buildWithOptions` the server needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenSession {
    /// Public key, a UUID.
    pub key: String,
    /// Client token, 24 hexadecimal digits.
    pub token: String,
    /// Which world the customer connects in.
    pub env: Environment,
    /// Name shown to the customer; the company's own if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What is asked for; `auth` is implied.
    pub products: Vec<Product>,
    /// Whether the customer sees figures on the account list.
    pub show_balance: bool,
    /// The currency the company is billed in; kept, not the accounts' own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Where events of this connection go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<String>,
    /// Where the browser goes when the customer is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect_url: Option<String>,
    /// The App whose configuration this is. One that is not known here counts as none: pages that
    /// come from Okra carry ids of theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_id: Option<String>,
    /// JSON text of the host's `options`, by which the company finds what comes of this again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<String>,
    /// JSON text of the host's `meta`, handed back as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meta: Option<String>,
    /// JSON text of the host's `charge`. Its amount tells which accounts hold too little.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge: Option<String>,
    /// The page that embeds the widget, as the browser vouches for it; absent when opaque.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host_origin: Option<String>,
}

/// What the widget may show about an opening; nothing in it is secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// The session's name, for support; its token is the secret.
    pub session: SessionId,
    /// Who asks.
    pub name: String,
    /// Who runs this server.
    pub operator: String,
    /// Which world.
    pub env: Environment,
    /// What is read, `auth` included.
    pub products: Vec<Product>,
    /// Whether figures are shown.
    pub show_balance: bool,
    /// For how many days the company may read, from the moment of connecting.
    pub consent_days: u16,
    /// Where the browser goes when the customer is done; vetted by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect_url: Option<String>,
}

/// Answer to `POST /connect/v1/sessions`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct SessionOpened {
    /// Bearer of every later call; 256 bits, kept by the server only as a hash.
    #[serde(serialize_with = "Secret::send")]
    pub session_token: Secret,
    /// What to show.
    pub setting: Setting,
    /// Where the session stands.
    pub step: Step,
}
