//! How a widget opens, and what the server tells it about the opening.

use crate::{
    Currency, Environment, Form, Holders, InstitutionFilter, InstitutionId, Product, Secret, SessionId, Step,
};
use serde::{Deserialize, Serialize};

/// Body of `POST /connect/v1/sessions`: the options of `buildWithOptions` the server needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OpenSession {
    /// Public key, a UUID. Empty where a saved configuration is named.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// Client token, 24 hexadecimal digits. Empty where a saved configuration is named.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub token: String,
    /// Short name of a saved configuration, an App's; it stands for the key and the token.
    #[serde(default, rename = "ref", skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
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
    /// Whether a charge takes what is there now and the rest when it comes.
    #[serde(default, skip_serializing_if = "is_false")]
    pub garnish: bool,
    /// Whose accounts are wanted; without it a business's accounts are refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holders: Option<Holders>,
    /// JSON text of the host's `filter`: which institutions are offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// Countries whose institutions are offered, ISO 3166-1 alpha-2; Nigeria if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// How many accounts may be shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<Selection>,
    /// The last day on which the widget opens, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exp: Option<String>,
    /// Where to open: the id or the slug of an institution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    /// The only account that may be shared, by its full number.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "Secret::send_some")]
    pub account_number: Option<Secret>,
    /// JSON text of the host's `customer`: who may have been here before, by one of `id`, `bvn`,
    /// `phone`, `email` and `nin`.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "Secret::send_some")]
    pub customer: Option<Secret>,
    /// The page that embeds the widget, as the browser vouches for it: its origin, or `null` where
    /// the browser calls it so. Absent where the widget is a page of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host_origin: Option<String>,
}

impl OpenSession {
    /// An opening that says nothing but the world.
    pub fn of_nothing(env: Environment) -> Self {
        Self {
            key: String::new(),
            token: String::new(),
            short: None,
            env,
            name: None,
            products: Vec::new(),
            show_balance: false,
            currency: None,
            callback_url: None,
            redirect_url: None,
            app_id: None,
            options: None,
            meta: None,
            charge: None,
            garnish: false,
            holders: None,
            filter: None,
            countries: Vec::new(),
            selection: None,
            exp: None,
            institution: None,
            account_number: None,
            customer: None,
            host_origin: None,
        }
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}

codes! {
    /// How many of the accounts may be shared.
    pub enum Selection {
        /// Exactly one.
        Single = "single",
        /// One or more.
        Multiple = "multiple",
        /// One or more, and all are ticked at first.
        All = "all",
    }
}

/// An amount the host means to collect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeView {
    /// In minor units.
    pub amount_minor: i64,
    /// What it is in.
    pub currency: Currency,
    /// Whether what is there is taken now and the rest when it comes.
    pub garnish: bool,
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
    /// How many accounts may be shared.
    #[serde(default = "multiple", skip_serializing_if = "is_multiple")]
    pub selection: Selection,
    /// Which institutions may be chosen.
    pub filter: InstitutionFilter,
    /// Go there straight from the consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<InstitutionId>,
    /// Last four digits of the only account that may be shared, if one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_ending: Option<String>,
    /// Where this customer connected before, the latest first; shown before the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returning: Vec<InstitutionId>,
    /// What the host means to collect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge: Option<ChargeView>,
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
    /// Where the session stands. Where an earlier consent still holds and the institution is
    /// known, it stands at the form already.
    pub step: Step,
    /// How many steps there were; see [`crate::StepReply::turn`].
    #[serde(default)]
    pub turn: u32,
}

/// What a widget that was loaded anew needs to go on with its session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resumed {
    /// What to show.
    pub setting: Setting,
    /// The form behind the step, unless the step is one itself or there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
}

fn multiple() -> Selection {
    Selection::Multiple
}

fn is_multiple(selection: &Selection) -> bool {
    *selection == Selection::Multiple
}
