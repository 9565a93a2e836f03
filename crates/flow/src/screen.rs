//! The states. Each carries only its own data, so going back forgets what came later.

use crate::{Catalogue, Clock, Entry, Remedy, Ticket, Tickets, remedies, remedies_at_the_only_one};
use egusi_protocol::{
    AccountList, AccountView, Challenge, ErrorCode, InstitutionId, PendingKind, Problem, ProblemCode,
    Receipt, Selection, Setting,
};

/// The whole life of one opening of the widget.
#[derive(Clone, Debug, PartialEq)]
pub enum Flow {
    /// A session has been asked for.
    Opening(Box<Opening>),
    /// The session could not be opened because the network or the server failed; worth a new try.
    Unopened {
        /// Hands out the next question's number.
        tickets: Tickets,
        /// Whether a session of before is worth asking after.
        is_resuming: bool,
        /// Why.
        problem: Problem,
        /// The device says that it has no network.
        is_offline: bool,
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

/// A session that has been asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// Hands out the next question's number.
    pub(crate) tickets: Tickets,
    /// The question.
    pub(crate) awaited: Ticket,
    /// Asked for at the same time.
    pub(crate) catalogue: Catalogue,
    /// Whether a session of before is asked after, and not a new one.
    pub(crate) is_resuming: bool,
    /// How often it was asked again.
    pub(crate) tries: u8,
    /// The device says that it has no network.
    pub(crate) is_offline: bool,
    /// How long it has taken.
    pub(crate) clock: Clock,
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
    /// How many steps the session had.
    pub turn: u32,
    /// How long what is shown has been shown, where that matters.
    pub clock: Clock,
    /// The answer to the last call did not come; so often it was asked what became of it.
    pub lost: Option<u8>,
    /// The device says that it has no network.
    pub is_offline: bool,
    /// The look under way that keeps the session; also the one that found it at its end.
    pub(crate) kept: Option<Ticket>,
    /// The customer is asked whether to leave in the middle.
    pub is_leaving: bool,
    /// The customer went on from the consent of this opening. Where an earlier one still holds, the
    /// form comes without it; whatever goes beyond that form is agreed to first.
    pub(crate) has_agreed: bool,
}

/// What the customer sees.
#[derive(Clone, Debug, PartialEq)]
pub enum Screen {
    /// Who asks, what is read, for how long.
    Consent {
        /// The institution the host named, on its way to the server.
        sent: Option<(Ticket, InstitutionId)>,
        /// Why going there did not work.
        problem: Option<Problem>,
        /// Where the customer's *Continue* leads.
        next: Next,
    },
    /// The list of institutions.
    Choosing {
        /// What is in the search box.
        search: String,
        /// The choice on its way to the server.
        sent: Option<(Ticket, InstitutionId)>,
        /// The institution that was chosen last and did not work.
        failed: Option<InstitutionId>,
        /// Why the last choice did not work.
        problem: Option<Problem>,
    },
    /// The sign-in form.
    SigningIn {
        /// The form, with the reason if it is shown again.
        entry: Entry,
        /// The answers are on their way.
        sent: Option<Ticket>,
    },
    /// One further question.
    Challenged {
        /// To go back to.
        entry: Entry,
        /// The question, with the reason if it is asked again.
        challenge: Challenge,
        /// The answer is on its way.
        sent: Option<Ticket>,
    },
    /// The institution is at work, or the customer elsewhere.
    Waiting {
        /// To go back to.
        entry: Entry,
        /// Who is at work.
        kind: PendingKind,
        /// What is happening; may be empty.
        text: String,
        /// The poll on its way.
        awaited: Ticket,
    },
    /// The institution's own page asks.
    Redirected {
        /// To go back to.
        entry: Entry,
        /// Where that page is.
        url: String,
        /// Whether it is open.
        window: Window,
        /// The look on its way.
        awaited: Ticket,
    },
    /// The customer goes on in a tab of its own, and this window looks what comes of it.
    Elsewhere {
        /// Whether that tab is open.
        window: Window,
        /// The look on its way.
        awaited: Ticket,
    },
    /// The accounts.
    Selecting {
        /// To go back to.
        entry: Entry,
        /// What can be picked, and when it was read.
        list: AccountList,
        /// What is picked, in ascending order.
        picked: Vec<u16>,
        /// The customer does not want the figures to be seen.
        is_hidden: bool,
        /// The choice on its way.
        sent: Option<Ticket>,
        /// Why the last try did not work.
        problem: Option<Problem>,
    },
    /// Connected.
    Finished {
        /// What was shared.
        receipt: Receipt,
    },
    /// This attempt is over; the remedies of the problem lead on.
    Stopped {
        /// To go back to, if there was one.
        entry: Option<Entry>,
        /// Why.
        problem: Problem,
        /// The screen whose call was never answered for, to look after it again.
        interrupted: Option<Box<Screen>>,
    },
}

/// What comes after the consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The institution that the host named; the list where it named none.
    Named,
    /// The list.
    List,
    /// The institution of that id, asking for everything.
    Anew(InstitutionId),
}

/// Whether a page beside this window is open: the institution's own, or the tab of the window itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Not yet.
    NotYet,
    /// It was opened.
    Open,
    /// The browser did not allow it.
    Blocked,
}

impl Screen {
    /// The first one.
    pub(crate) const CONSENT: Self = Self::Consent { sent: None, problem: None, next: Next::Named };

    /// The list, with nothing typed.
    pub(crate) fn list() -> Self {
        Self::Choosing { search: String::new(), sent: None, failed: None, problem: None }
    }

    /// The list after one of it could not be gone to. The search is emptied, so that the others are
    /// there to be chosen.
    pub(crate) fn list_without(failed: Option<InstitutionId>, problem: Problem) -> Self {
        Self::Choosing { search: String::new(), sent: None, failed, problem: Some(problem) }
    }

    /// The form, with the reason of an earlier showing taken off.
    pub(crate) fn sign_in(entry: Entry) -> Self {
        Self::SigningIn { entry: entry.without_problem(), sent: None }
    }

    /// The question the screen waits on.
    pub(crate) fn awaited(&self) -> Option<Ticket> {
        match self {
            Self::Waiting { awaited, .. }
            | Self::Redirected { awaited, .. }
            | Self::Elsewhere { awaited, .. } => Some(*awaited),
            _ => self.sent(),
        }
    }

    /// The call the customer has set off and should not interrupt.
    pub(crate) fn sent(&self) -> Option<Ticket> {
        match self {
            Self::Consent { sent, .. } | Self::Choosing { sent, .. } => sent.map(|(ticket, _)| ticket),
            Self::SigningIn { sent, .. } | Self::Challenged { sent, .. } | Self::Selecting { sent, .. } => {
                *sent
            }
            Self::Waiting { .. }
            | Self::Redirected { .. }
            | Self::Elsewhere { .. }
            | Self::Finished { .. }
            | Self::Stopped { .. } => None,
        }
    }

    /// Whether an answer is awaited that the customer should not interrupt.
    pub fn is_busy(&self) -> bool {
        self.sent().is_some()
    }

    /// Whether the customer answers the institution here.
    pub(crate) fn can_send(&self) -> bool {
        matches!(self, Self::SigningIn { .. } | Self::Challenged { .. } | Self::Selecting { .. })
    }

    /// Whether *Back* leads anywhere now.
    pub fn can_go_back(&self) -> bool {
        !self.is_busy()
            && !matches!(self, Self::Consent { .. } | Self::Elsewhere { .. } | Self::Finished { .. })
    }

    /// Whether leaving now throws away what the customer has done.
    pub(crate) fn would_be_lost(&self) -> bool {
        match self {
            Self::SigningIn { sent, .. } => sent.is_some(),
            Self::Challenged { .. }
            | Self::Waiting { .. }
            | Self::Redirected { .. }
            | Self::Elsewhere { .. }
            | Self::Selecting { .. } => true,
            Self::Consent { .. } | Self::Choosing { .. } | Self::Finished { .. } | Self::Stopped { .. } => {
                false
            }
        }
    }

    /// The sign-in form behind this screen, if there is one.
    pub fn entry(&self) -> Option<&Entry> {
        match self {
            Self::SigningIn { entry, .. }
            | Self::Challenged { entry, .. }
            | Self::Waiting { entry, .. }
            | Self::Redirected { entry, .. }
            | Self::Selecting { entry, .. } => Some(entry),
            Self::Stopped { entry, .. } => entry.as_ref(),
            Self::Consent { .. } | Self::Choosing { .. } | Self::Elsewhere { .. } | Self::Finished { .. } => {
                None
            }
        }
    }

    /// The institution the screen is about, if it is about one.
    pub fn institution(&self) -> Option<InstitutionId> {
        match self {
            Self::Finished { receipt } => Some(receipt.institution),
            Self::Consent { sent, .. } => sent.map(|(_, id)| id),
            Self::Choosing { sent, failed, .. } => sent.map(|(_, id)| id).or(*failed),
            _ => self.entry().map(|entry| entry.form.institution),
        }
    }

    /// What is wrong, if something is.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Consent { problem, .. }
            | Self::Choosing { problem, .. }
            | Self::Selecting { problem, .. } => problem.as_ref(),
            Self::SigningIn { entry, .. } => entry.form.problem.as_ref(),
            Self::Challenged { challenge, .. } => challenge.problem.as_ref(),
            Self::Stopped { problem, .. } => Some(problem),
            Self::Waiting { .. }
            | Self::Redirected { .. }
            | Self::Elsewhere { .. }
            | Self::Finished { .. } => None,
        }
    }

    /// The call is answered, or nobody waits for it any more: the screen stands as before it, with
    /// the reason if there is one.
    pub(crate) fn unsent(self, problem: Option<Problem>) -> Self {
        match self {
            Self::Consent { next, .. } => Self::Consent { sent: None, problem, next },
            Self::Choosing { search, sent, .. } => {
                Self::Choosing { search, sent: None, failed: sent.map(|(_, id)| id), problem }
            }
            Self::SigningIn { mut entry, .. } => {
                entry.form.problem = problem;
                Self::SigningIn { entry, sent: None }
            }
            Self::Challenged { entry, mut challenge, .. } => {
                challenge.problem = problem;
                Self::Challenged { entry, challenge, sent: None }
            }
            Self::Selecting { entry, list, picked, is_hidden, .. } => {
                Self::Selecting { entry, list, picked, is_hidden, sent: None, problem }
            }
            others => others,
        }
    }

    /// The same screen, waiting for another answer.
    pub(crate) fn awaiting(mut self, ticket: Ticket) -> Self {
        match &mut self {
            Self::Consent { sent, .. } | Self::Choosing { sent, .. } => {
                if let Some((awaited, _)) = sent {
                    *awaited = ticket;
                }
            }
            Self::SigningIn { sent, .. } | Self::Challenged { sent, .. } | Self::Selecting { sent, .. } => {
                *sent = Some(ticket);
            }
            Self::Waiting { awaited, .. }
            | Self::Redirected { awaited, .. }
            | Self::Elsewhere { awaited, .. } => *awaited = ticket,
            Self::Finished { .. } | Self::Stopped { .. } => {}
        }
        self
    }
}

impl Open {
    /// The ways out of a problem; one of them where there is nowhere else to go.
    pub fn remedies(&self, code: ProblemCode) -> &'static [Remedy] {
        match self.setting.filter.only.len() {
            1 => remedies_at_the_only_one(code),
            _ => remedies(code),
        }
    }

    /// Whether several accounts may be shared.
    pub fn is_single(&self) -> bool {
        self.setting.selection == Selection::Single
    }

    /// What is ticked before the customer has touched anything: all where the host wants all, and
    /// the one the host has named.
    pub(crate) fn picked_at_first(&self, accounts: &[AccountView]) -> Vec<u16> {
        let is_named = self.setting.account_ending.is_some();
        let can_be_picked = accounts.iter().filter(|account| account.barred.is_none());
        match self.setting.selection {
            _ if is_named => can_be_picked.map(|account| account.pick).collect(),
            Selection::All => can_be_picked.map(|account| account.pick).collect(),
            Selection::Single | Selection::Multiple | Selection::Unknown => Vec::new(),
        }
    }
}
