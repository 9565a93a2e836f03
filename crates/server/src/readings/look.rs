//! A look at the bank: asks an institution again about a record, and writes what it answered.
//!
//! The institution is asked once and nothing is locked meanwhile. If somebody else wrote to the
//! record in between, what was seen is put together with the newer state, and written then.

use super::ask::{self, Asked};
use super::draft;
use super::telling::{Subject, task_event_id};
use crate::error::ApiError;
use crate::state::App;
use crate::webhooks::events::What;
use egusi_protocol::{ErrorCode, ProblemCode, Product, RecordId};
use egusi_store::{
    AccountRow, Filter, FullRecord, NewEvent, Page, RecordRow, RecordUpdate, Scope, StoreError, TaskKind,
};

/// So often a write meets somebody else's before it gives up.
const TRIES: usize = 4;

/// Why a look brought nothing.
#[derive(Clone, Debug)]
pub enum LookError {
    /// There is no such record.
    NotFound,
    /// The customer was not asked for this when the record was made.
    NotAskedFor(Product),
    /// The customer has stopped the sharing.
    Revoked,
    /// The institution wants the customer to sign in again, or the consent has ended.
    SignInNeeded,
    /// The institution did not answer with sense.
    Institution(ProblemCode),
    /// Our own side.
    Ours(ApiError),
}

impl From<StoreError> for LookError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            other => Self::Ours(other.into()),
        }
    }
}

impl From<LookError> for ApiError {
    fn from(error: LookError) -> Self {
        match error {
            LookError::NotFound => Self::refused(ErrorCode::NotFound, "Record not found"),
            LookError::NotAskedFor(product) => Self::refused(
                ErrorCode::Conflict,
                format!("This record was made without the product {product}"),
            ),
            LookError::Revoked => {
                Self::refused(ErrorCode::ConsentRevoked, "The customer has stopped sharing this")
            }
            LookError::SignInNeeded => {
                Self::refused(ErrorCode::SignInNeeded, "The bank wants the customer to sign in again")
            }
            LookError::Institution(code) => {
                Self::refused(ErrorCode::InstitutionFailed, format!("The bank did not answer: {code}"))
            }
            LookError::Ours(error) => error,
        }
    }
}

/// Reads the balances of a record now, while the caller waits, and writes a new reading of each
/// account that is shared.
///
/// # Errors
/// `NotFound` for an unknown record, `SignInNeeded` and `InstitutionFailed` if the institution does
/// not answer with balances.
pub async fn balances(app: &App, scope: Scope, record: RecordId) -> Result<(), ApiError> {
    Ok(look(app, scope, record, TaskKind::Balances, None).await?)
}

/// Looks at whatever the kind says, and writes it; for a task, with the time it was asked for.
///
/// # Errors
/// Why nothing was written. That the institution wants a new sign-in has been written and told.
pub async fn look(
    app: &App,
    scope: Scope,
    record: RecordId,
    kind: TaskKind,
    asked_at_ms: Option<i64>,
) -> Result<(), LookError> {
    app.looks.share(scope, record, kind, || look_alone(app, scope, record, kind, asked_at_ms)).await
}

/// What the customer has not agreed to, or no longer agrees to, is not even asked for.
///
/// # Errors
/// `Revoked`; or `NotAskedFor`, with the product that is missing.
pub fn ensure_agreed(record: &RecordRow, kind: TaskKind) -> Result<(), LookError> {
    if record.revoked_at_ms.is_some() {
        return Err(LookError::Revoked);
    }
    let product = match kind {
        TaskKind::Balances => Product::Balance,
        TaskKind::Transactions => Product::Transactions,
        TaskKind::History => return Ok(()),
    };
    let is_asked_for = record.products.split_ascii_whitespace().any(|word| word == product.as_str());
    if is_asked_for { Ok(()) } else { Err(LookError::NotAskedFor(product)) }
}

/// An account the customer does not share cannot be looked at; what was known of it stands.
///
/// # Errors
/// `Conflict`, or `ConsentRevoked` where they stopped sharing all of the record.
pub async fn ensure_shared(app: &App, scope: Scope, account: &AccountRow) -> Result<(), ApiError> {
    if account.connected {
        return Ok(());
    }
    let found = app.store.records(scope, Filter::of_record(account.record), Page::first(1)).await?;
    if found.rows.iter().any(|record| record.revoked_at_ms.is_some()) {
        return Err(LookError::Revoked.into());
    }
    Err(ApiError::refused(ErrorCode::Conflict, "The customer does not share this account."))
}

async fn look_alone(
    app: &App,
    scope: Scope,
    record: RecordId,
    kind: TaskKind,
    asked_at_ms: Option<i64>,
) -> Result<(), LookError> {
    let full = app.store.full_record(scope, record).await?;
    ensure_agreed(&full.row, kind)?;
    let subject = Subject::of(app, scope, &full, asked_at_ms).await.map_err(LookError::Ours)?;
    match ask::institution(app, scope, &full, kind).await {
        Ok(asked) => write_all(app, full, &asked, &subject, kind).await,
        Err(LookError::SignInNeeded) => {
            let refused = full.access.clone();
            let update = |full: &FullRecord| {
                // The customer may have signed in again meanwhile; then the refusal was of the old access.
                if full.access == refused { draft::sign_in_needed(app, full, &subject) } else { Ok(None) }
            };
            write(app, scope, full, update).await?;
            Err(LookError::SignInNeeded)
        }
        Err(error) => Err(error),
    }
}

/// The event that tells that a look which was asked for came to nothing; whoever ends the look writes
/// it. Its id is made of what was asked for, so that however often it is told, it is one event. That a
/// new sign-in is needed has been told already, in its own words.
///
/// # Errors
/// `NotFound` if the record is not there any more; or if the store cannot work.
pub async fn failure_event(
    app: &App,
    scope: Scope,
    record: RecordId,
    kind: TaskKind,
    code: &str,
    asked_at_ms: i64,
) -> Result<NewEvent, LookError> {
    let full = app.store.full_record(scope, record).await?;
    let at_ms = app.now_ms();
    let subject = Subject::of(app, scope, &full, Some(asked_at_ms)).await.map_err(LookError::Ours)?;
    let event = subject.event(app, at_ms, What::RefreshFailed { of: kind, code }).map_err(LookError::Ours)?;
    Ok(NewEvent { id: task_event_id(b"failed", record, kind, asked_at_ms), ..event })
}

/// The balances are written together with the event that tells them. The past of each account is
/// written by itself, before, so that no transaction of the store is a long one.
async fn write_all(
    app: &App,
    mut full: FullRecord,
    asked: &Asked,
    subject: &Subject,
    kind: TaskKind,
) -> Result<(), LookError> {
    let scope = subject.scope;
    for past in &asked.pasts {
        let update = |full: &FullRecord| Ok(Some(draft::past(app, scope, full, past, kind)));
        full = write(app, scope, full, update).await?;
    }
    write(app, scope, full, |full| draft::balances(app, full, asked, subject, kind).map(Some)).await?;
    Ok(())
}

/// Writes an update of the record as it is, or of what it has become; gives what it is then.
async fn write(
    app: &App,
    scope: Scope,
    mut full: FullRecord,
    update: impl Fn(&FullRecord) -> Result<Option<RecordUpdate>, ApiError>,
) -> Result<FullRecord, LookError> {
    for _ in 0..TRIES {
        let Some(update) = update(&full).map_err(LookError::Ours)? else { return Ok(full) };
        let tells = !update.events.is_empty();
        let outcome = app.store.update_record(scope, update).await;
        if outcome.is_ok() && tells {
            app.bells.deliveries.notify_one();
        }
        match outcome {
            Ok(()) | Err(StoreError::Conflict) => {
                full = app.store.full_record(scope, full.row.id).await?;
                // What is seen after the customer stopped the sharing is not kept.
                if full.row.revoked_at_ms.is_some() {
                    return Err(LookError::Revoked);
                }
                if outcome.is_ok() {
                    return Ok(full);
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(LookError::Ours(ApiError::Unavailable("a record was written to by others too often".into())))
}
