//! The one component with a state: it owns the flow, performs what the flow asks, and feeds the
//! answers back. It decides nothing itself.

use crate::api::{self, Api, CallError, Incoming};
use crate::focus;
use crate::options::Options;
use crate::text::Text;
use crate::views;
use egusi_flow::{CallFailure, Effect, Event, Flow, HostEvent, Ticket, Turn};
use egusi_protocol::{Answer, ChooseInstitution, Consent, ShareAccounts, SubmitForm};
use gloo_timers::future::TimeoutFuture;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::{KeyboardEvent, ShadowRoot};
use yew::prelude::*;

/// Everything one opening of the widget needs from outside.
pub struct Opening {
    /// What the host asked for.
    pub options: Options,
    /// Where the host hears.
    pub tell: Box<dyn Fn(HostEvent)>,
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
    /// Which screen had the focus put on it last.
    focused: Option<views::Place>,
}

impl Component for App {
    type Message = Event;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let send = ctx.link().callback(|event| event);
        (ctx.props().opening.on_ready)(send.clone());
        let Turn { flow, effects } = Flow::start();
        let app = Self { flow, server: Rc::default(), text: Text::english(), send, focused: None };
        app.perform(ctx, effects);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, event: Event) -> bool {
        let Turn { flow, effects } = std::mem::replace(&mut self.flow, Flow::Closed).update(event);
        self.flow = flow;
        self.perform(ctx, effects);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let send = self.send.clone();
        let root = ctx.props().opening.root.clone();
        let onkeydown = Callback::from(move |key: KeyboardEvent| match key.key().as_str() {
            "Escape" => send.emit(Event::ClosePressed),
            "Tab" => focus::keep_inside(&root, &key),
            _ => {}
        });
        let options = &ctx.props().opening.options;
        let scene = views::Scene { text: &self.text, send: &self.send, options };
        html! { <div class="veil" {onkeydown}>{ views::modal(&self.flow, &scene) }</div> }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        let place = views::place(&self.flow);
        if self.focused.as_ref() != Some(&place) {
            focus::enter(&ctx.props().opening.root);
            self.focused = Some(place);
        }
    }
}

impl App {
    fn perform(&self, ctx: &Context<Self>, effects: Vec<Effect>) {
        for effect in effects {
            self.perform_one(ctx, effect);
        }
    }

    fn perform_one(&self, ctx: &Context<Self>, effect: Effect) {
        let opening = &ctx.props().opening;
        let (asked, call) = match effect {
            Effect::OpenSession(ticket) => (Asked::Session(ticket), api::open_session(&opening.options.open)),
            Effect::LoadInstitutions(ticket) => {
                (Asked::List(ticket), api::institutions(opening.options.open.env))
            }
            Effect::ChooseInstitution(ticket, institution) => {
                let consent = Consent { agreed: true, language: self.text.language.into() };
                (Asked::Step(ticket, 0), api::choose(&ChooseInstitution { institution, consent }))
            }
            Effect::SubmitForm(ticket, fields) => {
                (Asked::Step(ticket, 0), api::submit_form(&SubmitForm { fields }))
            }
            Effect::SubmitAnswer(ticket, answer) => (Asked::Step(ticket, 0), api::answer(&Answer { answer })),
            Effect::Poll { ticket, after_ms } => (Asked::Step(ticket, after_ms), api::poll()),
            Effect::ShareAccounts(ticket, picks) => {
                (Asked::Step(ticket, 0), api::share(&ShareAccounts { picks }))
            }
            Effect::EndSession => {
                let server = self.server.clone();
                // Nobody waits for the answer: the session would end by itself.
                spawn_local(async move { drop(server.send(api::end()).await) });
                return;
            }
            Effect::Tell(event) => return (opening.tell)(event),
            Effect::GoTo(url) => return (opening.go_to)(&url),
        };
        let server = self.server.clone();
        ctx.link().send_future(async move {
            if let Asked::Step(_, after_ms @ 1..) = asked {
                TimeoutFuture::new(after_ms).await;
            }
            let answer = server.send(call).await;
            asked.answered(&server, answer)
        });
    }
}

/// What was asked, so that the answer comes back as the right event.
enum Asked {
    Session(Ticket),
    List(Ticket),
    /// With the delay before asking, in milliseconds.
    Step(Ticket, u32),
}

impl Asked {
    fn answered(self, server: &Api, answer: Incoming) -> Event {
        match self {
            Self::Session(ticket) => {
                let opened = server.session_opened(answer).map(|opened| (opened.setting, opened.step));
                Event::SessionOpened(ticket, opened.map_err(failure))
            }
            Self::List(ticket) => {
                Event::InstitutionsArrived(ticket, api::institutions_arrived(answer).map_err(failure))
            }
            Self::Step(ticket, _) => Event::StepArrived(ticket, api::step_arrived(answer).map_err(failure)),
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
