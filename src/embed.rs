//! The JavaScript border: `buildWithOptions` in, callbacks out.

use crate::app::Opening;
use crate::json;
use crate::mount::Mount;
use crate::options::{OPTIONS_BYTES_MAX, OptionError, Options, RawOptions};
use egusi_flow::{Event, HostEvent};
use js_sys::{Array, Error, Function, JSON, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// Opens the widget with Okra's options and returns a function that closes it.
///
/// # Errors
/// A JavaScript `Error` with `code` `invalid_option` and a message that shows what was expected
/// beside what arrived. `onError` hears the same.
#[wasm_bindgen(js_name = buildWithOptions)]
pub fn build_with_options(options: &JsValue) -> Result<Function, JsValue> {
    let callbacks = Callbacks::read(options);
    match options_of(options) {
        Ok(options) => open(options, callbacks),
        Err(problem) => {
            let error = option_error(&problem);
            callbacks.error(&error);
            Err(error.into())
        }
    }
}

fn options_of(options: &JsValue) -> Result<Options, OptionError> {
    if !options.is_object() {
        let kind = options.js_typeof().as_string().unwrap_or_default();
        let got = if options.is_null() { "null".into() } else { kind };
        return Err(OptionError { option: "options", expected: "an object".into(), got });
    }
    let size = JSON::stringify(options).map_or(0, |text| text.length() as usize);
    if size > OPTIONS_BYTES_MAX {
        return Err(OptionError {
            option: "options",
            expected: format!("at most {OPTIONS_BYTES_MAX} characters of JSON"),
            got: size.to_string(),
        });
    }
    let raw: RawOptions = json::read(options.clone()).map_err(|unreadable| OptionError {
        option: "options",
        expected: "an object of plain values".into(),
        got: unreadable.to_string(),
    })?;
    let mut checked = raw.check()?;
    checked.open.options = json_text(options, "options");
    checked.open.meta = json_text(options, "meta");
    checked.open.charge = json_text(options, "charge");
    Ok(checked)
}

/// What the host put there, as JSON; the server says what it can make of it.
fn json_text(options: &JsValue, name: &str) -> Option<String> {
    let value = Reflect::get(options, &name.into()).ok()?;
    JSON::stringify(&value).ok()?.as_string()
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
    on_close: Option<Function>,
}

impl Callbacks {
    fn read(options: &JsValue) -> Self {
        let function =
            |name: &str| Reflect::get(options, &name.into()).ok().and_then(|value| value.dyn_into().ok());
        Self {
            on_success: function("onSuccess"),
            on_error: function("onError"),
            on_close: function("onClose"),
        }
    }

    fn success(&self, payload: &str) {
        call(self.on_success.as_ref(), &[JSON::parse(payload).unwrap_or(JsValue::NULL)]);
    }

    fn error(&self, error: &Error) {
        call(self.on_error.as_ref(), &[error.into()]);
    }

    fn close(&self) {
        call(self.on_close.as_ref(), &[]);
    }
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

fn open(options: Options, callbacks: Callbacks) -> Result<Function, JsValue> {
    let mount = Rc::new(RefCell::new(Some(Mount::take()?)));
    let close = Rc::new(RefCell::new(Callback::<Event>::noop()));
    let tell = {
        let mount = mount.clone();
        // Told in a task of its own: a host may close or open widgets in its callback, and the
        // component that is telling must be out of the way by then.
        move |event| {
            let (mount, callbacks) = (mount.clone(), callbacks.clone());
            spawn_local(async move { tell_host(&callbacks, event, &mount) });
        }
    };
    let on_ready = {
        let close = close.clone();
        move |send| *close.borrow_mut() = send
    };
    if let Some(mount) = mount.borrow_mut().as_mut() {
        let root = mount.root().clone();
        mount.show(Opening {
            options,
            tell: Box::new(tell),
            go_to: Box::new(go_to),
            on_ready: Box::new(on_ready),
            root,
        });
    }
    let closer = Closure::<dyn Fn()>::new(move || close.borrow().emit(Event::ClosePressed));
    Ok(closer.into_js_value().unchecked_into())
}

fn tell_host(callbacks: &Callbacks, event: HostEvent, mount: &RefCell<Option<Mount>>) {
    match event {
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
