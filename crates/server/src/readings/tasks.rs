//! Looks that are asked for and go on without the asker: after a call to refresh, and after a
//! customer has connected. They are rows of the store, so a restart loses none.

use super::look::{LookError, failure_event, look};
use crate::error::ApiError;
use crate::state::App;
use egusi_protocol::RecordId;
use egusi_store::{DueTask, NewEvent, Scope, StoreError, Task, TaskEnd, TaskKind};
use std::time::Duration;

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
/// `NotFound` for an unknown record.
pub async fn ask(
    app: &App,
    scope: Scope,
    record: RecordId,
    kind: TaskKind,
) -> Result<(Task, bool), ApiError> {
    let now_ms = app.now_ms();
    let asked = app.store.ask_task(scope, record, kind, now_ms, now_ms - FRESH_MS).await;
    let asked = asked.map_err(|error| match error {
        StoreError::NotFound => LookError::NotFound.into(),
        other => ApiError::from(other),
    })?;
    app.bells.tasks.notify_one();
    Ok(asked)
}

/// Works on tasks until the process ends.
pub async fn keep(app: App) {
    loop {
        match round(&app).await {
            Ok(0) => {
                let bell = app.bells.tasks.notified();
                // Whichever comes first; that the bell was silent is no error.
                let _ = tokio::time::timeout(EVERY, bell).await;
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "tasks could not be taken");
                tokio::time::sleep(EVERY).await;
            }
        }
    }
}

/// Does what is due now, and says how many tasks that were.
///
/// # Errors
/// If the store cannot say what is due.
pub async fn round(app: &App) -> Result<usize, StoreError> {
    let now_ms = app.now_ms();
    let due = app.store.claim_tasks(now_ms, now_ms + LEASE_MS, AT_ONCE).await?;
    let count = due.len();
    let mut working = tokio::task::JoinSet::new();
    for task in due {
        let app = app.clone();
        working.spawn(async move { work(&app, task).await });
    }
    working.join_all().await;
    Ok(count)
}

async fn work(app: &App, task: DueTask) {
    let outcome = look(app, task.scope, task.record, task.kind).await;
    let at_ms = app.now_ms();
    let end = match outcome {
        Ok(()) => TaskEnd::Completed,
        Err(LookError::NotFound) => TaskEnd::Failed("not_found".into()),
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
