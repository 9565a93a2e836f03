//! Asks an institution again about a record, and writes what it answered.

use crate::error::ApiError;
use crate::state::App;
use egusi_protocol::RecordId;
use egusi_store::Scope;

/// Reads the balances of a record now, while the caller waits, and writes a new reading of each
/// account that is shared.
///
/// # Errors
/// `NotFound` for an unknown record, `SignInNeeded` and `InstitutionFailed` if the institution does
/// not answer with balances.
pub async fn balances(_app: &App, _scope: Scope, _record: RecordId) -> Result<(), ApiError> {
    Err(ApiError::Unavailable("not yet".into()))
}
