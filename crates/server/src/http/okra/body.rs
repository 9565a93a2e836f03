//! Bodies as Okra's clients in the wild send them: JSON, forms, forms labelled JSON, nothing at
//! all, every value a string, and keys nobody asked for.

use super::OkraError;
use crate::error::ApiError;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use egusi_ledger::{AmountError, minor_from_text};
use egusi_protocol::ErrorCode;
use egusi_store::{AmountIs, Page, Which};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::str::FromStr;

use crate::okra::page::{SIZE_DEFAULT, SIZE_MAX};
use crate::sessions::extras::NAMES_MAX;
use crate::times::{LENIENT_EXPECTED, Named, lenient};

/// The fields of a body, whatever it was. Of an array or an object the JSON text is kept.
#[derive(Debug, Default)]
pub struct Fields(HashMap<String, String>);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = OkraError;

    /// The query, for clients that put everything there, and over it the body.
    async fn from_request(request: Request, state: &S) -> Result<Self, OkraError> {
        let query = request.uri().query().map(|query| Self::form(query.as_bytes())).unwrap_or_default();
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|_| ApiError::refused(ErrorCode::TooLarge, "The body is too large"))?;
        Ok(query.under(Self::read(&bytes)))
    }
}

impl Fields {
    /// Reads a body by what it is, not by what its content type says.
    pub fn read(body: &[u8]) -> Self {
        match serde_json::from_slice::<HashMap<String, &RawValue>>(body) {
            Ok(object) => {
                Self(object.into_iter().filter_map(|(name, json)| Some((name, text_of(json)?))).collect())
            }
            Err(_) => Self::form(body),
        }
    }

    fn form(text: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(text).into_owned().collect())
    }

    /// These fields, where the others do not say something else.
    fn under(mut self, over: Self) -> Self {
        if self.0.is_empty() {
            return over;
        }
        self.0.extend(over.0.into_iter().filter(|(_, text)| !text.trim().is_empty()));
        self
    }

    /// The text of a field, unless it is missing or empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// The same under the first of several names that is there, for what cannot be left out.
    pub fn needed(&self, names: &[&str], expected: &str) -> Result<&str, OkraError> {
        let wanted = names.first().copied().unwrap_or_default();
        names.iter().find_map(|name| self.text(name)).ok_or_else(|| unread(wanted, expected, None))
    }

    /// An id under the first of several names that is there.
    pub fn id<Id: FromStr>(&self, names: &[&str]) -> Result<Id, OkraError> {
        const EXPECTED: &str = "an id of 24 hex digits";
        let wanted = names.first().copied().unwrap_or_default();
        let text = self.needed(names, EXPECTED)?;
        text.parse().map_err(|_| unread(wanted, EXPECTED, Some(text)))
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
        self.needed(&["from"], LENIENT_EXPECTED)?;
        self.needed(&["to"], LENIENT_EXPECTED)?;
        self.optional_period()
    }

    /// The same, where a client may leave out either or both.
    pub fn optional_period(&self) -> Result<(i64, i64), OkraError> {
        let read = |name: &str, pick: fn(Named) -> i64, without: i64| {
            let Some(text) = self.text(name) else { return Ok(without) };
            lenient(text).map(pick).ok_or_else(|| unread(name, LENIENT_EXPECTED, Some(text)))
        };
        Ok((read("from", |named| named.first_ms, i64::MIN)?, read("to", |named| named.after_ms, i64::MAX)?))
    }

    /// `type`, one of those given, and `value` or `amount` in major units: exactly that amount, in
    /// whichever currency.
    pub fn amount(&self, types: &[(&str, Which)], expected: &str) -> Result<AmountIs, OkraError> {
        const AMOUNT: &str = "an amount such as 1234.50";
        let name = self.needed(&["type"], expected)?;
        let which = types.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        let (_, which) = which.ok_or_else(|| unread("type", expected, Some(name)))?;
        let text = self.needed(&["value", "amount"], AMOUNT)?;
        let minor = |decimals| match minor_from_text(text, decimals) {
            Ok(minor) => Ok(Some(minor)),
            Err(AmountError::NotDecimal | AmountError::TwiceSigned) => {
                Err(unread("value", AMOUNT, Some(text)))
            }
            // No account in such a currency can hold it.
            Err(AmountError::TooPrecise | AmountError::TooLarge) => Ok(None),
        };
        Ok(AmountIs { which: *which, minor_by_decimals: [minor(0)?, minor(1)?, minor(2)?, minor(3)?] })
    }

    /// `options`: an object, or its JSON text, or in a form `options[name]=value`. Each name with its
    /// value as compact JSON; what stands in a form is text.
    pub fn options(&self) -> Result<Vec<(String, String)>, OkraError> {
        const EXPECTED: &str = "an object with 1 to 32 names";
        let mut options = Vec::new();
        if let Some(text) = self.text("options") {
            let read = serde_json::from_str::<serde_json::Map<String, Value>>(text);
            let object = read.map_err(|_| unread("options", EXPECTED, Some(text)))?;
            options.extend(object.into_iter().map(|(name, value)| (name, value.to_string())));
        }
        options.extend(self.0.iter().filter_map(|(name, text)| {
            let name = name.strip_prefix("options[")?.strip_suffix(']')?;
            Some((name.to_owned(), Value::String(text.clone()).to_string()))
        }));
        options.sort_unstable();
        match options.len() {
            0 => Err(unread("options", EXPECTED, None)),
            // No connection has more, and the store would choke on thousands.
            1..=NAMES_MAX => Ok(options),
            _ => Err(unread("options", EXPECTED, Some(""))),
        }
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

/// The text of a JSON value. Numbers keep their digits: an amount must not become a float.
fn text_of(json: &RawValue) -> Option<String> {
    let json = json.get();
    match json.as_bytes().first() {
        Some(b'"') => serde_json::from_str(json).ok(),
        Some(b'n') | None => None,
        Some(_) => Some(json.to_owned()),
    }
}

fn unread(name: &str, expected: &str, got: Option<&str>) -> OkraError {
    let got = if got.is_some() { "something else" } else { "nothing" };
    ApiError::refused(ErrorCode::InvalidRequest, format!("{name}: expected {expected}, got {got}")).into()
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

    #[test]
    fn the_body_speaks_over_the_query_unless_it_is_silent() {
        let query = Fields::form(b"id=1&page=3&limit=7");
        let fields = query.under(Fields::read(br#"{"id":"2","page":""}"#));
        assert_eq!((fields.text("id"), fields.page()), (Some("2"), Page::numbered(3, 7)));
    }

    #[test]
    fn an_amount_is_another_number_of_minor_units_in_each_currency() {
        let types = [("ledger_balance", Which::Ledger)];
        let read = |body: &str| Fields::read(body.as_bytes()).amount(&types, "ledger_balance");
        let minor = |body: &str| read(body).ok().unwrap().minor_by_decimals;
        let exact = [None, None, Some(9_007_199_254_740_993), Some(90_071_992_547_409_930)];
        for body in [
            r#"{"type":"ledger_balance","value":90071992547409.93}"#,
            r#"{"type":"LEDGER_BALANCE","amount":"90071992547409.93"}"#,
            "type=ledger_balance&value=90071992547409.930",
        ] {
            assert_eq!(minor(body), exact, "{body}");
        }
        assert_eq!(minor("type=ledger_balance&value=1000"), [1_000, 10_000, 100_000, 1_000_000].map(Some));
        assert_eq!(minor("type=ledger_balance&value=0.00001"), [None; 4]);
        for body in ["type=ledger_balance&value=1e3", "type=ledger_balance", "type=tall&value=1", "value=1"] {
            assert!(read(body).is_err(), "{body}");
        }
    }

    #[test]
    fn options_come_as_an_object_as_its_text_or_name_by_name() {
        for (body, expected) in [
            (r#"{"options":{"order":42, "till":"A 1"}}"#, vec![("order", "42"), ("till", r#""A 1""#)]),
            (r#"{"options":"{\"order\": 42}"}"#, vec![("order", "42")]),
            ("options=%7B%22till%22%3A%22A%201%22%7D", vec![("till", r#""A 1""#)]),
            ("options[till]=A+1&options%5Border%5D=42", vec![("order", r#""42""#), ("till", r#""A 1""#)]),
        ] {
            let options = Fields::read(body.as_bytes()).options().ok().unwrap();
            let options: Vec<_> =
                options.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!(options, expected, "{body}");
        }
        for body in ["", r#"{"options":{}}"#, r#"{"options":[1]}"#, r#"{"options":"x"}"#, "options="] {
            assert!(Fields::read(body.as_bytes()).options().is_err(), "{body}");
        }
    }
}
