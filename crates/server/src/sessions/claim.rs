//! How a call takes a session and puts it back: one call at a time, and nothing half-made.

use crate::error::ApiError;
use crate::keys;
use crate::sessions::state::SessionState;
use crate::state::{App, AppState};
use egusi_protocol::{ErrorCode, Secret, SessionId, Step};
use egusi_store::{AdvanceSession, Session, StoreError};
use std::future::Future;
use std::pin::Pin;

/// A session ends when nothing happened for so long.
pub const IDLE_MS: i64 = 15 * 60_000;
/// A session ends at the latest so long after it was opened.
pub const TOTAL_MS: i64 = 30 * 60_000;
/// A call may take so long; after that another may take the session, even if the first is lost.
const BUSY_MS: i64 = 45_000;

/// A session taken for one call.
pub struct Claimed {
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
    /// The call has written it already, with other things in the same transaction.
    Written,
    /// The session is over.
    End,
}

/// Reads where a session stands, without taking it.
pub async fn look(app: &AppState, token: &Secret) -> Result<Step, ApiError> {
    let row = app.store.session(keys::hash(token.expose())).await.map_err(unknown_session)?;
    let state = open_state(app, &row, app.now_ms())?;
    step_of(app, &row, &state)
}

/// What a call does with a session it has taken.
pub type Work<'a> = Pin<Box<dyn Future<Output = Result<Outcome, ApiError>> + Send + 'a>>;

/// Takes a session, lets the call change it, and puts it back, whatever the call's end.
///
/// The work runs as a task of its own: a browser that goes away in the middle must not leave the
/// session taken.
pub async fn with_session<Call>(app: App, token: Secret, call: Call) -> Result<Step, ApiError>
where
    Call: for<'a> FnOnce(&'a App, &'a mut Claimed) -> Work<'a> + Send + 'static,
{
    let task = tokio::spawn(async move {
        let now_ms = app.now_ms();
        let row = app
            .store
            .claim_session(keys::hash(token.expose()), now_ms, now_ms + BUSY_MS)
            .await
            .map_err(unknown_session)?;
        let state = match open_state(&app, &row, now_ms) {
            Ok(state) => state,
            Err(error) => {
                release(&app, &row).await?;
                return Err(error);
            }
        };
        let mut claimed = Claimed { row, state, now_ms };
        match call(&app, &mut claimed).await {
            Ok(Outcome::Written) => {}
            Ok(Outcome::Advance) => {
                app.store.advance_session(claimed.row.scope, advance(&app, &claimed)?).await?;
            }
            Ok(Outcome::End) => {
                let ended = AdvanceSession { expires_at_ms: now_ms, ..advance(&app, &claimed)? };
                app.store.advance_session(claimed.row.scope, ended).await?;
            }
            Err(error) => {
                release(&app, &claimed.row).await?;
                return Err(error);
            }
        }
        step_of(&app, &claimed.row, &claimed.state)
    });
    task.await.map_err(|error| ApiError::Internal(format!("a session's call ended badly: {error}")))?
}

/// What is written when a claimed session goes on: its new state, and more time.
pub fn advance(app: &AppState, claimed: &Claimed) -> Result<AdvanceSession, ApiError> {
    let Claimed { row, state, now_ms } = claimed;
    Ok(AdvanceSession {
        id: row.id,
        version: row.version,
        body: seal_state(app, row.id, state)?,
        expires_at_ms: (now_ms + IDLE_MS).min(row.created_at_ms + TOTAL_MS),
    })
}

/// Puts a session back as it was.
async fn release(app: &AppState, row: &Session) -> Result<(), ApiError> {
    let Session { scope, id, version, body, created_at_ms: _, expires_at_ms } = row.clone();
    app.store.advance_session(scope, AdvanceSession { id, version, body, expires_at_ms }).await?;
    Ok(())
}

fn step_of(app: &AppState, row: &Session, state: &SessionState) -> Result<Step, ApiError> {
    let connector = app
        .connector(row.scope.env)
        .ok_or_else(|| ApiError::Internal("a session of a world without connectors".into()))?;
    Ok(state.step(connector.as_ref()))
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

fn open_state(app: &AppState, row: &Session, now_ms: i64) -> Result<SessionState, ApiError> {
    if row.expires_at_ms <= now_ms {
        return Err(expired());
    }
    let plain = app
        .sealer
        .open(row.id.bytes(), &row.body)
        .map_err(|_| ApiError::Internal("a session's seal is broken; was the key file changed?".into()))?;
    serde_json::from_slice(&plain)
        .map_err(|error| ApiError::Internal(format!("a session is unreadable: {error}")))
}

/// An unknown session and an old one look alike from outside.
fn unknown_session(error: StoreError) -> ApiError {
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
