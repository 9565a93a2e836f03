//! Looks that are asked for and go on without the asker: after a call to refresh, and after a
//! customer has connected. They are rows of the store, so a restart loses none.

use super::look::{LookError, ensure_agreed, failure_event, look};
use crate::error::ApiError;
use crate::state::App;
use egusi_protocol::RecordId;
use egusi_store::{DueTask, Filter, NewEvent, Page, Scope, StoreError, Task, TaskEnd, TaskKind};
use std::time::Duration;
use tokio::task::{JoinError, JoinSet};

/// Within so long a second call is answered with the first one's task.
pub const FRESH_MS: i64 = 60_000;
/// Longer than a look may take; a task whose worker was lost is taken again after it.
const LEASE_MS: i64 = 180_000;
/// So many are worked on at once.
const AT_ONCE: u32 = 8;
/// How long to wait before the next try, while the institution does not answer.
const RETRIES_MS: [i64; 2] = [5_000, 30_000];
/// The bell wakes the worker; this is for tasks that wait for their time, or that another process
/// asked for.
const EVERY: Duration = Duration::from_secs(1);

/// Asks for a look at a record. One that was asked for within the last 60 s, or that still runs, is
/// not begun again; the answer tells how it stands, and whether it is a new one.
///
/// # Errors
/// `NotFound` for an unknown record, `Conflict` for one that was made without the product, `ConsentRevoked`
/// where the customer has stopped the sharing.
pub async fn ask(
    app: &App,
    scope: Scope,
    record: RecordId,
    kind: TaskKind,
) -> Result<(Task, bool), ApiError> {
    let found = app.store.records(scope, Filter::of_record(record), Page::first(1)).await?;
    ensure_agreed(found.rows.first().ok_or(LookError::NotFound)?, kind)?;
    let now_ms = app.now_ms();
    let asked = app.store.ask_task(scope, record, kind, now_ms, now_ms - FRESH_MS).await;
    let asked = asked.map_err(|error| match error {
        StoreError::NotFound => LookError::NotFound.into(),
        other => ApiError::from(other),
    })?;
    app.bells.tasks.notify_one();
    Ok(asked)
}

/// Works on tasks until the process ends: whenever one is done another is taken, so that a slow bank
/// holds up nobody but those who wait for it.
pub async fn keep(app: App) {
    let mut working = JoinSet::new();
    loop {
        let free = AT_ONCE.saturating_sub(u32::try_from(working.len()).unwrap_or(AT_ONCE));
        let begun = begin(&app, free, &mut working).await;
        if let Err(error) = &begun {
            tracing::warn!(%error, "tasks could not be taken");
        }
        if begun.is_ok_and(|begun| begun > 0) && working.len() < AT_ONCE as usize {
            continue;
        }
        tokio::select! {
            Some(ended) = working.join_next() => note(ended),
            () = app.bells.tasks.notified(), if working.len() < AT_ONCE as usize => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Does what is due now to its end, and says how many tasks that were.
///
/// # Errors
/// If the store cannot say what is due.
pub async fn round(app: &App) -> Result<usize, StoreError> {
    let mut working = JoinSet::new();
    let begun = begin(app, AT_ONCE, &mut working).await?;
    while let Some(ended) = working.join_next().await {
        note(ended);
    }
    Ok(begun)
}

/// Takes tasks and begins to work on them.
async fn begin(app: &App, most: u32, working: &mut JoinSet<()>) -> Result<usize, StoreError> {
    if most == 0 {
        return Ok(0);
    }
    let now_ms = app.now_ms();
    let due = app.store.claim_tasks(now_ms, now_ms + LEASE_MS, most).await?;
    let begun = due.len();
    for task in due {
        let app = app.clone();
        working.spawn(async move { work(&app, task).await });
    }
    Ok(begun)
}

/// A task that broke off comes again when its lease is over; the others go on.
fn note(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "the work on a task broke off");
    }
}

async fn work(app: &App, task: DueTask) {
    let outcome = look(app, task.scope, task.record, task.kind, Some(task.asked_at_ms)).await;
    let at_ms = app.now_ms();
    let end = match outcome {
        Ok(()) => TaskEnd::Completed,
        Err(LookError::NotFound) => TaskEnd::Failed("not_found".into()),
        Err(LookError::NotAskedFor(_)) => TaskEnd::Failed("not_asked_for".into()),
        Err(LookError::Revoked) => TaskEnd::Failed("consent_revoked".into()),
        Err(LookError::SignInNeeded) => TaskEnd::Failed("sign_in_needed".into()),
        Err(LookError::Institution(code)) => again_or(task, at_ms, code.as_str()),
        Err(LookError::Ours(error)) => {
            // The log hears the detail; the asker reads only that it was our fault.
            let _ = error.message();
            again_or(task, at_ms, "internal")
        }
    };
    let events = told(app, task, &end).await;
    let tells = !events.is_empty();
    match app.store.end_task(task, at_ms, end, events).await {
        Ok(()) if tells => app.bells.deliveries.notify_one(),
        // Somebody else has taken it over meanwhile, ends it and tells it.
        Ok(()) | Err(StoreError::Conflict) => {}
        Err(error) => tracing::warn!(%error, "a task could not be ended; it comes again"),
    }
}

/// What is told of the end of a try: that it came to nothing, if nobody tries again.
async fn told(app: &App, task: DueTask, end: &TaskEnd) -> Vec<NewEvent> {
    let TaskEnd::Failed(problem) = end else { return Vec::new() };
    let DueTask { scope, record, kind, asked_at_ms, attempt: _ } = task;
    match failure_event(app, scope, record, kind, problem, asked_at_ms).await {
        Ok(event) => vec![event],
        Err(error) => {
            tracing::warn!(?error, "a failed task could not be told");
            Vec::new()
        }
    }
}

fn again_or(task: DueTask, at_ms: i64, problem: &str) -> TaskEnd {
    let tries = usize::try_from(task.attempt.saturating_sub(1)).unwrap_or(usize::MAX);
    match RETRIES_MS.get(tries) {
        Some(wait_ms) => TaskEnd::Again(at_ms + wait_ms),
        None => TaskEnd::Failed(problem.to_owned()),
    }
}
