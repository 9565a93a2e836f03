//! Who calls, as parameter types: a handler that takes one cannot be reached without it.
//!
//! Both APIs for companies' servers ask the same question, [`caller`]; they differ in how the header
//! may be written and in the words of a refusal.

use crate::error::ApiError;
use crate::http::okra::OkraError;
use crate::http::rate::Allowance;
use crate::keys;
use crate::sessions::opening::quoted;
use crate::state::{App, AppState};
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::header::{AUTHORIZATION, ORIGIN};
use axum::http::request::Parts;
use egusi_protocol::{ErrorCode, KeyId, Secret};
use egusi_store::{Key, KeyKind, Scope, StoreError};

/// The bearer of a session, not yet looked up.
pub struct SessionToken(pub Secret);

impl FromRequestParts<App> for SessionToken {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        token(parts, Spelling::BearerOrBare).map(Self).ok_or_else(|| {
            ApiError::refused(ErrorCode::SessionExpired, "authorization: expected the session's bearer token")
        })
    }
}

/// Somebody who has shown a secret key.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// Whose data they may reach, in which world.
    pub scope: Scope,
    /// The key they showed.
    pub key: KeyId,
    /// How many calls they have left, if they are counted.
    pub allowance: Option<Allowance>,
}

/// Whoever calls v3. The gate before its doors has asked already; without it, it is asked here.
impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        match parts.extensions.get::<Self>() {
            Some(known) => Ok(*known),
            None => caller(parts, app, Spelling::Bearer).await.map_err(ApiError::from),
        }
    }
}

/// The company and world of a secret key, as Okra's clients show it.
pub struct SecretKey(pub Scope);

impl FromRequestParts<App> for SecretKey {
    type Rejection = OkraError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, OkraError> {
        if let Some(known) = parts.extensions.get::<Caller>() {
            return Ok(Self(known.scope));
        }
        let caller = caller(parts, app, Spelling::BearerOrBare).await;
        caller.map(|caller| Self(caller.scope)).map_err(|why| why.in_few_words().into())
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

/// How an authorization header may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// `Bearer` and the token.
    Bearer,
    /// The same, or the token alone: some of Okra's clients send it so.
    BearerOrBare,
}

/// Why a caller is turned away.
#[derive(Debug)]
pub enum TurnedAway {
    /// There is no token in the header, or no header.
    NoKey,
    /// No key of ours, or one that has ended.
    UnknownKey,
    /// A key that may be seen by anyone.
    PublicKey,
    /// A secret key that a browser's page sent; what the browser said of the page.
    FromBrowser(String),
    /// More calls than the key may make; in so many seconds there is room for one.
    TooManyCalls(u32),
    /// The store does not answer.
    Store(StoreError),
}

/// Finds out who calls, refuses who may not, and counts the call.
///
/// # Errors
/// See [`TurnedAway`].
pub async fn caller(parts: &Parts, app: &App, spelling: Spelling) -> Result<Caller, TurnedAway> {
    let token = token(parts, spelling).ok_or(TurnedAway::NoKey)?;
    let key = match known_key(app, token.expose()).await {
        Ok(key) if key.kind == KeyKind::Secret => key,
        Ok(_) => return Err(TurnedAway::PublicKey),
        Err(StoreError::NotFound) => return Err(TurnedAway::UnknownKey),
        Err(error) => return Err(TurnedAway::Store(error)),
    };
    if let Some(page) = sent_by_page(parts) {
        return Err(TurnedAway::FromBrowser(page));
    }
    let allowance = app.limits.take(key.id).map_err(TurnedAway::TooManyCalls)?;
    Ok(Caller { scope: key.scope, key: key.id, allowance })
}

/// A key of whatever kind; one that has ended is as unknown as one that never was.
///
/// # Errors
/// `NotFound`, or that the store does not answer.
pub async fn known_key(app: &AppState, text: &str) -> Result<Key, StoreError> {
    let key = app.store.key(keys::hash(text)).await?;
    match key.ends_at_ms {
        Some(ends_at_ms) if ends_at_ms <= app.now_ms() => Err(StoreError::NotFound),
        _ => Ok(key),
    }
}

/// What a browser says of the page that calls. `Sec-Fetch-Mode` is no sign of one: Node's own
/// `fetch` sends it too.
fn sent_by_page(parts: &Parts) -> Option<String> {
    let header =
        |name: &str| parts.headers.get(name).map(|value| quoted(&String::from_utf8_lossy(value.as_bytes())));
    header(ORIGIN.as_str()).or_else(|| header("sec-fetch-site"))
}

fn token(parts: &Parts, spelling: Spelling) -> Option<Secret> {
    let value = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.trim();
    let token = match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        None if spelling == Spelling::BearerOrBare => value,
        Some(_) | None => return None,
    };
    (!token.is_empty()).then(|| Secret::new(token.to_owned()))
}

impl TurnedAway {
    /// For Okra's clients, some of which cut the text out of 120 bytes.
    pub fn in_few_words(self) -> ApiError {
        match self {
            Self::NoKey | Self::UnknownKey | Self::PublicKey => {
                ApiError::refused(ErrorCode::Unauthorized, "Unauthorized - expected a secret key")
            }
            Self::FromBrowser(_) => ApiError::refused(
                ErrorCode::Forbidden,
                "A browser sent a secret key. It belongs on your server: revoke it",
            ),
            Self::TooManyCalls(wait_s) => {
                let message = format!("Too many calls - try again in {wait_s} s");
                ApiError::Later(ErrorCode::RateLimited, message, wait_s)
            }
            Self::Store(error) => error.into(),
        }
    }
}

/// In whole sentences, for v3.
impl From<TurnedAway> for ApiError {
    fn from(why: TurnedAway) -> Self {
        let unauthorized = |message: &str| Self::refused(ErrorCode::Unauthorized, message);
        match why {
            TurnedAway::NoKey => {
                unauthorized("authorization: expected Bearer and a secret key, got nothing like it")
            }
            TurnedAway::UnknownKey => {
                unauthorized("authorization: expected a secret key of this server, got an unknown one")
            }
            TurnedAway::PublicKey => unauthorized(
                "authorization: expected a secret key, got a public key, which only opens the widget",
            ),
            TurnedAway::FromBrowser(page) => Self::refused(
                ErrorCode::Forbidden,
                format!(
                    "Secret keys belong on your server; this call came from a browser page (origin {page}). Revoke this key."
                ),
            ),
            TurnedAway::TooManyCalls(wait_s) => {
                let message =
                    format!("This key has made more calls than it may in a minute. Try again in {wait_s} s.");
                Self::Later(ErrorCode::RateLimited, message, wait_s)
            }
            TurnedAway::Store(error) => error.into(),
        }
    }
}
