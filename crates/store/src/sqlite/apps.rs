//! Queries about Apps, what belongs to them, and the links by which they are found.

use super::columns::{Word, id, word};
use crate::{AppOrigins, AppRow, Link, Origins, Scope, StoreError};
use egusi_protocol::AppId;
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(super) const BY_ID: &str = "SELECT id, name, short, options, created_at_ms, updated_at_ms FROM app
    WHERE company = ?1 AND env = ?2 AND id = ?3";
/// A company has few, and they are put in order where they are read.
pub(super) const ALL: &str = "SELECT id, name, short, options, created_at_ms, updated_at_ms FROM app
    WHERE company = ?1 AND env = ?2";
pub(super) const BY_SHORT: &str = "SELECT app.company, app.env, app.id, company.name
    FROM app JOIN company ON company.id = app.company WHERE app.short = ?1";
pub(super) const THRESHOLDS: &str = "SELECT currency, threshold_minor FROM app_threshold
    WHERE company = ?1 AND env = ?2 AND app = ?3 ORDER BY currency";
pub(super) const ORIGINS: &str = "SELECT origin FROM app_origin
    WHERE company = ?1 AND env = ?2 AND app = ?3 ORDER BY origin";

/// Where the accounts stand against the thresholds stays as it is.
pub(super) fn save(db: &Connection, scope: Scope, app: AppRow) -> Result<(), StoreError> {
    let AppRow { id, name, short, allowed_origins, options, low_funds, created_at_ms, updated_at_ms } = app;
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let sql = "INSERT INTO short_name (short, company) VALUES (?1, ?2) ON CONFLICT (short) DO NOTHING";
    db.prepare_cached(sql)?.execute(params![short, company])?;
    let sql = "SELECT 1 FROM short_name WHERE short = ?1 AND company = ?2";
    if !db.prepare_cached(sql)?.exists(params![short, company])? {
        return Err(StoreError::Conflict);
    }
    let sql = "INSERT INTO app (company, env, id, name, short, options, created_at_ms, updated_at_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (company, env, id) DO UPDATE SET name = excluded.name, short = excluded.short,
            options = excluded.options, updated_at_ms = excluded.updated_at_ms";
    let values = params![company, env, id.bytes(), name, short, options, created_at_ms, updated_at_ms];
    db.prepare_cached(sql)?.execute(values)?;
    for sql in [
        "DELETE FROM app_threshold WHERE company = ?1 AND env = ?2 AND app = ?3",
        "DELETE FROM app_origin WHERE company = ?1 AND env = ?2 AND app = ?3",
    ] {
        db.prepare_cached(sql)?.execute(params![company, env, id.bytes()])?;
    }
    // Of two thresholds in one currency the later one counts.
    let sql = "INSERT INTO app_threshold (company, env, app, currency, threshold_minor)
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (company, env, app, currency) DO UPDATE SET threshold_minor = excluded.threshold_minor";
    for (currency, threshold_minor) in low_funds {
        let values = params![company, env, id.bytes(), currency.code(), threshold_minor];
        db.prepare_cached(sql)?.execute(values)?;
    }
    let sql = "INSERT INTO app_origin (company, env, app, origin) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (company, env, app, origin) DO NOTHING";
    for origin in allowed_origins {
        db.prepare_cached(sql)?.execute(params![company, env, id.bytes(), origin])?;
    }
    db.prepare_cached("UPDATE app_saves SET saves = saves + 1 WHERE one = 1")?.execute([])?;
    Ok(())
}

pub(super) fn find(db: &Connection, scope: Scope, id: AppId) -> Result<AppRow, StoreError> {
    let values = params![scope.company.bytes(), Word(scope.env), id.bytes()];
    let found = db.prepare_cached(BY_ID)?.query_row(values, app_alone).optional()?;
    whole(db, scope, found.ok_or(StoreError::NotFound)?)
}

pub(super) fn all(db: &Connection, scope: Scope) -> Result<Vec<AppRow>, StoreError> {
    let mut statement = db.prepare_cached(ALL)?;
    let rows = statement.query_map(params![scope.company.bytes(), Word(scope.env)], app_alone)?;
    let mut apps = Vec::new();
    for app in rows {
        apps.push(whole(db, scope, app?)?);
    }
    apps.sort_by_key(|app| (app.created_at_ms, app.id));
    Ok(apps)
}

pub(super) fn linked(db: &Connection, short: &str) -> Result<Link, StoreError> {
    let found = db.prepare_cached(BY_SHORT)?.query_row([short], |row| {
        let scope = Scope { company: id(row, "company")?, env: word(row, "env")? };
        Ok((scope, id(row, "id")?, row.get("name")?))
    });
    let (scope, app, company_name) = found.optional()?.ok_or(StoreError::NotFound)?;
    Ok(Link { scope, company_name, app: find(db, scope, app)? })
}

pub(super) fn origins(db: &Connection, known: Option<i64>) -> Result<Option<Origins>, StoreError> {
    let sql = "SELECT saves FROM app_saves WHERE one = 1";
    let saves: i64 = db.prepare_cached(sql)?.query_row([], |row| row.get("saves"))?;
    if known == Some(saves) {
        return Ok(None);
    }
    let sql = "SELECT company, env, app, origin FROM app_origin ORDER BY company, env, app, origin";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut apps: Vec<AppOrigins> = Vec::new();
    while let Some(row) = rows.next()? {
        let scope = Scope { company: id(row, "company")?, env: word(row, "env")? };
        let (app, origin) = (id(row, "app")?, row.get("origin")?);
        match apps.last_mut() {
            Some(last) if (last.scope, last.app) == (scope, app) => last.origins.push(origin),
            _ => apps.push(AppOrigins { scope, app, origins: vec![origin] }),
        }
    }
    Ok(Some(Origins { saves, apps }))
}

fn app_alone(row: &Row<'_>) -> rusqlite::Result<AppRow> {
    Ok(AppRow {
        id: id(row, "id")?,
        name: row.get("name")?,
        short: row.get("short")?,
        allowed_origins: Vec::new(),
        options: row.get("options")?,
        low_funds: Vec::new(),
        created_at_ms: row.get("created_at_ms")?,
        updated_at_ms: row.get("updated_at_ms")?,
    })
}

/// With what lies in tables of its own.
fn whole(db: &Connection, scope: Scope, mut app: AppRow) -> Result<AppRow, StoreError> {
    let values = params![scope.company.bytes(), Word(scope.env), app.id.bytes()];
    let mut statement = db.prepare_cached(THRESHOLDS)?;
    let thresholds =
        statement.query_map(values, |row| Ok((word(row, "currency")?, row.get("threshold_minor")?)))?;
    app.low_funds = thresholds.collect::<Result<_, _>>()?;
    let mut statement = db.prepare_cached(ORIGINS)?;
    let origins = statement.query_map(values, |row| row.get("origin"))?;
    app.allowed_origins = origins.collect::<Result<_, _>>()?;
    Ok(app)
}
