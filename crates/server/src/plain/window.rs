//! One answer of a window without WebAssembly: a flow is brought to where the customer was, what they
//! did is fed to it, and what it asks for is done by the same functions the widget's calls reach.

use crate::bells::Rung;
use crate::error::ApiError;
use crate::keys;
use crate::plain::carried::{Carried, Posted};
use crate::plain::deed::Deed;
use crate::plain::told::is_news;
use crate::plain::walk::{STEPS_MAX, next_step};
use crate::sessions::claim::{Claimed, Outcome, Work, with_session};
use crate::sessions::waiting::{self, Wanted};
use crate::sessions::{opening, sharing, turns};
use crate::state::App;
use crate::words::{Words, choice};
use egusi_flow::{CallFailure, Effect, Event, Flow, HostEvent, Next, Opened, Place, Screen, Ticket, Turn};
use egusi_protocol::{
    Answer, ChooseInstitution, Consent, Environment, HostEventName, Institution, Resend, Resumed,
    ShareAccounts, StepReply, SubmitForm,
};
use egusi_store::TokenHash;
use std::borrow::Cow;
use std::collections::VecDeque;
use std::time::Duration;

/// An answer takes no longer, whatever a bank does; the next one goes on from there.
const ANSWER_MAX: Duration = Duration::from_secs(20);

/// A window, while one answer is made.
pub struct Window {
    app: App,
    /// What the next page carries.
    pub carried: Carried,
    /// What is shown.
    pub flow: Flow,
    /// What the host must hear.
    pub said: Vec<HostEvent>,
    /// Where the browser goes on to.
    pub go_to: Option<String>,
    /// The session of before was over, so another was begun.
    pub is_new: bool,
    /// The window fills a tab, and goes on in it when a bank sends the customer back.
    fills_tab: bool,
    /// The languages the browser prefers.
    accepted: String,
    /// What is asked after a while, if the flow still waits for it by then.
    later: Option<Effect>,
}

impl Window {
    /// A window that has yet to be opened or brought to where it was.
    pub fn new(app: &App, carried: Carried, fills_tab: bool, accepted: String) -> Self {
        let (flow, said, go_to) = (Flow::Closed, Vec::new(), None);
        Self { app: app.clone(), carried, flow, said, go_to, is_new: false, fills_tab, accepted, later: None }
    }

    /// What the window says, in the language the customer chose, else the host's, else the browser's.
    pub fn words(&self) -> &'static Words {
        let of_host = self.carried.begun.as_ref().and_then(|begun| begun.options.language.as_deref());
        let wanted = self.carried.language.into_iter().chain(of_host);
        Words::of(choice::choose(wanted, &self.accepted, Words::tags()))
    }

    /// The same with single sentences in the host's own words.
    pub fn hosts_words(&self) -> Cow<'static, Words> {
        let words = self.words();
        let own = self.carried.begun.as_ref().map(|begun| begun.sentences(words.language()));
        match own {
            Some(own) if !own.is_empty() => Cow::Owned(words.with(own)),
            _ => Cow::Borrowed(words),
        }
    }

    /// Opens a session.
    pub async fn open(&mut self) {
        self.carried = self.carried.anew();
        let turn = Flow::start(false);
        // The work of a call goes on without us, and the next answer finds what came of it.
        let _ = tokio::time::timeout(ANSWER_MAX, self.follow(turn)).await;
    }

    /// Does what the customer did on the page that was sent.
    pub async fn answer(&mut self, deed: Deed, posted: &Posted) {
        let _ = tokio::time::timeout(ANSWER_MAX, self.take_up(deed, posted)).await;
    }

    async fn take_up(&mut self, deed: Deed, posted: &Posted) {
        self.follow(Flow::start(true)).await;
        if self.is_new && deed.ends() {
            // It has ended already; the answer that said so may have been lost.
            self.flow = Flow::Closed;
            self.said = vec![HostEvent::BeforeClose, HostEvent::Close];
            return;
        }
        if self.is_where_it_was() {
            self.walk().await;
            self.prepare(deed).await;
            self.said.clear();
            self.act(deed, posted).await;
        } else {
            // Somebody has gone on since: the deed belongs to a step that is past.
            self.said.retain(is_news);
            if deed.ends() && !self.is_new {
                self.prepare(deed).await;
                self.act(deed, posted).await;
            }
        }
        self.wait(deed == Deed::Look).await;
    }

    fn is_where_it_was(&self) -> bool {
        let turn = if let Flow::Open(open) = &self.flow { Some(open.turn) } else { None };
        !self.is_new && turn.is_some() && turn == self.carried.turn
    }

    async fn walk(&mut self) {
        for _ in 0..STEPS_MAX {
            let Flow::Open(open) = &self.flow else { return };
            let Some(step) = next_step(open, &self.carried) else { return };
            self.happens(step).await;
        }
    }

    async fn prepare(&mut self, deed: Deed) {
        let Flow::Open(open) = &self.flow else { return };
        for event in deed.before(open) {
            self.happens(event).await;
        }
    }

    async fn act(&mut self, deed: Deed, posted: &Posted) {
        for event in deed.events(&self.flow, &self.carried, posted) {
            self.happens(event).await;
        }
        self.carried.has_agreed |= deed == Deed::Agree;
        self.carried.is_warned = matches!(deed, Deed::Share | Deed::Figures) && self.is_short();
        let Flow::Open(open) = &self.flow else { return };
        let asks_again =
            matches!(open.screen, Screen::Consent { sent: None, next: Next::List | Next::Anew(_), .. });
        if asks_again && self.carried.has_agreed && deed != Deed::Agree {
            // The flow began with this request and does not know that it was agreed to.
            let said = self.said.len();
            self.happens(Event::ConsentGiven).await;
            let agreed = |event: &HostEvent| matches!(event, HostEvent::Happened(one) if one.name == HostEventName::ConsentGiven);
            if let Some(at) = self.said.iter().skip(said).position(agreed) {
                self.said.remove(said + at);
            }
        }
    }

    fn is_short(&self) -> bool {
        matches!(&self.flow, Flow::Open(open) if open.short_picked() > 0)
    }

    async fn happens(&mut self, event: Event) {
        let turn = std::mem::replace(&mut self.flow, Flow::Closed).update(event);
        self.follow(turn).await;
    }

    /// Does what the flow asks for until it rests. What may be asked only after a while is kept.
    async fn follow(&mut self, turn: Turn) {
        self.flow = turn.flow;
        let mut todo = VecDeque::from(turn.effects);
        while let Some(effect) = todo.pop_front() {
            let Some(event) = self.perform(effect).await else { continue };
            let turn = std::mem::replace(&mut self.flow, Flow::Closed).update(event);
            self.flow = turn.flow;
            todo.extend(turn.effects);
        }
    }

    async fn perform(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            // No network lies between us and the server: what is asked again is asked at once.
            Effect::OpenSession { ticket, .. } => Some(self.opened(ticket).await),
            Effect::ResumeSession { ticket, .. } => Some(Event::SessionResumed(ticket, self.resumed().await)),
            Effect::LoadInstitutions { ticket, .. } => {
                Some(Event::InstitutionsArrived(ticket, self.institutions()))
            }
            // The customer is elsewhere, and the page with the link must be there before.
            Effect::Look { past: Some(_), .. } => None,
            Effect::Poll { .. } | Effect::Look { .. } => {
                self.later = Some(effect);
                None
            }
            // A page without script counts no seconds, and asks for nothing while it is read.
            Effect::Beat(_) | Effect::KeepSession { .. } => None,
            Effect::EndSession => {
                let _ = self.call(|_, _| Box::pin(async { Ok(Outcome::End) })).await;
                None
            }
            Effect::Tell(event) => {
                self.said.push(event);
                None
            }
            Effect::GoTo(url) => {
                self.go_to = Some(url);
                None
            }
            call => self.answered(call).await,
        }
    }

    async fn opened(&mut self, ticket: Ticket) -> Event {
        self.is_new = self.carried.session.is_some();
        self.carried = self.carried.anew();
        let Some(begun) = &self.carried.begun else {
            return Event::SessionOpened(ticket, Err(CallFailure::Unreadable));
        };
        let opened = opening::open(&self.app, begun.options.open.clone()).await;
        let opened = opened.map(|opened| {
            self.carried.session = Some(keys::hash(opened.session_token.expose()));
            Box::new(Opened { setting: opened.setting, step: opened.step, turn: opened.turn })
        });
        Event::SessionOpened(ticket, opened.map_err(failure))
    }

    async fn resumed(&self) -> Result<(Box<Resumed>, StepReply), CallFailure> {
        let wanted = Wanted { resume: true, after: None };
        let mut reply = waiting::look(&self.app, self.session(), wanted).await.map_err(failure)?;
        let resumed = reply.resumed.take().ok_or(CallFailure::Unreadable)?;
        Ok((Box::new(resumed), reply))
    }

    fn institutions(&self) -> Result<Vec<Institution>, CallFailure> {
        let env = self.carried.begun.as_ref().map_or(Environment::Sandbox, |begun| begun.options.open.env);
        let connector = self.app.connector(env).ok_or(CallFailure::Unreachable)?;
        Ok(connector.institutions().to_vec())
    }

    /// What no session has is the hash of no token.
    fn session(&self) -> TokenHash {
        self.carried.session.unwrap_or_default()
    }

    /// Does a call of the session.
    async fn call<Call>(&self, call: Call) -> Result<StepReply, CallFailure>
    where
        Call: for<'a> FnOnce(&'a App, &'a mut Claimed) -> Work<'a> + Send + 'static,
    {
        with_session(self.app.clone(), self.session(), call).await.map_err(failure)
    }

    /// The answer to one of the calls with a step, each made as the widget's is.
    async fn answered(&self, effect: Effect) -> Option<Event> {
        let (ticket, answer) = match effect {
            Effect::ChooseInstitution { ticket, institution, anew } => {
                let consent = Consent { agreed: true, language: self.words().language().to_owned() };
                let sent = ChooseInstitution { institution, consent, anew };
                (ticket, self.call(move |app, claimed| Box::pin(turns::choose(app, claimed, sent))).await)
            }
            Effect::SubmitForm { ticket, turn, method, fields } => {
                let sent = SubmitForm { turn: Some(turn), method, fields };
                (ticket, self.sign_in(sent).await)
            }
            Effect::SubmitAnswer { ticket, turn, answer } => {
                let sent = Answer { turn: Some(turn), answer };
                (ticket, self.call(move |app, claimed| Box::pin(turns::answer(app, claimed, sent))).await)
            }
            Effect::ResendCode { ticket, turn } => {
                let sent = Resend { turn: Some(turn) };
                (ticket, self.call(move |app, claimed| Box::pin(turns::resend(app, claimed, sent))).await)
            }
            Effect::ShareAccounts { ticket, turn, picks } => {
                let sent = ShareAccounts { turn: Some(turn), picks };
                (ticket, self.call(move |app, claimed| Box::pin(sharing::share(app, claimed, sent))).await)
            }
            Effect::Poll { ticket, .. } => {
                (ticket, self.call(move |app, claimed| Box::pin(turns::poll(app, claimed))).await)
            }
            Effect::Look { ticket, .. } => {
                let looked = waiting::look(&self.app, self.session(), Wanted::default()).await;
                (ticket, looked.map_err(failure))
            }
            _ => return None,
        };
        Some(Event::StepArrived(ticket, answer))
    }

    /// Sends the form. Where the window fills a tab, the session remembers with what it was begun, so
    /// that whoever comes back from a bank's own page can go on in the same tab.
    async fn sign_in(&self, sent: SubmitForm) -> Result<StepReply, CallFailure> {
        let begun = self.carried.begun.as_ref().filter(|_| self.fills_tab);
        let begun = begun
            .map(|begun| begun.sealed(&self.app, self.carried.session.as_ref()))
            .transpose()
            .map_err(failure)?;
        self.call(move |app, claimed| {
            Box::pin(async move {
                claimed.state.tab = begun;
                turns::sign_in(app, claimed, sent).await
            })
        })
        .await
    }

    /// Waits while the flow does, as long as a page may. Whoever asks has waited already.
    async fn wait(&mut self, mut has_waited: bool) {
        let app = self.app.clone();
        let place = app.bells.places.try_acquire();
        let mut left_ms = if place.is_ok() { u32::from(app.settings.plain_wait_s) * 1_000 } else { 0 };
        while self.is_waiting()
            && let Some(effect) = self.later.take()
        {
            let after_ms = match effect {
                Effect::Poll { after_ms, .. } | Effect::Look { after_ms, .. } if !has_waited => after_ms,
                _ => 0,
            };
            has_waited = false;
            if after_ms > left_ms {
                return;
            }
            left_ms -= after_ms;
            if !self.pause(after_ms).await {
                return;
            }
            if let Some(event) = self.answered(effect).await {
                self.happens(event).await;
            }
        }
    }

    fn is_waiting(&self) -> bool {
        matches!(&self.flow, Flow::Open(open) if open.screen.is_busy() || self.flow.place() == Place::Waiting)
    }

    /// Waits so long, or until somebody has gone on; false if the server is about to close.
    async fn pause(&self, ms: u32) -> bool {
        let Flow::Open(open) = &self.flow else { return true };
        let mut bell = self.app.bells.listen();
        let rung =
            tokio::time::timeout(Duration::from_millis(ms.into()), bell.rung_for(open.setting.session));
        ms == 0 || rung.await != Ok(Rung::Closing)
    }
}

#[allow(clippy::needless_pass_by_value)] // It stands in `map_err`.
fn failure(error: ApiError) -> CallFailure {
    CallFailure::Refused { code: error.code(), message: error.message().to_owned() }
}
