//! The list of institutions, asked for once and kept while the widget is open.

use crate::{CallFailure, Directory, Ticket};
use egusi_protocol::{Institution, InstitutionFilter, InstitutionId};
use std::sync::Arc;

/// Where the list is.
#[derive(Clone, Debug, PartialEq)]
pub enum Catalogue {
    /// On its way.
    Asked(Ticket),
    /// Here.
    Here(Arc<Directory>),
    /// It did not come; the customer may ask again.
    Missing,
}

impl Catalogue {
    /// The institution of that id, if the list is here and has it.
    pub fn find(&self, id: InstitutionId) -> Option<&Institution> {
        match self {
            Self::Here(directory) => directory.find(id),
            Self::Asked(_) | Self::Missing => None,
        }
    }

    /// The same, offering only what the opening is for.
    pub(crate) fn offering(self, filter: &InstitutionFilter) -> Self {
        match self {
            Self::Here(directory) => Self::Here(Arc::new(Arc::unwrap_or_clone(directory).offering(filter))),
            unchanged => unchanged,
        }
    }

    /// Takes the answer in, if it is the one awaited.
    pub(crate) fn arrived(self, ticket: Ticket, answer: Result<Vec<Institution>, CallFailure>) -> Self {
        match (self, answer) {
            (Self::Asked(awaited), Ok(institutions)) if awaited == ticket => {
                Self::Here(Arc::new(Directory::new(institutions)))
            }
            (Self::Asked(awaited), Err(_)) if awaited == ticket => Self::Missing,
            (unchanged, _) => unchanged,
        }
    }
}
