//! The one component with a state: it owns the flow, performs what the flow asks, and feeds the
//! answers back. It decides nothing itself.

use crate::api::{self, Api, CallError, Outgoing};
use crate::focus;
use crate::network::Network;
use crate::options::Options;
use crate::text::Text;
use crate::views;
use egusi_flow::{CallFailure, Effect, Event, Flow, HostEvent, Opened, Place, Ticket, Turn};
use egusi_protocol::{Answer, ChooseInstitution, Consent, Resend, Secret, ShareAccounts, SubmitForm};
use gloo_timers::callback::Timeout;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::{KeyboardEvent, ShadowRoot};
use yew::prelude::*;

/// How often the flow's clock beats.
const BEAT_MS: u32 = 1_000;

/// A language one can choose: its tag, and its name in itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Language {
    /// BCP 47.
    pub tag: String,
    /// As its speakers call it.
    pub name: String,
}

/// Brings the sentences of a language by its tag, or nothing where they do not come.
pub type Speak = Box<dyn Fn(&str) -> Pin<Box<dyn Future<Output = Option<Text>>>>>;

/// What comes to the component: something for the flow, or other sentences for the same screen.
#[allow(clippy::large_enum_variant)] // Few are under way at once, and a box would be code for nothing.
pub enum Heard {
    /// For the flow.
    Event(Event),
    /// The customer chose a language by its tag.
    Chosen(String),
    /// Its sentences are here.
    Text(Text),
}

/// Hears the token to keep, or that there is none any more.
pub type KeepSession = Box<dyn Fn(Option<&Secret>)>;

/// Everything one opening of the widget needs from outside.
pub struct Opening {
    /// What the host asked for.
    pub options: Options,
    /// The sentences it opens with.
    pub text: Text,
    /// What else it could speak.
    pub languages: Vec<Language>,
    /// Brings the sentences of another language.
    pub speak: Speak,
    /// The token of a session that was begun before the page was loaded anew.
    pub resume: Option<Secret>,
    /// The page around the widget answers for it in a tab of its own.
    pub has_tab: bool,
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
    /// Which way the last step went.
    way: Option<&'static str>,
    timers: Timers,
    /// Listens as long as the widget is there.
    _network: Network,
}

/// What the flow waits for: the last beat, and the last calls of each kind that are not due yet. A timer ends
/// with the widget, and when another takes its place: the ticket of the one before is stale by then.
#[derive(Default)]
struct Timers {
    beat: Option<Timeout>,
    call: Option<Timeout>,
    list: Option<Timeout>,
    keep: Option<Timeout>,
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
    type Message = Heard;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let send = ctx.link().callback(Heard::Event);
        let opening = &ctx.props().opening;
        (opening.on_ready)(send.clone());
        let Turn { flow, effects } = Flow::start(opening.resume.is_some());
        let server = Rc::new(Api::with_token(opening.resume.clone()));
        let timers = Timers::default();
        let network = Network::listen(&send);
        let text = opening.text.clone();
        let mut app = Self { flow, server, text, send, focused: None, way: None, timers, _network: network };
        app.perform(ctx, effects);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, heard: Heard) -> bool {
        let event = match heard {
            Heard::Event(event) => event,
            Heard::Chosen(tag) => {
                let text = (ctx.props().opening.speak)(&tag);
                let link = ctx.link().clone();
                spawn_local(async move {
                    text.await.into_iter().for_each(|text| link.send_message(Heard::Text(text)))
                });
                return false;
            }
            Heard::Text(text) => {
                self.text = text;
                return true;
            }
        };
        if matches!(event, Event::SessionOpened(_, Ok(_))) {
            self.server.with_current_token(|token| (ctx.props().opening.keep_session)(token));
        }
        let way = if matches!(event, Event::BackPressed) { "back" } else { "on" };
        let before = self.flow.place();
        let Turn { flow, effects } = std::mem::replace(&mut self.flow, Flow::Closed).update(event);
        self.flow = flow;
        // What opens the window is no step.
        if self.flow.place() != before && before != Place::Opening {
            self.way = Some(way);
        }
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
        let languages = views::Languages {
            known: &ctx.props().opening.languages,
            choose: ctx.link().callback(Heard::Chosen),
        };
        let is_offline = self.flow.is_offline();
        let has_tab = ctx.props().opening.has_tab;
        let scene = views::Scene {
            text: &self.text,
            send: &self.send,
            options,
            languages,
            way: self.way,
            has_tab,
            is_offline,
        };
        let (lang, dir) = (self.text.language.clone(), self.text.say("language.dir"));
        let mode = options.mode.as_str();
        html! { <div class="veil" {lang} {dir} data-mode={mode} {onkeydown}>{ views::modal(&self.flow, &scene) }</div> }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        let now = Focused::of(&self.flow);
        let before = self.focused.replace(now);
        let root = &ctx.props().opening.root;
        match before {
            Some(before) if before == now => {}
            // The same question again: the field that is wrong, not the beginning. Where none is, the button
            // that was pressed stood still while the call was under way, and has lost the keyboard.
            Some(before) if before.place == now.place && now.has_problem && !now.is_leaving => {
                let _ = focus::enter(root, "[aria-invalid]") || focus::enter(root, "[data-focus]");
            }
            Some(before)
                if before.place == now.place
                    && before.turn == now.turn
                    && before.is_leaving == now.is_leaving => {}
            _ => {
                focus::enter(root, "[data-focus]");
            }
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
        if matches!(asked, Effect::OpenSession { .. }) {
            // A late answer to an earlier try brings a token that is not this session's.
            self.server = Rc::default();
        }
        let is_kept = matches!(asked, Effect::KeepSession { .. });
        let Some((after_ms, asked, call)) = self.call_of(&opening.options, asked) else { return };
        let (link, server) = (ctx.link().clone(), self.server.clone());
        let timer = match asked {
            Asked::List(_) => &mut self.timers.list,
            _ if is_kept => &mut self.timers.keep,
            _ => &mut self.timers.call,
        };
        let go = move || link.send_future(async move { Heard::Event(asked.answered(server, call).await) });
        // What is asked at once needs not be asked later.
        *timer = if after_ms == 0 {
            go();
            None
        } else {
            Some(Timeout::new(after_ms, go))
        };
    }

    /// What an effect asks of the server, after how many milliseconds.
    fn call_of(&self, options: &Options, effect: Effect) -> Option<(u32, Asked, Outgoing)> {
        let (after_ms, asked, call) = match effect {
            Effect::LoadInstitutions { ticket, after_ms } => {
                (after_ms, Asked::List(ticket), api::institutions(options.open.env))
            }
            Effect::OpenSession { ticket, after_ms } => {
                (after_ms, Asked::Session(ticket), api::open_session(&options.open))
            }
            Effect::ResumeSession { ticket, after_ms } => (after_ms, Asked::Resume(ticket), api::resume()),
            Effect::KeepSession { ticket, after_ms } => (after_ms, Asked::Step(ticket), api::look(None)),
            Effect::ChooseInstitution { ticket, institution, anew } => {
                let consent = Consent { agreed: true, language: self.text.language.clone() };
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
