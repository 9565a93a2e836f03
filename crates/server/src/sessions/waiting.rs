//! How a session is looked at without taking it, and how a widget waits for it to go on: while the
//! customer is on the institution's own page, and while an earlier call is still being worked on.

use crate::bells::Rung;
use crate::error::ApiError;
use crate::sessions::claim::{Outcome, connector_of, end_of, open_state, reply, taken, unknown_session};
use crate::sessions::state::SessionState;
use crate::state::{App, AppState};
use egusi_protocol::{Resumed, Step, StepReply};
use egusi_store::{Session, TokenHash};
use std::time::Duration;

/// A wait ends after so long and is begun again: shorter than proxies let a call be silent.
const WAIT_MAX: Duration = Duration::from_secs(25);
/// What another process does to the session rings no bell here.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// A look gives a session more time where it would gain as much: looks are many, and each of these is
/// a write.
const WORTH_A_WRITE_MS: i64 = 2 * 60_000;

/// What a look asks for beside the step.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// What a widget that was loaded anew needs to go on.
    pub resume: bool,
    /// Wait until the session has gone past this turn.
    pub after: Option<u32>,
}

struct Seen {
    row: Session,
    state: SessionState,
    is_busy: bool,
}

/// Reads where a session stands. Whoever looks is still there, so it does not end for want of a call;
/// a window looks every few minutes, and nobody is timed out while reading (WCAG 2.2.1).
///
/// # Errors
/// `SessionExpired` if it is over, also if it ends while it is waited for.
pub async fn look(app: &App, token: TokenHash, wanted: Wanted) -> Result<StepReply, ApiError> {
    let Wanted { resume, after } = wanted;
    let Seen { row, state, is_busy } = match after {
        Some(after) => see_past(app, token, after).await?,
        None => see(app, token).await?,
    };
    if !is_busy {
        keep(app, token, &row).await;
    }
    let resumed = if resume { Some(resumed(app, &row, &state)?) } else { None };
    Ok(StepReply { is_busy, resumed, ..reply(app, &row, &state)? })
}

/// A call that has taken it meanwhile gives it its time itself, so a refusal is no loss.
async fn keep(app: &App, token: TokenHash, row: &Session) {
    if end_of(row, app.now_ms()) - row.expires_at_ms > WORTH_A_WRITE_MS {
        let _ = taken(app.clone(), token, |_, _| Box::pin(async { Ok(Outcome::Advance) })).await;
    }
}

async fn see(app: &AppState, token: TokenHash) -> Result<Seen, ApiError> {
    let row = app.store.session(token).await.map_err(unknown_session)?;
    let now_ms = app.now_ms();
    let state = open_state(app, &row, now_ms)?;
    Ok(Seen { is_busy: row.busy_until_ms > now_ms, row, state })
}

/// A busy session is waited for too: what its call comes to is news even where the step stays.
async fn see_past(app: &AppState, token: TokenHash, after: u32) -> Result<Seen, ApiError> {
    let Ok(_place) = app.bells.places.try_acquire() else { return see(app, token).await };
    // Listened for from before the first look, so that nothing falls between the two.
    let mut bell = app.bells.listen();
    let waiting = async {
        let mut was_busy = false;
        loop {
            let seen = see(app, token).await?;
            if seen.state.turn > after || (was_busy && !seen.is_busy) {
                return Ok(seen);
            }
            was_busy = seen.is_busy;
            match tokio::time::timeout(LOOK_AGAIN, bell.rung_for(seen.row.id)).await {
                // A call is done, whatever came of it.
                Ok(Rung::Session) => return see(app, token).await,
                Ok(Rung::Closing) => return Ok(seen),
                Err(_) => {}
            }
        }
    };
    match tokio::time::timeout(WAIT_MAX, waiting).await {
        Ok(outcome) => outcome,
        Err(_) => see(app, token).await,
    }
}

fn resumed(app: &AppState, row: &Session, state: &SessionState) -> Result<Resumed, ApiError> {
    let connector = connector_of(app, row)?;
    let is_form = matches!(state.step(connector, app.now_ms()), Step::Form(_));
    let institution = state.institution().filter(|_| !is_form);
    let form = institution.and_then(|institution| state.form(connector, institution, None));
    Ok(Resumed { setting: state.setting.clone(), form })
}
