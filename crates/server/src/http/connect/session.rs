//! The calls of a session. Handlers only read the request; what happens is in [`crate::sessions`].

use crate::auth::SessionToken;
use crate::error::ApiError;
use crate::http::json::Body;
use crate::keys;
use crate::sessions::claim::{Claimed, Outcome, Work, with_session};
use crate::sessions::waiting::{self, Wanted};
use crate::sessions::{opening, sharing, turns};
use crate::state::App;
use axum::Json;
use axum::extract::{RawQuery, State};
use egusi_protocol::{
    Answer, ChooseInstitution, ErrorCode, OpenSession, Resend, Secret, SessionOpened, ShareAccounts,
    StepReply, SubmitForm,
};

type Reply = Result<Json<StepReply>, ApiError>;

/// Does a call of the session that the token belongs to.
async fn done<Call>(app: App, token: Secret, call: Call) -> Reply
where
    Call: for<'a> FnOnce(&'a App, &'a mut Claimed) -> Work<'a> + Send + 'static,
{
    with_session(app, keys::hash(token.expose()), call).await.map(Json)
}

/// `POST /connect/v1/sessions`
pub async fn open(
    State(app): State<App>,
    Body(wanted): Body<OpenSession>,
) -> Result<Json<SessionOpened>, ApiError> {
    opening::open(&app, wanted).await.map(Json)
}

/// `GET /connect/v1/session?resume=true&after=3`
pub async fn look(
    State(app): State<App>,
    SessionToken(token): SessionToken,
    RawQuery(query): RawQuery,
) -> Reply {
    let wanted = wanted(query.as_deref().unwrap_or_default())?;
    waiting::look(&app, keys::hash(token.expose()), wanted).await.map(Json)
}

fn wanted(query: &str) -> Result<Wanted, ApiError> {
    let refused = |message| Err(ApiError::refused(ErrorCode::InvalidRequest, message));
    let mut wanted = Wanted::default();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match (name.as_ref(), value.as_ref()) {
            ("resume", "true") => wanted.resume = true,
            ("resume", "false") => wanted.resume = false,
            ("resume", _) => return refused("resume: expected true or false, got something else"),
            ("after", turn) => match turn.parse() {
                Ok(turn) => wanted.after = Some(turn),
                Err(_) => return refused("after: expected the number of a turn, got something else"),
            },
            _ => {}
        }
    }
    Ok(wanted)
}

/// `DELETE /connect/v1/session`
pub async fn end(State(app): State<App>, SessionToken(token): SessionToken) -> Reply {
    done(app, token, |_, _| Box::pin(async { Ok(Outcome::End) })).await
}

/// `POST /connect/v1/session/institution`
pub async fn choose_institution(
    State(app): State<App>,
    SessionToken(token): SessionToken,
    Body(chosen): Body<ChooseInstitution>,
) -> Reply {
    done(app, token, move |app, claimed| Box::pin(turns::choose(app, claimed, chosen))).await
}

/// `POST /connect/v1/session/form`
pub async fn submit_form(
    State(app): State<App>,
    SessionToken(token): SessionToken,
    Body(form): Body<SubmitForm>,
) -> Reply {
    done(app, token, move |app, claimed| Box::pin(turns::sign_in(app, claimed, form))).await
}

/// `POST /connect/v1/session/answer`
pub async fn answer_challenge(
    State(app): State<App>,
    SessionToken(token): SessionToken,
    Body(answer): Body<Answer>,
) -> Reply {
    done(app, token, move |app, claimed| Box::pin(turns::answer(app, claimed, answer))).await
}

/// `POST /connect/v1/session/resend`
pub async fn resend_code(
    State(app): State<App>,
    SessionToken(token): SessionToken,
    Body(resend): Body<Resend>,
) -> Reply {
    done(app, token, move |app, claimed| Box::pin(turns::resend(app, claimed, resend))).await
}

/// `POST /connect/v1/session/poll`
pub async fn poll(State(app): State<App>, SessionToken(token): SessionToken) -> Reply {
    done(app, token, |app, claimed| Box::pin(turns::poll(app, claimed))).await
}

/// `POST /connect/v1/session/accounts`
pub async fn share_accounts(
    State(app): State<App>,
    SessionToken(token): SessionToken,
    Body(wanted): Body<ShareAccounts>,
) -> Reply {
    done(app, token, move |app, claimed| Box::pin(sharing::share(app, claimed, wanted))).await
}
