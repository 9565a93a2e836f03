//! Bodies as Okra's clients in the wild send them: JSON, forms, forms labelled JSON, nothing at
//! all, every value a string, and keys nobody asked for.

use super::OkraError;
use crate::error::ApiError;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use egusi_protocol::ErrorCode;
use egusi_store::Page;
use serde_json::Value;
use std::collections::HashMap;
use std::str::FromStr;

use crate::okra::dates;
use crate::okra::page::{SIZE_DEFAULT, SIZE_MAX};

/// The fields of a body, whatever it was.
#[derive(Debug, Default)]
pub struct Fields(HashMap<String, String>);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = OkraError;

    async fn from_request(request: Request, state: &S) -> Result<Self, OkraError> {
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|_| ApiError::refused(ErrorCode::TooLarge, "The body is too large"))?;
        Ok(Self::read(&bytes))
    }
}

impl Fields {
    /// Reads a body by what it is, not by what its content type says.
    pub fn read(body: &[u8]) -> Self {
        if let Ok(Value::Object(object)) = serde_json::from_slice(body) {
            let text = |value: Value| match value {
                Value::String(text) => Some(text),
                Value::Number(number) => Some(number.to_string()),
                Value::Bool(flag) => Some(flag.to_string()),
                Value::Null | Value::Array(_) | Value::Object(_) => None,
            };
            return Self(object.into_iter().filter_map(|(name, value)| Some((name, text(value)?))).collect());
        }
        Self(url::form_urlencoded::parse(body).into_owned().collect())
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// An id under the first of several names that is there.
    pub fn id<Id: FromStr>(&self, names: &[&str]) -> Result<Id, OkraError> {
        let wanted = names.first().copied().unwrap_or_default();
        let text = names.iter().find_map(|name| self.text(name));
        let id = text.and_then(|text| text.parse().ok());
        id.ok_or_else(|| {
            let got = if text.is_some() { "something else" } else { "nothing" };
            ApiError::refused(
                ErrorCode::InvalidRequest,
                format!("{wanted}: expected an id of 24 hex digits, got {got}"),
            )
            .into()
        })
    }

    /// The same, where a client may leave it out.
    pub fn optional_id<Id: FromStr>(&self, names: &[&str]) -> Result<Option<Id>, OkraError> {
        match names.iter().any(|name| self.text(name).is_some()) {
            true => self.id(names).map(Some),
            false => Ok(None),
        }
    }

    /// `from` and `to`, both required, `to` to its end; in unix milliseconds, the end excluded.
    pub fn period(&self) -> Result<(i64, i64), OkraError> {
        let read = |name: &str, read: fn(&str) -> Option<i64>| {
            let text = self.text(name).unwrap_or_default();
            read(text).ok_or_else(|| {
                let got = if text.is_empty() { "nothing" } else { "something else" };
                let message = format!("{name}: expected {}, got {got}", dates::EXPECTED);
                OkraError::from(ApiError::refused(ErrorCode::InvalidRequest, message))
            })
        };
        Ok((read("from", dates::from_ms)?, read("to", dates::after_ms)?))
    }

    /// `page` and `limit`; what is missing or no number takes the default.
    pub fn page(&self) -> Page {
        let number =
            |name| self.text(name).and_then(|text| text.parse::<u32>().ok()).filter(|number| *number > 0);
        Page::numbered(number("page").unwrap_or(1), number("limit").unwrap_or(SIZE_DEFAULT).min(SIZE_MAX))
    }

    /// `includePeriodic`, true unless it says false in any of the spellings clients use.
    pub fn include_periodic(&self) -> bool {
        !self.text("includePeriodic").is_some_and(|text| text.eq_ignore_ascii_case("false") || text == "0")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egusi_protocol::BalanceId;

    const ID: &str = "5d6fe57a4099cc4b210bbec0";

    #[test]
    fn every_kind_of_body_is_read() {
        for body in [
            format!(r#"{{"id":"{ID}","page":"2","limit":"5","includePeriodic":"False","junk":[]}}"#),
            format!(r#"{{"id":" {ID} ","page":2,"limit":5,"includePeriodic":false}}"#),
            format!("id={ID}&page=2&limit=5&includePeriodic=false&%3Climit%3E=x"),
        ] {
            let fields = Fields::read(body.as_bytes());
            let id: BalanceId = fields.id(&["id"]).ok().unwrap();
            assert_eq!(id.to_string(), ID, "{body}");
            assert_eq!(fields.page(), Page::numbered(2, 5), "{body}");
            assert!(!fields.include_periodic(), "{body}");
        }
    }

    #[test]
    fn what_is_missing_takes_the_default() {
        for body in ["", "{}", r#"{"page":"","limit":null}"#, "page=-1&limit=0", "\u{0}\u{1}"] {
            let fields = Fields::read(body.as_bytes());
            assert_eq!(fields.page(), Page::numbered(1, SIZE_DEFAULT), "{body:?}");
            assert!(fields.include_periodic(), "{body:?}");
            assert!(fields.id::<BalanceId>(&["id"]).is_err(), "{body:?}");
        }
    }
}
