//! What a host passes along for its own ends: `options` it searches by later, `meta` it gets back,
//! the amount it means to collect, and the App it configured.
//!
//! The wrappers in the wild send junk where they mean nothing (`'null'`, `[]`, a Dart map as text,
//! a charge of empty texts), so whatever cannot be meant counts as missing; what is meant and
//! cannot be used is an error.

use crate::error::ApiError;
use crate::state::AppState;
use egusi_protocol::{AppId, Currency, ErrorCode, OpenSession};
use egusi_store::{Scope, StoreError};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// JSON text of `options` or of `meta` may be so long.
const JSON_BYTES_MAX: usize = 4096;
/// So many names `options` may have: each of them can be searched by.
pub const NAMES_MAX: usize = 32;

/// The host's own things, checked; kept with the session and then with the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extras {
    /// The App, if it is one of this company's.
    pub app: Option<AppId>,
    /// JSON text of an object, compact.
    pub options: String,
    /// JSON text, compact.
    pub meta: String,
    /// What the host means to collect.
    pub charge: Option<Charge>,
}

/// An amount that an account should hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// In minor units: an amount to pay is in kobo on the Okra wire, unlike a balance.
    pub amount_minor: i64,
    /// What it is in.
    pub currency: Currency,
}

impl Extras {
    /// Reads what came with an opening.
    ///
    /// # Errors
    /// `InvalidRequest`, naming the option, if something is too long or is an amount that is none.
    pub async fn read(app: &AppState, scope: Scope, wanted: &OpenSession) -> Result<Self, ApiError> {
        Ok(Self {
            app: known_app(app, scope, wanted.app_id.as_deref()).await?,
            options: object("options", wanted.options.as_deref())?,
            meta: anything("meta", wanted.meta.as_deref())?,
            charge: charge(wanted.charge.as_deref())?,
        })
    }
}

/// An id that no App here has is left alone: pages that come from Okra carry theirs along.
async fn known_app(app: &AppState, scope: Scope, id: Option<&str>) -> Result<Option<AppId>, ApiError> {
    let Some(id) = id.and_then(|id| id.trim().parse::<AppId>().ok()) else { return Ok(None) };
    match app.store.app(scope, id).await {
        Ok(found) => Ok(Some(found.id)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn object(option: &str, text: Option<&str>) -> Result<String, ApiError> {
    let value = parsed(option, text)?;
    let Value::Object(object) = &value else { return Ok("{}".to_owned()) };
    if object.len() > NAMES_MAX {
        return Err(invalid(format!("{option}: expected at most {NAMES_MAX} names, got {}", object.len())));
    }
    Ok(value.to_string())
}

fn anything(option: &str, text: Option<&str>) -> Result<String, ApiError> {
    Ok(match parsed(option, text)? {
        Value::Null => "{}".to_owned(),
        value => value.to_string(),
    })
}

/// Null for what is missing, and for what wrappers write when they mean that.
fn parsed(option: &str, text: Option<&str>) -> Result<Value, ApiError> {
    let text = text.unwrap_or_default();
    if text.len() > JSON_BYTES_MAX {
        return Err(invalid(format!(
            "{option}: expected at most {JSON_BYTES_MAX} bytes of JSON, got {}",
            text.len()
        )));
    }
    let value = serde_json::from_str(text).unwrap_or_default();
    let means_nothing =
        matches!(&value, Value::String(text) if ["", "null", "undefined"].contains(&text.trim()));
    Ok(if means_nothing { Value::Null } else { value })
}

fn charge(text: Option<&str>) -> Result<Option<Charge>, ApiError> {
    let Value::Object(charge) = parsed("charge", text)? else { return Ok(None) };
    let amount = match charge.get("amount") {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => return Ok(None),
    };
    if amount.is_empty() {
        return Ok(None);
    }
    let amount_minor = amount.parse::<i64>().ok().filter(|amount| *amount > 0).ok_or_else(|| {
        invalid("charge.amount: expected a whole number of minor units (kobo), more than 0".to_owned())
    })?;
    let currency = match charge.get("currency").and_then(Value::as_str).map(str::trim) {
        None | Some("") => Currency::NGN,
        Some(code) => code.parse().map_err(|error| invalid(format!("charge.currency: {error}")))?,
    };
    Ok(Some(Charge { amount_minor, currency }))
}

fn invalid(message: String) -> ApiError {
    ApiError::refused(ErrorCode::InvalidRequest, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_junk_of_wrappers_means_nothing() {
        for junk in ["", "null", "\"null\"", "\"'[object Object]'\"", "[]", "{", "7", "\"{a: b}\""] {
            assert_eq!(object("options", Some(junk)).unwrap(), "{}", "{junk}");
            assert!(matches!(charge(Some(junk)), Ok(None)), "{junk}");
        }
        let empty = r#"{"type":"","amount":"","note":" ","currency":""}"#;
        assert!(matches!(charge(Some(empty)), Ok(None)));
        assert!(matches!(charge(Some("false")), Ok(None)));
        assert!(matches!(charge(Some(r#"{"amount":null}"#)), Ok(None)));
        assert_eq!(anything("meta", Some("\"undefined\"")).unwrap(), "{}");
    }

    #[test]
    fn what_is_meant_is_kept() {
        assert_eq!(object("options", Some(r#"{ "order" : 7 }"#)).unwrap(), r#"{"order":7}"#);
        assert_eq!(anything("meta", Some("[1, null]")).unwrap(), "[1,null]");
        let read = |text: &str| charge(Some(text)).unwrap().unwrap();
        let naira = Charge { amount_minor: 50_000, currency: Currency::NGN };
        assert_eq!(read(r#"{"amount":50000,"note":"rent"}"#), naira);
        assert_eq!(read(r#"{"amount":" 50000 ","currency":"ngn"}"#), naira);
    }

    #[test]
    fn what_is_meant_and_cannot_be_used_is_named() {
        let said = |result: Result<Option<Charge>, ApiError>| result.unwrap_err().message().to_owned();
        for amount in ["0", "-5", "12.5", "\"a lot\"", "1e3"] {
            let text = format!(r#"{{"amount":{amount}}}"#);
            assert!(said(charge(Some(&text))).starts_with("charge.amount: expected"), "{amount}");
        }
        assert!(said(charge(Some(r#"{"amount":5,"currency":"XXX"}"#))).starts_with("charge.currency:"));
        let long = format!("\"{}\"", "x".repeat(JSON_BYTES_MAX));
        assert!(anything("meta", Some(&long)).is_err());
        let many: Vec<String> = (0..=NAMES_MAX).map(|n| format!("\"n{n}\":1")).collect();
        assert!(object("options", Some(&format!("{{{}}}", many.join(",")))).is_err());
    }
}
