//! A JSON body of the widget's API, refused in our own error shape when it cannot be read.

use crate::error::ApiError;
use crate::http::BODY_BYTES_MAX;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use egusi_protocol::ErrorCode;
use serde::de::DeserializeOwned;

/// The body of a call, read whole.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(refusal(&rejection)),
        }
    }
}

/// Says what was expected. The text of serde's own error may quote a value of the body, which may
/// be a password, so only its place is told.
fn refusal(rejection: &JsonRejection) -> ApiError {
    match rejection {
        JsonRejection::MissingJsonContentType(_) => {
            ApiError::refused(ErrorCode::InvalidRequest, "content-type: expected application/json")
        }
        JsonRejection::JsonSyntaxError(_) => {
            ApiError::refused(ErrorCode::InvalidRequest, "body: expected JSON, got something else")
        }
        JsonRejection::JsonDataError(_) => ApiError::refused(
            ErrorCode::InvalidRequest,
            "body: a field is missing or not of the type the API's description gives",
        ),
        _ => ApiError::refused(
            ErrorCode::TooLarge,
            format!("body: expected at most {BODY_BYTES_MAX} bytes, got more, or the connection broke"),
        ),
    }
}
