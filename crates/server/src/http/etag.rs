//! Answers that need not be sent again: a strong tag on what was read, and 304 for who has it.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Tags every 200 of a GET.
pub async fn tag(request: Request, next: Next) -> Response {
    let is_read = *request.method() == Method::GET;
    let known = if is_read { known_tags(request.headers()) } else { Vec::new() };
    let answer = next.run(request).await;
    if !is_read || answer.status() != StatusCode::OK {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    // What handlers answer lies in memory already.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let tag = tag_of(&bytes);
    let is_known = known.iter().any(|known| known == "*" || *known == tag);
    if let Ok(tag) = HeaderValue::try_from(tag) {
        parts.headers.insert(ETAG, tag);
    }
    parts.headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if is_known {
        let mut answer = StatusCode::NOT_MODIFIED.into_response();
        for name in [ETAG, CACHE_CONTROL] {
            if let Some(value) = parts.headers.remove(&name) {
                answer.headers_mut().insert(name, value);
            }
        }
        return answer;
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// 96 bits of the body's hash, quoted.
fn tag_of(bytes: &[u8]) -> String {
    let mut tag = String::from("\"");
    for byte in Sha256::digest(bytes).iter().take(12) {
        // Writing into a String cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

/// The tags of `If-None-Match`; a weak one counts for what it names.
fn known_tags(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let tags = values.flat_map(|value| value.split(','));
    tags.map(|tag| tag.trim().trim_start_matches("W/").to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_from_lists_and_in_their_weak_form() {
        let mut headers = HeaderMap::new();
        headers.append(IF_NONE_MATCH, HeaderValue::from_static("\"a\", W/\"b\""));
        headers.append(IF_NONE_MATCH, HeaderValue::from_static("*"));
        assert_eq!(known_tags(&headers), ["\"a\"", "\"b\"", "*"]);
        assert_eq!(tag_of(b"").len(), 26);
        assert_ne!(tag_of(b"a"), tag_of(b"b"));
    }
}
