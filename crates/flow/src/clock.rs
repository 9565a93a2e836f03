//! How long something has been shown: seconds counted by a beat that comes once a second, so that no
//! spinner is without an end and a code can be asked for again.

use crate::{Catalogue, Effect, Flow, Open, Screen, Ticket, Tickets};
use egusi_protocol::{Challenge, PendingKind, Problem, ProblemCode};

/// After so many seconds the customer is told why it takes long.
pub const SLOW_S: u16 = 10;
/// An opening may take so long.
const OPENING_LIMIT_S: u16 = 30;
/// A call may take so long; the server gives an institution 30 seconds for one step.
const CALL_LIMIT_S: u16 = 45;
/// What became of a lost call may be asked for so long.
const LOST_LIMIT_S: u16 = 90;
/// An institution may be at work so long.
const WORKING_LIMIT_S: u16 = 120;
/// Somebody may look for a telephone, or read a page of the institution, so long.
const ELSEWHERE_LIMIT_S: u16 = 600;

/// Without a network nothing is given up for so long. Whatever is given up then goes on by itself when
/// the network is back.
const OFFLINE_LIMIT_S: u16 = 600;
/// The list may take so long, each time it is asked for.
const LIST_LIMIT_S: u16 = 30;

/// Counts while there is something to count for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Since what is waited for began.
    pub seconds: u16,
    /// Of all that time, what passed without a network: it is nobody's slowness.
    offline: u16,
    span: Option<Span>,
    beat: Option<Ticket>,
}

/// What is waited for. When it changes, the seconds begin anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Span {
    Opening { is_resuming: bool },
    Call(Ticket),
    List { tries: u8 },
    Lost,
    Working(PendingKind),
    Redirected,
    Question(u32),
}

impl Clock {
    /// Takes a beat in, if it is the one awaited.
    pub(crate) fn beaten(mut self, ticket: Ticket, is_offline: bool) -> Option<Self> {
        let counted = if is_offline { &mut self.offline } else { &mut self.seconds };
        *counted = counted.saturating_add(1);
        (self.beat == Some(ticket)).then_some(Self { beat: None, ..self })
    }

    fn is_over(&self, limit_s: u16) -> bool {
        self.seconds >= limit_s || self.offline >= OFFLINE_LIMIT_S
    }

    /// Goes on counting, begins anew or stops, as the state wants.
    fn settled(self, span: Option<Span>, tickets: &mut Tickets) -> (Self, Option<Effect>) {
        let Some(span) = span else { return (Self::default(), None) };
        match self {
            Self { span: Some(of), beat: Some(_), .. } if of == span => (self, None),
            before => {
                let ticket = tickets.next();
                let counted = if before.span == Some(span) { before } else { Self::default() };
                (Self { span: Some(span), beat: Some(ticket), ..counted }, Some(Effect::Beat(ticket)))
            }
        }
    }
}

impl Flow {
    /// Lets the clock run or stand, as the new state wants it.
    pub(crate) fn with_clock(mut self) -> (Self, Option<Effect>) {
        let beat = match &mut self {
            Self::Opening(opening) => {
                let span = Span::Opening { is_resuming: opening.is_resuming };
                settle(&mut opening.clock, Some(span), &mut opening.tickets)
            }
            Self::Open(open) => {
                let span = open.span();
                settle(&mut open.clock, span, &mut open.tickets)
            }
            Self::Unopened { .. } | Self::Refused { .. } | Self::Closed => None,
        };
        (self, beat)
    }

    /// Whether an opening has taken too long.
    pub(crate) fn is_opening_over(clock: &Clock) -> bool {
        clock.is_over(OPENING_LIMIT_S)
    }
}

fn settle(clock: &mut Clock, span: Option<Span>, tickets: &mut Tickets) -> Option<Effect> {
    let (settled, beat) = std::mem::take(clock).settled(span, tickets);
    *clock = settled;
    beat
}

/// What an open session's clock has run into.
pub(crate) enum Limit {
    /// The call brought no answer.
    Call,
    /// The list did not come.
    List,
    /// What became of a call could not be found out.
    Lost,
    /// The institution, or the customer elsewhere, took too long.
    Waiting,
}

impl Open {
    fn span(&self) -> Option<Span> {
        match &self.screen {
            Screen::Waiting { kind, .. } => Some(Span::Working(*kind)),
            Screen::Redirected { .. } => Some(Span::Redirected),
            Screen::Elsewhere { awaited, .. } => Some(Span::Call(*awaited)),
            Screen::Challenged { challenge, sent: None, .. } if is_timed(challenge) => {
                Some(Span::Question(self.turn))
            }
            Screen::Choosing { sent: None, .. } => match self.catalogue {
                Catalogue::Asked { tries, .. } => Some(Span::List { tries }),
                Catalogue::Here(_) | Catalogue::Missing => None,
            },
            screen if self.lost.is_some() => screen.sent().map(|_| Span::Lost),
            screen => screen.sent().map(Span::Call),
        }
    }

    pub(crate) fn limit(&self) -> Option<Limit> {
        let (limit_s, limit) = match self.clock.span? {
            Span::Working(PendingKind::Working | PendingKind::Unknown) => (WORKING_LIMIT_S, Limit::Waiting),
            Span::Working(_) | Span::Redirected => (ELSEWHERE_LIMIT_S, Limit::Waiting),
            Span::List { .. } => (LIST_LIMIT_S, Limit::List),
            Span::Lost => (LOST_LIMIT_S, Limit::Lost),
            Span::Call(_) => (CALL_LIMIT_S, Limit::Call),
            Span::Opening { .. } | Span::Question(_) => return None,
        };
        match limit {
            Limit::List => {}
            // It is not the institution that took too long.
            _ if self.clock.offline >= OFFLINE_LIMIT_S => return Some(Limit::Lost),
            _ => {}
        }
        self.clock.is_over(limit_s).then_some(limit)
    }

    /// Whether it takes so long that the customer should read why.
    pub fn is_slow(&self) -> bool {
        let is_waiting = matches!(self.screen, Screen::Waiting { .. }) || self.screen.is_busy();
        is_waiting && self.clock.seconds >= SLOW_S
    }
}

/// Whether something about the question still changes with time.
fn is_timed(challenge: &Challenge) -> bool {
    challenge.expires_in_s.is_some() || challenge.resend_in_s.is_some_and(|left| left > 0)
}

/// The same question a second later. A code that is too old can be asked for anew at once.
pub(crate) fn second_later(mut challenge: Challenge) -> Challenge {
    let less = |left: u16| left.saturating_sub(1);
    challenge.resend_in_s = challenge.resend_in_s.map(less);
    challenge.expires_in_s = challenge.expires_in_s.map(less);
    if challenge.expires_in_s == Some(0) {
        challenge.problem = Some(Problem::new(ProblemCode::CodeExpired));
        challenge.expires_in_s = None;
        challenge.resend_in_s = challenge.resend_in_s.map(|_| 0);
    }
    challenge
}
