//! Where an institution's own page sends the customer back to. The session goes on here, on the
//! server, and the widget hears of it by waiting: neither window needs to know the other.

use crate::error::ApiError;
use crate::http::pages::plain;
use crate::sessions::claim::taken;
use crate::sessions::redirect::{WayBack, used_up};
use crate::sessions::state::{SessionState, Stage};
use crate::sessions::turns;
use crate::state::App;
use axum::extract::{RawQuery, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use egusi_protocol::ProblemCode;

/// `GET /connect/v1/return?state=…`, with whatever the institution adds.
pub async fn page(State(app): State<App>, method: Method, RawQuery(query): RawQuery) -> Response {
    if method == Method::HEAD {
        // Whoever only looks whether a page is there must not use up the way back.
        return StatusCode::NO_CONTENT.into_response();
    }
    match came_back(app, query.as_deref().unwrap_or_default()).await {
        Ok(state) => told(&state),
        Err(error) => plain::trouble(&error),
    }
}

async fn came_back(app: App, query: &str) -> Result<SessionState, ApiError> {
    let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
    let (ours, theirs): (Vec<_>, Vec<_>) = pairs.partition(|(name, _)| name == "state");
    let [(_, state)] = ours.as_slice() else { return Err(used_up()) };
    let WayBack { session, nonce } = WayBack::read(&app, state)?;
    let claimed =
        taken(app, session, move |app, claimed| Box::pin(turns::returned(app, claimed, nonce, theirs)));
    Ok(claimed.await?.state)
}

fn told(state: &SessionState) -> Response {
    let (title, what) = match &state.stage {
        Stage::Failed { problem, .. } if problem.code == ProblemCode::Denied => {
            ("You said no", "Nothing was shared.")
        }
        Stage::Failed { .. } | Stage::SigningIn { .. } | Stage::Choosing => {
            ("That did not work", "Nothing was shared, and you can try again.")
        }
        Stage::Selecting { .. } | Stage::Done(_) => {
            ("You are signed in", "Only your choice of accounts is left.")
        }
        Stage::Challenged { .. } | Stage::Pending { .. } | Stage::Redirected { .. } => {
            ("There is one thing more", "Your bank wants to know more.")
        }
    };
    plain::returned(title, what, &state.setting.name, state.host_origin.as_deref())
}
