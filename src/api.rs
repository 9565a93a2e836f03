//! Our server as the browser sees it, typed by `protocol`. The only place that fetches.
//!
//! There is one asynchronous function that every call goes through, [`Api::send`]; requests are made
//! before it and answers are read after it. Each further one would add kilobytes to the WebAssembly,
//! so only the list, which can be long, has its own.

use crate::json;
use crate::list::Reading;
use egusi_protocol::{
    Answer, ChooseInstitution, Environment, ErrorBody, Institution, OpenSession, Resend, Resumed, Secret,
    SessionOpened, ShareAccounts, StepReply, SubmitForm,
};
use gloo_net::http::{Method, RequestBuilder};
use gloo_timers::future::TimeoutFuture;
use js_sys::{JSON, SyntaxError, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// So many institutions are read between two looks at what the customer does: some
/// milliseconds, so that a browser that waits between two looks does not make the list late.
const ROWS_AT_ONCE: usize = 2_500;

/// Why a call brought no answer.
#[derive(Debug)]
pub enum CallError {
    /// The server said no.
    Refused(ErrorBody),
    /// The server was not reached.
    Unreachable,
    /// The answer could not be read.
    Unreadable,
}

/// The server, and the session's token once there is one.
#[derive(Default)]
pub struct Api {
    token: RefCell<Option<Secret>>,
}

/// A call that is ready to go.
pub struct Outgoing {
    method: Method,
    url: String,
    /// JSON text, or undefined.
    body: JsValue,
    /// Whether the answer is wanted as bytes.
    is_long: bool,
}

/// What comes back: the JSON of a good answer, not yet read; of a long one its bytes.
pub type Incoming = Result<JsValue, CallError>;

/// Asks for a session.
pub fn open_session(options: &OpenSession) -> Outgoing {
    post("/connect/v1/sessions".into(), options)
}

/// Asks how the session of before stands, and for all that is needed to go on with it.
pub fn resume() -> Outgoing {
    get(session("?resume=true"))
}

/// Asks how the session stands. With a step's number, the server waits a while for the next one.
pub fn look(past: Option<u32>) -> Outgoing {
    get(match past {
        Some(turn) => session(&format!("?after={turn}")),
        None => session(""),
    })
}

/// Asks for the institutions of a world.
pub fn institutions(env: Environment) -> Outgoing {
    Outgoing { is_long: true, ..get(format!("/connect/v1/institutions?env={env}")) }
}

/// Says which institution was chosen.
pub fn choose(chosen: &ChooseInstitution) -> Outgoing {
    post(session("/institution"), chosen)
}

/// Sends the sign-in form.
pub fn submit_form(form: &SubmitForm) -> Outgoing {
    post(session("/form"), form)
}

/// Answers a challenge.
pub fn answer(answer: &Answer) -> Outgoing {
    post(session("/answer"), answer)
}

/// Asks for another code.
pub fn resend(resend: &Resend) -> Outgoing {
    post(session("/resend"), resend)
}

/// Asks how a pending sign-in stands.
pub fn poll() -> Outgoing {
    Outgoing { method: Method::POST, url: session("/poll"), body: JsValue::UNDEFINED, is_long: false }
}

/// Connects accounts.
pub fn share(picks: &ShareAccounts) -> Outgoing {
    post(session("/accounts"), picks)
}

/// Ends the session.
pub fn end() -> Outgoing {
    Outgoing { method: Method::DELETE, url: session(""), body: JsValue::UNDEFINED, is_long: false }
}

fn session(call: &str) -> String {
    format!("/connect/v1/session{call}")
}

fn get(url: String) -> Outgoing {
    Outgoing { method: Method::GET, url, body: JsValue::UNDEFINED, is_long: false }
}

fn post(url: String, body: &impl Serialize) -> Outgoing {
    // JSON by the browser's own writer; serde_json would add 20 KB. Our own types always become
    // JSON; if one did not, the server would say what it expected.
    let value = body.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::NULL);
    let body = JSON::stringify(&value).map_or(JsValue::UNDEFINED, Into::into);
    Outgoing { method: Method::POST, url, body, is_long: false }
}

impl Api {
    /// With the token of a session that was begun before the page was loaded anew.
    pub fn with_token(token: Option<Secret>) -> Self {
        Self { token: RefCell::new(token) }
    }

    /// Sends a call and fetches its answer.
    pub async fn send(&self, call: Outgoing) -> Incoming {
        let Outgoing { method, url, body, is_long } = call;
        let mut request = RequestBuilder::new(&url).method(method);
        if let Some(token) = self.token.borrow().as_ref() {
            request = request.header("authorization", &format!("Bearer {}", token.expose()));
        }
        let request = if body.is_undefined() {
            request.build()
        } else {
            request.header("content-type", "application/json").body(body)
        };
        let answer =
            request.map_err(|_| CallError::Unreadable)?.send().await.map_err(|_| CallError::Unreachable)?;
        let good = answer.ok();
        let raw: web_sys::Response = answer.into();
        let json = match if good && is_long { raw.array_buffer() } else { raw.json() } {
            Ok(json) => JsFuture::from(json).await,
            Err(broken) => Err(broken),
        };
        match (good, json) {
            (true, json) => json.map_err(|broken| match broken.is_instance_of::<SyntaxError>() {
                true => CallError::Unreadable,
                // It was cut off on its way.
                false => CallError::Unreachable,
            }),
            // A proxy may answer for the server with something that is no error body of ours.
            (false, json) => Err(json
                .ok()
                .and_then(|json| read(json).ok())
                .map_or(CallError::Unreachable, CallError::Refused)),
        }
    }

    /// Lets somebody have the present session's token, for as long as it lasts.
    pub fn with_current_token(&self, keep: impl FnOnce(Option<&Secret>)) {
        keep(self.token.borrow().as_ref());
    }

    /// Reads the answer to [`open_session`] and keeps its token for the calls that follow.
    pub fn session_opened(&self, answer: Incoming) -> Result<SessionOpened, CallError> {
        let opened: SessionOpened = read(answer?)?;
        *self.token.borrow_mut() = Some(opened.session_token.clone());
        Ok(opened)
    }
}

/// Reads the answer to [`institutions`].
pub async fn institutions_arrived(answer: Incoming) -> Result<Vec<Institution>, CallError> {
    let bytes = Uint8Array::new(&answer?).to_vec();
    let mut reading = Reading::of(bytes).ok_or(CallError::Unreadable)?;
    while reading.go_on(ROWS_AT_ONCE).ok_or(CallError::Unreadable)? {
        TimeoutFuture::new(0).await;
    }
    Ok(reading.institutions())
}

/// Reads the answer to [`resume`].
pub fn session_resumed(answer: Incoming) -> Result<(Box<Resumed>, StepReply), CallError> {
    let mut reply: StepReply = read(answer?)?;
    let resumed = reply.resumed.take().ok_or(CallError::Unreadable)?;
    Ok((Box::new(resumed), reply))
}

/// Reads the answer to every other call.
pub fn step_arrived(answer: Incoming) -> Result<StepReply, CallError> {
    read(answer?)
}

fn read<T: DeserializeOwned>(json: JsValue) -> Result<T, CallError> {
    json::read(json).map_err(|_| CallError::Unreadable)
}
