//! How a call takes a session and puts it back: one call at a time, and nothing half-made.

use crate::error::ApiError;
use crate::sessions::state::SessionState;
use crate::state::{App, AppState};
use egusi_connectors::Connector;
use egusi_protocol::{ErrorCode, SessionId, StepReply};
use egusi_store::{AdvanceSession, Session, StoreError, TokenHash};
use std::future::Future;
use std::pin::Pin;
use tracing::{Instrument, Span};

/// A session ends when nothing happened for so long.
pub const IDLE_MS: i64 = 15 * 60_000;
/// A session ends at the latest so long after it was opened.
pub const TOTAL_MS: i64 = 30 * 60_000;
/// A call may take so long; after that another may take the session, even if the first is lost. It
/// is longer than the longest time an operator can give a bank.
const BUSY_MS: i64 = 45_000;

/// A session taken for one call.
pub struct Claimed {
    /// The hash it is found by.
    pub token: TokenHash,
    /// As the store has it.
    pub row: Session,
    /// Opened.
    pub state: SessionState,
    /// The time of the call.
    pub now_ms: i64,
}

/// Where a session goes when a call is done with it.
pub enum Outcome {
    /// The state has changed: write it.
    Advance,
    /// Nothing was done: put it back as it was.
    Unchanged,
    /// The call has written it already, with other things in the same transaction.
    Written,
    /// The session is over.
    End,
}

/// What a call does with a session it has taken.
pub type Work<'a> = Pin<Box<dyn Future<Output = Result<Outcome, ApiError>> + Send + 'a>>;

/// Takes a session, lets the call change it, puts it back and says where it stands.
pub async fn with_session<Call>(app: App, token: TokenHash, call: Call) -> Result<StepReply, ApiError>
where
    Call: for<'a> FnOnce(&'a App, &'a mut Claimed) -> Work<'a> + Send + 'static,
{
    let claimed = taken(app.clone(), token, call).await?;
    reply(&app, &claimed.row, &claimed.state)
}

/// Takes a session, lets the call change it, and puts it back, whatever the call's end.
///
/// The work runs as a task of its own: a browser that goes away in the middle must not leave the
/// session taken.
pub async fn taken<Call>(app: App, token: TokenHash, call: Call) -> Result<Claimed, ApiError>
where
    Call: for<'a> FnOnce(&'a App, &'a mut Claimed) -> Work<'a> + Send + 'static,
{
    let work = async move {
        let now_ms = app.now_ms();
        let row = app.store.claim_session(token, now_ms, now_ms + BUSY_MS).await.map_err(unknown_session)?;
        let id = row.id;
        let outcome = at_work(&app, token, row, now_ms, call).await;
        // Rung whatever came of it: whoever waits for a busy session wants to know that it is free.
        app.bells.ring_for(id);
        outcome
    };
    let task = tokio::spawn(work.instrument(Span::current()));
    task.await.map_err(|error| ApiError::Internal(format!("a session's call ended badly: {error}")))?
}

async fn at_work<Call>(
    app: &App,
    token: TokenHash,
    row: Session,
    now_ms: i64,
    call: Call,
) -> Result<Claimed, ApiError>
where
    Call: for<'a> FnOnce(&'a App, &'a mut Claimed) -> Work<'a> + Send + 'static,
{
    let state = match open_state(app, &row, now_ms) {
        Ok(state) => state,
        Err(error) => {
            release(app, &row).await?;
            return Err(error);
        }
    };
    let mut claimed = Claimed { token, row, state, now_ms };
    match call(app, &mut claimed).await {
        Ok(Outcome::Written) => {}
        Ok(Outcome::Unchanged) => release(app, &claimed.row).await?,
        Ok(Outcome::Advance) => {
            app.store.advance_session(claimed.row.scope, advance(app, &claimed)?).await?;
        }
        Ok(Outcome::End) => {
            let ended = AdvanceSession { expires_at_ms: now_ms, ..advance(app, &claimed)? };
            app.store.advance_session(claimed.row.scope, ended).await?;
        }
        Err(error) => {
            release(app, &claimed.row).await?;
            return Err(error);
        }
    }
    Ok(claimed)
}

/// What is written when a claimed session goes on: its new state, and more time.
pub fn advance(app: &AppState, claimed: &Claimed) -> Result<AdvanceSession, ApiError> {
    let Claimed { token: _, row, state, now_ms } = claimed;
    Ok(AdvanceSession {
        id: row.id,
        version: row.version,
        body: seal_state(app, row.id, state)?,
        expires_at_ms: end_of(row, *now_ms),
    })
}

/// When a session ends that something happened to now.
pub fn end_of(row: &Session, now_ms: i64) -> i64 {
    (now_ms + IDLE_MS).min(row.created_at_ms + TOTAL_MS)
}

/// Puts a session back as it was.
async fn release(app: &AppState, row: &Session) -> Result<(), ApiError> {
    let Session { scope, id, version, busy_until_ms: _, body, created_at_ms: _, expires_at_ms } = row.clone();
    app.store.advance_session(scope, AdvanceSession { id, version, body, expires_at_ms }).await?;
    Ok(())
}

/// What the widget is told of where a session stands.
pub fn reply(app: &AppState, row: &Session, state: &SessionState) -> Result<StepReply, ApiError> {
    let step = state.step(connector_of(app, row)?, app.now_ms());
    Ok(StepReply { step, turn: state.turn, is_busy: false, resumed: None })
}

/// The connector of a session's world.
pub fn connector_of<'app>(app: &'app AppState, row: &Session) -> Result<&'app dyn Connector, ApiError> {
    app.connector(row.scope.env)
        .map(AsRef::as_ref)
        .ok_or_else(|| ApiError::Internal("a session of a world without connectors".into()))
}

/// Seals a state for its session; it opens for no other.
pub fn seal_state(app: &AppState, id: SessionId, state: &SessionState) -> Result<Vec<u8>, ApiError> {
    let plain = zeroize::Zeroizing::new(
        serde_json::to_vec(state).map_err(|error| ApiError::Internal(error.to_string()))?,
    );
    app.sealer
        .seal(id.bytes(), &plain)
        .map_err(|_| ApiError::Internal("a session could not be sealed".into()))
}

/// Opens the state of a session that has not ended, and notes in the log whose call this is.
///
/// # Errors
/// `SessionExpired` also where another version of this server wrote it: a session lives for half
/// an hour, and opening the widget again is all it takes.
pub fn open_state(app: &AppState, row: &Session, now_ms: i64) -> Result<SessionState, ApiError> {
    Span::current().record("support", row.id.support_code());
    if row.expires_at_ms <= now_ms {
        return Err(expired());
    }
    let plain = app
        .sealer
        .open(row.id.bytes(), &row.body)
        .map_err(|_| ApiError::Internal("a session's seal is broken; was the key file changed?".into()))?;
    serde_json::from_slice(&plain).map_err(|error| {
        // The error's own text may quote a value.
        tracing::warn!(line = error.line(), column = error.column(), "a session of another version is left");
        expired()
    })
}

/// An unknown session and an old one look alike from outside.
pub fn unknown_session(error: StoreError) -> ApiError {
    match error {
        StoreError::NotFound => expired(),
        StoreError::Conflict => {
            ApiError::refused(ErrorCode::SessionBusy, "Another call of this session is being worked on.")
        }
        StoreError::Unavailable(_) => error.into(),
    }
}

fn expired() -> ApiError {
    ApiError::refused(ErrorCode::SessionExpired, "This session is over. Open the widget again.")
}
