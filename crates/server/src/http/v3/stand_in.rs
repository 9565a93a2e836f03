//! Stands where `crate::webhooks::endpoints` will: the same verbs, which cannot work yet.

use crate::error::ApiError;
use crate::state::App;
use egusi_protocol::{EndpointId, Secret};
use egusi_store::{Endpoint, Scope};

fn not_yet() -> ApiError {
    ApiError::Unavailable("webhooks are not there yet".into())
}

/// The endpoint of that address, made if there is none.
pub async fn ensure(_: &App, _: Scope, _url: &str, _is_standing: bool) -> Result<Endpoint, ApiError> {
    Err(not_yet())
}

/// Its secret.
pub async fn secret(app: &App, scope: Scope, id: EndpointId) -> Result<Secret, ApiError> {
    app.store.endpoint(scope, id).await?;
    Err(not_yet())
}

/// A new secret in place of its own.
pub async fn rotate(app: &App, scope: Scope, id: EndpointId) -> Result<Secret, ApiError> {
    app.store.endpoint(scope, id).await?;
    Err(not_yet())
}
