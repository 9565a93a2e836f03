//! What browsers fetch: the widget's page and its files, the loader, and whether the server is up.

pub mod plain;

use crate::http::connect::institutions::accepts_brotli;
use crate::state::App;
use axum::extract::{Path, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    ETAG, HeaderName, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

/// Everything `cargo xtask dist` made. A debug build reads the folder at run time; a release build
/// carries it inside.
#[derive(RustEmbed)]
#[folder = "../../target/dist"]
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
pub async fn widget(headers: HeaderMap) -> Response {
    let Some(policy) = text_of("widget/policy.txt") else {
        let missing = "The widget is not built. Run: cargo xtask dist";
        return (StatusCode::SERVICE_UNAVAILABLE, missing).into_response();
    };
    let mut answer = file("widget/index.html", &headers, "no-cache");
    if let Ok(policy) = HeaderValue::from_str(policy.trim()) {
        answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    let permissions =
        HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=(), usb=()");
    answer.headers_mut().insert(HeaderName::from_static("permissions-policy"), permissions);
    answer
}

/// `GET /assets/{file}`: files whose names carry their content's hash.
pub async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    file(&format!("widget/assets/{name}"), &headers, "public, max-age=31536000, immutable")
}

/// `GET /embed/{file}`: the loader, which pages of any origin may load as script or module.
pub async fn embed(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let mut answer = file(&format!("embed/{name}"), &headers, "public, max-age=300");
    let anyone = [
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    for (name, value) in anyone {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
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
    let compressed = accepts_brotli(headers).then(|| Dist::get(&format!("{path}.br"))).flatten();
    let encoding = compressed.as_ref().map(|_| [(CONTENT_ENCODING, "br")]);
    let Some(found) = compressed.or_else(|| Dist::get(path)) else {
        return (StatusCode::NOT_FOUND, "There is no such file.").into_response();
    };
    let tag = etag(&found);
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response();
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

fn etag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
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
