//! Bodies are read before anybody answers, wanted or not. An answer that overtakes the body of its
//! call ends the connection, and the client, which is still sending, sees it break.

use crate::error::ApiError;
use crate::http::BODY_BYTES_MAX;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use egusi_protocol::ErrorCode;
use http_body_util::BodyExt;

/// Read on for so long to bring a refusal home; beyond that the connection may break.
const READ_BYTES_MAX: usize = 1024 * 1024;

/// Lets a call in when all of it has arrived. One that is too large comes in with just enough for
/// whoever reads it to see that.
pub async fn arrived(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match read(body).await {
        Some(body) => next.run(Request::from_parts(parts, body)).await,
        None => {
            let message = "body: expected all of it, got a part before the connection broke";
            ApiError::refused(ErrorCode::InvalidRequest, message).into_response()
        }
    }
}

/// None if it broke off: half a body must not pass for a whole one.
async fn read(mut body: Body) -> Option<Body> {
    let (mut kept, mut length) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.ok()?.into_data() else { continue };
        length += data.len();
        if length <= BODY_BYTES_MAX {
            kept.extend_from_slice(&data);
        } else if length > READ_BYTES_MAX {
            break;
        }
    }
    if length > BODY_BYTES_MAX {
        kept.resize(BODY_BYTES_MAX + 1, 0);
    }
    Some(Body::from(Bytes::from(kept)))
}
