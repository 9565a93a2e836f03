//! The same call again is no second one: a write that carries an `Idempotency-Key` is done once, and
//! its answer is kept for a day.
//!
//! The kept answer is sealed, because some answers hold a secret. What failed by our own fault is
//! not kept: the same call may then be made again.

use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::BODY_BYTES_MAX;
use crate::state::App;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, OriginalUri, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use egusi_protocol::ErrorCode;
use egusi_store::{KnownCall, NewCall, Scope};
use sha2::{Digest, Sha256};

/// The header of a call.
pub const HEADER: HeaderName = HeaderName::from_static("idempotency-key");
/// The header of an answer that was given before.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// For how long an answer is kept.
pub const KEEP_MS: i64 = 86_400_000;

const CHARS_MAX: usize = 255;
/// Longer than any call may take: after that nobody works on it any more.
const BUSY_MS: i64 = 60_000;

/// Does a call that carries a key once. Stands behind the gate, so it knows who calls.
pub async fn once(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_write = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !is_write || !request.headers().contains_key(HEADER) {
        return next.run(request).await;
    }
    match keyed(&app, request, next).await {
        Ok(answer) => answer,
        Err(error) => error.into_response(),
    }
}

async fn keyed(app: &App, request: Request, next: Next) -> Result<Response, ApiError> {
    let (mut parts, body) = request.into_parts();
    let key = key_of(&parts)?;
    let caller = <Caller as FromRequestParts<App>>::from_request_parts(&mut parts, app).await?;
    let scope = caller.scope;
    let body = to_bytes(body, BODY_BYTES_MAX).await.map_err(|_| {
        ApiError::refused(
            ErrorCode::TooLarge,
            format!("body: expected at most {BODY_BYTES_MAX} bytes, got more, or the connection broke"),
        )
    })?;
    let now_ms = app.now_ms();
    let call = NewCall {
        key,
        fingerprint: fingerprint(&parts, &body),
        at_ms: now_ms,
        busy_until_ms: now_ms + BUSY_MS,
    };
    match app.store.begin_call(scope, call).await? {
        KnownCall::Fresh => {
            let answer = next.run(Request::from_parts(parts, Body::from(body))).await;
            keep(app, scope, key, answer).await
        }
        KnownCall::Running(wait_ms) => {
            let wait_s = u32::try_from(wait_ms.max(1).unsigned_abs().div_ceil(1000)).unwrap_or(u32::MAX);
            let message = "idempotency-key: the same call is still being worked on. Try again in a moment.";
            Err(ApiError::Later(ErrorCode::Conflict, message.into(), wait_s))
        }
        KnownCall::Answered(status, sealed) => replay(app, scope, key, status, &sealed),
        KnownCall::Mismatch => Err(ApiError::refused(
            ErrorCode::IdempotencyMismatch,
            "idempotency-key: expected a new one, got one that was used for another call",
        )),
    }
}

/// The hash of the key, or what is wrong with it.
fn key_of(parts: &Parts) -> Result<[u8; 32], ApiError> {
    let mut keys = parts.headers.get_all(HEADER).iter();
    let (Some(key), None) = (keys.next(), keys.next()) else {
        return Err(ApiError::refused(
            ErrorCode::InvalidRequest,
            "idempotency-key: expected one, got several",
        ));
    };
    let key = key.as_bytes();
    let is_visible = key.iter().all(|byte| (0x21..=0x7e).contains(byte));
    if key.is_empty() || key.len() > CHARS_MAX || !is_visible {
        let message =
            format!("idempotency-key: expected 1 to {CHARS_MAX} visible characters, got {}", key.len());
        return Err(ApiError::refused(ErrorCode::InvalidRequest, message));
    }
    Ok(Sha256::digest(key).into())
}

fn fingerprint(parts: &Parts, body: &[u8]) -> [u8; 32] {
    // The router has cut the path where it branches.
    let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |OriginalUri(uri)| uri);
    let address = uri.path_and_query().map_or("", |address| address.as_str());
    let mut hash = Sha256::new();
    for part in [parts.method.as_str().as_bytes(), address.as_bytes(), body] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// Keeps an answer before it goes out.
async fn keep(app: &App, scope: Scope, key: [u8; 32], answer: Response) -> Result<Response, ApiError> {
    let (parts, body) = answer.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(|error| ApiError::Internal(error.to_string()))?;
    let kept = match parts.status.is_server_error() {
        true => None,
        false => {
            let sealed = app.sealer.seal(&place(scope, key), &body);
            let sealed = sealed.map_err(|_| ApiError::Internal("an answer could not be sealed".into()))?;
            Some((parts.status.as_u16(), BASE64.encode(sealed)))
        }
    };
    if let Err(error) = app.store.end_call(scope, key, kept).await {
        // What was asked for is done; the caller is told so all the same.
        tracing::error!(%error, "an answer could not be kept for its idempotency key");
    }
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn replay(app: &App, scope: Scope, key: [u8; 32], status: u16, sealed: &str) -> Result<Response, ApiError> {
    let broken = || ApiError::Internal("a kept answer cannot be opened".into());
    let sealed = BASE64.decode(sealed).map_err(|_| broken())?;
    let body = app.sealer.open(&place(scope, key), &sealed).map_err(|_| broken())?;
    let status = StatusCode::from_u16(status).map_err(|_| broken())?;
    let mut answer = (status, body.to_vec()).into_response();
    let headers = answer.headers_mut();
    headers.remove(CONTENT_TYPE);
    if !body.is_empty() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(answer)
}

/// Where a kept answer belongs, so that it opens nowhere else.
fn place(scope: Scope, key: [u8; 32]) -> Vec<u8> {
    [b"call".as_slice(), scope.company.bytes(), scope.env.as_str().as_bytes(), &key].concat()
}
