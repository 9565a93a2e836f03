//! The one error of the widget's API, and what becomes of it on the wire.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use egusi_protocol::{ErrorBody, ErrorCode};
use egusi_store::StoreError;

/// Why a call was refused. The text of the variants with one is for the caller; the detail of an
/// internal error goes to the log here, once, and never into an answer.
#[derive(Clone, Debug)]
pub enum ApiError {
    /// The caller can mend it.
    Refused(ErrorCode, String),
    /// The caller need only wait, for so many seconds.
    Later(ErrorCode, String, u32),
    /// The store or a queue cannot work now.
    Unavailable(String),
    /// Our fault.
    Internal(String),
}

impl ApiError {
    /// A refusal in words.
    pub fn refused(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::Refused(code, message.into())
    }

    /// What the caller's program branches on.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Refused(code, _) | Self::Later(code, _, _) => *code,
            Self::Unavailable(_) => ErrorCode::Unavailable,
            Self::Internal(_) => ErrorCode::Internal,
        }
    }

    /// The HTTP status of the code.
    pub const fn status(&self) -> StatusCode {
        match self.code() {
            ErrorCode::InvalidRequest
            | ErrorCode::UnknownProduct
            | ErrorCode::WrongEnvironment
            | ErrorCode::NotSupported => StatusCode::BAD_REQUEST,
            ErrorCode::UnknownKey
            | ErrorCode::UnknownToken
            | ErrorCode::Unauthorized
            | ErrorCode::SessionExpired => StatusCode::UNAUTHORIZED,
            ErrorCode::Forbidden | ErrorCode::OriginNotAllowed => StatusCode::FORBIDDEN,
            ErrorCode::NotFound | ErrorCode::UnknownLink => StatusCode::NOT_FOUND,
            ErrorCode::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            ErrorCode::NoInstitutions
            | ErrorCode::SessionBusy
            | ErrorCode::WrongStep
            | ErrorCode::Conflict
            | ErrorCode::SignInNeeded
            | ErrorCode::ConsentRevoked => StatusCode::CONFLICT,
            ErrorCode::WidgetExpired => StatusCode::GONE,
            ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ErrorCode::IdempotencyMismatch => StatusCode::UNPROCESSABLE_ENTITY,
            ErrorCode::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::Unavailable | ErrorCode::InstitutionFailed => StatusCode::SERVICE_UNAVAILABLE,
            ErrorCode::Internal | ErrorCode::Unknown => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// After how many seconds the same call may succeed, where that is known.
    pub const fn retry_after_s(&self) -> Option<u32> {
        match self {
            Self::Later(_, _, wait_s) => Some(*wait_s),
            Self::Refused(..) | Self::Unavailable(_) | Self::Internal(_) => None,
        }
    }

    /// What the caller reads. The detail of what is not theirs to mend stays in the log.
    pub fn message(&self) -> &str {
        match self {
            Self::Refused(_, message) | Self::Later(_, message, _) => message,
            Self::Unavailable(detail) => {
                tracing::error!(detail, "unavailable");
                "The server cannot work right now. Try again in a moment."
            }
            Self::Internal(detail) => {
                tracing::error!(detail, "internal error");
                "Something went wrong on the server."
            }
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::refused(ErrorCode::NotFound, "There is nothing here by that name."),
            StoreError::Conflict => Self::Internal("a conflict nobody expected".into()),
            StoreError::Unavailable(detail) => Self::Unavailable(detail),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = ErrorBody { code: self.code(), message: self.message().to_owned() };
        let retry_after = self.retry_after_s().map(|wait_s| [(RETRY_AFTER, wait_s.to_string())]);
        (self.status(), retry_after, Json(body)).into_response()
    }
}
