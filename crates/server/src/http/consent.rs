//! The doors of a receipt: a number in, a page out. What is behind them is in [`crate::consents`].
//!
//! The number comes in the body of a form, so that no address, history or log has it. Whoever shows it is
//! whom it was given to; a page of another site may lead here, and can end nothing.

use crate::consents::Receipt;
use crate::consents::views::{Scene, TYPED_MAX};
use crate::error::ApiError;
use crate::http::okra::address::public_base;
use crate::http::pages::plain::{hash, trouble};
use crate::http::plain::{Origin, form};
use crate::plain::carried::Posted;
use crate::state::App;
use crate::words::{Words, choice};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// The looks of every page of forms, and of a receipt.
const STYLE: &str = concat!(include_str!("plain/plain.css"), include_str!("consent.css"));

/// `GET /consent`, and what somebody finds who types the address of another door.
pub async fn ask(State(app): State<App>, headers: HeaderMap) -> Response {
    asked(&app, &headers, StatusCode::OK, None, "")
}

/// `POST /consent {number}`
pub async fn show(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    let opened = opened(&app, &headers, &body, false).await;
    opened.map_or_else(|answer| answer, |(receipt, _)| shown(&app, &headers, &receipt))
}

/// `POST /consent/receipt {number}`: the receipt as a file.
pub async fn save(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    let receipt = match opened(&app, &headers, &body, true).await {
        Ok((receipt, _)) => receipt,
        Err(answer) => return answer,
    };
    let policy = format!("default-src 'none'; style-src {}", hash(STYLE));
    let html = drawn(&app, &headers, Some(&receipt), |scene| scene.file(&receipt, &policy));
    let mut answer = page(StatusCode::OK, html);
    let kept = HeaderValue::from_static("attachment; filename=\"receipt.html\"");
    answer.headers_mut().insert(CONTENT_DISPOSITION, kept);
    answer
}

/// `POST /consent/stop {number, confirm}`: asks first, and ends the sharing once that is confirmed.
pub async fn stop(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    let (receipt, posted) = match opened(&app, &headers, &body, true).await {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    if !receipt.is_open(app.now_ms()) {
        return shown(&app, &headers, &receipt);
    }
    if posted.get("confirm") != Some("yes") {
        return page(StatusCode::OK, drawn(&app, &headers, Some(&receipt), |scene| scene.sure(&receipt)));
    }
    match receipt.stop(&app).await {
        Ok(stopped) => shown(&app, &headers, &stopped),
        Err(error) => trouble(words(&headers), &error),
    }
}

/// The receipt of the number in a form, or the page that is answered in its place.
async fn opened(
    app: &App,
    headers: &HeaderMap,
    body: &Bytes,
    from_here: bool,
) -> Result<(Receipt, Posted), Response> {
    if from_here && Origin::of(headers).is_strange {
        return Err(asked(app, headers, StatusCode::BAD_REQUEST, None, ""));
    }
    let posted = form(headers, body).map_err(|error| trouble(words(headers), &error))?;
    let typed = posted.get("number").unwrap_or_default();
    let found = Receipt::find(app, typed).await;
    match found.map_err(|error: ApiError| trouble(words(headers), &error))? {
        Some(receipt) => Ok((receipt, posted)),
        None => Err(unknown(app, headers, typed)),
    }
}

/// Wrong numbers are few, where nobody guesses. Only they are counted, so that a good one is never kept
/// waiting by somebody else's. What was typed is there to be mended, for sixteen digits are many.
fn unknown(app: &App, headers: &HeaderMap, typed: &str) -> Response {
    match app.wrong_numbers.take([0; 12].into()) {
        Ok(_) => asked(app, headers, StatusCode::NOT_FOUND, Some("receipt.unknown"), typed),
        Err(wait_s) => {
            let mut answer = asked(app, headers, StatusCode::TOO_MANY_REQUESTS, Some("receipt.wait"), typed);
            answer.headers_mut().insert(RETRY_AFTER, wait_s.into());
            answer
        }
    }
}

fn asked(app: &App, headers: &HeaderMap, status: StatusCode, wrong: Option<&str>, typed: &str) -> Response {
    let typed = if typed.chars().count() > TYPED_MAX { "" } else { typed };
    page(status, drawn(app, headers, None, |scene| scene.ask(wrong, typed)))
}

fn shown(app: &App, headers: &HeaderMap, receipt: &Receipt) -> Response {
    page(StatusCode::OK, drawn(app, headers, Some(receipt), |scene| scene.receipt(receipt)))
}

/// Before a receipt is known, the browser says which language is read.
fn words(headers: &HeaderMap) -> &'static Words {
    Words::of(choice::choose([], &choice::accepted(headers), Words::tags()))
}

/// A receipt speaks the language in which the customer agreed; before one is known, the browser's.
fn drawn(
    app: &App,
    headers: &HeaderMap,
    receipt: Option<&Receipt>,
    draw: impl FnOnce(&Scene) -> String,
) -> String {
    let agreed = receipt.map(|receipt| receipt.facts.language.as_str());
    let language = choice::choose(agreed, &choice::accepted(headers), Words::tags());
    let called = headers.get(HOST).and_then(|host| host.to_str().ok()?.parse().ok());
    let address = public_base(&app.settings, called.as_ref()) + "/consent";
    draw(&Scene {
        words: Words::of(language),
        style: STYLE,
        address: &address,
        // What somebody agreed to was run by whom it says.
        operator: receipt.map_or(&app.settings.operator, |receipt| &receipt.facts.operator),
        now_ms: app.now_ms(),
    })
}

fn page(status: StatusCode, html: String) -> Response {
    let policy = format!(
        "default-src 'none'; style-src {}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
        hash(STYLE)
    );
    let mut answer = (status, [(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
    if let Ok(policy) = HeaderValue::try_from(policy) {
        answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    answer
}
