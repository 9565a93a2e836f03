//! Our server as the browser sees it, typed by `protocol`. The only place that fetches.
//!
//! There is one asynchronous function, [`Api::send`]; requests are made before it and answers are
//! read after it. Each further one would add kilobytes to the WebAssembly.

use crate::json;
use egusi_protocol::{
    Answer, ChooseInstitution, Environment, ErrorBody, Institution, InstitutionList, OpenSession, Secret,
    SessionOpened, ShareAccounts, Step, StepReply, SubmitForm,
};
use gloo_net::http::{Method, RequestBuilder};
use js_sys::JSON;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

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
}

/// What comes back: the JSON of a good answer, not yet read.
pub type Incoming = Result<JsValue, CallError>;

/// Asks for a session.
pub fn open_session(options: &OpenSession) -> Outgoing {
    post("/connect/v1/sessions".into(), options)
}

/// Asks for the institutions of a world.
pub fn institutions(env: Environment) -> Outgoing {
    Outgoing {
        method: Method::GET,
        url: format!("/connect/v1/institutions?env={env}"),
        body: JsValue::UNDEFINED,
    }
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

/// Asks how a pending sign-in stands.
pub fn poll() -> Outgoing {
    Outgoing { method: Method::POST, url: session("/poll"), body: JsValue::UNDEFINED }
}

/// Connects accounts.
pub fn share(picks: &ShareAccounts) -> Outgoing {
    post(session("/accounts"), picks)
}

/// Ends the session.
pub fn end() -> Outgoing {
    Outgoing { method: Method::DELETE, url: session(""), body: JsValue::UNDEFINED }
}

fn session(call: &str) -> String {
    format!("/connect/v1/session{call}")
}

fn post(url: String, body: &impl Serialize) -> Outgoing {
    // JSON by the browser's own writer; serde_json would add 20 KB. Our own types always become
    // JSON; if one did not, the server would say what it expected.
    let value = body.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::NULL);
    let body = JSON::stringify(&value).map_or(JsValue::UNDEFINED, Into::into);
    Outgoing { method: Method::POST, url, body }
}

impl Api {
    /// Sends a call and fetches its answer.
    pub async fn send(&self, call: Outgoing) -> Incoming {
        let Outgoing { method, url, body } = call;
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
        let json = match raw.json() {
            Ok(json) => JsFuture::from(json).await,
            Err(broken) => Err(broken),
        };
        match (good, json) {
            (true, json) => json.map_err(|_| CallError::Unreadable),
            // A proxy may answer for the server with something that is no error body of ours.
            (false, json) => Err(json
                .ok()
                .and_then(|json| read(json).ok())
                .map_or(CallError::Unreachable, CallError::Refused)),
        }
    }

    /// Reads the answer to [`open_session`] and keeps its token for the calls that follow.
    pub fn session_opened(&self, answer: Incoming) -> Result<SessionOpened, CallError> {
        let opened: SessionOpened = read(answer?)?;
        *self.token.borrow_mut() = Some(opened.session_token.clone());
        Ok(opened)
    }
}

/// Reads the answer to [`institutions`].
pub fn institutions_arrived(answer: Incoming) -> Result<Vec<Institution>, CallError> {
    let list: InstitutionList = read(answer?)?;
    Ok(list.institutions)
}

/// Reads the answer to every other call.
pub fn step_arrived(answer: Incoming) -> Result<Step, CallError> {
    let reply: StepReply = read(answer?)?;
    Ok(reply.step)
}

fn read<T: DeserializeOwned>(json: JsValue) -> Result<T, CallError> {
    json::read(json).map_err(|_| CallError::Unreadable)
}
