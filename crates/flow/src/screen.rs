//! The states. Each carries only its own data, so going back forgets what came later.

use crate::{Catalogue, Ticket, Tickets};
use egusi_protocol::{AccountView, Challenge, ErrorCode, Form, InstitutionId, Problem, Receipt, Setting};

/// The whole life of one opening of the widget.
#[derive(Clone, Debug, PartialEq)]
pub enum Flow {
    /// A session has been asked for.
    Opening {
        /// Hands out the next question's number.
        tickets: Tickets,
        /// The question.
        awaited: Ticket,
        /// Asked for at the same time.
        catalogue: Catalogue,
    },
    /// The session could not be opened because the network or the server failed; worth a new try.
    Unopened {
        /// Hands out the next question's number.
        tickets: Tickets,
        /// Why.
        problem: Problem,
    },
    /// The server refused to open: the host's mistake, and nothing the customer can mend.
    Refused {
        /// Stable.
        code: ErrorCode,
        /// What was expected beside what arrived.
        message: String,
    },
    /// The customer is here.
    Open(Box<Open>),
    /// The widget is gone. Nothing happens any more.
    Closed,
}

/// An open session and the screen it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// Hands out the next question's number.
    pub(crate) tickets: Tickets,
    /// Who asks for what.
    pub setting: Setting,
    /// Where one can connect.
    pub catalogue: Catalogue,
    /// What is shown.
    pub screen: Screen,
}

/// What the customer sees.
#[derive(Clone, Debug, PartialEq)]
pub enum Screen {
    /// Who asks, what is read, for how long.
    Consent,
    /// The list of institutions.
    Choosing {
        /// What is in the search box.
        search: String,
        /// The choice on its way to the server.
        sent: Option<(Ticket, InstitutionId)>,
        /// Why the last choice did not work.
        problem: Option<Problem>,
    },
    /// The sign-in form.
    SigningIn {
        /// The form, with the reason if it is shown again.
        form: Form,
        /// The answers are on their way.
        sent: Option<Ticket>,
    },
    /// One further question.
    Challenged {
        /// To go back to.
        form: Form,
        /// The question, with the reason if it is asked again.
        challenge: Challenge,
        /// The answer is on its way.
        sent: Option<Ticket>,
    },
    /// The institution is at work.
    Waiting {
        /// To go back to.
        form: Form,
        /// What is happening; may be empty.
        text: String,
        /// The poll on its way.
        awaited: Ticket,
        /// After so many more it is given up.
        polls_left: u16,
    },
    /// The accounts.
    Selecting {
        /// To go back to.
        form: Form,
        /// What can be picked.
        accounts: Vec<AccountView>,
        /// What is picked, in ascending order.
        picked: Vec<u16>,
        /// The choice on its way.
        sent: Option<Ticket>,
        /// Why the last try did not work.
        problem: Option<Problem>,
    },
    /// Connected.
    Finished {
        /// Where.
        institution: InstitutionId,
        /// What was shared.
        receipt: Receipt,
    },
    /// This attempt is over; the remedies of the problem lead on.
    Stopped {
        /// To go back to, if there was one.
        form: Option<Form>,
        /// Why.
        problem: Problem,
    },
}

impl Screen {
    /// The list, with nothing typed.
    pub(crate) fn list() -> Self {
        Self::Choosing { search: String::new(), sent: None, problem: None }
    }

    /// The form, with the reason of an earlier showing taken off.
    pub(crate) fn sign_in(form: Form) -> Self {
        Self::SigningIn { form: Form { problem: None, ..form }, sent: None }
    }

    /// Whether an answer is awaited that the customer should not interrupt.
    pub fn is_busy(&self) -> bool {
        match self {
            Self::Choosing { sent, .. } => sent.is_some(),
            Self::SigningIn { sent, .. } | Self::Challenged { sent, .. } | Self::Selecting { sent, .. } => {
                sent.is_some()
            }
            Self::Consent | Self::Waiting { .. } | Self::Finished { .. } | Self::Stopped { .. } => false,
        }
    }

    /// Whether *Back* leads anywhere now.
    pub fn can_go_back(&self) -> bool {
        !self.is_busy() && !matches!(self, Self::Consent | Self::Finished { .. })
    }

    /// The sign-in form behind this screen, if there is one.
    pub fn form(&self) -> Option<&Form> {
        match self {
            Self::SigningIn { form, .. }
            | Self::Challenged { form, .. }
            | Self::Waiting { form, .. }
            | Self::Selecting { form, .. } => Some(form),
            Self::Stopped { form, .. } => form.as_ref(),
            Self::Consent | Self::Choosing { .. } | Self::Finished { .. } => None,
        }
    }
}
