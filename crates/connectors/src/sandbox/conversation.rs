//! A sign-in on its way through a scenario. All it remembers travels in the conversation's bytes.
//!
//! Invariant: no password and no answer is ever part of the state; it only counts.

use super::{
    fault,
    scenario::{Scenario, ScenarioStep},
};
use crate::{Access, ConnectorError, Conversation, Fault, Granted, Holder, Turn};
use egusi_protocol::{Challenge, CompanyId, InstitutionId, Problem, ProblemCode, Secret};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// So many wrong answers end the attempt, counted over all of its challenges.
const WRONG_ANSWERS_ALLOWED: u8 = 3;

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
}

/// The first turn after the right password.
pub(super) fn begin(scenario: &Scenario, login: Login) -> Result<Turn, ConnectorError> {
    turn(scenario, State { login, step: 0, wrong: 0, polls: 0 })
}

/// The turn after an answer.
pub(super) fn answer(scenario: &Scenario, state: State, given: &Secret) -> Result<Turn, ConnectorError> {
    let Some(ScenarioStep::Ask { challenge, answer }) = scenario.steps.get(state.step) else {
        return Err(internal());
    };
    // People add spaces and capitals; digits have no case, so one rule serves every kind.
    if given.expose().trim().eq_ignore_ascii_case(answer.expose()) {
        return turn(scenario, next_step(state));
    }
    let state = State { wrong: state.wrong.saturating_add(1), ..state };
    let attempts_left = WRONG_ANSWERS_ALLOWED.saturating_sub(state.wrong);
    if attempts_left == 0 {
        return Err(fault(Fault::Customer, ProblemCode::TooManyAttempts));
    }
    let problem = Problem { code: ProblemCode::WrongAnswer, attempts_left: Some(attempts_left) };
    let again = Challenge { problem: Some(problem.clone()), ..challenge.clone() };
    let retry = Some((again, Conversation(write(&state)?)));
    Err(ConnectorError { fault: Fault::Customer, problem, retry })
}

/// The turn after one more look at a pending conversation.
pub(super) fn poll(scenario: &Scenario, state: State) -> Result<Turn, ConnectorError> {
    let Some(ScenarioStep::Wait { polls, .. }) = scenario.steps.get(state.step) else {
        return Err(internal());
    };
    let state = State { polls: state.polls.saturating_add(1), ..state };
    turn(scenario, if state.polls >= *polls { next_step(state) } else { state })
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
            Ok(Turn::Ask(challenge.clone(), Conversation(write(&state)?)))
        }
        Some(ScenarioStep::Wait { polls, retry_after_ms, texts }) => Ok(Turn::Pending {
            text: progress(texts, state.polls, *polls).to_owned(),
            retry_after_ms: *retry_after_ms,
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

/// The bytes are not ours, or belong to another step: nobody's mistake but our own side's.
pub(super) fn internal() -> ConnectorError {
    fault(Fault::Us, ProblemCode::Internal)
}
