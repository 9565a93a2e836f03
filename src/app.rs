//! The one component with a state: it owns the flow, performs what the flow asks, and feeds the
//! answers back. It decides nothing itself.

use crate::api::{self, Api, CallError, Outgoing};
use crate::focus;
use crate::options::Options;
use crate::text::Text;
use crate::views;
use egusi_flow::{CallFailure, Effect, Event, Flow, HostEvent, Opened, Place, Ticket, Turn};
use egusi_protocol::{Answer, ChooseInstitution, Consent, Resend, Secret, ShareAccounts, SubmitForm};
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::{KeyboardEvent, ShadowRoot};
use yew::prelude::*;

/// How often the flow's clock beats.
const BEAT_MS: u32 = 1_000;

/// Hears the token to keep, or that there is none any more.
pub type KeepSession = Box<dyn Fn(Option<&Secret>)>;

/// Everything one opening of the widget needs from outside.
pub struct Opening {
    /// What the host asked for.
    pub options: Options,
    /// The token of a session that was begun before the page was loaded anew.
    pub resume: Option<Secret>,
    /// Where the host hears.
    pub tell: Box<dyn Fn(HostEvent)>,
    /// The page keeps the session's token while there is one.
    pub keep_session: KeepSession,
    /// Sends the browser to another page.
    pub go_to: Box<dyn Fn(&str)>,
    /// Lets the embedder press *Close*.
    pub on_ready: Box<dyn Fn(Callback<Event>)>,
    /// The root the widget is drawn in, for the focus.
    pub root: ShadowRoot,
}

/// The properties of [`App`].
#[derive(Clone, Properties)]
pub struct AppProps {
    /// Two openings are never the same.
    pub opening: Rc<Opening>,
}

impl PartialEq for AppProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.opening, &other.opening)
    }
}

/// The widget.
pub struct App {
    flow: Flow,
    server: Rc<Api>,
    text: Text,
    send: Callback<Event>,
    /// Where the focus was put last.
    focused: Option<Focused>,
    timers: Timers,
}

/// What the flow waits for: the last beat and the last call that is not due yet. A timer ends with the
/// widget, and when another takes its place: the ticket of the one before is stale by then.
#[derive(Default)]
struct Timers {
    beat: Option<Timeout>,
    call: Option<Timeout>,
}

/// What decides whether the focus moves.
#[derive(Clone, Copy, PartialEq)]
struct Focused {
    place: Place,
    turn: u32,
    is_leaving: bool,
    has_problem: bool,
}

impl Component for App {
    type Message = Event;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let send = ctx.link().callback(|event| event);
        let opening = &ctx.props().opening;
        (opening.on_ready)(send.clone());
        let Turn { flow, effects } = Flow::start(opening.resume.is_some());
        let server = Rc::new(Api::with_token(opening.resume.clone()));
        let timers = Timers::default();
        let mut app = Self { flow, server, text: Text::english(), send, focused: None, timers };
        app.perform(ctx, effects);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, event: Event) -> bool {
        if matches!(event, Event::SessionOpened(_, Ok(_))) {
            self.server.with_current_token(|token| (ctx.props().opening.keep_session)(token));
        }
        let Turn { flow, effects } = std::mem::replace(&mut self.flow, Flow::Closed).update(event);
        self.flow = flow;
        self.perform(ctx, effects);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let send = self.send.clone();
        let root = ctx.props().opening.root.clone();
        let onkeydown = Callback::from(move |key: KeyboardEvent| match key.key().as_str() {
            "Escape" => {
                // A modal dialog around us would hear of the same key a second time, as its own wish to close.
                key.prevent_default();
                send.emit(Event::EscapePressed);
            }
            "Tab" => focus::keep_inside(&root, &key),
            _ => {}
        });
        let options = &ctx.props().opening.options;
        let scene = views::Scene { text: &self.text, send: &self.send, options };
        html! { <div class="veil" {onkeydown}>{ views::modal(&self.flow, &scene) }</div> }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        let now = Focused::of(&self.flow);
        let before = self.focused.replace(now);
        let root = &ctx.props().opening.root;
        match before {
            Some(before) if before == now => {}
            // The same question again: the field that is wrong, not the beginning.
            Some(before) if before.place == now.place && now.has_problem && !now.is_leaving => {
                focus::enter(root, "[aria-invalid]");
            }
            Some(before)
                if before.place == now.place
                    && before.turn == now.turn
                    && before.is_leaving == now.is_leaving => {}
            _ => focus::enter(root, "[data-focus]"),
        }
    }
}

impl Focused {
    fn of(flow: &Flow) -> Self {
        let open = if let Flow::Open(open) = flow { Some(open) } else { None };
        Self {
            place: flow.place(),
            turn: open.map_or(0, |open| open.turn),
            is_leaving: open.is_some_and(|open| open.is_leaving),
            has_problem: open.is_some_and(|open| open.screen.problem().is_some()),
        }
    }
}

impl App {
    fn perform(&mut self, ctx: &Context<Self>, effects: Vec<Effect>) {
        for effect in effects {
            self.perform_one(ctx, effect);
        }
    }

    fn perform_one(&mut self, ctx: &Context<Self>, effect: Effect) {
        let opening = &ctx.props().opening;
        let asked = match effect {
            Effect::EndSession => {
                let server = self.server.clone();
                // Nobody waits for the answer: the session would end by itself.
                spawn_local(async move { drop(server.send(api::end()).await) });
                return;
            }
            Effect::Tell(event) => {
                if event == HostEvent::Close {
                    (opening.keep_session)(None);
                }
                return (opening.tell)(event);
            }
            Effect::GoTo(url) => return (opening.go_to)(&url),
            Effect::Beat(ticket) => {
                let send = self.send.clone();
                self.timers.beat = Some(Timeout::new(BEAT_MS, move || send.emit(Event::Beat(ticket))));
                return;
            }
            asked => asked,
        };
        let Some((after_ms, asked, call)) = self.call_of(&opening.options, asked) else { return };
        let (link, server) = (ctx.link().clone(), self.server.clone());
        let go = move || link.send_future(asked.answered(server, call));
        if after_ms == 0 { go() } else { self.timers.call = Some(Timeout::new(after_ms, go)) }
    }

    /// What an effect asks of the server, after how many milliseconds.
    fn call_of(&self, options: &Options, effect: Effect) -> Option<(u32, Asked, Outgoing)> {
        let (after_ms, asked, call) = match effect {
            Effect::LoadInstitutions(ticket) => (0, Asked::List(ticket), api::institutions(options.open.env)),
            Effect::OpenSession(ticket) => (0, Asked::Session(ticket), api::open_session(&options.open)),
            Effect::ResumeSession(ticket) => (0, Asked::Resume(ticket), api::resume()),
            Effect::ChooseInstitution { ticket, institution, anew } => {
                let consent = Consent { agreed: true, language: self.text.language.into() };
                (0, Asked::Step(ticket), api::choose(&ChooseInstitution { institution, consent, anew }))
            }
            Effect::SubmitForm { ticket, turn, method, fields } => {
                let turn = Some(turn);
                (0, Asked::Step(ticket), api::submit_form(&SubmitForm { turn, method, fields }))
            }
            Effect::SubmitAnswer { ticket, turn, answer } => {
                (0, Asked::Step(ticket), api::answer(&Answer { turn: Some(turn), answer }))
            }
            Effect::ResendCode { ticket, turn } => {
                (0, Asked::Step(ticket), api::resend(&Resend { turn: Some(turn) }))
            }
            Effect::Poll { ticket, after_ms } => (after_ms, Asked::Step(ticket), api::poll()),
            Effect::Look { ticket, after_ms, past } => (after_ms, Asked::Step(ticket), api::look(past)),
            Effect::ShareAccounts { ticket, turn, picks } => {
                (0, Asked::Step(ticket), api::share(&ShareAccounts { turn: Some(turn), picks }))
            }
            Effect::EndSession | Effect::Tell(_) | Effect::GoTo(_) | Effect::Beat(_) => return None,
        };
        Some((after_ms, asked, call))
    }
}

/// What was asked, so that the answer comes back as the right event.
enum Asked {
    Session(Ticket),
    Resume(Ticket),
    List(Ticket),
    Step(Ticket),
}

impl Asked {
    async fn answered(self, server: Rc<Api>, call: Outgoing) -> Event {
        let answer = server.send(call).await;
        match self {
            Self::Session(ticket) => {
                let opened = server.session_opened(answer);
                let opened = opened.map(|opened| Opened {
                    setting: opened.setting,
                    step: opened.step,
                    turn: opened.turn,
                });
                Event::SessionOpened(ticket, opened.map(Box::new).map_err(failure))
            }
            Self::Resume(ticket) => {
                Event::SessionResumed(ticket, api::session_resumed(answer).map_err(failure))
            }
            // Read some rows at a time.
            Self::List(ticket) => {
                let list = api::institutions_arrived(answer).await;
                Event::InstitutionsArrived(ticket, list.map_err(failure))
            }
            Self::Step(ticket) => Event::StepArrived(ticket, api::step_arrived(answer).map_err(failure)),
        }
    }
}

fn failure(error: CallError) -> CallFailure {
    match error {
        CallError::Refused(body) => CallFailure::Refused { code: body.code, message: body.message },
        CallError::Unreachable => CallFailure::Unreachable,
        CallError::Unreadable => CallFailure::Unreadable,
    }
}
