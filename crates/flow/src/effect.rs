//! Everything the flow may ask of the outside. Each is a value a test can print.

use crate::Ticket;
use egusi_protocol::{FieldAnswer, InstitutionId, Secret};

/// Something to do; those with a ticket are answered by an event with the same ticket.
#[derive(Debug)]
pub enum Effect {
    /// Open a session with the host's options.
    OpenSession(Ticket),
    /// Fetch the list of institutions.
    LoadInstitutions(Ticket),
    /// Say which institution was chosen, and that consent was given.
    ChooseInstitution(Ticket, InstitutionId),
    /// Send the sign-in form. The only place where its answers pass.
    SubmitForm(Ticket, Vec<FieldAnswer>),
    /// Send the answer to a challenge. The only place where it passes.
    SubmitAnswer(Ticket, Secret),
    /// Ask after a delay how a pending sign-in stands.
    Poll {
        /// The question's number.
        ticket: Ticket,
        /// How long to wait first.
        after_ms: u32,
    },
    /// Connect the accounts picked.
    ShareAccounts(Ticket, Vec<u16>),
    /// Tell the server that nobody is here any more; no answer is awaited.
    EndSession,
    /// Tell the host.
    Tell(HostEvent),
    /// Send the browser to the host's `redirect_url`.
    GoTo(String),
}

/// What the host hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostEvent {
    /// `onSuccess`, with the JSON text the server made for it. The widget is still open.
    Success(String),
    /// `onError`: a stable code and a sentence for people who integrate.
    Error {
        /// One of the protocol's error codes.
        code: &'static str,
        /// What was expected beside what arrived.
        message: String,
    },
    /// `onClose`: the widget is gone. Always the last, and heard once.
    Close,
}
