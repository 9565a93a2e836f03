//! The worker that carries events to their endpoints.
//!
//! Several may work on one store. What one of them took and did not end, because its process was
//! killed, comes again when the lease is over.

use crate::seal::BrokenSeal;
use crate::state::App;
use crate::webhooks::schedule::{after_failure, put_off_ms};
use crate::webhooks::send::Outcome;
use crate::webhooks::sign::SigningKey;
use egusi_store::{DueDelivery, Endpoint, NextTry, SettleDelivery, StoreError};
use std::time::Duration;
use tokio::task::JoinSet;

/// For how long a delivery is taken: long enough for a try that takes its whole time.
const LEASE_MS: i64 = 60_000;
/// How many are under way at once.
const MOST: usize = 64;
/// How often to look where nobody rang: other processes cannot ring, and later tries become due.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Delivers until the process ends.
pub async fn keep(app: App) {
    let mut tries = JoinSet::new();
    loop {
        while tries.try_join_next().is_some() {}
        match claim(&app, MOST - tries.len()).await {
            Ok(due) => due.into_iter().for_each(|due| {
                tries.spawn(attempt(app.clone(), due));
            }),
            Err(error) => tracing::warn!(%error, "no webhook could be taken"),
        }
        // The end of a try may let the next event of its record go.
        tokio::select! {
            () = app.bells.deliveries.notified() => {}
            Some(_) = tries.join_next() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// Tries everything that is due now, once, and says how much that was.
///
/// # Errors
/// If the store cannot say what is due.
pub async fn round(app: &App) -> Result<usize, StoreError> {
    let due = claim(app, MOST).await?;
    let count = due.len();
    let mut tries: JoinSet<()> = due.into_iter().map(|due| attempt(app.clone(), due)).collect();
    while tries.join_next().await.is_some() {}
    Ok(count)
}

async fn claim(app: &App, most: usize) -> Result<Vec<DueDelivery>, StoreError> {
    let now_ms = app.now_ms();
    let most = u32::try_from(most).unwrap_or(u32::MAX);
    if most == 0 {
        return Ok(Vec::new());
    }
    app.store.claim_deliveries(now_ms, now_ms + LEASE_MS, most).await
}

async fn attempt(app: App, due: DueDelivery) {
    let now_ms = app.now_ms();
    let outcome = match keys(&app, &due.endpoint, now_ms) {
        Ok(keys) => app.webhooks.send(&due.endpoint.url, &due.event, &keys, now_ms).await,
        Err(BrokenSeal) => {
            tracing::error!(endpoint = %due.endpoint.id, "the secret of an endpoint cannot be opened");
            Outcome::failed("the secret of the endpoint cannot be opened")
        }
    };
    let DueDelivery { scope, id, attempt, endpoint: _, event: _ } = due;
    let at_ms = app.now_ms();
    let next = next_try(&due, &outcome, at_ms);
    let Outcome { status, retry_after: _, problem } = outcome;
    tracing::debug!(delivery = %id, attempt, status, problem, "a webhook was tried");
    let settle = SettleDelivery { id, attempt, at_ms, status, problem, next };
    match app.store.settle_delivery(scope, settle).await {
        Ok(()) => {}
        // The lease is over and another has it, or the endpoint was disabled meanwhile.
        Err(StoreError::Conflict | StoreError::NotFound) => {
            tracing::debug!(delivery = %id, "a try ended after its delivery had gone on");
        }
        Err(error) => tracing::warn!(delivery = %id, %error, "the end of a try could not be written"),
    }
}

/// The endpoint's secret and, until its time is over, the one before.
fn keys(app: &App, endpoint: &Endpoint, now_ms: i64) -> Result<Vec<SigningKey>, BrokenSeal> {
    let previous = endpoint.previous.as_ref().filter(|(_, until_ms)| now_ms < *until_ms);
    let sealed = std::iter::once(&endpoint.secret).chain(previous.map(|(sealed, _)| sealed));
    let open = |sealed: &Vec<u8>| {
        let secret = app.sealer.open(endpoint.id.bytes(), sealed)?;
        let secret = std::str::from_utf8(&secret).map_err(|_| BrokenSeal)?;
        SigningKey::read(secret).map_err(|_| BrokenSeal)
    };
    sealed.map(open).collect()
}

/// 2xx has arrived and 410 wants no more; everything else is a failure, redirects among it. Who is
/// overloaded may say for how long.
fn next_try(due: &DueDelivery, outcome: &Outcome, at_ms: i64) -> NextTry {
    match outcome.status {
        Some(200..=299) => NextTry::Delivered,
        Some(410) => NextTry::Gone,
        status => {
            let is_busy = matches!(status, Some(429 | 503));
            let asked = outcome.retry_after.as_deref().filter(|_| is_busy);
            after_failure(due.id, due.attempt, at_ms, asked.and_then(|text| put_off_ms(text, at_ms)))
        }
    }
}
