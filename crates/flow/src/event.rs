//! Everything that can happen to the flow: what the customer does and what the server answers.

use crate::{Remedy, Ticket};
use egusi_protocol::{ErrorCode, FieldAnswer, Institution, InstitutionId, Secret, Setting, Step};

/// Something happened.
#[derive(Debug)]
pub enum Event {
    /// The server opened a session, or did not.
    SessionOpened(Ticket, Result<(Setting, Step), CallFailure>),
    /// The list of institutions came, or did not.
    InstitutionsArrived(Ticket, Result<Vec<Institution>, CallFailure>),
    /// A call of the session was answered, or failed.
    StepArrived(Ticket, Result<Step, CallFailure>),
    /// The customer went on from the consent screen.
    ConsentGiven,
    /// The customer typed into the search box.
    SearchTyped(String),
    /// The customer chose an institution.
    InstitutionChosen(InstitutionId),
    /// The customer sent the sign-in form.
    FormSubmitted(Vec<FieldAnswer>),
    /// The customer answered a challenge.
    AnswerSubmitted(Secret),
    /// The customer ticked or unticked an account.
    AccountToggled(u16),
    /// The customer chose *Connect*.
    AccountsConfirmed,
    /// The customer took a way out of a problem.
    RemedyChosen(Remedy),
    /// *Back*.
    BackPressed,
    /// *Close*, or Escape, or the host's own close.
    ClosePressed,
    /// *Done*.
    DonePressed,
}

/// Why a call brought no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallFailure {
    /// The server said no, and why.
    Refused {
        /// Stable.
        code: ErrorCode,
        /// For the people who integrate.
        message: String,
    },
    /// The server was not reached.
    Unreachable,
    /// The answer could not be read.
    Unreadable,
}
