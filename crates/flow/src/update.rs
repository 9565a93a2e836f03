//! Where states, events and effects meet: what the customer does.

use crate::clock::{Limit, second_later};
use crate::telling::{Cause, Glimpse, told};
use crate::{
    CallFailure, Catalogue, Effect, Entry, Event, Flow, HostEvent, Next, Open, Remedy, Screen, Ticket,
    Window, clean_answer,
};
use egusi_protocol::{Health, Institution, InstitutionId, Problem, ProblemCode};

/// What an event led to: the next state and what to do.
#[derive(Debug)]
pub struct Turn {
    /// The next state.
    pub flow: Flow,
    /// What to do, in this order.
    pub effects: Vec<Effect>,
}

impl From<Flow> for Turn {
    fn from(flow: Flow) -> Self {
        Self { flow, effects: Vec::new() }
    }
}

impl Turn {
    /// The clock runs or stands as the new state wants it, and the host hears of the step before
    /// anything else happens.
    pub(crate) fn finish(self, cause: Cause, before: &Glimpse) -> Self {
        let Self { flow, mut effects } = self;
        let (mut flow, beat) = flow.with_clock();
        effects.extend(beat);
        effects.extend(flow.kept());
        let mut all = told(cause, before, &flow);
        all.append(&mut effects);
        Self { flow, effects: all }
    }
}

impl Flow {
    /// Takes an event in.
    #[must_use]
    pub fn update(self, event: Event) -> Turn {
        let (cause, before) = (Cause::from(&event), Glimpse::of(&self));
        self.step(event).finish(cause, &before)
    }

    fn step(self, event: Event) -> Turn {
        match (self, event) {
            (Self::Closed, _) => Self::Closed.into(),
            (flow, Event::NetworkGone) => flow.network_gone(),
            (flow, Event::NetworkBack) => flow.network_back(),
            (flow, Event::Dismissed | Event::RemedyChosen(Remedy::Leave)) => flow.close(),
            (Self::Open(open), Event::ClosePressed | Event::EscapePressed)
                if open.screen.would_be_lost() && !open.is_leaving =>
            {
                Self::Open(Box::new(Open { is_leaving: true, ..*open })).into()
            }
            (Self::Open(open), Event::EscapePressed | Event::StayPressed) if open.is_leaving => {
                Self::Open(Box::new(Open { is_leaving: false, ..*open })).into()
            }
            (flow, Event::ClosePressed | Event::EscapePressed) => flow.close(),
            (Self::Open(open), event) => open.update(event),
            (flow, event) => flow.before_open(event),
        }
    }

    /// The end, in the order in which it is told.
    fn close(self) -> Turn {
        let mut effects = Vec::new();
        if let Self::Open(open) = &self
            && !matches!(open.screen, Screen::Finished { .. })
        {
            effects.push(Effect::EndSession);
        }
        effects.push(Effect::Tell(HostEvent::BeforeClose));
        effects.push(Effect::Tell(HostEvent::Close));
        Turn { flow: Self::Closed, effects }
    }
}

impl Open {
    pub(crate) fn show(self, screen: Screen) -> Turn {
        self.show_and(screen, Vec::new())
    }

    pub(crate) fn show_and(mut self, screen: Screen, effects: Vec<Effect>) -> Turn {
        if screen.awaited().is_none() {
            // Nothing is looked for any more, whatever led away from it.
            self.lost = None;
        }
        self.screen = screen;
        Turn { flow: Flow::Open(Box::new(self)), effects }
    }

    fn update(mut self, event: Event) -> Turn {
        let screen = std::mem::replace(&mut self.screen, Screen::CONSENT);
        match (screen, event) {
            (screen, Event::InstitutionsArrived(ticket, answer)) => {
                let effect = self.list_arrived(ticket, answer);
                self.show_and(screen, effect.into_iter().collect())
            }
            (screen, Event::StepArrived(ticket, answer)) => self.answered(screen, ticket, answer),
            (screen, Event::Beat(ticket)) => self.beat(screen, ticket),
            (Screen::Consent { sent: None, next, .. }, Event::ConsentGiven) => self.agree(next),
            (Screen::Consent { sent: None, .. }, event @ (Event::TabOpened | Event::TabBlocked)) => {
                let window = if matches!(event, Event::TabOpened) { Window::Open } else { Window::Blocked };
                let awaited = self.tickets.next();
                self.look_now(Screen::Elsewhere { window, awaited })
            }
            (Screen::Elsewhere { awaited, .. }, Event::TabOpened) => {
                self.show(Screen::Elsewhere { window: Window::Open, awaited })
            }
            (Screen::Elsewhere { .. }, Event::HerePressed) => self.come_back(),
            (Screen::Choosing { sent, failed, problem, .. }, Event::SearchTyped(search)) => {
                self.show(Screen::Choosing { search, sent, failed, problem })
            }
            (Screen::Choosing { search, sent: None, .. }, Event::InstitutionChosen(id)) => {
                self.choose(search, id)
            }
            (screen @ Screen::SigningIn { sent: None, .. }, event) => self.at_the_form(screen, event),
            (screen @ Screen::Challenged { sent: None, .. }, event) => self.at_the_question(screen, event),
            (Screen::Redirected { entry, url, window, awaited }, event) => {
                let window = match event {
                    Event::WindowOpened => Window::Open,
                    Event::WindowBlocked => Window::Blocked,
                    Event::BackPressed => return self.show(Screen::sign_in(entry)),
                    _ => window,
                };
                self.show(Screen::Redirected { entry, url, window, awaited })
            }
            (screen @ Screen::Selecting { sent: None, .. }, event) => self.at_the_accounts(screen, event),
            (Screen::Finished { .. }, Event::DonePressed) => self.done(),
            (screen, Event::RemedyChosen(remedy)) => self.take_remedy(screen, remedy),
            (screen, Event::BackPressed) if screen.can_go_back() => self.back(screen),
            (unchanged, _) => self.show(unchanged),
        }
    }

    fn list_arrived(
        &mut self,
        ticket: Ticket,
        answer: Result<Vec<Institution>, CallFailure>,
    ) -> Option<Effect> {
        let catalogue = std::mem::replace(&mut self.catalogue, Catalogue::Missing);
        let (catalogue, effect) = catalogue.arrived(ticket, answer, &mut self.tickets, self.is_offline);
        self.catalogue = catalogue.offering(&self.setting.filter);
        effect
    }

    fn list_is_late(&mut self) -> Option<Effect> {
        match self.catalogue {
            Catalogue::Asked { ticket, .. } if !self.is_offline => {
                self.list_arrived(ticket, Err(CallFailure::Unreachable))
            }
            _ => {
                self.catalogue = Catalogue::Missing;
                None
            }
        }
    }

    fn agree(mut self, next: Next) -> Turn {
        self.has_agreed = true;
        let (institution, anew) = match next {
            Next::Named => (self.setting.institution, false),
            Next::List => (None, false),
            Next::Anew(institution) => (Some(institution), true),
        };
        let Some(institution) = institution else { return self.show(Screen::list()) };
        let ticket = self.tickets.next();
        let screen = Screen::Consent { sent: Some((ticket, institution)), problem: None, next };
        self.show_and(screen, vec![Effect::ChooseInstitution { ticket, institution, anew }])
    }

    /// The list, by way of the consent where that was not given yet.
    pub(crate) fn show_list(self) -> Turn {
        let screen = match self.has_agreed {
            true => Screen::list(),
            false => Screen::Consent { sent: None, problem: None, next: Next::List },
        };
        self.show(screen)
    }

    fn choose(mut self, search: String, institution: InstitutionId) -> Turn {
        match self.catalogue.find(institution) {
            Some(found) if found.health != Health::Down => {
                let ticket = self.tickets.next();
                let sent = Some((ticket, institution));
                let screen = Screen::Choosing { search, sent, failed: None, problem: None };
                self.show_and(screen, vec![Effect::ChooseInstitution { ticket, institution, anew: false }])
            }
            Some(_) => {
                let problem = Problem::new(ProblemCode::InstitutionDown);
                self.show(Screen::list_without(Some(institution), problem))
            }
            None => self.show(Screen::Choosing { search, sent: None, failed: None, problem: None }),
        }
    }

    fn at_the_form(mut self, screen: Screen, event: Event) -> Turn {
        let Screen::SigningIn { mut entry, .. } = screen else { return self.show(screen) };
        match event {
            Event::MethodChosen(method) if method < entry.form.methods.len() => {
                entry.method = method;
                self.show(Screen::sign_in(entry))
            }
            Event::SignInAnew if entry.form.is_return => {
                let institution = entry.form.institution;
                if !self.has_agreed {
                    let next = Next::Anew(institution);
                    return self.show(Screen::Consent { sent: None, problem: None, next });
                }
                let ticket = self.tickets.next();
                let screen = Screen::SigningIn { entry: entry.without_problem(), sent: Some(ticket) };
                self.show_and(screen, vec![Effect::ChooseInstitution { ticket, institution, anew: true }])
            }
            Event::FormSubmitted(fields) if entry.is_complete(&fields) => {
                entry.keep(&fields);
                let ticket = self.tickets.next();
                let method = entry.chosen().map(|method| method.id.clone()).unwrap_or_default();
                let screen = Screen::SigningIn { entry: entry.without_problem(), sent: Some(ticket) };
                let turn = self.turn;
                self.show_and(screen, vec![Effect::SubmitForm { ticket, turn, method, fields }])
            }
            Event::BackPressed => self.show_list(),
            _ => self.show(Screen::SigningIn { entry, sent: None }),
        }
    }

    fn at_the_question(mut self, screen: Screen, event: Event) -> Turn {
        let Screen::Challenged { entry, mut challenge, .. } = screen else { return self.show(screen) };
        let turn = self.turn;
        match event {
            Event::AnswerSubmitted(typed) => {
                let Some(answer) = clean_answer(&challenge, &typed) else {
                    challenge.problem = Some(Problem::new(ProblemCode::IncompleteAnswer));
                    return self.show(Screen::Challenged { entry, challenge, sent: None });
                };
                let ticket = self.tickets.next();
                challenge.problem = None;
                let screen = Screen::Challenged { entry, challenge, sent: Some(ticket) };
                self.show_and(screen, vec![Effect::SubmitAnswer { ticket, turn, answer }])
            }
            Event::ResendPressed if challenge.resend_in_s == Some(0) => {
                let ticket = self.tickets.next();
                challenge.problem = None;
                let screen = Screen::Challenged { entry, challenge, sent: Some(ticket) };
                self.show_and(screen, vec![Effect::ResendCode { ticket, turn }])
            }
            Event::BackPressed => self.show(Screen::sign_in(entry)),
            _ => self.show(Screen::Challenged { entry, challenge, sent: None }),
        }
    }

    fn at_the_accounts(mut self, screen: Screen, event: Event) -> Turn {
        let Screen::Selecting { entry, list, mut picked, is_hidden, sent: None, problem } = screen else {
            return self.show(screen);
        };
        match event {
            Event::AccountToggled(pick) => {
                let can_be_picked =
                    list.accounts.iter().any(|account| account.pick == pick && account.barred.is_none());
                match picked.binary_search(&pick) {
                    _ if !can_be_picked => {}
                    _ if self.is_single() => picked = vec![pick],
                    Ok(at) => drop(picked.remove(at)),
                    Err(at) => picked.insert(at, pick),
                }
                self.show(Screen::Selecting { entry, list, picked, is_hidden, sent: None, problem: None })
            }
            Event::FiguresToggled => self.show(Screen::Selecting {
                entry,
                list,
                picked,
                is_hidden: !is_hidden,
                sent: None,
                problem,
            }),
            Event::AccountsConfirmed if !picked.is_empty() => {
                let ticket = self.tickets.next();
                let (turn, picks) = (self.turn, picked.clone());
                let sent = Some(ticket);
                let screen = Screen::Selecting { entry, list, picked, is_hidden, sent, problem: None };
                self.show_and(screen, vec![Effect::ShareAccounts { ticket, turn, picks }])
            }
            Event::RemedyChosen(Remedy::ChooseAnother) => self.show_list(),
            Event::BackPressed => self.show(Screen::sign_in(entry)),
            _ => self.show(Screen::Selecting { entry, list, picked, is_hidden, sent: None, problem }),
        }
    }

    fn take_remedy(mut self, screen: Screen, remedy: Remedy) -> Turn {
        if matches!(self.catalogue, Catalogue::Missing) && matches!(screen, Screen::Choosing { .. }) {
            let (asked, effect) = Catalogue::ask(&mut self.tickets, 0, 0);
            self.catalogue = asked;
            return self.show_and(screen, vec![effect]);
        }
        match (screen, remedy) {
            (Screen::Stopped { .. }, Remedy::StartAgain) => {
                Flow::start_with(self.tickets, false, self.is_offline)
            }
            (Screen::Stopped { interrupted: Some(screen), .. }, Remedy::TryAgain) => self.look_again(*screen),
            (Screen::Stopped { entry: Some(entry), .. }, Remedy::CorrectDetails | Remedy::TryAgain) => {
                self.show(Screen::sign_in(entry))
            }
            (Screen::Stopped { .. }, _) => self.show_list(),
            (unchanged, _) => self.show(unchanged),
        }
    }

    fn back(self, screen: Screen) -> Turn {
        match screen {
            Screen::Choosing { .. } => self.show(Screen::CONSENT),
            Screen::Stopped { .. } => self.show_list(),
            Screen::Waiting { entry, .. } => self.show(Screen::sign_in(entry)),
            unchanged => self.show(unchanged),
        }
    }

    fn done(self) -> Turn {
        let mut effects = vec![Effect::Tell(HostEvent::BeforeClose), Effect::Tell(HostEvent::Close)];
        effects.extend(self.setting.redirect_url.map(Effect::GoTo));
        Turn { flow: Flow::Closed, effects }
    }

    /// A second has passed: a limit may be reached.
    fn beat(mut self, screen: Screen, ticket: Ticket) -> Turn {
        let Some(clock) = self.clock.clone().beaten(ticket, self.is_offline) else {
            // A beat of what was shown before; the present one is still on its way.
            return self.show(screen);
        };
        self.clock = clock;
        self.screen = screen;
        let limit = self.limit();
        let screen = std::mem::replace(&mut self.screen, Screen::CONSENT);
        match (limit, screen) {
            (Some(Limit::Call), screen) => self.without_answer(screen),
            (Some(Limit::List), screen) => {
                let effect = self.list_is_late();
                self.show_and(screen, effect.into_iter().collect())
            }
            (Some(Limit::Lost), screen) => self.stop(screen, Problem::new(ProblemCode::Unreachable)),
            (Some(Limit::Waiting), screen) => {
                self.stop(screen, Problem::new(ProblemCode::InstitutionTimeout))
            }
            (None, Screen::Challenged { entry, challenge, sent: None }) => {
                self.show(Screen::Challenged { entry, challenge: second_later(challenge), sent: None })
            }
            (None, screen) => self.show(screen),
        }
    }
}

impl Entry {
    /// The screen that asks for what the form wants.
    pub(crate) fn screen(self) -> Screen {
        Screen::SigningIn { entry: self, sent: None }
    }
}
