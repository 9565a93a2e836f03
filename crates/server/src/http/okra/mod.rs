//! The Okra-compatible API: bodies read leniently, answers in Okra's envelope.
//!
//! [`doors`] lists every path there is, those that this server does not serve included; [`call`] is
//! what every handler gets; [`looks`] ask institutions again and [`callback`] tells how such a look
//! stands.

pub mod accounts;
pub mod address;
pub mod auths;
pub mod balances;
pub mod banks;
pub mod body;
pub mod call;
pub mod callback;
pub mod customers;
pub mod doors;
mod filters;
pub mod looks;
pub mod records;
pub mod transactions;

use crate::error::ApiError;
use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use egusi_protocol::{Environment, ErrorCode};
use serde::Serialize;

/// The base path a call came by: which generation of the API, and which world it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Base {
    /// The generation, whose shapes differ in places.
    pub version: Version,
    /// The world of the path. Wherever there is a key, the key decides instead.
    pub env: Environment,
}

/// Generations of the Okra API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// `/v1`, with more lists than single things.
    V1,
    /// `/v2`.
    V2,
}

/// `{status, message, data}`. Each answer has a `data` that is not null: okra-node reads into it.
#[derive(Serialize)]
pub struct Envelope<T> {
    status: &'static str,
    message: &'static str,
    data: T,
}

/// A good answer. Always 200: a PHP client takes nothing else for success.
pub fn good<T>(message: &'static str, data: T) -> Json<Envelope<T>> {
    Json(Envelope { status: "success", message, data })
}

/// A refusal in Okra's shape: short, with `message` on top, because a client cuts it out of text.
pub struct OkraError(ApiError);

impl From<ApiError> for OkraError {
    fn from(error: ApiError) -> Self {
        Self(error)
    }
}

impl From<egusi_store::StoreError> for OkraError {
    fn from(error: egusi_store::StoreError) -> Self {
        Self(error.into())
    }
}

#[derive(Serialize)]
struct OkraErrorBody<'a> {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    message: &'a str,
}

impl IntoResponse for OkraError {
    fn into_response(self) -> Response {
        let status = self.0.status();
        let name = (status == StatusCode::UNAUTHORIZED).then_some("APIError");
        let code = (self.0.code() == ErrorCode::NotSupported).then_some("NOT_SUPPORTED");
        let body = OkraErrorBody { status: "error", name, code, message: self.0.message() };
        let retry_after = self.0.retry_after_s().map(|wait_s| [(RETRY_AFTER, wait_s.to_string())]);
        (status, retry_after, Json(body)).into_response()
    }
}

/// Any path without a handler: one that Okra had and this server has not, or one that never was.
///
/// The first is no 404: a PHP client takes that for a wrong key.
pub async fn nothing_here(uri: Uri) -> OkraError {
    match doors::find(uri.path()) {
        Some(door) => {
            let message = format!("{} is not supported by this server", door.path);
            ApiError::refused(ErrorCode::NotSupported, message).into()
        }
        None => ApiError::refused(ErrorCode::NotFound, "Not supported by this server").into(),
    }
}

/// A path that is there, called with a method that is not. Nearly all are POST alone.
pub async fn not_this_way() -> OkraError {
    ApiError::refused(ErrorCode::MethodNotAllowed, "Wrong method - expected POST").into()
}
