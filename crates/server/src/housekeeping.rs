//! What is done now and then, without anybody asking.

use crate::state::App;
use egusi_store::StoreError;
use std::time::Duration;

/// A session is kept so long after its end, for support; then it is forgotten.
pub const KEEP_ENDED_MS: i64 = 3_600_000;
/// An event and what became of its deliveries can be read for so long: 30 days.
pub const KEEP_EVENTS_MS: i64 = 30 * 86_400_000;
const HELPING: u32 = 500;
const EVERY: Duration = Duration::from_secs(600);

/// Keeps the house until the process ends.
pub async fn keep(app: App) {
    let mut rounds = tokio::time::interval(EVERY);
    loop {
        rounds.tick().await;
        if let Err(error) = forget_ended_sessions(&app).await {
            // The next round tries again; nobody waits for this one.
            tracing::warn!(%error, "ended sessions could not be forgotten");
        }
        if let Err(error) = forget_old_events(&app).await {
            tracing::warn!(%error, "old events could not be forgotten");
        }
    }
}

/// Forgets sessions that ended long ago, and says how many.
pub async fn forget_ended_sessions(app: &App) -> Result<u64, StoreError> {
    let before_ms = app.now_ms() - KEEP_ENDED_MS;
    let mut forgotten = 0;
    loop {
        let helping = app.store.forget_sessions(before_ms, HELPING).await?;
        forgotten += helping;
        if helping < u64::from(HELPING) {
            return Ok(forgotten);
        }
    }
}

/// Forgets events from long ago that are on their way no more, and says how many.
pub async fn forget_old_events(app: &App) -> Result<u64, StoreError> {
    let before_ms = app.now_ms() - KEEP_EVENTS_MS;
    let mut forgotten = 0;
    loop {
        let helping = app.store.forget_events(before_ms, HELPING).await?;
        forgotten += helping;
        if helping < u64::from(HELPING) {
            return Ok(forgotten);
        }
    }
}
