//! The JavaScript border: `buildWithOptions` in, callbacks out.

use crate::app::Opening;
use crate::mount::Mount;
use crate::options::{self, OptionError, Options};
use crate::speech::Speech;
use egusi_flow::{Event, Happening, HostEvent};
use egusi_protocol::Secret;
use js_sys::{Array, Date, Error, Function, JSON, Object, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::Callback;

/// Opens the widget with Okra's options and returns a function that closes it: at once, or, called
/// with `true`, as if the customer had pressed Escape, which asks where something would be lost and
/// takes the question back.
///
/// Beside the options a page passes `styles`, the text of the style sheet, `text`, the sentences to open with (`{language, sentences}`), and, where
/// others may be chosen, `languages` (a list of `[tag, name]`) and `onLanguage(tag)`, which returns a promise
/// of another such text. The page of the iframe also passes `resumeToken`, the token of a session that was
/// begun before it was loaded anew, and `onSession(token)`, which hears the token to keep and
/// `undefined` when there is none any more; and `ownTab`, with which the customer can go on in a tab of its
/// own on the path `/tab`, whose page asks this one for the session. A page may also pass `container`, the element to draw in
/// instead of its body, and `onRedirect(url)`, which is called where the browser should go on to
/// another page; without it the whole tab goes there.
///
/// # Errors
/// A JavaScript `Error` with `code` `invalid_option` and a message that shows what was expected
/// beside what arrived. `onError` hears the same.
#[wasm_bindgen(js_name = buildWithOptions)]
pub fn build_with_options(options: &JsValue) -> Result<Function, JsValue> {
    let callbacks = Callbacks::read(options);
    match options::read(options) {
        Ok(checked) => {
            let token = Reflect::get(options, &"resumeToken".into()).ok().and_then(|token| token.as_string());
            let container = Reflect::get(options, &"container".into()).ok().and_then(|it| it.dyn_into().ok());
            let has_tab = Reflect::get(options, &"ownTab".into()).is_ok_and(|flag| flag.is_truthy());
            let resume = Resume { token: token.map(Secret::new), has_tab };
            open(checked, resume, callbacks, container, Speech::read(options))
        }
        Err(problem) => {
            let error = option_error(&problem);
            callbacks.error(&error);
            Err(error.into())
        }
    }
}

fn option_error(problem: &OptionError) -> Error {
    error_with_code(OptionError::CODE, &problem.to_string())
}

fn error_with_code(code: &str, message: &str) -> Error {
    let error = Error::new(message);
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&error, &"code".into(), &code.into());
    error
}

/// What the host wants to hear. Whatever is no function is nothing.
#[derive(Clone)]
struct Callbacks {
    on_success: Option<Function>,
    on_error: Option<Function>,
    on_event: Option<Function>,
    before_close: Option<Function>,
    on_close: Option<Function>,
    on_session: Option<Function>,
    on_redirect: Option<Function>,
}

impl Callbacks {
    fn read(options: &JsValue) -> Self {
        let function =
            |name: &str| Reflect::get(options, &name.into()).ok().and_then(|value| value.dyn_into().ok());
        Self {
            on_success: function("onSuccess"),
            on_error: function("onError"),
            on_event: function("onEvent"),
            // The one spelling okra-js calls, and the one its README has.
            before_close: function("beforeClose").or_else(|| function("BeforeClose")),
            on_close: function("onClose"),
            on_session: function("onSession"),
            on_redirect: function("onRedirect"),
        }
    }

    fn success(&self, payload: &str) {
        call(self.on_success.as_ref(), &[JSON::parse(payload).unwrap_or(JsValue::NULL)]);
    }

    fn error(&self, error: &Error) {
        call(self.on_error.as_ref(), &[error.into()]);
    }

    fn event(&self, happening: &Happening) {
        call(self.on_event.as_ref(), &[event_data(happening).into()]);
    }

    fn before_close(&self) {
        call(self.before_close.as_ref(), &[]);
    }

    fn close(&self) {
        call(self.on_close.as_ref(), &[]);
    }
}

/// The data of `onEvent`: every key is there, null where it does not apply.
fn event_data(happening: &Happening) -> Object {
    let Happening { name, place, session, institution, institution_name, .. } = happening;
    let Happening { method, challenge, problem, remedy, accounts, .. } = happening;
    let text = |text: Option<&str>| text.map_or(JsValue::NULL, JsValue::from);
    let data = Object::new();
    for (key, value) in [
        ("event_name", name.as_str().into()),
        ("step", place.as_str().into()),
        ("session_id", text(session.map(|id| id.to_string()).as_deref())),
        ("institution_id", text(institution.map(|id| id.to_string()).as_deref())),
        ("institution_name", text(institution_name.as_deref())),
        ("method", text(method.as_deref())),
        ("challenge", text(challenge.map(|kind| kind.as_str()))),
        ("problem", text(problem.map(|code| code.as_str()))),
        ("remedy", text(remedy.map(|remedy| remedy.as_str()))),
        ("accounts", accounts.map_or(JsValue::NULL, JsValue::from)),
        ("timestamp", Date::new_0().to_iso_string().into()),
    ] {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&data, &key.into(), &value);
    }
    data
}

/// Calls a host's function. What it throws is the host's own affair: it ends up in the page's
/// console as an unhandled rejection and not in our stack.
fn call(function: Option<&Function>, arguments: &[JsValue]) {
    if let Some(function) = function
        && let Err(thrown) = function.apply(&JsValue::UNDEFINED, &arguments.iter().collect::<Array>())
    {
        let _ = Promise::reject(&thrown);
    }
}

/// What the page of the iframe passes of its own.
struct Resume {
    token: Option<Secret>,
    has_tab: bool,
}

fn open(
    options: Options,
    resume: Resume,
    callbacks: Callbacks,
    container: Option<Element>,
    speech: Speech,
) -> Result<Function, JsValue> {
    let mount = Rc::new(RefCell::new(Some(Mount::take(container, &speech.styles)?)));
    let close = Rc::new(RefCell::new(None::<Callback<Event>>));
    let (on_session, on_redirect) = (callbacks.on_session.clone(), callbacks.on_redirect.clone());
    let keep_session = move |token: Option<&Secret>| {
        let token = token.map_or(JsValue::UNDEFINED, |token| token.expose().into());
        call(on_session.as_ref(), &[token]);
    };
    let tell = {
        let (mount, close) = (mount.clone(), close.clone());
        // Told in a task of its own: a host may close or open widgets in its callback, and the
        // component that is telling must be out of the way by then.
        move |event| {
            let (mount, callbacks, close) = (mount.clone(), callbacks.clone(), close.clone());
            spawn_local(async move {
                if event == HostEvent::Close {
                    // The host may keep the closer for as long as it likes; it is not to keep the widget.
                    close.take();
                }
                tell_host(&callbacks, event, &mount);
            });
        }
    };
    let on_ready = {
        let close = close.clone();
        move |send| *close.borrow_mut() = Some(send)
    };
    if let Some(mount) = mount.borrow_mut().as_mut() {
        let root = mount.root().clone();
        mount.show(Opening {
            options,
            text: speech.text,
            languages: speech.languages,
            speak: speech.speak,
            resume: resume.token,
            has_tab: resume.has_tab,
            keep_session: Box::new(keep_session),
            tell: Box::new(tell),
            go_to: Box::new(move |url| match &on_redirect {
                Some(function) => call(Some(function), &[url.into()]),
                None => go_to(url),
            }),
            on_ready: Box::new(on_ready),
            root,
        });
    }
    let closer = Closure::<dyn Fn(JsValue)>::new(move |ask: JsValue| {
        let is_asked = ask.as_bool() == Some(true);
        let send = close.borrow().clone();
        if let Some(send) = send {
            send.emit(if is_asked { Event::EscapePressed } else { Event::Dismissed });
        }
    });
    Ok(closer.into_js_value().unchecked_into())
}

fn tell_host(callbacks: &Callbacks, event: HostEvent, mount: &RefCell<Option<Mount>>) {
    match event {
        HostEvent::Happened(happening) => callbacks.event(&happening),
        HostEvent::BeforeClose => callbacks.before_close(),
        HostEvent::Success(payload) => callbacks.success(&payload),
        HostEvent::Error { code, message } => callbacks.error(&error_with_code(code, &message)),
        HostEvent::Close => {
            if let Some(mount) = mount.borrow_mut().take() {
                mount.put_back();
            }
            callbacks.close();
        }
    }
}

/// Sends the whole browser tab on; inside an iframe that is the page around it, which the browser
/// allows because the customer has just pressed *Done*.
fn go_to(url: &str) {
    let top = web_sys::window().and_then(|window| window.top().ok().flatten());
    if let Some(top) = top {
        // If the browser forbids it, the host has heard of the success and can go on by itself.
        let _ = top.location().set_href(url);
    }
}
