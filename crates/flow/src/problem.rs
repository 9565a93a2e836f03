//! A problem names its remedies: no screen is a dead end.

use egusi_protocol::ProblemCode;

/// What the customer may do about a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Sign in again at the same institution.
    CorrectDetails,
    /// Do the same again.
    TryAgain,
    /// Go to the list.
    ChooseAnother,
    /// Begin anew with a new session.
    StartAgain,
    /// Close the widget.
    Leave,
}

/// The ways out, the best first; never empty.
pub fn remedies(code: ProblemCode) -> &'static [Remedy] {
    use Remedy::{ChooseAnother, CorrectDetails, Leave, StartAgain, TryAgain};
    match code {
        ProblemCode::WrongCredentials
        | ProblemCode::WrongAnswer
        | ProblemCode::IncompleteAnswer
        | ProblemCode::TooManyAttempts
        | ProblemCode::SignInNeeded => &[CorrectDetails, ChooseAnother],
        ProblemCode::AccountLocked | ProblemCode::NoAccounts | ProblemCode::CorporateNotAllowed => {
            &[ChooseAnother, CorrectDetails]
        }
        ProblemCode::InstitutionDown | ProblemCode::InstitutionMaintenance => &[ChooseAnother, TryAgain],
        ProblemCode::InstitutionTimeout
        | ProblemCode::InstitutionUnreadable
        | ProblemCode::Unreachable
        | ProblemCode::Internal => &[TryAgain, ChooseAnother],
        ProblemCode::SessionExpired => &[StartAgain, Leave],
        ProblemCode::Unknown => &[ChooseAnother, Leave],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_problem_is_a_dead_end() {
        for &code in ProblemCode::ALL {
            assert!(remedies(code).len() >= 2, "{code} offers too little");
        }
    }
}
