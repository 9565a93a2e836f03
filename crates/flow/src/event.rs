//! Everything that can happen to the flow: what the customer does and what the server answers.

use crate::{Remedy, Ticket};
use egusi_protocol::{
    ErrorCode, FieldAnswer, Institution, InstitutionId, Resumed, Secret, Setting, Step, StepReply,
};

/// Something happened.
#[derive(Debug)]
pub enum Event {
    /// The server opened a session, or did not.
    SessionOpened(Ticket, Result<Box<Opened>, CallFailure>),
    /// The session of before still lives, or does not.
    SessionResumed(Ticket, Result<(Box<Resumed>, StepReply), CallFailure>),
    /// The list of institutions came, or did not.
    InstitutionsArrived(Ticket, Result<Vec<Institution>, CallFailure>),
    /// A call of the session was answered, or failed.
    StepArrived(Ticket, Result<StepReply, CallFailure>),
    /// A second has passed.
    Beat(Ticket),
    /// The device says that it has no network any more.
    NetworkGone,
    /// The device has a network again.
    NetworkBack,
    /// The customer went on from the consent screen.
    ConsentGiven,
    /// The customer typed into the search box.
    SearchTyped(String),
    /// The customer chose an institution.
    InstitutionChosen(InstitutionId),
    /// The customer wants to sign in another way: its place among the form's.
    MethodChosen(usize),
    /// The customer was here before and wants to sign in as somebody else.
    SignInAnew,
    /// The customer sent the sign-in form.
    FormSubmitted(Vec<FieldAnswer>),
    /// The customer answered a challenge.
    AnswerSubmitted(Secret),
    /// The customer wants another code.
    ResendPressed,
    /// The institution's own page was opened.
    WindowOpened,
    /// The browser did not let it open.
    WindowBlocked,
    /// The customer went on in a tab of its own, where the address can be seen.
    TabOpened,
    /// The browser did not let that tab open.
    TabBlocked,
    /// The customer wants to go on here and not in that tab.
    HerePressed,
    /// The customer hid the figures, or showed them again.
    FiguresToggled,
    /// The customer ticked or unticked an account.
    AccountToggled(u16),
    /// The customer chose *Connect*.
    AccountsConfirmed,
    /// The customer took a way out of a problem.
    RemedyChosen(Remedy),
    /// *Back*.
    BackPressed,
    /// *Close*, or the back gesture of a telephone: asks first where something would be lost.
    ClosePressed,
    /// Escape: as *Close*, but it takes the question back if that is what is shown.
    EscapePressed,
    /// The customer stays.
    StayPressed,
    /// The host took the widget away.
    Dismissed,
    /// *Done*.
    DonePressed,
}

/// An opening, granted.
#[derive(Debug)]
pub struct Opened {
    /// What to show.
    pub setting: Setting,
    /// Where the session stands.
    pub step: Step,
    /// How many steps there were.
    pub turn: u32,
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
