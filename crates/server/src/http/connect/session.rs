//! The calls of a session. Handlers only read the request; what happens is in [`crate::sessions`].

use crate::auth::SessionToken;
use crate::error::ApiError;
use crate::http::json::Body;
use crate::sessions::claim::{Outcome, look as look_at, with_session};
use crate::sessions::{opening, sharing, turns};
use crate::state::App;
use axum::Json;
use axum::extract::State;
use egusi_protocol::{
    Answer, ChooseInstitution, OpenSession, SessionOpened, ShareAccounts, Step, StepReply, SubmitForm,
};

type Reply = Result<Json<StepReply>, ApiError>;

fn reply(step: Step) -> Reply {
    Ok(Json(StepReply { step }))
}

/// `POST /connect/v1/sessions`
pub async fn open(
    State(app): State<App>,
    Body(wanted): Body<OpenSession>,
) -> Result<Json<SessionOpened>, ApiError> {
    opening::open(&app, wanted).await.map(Json)
}

/// `GET /connect/v1/session`
pub async fn look(State(app): State<App>, SessionToken(token): SessionToken) -> Reply {
    reply(look_at(&app, &token).await?)
}

/// `DELETE /connect/v1/session`
pub async fn end(State(app): State<App>, SessionToken(token): SessionToken) -> Reply {
    reply(with_session(app, token, |_, _| Box::pin(async { Ok(Outcome::End) })).await?)
}

/// `POST /connect/v1/session/institution`
pub async fn choose_institution(
    State(app): State<App>,
    SessionToken(token): SessionToken,
    Body(chosen): Body<ChooseInstitution>,
) -> Reply {
    reply(with_session(app, token, move |app, claimed| Box::pin(turns::choose(app, claimed, chosen))).await?)
}

/// `POST /connect/v1/session/form`
pub async fn submit_form(
    State(app): State<App>,
    SessionToken(token): SessionToken,
    Body(form): Body<SubmitForm>,
) -> Reply {
    reply(
        with_session(app, token, move |app, claimed| Box::pin(turns::sign_in(app, claimed, form.fields)))
            .await?,
    )
}

/// `POST /connect/v1/session/answer`
pub async fn answer_challenge(
    State(app): State<App>,
    SessionToken(token): SessionToken,
    Body(answer): Body<Answer>,
) -> Reply {
    reply(
        with_session(app, token, move |app, claimed| Box::pin(turns::answer(app, claimed, answer.answer)))
            .await?,
    )
}

/// `POST /connect/v1/session/poll`
pub async fn poll(State(app): State<App>, SessionToken(token): SessionToken) -> Reply {
    reply(with_session(app, token, |app, claimed| Box::pin(turns::poll(app, claimed))).await?)
}

/// `POST /connect/v1/session/accounts`
pub async fn share_accounts(
    State(app): State<App>,
    SessionToken(token): SessionToken,
    Body(wanted): Body<ShareAccounts>,
) -> Reply {
    reply(
        with_session(app, token, move |app, claimed| Box::pin(sharing::share(app, claimed, wanted.picks)))
            .await?,
    )
}
