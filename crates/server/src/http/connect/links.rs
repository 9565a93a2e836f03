//! What a link opens: the saved configuration behind its name, as everybody may see it.

use crate::apps::saved;
use crate::error::ApiError;
use crate::sessions::asking::find_link;
use crate::state::App;
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use egusi_protocol::{AppId, Environment};
use egusi_store::Link;
use serde::Serialize;
use serde_json::{Map, Value};

/// A saved configuration, without what is nobody else's affair.
#[derive(Clone, Debug, Serialize)]
pub struct Saved {
    app_id: AppId,
    env: Environment,
    options: Map<String, Value>,
}

impl Saved {
    /// What everybody may see of a link.
    pub fn of(link: &Link) -> Self {
        let options = saved::shown(&link.app.options);
        Self { app_id: link.app.id, env: link.scope.env, options }
    }

    /// The language its window speaks.
    pub fn language(&self) -> Option<&str> {
        self.options.get("language").and_then(Value::as_str)
    }
}

/// `GET /connect/v1/links/{short}`
pub async fn show(
    State(app): State<App>,
    short: Result<Path<String>, PathRejection>,
) -> Result<Json<Saved>, ApiError> {
    let short = short.map(|Path(short)| short).unwrap_or_default();
    let link = find_link(&app, &short).await?;
    Ok(Json(Saved::of(&link)))
}
