//! An institution that needs no network: the username selects what happens, and it always happens
//! the same way.
//!
//! Read [`institutions`] for who can be chosen, `scenario` for what a scenario is, `conversation`
//! for how a sign-in goes through one. The data itself is in `data/`.
//!
//! Invariant: no clock, no chance, no network. Time passes by being asked, poll after poll.

mod account;
mod conversation;
mod error;
pub mod institutions;
mod scenario;

pub use error::SandboxError;

use crate::{Access, Connector, ConnectorError, Conversation, Details, Fault, ReportedAccount, Turn};
use async_trait::async_trait;
use egusi_protocol::{
    FieldAnswer, FieldKind, FormField, Health, Institution, InstitutionId, Problem, ProblemCode, Secret,
};
use institutions::Directory;
use scenario::Scenarios;

const USERNAME: &str = "username";
const PASSWORD: &str = "password";

/// The sandbox connector.
#[derive(Debug)]
pub struct Sandbox {
    directory: Directory,
    scenarios: Scenarios,
}

impl Sandbox {
    /// Reads the embedded data, once.
    ///
    /// # Errors
    /// [`SandboxError`] if the data is wrong, naming the scenario or institution and the field.
    pub fn new() -> Result<Self, SandboxError> {
        Self::read(include_str!("../../data/institutions.json"), include_str!("../../data/scenarios.json"))
    }

    fn read(institutions: &str, scenarios: &str) -> Result<Self, SandboxError> {
        Ok(Self { directory: Directory::read(institutions)?, scenarios: Scenarios::read(scenarios)? })
    }
}

#[async_trait]
impl Connector for Sandbox {
    fn institutions(&self) -> &[Institution] {
        self.directory.list()
    }

    fn details(&self, institution: InstitutionId) -> Option<&Details> {
        self.directory.details(institution)
    }

    fn form(&self, institution: InstitutionId) -> Option<Vec<FormField>> {
        let field =
            |name: &str, label: &str, kind| FormField { name: name.into(), label: label.into(), kind };
        self.details(institution).map(|_| {
            vec![
                field(USERNAME, "Username", FieldKind::Username),
                field(PASSWORD, "Password", FieldKind::Password),
            ]
        })
    }

    async fn begin(
        &self,
        institution: InstitutionId,
        fields: &[FieldAnswer],
    ) -> Result<Turn, ConnectorError> {
        match self.directory.health(institution) {
            None => return Err(fault(Fault::Us, ProblemCode::Internal)),
            Some(Health::Down) => return Err(fault(Fault::Institution, ProblemCode::InstitutionDown)),
            Some(Health::Healthy | Health::Degraded | Health::Unknown) => {}
        }
        // Telephones like to add a space behind a name; no scenario has one.
        let scenario = self.scenarios.get(typed(fields, USERNAME).trim());
        let refusal = scenario.and_then(|scenario| scenario.fault.as_ref());
        // An institution that is down cannot check a password, so it answers whatever was typed.
        if let Some(down) = refusal.filter(|refusal| refusal.fault == Fault::Institution) {
            return Err(down.clone());
        }
        // The state of an account is told only to whoever has its password, and a name that does
        // not exist is answered like a wrong password: a stranger learns nothing from either.
        match scenario {
            Some(scenario) if typed(fields, PASSWORD) == self.scenarios.password => match refusal {
                Some(refusal) => Err(refusal.clone()),
                None => conversation::begin(scenario, institution),
            },
            _ => Err(fault(Fault::Customer, ProblemCode::WrongCredentials)),
        }
    }

    async fn answer(&self, conversation: &Conversation, answer: &Secret) -> Result<Turn, ConnectorError> {
        conversation::answer(&self.scenarios, conversation, answer)
    }

    async fn poll(&self, conversation: &Conversation) -> Result<Turn, ConnectorError> {
        conversation::poll(&self.scenarios, conversation)
    }

    async fn accounts(&self, access: &Access) -> Result<Vec<ReportedAccount>, ConnectorError> {
        conversation::granted(&self.scenarios, access).map(|scenario| scenario.accounts.clone())
    }
}

/// What was typed into a field; nothing if the field is missing.
fn typed<'a>(fields: &'a [FieldAnswer], name: &str) -> &'a str {
    fields.iter().find(|field| field.name == name).map_or("", |field| field.value.expose())
}

/// An error about which nothing more is known.
fn fault(fault: Fault, code: ProblemCode) -> ConnectorError {
    ConnectorError { fault, problem: Problem::new(code), retry: None }
}

#[cfg(test)]
mod tests;
