//! Who calls, as parameter types: a handler that takes one cannot be reached without it.

use crate::error::ApiError;
use crate::http::okra::OkraError;
use crate::keys;
use crate::state::App;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use egusi_protocol::{ErrorCode, Secret};
use egusi_store::{KeyKind, Scope, StoreError};

/// The bearer of a session, not yet looked up.
pub struct SessionToken(pub Secret);

impl FromRequestParts<App> for SessionToken {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        bearer(parts).map(Self).ok_or_else(|| {
            ApiError::refused(ErrorCode::SessionExpired, "authorization: expected the session's bearer token")
        })
    }
}

/// The company and world of a secret key.
pub struct SecretKey(pub Scope);

impl FromRequestParts<App> for SecretKey {
    type Rejection = OkraError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, OkraError> {
        let unauthorized =
            || ApiError::refused(ErrorCode::Unauthorized, "Unauthorized - expected a secret key");
        let token = bearer(parts).ok_or_else(unauthorized)?;
        match app.store.key(keys::hash(token.expose())).await {
            Ok(key) if key.kind == KeyKind::Secret => Ok(Self(key.scope)),
            Ok(_) | Err(StoreError::NotFound) => Err(unauthorized().into()),
            Err(error) => Err(error.into()),
        }
    }
}

/// No key at all is no error here; a wrong one still is.
impl OptionalFromRequestParts<App> for SecretKey {
    type Rejection = OkraError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, OkraError> {
        if !parts.headers.contains_key(AUTHORIZATION) {
            return Ok(None);
        }
        <Self as FromRequestParts<App>>::from_request_parts(parts, app).await.map(Some)
    }
}

/// The token of the authorization header, with or without `Bearer`: some Okra clients send it bare.
fn bearer(parts: &Parts) -> Option<Secret> {
    let value = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.trim();
    let token = match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        Some(_) => return None,
        None => value,
    };
    (!token.is_empty()).then(|| Secret::new(token.to_owned()))
}
