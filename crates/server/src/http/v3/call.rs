//! What handlers of v3 take: the caller with the query, and the body. Each refuses what it cannot
//! read in v3's own error shape.

use super::invalid;
use super::query::{Given, Query};
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::BODY_BYTES_MAX;
use crate::sessions::opening::quoted;
use crate::state::App;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use egusi_protocol::ErrorCode;
use egusi_store::Scope;
use serde::de::DeserializeOwned;

/// Who calls, and what they ask in the query. Every handler takes one, so that no query goes unread.
pub struct Call<Q = ()> {
    /// The server.
    pub app: App,
    /// Whose data, in which world.
    pub scope: Scope,
    /// The query, read.
    pub query: Q,
}

impl<Q: Query> FromRequestParts<App> for Call<Q> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let caller = <Caller as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        let given = Given::read(parts.uri.query().unwrap_or_default(), Q::PARAMS)?;
        Ok(Self { app: app.clone(), scope: caller.scope, query: Q::read(&given)? })
    }
}

/// A JSON body, without fields nobody knows.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        check_type(request.headers().get(CONTENT_TYPE).map(|value| value.as_bytes()))?;
        let bytes = Bytes::from_request(request, app).await.map_err(|_| {
            ApiError::refused(
                ErrorCode::TooLarge,
                format!("body: expected at most {BODY_BYTES_MAX} bytes, got more, or the connection broke"),
            )
        })?;
        read(&bytes).map(Self)
    }
}

fn check_type(label: Option<&[u8]>) -> Result<(), ApiError> {
    let label = String::from_utf8_lossy(label.unwrap_or_default()).into_owned();
    let kind = label.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let got = if label.is_empty() { "nothing".to_owned() } else { quoted(&label) };
    Err(invalid(format!("content-type: expected application/json, got {got}")))
}

/// Reads a body, or says which field is wrong. No body of v3 holds a secret, so what arrived may be
/// repeated.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let why = error.into_inner();
        if !why.is_data() {
            return invalid("body: expected JSON, got something else");
        }
        let field = if path == "." { "body".to_owned() } else { shortened(&path) };
        invalid(format!("{field}: {}", shortened(&why.to_string())))
    })?;
    json.end().map_err(|_| invalid("body: expected one JSON value, got more"))?;
    Ok(read)
}

fn shortened(text: &str) -> String {
    const CHARS_MAX: usize = 200;
    text.chars().take(CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::v3::account::Threshold;
    use crate::v3::app::AppWanted;

    fn refusal<T: DeserializeOwned>(body: &str) -> String {
        match read::<T>(body.as_bytes()) {
            Ok(_) => panic!("{body} was read"),
            Err(error) => error.message().to_owned(),
        }
    }

    #[test]
    fn a_wrong_field_is_named() {
        for (body, message) in [
            ("", "body: expected JSON, got something else"),
            ("{", "body: expected JSON, got something else"),
            ("\u{feff}{}", "body: expected JSON, got something else"),
            ("{\"amount\":\"1\"} {}", "body: expected one JSON value, got more"),
        ] {
            assert_eq!(refusal::<Threshold>(body), message, "{body:?}");
        }
        for (body, beginning) in [
            ("{}", "body: missing field `amount`"),
            ("{\"amount\":5}", "amount: invalid type: integer `5`, expected a string"),
            ("{\"amount\":\"5\",\"colour\":1}", "colour: unknown field `colour`, expected `amount`"),
            ("{\"amount\":\"5\",\"amount\":\"6\"}", "body: duplicate field `amount`"),
        ] {
            assert!(refusal::<Threshold>(body).starts_with(beginning), "{}", refusal::<Threshold>(body));
        }
        let wrong = refusal::<AppWanted>(r#"{"name":"a","low_funds":{"XXX":"1"}}"#);
        assert!(wrong.contains("a currency is an ISO 4217 code"), "{wrong}");
    }
}
