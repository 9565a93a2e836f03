//! An institution that needs no network: the username selects what happens, and it always happens
//! the same way.
//!
//! Read [`institutions`] for who can be chosen, `scenario` for what a scenario is, `conversation`
//! for how a sign-in goes through one, `history` for the past. The data itself is in `data/`. What
//! tests and operators change lies in [`Books`], company by company: `desk` has the verbs, `edit`
//! and `person` what they mean.
//!
//! Invariant: no clock, no chance, no network. Time passes by being asked, poll after poll.

mod account;
mod books;
mod calendar;
mod conversation;
mod desk;
mod edit;
mod error;
mod history;
pub mod institutions;
mod person;
mod scenario;
mod seed;

pub use books::{Books, BooksError, MemoryBooks};
pub use edit::{EditError, NewAvailable, NewFigures, NewMovement};
pub use error::SandboxError;
pub use history::Volume;
pub use person::{ACCOUNTS_MAX, AskedFor, NewPerson, Person, PersonKind};

use crate::{
    Abilities, Access, Connector, ConnectorError, Conversation, Details, Fault, History, Presence,
    ReportedAccount, Turn,
};
use async_trait::async_trait;
use conversation::{Login, State, internal};
use egusi_protocol::{
    CompanyId, FieldAnswer, FieldKind, FormField, Health, Institution, InstitutionId, Problem, ProblemCode,
    Secret,
};
use institutions::Directory;
use person::PersonBook;
use scenario::{Scenario, Scenarios};
use std::fmt;
use std::sync::Arc;

const USERNAME: &str = "username";
const PASSWORD: &str = "password";

/// The sandbox connector.
pub struct Sandbox {
    directory: Directory,
    scenarios: Scenarios,
    books: Arc<dyn Books>,
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sandbox({} institutions)", self.directory.list().len())
    }
}

impl Sandbox {
    /// Reads the embedded data, once. What is changed later lies in the books.
    ///
    /// # Errors
    /// [`SandboxError`] if the data is wrong, naming the scenario or institution and the field.
    pub fn new(books: Arc<dyn Books>) -> Result<Self, SandboxError> {
        let institutions = include_str!("../../data/institutions.json");
        Self::read(institutions, include_str!("../../data/scenarios.json"), books)
    }

    fn read(institutions: &str, scenarios: &str, books: Arc<dyn Books>) -> Result<Self, SandboxError> {
        let (directory, scenarios) = (Directory::read(institutions)?, Scenarios::read(scenarios)?);
        Ok(Self { directory, scenarios, books })
    }

    /// The scenario a conversation or an access goes through.
    async fn going_on(&self, login: &Login) -> Result<Arc<Scenario>, ConnectorError> {
        self.scenario(login.company, &login.username).await?.ok_or_else(internal)
    }

    async fn take_up(&self, conversation: &Conversation) -> Result<(Arc<Scenario>, State), ConnectorError> {
        let state = conversation::state(conversation)?;
        Ok((self.going_on(&state.login).await?, state))
    }

    /// Notes that the customer has signed in, if that is what the turn means.
    async fn noted(&self, login: &Login, turn: Turn) -> Result<Turn, ConnectorError> {
        if matches!(turn, Turn::Granted(_)) {
            self.note_sign_in(login.company, login.institution, &login.username, false).await?;
        }
        Ok(turn)
    }

    async fn needs_sign_in(&self, login: &Login) -> Result<bool, ConnectorError> {
        let name = person::book_name(&login.username);
        let (_, book): (_, PersonBook) = self.kept_or_new(login.company, &name).await?;
        Ok(book.needs_sign_in_at(login.institution))
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

    fn abilities(&self, institution: InstitutionId) -> Option<Abilities> {
        let abilities = Abilities { pending: true, history_days: history::DAYS, transactions: true };
        self.details(institution).map(|_| abilities)
    }

    async fn begin(
        &self,
        company: CompanyId,
        institution: InstitutionId,
        fields: &[FieldAnswer],
    ) -> Result<Turn, ConnectorError> {
        match self.directory.health(institution) {
            None => return Err(internal()),
            Some(Health::Down) => return Err(fault(Fault::Institution, ProblemCode::InstitutionDown)),
            Some(Health::Healthy | Health::Degraded | Health::Unknown) => {}
        }
        // Telephones like to add a space behind a name; no scenario has one.
        let username = typed(fields, USERNAME).trim();
        let scenario = self.scenario(company, username).await?;
        let scenario = scenario.as_ref().filter(|scenario| scenario.is_known_at(institution));
        let refusal = scenario.and_then(|scenario| scenario.fault.as_ref());
        // An institution that is down cannot check a password, so it answers whatever was typed.
        if let Some(down) = refusal.filter(|refusal| refusal.fault == Fault::Institution) {
            return Err(down.clone());
        }
        // The state of an account is told only to whoever has its password, and a name that does
        // not exist is answered like a wrong password: a stranger learns nothing from either.
        match scenario {
            Some(scenario) if typed(fields, PASSWORD) == scenario.password.expose() => match refusal {
                Some(refusal) => Err(refusal.clone()),
                None => {
                    let login = Login { company, institution, username: scenario.username.clone() };
                    let turn = conversation::begin(scenario, login.clone())?;
                    self.noted(&login, turn).await
                }
            },
            _ => Err(fault(Fault::Customer, ProblemCode::WrongCredentials)),
        }
    }

    async fn answer(&self, conversation: &Conversation, answer: &Secret) -> Result<Turn, ConnectorError> {
        let (scenario, state) = self.take_up(conversation).await?;
        let login = state.login.clone();
        self.noted(&login, conversation::answer(&scenario, state, answer)?).await
    }

    async fn poll(&self, conversation: &Conversation) -> Result<Turn, ConnectorError> {
        let (scenario, state) = self.take_up(conversation).await?;
        let login = state.login.clone();
        self.noted(&login, conversation::poll(&scenario, state)?).await
    }

    async fn accounts(
        &self,
        access: &Access,
        presence: Presence,
    ) -> Result<Vec<ReportedAccount>, ConnectorError> {
        let login = conversation::granted(access)?;
        let scenario = self.going_on(&login).await?;
        if presence == Presence::Nobody && (scenario.is_expired || self.needs_sign_in(&login).await?) {
            return Err(fault(Fault::Customer, ProblemCode::SignInNeeded));
        }
        let mut accounts = Vec::with_capacity(scenario.accounts.len());
        for account in &scenario.accounts {
            let book = self.account_book(login.company, &account.number).await?;
            accounts.push(book.over(account)?);
        }
        Ok(accounts)
    }

    async fn history(
        &self,
        access: &Access,
        number: &str,
        from_ms: i64,
        until_ms: i64,
    ) -> Result<History, ConnectorError> {
        let login = conversation::granted(access)?;
        let scenario = self.going_on(&login).await?;
        // The past is read after a sign-in, whether or not the customer still waits, so a scenario
        // that expires tells it; one that was told to want a sign-in does not.
        if self.needs_sign_in(&login).await? {
            return Err(fault(Fault::Customer, ProblemCode::SignInNeeded));
        }
        let base = scenario.account(number);
        let base = base.ok_or_else(|| fault(Fault::Customer, ProblemCode::NoAccounts))?;
        let book = self.account_book(login.company, number).await?;
        let ledger_now = book.over(base)?.reported.ledger;
        Ok(history::told(base, scenario.volume, book.posted(), ledger_now, from_ms, until_ms))
    }
}

/// The sandbox's books failed, or do not add up: nobody's mistake but our own side's.
impl From<EditError> for ConnectorError {
    fn from(_: EditError) -> Self {
        internal()
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
