//! Queries about endpoints: where webhooks go, by which secret they are signed, and whether
//! anything arrives there.

use super::columns::{Word, id};
use super::deliveries;
use crate::{Endpoint, EndpointChange, NewEndpoint, Scope, StoreError};
use egusi_protocol::EndpointId;
use rusqlite::{Connection, OptionalExtension, Row, params};

macro_rules! select_endpoints {
    ($rest:literal) => {
        concat!(
            "SELECT id, url, is_standing, secret, previous, previous_until_ms, failing_since_ms,
                disabled_at_ms, created_at_ms
            FROM endpoint WHERE company = ?1 AND env = ?2 ",
            $rest
        )
    };
}

pub(super) const BY_ID: &str = select_endpoints!("AND id = ?3");
pub(super) const BY_URL: &str = select_endpoints!("AND url = ?3");

/// An endpoint that is there keeps its secret; the one that came along is of no use then.
pub(super) fn ensure(db: &Connection, scope: Scope, endpoint: NewEndpoint) -> Result<Endpoint, StoreError> {
    let NewEndpoint { id, url, is_standing, secret, at_ms } = endpoint;
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let known = db.prepare_cached(BY_URL)?.query_row(params![company, env, url], read).optional()?;
    match known {
        Some(known) if known.is_standing || !is_standing => Ok(known),
        Some(known) => {
            change(db, scope, known.id, EndpointChange::Standing(true))?;
            find(db, scope, known.id)
        }
        None => {
            let sql = "INSERT INTO endpoint (company, env, id, url, is_standing, secret, created_at_ms)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let values = params![company, env, id.bytes(), url, is_standing, secret, at_ms];
            db.prepare_cached(sql)?.execute(values)?;
            find(db, scope, id)
        }
    }
}

/// Each company's list is read whole, and then put in order: that of ids is nearly it.
pub(super) fn all(db: &Connection, scope: Scope) -> Result<Vec<Endpoint>, StoreError> {
    let mut statement = db.prepare_cached(select_endpoints!(""))?;
    let rows = statement.query_map(params![scope.company.bytes(), Word(scope.env)], read)?;
    let mut endpoints = rows.collect::<Result<Vec<_>, _>>()?;
    endpoints.sort_by_key(|endpoint| (endpoint.created_at_ms, endpoint.id));
    Ok(endpoints)
}

pub(super) fn find(db: &Connection, scope: Scope, id: EndpointId) -> Result<Endpoint, StoreError> {
    let values = params![scope.company.bytes(), Word(scope.env), id.bytes()];
    db.prepare_cached(BY_ID)?.query_row(values, read).optional()?.ok_or(StoreError::NotFound)
}

pub(super) fn change(
    db: &Connection,
    scope: Scope,
    id: EndpointId,
    change: EndpointChange,
) -> Result<(), StoreError> {
    let (company, env, endpoint) = (scope.company.bytes(), Word(scope.env), id.bytes());
    let changed = match change {
        EndpointChange::Secret(secret, previous_until_ms) => {
            let sql = "UPDATE endpoint SET previous = secret, previous_until_ms = ?5, secret = ?4
                WHERE company = ?1 AND env = ?2 AND id = ?3";
            let values = params![company, env, endpoint, secret, previous_until_ms];
            db.prepare_cached(sql)?.execute(values)?
        }
        EndpointChange::Standing(is_standing) => {
            let sql = "UPDATE endpoint SET is_standing = ?4 WHERE company = ?1 AND env = ?2 AND id = ?3";
            db.prepare_cached(sql)?.execute(params![company, env, endpoint, is_standing])?
        }
        EndpointChange::Disabled(Some(at_ms)) => disable(db, scope, id, at_ms)?,
        EndpointChange::Disabled(None) => {
            // Its time of failing begins anew, or the next failure would disable it again.
            let sql = "UPDATE endpoint SET disabled_at_ms = NULL, failing_since_ms = NULL
                WHERE company = ?1 AND env = ?2 AND id = ?3";
            db.prepare_cached(sql)?.execute(params![company, env, endpoint])?
        }
    };
    if changed == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

/// Nothing waits for a disabled endpoint. Says how many endpoints that were.
pub(super) fn disable(
    db: &Connection,
    scope: Scope,
    id: EndpointId,
    at_ms: i64,
) -> Result<usize, StoreError> {
    let sql = "UPDATE endpoint SET disabled_at_ms = ?4 WHERE company = ?1 AND env = ?2 AND id = ?3";
    let values = params![scope.company.bytes(), Word(scope.env), id.bytes(), at_ms];
    let disabled = db.prepare_cached(sql)?.execute(values)?;
    deliveries::exhaust(db, scope, id)?;
    Ok(disabled)
}

/// Whether anything arrives there: since when nothing did, or `None`.
pub(super) fn set_failing(
    db: &Connection,
    scope: Scope,
    id: EndpointId,
    since_ms: Option<i64>,
) -> Result<(), StoreError> {
    let sql = "UPDATE endpoint SET failing_since_ms = ?4
        WHERE company = ?1 AND env = ?2 AND id = ?3 AND failing_since_ms IS NOT ?4";
    let values = params![scope.company.bytes(), Word(scope.env), id.bytes(), since_ms];
    db.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Endpoint> {
    Ok(Endpoint {
        id: id(row, "id")?,
        url: row.get("url")?,
        is_standing: row.get("is_standing")?,
        secret: row.get("secret")?,
        previous: row.get::<_, Option<Vec<u8>>>("previous")?.zip(row.get("previous_until_ms")?),
        failing_since_ms: row.get("failing_since_ms")?,
        disabled_at_ms: row.get("disabled_at_ms")?,
        created_at_ms: row.get("created_at_ms")?,
    })
}
