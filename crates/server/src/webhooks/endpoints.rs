//! The addresses webhooks go to, and the secrets they are signed with.

use crate::error::ApiError;
use crate::sessions::opening::quoted;
use crate::state::App;
use crate::webhooks::guard::Networks;
use crate::webhooks::sign::fresh_secret;
use crate::webhooks::target::{Target, expected};
use egusi_protocol::{EndpointId, ErrorCode, Secret};
use egusi_store::{Endpoint, EndpointChange, NewEndpoint, Scope};

/// For how long the secret before signs along after a rotation.
pub const PREVIOUS_SIGNS_MS: i64 = 24 * 3_600_000;

/// The endpoint of an address; one that is new gets a secret of its own.
///
/// # Errors
/// `InvalidRequest` if no webhook may go there.
pub async fn ensure(app: &App, scope: Scope, url: &str, is_standing: bool) -> Result<Endpoint, ApiError> {
    let url = checked("url", url, app.webhooks.networks())?;
    let at_ms = app.now_ms();
    let id: EndpointId = app.mint.id(at_ms);
    let (_, secret) = sealed_secret(app, id)?;
    let endpoint = NewEndpoint { id, url, is_standing, secret, at_ms };
    Ok(app.store.ensure_endpoint(scope, endpoint).await?)
}

/// The address as it is kept, if webhooks may go there; the field is named in the refusal.
///
/// # Errors
/// `InvalidRequest`, with what was expected.
pub fn checked(field: &str, url: &str, networks: &Networks) -> Result<String, ApiError> {
    match Target::read(url, networks) {
        Some(target) => Ok(target.url.into()),
        None => {
            let expected = expected(networks);
            let text = format!("{field}: {expected}; got {}", quoted(url));
            Err(ApiError::refused(ErrorCode::InvalidRequest, text))
        }
    }
}

/// Gives an endpoint a new secret. The one before signs along for a day, so that the company can
/// change its own side meanwhile.
///
/// # Errors
/// `NotFound` for an unknown endpoint.
pub async fn rotate(app: &App, scope: Scope, id: EndpointId) -> Result<Secret, ApiError> {
    let (secret, sealed) = sealed_secret(app, id)?;
    let change = EndpointChange::Secret(sealed, app.now_ms() + PREVIOUS_SIGNS_MS);
    app.store.change_endpoint(scope, id, change).await?;
    Ok(secret)
}

/// The secret of an endpoint, for its company to read.
///
/// # Errors
/// `NotFound` for an unknown endpoint.
pub async fn secret(app: &App, scope: Scope, id: EndpointId) -> Result<Secret, ApiError> {
    let endpoint = app.store.endpoint(scope, id).await?;
    let broken = || ApiError::Internal("the secret of an endpoint cannot be opened".into());
    let bytes = app.sealer.open(id.bytes(), &endpoint.secret).map_err(|_| broken())?;
    let text = std::str::from_utf8(&bytes).map_err(|_| broken())?;
    Ok(Secret::new(text.to_owned()))
}

/// A new secret, and the same sealed for its endpoint.
fn sealed_secret(app: &App, id: EndpointId) -> Result<(Secret, Vec<u8>), ApiError> {
    let secret = fresh_secret().map_err(|error| ApiError::Internal(error.to_string()))?;
    let sealed = app.sealer.seal(id.bytes(), secret.expose().as_bytes());
    let sealed = sealed.map_err(|_| ApiError::Internal("a secret could not be sealed".into()))?;
    Ok((secret, sealed))
}
