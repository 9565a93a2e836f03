//! The binary `egusi-server`: reads the command line and wires the parts together.

use anyhow::{Context, Result, bail};
use clap::Parser;
use egusi_server::clock::{Clock, SystemClock};
use egusi_server::config::{Cli, Command, CompanyCommand, Data, Serve};
use egusi_server::readings::tasks;
use egusi_server::seal::Sealer;
use egusi_server::state::AppState;
use egusi_server::webhooks::deliver;
use egusi_server::{commands, housekeeping, http};
use egusi_store::{SqliteStore, Store};
use std::io::Write;
use std::sync::Arc;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> Result<()> {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_env("EGUSI_LOG").unwrap_or_else(|_| EnvFilter::new("info")))
        .with_writer(std::io::stderr)
        .init();
    match Cli::parse().command {
        Command::Serve(options) => serve(options).await,
        Command::Company(command) => {
            let store = match &command {
                // Nothing is made for a company that cannot be.
                CompanyCommand::Create { name, data, .. } => {
                    commands::checked_name(name)?;
                    open_store(data)?
                }
                CompanyCommand::List { data, .. } => open_existing_store(data)?,
            };
            commands::company(store.as_ref(), &command, SystemClock.now_ms()).await.and_then(print)
        }
        Command::App(command) => {
            let store = open_existing_store(command.data())?;
            commands::apps::app(store, &command, Arc::new(SystemClock)).await.and_then(print)
        }
        Command::Key(command) => {
            let store = open_existing_store(command.data())?;
            commands::key(store.as_ref(), &command, SystemClock.now_ms()).await.and_then(print)
        }
    }
}

/// The one thing a command says.
fn print(text: String) -> Result<()> {
    writeln!(std::io::stdout(), "{text}").context("printing the answer")
}

async fn serve(options: Serve) -> Result<()> {
    let Serve { data, listen, settings } = options;
    let store = open_store(&data)?;
    let key_file = data.key_file.unwrap_or_else(|| data.dir.join("egusi.key"));
    let listener = TcpListener::bind(listen).await.with_context(|| format!("listening on {listen}"))?;
    let address = listener.local_addr().context("asking for the address")?;
    let settings = settings.reached_at(address).with_sandbox_of(&data.dir)?;
    let app = Arc::new(AppState::new(store, Sealer::from_file(&key_file)?, Arc::new(SystemClock), settings)?);
    let asked = asked_to_stop()?;
    // The one line on standard output; whoever started this waits for it.
    writeln!(std::io::stdout(), "egusi-server listening on http://{address}")
        .context("printing the address")?;
    tokio::spawn(housekeeping::keep(app.clone()));
    tokio::spawn(tasks::keep(app.clone()));
    tokio::spawn(deliver::keep(app.clone()));
    let closing = app.clone();
    let stop = async move {
        asked.await;
        closing.bells.ring_closing();
    };
    axum::serve(listener, http::router(app)).with_graceful_shutdown(stop).await?;
    Ok(())
}

/// Ends when the operator or the system asks the server to stop. Whoever is asked from now on has
/// heard it: the handlers stand when this returns, and not only when it is first waited for.
#[cfg(unix)]
fn asked_to_stop() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let handler = |kind| signal(kind).context("listening for the system's signals");
    let (mut interrupt, mut terminate) =
        (handler(SignalKind::interrupt())?, handler(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    })
}

/// Ends when the operator asks the server to stop.
#[cfg(not(unix))]
fn asked_to_stop() -> Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Without a handler there is nothing to wait for; the system's default stops us.
            std::future::pending::<()>().await;
        }
    })
}

/// For commands about what is there already: a folder that was mistyped must not become a new store.
fn open_existing_store(data: &Data) -> Result<Arc<dyn Store>> {
    if !database(data).is_file() {
        bail!("--data: expected the folder of a server's data, found no egusi.db in {}", data.dir.display());
    }
    open_store(data)
}

fn database(data: &Data) -> std::path::PathBuf {
    data.dir.join("egusi.db")
}

fn open_store(data: &Data) -> Result<Arc<dyn Store>> {
    make_private_folder(&data.dir).with_context(|| format!("making the folder {}", data.dir.display()))?;
    let path = database(data);
    let store = SqliteStore::open(&path).with_context(|| format!("opening {}", path.display()))?;
    Ok(Arc::new(store))
}

/// Makes the folder for this user alone; one that is there already keeps the rights its owner chose.
fn make_private_folder(dir: &std::path::Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}
