//! An institution that needs no network: the username selects what happens, and it always happens
//! the same way.
//!
//! Read [`institutions`] and `methods` for who can be chosen and how, `scenario`, `step` and `trouble`
//! for what a scenario is, `sign_in` for how one begins and `conversation` for how it goes on,
//! `history` for the past. The data itself is in `data/`, and an operator may add to it. What tests
//! and operators change lies in [`Books`], company by company: `desk` has the verbs, `edit` and
//! `person` what they mean.
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
mod identity;
pub mod institutions;
mod methods;
mod own_page;
mod person;
mod scenario;
mod seed;
mod sign_in;
mod step;
mod trouble;

pub use books::{Books, BooksError, MemoryBooks};
pub use edit::{EditError, NewAvailable, NewFigures, NewMovement};
pub use error::SandboxError;
pub use history::Volume;
pub use own_page::{APPROVED, DENIED, OWN_PAGE};
pub use person::{ACCOUNTS_MAX, AskedFor, NewPerson, Person, PersonKind};

use crate::{
    Abilities, Access, Connector, ConnectorError, Conversation, Details, Fault, History, Presence,
    ReportedAccount, SignIn, Turn,
};
use async_trait::async_trait;
use conversation::{Login, State};
use egusi_protocol::{
    FieldAnswer, Institution, InstitutionId, Problem, ProblemCode, Product, Secret, SignInMethod,
};
use institutions::Directory;
use person::PersonBook;
use scenario::{Scenario, Scenarios};
use std::fmt;
use std::sync::Arc;

const USERNAME: &str = "username";
const PASSWORD: &str = "password";

/// What an operator adds to the sandbox: the texts of files of the same form as the embedded ones.
#[derive(Clone, Debug, Default)]
pub struct SandboxFiles {
    /// As `scenarios.json`; its password may be left out.
    pub scenarios: Option<String>,
    /// As `institutions.json`.
    pub institutions: Option<String>,
}

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
        Self::extended(books, &SandboxFiles::default())
    }

    /// Reads the embedded data and then an operator's, which adds to it and changes none of it.
    ///
    /// # Errors
    /// As of [`Sandbox::new`]; also if a username, an account's number, an id or a slug is there
    /// already.
    pub fn extended(books: Arc<dyn Books>, files: &SandboxFiles) -> Result<Self, SandboxError> {
        let mut institutions = vec![("institutions.json", include_str!("../../data/institutions.json"))];
        let mut scenarios = vec![("scenarios.json", include_str!("../../data/scenarios.json"))];
        institutions.extend(files.institutions.as_deref().map(|json| ("sandbox/institutions.json", json)));
        scenarios.extend(files.scenarios.as_deref().map(|json| ("sandbox/scenarios.json", json)));
        Self::read(&institutions, &scenarios, books)
    }

    fn read(
        institutions: &[(&'static str, &str)],
        scenarios: &[(&'static str, &str)],
        books: Arc<dyn Books>,
    ) -> Result<Self, SandboxError> {
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

    fn methods(&self, institution: InstitutionId) -> Option<&[SignInMethod]> {
        self.directory.methods(institution)
    }

    fn abilities(&self, institution: InstitutionId) -> Option<Abilities> {
        let transactions = self.directory.delivers(institution, Product::Transactions)?;
        Some(Abilities { pending: true, history_days: history::DAYS, transactions })
    }

    fn method_again(&self, access: &Access) -> Option<SignInMethod> {
        let login = conversation::granted(access).ok()?;
        self.details(login.institution).map(|_| methods::again())
    }

    async fn begin(&self, sign_in: SignIn<'_>) -> Result<Turn, ConnectorError> {
        self.sign_in(sign_in).await
    }

    async fn begin_again(&self, access: &Access, sign_in: SignIn<'_>) -> Result<Turn, ConnectorError> {
        self.sign_in_again(access, sign_in).await
    }

    async fn resend(&self, conversation: &Conversation) -> Result<Turn, ConnectorError> {
        let (scenario, state) = self.take_up(conversation).await?;
        conversation::resend(&scenario, state)
    }

    async fn returned(
        &self,
        conversation: &Conversation,
        query: &[(String, String)],
    ) -> Result<Turn, ConnectorError> {
        let (scenario, state) = self.take_up(conversation).await?;
        let login = state.login.clone();
        self.noted(&login, conversation::returned(&scenario, state, query)?).await
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
        let mut told = history::told(base, scenario.volume, book.posted(), ledger_now, from_ms, until_ms);
        if self.directory.delivers(login.institution, Product::Transactions) == Some(false) {
            told.transactions.clear();
        }
        Ok(told)
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

/// The bytes are not ours, or belong to another step: nobody's mistake but our own side's.
fn internal() -> ConnectorError {
    ConnectorError::internal()
}

#[cfg(test)]
mod tests;
