//! How an opening begins: a session of before that still lives, or a new one.

use crate::answering::problem_of;
use crate::telling::{Cause, Glimpse};
use crate::{
    CallFailure, Catalogue, Clock, Effect, Entry, Event, Flow, HostEvent, Open, Opened, Screen, Ticket,
    Tickets, Turn,
};
use egusi_protocol::{ErrorCode, Problem, ProblemCode, Resumed, StepReply};

impl Flow {
    /// A new opening: asks for a session and for the list of institutions at once. Where the page
    /// kept a session, that one is asked after first.
    pub fn start(is_resuming: bool) -> Turn {
        let before = Glimpse::of(&Self::Closed);
        Self::start_with(Tickets::default(), is_resuming).finish(Cause::Other, &before)
    }

    pub(crate) fn start_with(mut tickets: Tickets, is_resuming: bool) -> Turn {
        let (awaited, list) = (tickets.next(), tickets.next());
        let catalogue = Catalogue::Asked(list);
        let ask = if is_resuming { Effect::ResumeSession(awaited) } else { Effect::OpenSession(awaited) };
        let flow = Self::Opening { tickets, awaited, catalogue, is_resuming, clock: Clock::default() };
        Turn { flow, effects: vec![ask, Effect::LoadInstitutions(list)] }
    }

    /// What happens while there is no session yet.
    pub(crate) fn before_open(self, event: Event) -> Turn {
        match (self, event) {
            (Self::Opening { tickets, awaited, catalogue, .. }, Event::SessionOpened(ticket, answer))
                if ticket == awaited =>
            {
                opened(tickets, catalogue, answer)
            }
            (Self::Opening { tickets, awaited, catalogue, .. }, Event::SessionResumed(ticket, answer))
                if ticket == awaited =>
            {
                resumed(tickets, catalogue, answer)
            }
            (
                Self::Opening { tickets, awaited, catalogue, is_resuming, clock },
                Event::InstitutionsArrived(ticket, answer),
            ) => {
                let catalogue = catalogue.arrived(ticket, answer);
                Self::Opening { tickets, awaited, catalogue, is_resuming, clock }.into()
            }
            (Self::Opening { tickets, awaited, catalogue, is_resuming, mut clock }, Event::Beat(ticket)) => {
                match clock.clone().beaten(ticket) {
                    Some(beaten) if Self::is_opening_over(&beaten) => {
                        let problem = Problem::new(ProblemCode::Unreachable);
                        return Self::Unopened { tickets, is_resuming, problem }.into();
                    }
                    Some(beaten) => clock = beaten,
                    None => {}
                }
                Self::Opening { tickets, awaited, catalogue, is_resuming, clock }.into()
            }
            (Self::Unopened { tickets, is_resuming, .. }, Event::RemedyChosen(_)) => {
                Self::start_with(tickets, is_resuming)
            }
            (unchanged, _) => unchanged.into(),
        }
    }
}

fn opened(tickets: Tickets, catalogue: Catalogue, answer: Result<Box<Opened>, CallFailure>) -> Turn {
    match answer {
        Ok(opened) => {
            let Opened { setting, step, turn } = *opened;
            let reply = StepReply { step, turn, is_busy: false, resumed: None };
            Open::new(tickets, setting, catalogue).take_reply(None, reply)
        }
        Err(CallFailure::Refused { code, message }) if !is_passing(code) => {
            let heard = HostEvent::Error { code: code.as_str(), message: message.clone() };
            Turn { flow: Flow::Refused { code, message }, effects: vec![Effect::Tell(heard)] }
        }
        Err(failure) => Flow::Unopened { tickets, is_resuming: false, problem: problem_of(&failure) }.into(),
    }
}

/// A server that is overloaded or ill may be well a moment later; that is not the host's mistake.
fn is_passing(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::Unavailable | ErrorCode::Internal | ErrorCode::RateLimited)
}

fn resumed(
    mut tickets: Tickets,
    catalogue: Catalogue,
    answer: Result<(Box<Resumed>, StepReply), CallFailure>,
) -> Turn {
    match answer {
        Ok((resumed, reply)) => {
            let Resumed { setting, form } = *resumed;
            let is_busy = reply.is_busy;
            let Turn { flow, effects } =
                Open::new(tickets, setting, catalogue).take_reply(form.map(Entry::new), reply);
            match flow {
                Flow::Open(open) if is_busy && open.screen.can_send() => open.look_after_call_of_before(),
                flow => Turn { flow, effects },
            }
        }
        Err(failure @ CallFailure::Refused { code: ErrorCode::Unavailable | ErrorCode::RateLimited, .. }) => {
            Flow::Unopened { tickets, is_resuming: true, problem: problem_of(&failure) }.into()
        }
        Err(CallFailure::Refused { .. } | CallFailure::Unreadable) => {
            // It is over. What was there of it is forgotten, and the customer begins anew.
            let awaited = tickets.next();
            let clock = Clock::default();
            let flow = Flow::Opening { tickets, awaited, catalogue, is_resuming: false, clock };
            Turn { flow, effects: vec![Effect::OpenSession(awaited)] }
        }
        Err(failure @ CallFailure::Unreachable) => {
            Flow::Unopened { tickets, is_resuming: true, problem: problem_of(&failure) }.into()
        }
    }
}

impl Open {
    /// What was sent before the reload is still being worked on. It is not sent again.
    fn look_after_call_of_before(mut self) -> Turn {
        let screen = std::mem::replace(&mut self.screen, Screen::CONSENT);
        self.look_again(screen)
    }

    fn new(tickets: Tickets, setting: egusi_protocol::Setting, catalogue: Catalogue) -> Self {
        let screen = Screen::CONSENT;
        let catalogue = catalogue.offering(&setting.filter);
        Self {
            tickets,
            setting,
            catalogue,
            screen,
            turn: 0,
            clock: Clock::default(),
            lost: None,
            is_leaving: false,
            has_agreed: false,
        }
    }
}

impl Ticket {
    /// Whether this is the number that is awaited.
    pub(crate) fn is(self, awaited: Option<Self>) -> bool {
        awaited == Some(self)
    }
}
