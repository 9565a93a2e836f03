//! A name for every call, so that an answer in a company's log and a line in ours find each other.

use crate::state::App;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use egusi_protocol::ObjectId;
use tracing::Span;

/// The header that carries it, in both directions.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

const CHARS_MAX: usize = 64;

/// A call's name: the caller's own, or one of ours.
#[derive(Clone)]
struct RequestId(HeaderValue);

impl From<[u8; 12]> for RequestId {
    fn from(bytes: [u8; 12]) -> Self {
        // Digits of an id always make a header.
        let text = ObjectId(bytes).to_string();
        Self(HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("-")))
    }
}

/// Names the call, before anything else sees it, and says the name in the answer.
pub async fn name(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let own = request.headers().get(HEADER).filter(|id| is_usable(id.as_bytes())).cloned();
    let id = own.map_or_else(|| app.mint.id::<RequestId>(app.now_ms()), RequestId);
    request.extensions_mut().insert(id.clone());
    let mut answer = next.run(request).await;
    answer.headers_mut().insert(HEADER, id.0);
    answer
}

/// Whether a caller's own name may stand in our log as it is.
fn is_usable(id: &[u8]) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=CHARS_MAX).contains(&id.len()) && id.iter().all(is_plain)
}

/// The span of a call. The query is left out: it is the caller's and may hold anything. A call of a
/// session adds `support`, the code its customer can read to whoever helps them.
pub fn span(request: &Request) -> Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.0.to_str().ok()).unwrap_or_default();
    let support = tracing::field::Empty;
    tracing::info_span!("call", id, method = %request.method(), path = request.uri().path(), support)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_short_plain_names_are_kept() {
        for (id, is_kept) in [
            ("order-77_a", true),
            (&"a".repeat(64), true),
            (&"a".repeat(65), false),
            ("", false),
            ("a b", false),
            ("a\u{1b}[31m", false),
            ("é", false),
        ] {
            assert_eq!(is_usable(id.as_bytes()), is_kept, "{id:?}");
        }
    }
}
