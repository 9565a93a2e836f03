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
use crate::words::{Words, choice};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use egusi_protocol::ProblemCode;
use egusi_store::TokenHash;

/// `GET /connect/v1/return?state=…`, with whatever the institution adds.
pub async fn page(
    State(app): State<App>,
    method: Method,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    if method == Method::HEAD {
        // Whoever only looks whether a page is there must not use up the way back.
        return StatusCode::NO_CONTENT.into_response();
    }
    let accepted = choice::accepted(&headers);
    let words = |wanted: Option<&str>| Words::of(choice::choose(wanted, &accepted, Words::tags()));
    match came_back(app.clone(), query.as_deref().unwrap_or_default()).await {
        Ok((session, state)) => {
            // The language in which the customer agreed is the one the window speaks.
            let words = words(state.consent.as_ref().map(|consent| consent.language.as_str()));
            told(&app, words, session, &state).unwrap_or_else(|error| plain::trouble(words, &error))
        }
        Err(error) => plain::trouble(words(None), &error),
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

fn told(app: &App, words: &Words, session: TokenHash, state: &SessionState) -> Result<Response, ApiError> {
    let said = match &state.stage {
        Stage::Failed { problem, .. } if problem.code == ProblemCode::Denied => {
            ("returned.denied.title", "returned.denied")
        }
        Stage::Failed { .. } | Stage::SigningIn { .. } | Stage::Choosing => {
            ("problem.title", "returned.failed")
        }
        Stage::Selecting { .. } | Stage::Done(_) => ("returned.signed.title", "returned.signed"),
        Stage::Challenged { .. } | Stage::Pending { .. } | Stage::Redirected { .. } => {
            ("returned.more.title", "returned.more")
        }
    };
    // Whoever was not at the institution is handed no session: an address that was never used could
    // come from anybody.
    let was_there = !matches!(state.stage, Stage::Failed { .. } | Stage::SigningIn { .. } | Stage::Choosing);
    Ok(match &state.tab {
        // The window made room for the institution's page; it goes on where that was.
        Some(begun) if was_there => plain::goes_on(words, said, &sealed(app, &session)?, begun),
        Some(begun) => {
            let begun = Begun::unsealed(app, begun, Some(&session));
            let link = begun.and_then(|begun| begun.options.open.short).map(|short| format!("/{short}"));
            plain::returned(words, said, &state.setting.name, link.as_deref())
        }
        None => plain::returned(words, said, &state.setting.name, state.host_origin.as_deref()),
    })
}
