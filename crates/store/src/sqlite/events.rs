//! Queries about events, the endpoints they go to, and their deliveries.

use crate::{NewEvent, Scope, StoreError};
use rusqlite::Connection;

/// Adds an event and a delivery to each endpoint that is to hear of it: the record's own and the
/// company's standing ones, those that are disabled left out. An event whose id is there is not
/// added again.
pub(super) fn add(_db: &Connection, _scope: Scope, _event: NewEvent) -> Result<(), StoreError> {
    Err(StoreError::Unavailable("not yet".to_owned()))
}
