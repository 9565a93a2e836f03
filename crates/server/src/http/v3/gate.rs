//! What every call of v3 passes: who calls, may they, and how many calls they have left.

use crate::auth::{self, Caller, Spelling};
use crate::error::ApiError;
use crate::state::App;
use axum::extract::{Request, State};
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// How many calls the key may make in a minute.
const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
/// How many it may still make at once.
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");

/// Lets a caller in who shows a secret key, and remembers who it is.
pub async fn admit(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match auth::caller(&parts, &app, Spelling::Bearer).await {
        Ok(caller) => {
            parts.extensions.insert(caller);
            let mut answer = next.run(Request::from_parts(parts, body)).await;
            tell_allowance(&caller, answer.headers_mut());
            answer
        }
        Err(why) => {
            let mut answer = ApiError::from(why).into_response();
            if answer.status() == StatusCode::UNAUTHORIZED {
                answer.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            answer
        }
    }
}

fn tell_allowance(caller: &Caller, headers: &mut HeaderMap) {
    let Some(allowance) = caller.allowance else { return };
    headers.insert(LIMIT, HeaderValue::from(allowance.limit));
    headers.insert(REMAINING, HeaderValue::from(allowance.remaining));
}
