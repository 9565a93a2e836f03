//! Where states, events and effects meet.

use crate::form::is_complete;
use crate::{
    CallFailure, Catalogue, Effect, Event, Flow, HostEvent, Open, Remedy, Screen, Ticket, Tickets,
    clean_answer,
};
use egusi_protocol::{ErrorCode, Form, Health, InstitutionId, Problem, ProblemCode, Step};

/// How often a pending sign-in is asked after before it is given up.
const POLLS_MAX: u16 = 150;
/// How long to wait after a poll that did not get through.
const POLL_AGAIN_MS: u32 = 3_000;

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

impl Flow {
    /// A new opening: asks for a session and for the list of institutions at once.
    pub fn start() -> Turn {
        Self::start_with(Tickets::default())
    }

    fn start_with(mut tickets: Tickets) -> Turn {
        let (awaited, list) = (tickets.next(), tickets.next());
        let flow = Self::Opening { tickets, awaited, catalogue: Catalogue::Asked(list) };
        Turn { flow, effects: vec![Effect::OpenSession(awaited), Effect::LoadInstitutions(list)] }
    }

    /// Takes an event in.
    #[must_use]
    pub fn update(self, event: Event) -> Turn {
        match (self, event) {
            (Self::Closed, _) => Self::Closed.into(),
            (flow, Event::ClosePressed | Event::RemedyChosen(Remedy::Leave)) => flow.close(),
            (Self::Opening { tickets, awaited, catalogue }, Event::SessionOpened(ticket, answer))
                if ticket == awaited =>
            {
                opened(tickets, catalogue, answer)
            }
            (Self::Opening { tickets, awaited, catalogue }, Event::InstitutionsArrived(ticket, answer)) => {
                Self::Opening { tickets, awaited, catalogue: catalogue.arrived(ticket, answer) }.into()
            }
            (Self::Unopened { tickets, .. }, Event::RemedyChosen(_)) => Self::start_with(tickets),
            (Self::Open(open), event) => open.update(event),
            (unchanged, _) => unchanged.into(),
        }
    }

    fn close(self) -> Turn {
        let mut effects = Vec::new();
        if let Self::Open(open) = &self
            && !matches!(open.screen, Screen::Finished { .. })
        {
            effects.push(Effect::EndSession);
        }
        effects.push(Effect::Tell(HostEvent::Close));
        Turn { flow: Self::Closed, effects }
    }
}

fn opened(
    tickets: Tickets,
    catalogue: Catalogue,
    answer: Result<(egusi_protocol::Setting, Step), CallFailure>,
) -> Turn {
    match answer {
        Ok((setting, step)) => {
            let open = Open { tickets, setting, catalogue, screen: Screen::Consent };
            match step {
                Step::Choose => Flow::Open(Box::new(open)).into(),
                step => open.take_step(None, POLLS_MAX, step),
            }
        }
        Err(CallFailure::Refused { code, message }) => {
            let heard = HostEvent::Error { code: code.as_str(), message: message.clone() };
            Turn { flow: Flow::Refused { code, message }, effects: vec![Effect::Tell(heard)] }
        }
        Err(failure) => Flow::Unopened { tickets, problem: problem_of(&failure) }.into(),
    }
}

impl Open {
    fn show(self, screen: Screen) -> Turn {
        self.show_and(screen, Vec::new())
    }

    fn show_and(mut self, screen: Screen, effects: Vec<Effect>) -> Turn {
        self.screen = screen;
        Turn { flow: Flow::Open(Box::new(self)), effects }
    }

    fn update(mut self, event: Event) -> Turn {
        let screen = std::mem::replace(&mut self.screen, Screen::Consent);
        match (screen, event) {
            (screen, Event::InstitutionsArrived(ticket, answer)) => {
                self.catalogue = self.catalogue.arrived(ticket, answer);
                self.show(screen)
            }
            (screen, Event::StepArrived(ticket, answer)) => self.answered(screen, ticket, answer),
            (Screen::Consent, Event::ConsentGiven) => self.show(Screen::list()),
            (Screen::Choosing { sent, problem, .. }, Event::SearchTyped(search)) => {
                self.show(Screen::Choosing { search, sent, problem })
            }
            (Screen::Choosing { search, sent: None, .. }, Event::InstitutionChosen(id)) => {
                self.choose(search, id)
            }
            (Screen::SigningIn { form, sent: None }, Event::FormSubmitted(answers))
                if is_complete(&form, &answers) =>
            {
                let ticket = self.tickets.next();
                let screen = Screen::SigningIn { form: Form { problem: None, ..form }, sent: Some(ticket) };
                self.show_and(screen, vec![Effect::SubmitForm(ticket, answers)])
            }
            (Screen::Challenged { form, mut challenge, sent: None }, Event::AnswerSubmitted(typed)) => {
                let Some(answer) = clean_answer(&challenge, &typed) else {
                    challenge.problem = Some(Problem::new(ProblemCode::IncompleteAnswer));
                    return self.show(Screen::Challenged { form, challenge, sent: None });
                };
                let ticket = self.tickets.next();
                challenge.problem = None;
                let screen = Screen::Challenged { form, challenge, sent: Some(ticket) };
                self.show_and(screen, vec![Effect::SubmitAnswer(ticket, answer)])
            }
            (
                Screen::Selecting { form, accounts, mut picked, sent: None, .. },
                Event::AccountToggled(pick),
            ) => {
                let exists = accounts.iter().any(|account| account.pick == pick);
                match picked.binary_search(&pick) {
                    Ok(at) => drop(picked.remove(at)),
                    Err(at) if exists => picked.insert(at, pick),
                    Err(_) => {}
                }
                self.show(Screen::Selecting { form, accounts, picked, sent: None, problem: None })
            }
            (Screen::Selecting { form, accounts, picked, sent: None, .. }, Event::AccountsConfirmed)
                if !picked.is_empty() =>
            {
                let ticket = self.tickets.next();
                let effect = Effect::ShareAccounts(ticket, picked.clone());
                let screen = Screen::Selecting { form, accounts, picked, sent: Some(ticket), problem: None };
                self.show_and(screen, vec![effect])
            }
            (Screen::Finished { .. }, Event::DonePressed) => self.done(),
            (screen, Event::RemedyChosen(remedy)) => self.take_remedy(screen, remedy),
            (screen, Event::BackPressed) if screen.can_go_back() => self.back(screen),
            (unchanged, _) => self.show(unchanged),
        }
    }

    fn choose(mut self, search: String, id: InstitutionId) -> Turn {
        match self.catalogue.find(id) {
            Some(institution) if institution.health != Health::Down => {
                let ticket = self.tickets.next();
                let screen = Screen::Choosing { search, sent: Some((ticket, id)), problem: None };
                self.show_and(screen, vec![Effect::ChooseInstitution(ticket, id)])
            }
            Some(_) => {
                let problem = Some(Problem::new(ProblemCode::InstitutionDown));
                self.show(Screen::Choosing { search, sent: None, problem })
            }
            None => self.show(Screen::Choosing { search, sent: None, problem: None }),
        }
    }

    /// An answer came for the question the screen is waiting on, or for an older one.
    fn answered(self, screen: Screen, ticket: Ticket, answer: Result<Step, CallFailure>) -> Turn {
        if awaited(&screen) != Some(ticket) {
            return self.show(screen);
        }
        match answer {
            Ok(step) => {
                let polls_left = match &screen {
                    Screen::Waiting { polls_left, .. } => polls_left.saturating_sub(1),
                    _ => POLLS_MAX,
                };
                self.take_step(screen.form().cloned(), polls_left, step)
            }
            Err(CallFailure::Refused { code: ErrorCode::SessionExpired, .. }) => {
                let problem = Problem::new(ProblemCode::SessionExpired);
                self.show(Screen::Stopped { form: screen.form().cloned(), problem })
            }
            Err(failure) => self.not_answered(screen, &failure),
        }
    }

    /// The question did not get through: the screen stays, says so, and lets the customer ask again.
    fn not_answered(mut self, screen: Screen, failure: &CallFailure) -> Turn {
        let problem = Some(problem_of(failure));
        match screen {
            Screen::Choosing { search, .. } => self.show(Screen::Choosing { search, sent: None, problem }),
            Screen::SigningIn { form, .. } => {
                self.show(Screen::SigningIn { form: Form { problem, ..form }, sent: None })
            }
            Screen::Challenged { form, mut challenge, .. } => {
                challenge.problem = problem;
                self.show(Screen::Challenged { form, challenge, sent: None })
            }
            Screen::Selecting { form, accounts, picked, .. } => {
                self.show(Screen::Selecting { form, accounts, picked, sent: None, problem })
            }
            Screen::Waiting { form, text, polls_left, .. } if polls_left > 0 => {
                let ticket = self.tickets.next();
                let screen = Screen::Waiting { form, text, awaited: ticket, polls_left: polls_left - 1 };
                self.show_and(screen, vec![Effect::Poll { ticket, after_ms: POLL_AGAIN_MS }])
            }
            screen => self.show(Screen::Stopped {
                form: screen.form().cloned(),
                problem: Problem::new(ProblemCode::InstitutionTimeout),
            }),
        }
    }

    /// Goes where the server says the session stands.
    fn take_step(mut self, form: Option<Form>, polls_left: u16, step: Step) -> Turn {
        match (step, form) {
            (Step::Form(form), _) => self.show(Screen::SigningIn { form, sent: None }),
            (Step::Challenge(challenge), Some(form)) => {
                self.show(Screen::Challenged { form, challenge, sent: None })
            }
            (Step::Pending(pending), Some(form)) => {
                if polls_left == 0 {
                    let problem = Problem::new(ProblemCode::InstitutionTimeout);
                    return self.show(Screen::Stopped { form: Some(form), problem });
                }
                let ticket = self.tickets.next();
                let screen = Screen::Waiting { form, text: pending.text, awaited: ticket, polls_left };
                self.show_and(screen, vec![Effect::Poll { ticket, after_ms: pending.retry_after_ms }])
            }
            (Step::Accounts(accounts), Some(form)) => {
                self.show(Screen::Selecting { form, accounts, picked: Vec::new(), sent: None, problem: None })
            }
            (Step::Done(receipt), Some(form)) => {
                let heard = HostEvent::Success(receipt.host_payload.clone());
                let screen = Screen::Finished { institution: form.institution, receipt };
                self.show_and(screen, vec![Effect::Tell(heard)])
            }
            (Step::Failed(problem), form) => self.show(Screen::Stopped { form, problem }),
            // The server is at a step this flow has no form for: begin at the list.
            (_, _) => self.show(Screen::list()),
        }
    }

    fn take_remedy(mut self, screen: Screen, remedy: Remedy) -> Turn {
        if matches!(self.catalogue, Catalogue::Missing) && matches!(screen, Screen::Choosing { .. }) {
            let ticket = self.tickets.next();
            self.catalogue = Catalogue::Asked(ticket);
            return self.show_and(screen, vec![Effect::LoadInstitutions(ticket)]);
        }
        match (screen, remedy) {
            (Screen::Stopped { .. }, Remedy::StartAgain) => Flow::start_with(self.tickets),
            (Screen::Stopped { form: Some(form), .. }, Remedy::CorrectDetails | Remedy::TryAgain) => {
                self.show(Screen::sign_in(form))
            }
            (Screen::Stopped { .. }, _) => self.show(Screen::list()),
            (unchanged, _) => self.show(unchanged),
        }
    }

    fn back(self, screen: Screen) -> Turn {
        match screen {
            Screen::Choosing { .. } => self.show(Screen::Consent),
            Screen::SigningIn { .. } | Screen::Stopped { .. } => self.show(Screen::list()),
            Screen::Challenged { form, .. }
            | Screen::Waiting { form, .. }
            | Screen::Selecting { form, .. } => self.show(Screen::sign_in(form)),
            unchanged @ (Screen::Consent | Screen::Finished { .. }) => self.show(unchanged),
        }
    }

    fn done(self) -> Turn {
        let mut effects = vec![Effect::Tell(HostEvent::Close)];
        effects.extend(self.setting.redirect_url.map(Effect::GoTo));
        Turn { flow: Flow::Closed, effects }
    }
}

/// The question the screen waits on.
fn awaited(screen: &Screen) -> Option<Ticket> {
    match screen {
        Screen::Choosing { sent, .. } => sent.map(|(ticket, _)| ticket),
        Screen::SigningIn { sent, .. } | Screen::Challenged { sent, .. } | Screen::Selecting { sent, .. } => {
            *sent
        }
        Screen::Waiting { awaited, .. } => Some(*awaited),
        Screen::Consent | Screen::Finished { .. } | Screen::Stopped { .. } => None,
    }
}

fn problem_of(failure: &CallFailure) -> Problem {
    Problem::new(match failure {
        CallFailure::Unreachable => ProblemCode::Unreachable,
        CallFailure::Refused { .. } | CallFailure::Unreadable => ProblemCode::Internal,
    })
}
