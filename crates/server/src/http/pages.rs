//! What browsers fetch: the widget's page and its files, the loader, and whether the server is up.

pub mod plain;

use crate::apps::short;
use crate::error::ApiError;
use crate::hosts::Framing;
use crate::http::connect::institutions::accepts_brotli;
use crate::http::framing::{self, Policy};
use crate::http::plain::form_for_link;
use crate::state::App;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use egusi_protocol::ErrorCode;
use egusi_store::StoreError;
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};

/// Everything `cargo xtask dist` made. A debug build reads the folder at run time; a release build
/// carries it inside.
#[derive(RustEmbed)]
#[folder = "../../target/dist"]
#[exclude = "npm/*"]
#[allow_missing = true]
struct Dist;

/// `GET /health`
pub async fn health(State(app): State<App>) -> Response {
    // A read through the whole store: ready means able to answer, not only awake.
    let nobody = app.store.key([0; 32]).await;
    match nobody {
        Err(egusi_store::StoreError::Unavailable(_)) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        _ => ([(CONTENT_TYPE, "application/json")], r#"{"status":"ready"}"#).into_response(),
    }
}

/// `GET /`, with any query: the page inside the iframe.
pub async fn widget(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    let framing = framing::of_request(&app, &headers).await?;
    Ok(framed(&app, "widget/index.html", StatusCode::OK, &framing, &headers))
}

/// `GET /{short}`: the same page, opened by a link. It says itself where there is no such link.
pub async fn link(
    State(app): State<App>,
    short: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let short = short.map(|Path(short)| short).unwrap_or_default();
    if !short::is_one(&short) {
        return Err(ApiError::refused(ErrorCode::NotFound, "There is nothing at this address."));
    }
    let (status, framing) = match app.store.link(&short).await {
        Ok(link) => (StatusCode::OK, app.hosts.framing_of_link(&link, framing::referer(&headers))),
        Err(StoreError::NotFound) => (StatusCode::NOT_FOUND, framing::of_request(&app, &headers).await?),
        Err(error) => return Err(error.into()),
    };
    let answer = framed(&app, "widget/index.html", status, &framing, &without_tag(&headers));
    Ok(if status == StatusCode::OK { with_plain_way(&short, answer) } else { answer })
}

/// Where the page of a link says that it needs JavaScript, it offers the way that needs none.
const PLAIN_WAY: &str = "<!--short-->";

/// The same answer with that way to this link. It is another page for every link, so it is sent as it is.
fn with_plain_way(short: &str, mut answer: Response) -> Response {
    let Some(page) = text_of("widget/index.html").filter(|page| page.contains(PLAIN_WAY)) else {
        return answer;
    };
    *answer.body_mut() = page.replace(PLAIN_WAY, &form_for_link(short)).into();
    for name in [CONTENT_ENCODING, CONTENT_LENGTH, ETAG] {
        answer.headers_mut().remove(name);
    }
    answer
}

/// `GET /warm`: a page that only has the browser fetch the widget's files before they are needed.
pub async fn warm(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    let framing = framing::of_request(&app, &headers).await?;
    Ok(framed(&app, "widget/warm.html", StatusCode::OK, &framing, &headers))
}

/// A page that may stand in pages of others, under the policy it was built with.
fn framed(
    app: &App,
    path: &'static str,
    status: StatusCode,
    framing: &Framing,
    headers: &HeaderMap,
) -> Response {
    let Some(policy) = text_of("widget/policy.txt").filter(|_| Dist::get(path).is_some()) else {
        let missing = "The widget is not built. Run: cargo xtask dist";
        return (StatusCode::SERVICE_UNAVAILABLE, missing).into_response();
    };
    // The shell without WebAssembly stands in a frame of ours, and is asked for by a form.
    let policy = Policy::read(&policy).with("frame-src", "'self'").with("form-action", "'self'");
    let mut answer = if status == StatusCode::OK {
        // A browser may keep the policy of a page it need not fetch again, so a tag is of both.
        tagged_file(path, headers, "no-cache", &policy.clone().framed_by(framing).text())
    } else {
        let mut answer = file(path, &without_tag(headers), "no-store");
        *answer.status_mut() = status;
        answer
    };
    framing::put(answer.headers_mut(), &policy, framing, !app.hosts.is_anyone_welcome());
    answer
}

fn without_tag(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    headers.remove(IF_NONE_MATCH);
    headers
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

fn text_of(path: &str) -> Option<String> {
    Dist::get(path).and_then(|file| String::from_utf8(file.data.into_owned()).ok())
}

/// A file, compressed if the client can and a compressed one was made.
fn file(path: &str, headers: &HeaderMap, caching: &'static str) -> Response {
    tagged_file(path, headers, caching, "")
}

/// The same, with a tag that is of something more than the file.
fn tagged_file(path: &str, headers: &HeaderMap, caching: &'static str, and_of: &str) -> Response {
    let compressed = accepts_brotli(headers).then(|| Dist::get(&format!("{path}.br"))).flatten();
    let encoding = compressed.as_ref().map(|_| [(CONTENT_ENCODING, "br")]);
    let Some(found) = compressed.or_else(|| Dist::get(path)) else {
        return (StatusCode::NOT_FOUND, "There is no such file.").into_response();
    };
    let tag = etag(&found, and_of);
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        // What a browser keeps is kept by these from now on (RFC 9110, section 15.4.5).
        let kept = [(ETAG, tag), (CACHE_CONTROL, caching.to_owned()), (VARY, "accept-encoding".to_owned())];
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    let common = [
        (CONTENT_TYPE, content_type(path).to_owned()),
        (CACHE_CONTROL, caching.to_owned()),
        (VARY, "accept-encoding".to_owned()),
        (ETAG, tag),
    ];
    let body = found.data.into_owned();
    match encoding {
        Some(encoding) => (common, encoding, body).into_response(),
        None => (common, body).into_response(),
    }
}

fn etag(file: &EmbeddedFile, and_of: &str) -> String {
    let mut hash = file.metadata.sha256_hash();
    if !and_of.is_empty() {
        hash = Sha256::new_with_prefix(hash).chain_update(and_of).finalize().into();
    }
    let hex: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
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
