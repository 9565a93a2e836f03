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

impl Remedy {
    /// The word the host hears.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CorrectDetails => "correct_details",
            Self::TryAgain => "try_again",
            Self::ChooseAnother => "choose_another",
            Self::StartAgain => "start_again",
            Self::Leave => "leave",
        }
    }
}

/// The ways out, the best first; never empty.
pub const fn remedies(code: ProblemCode) -> &'static [Remedy] {
    use Remedy::{ChooseAnother, CorrectDetails, Leave, StartAgain, TryAgain};
    match code {
        ProblemCode::WrongCredentials
        | ProblemCode::WrongAnswer
        | ProblemCode::IncompleteAnswer
        | ProblemCode::CodeExpired
        | ProblemCode::TooManyAttempts
        | ProblemCode::AccountMismatch
        | ProblemCode::CorporateNotAllowed
        | ProblemCode::IndividualNotAllowed
        | ProblemCode::SignInNeeded => &[CorrectDetails, ChooseAnother],
        ProblemCode::AccountLocked | ProblemCode::NoAccounts => &[ChooseAnother, CorrectDetails],
        ProblemCode::InstitutionDown | ProblemCode::InstitutionMaintenance => &[ChooseAnother, TryAgain],
        ProblemCode::Denied
        | ProblemCode::InstitutionTimeout
        | ProblemCode::InstitutionUnreachable
        | ProblemCode::InstitutionUnreadable
        | ProblemCode::Internal => &[TryAgain, ChooseAnother],
        ProblemCode::Unreachable => &[TryAgain, Leave],
        ProblemCode::SessionExpired => &[StartAgain, Leave],
        ProblemCode::Unknown => &[ChooseAnother, Leave],
    }
}

/// The same where there is no other institution to choose: who cannot go on may leave.
pub const fn remedies_at_the_only_one(code: ProblemCode) -> &'static [Remedy] {
    use Remedy::{ChooseAnother, CorrectDetails, Leave, TryAgain};
    match remedies(code) {
        [CorrectDetails, ChooseAnother] | [ChooseAnother, CorrectDetails] => &[CorrectDetails, Leave],
        [TryAgain, ChooseAnother] | [ChooseAnother, TryAgain] => &[TryAgain, Leave],
        [ChooseAnother, Leave] => &[TryAgain, Leave],
        others => others,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_problem_is_a_dead_end() {
        for &code in ProblemCode::ALL {
            assert!(remedies(code).len() >= 2, "{code} offers too little");
            let alone = remedies_at_the_only_one(code);
            assert!(alone.len() >= 2, "{code} offers too little where there is no other institution");
            assert!(!alone.contains(&Remedy::ChooseAnother), "{code} offers what is not there");
        }
    }
}
