//! `banks/list` and `banks/getById`, which Okra's clients call with GET or POST and sometimes
//! without a key.

use super::body::Fields;
use super::{Base, OkraError, good};
use crate::auth::SecretKey;
use crate::error::ApiError;
use crate::okra::bank::OkraBank;
use crate::state::App;
use axum::extract::{Extension, State};
use axum::response::{IntoResponse, Response};
use egusi_protocol::{Environment, ErrorCode, InstitutionId};
use serde::Serialize;

#[derive(Serialize)]
struct Banks<'a> {
    banks: Vec<OkraBank<'a>>,
}

/// `banks/list`: every bank of the world. Never paged, because okra-node asks for pages of one.
pub async fn list(
    State(app): State<App>,
    Extension(base): Extension<Base>,
    key: Option<SecretKey>,
) -> Response {
    let banks = app.connector(world(key, base)).map(|connector| OkraBank::all(connector.as_ref()));
    good("Banks retrieved successfully", Banks { banks: banks.unwrap_or_default() }).into_response()
}

/// `banks/getById`: the data is the bank itself. The id stands in the query, or in the body.
pub async fn get_by_id(
    State(app): State<App>,
    Extension(base): Extension<Base>,
    key: Option<SecretKey>,
    fields: Fields,
) -> Result<Response, OkraError> {
    let id: InstitutionId = fields.id(&["id", "bank"])?;
    let connector = app.connector(world(key, base));
    let bank = connector.and_then(|connector| {
        let institution = connector.institutions().iter().find(|institution| institution.id == id)?;
        Some(OkraBank::new(institution, connector.details(id)?))
    });
    let bank = bank.ok_or_else(|| ApiError::refused(ErrorCode::NotFound, "Bank not found"))?;
    Ok(good("Bank retrieved successfully", bank).into_response())
}

/// The key's world; without a key, the one whose path was taken.
fn world(key: Option<SecretKey>, base: Base) -> Environment {
    key.map_or(base.env, |SecretKey(scope)| scope.env)
}
