//! Everything the flow may ask of the outside. Each is a value a test can print.

use crate::{Happening, Ticket};
use egusi_protocol::{FieldAnswer, InstitutionId, Secret};

/// Something to do; those with a ticket are answered by an event with the same ticket.
#[derive(Debug)]
pub enum Effect {
    /// Go on after a delay with the session of before, if it still lives.
    ResumeSession {
        /// The question's number.
        ticket: Ticket,
        /// How long to wait first.
        after_ms: u32,
    },
    /// Open a session with the host's options, after a delay.
    OpenSession {
        /// The question's number.
        ticket: Ticket,
        /// How long to wait first.
        after_ms: u32,
    },
    /// Fetch the list of institutions, after a delay.
    LoadInstitutions {
        /// The question's number.
        ticket: Ticket,
        /// How long to wait first.
        after_ms: u32,
    },
    /// Say which institution was chosen, and that consent was given.
    ChooseInstitution {
        /// The question's number.
        ticket: Ticket,
        /// Where.
        institution: InstitutionId,
        /// Ask for everything, even of somebody who was here before.
        anew: bool,
    },
    /// Send the sign-in form. The only place where its answers pass.
    SubmitForm {
        /// The question's number.
        ticket: Ticket,
        /// The step that is answered.
        turn: u32,
        /// The way to sign in.
        method: String,
        /// What was typed.
        fields: Vec<FieldAnswer>,
    },
    /// Send the answer to a challenge. The only place where it passes.
    SubmitAnswer {
        /// The question's number.
        ticket: Ticket,
        /// The step that is answered.
        turn: u32,
        /// What was typed or chosen.
        answer: Secret,
    },
    /// Ask for another code.
    ResendCode {
        /// The question's number.
        ticket: Ticket,
        /// The step whose code did not come.
        turn: u32,
    },
    /// Ask after a delay how a pending sign-in stands.
    Poll {
        /// The question's number.
        ticket: Ticket,
        /// How long to wait first.
        after_ms: u32,
    },
    /// Look after a delay where the session stands, without changing anything.
    Look {
        /// The question's number.
        ticket: Ticket,
        /// How long to wait first.
        after_ms: u32,
        /// Let the server answer only when the session is past this step, or after a while.
        past: Option<u32>,
    },
    /// Look after a delay where the session stands, so that it does not end while the customer reads.
    /// Its answer is a step's, and changes nothing that is shown.
    KeepSession {
        /// The question's number.
        ticket: Ticket,
        /// How long to wait first.
        after_ms: u32,
    },
    /// Connect the accounts picked.
    ShareAccounts {
        /// The question's number.
        ticket: Ticket,
        /// The step that is answered.
        turn: u32,
        /// Their places.
        picks: Vec<u16>,
    },
    /// Come back in a second.
    Beat(Ticket),
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
    /// `onEvent`: a step of the customer.
    Happened(Box<Happening>),
    /// `onSuccess`, with the JSON text the server made for it. The widget is still open.
    Success(String),
    /// `onError`: a stable code and a sentence for people who integrate.
    Error {
        /// One of the protocol's error codes.
        code: &'static str,
        /// What was expected beside what arrived.
        message: String,
    },
    /// `beforeClose`: the customer leaves. Just before the end, and heard once.
    BeforeClose,
    /// `onClose`: the widget is gone. Always the last, and heard once.
    Close,
}
