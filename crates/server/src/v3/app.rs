//! Apps: saved configurations of the widget, and the links that open them.

use crate::apps::saved;
use crate::config::Settings;
use crate::v3::scalars::{Id, Major, Thresholds, Time};
use egusi_protocol::{AppId, Currency};
use egusi_store::AppRow;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// One saved configuration of the widget.
#[derive(Debug, Serialize, ToSchema)]
pub struct App {
    /// Its name on the wire.
    #[schema(value_type = Id)]
    id: AppId,
    /// What it is called.
    name: String,
    /// Its name in links.
    short: String,
    /// Its link, if the operator has said under which address this server is reached.
    link: Option<String>,
    /// The pages that may show the window for it, by their origins.
    allowed_origins: Vec<String>,
    /// The options of the widget that are saved with it.
    #[schema(value_type = Object)]
    options: Map<String, Value>,
    /// Below which available balance you are told, for each currency.
    #[schema(value_type = BTreeMap<String, Major>)]
    low_funds: BTreeMap<Currency, Major>,
    /// When it was made.
    created_at: Time,
    /// When it last changed.
    updated_at: Time,
}

impl App {
    /// As it is told.
    pub fn shown(row: AppRow, settings: &Settings) -> Self {
        let AppRow { id, name, short, allowed_origins, options, low_funds, created_at_ms, updated_at_ms } =
            row;
        let major = |(currency, minor)| (currency, Major::new(minor, currency));
        Self {
            id,
            name,
            link: settings.link(&short),
            short,
            allowed_origins,
            options: saved::read(&options),
            low_funds: low_funds.into_iter().map(major).collect(),
            created_at: Time(created_at_ms),
            updated_at: Time(updated_at_ms),
        }
    }
}

/// What an App is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppWanted {
    /// What it is called.
    #[schema(min_length = 1, max_length = 80, pattern = r"^\S(.*\S)?$")]
    pub name: String,
    /// Below which available balance you want to be told, for each currency; in major units.
    #[serde(default)]
    #[schema(value_type = Thresholds)]
    pub low_funds: BTreeMap<Currency, String>,
    /// The pages that may show the window for it: origins such as `https://shop.example`, or the word
    /// `null` for pages that have none.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub allowed_origins: Vec<String>,
    /// Options of `buildWithOptions` to save with it; its link opens the window with them.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub options: Map<String, Value>,
    /// What its link is to be called; without it, what it is called already, or a name we make.
    #[serde(default)]
    #[schema(pattern = "^[A-Za-z0-9_-]{3,40}$")]
    pub short: Option<String>,
}
