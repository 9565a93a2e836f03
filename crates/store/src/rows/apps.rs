//! Apps: saved configurations of the widget, and the links by which they are opened.

use super::Scope;
use egusi_protocol::{AppId, Currency};

/// One saved configuration of the widget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppRow {
    /// Its name on the wire.
    pub id: AppId,
    /// What it is called.
    pub name: String,
    /// Its name in links, unlike that of any other App of any company.
    pub short: String,
    /// The origins of the pages that may show the window for it, or the word `null` for pages that
    /// have none; in the order of the alphabet.
    pub allowed_origins: Vec<String>,
    /// JSON text of an object: the options of the widget that are saved with it.
    pub options: String,
    /// Thresholds in minor units, one for each currency that has one, in the order of the codes.
    pub low_funds: Vec<(Currency, i64)>,
    /// When it was made.
    pub created_at_ms: i64,
    /// When it last changed.
    pub updated_at_ms: i64,
}

/// An App as its link finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Whose it is, and in which world.
    pub scope: Scope,
    /// The company's name.
    pub company_name: String,
    /// The App.
    pub app: AppRow,
}

/// Which pages all Apps of all companies allow, as they were at one time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    /// How often an App had been saved until then; the same number means the same origins.
    pub saves: i64,
    /// Those that allow any, each with its origins in the order of the alphabet.
    pub apps: Vec<AppOrigins>,
}

/// Which pages one App allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppOrigins {
    /// Whose it is, and in which world.
    pub scope: Scope,
    /// The App.
    pub app: AppId,
    /// The origins.
    pub origins: Vec<String>,
}
