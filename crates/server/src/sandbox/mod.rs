//! What tests and operators change about the sandbox: test persons, what accounts hold, and when a
//! customer must sign in again.
//!
//! [`books`] keeps it; [`balances`], [`persons`] and [`simulate`] are the verbs, for whatever door asks. A verb
//! takes the caller's scope and refuses those of production.

pub mod balances;
pub mod books;
pub mod persons;
pub mod simulate;

pub use books::KeptBooks;

use crate::error::ApiError;
use egusi_connectors::sandbox::EditError;
use egusi_protocol::{CompanyId, Environment, ErrorCode};
use egusi_store::Scope;

/// The company of a sandbox key.
///
/// # Errors
/// `Forbidden` for a key of production: it may not change what only tests should see.
pub fn company_of(scope: Scope) -> Result<CompanyId, ApiError> {
    match scope.env {
        Environment::Sandbox => Ok(scope.company),
        Environment::Production | Environment::Unknown => Err(ApiError::refused(
            ErrorCode::Forbidden,
            "This key opens production; the sandbox wants a sandbox secret key",
        )),
    }
}

impl From<EditError> for ApiError {
    fn from(error: EditError) -> Self {
        match error {
            EditError::NotFound => Self::refused(ErrorCode::NotFound, "The sandbox has nothing by that name"),
            EditError::Refused(text) => Self::refused(ErrorCode::InvalidRequest, text),
            EditError::Busy => {
                Self::refused(ErrorCode::Conflict, "Another call is changing the same thing; try again")
            }
            EditError::Books(error) => Self::Unavailable(error.to_string()),
        }
    }
}
