//! Plays a flow and writes down, line by line, what the customer sees and what is asked outside.

use egusi_flow::{CallFailure, Catalogue, Effect, Event, Flow, HostEvent, Screen, Ticket, Turn};
use egusi_protocol::{
    AccountView, AvailableSource, BalanceView, Challenge, ChallengeKind, Currency, Environment, FieldAnswer,
    FieldKind, Form, FormField, Health, Institution, Pending, Problem, Product, Receipt, Secret, Setting,
    Step,
};

/// A flow being played, with the last ticket it gave out for each kind of question.
pub struct Teller {
    pub flow: Flow,
    pub opening: Option<Ticket>,
    pub list: Option<Ticket>,
    pub call: Option<Ticket>,
    lines: Vec<String>,
}

impl Teller {
    /// A flow that has just started.
    pub fn new() -> Self {
        let mut teller =
            Self { flow: Flow::Closed, opening: None, list: None, call: None, lines: Vec::new() };
        teller.take("start", Flow::start());
        teller
    }

    /// A flow on the consent screen with three institutions listed.
    pub fn at_consent() -> Self {
        let mut teller = Self::new();
        teller.list_arrives(Ok(institutions()));
        teller.session_opens(Ok((setting(), Step::Choose)));
        teller
    }

    /// A flow on the sign-in form of First Bank.
    pub fn at_form() -> Self {
        let mut teller = Self::at_consent();
        teller.does(Event::ConsentGiven);
        teller.does(Event::InstitutionChosen(bank_id(1)));
        teller.server_says(form());
        teller
    }

    /// A flow on the list of two accounts.
    pub fn at_accounts() -> Self {
        let mut teller = Self::at_form();
        teller.signs_in();
        teller.server_says(accounts());
        teller
    }

    pub fn session_opens(&mut self, answer: Result<(Setting, Step), CallFailure>) {
        let ticket = self.opening.expect("a session was asked for");
        self.does(Event::SessionOpened(ticket, answer));
    }

    pub fn list_arrives(&mut self, answer: Result<Vec<Institution>, CallFailure>) {
        let ticket = self.list.expect("the list was asked for");
        self.does(Event::InstitutionsArrived(ticket, answer));
    }

    pub fn server_says(&mut self, step: Step) {
        let ticket = self.call.expect("a call is under way");
        self.does(Event::StepArrived(ticket, Ok(step)));
    }

    pub fn call_fails(&mut self, failure: CallFailure) {
        let ticket = self.call.expect("a call is under way");
        self.does(Event::StepArrived(ticket, Err(failure)));
    }

    pub fn signs_in(&mut self) {
        let field =
            |name: &str, value: &str| FieldAnswer { name: name.into(), value: Secret::new(value.into()) };
        self.does(Event::FormSubmitted(vec![field("username", "user_good"), field("password", "pass_good")]));
    }

    pub fn does(&mut self, event: Event) {
        let said = name_of(&event);
        let flow = std::mem::replace(&mut self.flow, Flow::Closed);
        self.take(&said, flow.update(event));
    }

    /// Remembers the questions that were just asked.
    pub fn note_tickets(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::OpenSession(ticket) => self.opening = Some(*ticket),
                Effect::LoadInstitutions(ticket) => self.list = Some(*ticket),
                Effect::ChooseInstitution(ticket, _)
                | Effect::SubmitForm(ticket, _)
                | Effect::SubmitAnswer(ticket, _)
                | Effect::Poll { ticket, .. }
                | Effect::ShareAccounts(ticket, _) => self.call = Some(*ticket),
                Effect::EndSession | Effect::Tell(_) | Effect::GoTo(_) => {}
            }
        }
    }

    fn take(&mut self, said: &str, turn: Turn) {
        self.note_tickets(&turn.effects);
        let asked: Vec<_> = turn.effects.iter().map(describe_effect).collect();
        let asked = if asked.is_empty() { String::new() } else { format!("  ! {}", asked.join(", ")) };
        self.flow = turn.flow;
        self.lines.push(format!("{said} -> {}{asked}", describe(&self.flow)));
    }

    /// Compares what was written down since the last call with the story.
    #[track_caller]
    pub fn tells(&mut self, story: &str) {
        let expected: Vec<_> = story.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let actual = std::mem::take(&mut self.lines);
        assert!(actual == expected, "the story went otherwise:\n\n{}\n", actual.join("\n"));
    }

    /// Forgets what was written down so far.
    pub fn fresh(mut self) -> Self {
        self.lines.clear();
        self
    }
}

fn name_of(event: &Event) -> String {
    match event {
        Event::SessionOpened(_, answer) => format!("session {}", outcome(answer)),
        Event::InstitutionsArrived(_, answer) => format!("list {}", outcome(answer)),
        Event::StepArrived(_, Ok(step)) => format!("server: {}", describe_step(step)),
        Event::StepArrived(_, Err(failure)) => format!("call {}", describe_failure(failure)),
        Event::SearchTyped(text) => format!("type {text:?}"),
        Event::InstitutionChosen(id) => format!("choose bank {}", id.bytes()[11]),
        Event::AccountToggled(pick) => format!("tick {pick}"),
        Event::FormSubmitted(_) => "send form".into(),
        Event::AnswerSubmitted(_) => "send answer".into(),
        other => format!("{other:?}"),
    }
}

fn outcome<T>(answer: &Result<T, CallFailure>) -> String {
    answer.as_ref().map_or_else(describe_failure, |_| "arrives".into())
}

fn describe_failure(failure: &CallFailure) -> String {
    match failure {
        CallFailure::Refused { code, .. } => format!("refused {code}"),
        CallFailure::Unreachable => "unreachable".into(),
        CallFailure::Unreadable => "unreadable".into(),
    }
}

fn describe_step(step: &Step) -> String {
    match step {
        Step::Choose => "choose".into(),
        Step::Form(form) => format!("form{}", why(form.problem.as_ref())),
        Step::Challenge(challenge) => format!("{}{}", challenge.kind, why(challenge.problem.as_ref())),
        Step::Pending(pending) => format!("pending {:?}", pending.text),
        Step::Accounts(accounts) => format!("{} accounts", accounts.len()),
        Step::Done(_) => "done".into(),
        Step::Failed(problem) => format!("failed {}", problem.code),
    }
}

fn why(problem: Option<&Problem>) -> String {
    problem.map(|problem| format!(" ({})", problem.code)).unwrap_or_default()
}

fn describe(flow: &Flow) -> String {
    let open = match flow {
        Flow::Opening { .. } => return "opening".into(),
        Flow::Unopened { problem, .. } => return format!("unopened ({})", problem.code),
        Flow::Refused { code, .. } => return format!("refused ({code})"),
        Flow::Closed => return "closed".into(),
        Flow::Open(open) => open,
    };
    let busy = if open.screen.is_busy() { " busy" } else { "" };
    let screen = match &open.screen {
        Screen::Consent => "consent".into(),
        Screen::Choosing { problem, .. } => {
            let list = match &open.catalogue {
                Catalogue::Asked(_) => "coming".into(),
                Catalogue::Here(institutions) => institutions.len().to_string(),
                Catalogue::Missing => "missing".into(),
            };
            format!("banks [{list}]{}", why(problem.as_ref()))
        }
        Screen::SigningIn { form, .. } => format!("sign in{}", why(form.problem.as_ref())),
        Screen::Challenged { challenge, .. } => {
            format!("{}{}", challenge.kind, why(challenge.problem.as_ref()))
        }
        Screen::Waiting { text, .. } => format!("waiting {text:?}"),
        Screen::Selecting { picked, problem, .. } => format!("accounts {picked:?}{}", why(problem.as_ref())),
        Screen::Finished { .. } => "success".into(),
        Screen::Stopped { problem, .. } => format!("stopped ({})", problem.code),
    };
    format!("{screen}{busy}")
}

fn describe_effect(effect: &Effect) -> String {
    match effect {
        Effect::OpenSession(_) => "open session".into(),
        Effect::LoadInstitutions(_) => "load list".into(),
        Effect::ChooseInstitution(_, id) => format!("choose {}", id.bytes()[11]),
        Effect::SubmitForm(_, fields) => {
            let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
            format!("submit {}", names.join("+"))
        }
        Effect::SubmitAnswer(_, answer) => format!("answer {answer:?}"),
        Effect::Poll { after_ms, .. } => format!("poll in {after_ms} ms"),
        Effect::ShareAccounts(_, picks) => format!("share {picks:?}"),
        Effect::EndSession => "end session".into(),
        Effect::Tell(HostEvent::Success(payload)) => format!("onSuccess {payload}"),
        Effect::Tell(HostEvent::Error { code, .. }) => format!("onError {code}"),
        Effect::Tell(HostEvent::Close) => "onClose".into(),
        Effect::GoTo(url) => format!("go to {url}"),
    }
}

pub fn bank_id(number: u8) -> egusi_protocol::InstitutionId {
    let mut bytes = [0; 12];
    bytes[11] = number;
    bytes.into()
}

/// First Bank, a bank that is down, a degraded one.
pub fn institutions() -> Vec<Institution> {
    [(1, "First Bank", Health::Healthy), (2, "Down Bank", Health::Down), (3, "Slow Bank", Health::Degraded)]
        .map(|(number, name, health)| Institution {
            id: bank_id(number),
            name: name.into(),
            monogram: "FB".into(),
            also: String::new(),
            color: "#114185".into(),
            country: "NG".into(),
            health,
        })
        .into()
}

pub fn setting() -> Setting {
    Setting {
        session: [7; 12].into(),
        name: "Moringa Market".into(),
        operator: "Egusi".into(),
        env: Environment::Sandbox,
        products: vec![Product::Auth, Product::Balance],
        show_balance: true,
        consent_days: 180,
        redirect_url: None,
    }
}

pub fn form() -> Step {
    let field = |name: &str, kind| FormField { name: name.into(), label: name.into(), kind };
    Step::Form(Form {
        institution: bank_id(1),
        fields: vec![field("username", FieldKind::Username), field("password", FieldKind::Password)],
        problem: None,
    })
}

pub fn code(problem: Option<Problem>) -> Step {
    Step::Challenge(Challenge { kind: ChallengeKind::OneTimeCode, text: String::new(), digits: 6, problem })
}

pub fn pending(text: &str) -> Step {
    Step::Pending(Pending { text: text.into(), retry_after_ms: 1000 })
}

pub fn accounts() -> Step {
    let account = |pick, name: &str| AccountView {
        pick,
        name: name.into(),
        last_four: "0042".into(),
        kind: name.into(),
        currency: Currency::NGN,
        balance: Some(BalanceView {
            ledger_minor: Some(100),
            available_minor: Some(90),
            source: AvailableSource::Reported,
        }),
    };
    Step::Accounts(vec![account(0, "Current"), account(1, "Savings")])
}

pub fn done() -> Step {
    Step::Done(Receipt { accounts: 1, host_payload: "{…}".into() })
}
