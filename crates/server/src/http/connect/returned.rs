//! Where an institution's own page sends the customer back to. The session goes on here, on the
//! server, and the widget hears of it by waiting: neither window needs to know the other.

use crate::error::ApiError;
use crate::http::pages::plain;
use crate::plain::begun::Begun;
use crate::plain::carried::sealed;
use crate::sessions::claim::taken;
use crate::sessions::redirect::{WayBack, used_up};
use crate::sessions::state::{SessionState, Stage};
use crate::sessions::turns;
use crate::state::App;
use axum::extract::{RawQuery, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use egusi_protocol::ProblemCode;
use egusi_store::TokenHash;

/// `GET /connect/v1/return?state=…`, with whatever the institution adds.
pub async fn page(State(app): State<App>, method: Method, RawQuery(query): RawQuery) -> Response {
    if method == Method::HEAD {
        // Whoever only looks whether a page is there must not use up the way back.
        return StatusCode::NO_CONTENT.into_response();
    }
    match came_back(app.clone(), query.as_deref().unwrap_or_default()).await {
        Ok((session, state)) => told(&app, session, &state).unwrap_or_else(|error| plain::trouble(&error)),
        Err(error) => plain::trouble(&error),
    }
}

async fn came_back(app: App, query: &str) -> Result<(TokenHash, SessionState), ApiError> {
    let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
    let (ours, theirs): (Vec<_>, Vec<_>) = pairs.partition(|(name, _)| name == "state");
    let [(_, state)] = ours.as_slice() else { return Err(used_up()) };
    let WayBack { session, nonce } = WayBack::read(&app, state)?;
    let claimed =
        taken(app, session, move |app, claimed| Box::pin(turns::returned(app, claimed, nonce, theirs)));
    Ok((session, claimed.await?.state))
}

fn told(app: &App, session: TokenHash, state: &SessionState) -> Result<Response, ApiError> {
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
    // Whoever was not at the institution is handed no session: an address that was never used could
    // come from anybody.
    let was_there = !matches!(state.stage, Stage::Failed { .. } | Stage::SigningIn { .. } | Stage::Choosing);
    Ok(match &state.tab {
        // The window made room for the institution's page; it goes on where that was.
        Some(begun) if was_there => plain::goes_on(title, what, &sealed(app, &session)?, begun),
        Some(begun) => {
            let begun = Begun::unsealed(app, begun, Some(&session));
            let link = begun.and_then(|begun| begun.options.open.short).map(|short| format!("/{short}"));
            plain::returned(title, what, &state.setting.name, link.as_deref())
        }
        None => plain::returned(title, what, &state.setting.name, state.host_origin.as_deref()),
    })
}
