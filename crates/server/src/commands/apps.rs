//! What an operator can do about a company's Apps. The rules are those of our API.

use super::{listed, no_company};
use crate::apps::{self, Draft, saved};
use crate::clock::{Clock, random_bytes};
use crate::config::{Data, Settings, World, public_url};
use crate::error::ApiError;
use crate::seal::Sealer;
use crate::state::AppState;
use crate::v3::app::App;
use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand};
use egusi_protocol::{AppId, CompanyId, ErrorCode};
use egusi_store::{AppRow, Scope, Store};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use url::Url;

/// What can be done with Apps.
#[derive(Debug, Subcommand)]
pub enum AppCommand {
    /// Make an App and print its link.
    Create {
        /// Whose it will be.
        #[command(flatten)]
        whose: Whose,
        /// What it is called.
        #[arg(long)]
        name: String,
        /// What it is to be beside that.
        #[command(flatten)]
        more: More,
    },
    /// List a company's Apps, oldest first.
    List {
        /// Whose.
        #[command(flatten)]
        whose: Whose,
    },
    /// Change what is given of an App; the rest stays.
    Change {
        /// Whose it is.
        #[command(flatten)]
        whose: Whose,
        /// The App's id, as `app list` shows it.
        app: AppId,
        /// What it is called from now on.
        #[arg(long)]
        name: Option<String>,
        /// No page may show the window for it any more.
        #[arg(long, conflicts_with = "origins")]
        no_origins: bool,
        /// What it is to be beside that.
        #[command(flatten)]
        more: More,
    },
}

/// Whose Apps, and where everything is.
#[derive(Debug, Args)]
pub struct Whose {
    /// The company's client token.
    company: CompanyId,
    /// The world in which the App opens the window.
    #[arg(long, value_enum)]
    env: World,
    /// Where everything is kept.
    #[command(flatten)]
    data: Data,
    /// Address under which the server is reached, with which links begin.
    #[arg(long, env = "EGUSI_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    public_url: Option<Url>,
    /// Networks of this operator's own that webhooks may go to; as for `serve`.
    #[arg(long, env = "EGUSI_WEBHOOK_NETWORKS", value_name = "NETWORK", value_delimiter = ',')]
    webhook_networks: Vec<String>,
    /// Print JSON and nothing else.
    #[arg(long)]
    json: bool,
}

/// What may be said of an App.
#[derive(Debug, Args)]
pub struct More {
    /// The origin of a page that may show the window for it, such as https://shop.example, or the
    /// word null for pages that have none; may be given several times, and then these are all.
    #[arg(long = "origin", value_name = "ORIGIN")]
    origins: Vec<String>,
    /// File with a JSON object: the options of the widget to save with it.
    #[arg(long, value_name = "FILE")]
    options: Option<PathBuf>,
    /// What its link is to be called; 3 to 40 letters, digits, hyphens and underscores.
    #[arg(long)]
    short: Option<String>,
}

impl AppCommand {
    /// Where the command's store lies.
    pub const fn data(&self) -> &Data {
        &self.whose().data
    }

    const fn whose(&self) -> &Whose {
        match self {
            Self::Create { whose, .. } | Self::List { whose } | Self::Change { whose, .. } => whose,
        }
    }
}

/// Does a command about Apps.
///
/// # Errors
/// If there is no such company or App, something that is given cannot be used, or the store cannot
/// work.
pub async fn app(store: Arc<dyn Store>, command: &AppCommand, clock: Arc<dyn Clock>) -> Result<String> {
    let whose = command.whose();
    // Only its commands know a company that has no keys from one that is not there.
    store.keys(whose.company).await.map_err(|error| no_company(error, whose.company))?;
    let scope = Scope { company: whose.company, env: whose.env.into() };
    let app = surroundings(store, whose, clock)?;
    match command {
        AppCommand::Create { whose: _, name, more } => {
            let nothing = Draft {
                name: name.clone(),
                low_funds: Vec::new(),
                allowed_origins: Vec::new(),
                options: Map::new(),
                short: None,
            };
            let row =
                apps::create(&app, scope, changed(nothing, more)?).await.map_err(|error| said(&error))?;
            Ok(one(&app, whose, row))
        }
        AppCommand::List { whose } => {
            let rows = app.store.apps(scope).await?;
            let as_json = |row: &AppRow| as_json(&app, row.clone());
            Ok(listed(whose.json, &rows, as_json, |row| as_text(&app, row)))
        }
        AppCommand::Change { whose, app: id, name, no_origins, more } => {
            let before = app.store.app(scope, *id).await.map_err(|error| no_app(error.into(), *id))?;
            let mut draft = changed(Draft::of(before), more)?;
            if let Some(name) = name {
                draft.name.clone_from(name);
            }
            if *no_origins {
                draft.allowed_origins.clear();
            }
            let row = apps::change(&app, scope, *id, draft).await.map_err(|error| no_app(error, *id))?;
            Ok(one(&app, whose, row))
        }
    }
}

/// A server that serves nobody: what is checked is checked as there.
fn surroundings(store: Arc<dyn Store>, whose: &Whose, clock: Arc<dyn Clock>) -> Result<AppState> {
    let settings = Settings {
        public_url: whose.public_url.clone(),
        webhook_networks: whose.webhook_networks.clone(),
        ..Settings::default()
    };
    let settings = settings.with_sandbox_of(&whose.data.dir)?;
    // Nothing about an App is sealed, so the key file is left alone.
    AppState::new(store, Sealer::new(&random_bytes()?), clock, settings)
}

fn changed(mut draft: Draft, more: &More) -> Result<Draft> {
    let More { origins, options, short } = more;
    if !origins.is_empty() {
        draft.allowed_origins.clone_from(origins);
    }
    if let Some(file) = options {
        draft.options = object_in(file)?;
    }
    draft.short = short.clone().or(draft.short);
    Ok(draft)
}

fn object_in(file: &Path) -> Result<Map<String, Value>> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("--options: reading {}", file.display()))?;
    // Editors on Windows begin a file with it.
    let text = text.trim_start_matches('\u{feff}');
    match serde_json::from_str(text) {
        Ok(Value::Object(options)) => Ok(options),
        Ok(_) => bail!("--options: expected a JSON object in {}, got another value", file.display()),
        Err(error) => bail!("--options: expected a JSON object in {}: {error}", file.display()),
    }
}

fn said(error: &ApiError) -> anyhow::Error {
    match error {
        ApiError::Unavailable(detail) | ApiError::Internal(detail) => anyhow!("{detail}"),
        refused => anyhow!("{}", refused.message()),
    }
}

fn no_app(error: ApiError, app: AppId) -> anyhow::Error {
    match error.code() {
        ErrorCode::NotFound => {
            anyhow!(
                "APP: expected the id of an App of this company and world, as `app list` shows it; got {app}"
            )
        }
        _ => said(&error),
    }
}

fn one(app: &AppState, whose: &Whose, row: AppRow) -> String {
    if whose.json {
        return as_json(app, row).to_string();
    }
    format!("App {}  {}\n\n  {}", row.id, row.name, link(app, &row))
}

/// As our API tells it.
fn as_json(app: &AppState, row: AppRow) -> Value {
    serde_json::to_value(App::shown(row, &app.settings)).unwrap_or_default()
}

fn as_text(app: &AppState, row: &AppRow) -> String {
    let origins = match row.allowed_origins.as_slice() {
        [] => "no pages".to_owned(),
        some => some.join(" "),
    };
    let options = saved::read(&row.options).len();
    format!("{}  {}  {origins}  {options} options  {}", row.id, link(app, row), row.name)
}

/// Without the server's address only its path is known.
fn link(app: &AppState, row: &AppRow) -> String {
    app.settings.link(&row.short).unwrap_or_else(|| format!("/{}", row.short))
}
