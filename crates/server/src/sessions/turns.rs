//! The talk with the institution: each call of the widget is one turn.

use crate::error::ApiError;
use crate::sessions::claim::{Claimed, Outcome};
use crate::sessions::state::{ConsentGiven, KeptAccount, SIGN_INS_MAX, SessionState, Stage, after_failure};
use crate::state::App;
use egusi_connectors::{Access, Connector, ConnectorError, Conversation, Granted, Presence, Turn};
use egusi_protocol::{
    ChooseInstitution, ErrorCode, FieldAnswer, Health, InstitutionId, Pending, Problem, ProblemCode, Product,
    Secret,
};
use std::future::Future;
use std::time::Duration;

/// No institution may keep a customer longer than this in one step.
const STEP_LIMIT: Duration = Duration::from_secs(30);

/// As long as software must let a language tag be (BCP 47, section 4.4.1).
const LANGUAGE_CHARS_MAX: usize = 35;

/// The customer agreed and chose an institution.
pub async fn choose(
    app: &App,
    claimed: &mut Claimed,
    chosen: ChooseInstitution,
) -> Result<Outcome, ApiError> {
    refuse_if_done(&claimed.state)?;
    if !chosen.consent.agreed {
        return Err(ApiError::refused(ErrorCode::InvalidRequest, "consent.agreed: expected true, got false"));
    }
    let language_chars = chosen.consent.language.chars().count();
    if language_chars > LANGUAGE_CHARS_MAX {
        return Err(ApiError::refused(
            ErrorCode::InvalidRequest,
            format!(
                "consent.language: expected at most {LANGUAGE_CHARS_MAX} characters, got {language_chars}"
            ),
        ));
    }
    let id = chosen.institution;
    let known = connector_of(app, claimed)?.institutions().iter().find(|institution| institution.id == id);
    let Some(institution) = known else {
        return Err(ApiError::refused(
            ErrorCode::InvalidRequest,
            format!("institution: expected the id of an institution on the list; got \"{id}\""),
        ));
    };
    let state = &mut claimed.state;
    state.consent = Some(ConsentGiven { at_ms: claimed.now_ms, language: chosen.consent.language });
    state.stage = if institution.health == Health::Down {
        Stage::Failed { institution: id, problem: Problem::new(ProblemCode::InstitutionDown) }
    } else {
        Stage::SigningIn { institution: id, problem: None }
    };
    Ok(Outcome::Advance)
}

/// The customer sent the sign-in form.
pub async fn sign_in(
    app: &App,
    claimed: &mut Claimed,
    fields: Vec<FieldAnswer>,
) -> Result<Outcome, ApiError> {
    refuse_if_done(&claimed.state)?;
    let institution = claimed.state.institution().ok_or_else(|| wrong_step("an institution is chosen"))?;
    if claimed.state.sign_ins >= SIGN_INS_MAX {
        claimed.state.stage =
            Stage::Failed { institution, problem: Problem::new(ProblemCode::TooManyAttempts) };
        return Ok(Outcome::Advance);
    }
    claimed.state.sign_ins += 1;
    let connector = connector_of(app, claimed)?;
    let turn = limited(connector.begin(claimed.row.scope.company, institution, &fields)).await;
    take_turn(app, claimed, institution, turn).await
}

/// The customer answered a challenge.
pub async fn answer(app: &App, claimed: &mut Claimed, typed: Secret) -> Result<Outcome, ApiError> {
    let Stage::Challenged { institution, conversation, .. } = &claimed.state.stage else {
        return Err(wrong_step("the institution has asked something"));
    };
    let (institution, conversation) = (*institution, Conversation(conversation.clone()));
    let connector = connector_of(app, claimed)?;
    let turn = limited(connector.answer(&conversation, &typed)).await;
    take_turn(app, claimed, institution, turn).await
}

/// The widget asks how a pending sign-in stands.
pub async fn poll(app: &App, claimed: &mut Claimed) -> Result<Outcome, ApiError> {
    let Stage::Pending { institution, conversation, .. } = &claimed.state.stage else {
        return Err(wrong_step("the institution is at work"));
    };
    let (institution, conversation) = (*institution, Conversation(conversation.clone()));
    let connector = connector_of(app, claimed)?;
    let turn = limited(connector.poll(&conversation)).await;
    take_turn(app, claimed, institution, turn).await
}

async fn take_turn(
    app: &App,
    claimed: &mut Claimed,
    institution: InstitutionId,
    turn: Result<Turn, ConnectorError>,
) -> Result<Outcome, ApiError> {
    claimed.state.stage = match turn {
        Ok(Turn::Ask(challenge, conversation)) => {
            Stage::Challenged { institution, challenge, conversation: conversation.0 }
        }
        Ok(Turn::Pending { text, retry_after_ms, conversation }) => Stage::Pending {
            institution,
            pending: Pending { text, retry_after_ms },
            conversation: conversation.0,
        },
        Ok(Turn::Granted(granted)) => read_accounts(app, claimed, institution, granted).await?,
        Err(error) => after_failure(institution, error),
    };
    Ok(Outcome::Advance)
}

async fn read_accounts(
    app: &App,
    claimed: &Claimed,
    institution: InstitutionId,
    granted: Granted,
) -> Result<Stage, ApiError> {
    let Granted { access, holder } = granted;
    let connector = connector_of(app, claimed)?;
    let accounts = match limited(connector.accounts(&access, Presence::Customer)).await {
        Ok(accounts) => accounts,
        Err(error) => return Ok(after_failure(institution, error)),
    };
    if accounts.is_empty() {
        return Ok(Stage::Failed { institution, problem: Problem::new(ProblemCode::NoAccounts) });
    }
    let with_balance = claimed.state.setting.products.contains(&Product::Balance);
    let accounts =
        accounts.into_iter().map(|account| KeptAccount::from_reported(account, with_balance)).collect();
    let Access(access) = access;
    Ok(Stage::Selecting { institution, holder: holder.into(), access, read_at_ms: app.now_ms(), accounts })
}

/// Bounds a connector's call in time.
pub async fn limited<T>(call: impl Future<Output = Result<T, ConnectorError>>) -> Result<T, ConnectorError> {
    tokio::time::timeout(STEP_LIMIT, call).await.unwrap_or_else(|_| {
        Err(ConnectorError {
            fault: egusi_connectors::Fault::Institution,
            problem: Problem::new(ProblemCode::InstitutionTimeout),
            retry: None,
        })
    })
}

fn connector_of<'app>(app: &'app App, claimed: &Claimed) -> Result<&'app dyn Connector, ApiError> {
    app.connector(claimed.row.scope.env)
        .map(AsRef::as_ref)
        .ok_or_else(|| ApiError::Internal("a session of a world without connectors".into()))
}

fn refuse_if_done(state: &SessionState) -> Result<(), ApiError> {
    match state.stage {
        Stage::Done(_) => Err(wrong_step("the session is not finished yet")),
        _ => Ok(()),
    }
}

/// The call makes sense only when something else has happened.
pub fn wrong_step(when: &str) -> ApiError {
    ApiError::refused(ErrorCode::WrongStep, format!("This call makes sense only when {when}."))
}
