//! How an opening begins: a session of before that still lives, or a new one.
//!
//! To ask for a session twice does no harm: where the first answer was lost there are two, one that
//! nobody has the token of, which has asked no institution anything and ends by itself. So whoever is
//! not reached is asked again a few times before the customer has to.

use crate::answering::problem_of;
use crate::network::again;
use crate::telling::{Cause, Glimpse};
use crate::{
    CallFailure, Catalogue, Clock, Effect, Entry, Event, Flow, HostEvent, Open, Opened, Opening, Screen,
    Ticket, Tickets, Turn,
};
use egusi_protocol::{ErrorCode, Problem, ProblemCode, Resumed, StepReply};

impl Flow {
    /// A new opening: asks for a session and for the list of institutions at once. Where the page
    /// kept a session, that one is asked after first.
    pub fn start(is_resuming: bool) -> Turn {
        let before = Glimpse::of(&Self::Closed);
        Self::start_with(Tickets::default(), is_resuming, false).finish(Cause::Other, &before)
    }

    pub(crate) fn start_with(mut tickets: Tickets, is_resuming: bool, is_offline: bool) -> Turn {
        let (catalogue, list) = Catalogue::ask(&mut tickets, 0, 0);
        let mut turn = Opening::begin(tickets, catalogue, is_resuming, is_offline);
        turn.effects.push(list);
        turn
    }

    /// What happens while there is no session yet.
    pub(crate) fn before_open(self, event: Event) -> Turn {
        match (self, event) {
            (Self::Opening(opening), event) => opening.update(event),
            (Self::Unopened { tickets, is_resuming, is_offline, .. }, Event::RemedyChosen(_)) => {
                Self::start_with(tickets, is_resuming, is_offline)
            }
            (unchanged, _) => unchanged.into(),
        }
    }
}

impl Opening {
    fn begin(mut tickets: Tickets, catalogue: Catalogue, is_resuming: bool, is_offline: bool) -> Turn {
        let (awaited, clock) = (tickets.next(), Clock::default());
        Self { tickets, awaited, catalogue, is_resuming, tries: 0, is_offline, clock }.ask(0)
    }

    fn update(mut self: Box<Self>, event: Event) -> Turn {
        match event {
            Event::SessionOpened(ticket, answer) if ticket == self.awaited => self.opened(answer),
            Event::SessionResumed(ticket, answer) if ticket == self.awaited => self.resumed(answer),
            Event::InstitutionsArrived(ticket, answer) => {
                let (catalogue, effect) =
                    self.catalogue.arrived(ticket, answer, &mut self.tickets, self.is_offline);
                self.catalogue = catalogue;
                Turn { flow: Flow::Opening(self), effects: effect.into_iter().collect() }
            }
            Event::Beat(ticket) => {
                match self.clock.clone().beaten(ticket, self.is_offline) {
                    Some(beaten) if Flow::is_opening_over(&beaten) => {
                        return self.given_up(Problem::new(ProblemCode::Unreachable));
                    }
                    Some(beaten) => self.clock = beaten,
                    None => {}
                }
                Flow::Opening(self).into()
            }
            _ => Flow::Opening(self).into(),
        }
    }

    /// Asks for the session, after a delay.
    pub(crate) fn ask(mut self, after_ms: u32) -> Turn {
        let ticket = self.tickets.next();
        self.awaited = ticket;
        let ask = match self.is_resuming {
            true => Effect::ResumeSession { ticket, after_ms },
            false => Effect::OpenSession { ticket, after_ms },
        };
        Turn { flow: Flow::Opening(Box::new(self)), effects: vec![ask] }
    }

    fn opened(self, answer: Result<Box<Opened>, CallFailure>) -> Turn {
        match answer {
            Ok(opened) => {
                let Opened { setting, step, turn } = *opened;
                let reply = StepReply { step, turn, is_busy: false, resumed: None };
                Open::new(self, setting).take_reply(None, reply)
            }
            Err(CallFailure::Refused { code, message }) if !is_passing(code) => {
                let heard = HostEvent::Error { code: code.as_str(), message: message.clone() };
                Turn { flow: Flow::Refused { code, message }, effects: vec![Effect::Tell(heard)] }
            }
            Err(failure) => self.failed(&failure),
        }
    }

    fn resumed(self, answer: Result<(Box<Resumed>, StepReply), CallFailure>) -> Turn {
        match answer {
            Ok((resumed, reply)) => {
                let Resumed { setting, form } = *resumed;
                let is_busy = reply.is_busy;
                let Turn { flow, effects } = Open::new(self, setting).take_reply(form.map(Entry::new), reply);
                match flow {
                    Flow::Open(open) if is_busy && open.screen.can_send() => open.look_after_call_of_before(),
                    flow => Turn { flow, effects },
                }
            }
            Err(
                failure @ (CallFailure::Unreachable
                | CallFailure::Refused {
                    code: ErrorCode::Unavailable | ErrorCode::RateLimited, ..
                }),
            ) => self.failed(&failure),
            // It is over. What was there of it is forgotten, and the customer begins anew.
            Err(CallFailure::Refused { .. } | CallFailure::Unreadable) => {
                Self { is_resuming: false, tries: 0, ..self }.ask(0)
            }
        }
    }

    /// It is asked again, or the customer is told.
    fn failed(self, failure: &CallFailure) -> Turn {
        let is_readable = *failure != CallFailure::Unreadable;
        match again(self.tries, self.is_offline).filter(|_| is_readable) {
            Some((tries, after_ms)) => Self { tries, ..self }.ask(after_ms),
            None => self.given_up(problem_of(failure)),
        }
    }

    fn given_up(self, problem: Problem) -> Turn {
        let Self { tickets, is_resuming, is_offline, .. } = self;
        Flow::Unopened { tickets, is_resuming, problem, is_offline }.into()
    }
}

/// A server that is overloaded or ill may be well a moment later; that is not the host's mistake.
pub(crate) fn is_passing(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::Unavailable | ErrorCode::Internal | ErrorCode::RateLimited)
}

impl Open {
    /// What was sent before the reload is still being worked on. It is not sent again.
    fn look_after_call_of_before(mut self) -> Turn {
        let screen = std::mem::replace(&mut self.screen, Screen::CONSENT);
        self.look_again(screen)
    }

    fn new(opening: Opening, setting: egusi_protocol::Setting) -> Self {
        let Opening { tickets, catalogue, is_offline, .. } = opening;
        let catalogue = catalogue.offering(&setting.filter);
        Self {
            tickets,
            setting,
            catalogue,
            screen: Screen::CONSENT,
            turn: 0,
            clock: Clock::default(),
            lost: None,
            is_offline,
            kept: None,
            is_leaving: false,
            has_agreed: false,
        }
    }

    /// The customer comes back from the tab: this window goes on where the session stands by now, as
    /// one that was loaded anew does.
    pub(crate) fn come_back(self) -> Turn {
        let Self { tickets, catalogue, is_offline, .. } = self;
        Opening::begin(tickets, catalogue, true, is_offline)
    }
}

impl Ticket {
    /// Whether this is the number that is awaited.
    pub(crate) fn is(self, awaited: Option<Self>) -> bool {
        awaited == Some(self)
    }
}
