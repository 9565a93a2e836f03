//! What an operator can do about companies and their keys, while a server runs or not. Each command
//! answers with the one text it prints.

pub mod apps;

use crate::clock::Mint;
use crate::config::{CompanyCommand, Data, KeyCommand, NewKeyOptions};
use crate::keys::{FreshCompany, KeyPair, fresh_company, fresh_key};
use crate::times::wire_time;
use anyhow::{Result, bail};
use egusi_protocol::{CompanyId, KeyId};
use egusi_store::{CompanyRow, KeyKind, KeyRotation, KeyRow, Store, StoreError};
use serde_json::{Value, json};

const HOUR_MS: i64 = 3_600_000;

impl KeyCommand {
    /// Where the command's store lies.
    pub const fn data(&self) -> &Data {
        match self {
            Self::List { data, .. } | Self::Revoke { data, .. } => data,
            Self::Create(new) | Self::Rotate { new, .. } => &new.data,
        }
    }
}

/// What a company may be called.
///
/// # Errors
/// If the name is empty or too long.
pub fn checked_name(name: &str) -> Result<&str> {
    let name = name.trim();
    match name.chars().count() {
        1..=80 => Ok(name),
        count => bail!("NAME: expected 1 to 80 characters, got {count}"),
    }
}

/// Does a command about companies.
///
/// # Errors
/// If the name cannot be used, or the store cannot work.
pub async fn company(store: &dyn Store, command: &CompanyCommand, now_ms: i64) -> Result<String> {
    match command {
        CompanyCommand::Create { name, data: _, json } => {
            let name = checked_name(name)?;
            let company = fresh_company(name, &Mint::new()?, now_ms)?;
            store.create_company(company.row.clone()).await?;
            Ok(if *json { keys_as_json(&company) } else { keys_as_text(name, &company) })
        }
        CompanyCommand::List { data: _, json } => {
            let companies = store.companies().await?;
            Ok(listed(*json, &companies, company_as_json, company_as_text))
        }
    }
}

/// Does a command about keys.
///
/// # Errors
/// If there is no such company or key, or the store cannot work.
pub async fn key(store: &dyn Store, command: &KeyCommand, now_ms: i64) -> Result<String> {
    match command {
        KeyCommand::List { company, data: _, json } => {
            let keys = store.keys(*company).await.map_err(|error| no_company(error, *company))?;
            Ok(listed(*json, &keys, key_as_json, key_as_text))
        }
        KeyCommand::Create(new) => make_key(store, new, None, now_ms).await,
        KeyCommand::Rotate { new, overlap_hours } => {
            let others_end_at_ms = now_ms.saturating_add(i64::from(*overlap_hours).saturating_mul(HOUR_MS));
            make_key(store, new, Some(others_end_at_ms), now_ms).await
        }
        KeyCommand::Revoke { company, key, data: _ } => {
            store.end_key(*company, *key, now_ms).await.map_err(|error| no_key(error, *key))?;
            Ok(format!("Key {key} is good for nothing from now on."))
        }
    }
}

async fn make_key(
    store: &dyn Store,
    new: &NewKeyOptions,
    others_end_at_ms: Option<i64>,
    now_ms: i64,
) -> Result<String> {
    let NewKeyOptions { company, env, kind, data: _, json } = new;
    let fresh = fresh_key((*env).into(), (*kind).into(), &Mint::new()?, now_ms)?;
    let (id, key) = (fresh.row.id, fresh.key);
    let rotation = KeyRotation { key: fresh.row, at_ms: now_ms, others_end_at_ms };
    store.rotate_key(*company, rotation).await.map_err(|error| no_company(error, *company))?;
    let ends = others_end_at_ms.map(wire_time);
    if *json {
        return Ok(json!({ "id": id, "key": key.expose(), "others_end_at": ends }).to_string());
    }
    let others = ends.map_or_else(String::new, |at| format!("\nThe keys before it end at {at}."));
    Ok(format!("Key {id}\n\n  {}\n\nIt is shown only now.{others}", key.expose()))
}

fn no_company(error: StoreError, company: CompanyId) -> anyhow::Error {
    match error {
        StoreError::NotFound => {
            anyhow::anyhow!("COMPANY: expected the client token of a company; got {company}")
        }
        other => other.into(),
    }
}

fn no_key(error: StoreError, key: KeyId) -> anyhow::Error {
    match error {
        StoreError::NotFound => {
            anyhow::anyhow!(
                "KEY: expected the id of a key of this company, as `key list` shows it; got {key}"
            )
        }
        other => other.into(),
    }
}

/// A list as JSON, or as a line for each row.
fn listed<T>(
    json: bool,
    rows: &[T],
    as_json: impl Fn(&T) -> Value,
    as_text: impl Fn(&T) -> String,
) -> String {
    if json {
        return Value::Array(rows.iter().map(as_json).collect()).to_string();
    }
    rows.iter().map(as_text).collect::<Vec<_>>().join("\n")
}

fn company_as_json(CompanyRow { id, name, created_at_ms }: &CompanyRow) -> Value {
    json!({ "token": id, "name": name, "created_at": wire_time(*created_at_ms) })
}

fn company_as_text(CompanyRow { id, name, created_at_ms }: &CompanyRow) -> String {
    format!("{id}  {}  {name}", wire_time(*created_at_ms))
}

const fn word(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Public => "public",
        KeyKind::Secret => "secret",
    }
}

fn key_as_json(row: &KeyRow) -> Value {
    let KeyRow { id, env, kind, hint, created_at_ms, ends_at_ms } = row;
    json!({
        "id": id,
        "env": env,
        "kind": word(*kind),
        "hint": hint,
        "created_at": wire_time(*created_at_ms),
        "ends_at": ends_at_ms.map(wire_time),
    })
}

fn key_as_text(row: &KeyRow) -> String {
    let KeyRow { id, env, kind, hint, created_at_ms, ends_at_ms } = row;
    let ends = ends_at_ms.map_or_else(|| "no end".to_owned(), |at| format!("ends {}", wire_time(at)));
    format!("{id}  {env}  {}  …{hint}  made {}  {ends}", word(*kind), wire_time(*created_at_ms))
}

fn keys_as_json(company: &FreshCompany) -> String {
    let pair =
        |pair: &KeyPair| serde_json::json!({ "public_key": pair.public, "secret_key": pair.secret.expose() });
    serde_json::json!({
        "token": company.token.to_string(),
        "sandbox": pair(&company.sandbox),
        "production": pair(&company.production),
    })
    .to_string()
}

fn keys_as_text(name: &str, company: &FreshCompany) -> String {
    let pair =
        |pair: &KeyPair| format!("public key  {}\n  secret key  {}", pair.public, pair.secret.expose());
    format!(
        "{name}\n\nClient token  {}\n\nSandbox\n  {}\n\nProduction\n  {}\n\nThe secret keys are shown only now. Keep them on your server.",
        company.token,
        pair(&company.sandbox),
        pair(&company.production),
    )
}
