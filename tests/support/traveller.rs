//! Plays the flow against the router: what the widget's shell does in a browser, without one.

use super::Site;
use axum::http::StatusCode;
use egusi_flow::{CallFailure, Effect, Event, Flow, HostEvent, Screen, Ticket, Turn};
use egusi_protocol::{
    Answer, ChooseInstitution, Consent, ErrorBody, FieldAnswer, InstitutionList, OpenSession, Secret,
    SessionOpened, ShareAccounts, Step, StepReply, SubmitForm,
};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::VecDeque;

/// Connects the first account of `user_good`; gives the host's payload.
pub async fn connected(site: &Site) -> Value {
    let mut customer = Traveller::arrives(site, site.options()).await;
    customer.signs_in("First Bank of Nigeria", "user_good", "pass_good").await;
    customer.connects(&[0]).await
}

/// A customer with a widget.
pub struct Traveller<'a> {
    pub site: &'a Site,
    pub flow: Flow,
    pub heard: Vec<HostEvent>,
    /// The screens that were seen, one word each.
    pub seen: Vec<String>,
    pub token: String,
    options: OpenSession,
}

impl<'a> Traveller<'a> {
    /// Opens the widget and waits until it has asked all it asks by itself.
    pub async fn arrives(site: &'a Site, options: OpenSession) -> Self {
        let mut traveller = Self {
            site,
            flow: Flow::Closed,
            heard: Vec::new(),
            seen: Vec::new(),
            token: String::new(),
            options,
        };
        traveller.follow(Flow::start()).await;
        traveller
    }

    pub async fn does(&mut self, event: Event) {
        let turn = std::mem::replace(&mut self.flow, Flow::Closed).update(event);
        self.follow(turn).await;
    }

    /// Consents, chooses the bank of that name and sends the form.
    pub async fn signs_in(&mut self, bank: &str, username: &str, password: &str) {
        self.does(Event::ConsentGiven).await;
        let Flow::Open(open) = &self.flow else { panic!("the widget is not open: {:?}", self.flow) };
        let egusi_flow::Catalogue::Here(list) = &open.catalogue else { panic!("there is no list") };
        let id = list.iter().find(|one| one.name == bank).unwrap_or_else(|| panic!("no bank {bank}")).id;
        self.does(Event::InstitutionChosen(id)).await;
        self.sends_form(username, password).await;
    }

    pub async fn sends_form(&mut self, username: &str, password: &str) {
        let field =
            |name: &str, value: &str| FieldAnswer { name: name.into(), value: Secret::new(value.into()) };
        self.does(Event::FormSubmitted(vec![field("username", username), field("password", password)])).await;
    }

    pub async fn answers(&mut self, answer: &str) {
        self.does(Event::AnswerSubmitted(Secret::new(answer.into()))).await;
    }

    /// Ticks accounts, connects, and presses Done; gives the host's payload.
    pub async fn connects(&mut self, picks: &[u16]) -> Value {
        for pick in picks {
            self.does(Event::AccountToggled(*pick)).await;
        }
        self.does(Event::AccountsConfirmed).await;
        self.does(Event::DonePressed).await;
        let payload = self.heard.iter().find_map(|event| match event {
            HostEvent::Success(payload) => serde_json::from_str(payload).ok(),
            _ => None,
        });
        payload.unwrap_or_else(|| panic!("no success was heard; seen: {:?}", self.seen))
    }

    /// Performs effects until none is left. A delay before a poll is not waited for.
    async fn follow(&mut self, turn: Turn) {
        let mut todo = VecDeque::from(turn.effects);
        self.flow = turn.flow;
        self.note();
        while let Some(effect) = todo.pop_front() {
            let Some(event) = self.perform(effect).await else { continue };
            let turn = std::mem::replace(&mut self.flow, Flow::Closed).update(event);
            self.flow = turn.flow;
            todo.extend(turn.effects);
            self.note();
        }
    }

    fn note(&mut self) {
        let screen = place(&self.flow);
        if self.seen.last() != Some(&screen) {
            self.seen.push(screen);
        }
    }

    async fn perform(&mut self, effect: Effect) -> Option<Event> {
        Some(match effect {
            Effect::OpenSession(ticket) => {
                let answer: Result<SessionOpened, _> =
                    self.post("/connect/v1/sessions", &json!(self.options)).await;
                Event::SessionOpened(
                    ticket,
                    answer.map(|opened| {
                        self.token = opened.session_token.expose().to_owned();
                        (opened.setting, opened.step)
                    }),
                )
            }
            Effect::LoadInstitutions(ticket) => {
                let path = format!("/connect/v1/institutions?env={}", self.options.env);
                let answer = self.site.call("GET", &path, "", "").await;
                let list = read::<InstitutionList>(answer);
                Event::InstitutionsArrived(ticket, list.map(|list| list.institutions))
            }
            Effect::ChooseInstitution(ticket, institution) => {
                let consent = Consent { agreed: true, language: "en".into() };
                self.step(ticket, "institution", &ChooseInstitution { institution, consent }).await
            }
            Effect::SubmitForm(ticket, fields) => self.step(ticket, "form", &SubmitForm { fields }).await,
            Effect::SubmitAnswer(ticket, answer) => self.step(ticket, "answer", &Answer { answer }).await,
            Effect::Poll { ticket, .. } => self.step(ticket, "poll", &json!({})).await,
            Effect::ShareAccounts(ticket, picks) => {
                self.step(ticket, "accounts", &ShareAccounts { picks }).await
            }
            Effect::EndSession => {
                self.site.call("DELETE", "/connect/v1/session", &self.token, "").await;
                return None;
            }
            Effect::Tell(event) => {
                self.heard.push(event);
                return None;
            }
            Effect::GoTo(_) => return None,
        })
    }

    async fn step(&self, ticket: Ticket, call: &str, body: &impl Serialize) -> Event {
        let body = serde_json::to_value(body).unwrap();
        let answer: Result<StepReply, _> = self.post(&format!("/connect/v1/session/{call}"), &body).await;
        Event::StepArrived(ticket, answer.map(|reply| -> Step { reply.step }))
    }

    async fn post<T: serde::de::DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T, CallFailure> {
        read(self.site.post(path, &self.token, body).await)
    }
}

fn read<T: serde::de::DeserializeOwned>(answer: super::Answer) -> Result<T, CallFailure> {
    if answer.status == StatusCode::OK {
        return serde_json::from_value(answer.json).map_err(|_| CallFailure::Unreadable);
    }
    let refusal: ErrorBody = serde_json::from_value(answer.json).map_err(|_| CallFailure::Unreachable)?;
    Err(CallFailure::Refused { code: refusal.code, message: refusal.message })
}

fn place(flow: &Flow) -> String {
    let open = match flow {
        Flow::Opening { .. } => return "opening".into(),
        Flow::Unopened { problem, .. } => return format!("unopened:{}", problem.code),
        Flow::Refused { code, .. } => return format!("refused:{code}"),
        Flow::Closed => return "closed".into(),
        Flow::Open(open) => open,
    };
    let why = |problem: Option<&egusi_protocol::Problem>| match problem {
        Some(problem) => match problem.attempts_left {
            Some(left) => format!(":{}:{left}", problem.code),
            None => format!(":{}", problem.code),
        },
        None => String::new(),
    };
    match &open.screen {
        Screen::Consent => "consent".into(),
        Screen::Choosing { problem, .. } => format!("banks{}", why(problem.as_ref())),
        Screen::SigningIn { form, .. } => format!("sign-in{}", why(form.problem.as_ref())),
        Screen::Challenged { challenge, .. } => {
            format!("{}{}", challenge.kind, why(challenge.problem.as_ref()))
        }
        Screen::Waiting { .. } => "waiting".into(),
        Screen::Selecting { accounts, .. } => format!("accounts({})", accounts.len()),
        Screen::Finished { .. } => "success".into(),
        Screen::Stopped { problem, .. } => format!("stopped{}", why(Some(problem))),
    }
}
