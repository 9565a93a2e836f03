//! A sign-in on its way through a scenario. All it remembers travels in the conversation's bytes.
//!
//! Invariant: no password and no answer is ever part of the state; it counts, and it knows which of
//! several options was chosen.

use super::methods::DIALLING;
use super::scenario::Scenario;
use super::step::{CHOSEN, ScenarioStep};
use super::trouble::Trouble;
use super::{fault, internal, own_page};
use crate::{Access, ConnectorError, Conversation, Fault, Granted, Holder, Turn};
use egusi_protocol::{Challenge, CompanyId, InstitutionId, PendingKind, Problem, ProblemCode, Secret};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// So many wrong answers end the attempt, counted over all of its challenges.
const WRONG_ANSWERS_ALLOWED: u8 = 3;
/// Whoever dials is through at this poll.
const DIALLING_POLLS: u32 = 3;
const DIALLING_RETRY_AFTER_MS: u32 = 1000;

/// Who signs in where, on whose behalf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Login {
    pub(super) company: CompanyId,
    pub(super) institution: InstitutionId,
    /// The scenario's or the person's.
    pub(super) username: String,
}

impl Login {
    /// As [`Holder::login`] has it.
    pub(super) fn name(&self) -> String {
        format!("{}:{}", self.institution, self.username)
    }

    /// The institution and the username of such a name.
    pub(super) fn parts(name: &str) -> Option<(InstitutionId, &str)> {
        let (institution, username) = name.split_once(':')?;
        Some((institution.parse().ok()?, username))
    }
}

/// What an unfinished conversation remembers.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) login: Login,
    step: usize,
    wrong: u8,
    polls: u32,
    /// Which option of the last choice, by its place.
    #[serde(default)]
    chosen: usize,
    /// How the institution's own page knows the sign-in; empty where there is no such page.
    #[serde(default)]
    back: String,
    /// The customer dials, which takes the place of all steps.
    #[serde(default)]
    is_dialling: bool,
}

impl State {
    fn new(login: Login) -> Self {
        Self { login, step: 0, wrong: 0, polls: 0, chosen: 0, back: String::new(), is_dialling: false }
    }
}

/// The first turn after the right password.
pub(super) fn begin(scenario: &Scenario, login: Login, return_to: &str) -> Result<Turn, ConnectorError> {
    let goes_out = scenario.steps.iter().any(|step| matches!(step, ScenarioStep::OwnPage));
    let back = own_page::state_of(return_to).filter(|_| goes_out).unwrap_or_default().to_owned();
    turn(scenario, State { back, ..State::new(login) })
}

/// The first turn of a customer who dials instead of typing a password.
pub(super) fn dial(login: Login) -> Result<Turn, ConnectorError> {
    dialling(&State { is_dialling: true, ..State::new(login) })
}

/// The turn after an answer.
pub(super) fn answer(scenario: &Scenario, state: State, given: &Secret) -> Result<Turn, ConnectorError> {
    let (challenge, answer) = asking(scenario, &state)?;
    // People add spaces and capitals; digits have no case, so one rule serves every kind.
    let given = given.expose().trim();
    let option = challenge.options.iter().position(|option| option.id == given);
    let is_right = match answer {
        Some(answer) => given.eq_ignore_ascii_case(answer.expose()),
        None => option.is_some(),
    };
    if is_right {
        let chosen = option.unwrap_or(state.chosen);
        return turn(scenario, State { chosen, ..next_step(state) });
    }
    let state = State { wrong: state.wrong.saturating_add(1), ..state };
    let attempts_left = WRONG_ANSWERS_ALLOWED.saturating_sub(state.wrong);
    if attempts_left == 0 {
        return Err(fault(Fault::Customer, ProblemCode::TooManyAttempts));
    }
    let problem = Problem { code: ProblemCode::WrongAnswer, attempts_left: Some(attempts_left) };
    let again = Challenge { problem: Some(problem.clone()), ..shown(scenario, &state, challenge) };
    let retry = Some((again, Conversation(write(&state)?)));
    Err(ConnectorError { fault: Fault::Customer, problem, retry })
}

/// The same challenge once more, as if a new code had been sent. Wrong answers stay counted: else
/// there would be no end to guessing.
pub(super) fn resend(scenario: &Scenario, state: State) -> Result<Turn, ConnectorError> {
    let (challenge, _) = asking(scenario, &state)?;
    if challenge.resend_in_s.is_none() {
        return Err(internal());
    }
    turn(scenario, state)
}

/// The turn after the institution's own page.
pub(super) fn returned(
    scenario: &Scenario,
    state: State,
    query: &[(String, String)],
) -> Result<Turn, ConnectorError> {
    if state.is_dialling || !matches!(scenario.steps.get(state.step), Some(ScenarioStep::OwnPage)) {
        return Err(internal());
    }
    own_page::check(query)?;
    turn(scenario, next_step(state))
}

/// The turn after one more look at a pending conversation.
pub(super) fn poll(scenario: &Scenario, state: State) -> Result<Turn, ConnectorError> {
    let state = State { polls: state.polls.saturating_add(1), ..state };
    if state.is_dialling {
        return dialled(scenario, &state);
    }
    let Some(ScenarioStep::Wait { polls, .. }) = scenario.steps.get(state.step) else {
        return Err(internal());
    };
    turn(scenario, if state.polls >= *polls { next_step(state) } else { state })
}

fn dialled(scenario: &Scenario, state: &State) -> Result<Turn, ConnectorError> {
    if state.polls < DIALLING_POLLS {
        return dialling(state);
    }
    match scenario.trouble.as_ref().and_then(Trouble::refusal) {
        Some(refusal) => Err(refusal.clone()),
        None => Ok(Turn::Granted(grant(scenario, &state.login)?)),
    }
}

fn dialling(state: &State) -> Result<Turn, ConnectorError> {
    Ok(Turn::Pending {
        kind: PendingKind::Dialling,
        text: DIALLING.to_owned(),
        retry_after_ms: DIALLING_RETRY_AFTER_MS,
        conversation: Conversation(write(state)?),
    })
}

fn asking<'a>(
    scenario: &'a Scenario,
    state: &State,
) -> Result<(&'a Challenge, Option<&'a Secret>), ConnectorError> {
    match scenario.steps.get(state.step) {
        Some(ScenarioStep::Ask { challenge, answer }) if !state.is_dialling => {
            Ok((challenge, answer.as_ref()))
        }
        _ => Err(internal()),
    }
}

/// The challenge as the customer sees it: it may name what was chosen before.
fn shown(scenario: &Scenario, state: &State, challenge: &Challenge) -> Challenge {
    let options = scenario.steps.iter().take(state.step).rev().find_map(|step| match step {
        ScenarioStep::Ask { challenge, .. } if challenge.kind.is_choice() => Some(&challenge.options),
        _ => None,
    });
    let label = options.and_then(|options| options.get(state.chosen)).map(|option| option.label.as_str());
    let text = challenge.text.replace(CHOSEN, label.unwrap_or_default());
    Challenge { text, ..challenge.clone() }
}

/// What a conversation remembers.
pub(super) fn state(conversation: &Conversation) -> Result<State, ConnectorError> {
    read(&conversation.0)
}

/// The sign-in an access was given for.
pub(super) fn granted(access: &Access) -> Result<Login, ConnectorError> {
    read(&access.0).map_err(|error| {
        // Accesses once did not say on whose behalf they were given. A new sign-in mends them.
        let before: Result<BeforeCompanies, _> = read(&access.0);
        let is_old = before.is_ok_and(|before| !before.scenario.is_empty());
        if is_old { fault(Fault::Customer, ProblemCode::SignInNeeded) } else { error }
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BeforeCompanies {
    scenario: String,
}

fn next_step(state: State) -> State {
    State { step: state.step.saturating_add(1), polls: 0, ..state }
}

/// What a state looks like from outside.
fn turn(scenario: &Scenario, state: State) -> Result<Turn, ConnectorError> {
    match scenario.steps.get(state.step) {
        Some(ScenarioStep::Ask { challenge, .. }) => {
            Ok(Turn::Ask(shown(scenario, &state, challenge), Conversation(write(&state)?)))
        }
        Some(ScenarioStep::Wait { kind, polls, retry_after_ms, texts }) => Ok(Turn::Pending {
            kind: *kind,
            text: progress(texts, state.polls, *polls).to_owned(),
            retry_after_ms: *retry_after_ms,
            conversation: Conversation(write(&state)?),
        }),
        Some(ScenarioStep::OwnPage) => Ok(Turn::Redirect {
            url: own_page::address(&state.back)?,
            conversation: Conversation(write(&state)?),
        }),
        None => Ok(Turn::Granted(grant(scenario, &state.login)?)),
    }
}

fn grant(scenario: &Scenario, login: &Login) -> Result<Granted, ConnectorError> {
    let holder = Holder {
        name: scenario.holder.clone(),
        person: format!("sandbox:{}", login.username),
        login: login.name(),
        kind: scenario.kind.holders(),
        identifiers: scenario.identifiers.clone(),
    };
    Ok(Granted { access: Access(write(login)?), holder })
}

/// The text for this poll, the texts being spread evenly over all of them.
fn progress(texts: &[String], polls: u32, of: u32) -> &str {
    let count = u64::try_from(texts.len()).unwrap_or(u64::MAX);
    let at = u64::from(polls).saturating_mul(count) / u64::from(of.max(1));
    usize::try_from(at).ok().and_then(|at| texts.get(at)).map_or("", String::as_str)
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ConnectorError> {
    serde_json::from_slice(bytes).map_err(|_| internal())
}

fn write<T: Serialize>(value: &T) -> Result<Vec<u8>, ConnectorError> {
    serde_json::to_vec(value).map_err(|_| internal())
}
