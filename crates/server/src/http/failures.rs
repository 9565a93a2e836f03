//! What is said when a call took too long or broke off: no handler answers then, and still each of
//! the two APIs finds its `message`.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use egusi_protocol::ErrorCode;
use serde::Serialize;
use std::any::Any;

/// Okra's `status` and `message`, our `code` and `message`.
#[derive(Serialize)]
struct Failure {
    status: &'static str,
    code: ErrorCode,
    message: &'static str,
}

/// Puts words to the bare 503 of a call that was cut off.
pub async fn in_words(answer: Response) -> Response {
    let is_bare =
        answer.status() == StatusCode::SERVICE_UNAVAILABLE && !answer.headers().contains_key(CONTENT_TYPE);
    if !is_bare {
        return answer;
    }
    said(
        StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Unavailable,
        "This took too long. Try again in a moment.",
    )
}

/// What is answered when a handler panicked. The panic itself goes to the log and never into an answer.
#[allow(clippy::needless_pass_by_value)] // The layer hands it over.
pub fn broke_off(_panic: Box<dyn Any + Send + 'static>) -> Response {
    said(StatusCode::INTERNAL_SERVER_ERROR, ErrorCode::Internal, "Something went wrong on the server.")
}

fn said(status: StatusCode, code: ErrorCode, message: &'static str) -> Response {
    (status, Json(Failure { status: "error", code, message })).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;

    async fn message(answer: Response) -> String {
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        format!("{} {} {}", json["status"], json["code"], json["message"])
    }

    #[tokio::test]
    async fn a_call_that_was_cut_off_has_words() {
        let cut = in_words(StatusCode::SERVICE_UNAVAILABLE.into_response()).await;
        assert_eq!(cut.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(message(cut).await.starts_with(r#""error" "unavailable" "This took too long"#));
        let panicked = broke_off(Box::new("a secret of the stack"));
        assert_eq!(panicked.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!message(panicked).await.contains("secret"));
    }

    #[tokio::test]
    async fn an_answer_with_words_of_its_own_keeps_them() {
        let own = (StatusCode::SERVICE_UNAVAILABLE, Json("later")).into_response();
        let bytes = in_words(own).await.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(&bytes[..], b"\"later\"");
    }
}
