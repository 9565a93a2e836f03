//! The desk at which tests and operators change what the sandbox holds, company by company.

use super::Sandbox;
use super::conversation::{self, Login};
use super::edit::{AccountBook, EditError, NewFigures, NewMovement};
use super::person::{self, NewPerson, Person, PersonBook};
use super::scenario::Scenario;
use crate::{Access, ConnectorError, ReportedAccount, ReportedTransaction};
use egusi_protocol::{CompanyId, Currency, InstitutionId, ObjectId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Two calls may change one thing at once; the slower one reads again, so many times.
const TRIES: usize = 8;
/// So many numbers are tried for one account.
const NUMBERS: u32 = 8;
/// How many people a company makes at most.
const PERSONS_MAX: usize = 1000;

impl Sandbox {
    /// Makes a person.
    ///
    /// # Errors
    /// `Refused` by field, also if the username is taken.
    pub async fn create_person(&self, company: CompanyId, new: NewPerson) -> Result<Person, EditError> {
        let new = self.check_person(company, new).await?;
        let mut accounts = Vec::new();
        let currency = self.currency_of(&new);
        for at in 0..new.accounts {
            accounts.push(self.open_account(company, &new, at, currency).await?);
        }
        let id = person::id(company, &new.username);
        let made = Person { id, made: new, accounts };
        let name = person::book_name(&made.made.username);
        if self.keep(company, &name, 0, &PersonBook::of(made.clone())).await? {
            return Ok(made);
        }
        Err(taken())
    }

    /// Checks a person as [`Sandbox::create_person`] would, without making one.
    ///
    /// # Errors
    /// As there.
    pub async fn check_person(&self, company: CompanyId, new: NewPerson) -> Result<NewPerson, EditError> {
        let new = new.checked(&self.directory)?;
        let name = person::book_name(&new.username);
        if self.scenarios.get(&new.username).is_some() || self.books.read(company, &name).await?.is_some() {
            return Err(taken());
        }
        if self.usernames(company).await?.len() >= PERSONS_MAX {
            return Err(EditError::refused("username", "at most 1000 people", "one more"));
        }
        Ok(new)
    }

    /// A person as [`Sandbox::create_person`] would make one, without making one.
    ///
    /// # Errors
    /// `Refused` by field.
    pub fn preview_person(&self, company: CompanyId, new: NewPerson) -> Result<Person, EditError> {
        let made = new.checked(&self.directory)?;
        let currency = self.currency_of(&made);
        let accounts = (0..made.accounts).map(|at| made.account(at, 0, currency)).collect();
        Ok(Person { id: person::id(company, &made.username), made, accounts })
    }

    fn currency_of(&self, new: &NewPerson) -> Currency {
        let country = new.institutions.first().and_then(|first| self.directory.country(*first));
        person::currency_of(country.unwrap_or_default())
    }

    async fn open_account(
        &self,
        company: CompanyId,
        new: &NewPerson,
        at: u8,
        currency: Currency,
    ) -> Result<ReportedAccount, EditError> {
        for attempt in 0..NUMBERS {
            let account = new.account(at, attempt, currency);
            let name = account_name(&account.number);
            if self.keep(company, &name, 0, &AccountBook::of(&new.username)).await? {
                return Ok(account);
            }
            // It may be left of an earlier try to make the same person.
            let (_, known): (_, AccountBook) = self.kept(company, &name).await?;
            if known.owner() == Some(&new.username) {
                return Ok(account);
            }
        }
        Err(EditError::Busy)
    }

    /// Every person's username, sorted. Scenarios are not among them.
    pub async fn usernames(&self, company: CompanyId) -> Result<Vec<String>, EditError> {
        let names = self.books.names(company, person::PREFIX).await?;
        let names = names.iter().filter_map(|name| name.strip_prefix(person::PREFIX));
        Ok(names.filter(|name| self.scenarios.get(name).is_none()).map(str::to_owned).collect())
    }

    /// Every person, in the order of their usernames.
    pub async fn persons(&self, company: CompanyId) -> Result<Vec<Person>, EditError> {
        let mut persons = Vec::new();
        for username in self.usernames(company).await? {
            persons.push(self.person(company, &username).await?);
        }
        Ok(persons)
    }

    /// The person of that username. `NotFound` for a scenario's.
    pub async fn person(&self, company: CompanyId, username: &str) -> Result<Person, EditError> {
        let (_, book): (_, PersonBook) = self.kept(company, &person::book_name(username)).await?;
        book.person(company).ok_or(EditError::NotFound)
    }

    /// The person who is called so on the wire.
    pub async fn person_by_id(&self, company: CompanyId, id: ObjectId) -> Result<Person, EditError> {
        let usernames = self.usernames(company).await?;
        let username = usernames.iter().find(|username| person::id(company, username) == id);
        self.person(company, username.ok_or(EditError::NotFound)?).await
    }

    /// Sets what an account holds; gives it as the institution reports it then.
    pub async fn set_balance(
        &self,
        company: CompanyId,
        number: &str,
        figures: NewFigures,
        now_ms: i64,
    ) -> Result<ReportedAccount, EditError> {
        let change =
            |base: &ReportedAccount, book: AccountBook| Ok((book.set_figures(base, figures, now_ms)?, ()));
        self.change(company, number, change).await.map(|(account, ())| account)
    }

    /// Adds a pending or a posted transaction; gives it as the institution reports it.
    pub async fn add_transaction(
        &self,
        company: CompanyId,
        number: &str,
        movement: NewMovement,
        now_ms: i64,
    ) -> Result<ReportedTransaction, EditError> {
        let change = |base: &ReportedAccount, book: AccountBook| book.add(base, movement.clone(), now_ms);
        self.change(company, number, change).await.map(|(_, transaction)| transaction)
    }

    /// Takes all pending transactions of an account away.
    pub async fn clear_pending(
        &self,
        company: CompanyId,
        number: &str,
    ) -> Result<ReportedAccount, EditError> {
        let change = |base: &ReportedAccount, book: AccountBook| Ok((book.clear_pending(base)?, ()));
        self.change(company, number, change).await.map(|(account, ())| account)
    }

    /// Lets an account's list of pending transactions fail from now on, or work again.
    pub async fn break_pending(
        &self,
        company: CompanyId,
        number: &str,
        is_broken: bool,
    ) -> Result<ReportedAccount, EditError> {
        let change = |_: &ReportedAccount, book: AccountBook| Ok((book.break_pending(is_broken), ()));
        self.change(company, number, change).await.map(|(account, ())| account)
    }

    /// Lets the institution tell nothing more of a sign-in until the customer signs in again. The
    /// sign-in is named as in [`crate::Holder::login`].
    pub async fn require_sign_in(&self, company: CompanyId, login: &str) -> Result<(), EditError> {
        let (institution, username) = Login::parts(login).ok_or(EditError::NotFound)?;
        if self.scenarios.get(username).is_none() {
            self.person(company, username).await?;
        }
        self.note_sign_in(company, institution, username, true).await
    }

    /// The sign-in an access was given for, as in [`crate::Holder::login`].
    ///
    /// # Errors
    /// If it is no access of the sandbox, or one that says no longer on whose behalf it is.
    pub fn login(&self, access: &Access) -> Result<String, ConnectorError> {
        conversation::granted(access).map(|login| login.name())
    }

    /// Notes whether an institution wants a new sign-in of somebody.
    pub(super) async fn note_sign_in(
        &self,
        company: CompanyId,
        institution: InstitutionId,
        username: &str,
        is_needed: bool,
    ) -> Result<(), EditError> {
        self.note(company, username, |book| book.set_sign_in_needed(institution, is_needed)).await
    }

    /// Counts a sign-in that may break off, and says whether it does: so many do, and then one gets
    /// through and the count begins anew.
    pub(super) async fn breaks_off(
        &self,
        company: CompanyId,
        institution: InstitutionId,
        username: &str,
        times: u32,
    ) -> Result<bool, EditError> {
        let count = |book: &mut PersonBook| {
            let before = book.broken_off_at(institution);
            let breaks_off = before < times;
            book.set_broken_off(institution, if breaks_off { before.saturating_add(1) } else { 0 });
            breaks_off
        };
        self.note(company, username, count).await
    }

    /// Changes what is noted about a username.
    async fn note<T>(
        &self,
        company: CompanyId,
        username: &str,
        change: impl Fn(&mut PersonBook) -> T,
    ) -> Result<T, EditError> {
        let name = person::book_name(username);
        for _ in 0..TRIES {
            let (version, mut book): (_, PersonBook) = self.kept_or_new(company, &name).await?;
            let before = book.noted();
            let told = change(&mut book);
            if book.noted() == before || self.keep(company, &name, version, &book).await? {
                return Ok(told);
            }
        }
        Err(EditError::Busy)
    }

    /// Changes what is kept of an account; gives the account as it is then.
    async fn change<T>(
        &self,
        company: CompanyId,
        number: &str,
        edit: impl Fn(&ReportedAccount, AccountBook) -> Result<(AccountBook, T), EditError>,
    ) -> Result<(ReportedAccount, T), EditError> {
        let name = account_name(number);
        for _ in 0..TRIES {
            let (version, book): (_, AccountBook) = self.kept_or_new(company, &name).await?;
            let owner = book.owner().or_else(|| self.scenarios.holder_of(number));
            let scenario = self.scenario(company, owner.ok_or(EditError::NotFound)?).await?;
            let base = scenario.as_ref().and_then(|scenario| scenario.account(number));
            let base = base.ok_or(EditError::NotFound)?;
            let (book, told) = edit(base, book)?;
            if self.keep(company, &name, version, &book).await? {
                return Ok((book.over(base)?, told));
            }
        }
        Err(EditError::Busy)
    }

    /// What happens to a username at a company: a scenario of the file, or a person's.
    pub(super) async fn scenario(
        &self,
        company: CompanyId,
        username: &str,
    ) -> Result<Option<Arc<Scenario>>, EditError> {
        if let Some(scenario) = self.scenarios.get(username) {
            return Ok(Some(scenario.clone()));
        }
        match self.person(company, username).await {
            Ok(person) => Ok(Some(Arc::new(person.scenario()))),
            Err(EditError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What was changed about an account, if anything was.
    pub(super) async fn account_book(
        &self,
        company: CompanyId,
        number: &str,
    ) -> Result<AccountBook, EditError> {
        self.kept_or_new(company, &account_name(number)).await.map(|(_, book)| book)
    }

    /// What is kept under a name, or a new one with version 0.
    pub(super) async fn kept_or_new<T: DeserializeOwned + Default>(
        &self,
        company: CompanyId,
        name: &str,
    ) -> Result<(i64, T), EditError> {
        match self.kept(company, name).await {
            Err(EditError::NotFound) => Ok((0, T::default())),
            found => found,
        }
    }

    async fn kept<T: DeserializeOwned>(&self, company: CompanyId, name: &str) -> Result<(i64, T), EditError> {
        let (version, body) = self.books.read(company, name).await?.ok_or(EditError::NotFound)?;
        Ok((version, serde_json::from_slice(&body).map_err(|error| unreadable(name, &error))?))
    }

    async fn keep(
        &self,
        company: CompanyId,
        name: &str,
        version: i64,
        body: &impl Serialize,
    ) -> Result<bool, EditError> {
        let body = serde_json::to_vec(body).map_err(|error| unreadable(name, &error))?;
        Ok(self.books.write(company, name, version, body).await?)
    }
}

fn account_name(number: &str) -> String {
    format!("account/{number}")
}

fn taken() -> EditError {
    EditError::refused("username", "one that nobody has", "one that is taken")
}

/// The place of the mistake and not its text, which may quote a password.
fn unreadable(name: &str, error: &serde_json::Error) -> EditError {
    let (line, column) = (error.line(), error.column());
    EditError::Books(super::BooksError(format!("{name} is unreadable at {line}:{column}")))
}
