//! What the host hears of each step: never what was typed, searched for or read.

use crate::{Effect, Event, Flow, HostEvent, Open, Place, Remedy, Screen, Window};
use egusi_protocol::{ChallengeKind, HostEventName, InstitutionId, ProblemCode, SessionId};

/// A step of the customer, as `onEvent` hears it. What does not apply is `None`, never left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// What happened.
    pub name: HostEventName,
    /// The screen that is shown now.
    pub place: Place,
    /// The session, for support.
    pub session: Option<SessionId>,
    /// The institution it is about.
    pub institution: Option<InstitutionId>,
    /// Its name.
    pub institution_name: Option<String>,
    /// The way to sign in.
    pub method: Option<String>,
    /// The kind of question.
    pub challenge: Option<ChallengeKind>,
    /// What is wrong.
    pub problem: Option<ProblemCode>,
    /// The way out that was taken.
    pub remedy: Option<Remedy>,
    /// How many accounts are shown, picked or shared.
    pub accounts: Option<u16>,
}

/// What of a state decides what is told of the step that follows it.
pub(crate) struct Glimpse {
    place: Place,
    turn: u32,
    is_busy: bool,
    is_leaving: bool,
    is_lost: bool,
    method: Option<usize>,
    problem: Option<ProblemCode>,
    short: usize,
    session: Option<SessionId>,
    institution: Option<(InstitutionId, Option<String>)>,
}

/// What of an event is told.
#[derive(Clone, Copy)]
pub(crate) enum Cause {
    Opened,
    Resumed,
    Call(HostEventName),
    Step(HostEventName),
    Remedy(Remedy),
    Other,
}

impl From<&Event> for Cause {
    fn from(event: &Event) -> Self {
        match event {
            Event::SessionOpened(_, Ok(_)) => Self::Opened,
            Event::SessionResumed(_, Ok(_)) => Self::Resumed,
            Event::ConsentGiven => Self::Step(HostEventName::ConsentGiven),
            Event::InstitutionChosen(_) => Self::Call(HostEventName::InstitutionSelected),
            Event::MethodChosen(_) => Self::Step(HostEventName::MethodSelected),
            Event::FormSubmitted(_) => Self::Call(HostEventName::CredentialsSubmitted),
            Event::AnswerSubmitted(_) => Self::Call(HostEventName::ChallengeAnswered),
            Event::ResendPressed => Self::Call(HostEventName::CodeRequested),
            Event::WindowOpened => Self::Step(HostEventName::WindowOpened),
            Event::WindowBlocked => Self::Step(HostEventName::WindowBlocked),
            Event::TabOpened => Self::Step(HostEventName::TabOpened),
            Event::AccountsConfirmed => Self::Call(HostEventName::AccountsSubmitted),
            Event::RemedyChosen(remedy) => Self::Remedy(*remedy),
            Event::BackPressed => Self::Step(HostEventName::WentBack),
            _ => Self::Other,
        }
    }
}

impl Glimpse {
    pub(crate) fn of(flow: &Flow) -> Self {
        let place = flow.place();
        let open = match flow {
            Flow::Open(open) => open,
            other => {
                let problem = match other {
                    Flow::Unopened { problem, .. } => Some(problem.code),
                    _ => None,
                };
                return Self {
                    place,
                    turn: 0,
                    is_busy: false,
                    is_leaving: false,
                    is_lost: other.is_offline(),
                    method: None,
                    problem,
                    short: 0,
                    session: None,
                    institution: None,
                };
            }
        };
        Self {
            place,
            turn: open.turn,
            is_busy: open.screen.is_busy(),
            is_leaving: open.is_leaving,
            // One answer that did not come is no lost connection, and a busy server is none either.
            is_lost: open.is_offline || open.lost.is_some_and(|tries| tries > 0),
            method: open.screen.entry().map(|entry| entry.method),
            problem: open.screen.problem().map(|problem| problem.code),
            short: open.short_picked(),
            session: Some(open.setting.session),
            institution: open.institution(),
        }
    }
}

/// What is told of a step, in order.
pub(crate) fn told(cause: Cause, before: &Glimpse, flow: &Flow) -> Vec<Effect> {
    let after = Glimpse::of(flow);
    let mut names = Vec::new();
    let has_called = after.is_busy && !before.is_busy;
    let has_moved = after.place != before.place;
    match cause {
        Cause::Opened if matches!(flow, Flow::Open(_)) && has_moved => names.push(HostEventName::Opened),
        Cause::Resumed if matches!(flow, Flow::Open(_)) && has_moved => names.push(HostEventName::Resumed),
        Cause::Call(name) if has_called => names.push(name),
        Cause::Step(HostEventName::ConsentGiven) if before.place == Place::Consent => {
            if has_called || has_moved {
                names.push(HostEventName::ConsentGiven);
            }
            if has_called {
                names.push(HostEventName::InstitutionSelected);
            }
        }
        Cause::Step(HostEventName::MethodSelected) if after.method != before.method => {
            names.push(HostEventName::MethodSelected);
        }
        Cause::Step(HostEventName::WentBack) if has_moved => names.push(HostEventName::WentBack),
        Cause::Step(name @ (HostEventName::WindowOpened | HostEventName::WindowBlocked))
            if after.place == Place::Redirect =>
        {
            names.push(name);
        }
        Cause::Step(HostEventName::TabOpened) if after.place == Place::Elsewhere => {
            names.push(HostEventName::TabOpened);
        }
        Cause::Remedy(_) if has_moved || has_called => names.push(HostEventName::RemedyChosen),
        _ => {}
    }
    names.extend(arrived(before, &after, has_moved));
    let remedy = if let Cause::Remedy(remedy) = cause { Some(remedy) } else { None };
    let happening = |name| {
        let remedy = remedy.filter(|_| name == HostEventName::RemedyChosen);
        Effect::Tell(HostEvent::Happened(Box::new(describe(name, remedy, before, flow))))
    };
    names.into_iter().map(happening).collect()
}

/// What is seen in the new state itself, whatever led to it.
fn arrived(before: &Glimpse, after: &Glimpse, has_moved: bool) -> Vec<HostEventName> {
    let is_next = has_moved || after.turn != before.turn;
    let mut names = Vec::new();
    if after.is_lost != before.is_lost && after.place != Place::Closed {
        names.push(if after.is_lost {
            HostEventName::ConnectionLost
        } else {
            HostEventName::ConnectionRestored
        });
    }
    match after.place {
        Place::Challenge if is_next => names.push(HostEventName::ChallengeShown),
        Place::Waiting if has_moved => names.push(HostEventName::Waiting),
        Place::Accounts if is_next => names.push(HostEventName::AccountsShown),
        Place::Done if has_moved => names.push(HostEventName::Connected),
        _ => {}
    }
    if after.short > before.short {
        names.push(HostEventName::FundsLow);
    }
    if after.problem.is_some() && (is_next || after.problem != before.problem) {
        names.push(HostEventName::ProblemShown);
    }
    if after.is_leaving && !before.is_leaving {
        names.push(HostEventName::LeaveAsked);
    }
    if after.place == Place::Closed && has_moved {
        names.push(HostEventName::Closed);
    }
    names
}

fn describe(name: HostEventName, remedy: Option<Remedy>, before: &Glimpse, flow: &Flow) -> Happening {
    let open = if let Flow::Open(open) = flow { Some(open) } else { None };
    let screen = open.map(|open| &open.screen);
    let institution = open.and_then(|open| open.institution()).or_else(|| before.institution.clone());
    let (institution, institution_name) = match institution {
        Some((id, name)) => (Some(id), name),
        None => (None, None),
    };
    let entry = screen.and_then(Screen::entry);
    Happening {
        name,
        place: flow.place(),
        session: open.map(|open| open.setting.session).or(before.session),
        institution,
        institution_name,
        method: entry.and_then(|entry| entry.chosen()).map(|method| method.id.clone()),
        challenge: match screen {
            Some(Screen::Challenged { challenge, .. }) => Some(challenge.kind),
            _ => None,
        },
        problem: match flow {
            Flow::Unopened { problem, .. } => Some(problem.code),
            _ => screen.and_then(Screen::problem).map(|problem| problem.code),
        },
        remedy,
        accounts: match screen {
            Some(Screen::Selecting { list, picked, .. }) => {
                let count = if picked.is_empty() { list.accounts.len() } else { picked.len() };
                u16::try_from(count).ok()
            }
            Some(Screen::Finished { receipt }) => Some(receipt.accounts),
            _ => None,
        },
    }
}

impl Open {
    /// The institution the screen is about, with its name where the list is there.
    fn institution(&self) -> Option<(InstitutionId, Option<String>)> {
        let id = self.screen.institution()?;
        Some((id, self.catalogue.find(id).map(|found| found.name.clone())))
    }

    /// How many of the picked accounts are known to hold less than the charge.
    pub fn short_picked(&self) -> usize {
        let Screen::Selecting { list, picked, .. } = &self.screen else { return 0 };
        let is_short = |pick: &&u16| list.accounts.iter().any(|one| one.pick == **pick && one.is_short);
        picked.iter().filter(is_short).count()
    }

    /// Whether the institution's own page was opened.
    pub fn has_window(&self) -> bool {
        matches!(self.screen, Screen::Redirected { window: Window::Open, .. })
    }
}
