//! Plays a flow and writes down, line by line, what the customer sees and what is asked outside.

use crate::samples::{accounts, bank_id, done, failed, form, institutions, setting};
use crate::words::{describe, describe_effect, describe_happening, name_of};
use egusi_flow::{CallFailure, Effect, Event, Flow, Happening, HostEvent, Open, Opened, Ticket, Turn};
use egusi_protocol::{
    ErrorCode, FieldAnswer, Institution, ProblemCode, Resumed, Secret, Setting, Step, StepReply,
};

/// A flow being played, with the last ticket it gave out for each kind of question.
pub struct Teller {
    pub flow: Flow,
    pub opening: Option<Ticket>,
    pub list: Option<Ticket>,
    pub call: Option<Ticket>,
    pub beat: Option<Ticket>,
    /// The look that keeps the session, and how long it waits first.
    pub kept: Option<(Ticket, u32)>,
    /// What the server would say of how many steps there were.
    pub turn: u32,
    /// What the host heard of each step.
    pub told: Vec<String>,
    /// The same, whole.
    pub happenings: Vec<Happening>,
    /// Whether the stories of this teller mention `beforeClose`.
    mentions_before_close: bool,
    lines: Vec<String>,
}

/// The server says no.
pub fn refused(code: ErrorCode) -> CallFailure {
    CallFailure::Refused { code, message: "expected this, got that".into() }
}

/// What is typed into one field.
pub fn field(name: &str, value: &str) -> FieldAnswer {
    FieldAnswer { name: name.into(), value: Secret::new(value.into()) }
}

impl Teller {
    /// A flow that has just started.
    pub fn new() -> Self {
        Self::starting(false)
    }

    /// A flow that has just started, with or without a session of before.
    pub fn starting(is_resuming: bool) -> Self {
        let mut teller = Self {
            flow: Flow::Closed,
            opening: None,
            list: None,
            call: None,
            beat: None,
            kept: None,
            turn: 0,
            told: Vec::new(),
            happenings: Vec::new(),
            mentions_before_close: false,
            lines: Vec::new(),
        };
        teller.take("start", Flow::start(is_resuming));
        teller
    }

    /// A flow on the consent screen with three institutions listed.
    pub fn at_consent() -> Self {
        Self::at_consent_of(setting())
    }

    /// The same, as the host wants it.
    pub fn at_consent_of(setting: Setting) -> Self {
        let mut teller = Self::new();
        teller.list_arrives(Ok(institutions()));
        teller.session_opens(Ok((setting, Step::Choose)));
        teller
    }

    /// A flow on the sign-in form of First Bank.
    pub fn at_form() -> Self {
        Self::at_form_of(setting())
    }

    /// The same, as the host wants it.
    pub fn at_form_of(setting: Setting) -> Self {
        let mut teller = Self::at_consent_of(setting);
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

    /// A flow that stands at what the server said to the sign-in form.
    pub fn at(step: Step) -> Self {
        let mut teller = Self::at_form();
        teller.signs_in();
        teller.server_says(step);
        teller
    }

    /// A flow that was loaded anew and asks after the session of before, with the list here.
    pub fn reloaded() -> Self {
        let mut teller = Self::starting(true);
        teller.list_arrives(Ok(institutions()));
        teller
    }

    /// The stories of this teller mention `beforeClose`.
    pub fn mentioning_before_close(self) -> Self {
        Self { mentions_before_close: true, ..self }
    }

    /// What is open.
    #[track_caller]
    pub fn open(&self) -> &Open {
        let Flow::Open(open) = &self.flow else { panic!("it is not open: {:?}", self.flow) };
        open
    }

    /// What is still in a field of the form.
    #[track_caller]
    pub fn kept(&self, field: &str) -> Option<&str> {
        self.open().screen.entry().and_then(|entry| entry.kept(field))
    }

    pub fn session_opens(&mut self, answer: Result<(Setting, Step), CallFailure>) {
        let ticket = self.opening.expect("a session was asked for");
        let turn = self.turn;
        let opened = answer.map(|(setting, step)| Box::new(Opened { setting, step, turn }));
        self.does(Event::SessionOpened(ticket, opened));
    }

    /// The session cannot be had, however often it is asked for.
    pub fn session_never_opens(&mut self) {
        while matches!(self.flow, Flow::Opening { .. }) {
            self.session_opens(Err(CallFailure::Unreachable));
        }
    }

    pub fn session_resumes(&mut self, answer: Result<(Resumed, Step), CallFailure>) {
        self.turn = 5;
        let answer = answer.map(|(resumed, step)| (Box::new(resumed), self.reply(step)));
        self.resuming_is_answered(answer);
    }

    /// The session of before lives, and a call of before is still being worked on.
    pub fn session_resumes_busy(&mut self, resumed: Resumed, step: Step) {
        self.turn = 5;
        let reply = StepReply { is_busy: true, ..self.reply(step) };
        self.resuming_is_answered(Ok((Box::new(resumed), reply)));
    }

    fn resuming_is_answered(&mut self, answer: Result<(Box<Resumed>, StepReply), CallFailure>) {
        let ticket = self.opening.expect("the session of before was asked for");
        self.does(Event::SessionResumed(ticket, answer));
    }

    fn reply(&self, step: Step) -> StepReply {
        StepReply { step, turn: self.turn, is_busy: false, resumed: None }
    }

    /// So many seconds pass without anything else.
    pub fn seconds_pass(&mut self, seconds: u16) {
        for _ in 0..seconds {
            let Some(ticket) = self.beat.take() else { return };
            let flow = std::mem::replace(&mut self.flow, Flow::Closed);
            let before = describe(&flow);
            let turn = flow.update(Event::Beat(ticket));
            if describe(&turn.flow) != before
                || turn.effects.iter().any(|one| !matches!(one, Effect::Beat(_)))
            {
                self.take("a second passes", turn);
            } else {
                self.note_tickets(&turn.effects);
                self.flow = turn.flow;
            }
        }
    }

    pub fn list_arrives(&mut self, answer: Result<Vec<Institution>, CallFailure>) {
        let ticket = self.list.expect("the list was asked for");
        self.does(Event::InstitutionsArrived(ticket, answer));
    }

    pub fn server_says(&mut self, step: Step) {
        let ticket = self.call.expect("a call is under way");
        self.turn += 1;
        self.does(Event::StepArrived(ticket, Ok(self.reply(step))));
    }

    /// The answer to a look: the session stands where it stood before the call.
    pub fn server_still_says(&mut self, step: Step) {
        let ticket = self.call.expect("a call is under way");
        self.does(Event::StepArrived(ticket, Ok(self.reply(step))));
    }

    /// The call of before is still being worked on.
    pub fn server_is_busy(&mut self, step: Step) {
        let ticket = self.call.expect("a call is under way");
        self.does(Event::StepArrived(ticket, Ok(StepReply { is_busy: true, ..self.reply(step) })));
    }

    pub fn call_fails(&mut self, failure: CallFailure) {
        let ticket = self.call.expect("a call is under way");
        self.does(Event::StepArrived(ticket, Err(failure)));
    }

    /// The look that keeps the session is answered.
    pub fn keeping_is_answered(&mut self, answer: Result<Step, CallFailure>) {
        let (ticket, _) = self.kept.take().expect("the session is kept");
        let answer = answer.map(|step| self.reply(step));
        self.does(Event::StepArrived(ticket, answer));
    }

    /// The institution ends the attempt.
    pub fn server_fails(&mut self, code: ProblemCode) {
        self.server_says(failed(code));
    }

    pub fn signs_in(&mut self) {
        self.signs_in_as("user_good");
    }

    pub fn signs_in_as(&mut self, username: &str) {
        self.does(Event::FormSubmitted(vec![field("username", username), field("password", "pass_good")]));
    }

    pub fn answers(&mut self, typed: &str) {
        self.does(Event::AnswerSubmitted(Secret::new(typed.into())));
    }

    /// The customer picks one account, connects it and reads that it worked.
    pub fn connects(&mut self, pick: u16) {
        self.does(Event::AccountToggled(pick));
        self.does(Event::AccountsConfirmed);
        self.server_says(done());
        self.does(Event::DonePressed);
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
                Effect::OpenSession { ticket, .. } | Effect::ResumeSession { ticket, .. } => {
                    self.opening = Some(*ticket);
                }
                Effect::Beat(ticket) => self.beat = Some(*ticket),
                Effect::LoadInstitutions { ticket, .. } => self.list = Some(*ticket),
                Effect::KeepSession { ticket, after_ms } => self.kept = Some((*ticket, *after_ms)),
                Effect::ChooseInstitution { ticket, .. }
                | Effect::SubmitForm { ticket, .. }
                | Effect::SubmitAnswer { ticket, .. }
                | Effect::ResendCode { ticket, .. }
                | Effect::Poll { ticket, .. }
                | Effect::Look { ticket, .. }
                | Effect::ShareAccounts { ticket, .. } => self.call = Some(*ticket),
                Effect::Tell(HostEvent::Happened(happening)) => {
                    self.told.push(describe_happening(happening));
                    self.happenings.push(Happening::clone(happening));
                }
                Effect::EndSession | Effect::Tell(_) | Effect::GoTo(_) => {}
            }
        }
    }

    fn take(&mut self, said: &str, turn: Turn) {
        self.note_tickets(&turn.effects);
        let mentions_before_close = self.mentions_before_close;
        let is_told = |effect: &&Effect| {
            mentions_before_close || !matches!(effect, Effect::Tell(HostEvent::BeforeClose))
        };
        let asked: Vec<_> = turn.effects.iter().filter(is_told).filter_map(describe_effect).collect();
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

    /// Compares what the host heard of the steps since the last call.
    #[track_caller]
    pub fn host_hears(&mut self, steps: &str) {
        let expected: Vec<_> = steps.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let actual = std::mem::take(&mut self.told);
        assert!(actual == expected, "the host heard otherwise:\n\n{}\n", actual.join("\n"));
    }

    /// Forgets what was written down so far.
    pub fn fresh(mut self) -> Self {
        self.lines.clear();
        self.told.clear();
        self
    }
}
