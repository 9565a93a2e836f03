//! Looks that are asked for and go on without the asker.

use crate::error::ApiError;
use crate::state::App;
use egusi_protocol::RecordId;
use egusi_store::{Scope, Task, TaskKind};

/// Asks for a look at a record. One that was asked for within the last 60 s, or that still runs, is
/// not begun again; the answer tells how it stands, and whether it is a new one.
///
/// # Errors
/// `NotFound` for an unknown record.
pub async fn ask(
    _app: &App,
    _scope: Scope,
    _record: RecordId,
    _kind: TaskKind,
) -> Result<(Task, bool), ApiError> {
    Err(ApiError::Unavailable("not yet".into()))
}
