//! The files that `cargo xtask dist` made, as browsers fetch them: compressed if they can read that, and not
//! at all if they have them already.

use crate::http::connect::institutions::accepts_brotli;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};

/// Everything `cargo xtask dist` made. A debug build reads the folder at run time; a release build
/// carries it inside.
#[derive(RustEmbed)]
#[folder = "../../target/dist"]
#[exclude = "npm/*"]
#[allow_missing = true]
pub struct Dist;

/// The text of a file.
pub fn text_of(path: &str) -> Option<String> {
    Dist::get(path).and_then(|file| String::from_utf8(file.data.into_owned()).ok())
}

/// A file, compressed if the client can and a compressed one was made.
pub fn file(path: &str, headers: &HeaderMap, caching: &'static str) -> Response {
    tagged_file(path, headers, caching, "")
}

/// The same, with a tag that is of something more than the file.
pub fn tagged_file(path: &str, headers: &HeaderMap, caching: &'static str, and_of: &str) -> Response {
    let compressed = accepts_brotli(headers).then(|| Dist::get(&format!("{path}.br"))).flatten();
    let encoding = compressed.as_ref().map(|_| [(CONTENT_ENCODING, "br")]);
    let Some(found) = compressed.or_else(|| Dist::get(path)) else {
        return (StatusCode::NOT_FOUND, "There is no such file.").into_response();
    };
    let tag = etag(&found, and_of);
    if has(headers, &tag) {
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
    let hash = file.metadata.sha256_hash();
    tag_of(if and_of.is_empty() {
        hash
    } else {
        Sha256::new_with_prefix(hash).chain_update(and_of).finalize().into()
    })
}

/// 96 bits of a hash, quoted.
pub fn tag_of(hash: [u8; 32]) -> String {
    let hex: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

/// Whether the browser has what is tagged so.
pub fn has(headers: &HeaderMap, tag: &str) -> bool {
    headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes())
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
