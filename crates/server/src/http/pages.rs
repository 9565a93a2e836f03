//! What browsers fetch: the widget's page and its files, the loader, and whether the server is up.

pub mod files;
pub mod plain;
pub mod window;

use crate::apps::short;
use crate::error::ApiError;
use crate::hosts::Framing;
use crate::http::connect::links::Saved;
use crate::http::framing;
use crate::state::App;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use egusi_protocol::ErrorCode;
use egusi_store::StoreError;
use files::{Dist, file};
use window::Window;

/// `GET /health`
pub async fn health(State(app): State<App>) -> Response {
    // A read through the whole store: ready means able to answer, not only awake.
    let nobody = app.store.key([0; 32]).await;
    match nobody {
        Err(egusi_store::StoreError::Unavailable(_)) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        _ => ([(CONTENT_TYPE, "application/json")], r#"{"status":"ready"}"#).into_response(),
    }
}

/// `GET /`, with any query: the page inside the iframe, in the language of its `language` or the browser's.
pub async fn widget(
    State(app): State<App>,
    query: RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let framing = framing::of_request(&app, &headers).await?;
    let window = Window::new(window::language(&query, None, &headers));
    Ok(window.answer(&app, StatusCode::OK, &framing, &headers).await)
}

/// `GET /{short}`: the same page, opened by a link. It says itself where there is no such link.
pub async fn link(
    State(app): State<App>,
    short: Result<Path<String>, PathRejection>,
    query: RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let short = short.map(|Path(short)| short).unwrap_or_default();
    if !short::is_one(&short) {
        return Err(ApiError::refused(ErrorCode::NotFound, "There is nothing at this address."));
    }
    match app.store.link(&short).await {
        Ok(link) => {
            let framing = app.hosts.framing_of_link(&link, framing::referer(&headers));
            let saved = Saved::of(&link);
            let language = window::language(&query, saved.language(), &headers);
            let window = Window::of_link(language, &short, Some(&saved));
            Ok(window.answer(&app, StatusCode::OK, &framing, &headers).await)
        }
        Err(StoreError::NotFound) => {
            let framing = framing::of_request(&app, &headers).await?;
            let window = Window::of_link(window::language(&query, None, &headers), &short, None);
            Ok(window.answer(&app, StatusCode::NOT_FOUND, &framing, &headers).await)
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /warm`: a page that only has the browser fetch the widget's files before they are needed.
pub async fn warm(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    let framing = framing::of_request(&app, &headers).await?;
    let Some(policy) = window::policy() else { return Ok(window::missing()) };
    let and_of = policy.clone().framed_by(&framing).text();
    let mut answer = files::tagged_file("widget/warm.html", &headers, "no-cache", &and_of);
    framing::put(answer.headers_mut(), &policy, &framing, !app.hosts.is_anyone_welcome());
    Ok(answer)
}

/// `GET /tab`: the widget's page in a tab of its own, where the customer sees its address. It takes over
/// the session of the window that opened it, so the two must know each other; the page around that
/// window is another site's, and a browser lets nobody know a tab that is stricter than the page it was
/// opened from. No page can show it.
pub async fn tab(State(app): State<App>, query: RawQuery, headers: HeaderMap) -> Response {
    let window = Window::new(window::language(&query, None, &headers));
    let mut answer = window.answer(&app, StatusCode::OK, &Framing::Nobody, &headers).await;
    let known = HeaderValue::from_static("unsafe-none");
    answer.headers_mut().insert(HeaderName::from_static("cross-origin-opener-policy"), known);
    answer
}

const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// `GET /assets/{file}`: files whose names carry their content's hash.
pub async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    file(&format!("widget/assets/{name}"), &headers, FOR_EVER)
}

/// `GET /embed/{file}`: the loader and what goes with it, which pages of any origin may load.
pub async fn embed(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let caching = match name.as_str() {
        // Whoever checks what is served now must not read of what was served before.
        "integrity.json" => "no-cache",
        name if is_named_by_content(name) => FOR_EVER,
        _ => "public, max-age=300",
    };
    let mut answer = file(&format!("embed/{name}"), &headers, caching);
    let anyone = [
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    for (name, value) in anyone {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}

/// Whether a name ends in the hash of what it names, such as `egusi-wPZp8x0Bq1Aa.js`; words are in
/// small letters, and a hash of twelve letters that has no others is as good as never made.
fn is_named_by_content(name: &str) -> bool {
    const HASH_CHARS: usize = 12;
    let stem = name.split('.').next().unwrap_or_default();
    let is_hash = |text: &str| {
        text.len() >= HASH_CHARS
            && text.bytes().any(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    stem.match_indices('-').any(|(at, _)| is_hash(&stem[at + 1..]))
}

/// Nothing but this page's own files; the pictures stand in its style sheet.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; \
    object-src 'none'; frame-ancestors 'none'";

/// `GET /docs`: the description of every door, for people.
pub async fn docs(headers: HeaderMap) -> Response {
    if Dist::get("docs/index.html").is_none() {
        let missing = "The reader is not built. Run: cargo xtask dist";
        return (StatusCode::SERVICE_UNAVAILABLE, missing).into_response();
    }
    let mut answer = file("docs/index.html", &headers, "no-cache");
    answer.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(DOCS_POLICY));
    answer
}

/// `GET /docs/{file}`
pub async fn docs_file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    file(&format!("docs/{name}"), &headers, "no-cache")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_by_its_content_is_kept_for_ever() {
        for name in ["egusi-wPZp8x0Bq1Aa.js", "egusi-element-Ab_-wx0Bq1Aa.mjs", "egusi--bcdefghijkL.js"] {
            assert!(is_named_by_content(name), "{name}");
        }
        for name in [
            "egusi.js",
            "egusi.mjs",
            "egusi-element.js",
            "egusi-custom-element.js",
            "egusi-integrations.js",
            "egusi-1.2.3.js",
            "integrity.json",
            "wPZp8x0Bq1Aa.js",
        ] {
            assert!(!is_named_by_content(name), "{name}");
        }
    }
}
