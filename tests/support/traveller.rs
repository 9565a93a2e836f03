//! Plays the flow against the router: what the widget's shell does in a browser, without one.

use super::Site;
use axum::http::StatusCode;
use egusi_flow::{CallFailure, Effect, Event, Flow, HostEvent, Opened, Screen, Ticket, Turn};
use egusi_protocol::{
    Answer, ChooseInstitution, Consent, ErrorBody, FieldAnswer, InstitutionList, OpenSession, Resend, Secret,
    SessionOpened, ShareAccounts, StepReply, SubmitForm,
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
        traveller.follow(Flow::start(false)).await;
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
        let mut offered = list.offered().iter().filter_map(|at| list.at(*at));
        let id = offered.find(|one| one.name == bank).unwrap_or_else(|| panic!("no bank {bank}")).id;
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
            Effect::OpenSession { ticket, .. } => {
                let answer: Result<SessionOpened, _> =
                    self.post("/connect/v1/sessions", &json!(self.options)).await;
                Event::SessionOpened(
                    ticket,
                    answer.map(|opened| {
                        self.token = opened.session_token.expose().to_owned();
                        Box::new(Opened { setting: opened.setting, step: opened.step, turn: opened.turn })
                    }),
                )
            }
            Effect::ResumeSession { ticket, .. } => {
                let answer = self.get::<StepReply>("/connect/v1/session?resume=true").await;
                let resumed = answer.and_then(|mut reply| {
                    let resumed = reply.resumed.take().ok_or(CallFailure::Unreadable)?;
                    Ok((Box::new(resumed), reply))
                });
                Event::SessionResumed(ticket, resumed)
            }
            Effect::LoadInstitutions { ticket, .. } => {
                let path = format!("/connect/v1/institutions?env={}", self.options.env);
                let answer = self.site.call("GET", &path, "", "").await;
                let list = read::<InstitutionList>(answer);
                Event::InstitutionsArrived(ticket, list.map(|list| list.institutions))
            }
            Effect::ChooseInstitution { ticket, institution, anew } => {
                let consent = Consent { agreed: true, language: "en".into() };
                self.step(ticket, "institution", &ChooseInstitution { institution, consent, anew }).await
            }
            Effect::SubmitForm { ticket, turn, method, fields } => {
                self.step(ticket, "form", &SubmitForm { turn: Some(turn), method, fields }).await
            }
            Effect::SubmitAnswer { ticket, turn, answer } => {
                self.step(ticket, "answer", &Answer { turn: Some(turn), answer }).await
            }
            Effect::ResendCode { ticket, turn } => {
                self.step(ticket, "resend", &Resend { turn: Some(turn) }).await
            }
            // Nobody is on the institution's page: a look that waits for it is left out, and the story
            // looks itself when it has been there.
            Effect::Look { past: Some(_), .. } | Effect::Beat(_) | Effect::KeepSession { .. } => return None,
            Effect::Look { ticket, past: None, .. } => {
                Event::StepArrived(ticket, self.get("/connect/v1/session").await)
            }
            Effect::Poll { ticket, .. } => self.step(ticket, "poll", &json!({})).await,
            Effect::ShareAccounts { ticket, turn, picks } => {
                self.step(ticket, "accounts", &ShareAccounts { turn: Some(turn), picks }).await
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
        Event::StepArrived(ticket, self.post(&format!("/connect/v1/session/{call}"), &body).await)
    }

    async fn get<T: serde::de::DeserializeOwned>(&self, path: &str) -> Result<T, CallFailure> {
        read(self.site.call("GET", path, &self.token, "").await)
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
        Screen::Consent { problem, .. } => format!("consent{}", why(problem.as_ref())),
        Screen::Choosing { problem, .. } => format!("banks{}", why(problem.as_ref())),
        Screen::SigningIn { entry, .. } => format!("sign-in{}", why(entry.form.problem.as_ref())),
        Screen::Challenged { challenge, .. } => {
            format!("{}{}", challenge.kind, why(challenge.problem.as_ref()))
        }
        Screen::Waiting { .. } => "waiting".into(),
        Screen::Redirected { .. } => "redirect".into(),
        Screen::Elsewhere { .. } => "elsewhere".into(),
        Screen::Selecting { list, .. } => format!("accounts({})", list.accounts.len()),
        Screen::Finished { .. } => "success".into(),
        Screen::Stopped { problem, .. } => format!("stopped{}", why(Some(problem))),
    }
}
