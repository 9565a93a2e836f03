//! The doors of the window without WebAssembly: forms in, pages out. What happens behind them is in
//! [`crate::plain`].
//!
//! A page stands in a frame of the widget's own page, where WebAssembly is missing, or fills a tab,
//! where there is no script at all. The browser says which it is, and where a form comes from.

use crate::apps::saved;
use crate::error::ApiError;
use crate::http::framing::{self, Policy};
use crate::http::pages::plain::{hash, trouble};
use crate::plain::begun::Begun;
use crate::plain::carried::{Carried, LANGUAGE, Posted};
use crate::plain::deed::Deed;
use crate::plain::views::{self, Scene};
use crate::plain::window::Window;
use crate::sessions::asking::find_link;
use crate::sessions::redirect::used_up;
use crate::state::App;
use crate::words::{Words, choice};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use egusi_flow::{Flow, HostEvent};
use egusi_options::OptionError;
use egusi_protocol::ErrorCode;
use maud::html;
use serde_json::Value;

const STYLE: &str = include_str!("plain.css");
const TELL: &str = include_str!("tell.js");

/// What the browser says about where a request comes from and where its answer goes.
pub(super) struct Origin {
    /// A page of ours made it.
    is_ours: bool,
    /// A page of somebody else made it.
    pub is_strange: bool,
    /// The answer fills a tab.
    fills_tab: bool,
}

impl Origin {
    pub fn of(headers: &HeaderMap) -> Self {
        let word = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let site = word("sec-fetch-site");
        Self {
            is_ours: site == Some("same-origin"),
            is_strange: matches!(site, Some("cross-site" | "same-site")),
            fills_tab: word("sec-fetch-dest") == Some("document"),
        }
    }
}

/// `POST /plain/open`, with the host's `options` as JSON text, or a short name as `ref`.
pub async fn open(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    let origin = Origin::of(&headers);
    let posted = match form(&headers, &body) {
        Ok(posted) => posted,
        Err(error) => return lost(&app, browsers(&headers), &error),
    };
    let begun = given(&app, &posted, &origin).await;
    let carried = Carried { language: Carried::language_of(&posted), ..Carried::default() };
    let mut window = Window::new(&app, carried, origin.fills_tab, choice::accepted(&headers));
    match begun {
        Ok(begun) => {
            window.carried.begun = Some(begun);
            window.open().await;
        }
        Err(refusal) => refuse(&mut window, refusal),
    }
    drawn(&app, &window, origin.fills_tab).await
}

/// Why no window can be opened: the code the host hears, the one that is shown, and the message.
struct Refusal(&'static str, ErrorCode, String);

impl From<OptionError> for Refusal {
    fn from(error: OptionError) -> Self {
        Self(OptionError::CODE, ErrorCode::InvalidRequest, error.to_string())
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self(error.code().as_str(), error.code(), error.message().to_owned())
    }
}

/// The options a window is to be opened with.
async fn given(app: &App, posted: &Posted, origin: &Origin) -> Result<Begun, Refusal> {
    if origin.is_strange {
        let expected = "a window that a page of this server opens";
        return Err(OptionError::new("options", expected, "a form of another site".to_owned()).into());
    }
    let mut options = match posted.get("ref") {
        Some(short) => linked(app, short).await?,
        None => serde_json::from_str(posted.get("options").unwrap_or_default())
            .map_err(|_| OptionError::new("options", "an object as JSON", "something else".to_owned()))?,
    };
    let is_vouched_for = origin.is_ours && posted.get("ref").is_none();
    if !is_vouched_for && let Some(options) = options.as_object_mut() {
        // Only our own page knows which page is around it, and a link's stands alone.
        options.remove("hostOrigin");
    }
    Ok(Begun::with(options)?)
}

/// What was saved behind a link, as the widget's page would have fetched it.
async fn linked(app: &App, short: &str) -> Result<Value, Refusal> {
    let link = find_link(app, short).await?;
    let mut options = saved::shown(&link.app.options);
    options.insert("ref".to_owned(), short.into());
    options.insert("env".to_owned(), link.scope.env.as_str().into());
    Ok(Value::Object(options))
}

/// The host's mistake: it hears of it, and the customer reads that nothing can be done.
fn refuse(window: &mut Window, Refusal(told, code, message): Refusal) {
    window.said.push(HostEvent::Error { code: told, message: message.clone() });
    window.flow = Flow::Refused { code, message };
}

/// `POST /plain`, the form of every page.
pub async fn go_on(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    let Origin { is_strange, fills_tab, is_ours: _ } = Origin::of(&headers);
    if is_strange {
        // Whoever knows the fields of a window could put a customer into it.
        return lost(&app, browsers(&headers), &used_up());
    }
    let posted = match form(&headers, &body) {
        Ok(posted) => posted,
        Err(error) => return lost(&app, browsers(&headers), &error),
    };
    let carried = Carried::read(&app, &posted);
    let deed = Deed::read(&posted);
    let (has_session, has_begun) = (carried.session.is_some(), carried.begun.is_some());
    let mut window = Window::new(&app, carried, fills_tab, choice::accepted(&headers));
    match (has_session, has_begun) {
        // There is nothing to go back to, and nothing to lose.
        (false, _) if deed.ends() => window.said = vec![HostEvent::BeforeClose, HostEvent::Close],
        (false, true) => window.open().await,
        (true, true) => window.answer(deed, &posted).await,
        (_, false) => return lost(&app, window.words(), &used_up()),
    }
    drawn(&app, &window, fills_tab).await
}

/// The form by which the page of a link begins without script.
pub fn form_for_link(short: &str, words: &Words) -> String {
    let form = html! {
        form method="post" action="/plain/open" {
            input type="hidden" name="ref" value=(short);
            input type="hidden" name=(LANGUAGE) value=(words.language());
            button.primary type="submit" { (words.say("first.plain")) }
        }
    };
    form.into_string()
}

/// `GET /plain` and `GET /plain/open`: what somebody finds who types the address.
pub async fn nothing(State(app): State<App>, headers: HeaderMap) -> Response {
    lost(&app, browsers(&headers), &used_up())
}

/// In the language the browser prefers; what was chosen on a page that is not known is not known.
fn browsers(headers: &HeaderMap) -> &'static Words {
    Words::of(choice::choose([], &choice::accepted(headers), Words::tags()))
}

/// `GET /plain/tell.js`
pub async fn tell() -> Response {
    let headers = [(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "public, max-age=300")];
    (headers, TELL).into_response()
}

/// The page of an address that leads nowhere, here in no window that anybody else has opened. It may
/// stand in a frame, and then the customer must see it.
fn lost(app: &App, words: &Words, error: &ApiError) -> Response {
    let mut answer = trouble(words, error);
    let headers = answer.headers_mut();
    headers.remove("cross-origin-opener-policy");
    let policy = headers.get(CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
    let policy = Policy::read(policy.unwrap_or_default()).without("frame-ancestors");
    framing::put(headers, &policy, &app.hosts.framing_of_notice(), !app.hosts.is_anyone_welcome());
    answer
}

/// A form, and nothing that a script of another page could send as something else.
pub(super) fn form(headers: &HeaderMap, body: &Bytes) -> Result<Posted, ApiError> {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_form = kind.split(';').next().unwrap_or_default().trim() == "application/x-www-form-urlencoded";
    let is_whole = body.len() <= crate::http::BODY_BYTES_MAX;
    if is_form && is_whole { Ok(Posted::read(body)) } else { Err(used_up()) }
}

async fn drawn(app: &App, window: &Window, fills_tab: bool) -> Response {
    let page = page(app, window, fills_tab).await;
    page.unwrap_or_else(|error| lost(app, window.words(), &error))
}

async fn page(app: &App, window: &Window, fills_tab: bool) -> Result<Response, ApiError> {
    let fields = window.carried.clone().at(&window.flow).fields(app)?;
    let words = window.hosts_words();
    let scene =
        Scene { window, words: &words, fields: &fields, fills_tab, now_ms: app.now_ms(), style: STYLE };
    let html = views::page(&scene);
    let is_refused = matches!(window.flow, Flow::Refused { .. });
    let status = if is_refused { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let mut answer = (status, [(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
    // The page stands in the widget's page, which the host's page shows: the browser asks about both.
    let host = window.carried.begun.as_ref().and_then(|begun| begun.options.open.host_origin.as_deref());
    let framing = match window.flow {
        // There is nothing to take on it, and whoever set the window up wrongly must be able to see that.
        Flow::Refused { .. } => app.hosts.framing_of_notice(),
        _ => app.hosts.framing_within(app.store.as_ref(), host).await,
    };
    framing::put(answer.headers_mut(), &policy(), &framing, !app.hosts.is_anyone_welcome());
    Ok(answer)
}

/// Nothing but the one style, the one script, and pictures that came with a question.
fn policy() -> Policy {
    Policy::read(
        "default-src 'none'; script-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; \
         object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    )
    .with("style-src", &hash(STYLE))
}
