//! The talk with the institution: each call of the widget is one turn.
//!
//! What the customer sends carries the turn it answers. A call that is repeated because its answer
//! was lost is behind by then: nothing is done twice, and the answer is where the session stands.

use crate::error::ApiError;
use crate::sessions::claim::{Claimed, Outcome, connector_of};
use crate::sessions::heard::take_turn;
use crate::sessions::opening::quoted;
use crate::sessions::redirect::{Nonce, WayBack, fresh_nonce, is_awaited, used_up};
use crate::sessions::returning::{self, Again};
use crate::sessions::state::{ConsentGiven, SIGN_INS_AGAIN_MAX, SIGN_INS_MAX, SessionState, Stage, left_s};
use crate::state::App;
use egusi_connectors::{Access, Connector, Conversation, SignIn};
use egusi_protocol::{
    Answer, ChooseInstitution, Consent, ErrorCode, Health, InstitutionId, Problem, ProblemCode, Resend,
    SubmitForm,
};

/// As long as software must let a language tag be (BCP 47, section 4.4.1).
const LANGUAGE_CHARS_MAX: usize = 35;

/// The customer agreed and chose an institution.
pub async fn choose(
    app: &App,
    claimed: &mut Claimed,
    chosen: ChooseInstitution,
) -> Result<Outcome, ApiError> {
    refuse_if_done(&claimed.state)?;
    let ChooseInstitution { institution: id, consent, anew } = chosen;
    let consent = checked_consent(claimed, consent)?;
    let connector = connector_of(app, &claimed.row)?;
    let state = &mut claimed.state;
    let Some(institution) = connector.institution(id) else {
        let message = format!("institution: expected the id of an institution on the list; got \"{id}\"");
        return Err(ApiError::refused(ErrorCode::InvalidRequest, message));
    };
    if !state.setting.filter.admits(institution) {
        let name = quoted(&institution.name);
        let message = format!("institution: expected one that this opening is for; {name} is not");
        return Err(ApiError::refused(ErrorCode::InvalidRequest, message));
    }
    let known = if anew { &[][..] } else { &state.known };
    state.again = Again::at(app, connector, claimed.row.scope, known, id).await?;
    state.consent = Some(consent);
    state.way_back = None;
    state.go_to(if institution.health == Health::Down {
        Stage::Failed { institution: id, problem: Problem::new(ProblemCode::InstitutionDown) }
    } else {
        Stage::SigningIn { institution: id, problem: None }
    });
    Ok(Outcome::Advance)
}

fn checked_consent(claimed: &Claimed, consent: Consent) -> Result<ConsentGiven, ApiError> {
    let Consent { agreed, language } = consent;
    if !agreed {
        return Err(ApiError::refused(ErrorCode::InvalidRequest, "consent.agreed: expected true, got false"));
    }
    let chars = language.chars().count();
    if chars > LANGUAGE_CHARS_MAX {
        let message =
            format!("consent.language: expected at most {LANGUAGE_CHARS_MAX} characters, got {chars}");
        return Err(ApiError::refused(ErrorCode::InvalidRequest, message));
    }
    Ok(ConsentGiven { at_ms: claimed.now_ms, language, carried: None })
}

/// The customer sent the sign-in form.
pub async fn sign_in(app: &App, claimed: &mut Claimed, sent: SubmitForm) -> Result<Outcome, ApiError> {
    let SubmitForm { turn, method, fields } = sent;
    if is_behind(&claimed.state, turn)? {
        return Ok(Outcome::Unchanged);
    }
    refuse_if_done(&claimed.state)?;
    let institution = claimed.state.institution().ok_or_else(|| wrong_step("an institution is chosen"))?;
    let connector = connector_of(app, &claimed.row)?;
    let method = chosen_method(&claimed.state, connector, institution, &method)?;
    // Whoever is asked for less has fewer tries: a stranger may have named the customer.
    let most = if claimed.state.again.is_some() { SIGN_INS_AGAIN_MAX } else { SIGN_INS_MAX };
    if claimed.state.sign_ins >= most {
        let problem = Problem::new(ProblemCode::TooManyAttempts);
        claimed.state.go_to(Stage::Failed { institution, problem });
        return Ok(Outcome::Advance);
    }
    claimed.state.sign_ins += 1;
    let nonce = fresh_nonce()?;
    claimed.state.way_back = Some(nonce);
    let return_to = WayBack { session: claimed.token, nonce }.address(app)?;
    let company = claimed.row.scope.company;
    let sign_in = SignIn { company, institution, method: &method, fields: &fields, return_to: &return_to };
    if claimed.state.again.is_none() {
        return take_turn(app, claimed, institution, connector.begin(sign_in)).await;
    }
    match access_again(app, claimed).await? {
        Some(access) => take_turn(app, claimed, institution, connector.begin_again(&access, sign_in)).await,
        None => take_turn(app, claimed, institution, async { Err(returning::leads_nowhere()) }).await,
    }
}

/// The access by which less was asked, if it is still there.
async fn access_again(app: &App, claimed: &Claimed) -> Result<Option<Access>, ApiError> {
    match &claimed.state.again {
        Some(again) => returning::access(app, claimed.row.scope, again.record).await,
        None => Ok(None),
    }
}

/// The id of the way to sign in that was chosen, which must be one that was offered.
fn chosen_method(
    state: &SessionState,
    connector: &dyn Connector,
    institution: InstitutionId,
    wanted: &str,
) -> Result<String, ApiError> {
    let form = state.form(connector, institution, None);
    let form = form.ok_or_else(|| wrong_step("the institution is on the list"))?;
    let chosen = form.methods.iter().find(|method| wanted.is_empty() || method.id == wanted);
    chosen.map(|method| method.id.clone()).ok_or_else(|| {
        let ids: Vec<_> = form.methods.iter().map(|method| method.id.as_str()).collect();
        let message = format!("method: expected one of {}; got {}", ids.join(", "), quoted(wanted));
        ApiError::refused(ErrorCode::InvalidRequest, message)
    })
}

/// The customer answered a challenge.
pub async fn answer(app: &App, claimed: &mut Claimed, sent: Answer) -> Result<Outcome, ApiError> {
    let Answer { turn, answer } = sent;
    if is_behind(&claimed.state, turn)? {
        return Ok(Outcome::Unchanged);
    }
    let Stage::Challenged { institution, challenge, conversation, asked_at_ms } = &claimed.state.stage else {
        return Err(wrong_step("the institution has asked something"));
    };
    let (institution, asked_at_ms) = (*institution, *asked_at_ms);
    if left_s(challenge.expires_in_s, asked_at_ms, claimed.now_ms) == Some(0) {
        // The institution would count it as a wrong one.
        let mut challenge = challenge.clone();
        challenge.problem = Some(Problem::new(ProblemCode::CodeExpired));
        let conversation = conversation.clone();
        claimed.state.go_to(Stage::Challenged { institution, challenge, conversation, asked_at_ms });
        return Ok(Outcome::Advance);
    }
    let conversation = Conversation(conversation.clone());
    let connector = connector_of(app, &claimed.row)?;
    take_turn(app, claimed, institution, connector.answer(&conversation, &answer)).await
}

/// The customer wants the code of a challenge once more. Before its time nothing is sent.
pub async fn resend(app: &App, claimed: &mut Claimed, sent: Resend) -> Result<Outcome, ApiError> {
    let Resend { turn } = sent;
    if is_behind(&claimed.state, turn)? {
        return Ok(Outcome::Unchanged);
    }
    let Stage::Challenged { institution, challenge, conversation, asked_at_ms } = &claimed.state.stage else {
        return Err(wrong_step("the institution has asked for a code"));
    };
    match left_s(challenge.resend_in_s, *asked_at_ms, claimed.now_ms) {
        None => return Err(wrong_step("the institution can send its code once more")),
        Some(0) => {}
        Some(_) => return Ok(Outcome::Unchanged),
    }
    let (institution, conversation) = (*institution, Conversation(conversation.clone()));
    let connector = connector_of(app, &claimed.row)?;
    take_turn(app, claimed, institution, connector.resend(&conversation)).await
}

/// The widget asks how a pending sign-in stands.
pub async fn poll(app: &App, claimed: &mut Claimed) -> Result<Outcome, ApiError> {
    let Stage::Pending { institution, conversation, .. } = &claimed.state.stage else {
        return Err(wrong_step("the institution is at work"));
    };
    let (institution, conversation) = (*institution, Conversation(conversation.clone()));
    let connector = connector_of(app, &claimed.row)?;
    take_turn(app, claimed, institution, connector.poll(&conversation)).await
}

/// The customer came back from the institution's own page. The way back is good for the sign-in it
/// was made for, once, and only while that waits for it.
pub async fn returned(
    app: &App,
    claimed: &mut Claimed,
    nonce: Nonce,
    query: Vec<(String, String)>,
) -> Result<Outcome, ApiError> {
    let (institution, conversation) = match &claimed.state.stage {
        Stage::Redirected { institution, conversation, .. } if is_awaited(&claimed.state, nonce) => {
            (*institution, Conversation(conversation.clone()))
        }
        _ => return Err(used_up()),
    };
    claimed.state.way_back = None;
    let connector = connector_of(app, &claimed.row)?;
    take_turn(app, claimed, institution, connector.returned(&conversation, &query)).await
}

/// Whether the session has gone on since the step that is answered.
///
/// # Errors
/// `WrongStep` if that step is still to come.
pub fn is_behind(state: &SessionState, turn: Option<u32>) -> Result<bool, ApiError> {
    match turn {
        Some(turn) if turn > state.turn => {
            let message =
                format!("turn: expected the number of a step there was, at most {}; got {turn}", state.turn);
            Err(ApiError::refused(ErrorCode::WrongStep, message))
        }
        Some(turn) => Ok(turn < state.turn),
        None => Ok(false),
    }
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
