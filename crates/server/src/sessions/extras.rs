//! What a host passes along for its own ends: `options` it searches by later, `meta` it gets back,
//! the amount it means to collect, and the App it configured.
//!
//! The wrappers in the wild send junk where they mean nothing (`'null'`, `[]`, a Dart map as text,
//! a charge of empty texts), so whatever cannot be meant counts as missing; what is meant and
//! cannot be used is an error.

use crate::error::ApiError;
use crate::state::AppState;
use egusi_protocol::{AppId, ChargeView, Currency, ErrorCode, OpenSession};
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
    pub charge: Option<ChargeView>,
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
            charge: charge(wanted.charge.as_deref(), wanted.garnish)?,
        })
    }
}

/// What is wrong with the things themselves, whoever passes them.
///
/// # Errors
/// As [`Extras::read`].
pub fn check(wanted: &OpenSession) -> Result<(), ApiError> {
    object("options", wanted.options.as_deref())?;
    anything("meta", wanted.meta.as_deref())?;
    charge(wanted.charge.as_deref(), wanted.garnish)?;
    Ok(())
}

/// An id that no App here has is left alone: pages that come from Okra carry theirs along.
///
/// # Errors
/// If the store cannot answer.
pub async fn known_app(app: &AppState, scope: Scope, id: Option<&str>) -> Result<Option<AppId>, ApiError> {
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

/// The amount to pay is in kobo on the Okra wire, unlike a balance.
fn charge(text: Option<&str>, garnish: bool) -> Result<Option<ChargeView>, ApiError> {
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
    let is_type = charge.get("type").and_then(Value::as_str).is_some_and(|kind| kind.trim() == "garnish");
    let is_said = matches!(charge.get("garnish"), Some(Value::Bool(true)))
        || charge.get("garnish").and_then(Value::as_str).is_some_and(|said| said.trim() == "true");
    Ok(Some(ChargeView { amount_minor, currency, garnish: garnish || is_type || is_said }))
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
            assert!(matches!(charge(Some(junk), true), Ok(None)), "{junk}");
        }
        let empty = r#"{"type":"","amount":"","note":" ","currency":""}"#;
        assert!(matches!(charge(Some(empty), false), Ok(None)));
        assert!(matches!(charge(Some("false"), false), Ok(None)));
        assert!(matches!(charge(Some(r#"{"amount":null}"#), false), Ok(None)));
        assert_eq!(anything("meta", Some("\"undefined\"")).unwrap(), "{}");
    }

    #[test]
    fn what_is_meant_is_kept() {
        assert_eq!(object("options", Some(r#"{ "order" : 7 }"#)).unwrap(), r#"{"order":7}"#);
        assert_eq!(anything("meta", Some("[1, null]")).unwrap(), "[1,null]");
        let read = |text: &str| charge(Some(text), false).unwrap().unwrap();
        let naira = ChargeView { amount_minor: 50_000, currency: Currency::NGN, garnish: false };
        assert_eq!(read(r#"{"amount":50000,"note":"rent"}"#), naira);
        assert_eq!(read(r#"{"amount":" 50000 ","currency":"ngn"}"#), naira);
        for garnish in [r#""type":"garnish""#, r#""garnish":true"#, r#""garnish":"true""#] {
            let read = read(&format!(r#"{{"amount":50000,{garnish}}}"#));
            assert_eq!(read, ChargeView { garnish: true, ..naira }, "{garnish}");
        }
        let besides = charge(Some(r#"{"amount":50000,"garnish":false}"#), true).unwrap().unwrap();
        assert!(besides.garnish, "the option beside the charge says so");
    }

    #[test]
    fn what_is_meant_and_cannot_be_used_is_named() {
        let said = |result: Result<Option<ChargeView>, ApiError>| result.unwrap_err().message().to_owned();
        for amount in ["0", "-5", "12.5", "\"a lot\"", "1e3"] {
            let text = format!(r#"{{"amount":{amount}}}"#);
            assert!(said(charge(Some(&text), false)).starts_with("charge.amount: expected"), "{amount}");
        }
        assert!(
            said(charge(Some(r#"{"amount":5,"currency":"XXX"}"#), false)).starts_with("charge.currency:")
        );
        let long = format!("\"{}\"", "x".repeat(JSON_BYTES_MAX));
        assert!(anything("meta", Some(&long)).is_err());
        let many: Vec<String> = (0..=NAMES_MAX).map(|n| format!("\"n{n}\":1")).collect();
        assert!(object("options", Some(&format!("{{{}}}", many.join(",")))).is_err());
    }
}
