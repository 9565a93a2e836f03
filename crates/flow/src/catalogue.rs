//! The list of institutions, asked for once and kept while the widget is open.

use crate::network::again;
use crate::opening::is_passing;
use crate::{CallFailure, Directory, Effect, Ticket, Tickets};
use egusi_protocol::{Institution, InstitutionFilter, InstitutionId};
use std::sync::Arc;

/// Where the list is.
#[derive(Clone, Debug, PartialEq)]
pub enum Catalogue {
    /// On its way.
    Asked {
        /// The question.
        ticket: Ticket,
        /// How often it was asked again.
        tries: u8,
    },
    /// Here.
    Here(Arc<Directory>),
    /// It did not come; the customer may ask again.
    Missing,
}

impl Catalogue {
    /// Asks for the list, after a delay.
    pub(crate) fn ask(tickets: &mut Tickets, tries: u8, after_ms: u32) -> (Self, Effect) {
        let ticket = tickets.next();
        (Self::Asked { ticket, tries }, Effect::LoadInstitutions { ticket, after_ms })
    }

    /// The institution of that id, if the list is here and has it.
    pub fn find(&self, id: InstitutionId) -> Option<&Institution> {
        match self {
            Self::Here(directory) => directory.find(id),
            Self::Asked { .. } | Self::Missing => None,
        }
    }

    /// Whether it did not come at first.
    pub(crate) const fn is_asked_again(&self) -> bool {
        matches!(self, Self::Asked { tries: 1.., .. })
    }

    /// The same, offering only what the opening is for.
    pub(crate) fn offering(self, filter: &InstitutionFilter) -> Self {
        match self {
            Self::Here(directory) => Self::Here(Arc::new(Arc::unwrap_or_clone(directory).offering(filter))),
            unchanged => unchanged,
        }
    }

    /// Takes the answer in, if it is the one awaited. What has not come may come yet: to ask for it
    /// changes nothing, so it is asked for again a few times before the customer has to.
    pub(crate) fn arrived(
        self,
        ticket: Ticket,
        answer: Result<Vec<Institution>, CallFailure>,
        tickets: &mut Tickets,
        is_offline: bool,
    ) -> (Self, Option<Effect>) {
        match (self, answer) {
            (Self::Asked { ticket: awaited, .. }, Ok(institutions)) if awaited == ticket => {
                (Self::Here(Arc::new(Directory::new(institutions))), None)
            }
            (Self::Asked { ticket: awaited, tries }, Err(failure)) if awaited == ticket => {
                match again(tries, is_offline).filter(|_| is_worth_repeating(&failure)) {
                    Some((tries, after_ms)) => {
                        let (asked, effect) = Self::ask(tickets, tries, after_ms);
                        (asked, Some(effect))
                    }
                    None => (Self::Missing, None),
                }
            }
            (unchanged, _) => (unchanged, None),
        }
    }

    /// Asks at once for what has not come.
    pub(crate) fn asked_now(self, tickets: &mut Tickets) -> (Self, Option<Effect>) {
        match self {
            Self::Here(_) => (self, None),
            Self::Asked { .. } | Self::Missing => {
                let (asked, effect) = Self::ask(tickets, 0, 0);
                (asked, Some(effect))
            }
        }
    }
}

/// A list that cannot be read may have been cut off on its way.
fn is_worth_repeating(failure: &CallFailure) -> bool {
    match failure {
        CallFailure::Unreachable | CallFailure::Unreadable => true,
        CallFailure::Refused { code, .. } => is_passing(*code),
    }
}
