//! What a link opens: the saved configuration behind its name, as everybody may see it.

use crate::apps::saved;
use crate::error::ApiError;
use crate::sessions::asking::find_link;
use crate::state::App;
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use egusi_protocol::{AppId, Environment};
use serde::Serialize;
use serde_json::{Map, Value};

/// A saved configuration, without what is nobody else's affair.
#[derive(Serialize)]
pub struct Saved {
    app_id: AppId,
    env: Environment,
    options: Map<String, Value>,
}

/// `GET /connect/v1/links/{short}`
pub async fn show(
    State(app): State<App>,
    short: Result<Path<String>, PathRejection>,
) -> Result<Json<Saved>, ApiError> {
    let short = short.map(|Path(short)| short).unwrap_or_default();
    let link = find_link(&app, &short).await?;
    let options = saved::shown(&link.app.options);
    Ok(Json(Saved { app_id: link.app.id, env: link.scope.env, options }))
}
