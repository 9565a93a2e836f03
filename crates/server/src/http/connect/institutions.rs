//! The list of institutions: the same for everyone, so it is written and compressed once.

use crate::error::ApiError;
use crate::state::App;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse, Response};
use egusi_protocol::{Environment, ErrorCode};
use serde::Deserialize;

/// Which list.
#[derive(Deserialize)]
pub struct Wanted {
    env: Environment,
}

/// `GET /connect/v1/institutions?env=production-sandbox`
pub async fn list(
    State(app): State<App>,
    wanted: Result<Query<Wanted>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let env = wanted.map_or(Environment::Unknown, |Query(wanted)| wanted.env);
    match env {
        Environment::Sandbox => {}
        Environment::Production => {
            return Err(ApiError::refused(
                ErrorCode::NoInstitutions,
                "No institution is connected for production.",
            ));
        }
        Environment::Unknown => {
            return Err(ApiError::refused(
                ErrorCode::InvalidRequest,
                "env: expected production or production-sandbox",
            ));
        }
    }
    let body = &app.sandbox_list;
    let common = [
        (CONTENT_TYPE, "application/json"),
        (CACHE_CONTROL, "public, max-age=300"),
        (VARY, "accept-encoding"),
    ];
    Ok(if accepts_brotli(&headers) {
        (common, [(CONTENT_ENCODING, "br")], body.brotli.clone()).into_response()
    } else {
        (common, body.plain.clone()).into_response()
    })
}

/// Whether the client takes brotli. A weight of zero, which no browser sends, is not looked for.
pub fn accepts_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| coding.split(';').next().unwrap_or_default().trim() == "br")
}
