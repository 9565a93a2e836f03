//! Queries about Apps and their thresholds.

use super::columns::{Word, id, word};
use crate::{AppRow, Scope, StoreError};
use egusi_protocol::AppId;
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(super) const BY_ID: &str = "SELECT id, name, created_at_ms, updated_at_ms FROM app
    WHERE company = ?1 AND env = ?2 AND id = ?3";
/// A company has few, and they are put in order where they are read.
pub(super) const ALL: &str =
    "SELECT id, name, created_at_ms, updated_at_ms FROM app WHERE company = ?1 AND env = ?2";
pub(super) const THRESHOLDS: &str = "SELECT currency, threshold_minor FROM app_threshold
    WHERE company = ?1 AND env = ?2 AND app = ?3 ORDER BY currency";

/// Where the accounts stand against the thresholds stays as it is.
pub(super) fn save(db: &Connection, scope: Scope, app: AppRow) -> Result<(), StoreError> {
    let AppRow { id, name, low_funds, created_at_ms, updated_at_ms } = app;
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let sql = "INSERT INTO app (company, env, id, name, created_at_ms, updated_at_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (company, env, id) DO UPDATE SET name = excluded.name,
            updated_at_ms = excluded.updated_at_ms";
    let values = params![company, env, id.bytes(), name, created_at_ms, updated_at_ms];
    db.prepare_cached(sql)?.execute(values)?;
    let sql = "DELETE FROM app_threshold WHERE company = ?1 AND env = ?2 AND app = ?3";
    db.prepare_cached(sql)?.execute(params![company, env, id.bytes()])?;
    // Of two thresholds in one currency the later one counts.
    let sql = "INSERT INTO app_threshold (company, env, app, currency, threshold_minor)
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (company, env, app, currency) DO UPDATE SET threshold_minor = excluded.threshold_minor";
    for (currency, threshold_minor) in low_funds {
        let values = params![company, env, id.bytes(), currency.code(), threshold_minor];
        db.prepare_cached(sql)?.execute(values)?;
    }
    Ok(())
}

pub(super) fn find(db: &Connection, scope: Scope, id: AppId) -> Result<AppRow, StoreError> {
    let values = params![scope.company.bytes(), Word(scope.env), id.bytes()];
    let found = db.prepare_cached(BY_ID)?.query_row(values, app_alone).optional()?;
    with_thresholds(db, scope, found.ok_or(StoreError::NotFound)?)
}

pub(super) fn all(db: &Connection, scope: Scope) -> Result<Vec<AppRow>, StoreError> {
    let mut statement = db.prepare_cached(ALL)?;
    let rows = statement.query_map(params![scope.company.bytes(), Word(scope.env)], app_alone)?;
    let mut apps = Vec::new();
    for app in rows {
        apps.push(with_thresholds(db, scope, app?)?);
    }
    apps.sort_by_key(|app| (app.created_at_ms, app.id));
    Ok(apps)
}

fn app_alone(row: &Row<'_>) -> rusqlite::Result<AppRow> {
    Ok(AppRow {
        id: id(row, "id")?,
        name: row.get("name")?,
        low_funds: Vec::new(),
        created_at_ms: row.get("created_at_ms")?,
        updated_at_ms: row.get("updated_at_ms")?,
    })
}

fn with_thresholds(db: &Connection, scope: Scope, mut app: AppRow) -> Result<AppRow, StoreError> {
    let mut statement = db.prepare_cached(THRESHOLDS)?;
    let values = params![scope.company.bytes(), Word(scope.env), app.id.bytes()];
    let thresholds =
        statement.query_map(values, |row| Ok((word(row, "currency")?, row.get("threshold_minor")?)))?;
    app.low_funds = thresholds.collect::<Result<_, _>>()?;
    Ok(app)
}
