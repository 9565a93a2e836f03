//! What happens to whom: each username names a scenario, and a scenario is data.

use super::history::Volume;
use super::identity::Known;
use super::person::PersonKind;
use super::step::{Row as StepRow, ScenarioStep};
use super::trouble::{self, Row as FaultRow, Trouble};
use super::{SandboxError, account::Row as AccountRow, error::Flaw, error::each};
use crate::{Identifier, ReportedAccount};
use egusi_protocol::{InstitutionId, Secret};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;

/// Every scenario of the files, by its username.
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
    pub(super) kind: PersonKind,
    /// By what else the holder is known.
    pub(super) identifiers: Vec<Identifier>,
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
    pub(super) trouble: Option<Trouble>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Without it, that of the file before.
    password: Option<String>,
    scenarios: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    username: String,
    holder: String,
    #[serde(default)]
    kind: PersonKind,
    bvn: Option<String>,
    nin: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    #[serde(default)]
    steps: Vec<StepRow>,
    #[serde(default)]
    accounts: Vec<AccountRow>,
    #[serde(default)]
    expired: bool,
    fault: Option<FaultRow>,
    #[serde(default)]
    silent: bool,
}

impl Scenarios {
    /// Reads the files one after the other; no username and no number may come twice.
    pub(super) fn read(files: &[(&'static str, &str)]) -> Result<Self, SandboxError> {
        let mut scenarios = Self { by_username: HashMap::new(), by_number: HashMap::new() };
        let mut usual = None;
        for (file, json) in files {
            let unreadable = |detail: String| SandboxError::Unreadable { file, detail };
            let File { password, scenarios: rows } =
                serde_json::from_str(json).map_err(|error| unreadable(error.to_string()))?;
            usual = password.filter(|password| !password.is_empty()).or(usual);
            let password = usual.clone().ok_or_else(|| unreadable("a password for its scenarios".into()))?;
            for row in rows {
                let username = row.username.clone();
                let scenario = row.read(&password).and_then(|scenario| scenarios.add(scenario));
                scenario.map_err(|flaw| flaw.of(&username))?;
            }
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
        let Self { username, holder, kind, bvn, nin, phone, email, steps, accounts, .. } = self;
        let Self { expired, fault, silent, .. } = self;
        if username.trim().is_empty() || username.trim() != username {
            return Err(Flaw::new("username", "a word without spaces around it"));
        }
        if holder.trim().is_empty() {
            return Err(Flaw::new("holder", "may not be empty"));
        }
        let steps = each("steps", steps, StepRow::read)?;
        if steps.iter().filter(|step| matches!(step, ScenarioStep::OwnPage)).count() > 1 {
            return Err(Flaw::new("steps", "own_page once at most: the way back from it is good once"));
        }
        let accounts = each("accounts", accounts, AccountRow::read)?;
        let trouble = trouble::read(fault, silent)?;
        let identifiers = Known { bvn, nin, phone, email }.read(&username)?;
        Ok(Scenario {
            username,
            password: Secret::new(password.to_owned()),
            holder,
            kind,
            identifiers,
            known_at: None,
            steps,
            accounts,
            volume: Volume::Medium,
            is_expired: expired,
            trouble,
        })
    }
}
