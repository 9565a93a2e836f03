//! What is done now and then, without anybody asking.

use crate::http::idempotency;
use crate::state::App;
use egusi_store::StoreError;
use std::time::Duration;

/// A session is kept so long after its end, for support; then it is forgotten.
pub const KEEP_ENDED_MS: i64 = 3_600_000;
/// An event is kept so long, and for as long as one of its deliveries still waits.
pub const KEEP_EVENTS_MS: i64 = 30 * 86_400_000;
const HELPING: u32 = 500;
const EVERY: Duration = Duration::from_secs(600);

/// Keeps the house until the process ends.
pub async fn keep(app: App) {
    let mut rounds = tokio::time::interval(EVERY);
    loop {
        rounds.tick().await;
        // Where one does not work the next round tries again; nobody waits for this one.
        for (what, outcome) in [
            ("ended sessions", forget_ended_sessions(&app).await),
            ("old events", forget_old_events(&app).await),
            ("answers to calls of yesterday", forget_old_calls(&app).await),
        ] {
            if let Err(error) = outcome {
                tracing::warn!(%error, "{what} could not be forgotten");
            }
        }
        app.limits.forget_idle();
        app.namings.forget_idle(app.now_ms());
    }
}

/// Forgets sessions that ended long ago, and says how many.
///
/// # Errors
/// If the store cannot work.
pub async fn forget_ended_sessions(app: &App) -> Result<u64, StoreError> {
    let before_ms = app.now_ms() - KEEP_ENDED_MS;
    in_helpings(|| app.store.forget_sessions(before_ms, HELPING)).await
}

/// Forgets events from long ago that are on their way no more, and says how many.
///
/// # Errors
/// If the store cannot work.
pub async fn forget_old_events(app: &App) -> Result<u64, StoreError> {
    let before_ms = app.now_ms() - KEEP_EVENTS_MS;
    in_helpings(|| app.store.forget_events(before_ms, HELPING)).await
}

/// Forgets the answers kept for idempotency keys a day ago, and says how many.
///
/// # Errors
/// If the store cannot work.
pub async fn forget_old_calls(app: &App) -> Result<u64, StoreError> {
    let before_ms = app.now_ms() - idempotency::KEEP_MS;
    in_helpings(|| app.store.forget_calls(before_ms, HELPING)).await
}

/// Forgets helping after helping, so that no other write waits long, until one is not full.
async fn in_helpings<Forgetting>(forget: impl Fn() -> Forgetting) -> Result<u64, StoreError>
where
    Forgetting: Future<Output = Result<u64, StoreError>>,
{
    let mut forgotten = 0;
    loop {
        let helping = forget().await?;
        forgotten += helping;
        if helping < u64::from(HELPING) {
            return Ok(forgotten);
        }
    }
}
