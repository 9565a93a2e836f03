//! Signing in: whether the institution can be reached, whether the customer is who they say, and
//! what a scenario has to say to either.

use super::conversation::{self, Login};
use super::methods::AGAIN;
use super::scenario::Scenario;
use super::trouble::Trouble;
use super::{PASSWORD, Sandbox, USERNAME, fault, internal, typed};
use crate::{Access, ConnectorError, Fault, SignIn, Turn};
use egusi_protocol::{CompanyId, FieldAnswer, Health, InstitutionId, MethodKind, ProblemCode};
use std::sync::Arc;

impl Sandbox {
    /// As [`crate::Connector::begin`].
    pub(super) async fn sign_in(&self, sign_in: SignIn<'_>) -> Result<Turn, ConnectorError> {
        let SignIn { company, institution, method, fields, return_to } = sign_in;
        let methods = self.directory.methods(institution).unwrap_or_default();
        let kind = methods.iter().find(|known| known.id == method).ok_or_else(internal)?.kind;
        // Telephones like to add a space behind a name; no scenario has one.
        let username = typed(fields, USERNAME).trim();
        let scenario = self.known_at(company, institution, username).await?;
        self.reach(company, institution, scenario.as_deref()).await?;
        // A name that does not exist is answered like a wrong password: a stranger learns nothing.
        let scenario = scenario.ok_or_else(wrong_credentials)?;
        let login = Login { company, institution, username: scenario.username.clone() };
        if kind == MethodKind::Ussd {
            return conversation::dial(login);
        }
        self.let_in(&scenario, login, fields, return_to).await
    }

    /// As [`crate::Connector::begin_again`].
    pub(super) async fn sign_in_again(
        &self,
        access: &Access,
        sign_in: SignIn<'_>,
    ) -> Result<Turn, ConnectorError> {
        let login = conversation::granted(access)?;
        let SignIn { company, institution, method, fields, return_to } = sign_in;
        if (company, institution, method) != (login.company, login.institution, AGAIN) {
            return Err(internal());
        }
        let leads_nowhere = || fault(Fault::Customer, ProblemCode::SignInNeeded);
        let scenario = self.known_at(company, institution, &login.username).await?;
        let scenario = scenario.filter(|_| self.directory.institution(institution).is_some());
        let scenario = scenario.ok_or_else(leads_nowhere)?;
        self.reach(company, institution, Some(&scenario)).await?;
        self.let_in(&scenario, login, fields, return_to).await
    }

    async fn known_at(
        &self,
        company: CompanyId,
        institution: InstitutionId,
        username: &str,
    ) -> Result<Option<Arc<Scenario>>, ConnectorError> {
        let scenario = self.scenario(company, username).await?;
        Ok(scenario.filter(|scenario| scenario.is_known_at(institution)))
    }

    /// An institution that does not work cannot check a password, so it answers whatever was typed.
    async fn reach(
        &self,
        company: CompanyId,
        institution: InstitutionId,
        scenario: Option<&Scenario>,
    ) -> Result<(), ConnectorError> {
        match self.directory.health(institution) {
            None => return Err(internal()),
            Some(Health::Down) => return Err(fault(Fault::Institution, ProblemCode::InstitutionDown)),
            Some(Health::Healthy | Health::Degraded | Health::Unknown) => {}
        }
        let Some(scenario) = scenario else { return Ok(()) };
        match &scenario.trouble {
            None | Some(Trouble::Refused(_)) => Ok(()),
            Some(Trouble::Broken(error)) => Err(error.clone()),
            Some(Trouble::BrokenFirst(error, times)) => {
                let username = &scenario.username;
                let breaks_off = self.breaks_off(company, institution, username, *times).await?;
                if breaks_off { Err(error.clone()) } else { Ok(()) }
            }
            // Whoever called bounds it in time.
            Some(Trouble::Silent) => std::future::pending().await,
        }
    }

    /// The state of an account is told only to whoever has its password.
    async fn let_in(
        &self,
        scenario: &Scenario,
        login: Login,
        fields: &[FieldAnswer],
        return_to: &str,
    ) -> Result<Turn, ConnectorError> {
        if typed(fields, PASSWORD) != scenario.password.expose() {
            return Err(wrong_credentials());
        }
        if let Some(refusal) = scenario.trouble.as_ref().and_then(Trouble::refusal) {
            return Err(refusal.clone());
        }
        let turn = conversation::begin(scenario, login.clone(), return_to)?;
        self.noted(&login, turn).await
    }

    /// Notes that the customer has signed in, if that is what the turn means.
    pub(super) async fn noted(&self, login: &Login, turn: Turn) -> Result<Turn, ConnectorError> {
        if matches!(turn, Turn::Granted(_)) {
            self.note_sign_in(login.company, login.institution, &login.username, false).await?;
        }
        Ok(turn)
    }
}

fn wrong_credentials() -> ConnectorError {
    fault(Fault::Customer, ProblemCode::WrongCredentials)
}
