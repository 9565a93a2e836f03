//! Which screen is shown, in one word: for the focus, and for the host.

use crate::{Flow, Screen};

/// A screen's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nothing yet.
    Opening,
    /// The window cannot open.
    Refused,
    /// Who asks.
    Consent,
    /// The list.
    Banks,
    /// The form.
    SignIn,
    /// A question.
    Challenge,
    /// The institution is at work.
    Waiting,
    /// The institution's own page.
    Redirect,
    /// The customer goes on in a tab of its own.
    Elsewhere,
    /// The accounts.
    Accounts,
    /// Connected.
    Done,
    /// Something went wrong.
    Problem,
    /// Nothing any more.
    Closed,
}

impl Place {
    /// Every place.
    pub const ALL: &'static [Self] = &[
        Self::Opening,
        Self::Refused,
        Self::Consent,
        Self::Banks,
        Self::SignIn,
        Self::Challenge,
        Self::Waiting,
        Self::Redirect,
        Self::Elsewhere,
        Self::Accounts,
        Self::Done,
        Self::Problem,
        Self::Closed,
    ];

    /// The word the host hears.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Refused => "refused",
            Self::Consent => "consent",
            Self::Banks => "banks",
            Self::SignIn => "sign_in",
            Self::Challenge => "challenge",
            Self::Waiting => "waiting",
            Self::Redirect => "redirect",
            Self::Elsewhere => "elsewhere",
            Self::Accounts => "accounts",
            Self::Done => "done",
            Self::Problem => "problem",
            Self::Closed => "closed",
        }
    }
}

impl Flow {
    /// The screen that is shown.
    pub fn place(&self) -> Place {
        match self {
            Self::Opening { .. } => Place::Opening,
            Self::Unopened { .. } => Place::Problem,
            Self::Refused { .. } => Place::Refused,
            Self::Closed => Place::Closed,
            Self::Open(open) => match &open.screen {
                Screen::Consent { .. } => Place::Consent,
                Screen::Choosing { .. } => Place::Banks,
                Screen::SigningIn { .. } => Place::SignIn,
                Screen::Challenged { .. } => Place::Challenge,
                Screen::Waiting { .. } => Place::Waiting,
                Screen::Redirected { .. } => Place::Redirect,
                Screen::Elsewhere { .. } => Place::Elsewhere,
                Screen::Selecting { .. } => Place::Accounts,
                Screen::Finished { .. } => Place::Done,
                Screen::Stopped { .. } => Place::Problem,
            },
        }
    }
}
