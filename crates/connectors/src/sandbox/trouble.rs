//! What goes wrong at a sign-in, where a scenario is about that.

use super::error::Flaw;
use crate::{ConnectorError, Fault};
use egusi_protocol::{Problem, ProblemCode};
use serde::Deserialize;

/// What takes the place of a scenario's steps.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The institution does not work: it answers so whatever was typed.
    Broken(ConnectorError),
    /// As [`Trouble::Broken`], but after so many calls it works for one.
    BrokenFirst(ConnectorError, u32),
    /// The institution never answers.
    Silent,
    /// Told only to whoever has shown who they are.
    Refused(ConnectorError),
}

impl Trouble {
    /// The refusal a customer meets who has shown who they are.
    pub(super) fn refusal(&self) -> Option<&ConnectorError> {
        match self {
            Self::Refused(error) => Some(error),
            Self::Broken(_) | Self::BrokenFirst(..) | Self::Silent => None,
        }
    }
}

/// A fault as the file writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    whose: Whose,
    code: ProblemCode,
    /// How many calls it lasts; without it every one.
    times: Option<u32>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Whose {
    Customer,
    Institution,
}

/// What of the two fields of a scenario goes wrong.
pub(super) fn read(fault: Option<Row>, is_silent: bool) -> Result<Option<Trouble>, Flaw> {
    match (fault, is_silent) {
        (None, false) => Ok(None),
        (None, true) => Ok(Some(Trouble::Silent)),
        (Some(_), true) => Err(Flaw::new("silent", "not beside a fault: who says nothing tells none")),
        (Some(row), false) => row.read().map(Some).map_err(|flaw| flaw.within("fault")),
    }
}

impl Row {
    fn read(self) -> Result<Trouble, Flaw> {
        let Self { whose, code, times } = self;
        if code == ProblemCode::Unknown {
            return Err(Flaw::new("code", "the code of a problem, such as account_locked"));
        }
        let problem = Problem::new(code);
        let error = |fault| ConnectorError { fault, problem, retry: None };
        match (whose, times) {
            (Whose::Customer, None) => Ok(Trouble::Refused(error(Fault::Customer))),
            (Whose::Institution, None) => Ok(Trouble::Broken(error(Fault::Institution))),
            (Whose::Institution, Some(times)) if times > 0 => {
                Ok(Trouble::BrokenFirst(error(Fault::Institution), times))
            }
            (Whose::Institution, Some(_)) => Err(Flaw::new("times", "at least 1")),
            (Whose::Customer, Some(_)) => Err(Flaw::new("times", "only for a fault of the institution")),
        }
    }
}
