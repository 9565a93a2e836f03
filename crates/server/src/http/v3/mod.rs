//! v3, for companies' servers: the same data as Okra's clients see, with one way to say each thing.
//!
//! Read [`gate`] first, which every call passes, then [`call`] and [`query`], by which handlers read
//! a request; the handlers are a file for each subject. The shapes are in [`crate::v3`], and
//! [`crate::http::openapi`] describes every door.

pub mod accounts;
pub mod apps;
pub mod balances;
pub mod call;
pub mod customers;
pub mod deliveries;
pub mod endpoints;
pub mod gate;
pub mod institutions;
pub mod query;
pub mod records;
pub mod transactions;

use crate::error::ApiError;
use axum::Json;
use egusi_protocol::ErrorCode;

/// A good answer, or why there is none.
type Answer<T> = Result<Json<T>, ApiError>;

/// What is not there and what is somebody else's answer alike.
fn not_found() -> ApiError {
    egusi_store::StoreError::NotFound.into()
}

fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::refused(ErrorCode::InvalidRequest, message)
}
