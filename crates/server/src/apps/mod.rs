//! Apps as companies save them: what is checked before one is kept.
//!
//! [`origins`] says which pages may show the window for an App, [`short`] what its link may be
//! called, [`saved`] which options of the widget may be saved with it. Our API and the operator's
//! commands go through [`create`] and [`change`].

pub mod origins;
pub mod saved;
pub mod short;

use crate::error::ApiError;
use crate::sessions::opening::quoted;
use crate::state::AppState;
use egusi_protocol::{AppId, Currency, ErrorCode};
use egusi_store::{AppRow, Scope, StoreError};
use serde_json::{Map, Value};

const NAME_CHARS_MAX: usize = 80;

/// What an App is to be, not yet checked.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it is called.
    pub name: String,
    /// Thresholds in minor units.
    pub low_funds: Vec<(Currency, i64)>,
    /// The pages that may show the window for it.
    pub allowed_origins: Vec<String>,
    /// The widget's options that are saved with it.
    pub options: Map<String, Value>,
    /// What its link is to be called; if nothing is said, the link it has, or a new one.
    pub short: Option<String>,
}

impl Draft {
    /// An App as it stands, to be changed in part.
    pub fn of(row: AppRow) -> Self {
        let options = saved::read(&row.options);
        let AppRow {
            id: _,
            name,
            short,
            allowed_origins,
            options: _,
            low_funds,
            created_at_ms: _,
            updated_at_ms: _,
        } = row;
        Self { name, low_funds, allowed_origins, options, short: Some(short) }
    }
}

/// Makes an App.
///
/// # Errors
/// What is wrong with the draft; `Conflict` if its short name is another's.
pub async fn create(app: &AppState, scope: Scope, draft: Draft) -> Result<AppRow, ApiError> {
    let now_ms = app.now_ms();
    let short = short::fresh().map_err(|error| ApiError::Internal(error.to_string()))?;
    let row = AppRow {
        id: app.mint.id(now_ms),
        name: String::new(),
        short,
        allowed_origins: Vec::new(),
        options: String::new(),
        low_funds: Vec::new(),
        created_at_ms: now_ms,
        updated_at_ms: now_ms,
    };
    save(app, scope, row, draft).await
}

/// Changes an App as a whole; but its link stays what it is unless another name is given.
///
/// # Errors
/// As [`create`]; `NotFound` if there is no such App.
pub async fn change(app: &AppState, scope: Scope, id: AppId, draft: Draft) -> Result<AppRow, ApiError> {
    let before = app.store.app(scope, id).await?;
    let row = AppRow { updated_at_ms: app.now_ms(), ..before };
    save(app, scope, row, draft).await
}

async fn save(app: &AppState, scope: Scope, row: AppRow, draft: Draft) -> Result<AppRow, ApiError> {
    let Draft { name, low_funds, allowed_origins, options, short } = draft;
    saved::check(app, scope.env, &options)?;
    let row = AppRow {
        name: checked_name(&name)?,
        low_funds,
        allowed_origins: origins::checked(&allowed_origins)?,
        options: Value::Object(options).to_string(),
        short: match short {
            // One that was made before a word was reserved stays good.
            Some(kept) if kept == row.short => kept,
            Some(chosen) => short::checked(chosen)?,
            None => row.short,
        },
        ..row
    };
    match app.store.save_app(scope, row.clone()).await {
        Ok(()) => Ok(row),
        Err(StoreError::Conflict) => {
            let expected =
                "short: expected a name that no other App of this server has, and no other company had";
            Err(ApiError::refused(ErrorCode::Conflict, format!("{expected}; got {}", quoted(&row.short))))
        }
        Err(error) => Err(error.into()),
    }
}

fn checked_name(name: &str) -> Result<String, ApiError> {
    let name = name.trim();
    if name.chars().any(char::is_control) {
        // It is printed on operators' terminals.
        return Err(invalid("name: expected letters, digits and signs, got a control character"));
    }
    match name.chars().count() {
        1..=NAME_CHARS_MAX => Ok(name.to_owned()),
        count => Err(invalid(format!("name: expected 1 to {NAME_CHARS_MAX} characters, got {count}"))),
    }
}

fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::refused(ErrorCode::InvalidRequest, message)
}
