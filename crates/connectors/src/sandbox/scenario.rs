//! What happens to whom: each username names a scenario, and a scenario is data.

use super::history::Volume;
use super::{SandboxError, account::Row as AccountRow, error::Flaw};
use crate::{ConnectorError, Fault, ReportedAccount};
use egusi_protocol::{Challenge, ChallengeKind, InstitutionId, Problem, ProblemCode, Secret};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;

/// Every scenario of the file, by its username.
#[derive(Debug)]
pub(super) struct Scenarios {
    by_username: HashMap<String, Arc<Scenario>>,
    /// The usernames of the holders of accounts, by their numbers.
    by_number: HashMap<String, String>,
}

/// One scenario, checked.
#[derive(Debug)]
pub(super) struct Scenario {
    pub(super) username: String,
    pub(super) password: Secret,
    pub(super) holder: String,
    /// Where this username is known; `None` for every institution.
    pub(super) known_at: Option<Vec<InstitutionId>>,
    /// What stands between the password and the accounts, in order.
    pub(super) steps: Vec<ScenarioStep>,
    pub(super) accounts: Vec<ReportedAccount>,
    /// How much happens on them.
    pub(super) volume: Volume,
    /// Whether the institution tells nothing without the customer.
    pub(super) is_expired: bool,
    /// Takes the place of all the rest.
    pub(super) fault: Option<ConnectorError>,
}

/// One thing that happens after the password is right.
#[derive(Debug)]
pub(super) enum ScenarioStep {
    /// The institution asks.
    Ask { challenge: Challenge, answer: Secret },
    /// The institution works until it is asked for the `polls`th time.
    Wait { polls: u32, retry_after_ms: u32, texts: Vec<String> },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    password: String,
    scenarios: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    username: String,
    holder: String,
    #[serde(default)]
    steps: Vec<StepRow>,
    #[serde(default)]
    accounts: Vec<AccountRow>,
    #[serde(default)]
    expired: bool,
    fault: Option<FaultRow>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum StepRow {
    Ask(AskRow),
    Wait(WaitRow),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskRow {
    kind: ChallengeKind,
    text: String,
    #[serde(default)]
    digits: u8,
    answer: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WaitRow {
    polls: u32,
    retry_after_ms: u32,
    texts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FaultRow {
    whose: Whose,
    code: ProblemCode,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Whose {
    Customer,
    Institution,
}

impl Scenarios {
    pub(super) fn read(json: &str) -> Result<Self, SandboxError> {
        let File { password, scenarios: rows } = serde_json::from_str(json).map_err(|error| {
            SandboxError::Unreadable { file: "scenarios.json", detail: error.to_string() }
        })?;
        let mut scenarios =
            Self { by_username: HashMap::with_capacity(rows.len()), by_number: HashMap::new() };
        for row in rows {
            let username = row.username.clone();
            let scenario = row.read(&password).and_then(|scenario| scenarios.add(scenario));
            scenario.map_err(|flaw| flaw.of(&username))?;
        }
        Ok(scenarios)
    }

    fn add(&mut self, scenario: Scenario) -> Result<(), Flaw> {
        let username = scenario.username.clone();
        if self.by_username.contains_key(&username) {
            return Err(Flaw::new("username", "another scenario has the same"));
        }
        for (at, account) in scenario.accounts.iter().enumerate() {
            if self.by_number.insert(account.number.clone(), username.clone()).is_some() {
                return Err(Flaw::new(format!("accounts[{at}].number"), "another account has the same"));
            }
        }
        self.by_username.insert(username, Arc::new(scenario));
        Ok(())
    }

    pub(super) fn get(&self, username: &str) -> Option<&Arc<Scenario>> {
        self.by_username.get(username)
    }

    /// The username of whoever has the account of that number.
    pub(super) fn holder_of(&self, number: &str) -> Option<&str> {
        self.by_number.get(number).map(String::as_str)
    }
}

impl Scenario {
    /// Whether this username is known at an institution.
    pub(super) fn is_known_at(&self, institution: InstitutionId) -> bool {
        self.known_at.as_ref().is_none_or(|known| known.contains(&institution))
    }

    /// The account of that number.
    pub(super) fn account(&self, number: &str) -> Option<&ReportedAccount> {
        self.accounts.iter().find(|account| account.number == number)
    }
}

impl Row {
    fn read(self, password: &str) -> Result<Scenario, Flaw> {
        let Self { username, holder, steps, accounts, expired, fault } = self;
        if username.trim().is_empty() || username.trim() != username {
            return Err(Flaw::new("username", "a word without spaces around it"));
        }
        if holder.trim().is_empty() {
            return Err(Flaw::new("holder", "may not be empty"));
        }
        let steps = each("steps", steps, StepRow::read)?;
        let accounts = each("accounts", accounts, AccountRow::read)?;
        let fault = fault.map(FaultRow::read).transpose().map_err(|flaw| flaw.within("fault"))?;
        Ok(Scenario {
            username,
            password: Secret::new(password.to_owned()),
            holder,
            known_at: None,
            steps,
            accounts,
            volume: Volume::Medium,
            is_expired: expired,
            fault,
        })
    }
}

/// Reads every row of a list; a flaw says which row it was.
fn each<R, T>(list: &str, rows: Vec<R>, read: impl Fn(R) -> Result<T, Flaw>) -> Result<Vec<T>, Flaw> {
    rows.into_iter()
        .enumerate()
        .map(|(at, row)| read(row).map_err(|flaw| flaw.within(&format!("{list}[{at}]"))))
        .collect()
}

impl StepRow {
    fn read(self) -> Result<ScenarioStep, Flaw> {
        match self {
            Self::Ask(ask) => ask.read().map_err(|flaw| flaw.within("ask")),
            Self::Wait(wait) => wait.read().map_err(|flaw| flaw.within("wait")),
        }
    }
}

impl AskRow {
    fn read(self) -> Result<ScenarioStep, Flaw> {
        let Self { kind, text, digits, answer } = self;
        if kind == ChallengeKind::Unknown {
            return Err(Flaw::new("kind", "one_time_code, pin or question"));
        }
        // An answer that cannot be typed would make a scenario nobody can finish.
        let fits = digits == 0
            || (answer.len() == usize::from(digits) && answer.bytes().all(|byte| byte.is_ascii_digit()));
        if answer.trim().is_empty() || answer.trim() != answer || !fits {
            return Err(Flaw::new("answer", "as many digits as asked for, or any text if digits is 0"));
        }
        let challenge = Challenge { kind, text, digits, problem: None };
        Ok(ScenarioStep::Ask { challenge, answer: Secret::new(answer) })
    }
}

impl WaitRow {
    fn read(self) -> Result<ScenarioStep, Flaw> {
        let Self { polls, retry_after_ms, texts } = self;
        if polls == 0 {
            return Err(Flaw::new("polls", "at least 1"));
        }
        if texts.is_empty() {
            return Err(Flaw::new("texts", "at least one"));
        }
        Ok(ScenarioStep::Wait { polls, retry_after_ms, texts })
    }
}

impl FaultRow {
    fn read(self) -> Result<ConnectorError, Flaw> {
        if self.code == ProblemCode::Unknown {
            return Err(Flaw::new("code", "the code of a problem, such as account_locked"));
        }
        let fault = match self.whose {
            Whose::Customer => Fault::Customer,
            Whose::Institution => Fault::Institution,
        };
        Ok(ConnectorError { fault, problem: Problem::new(self.code), retry: None })
    }
}
