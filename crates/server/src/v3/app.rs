//! Apps: saved configurations of the widget, for now a name and low-funds thresholds.

use crate::v3::scalars::{Id, Major, Thresholds, Time};
use egusi_protocol::{AppId, Currency};
use egusi_store::AppRow;
use serde::{Deserialize, Serialize};
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
    /// Below which available balance you are told, for each currency.
    #[schema(value_type = BTreeMap<String, Major>)]
    low_funds: BTreeMap<Currency, Major>,
    /// When it was made.
    created_at: Time,
    /// When it last changed.
    updated_at: Time,
}

impl From<AppRow> for App {
    fn from(row: AppRow) -> Self {
        let AppRow { id, name, low_funds, created_at_ms, updated_at_ms } = row;
        let shown = |(currency, minor)| (currency, Major::new(minor, currency));
        Self {
            id,
            name,
            low_funds: low_funds.into_iter().map(shown).collect(),
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
}
