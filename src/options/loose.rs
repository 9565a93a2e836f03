//! A value of whatever type a wrapper made of it, and what of it counts as missing.

use super::error::shown;
use js_sys::{Array, JSON};
use wasm_bindgen::{JsCast, JsValue};

/// A value of whatever type a wrapper made of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Loose {
    /// Missing, null, or something that means so.
    #[default]
    Missing,
    /// A text, or a whole number as text.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
    /// The texts of a list; what is no text stands as its kind.
    List(Vec<String>),
    /// Something else, named for the error.
    Other(&'static str),
}

/// What wrappers write where they have nothing, without what may stand around it.
const NOTHING: [&str; 6] = ["", "null", "undefined", "{}", "object Object", "object Map"];

impl Loose {
    /// Reads one value of the page.
    pub fn from_js(value: &JsValue) -> Self {
        if let Some(flag) = value.as_bool() {
            return Self::Flag(flag);
        }
        if let Some(number) = value.as_f64() {
            return Self::from_number(number);
        }
        if let Some(text) = value.as_string() {
            return Self::from_text(&text);
        }
        if let Some(list) = value.dyn_ref::<Array>() {
            return Self::from_list(list.iter().map(|item| Self::from_js(&item)));
        }
        // A date is a text to JSON, a function is nothing.
        let json = JSON::stringify(value).ok().map(|text| text.as_string().unwrap_or_default());
        Self::from_object(json.as_deref())
    }

    pub(super) fn from_text(text: &str) -> Self {
        if NOTHING.iter().any(|nothing| bare(text).eq_ignore_ascii_case(nothing)) {
            return Self::Missing;
        }
        Self::Text(text.trim().to_owned())
    }

    /// Only whole numbers a double holds exactly: no digit of an account number may be a guess.
    pub(super) fn from_number(number: f64) -> Self {
        const SAFE_INTEGER_MAX: i64 = 9_007_199_254_740_991;
        // Checked right below: what was cut off, or was no number, does not come back equal.
        #[allow(clippy::cast_possible_truncation)]
        let whole = number as i64;
        #[allow(clippy::cast_precision_loss)]
        if whole as f64 == number && whole.unsigned_abs() <= SAFE_INTEGER_MAX.unsigned_abs() {
            return Self::Text(whole.to_string());
        }
        Self::Other("a number")
    }

    pub(super) fn from_list(items: impl Iterator<Item = Self>) -> Self {
        let word = |item: Self| match item {
            Self::Text(word) => word,
            other => other.describe(),
        };
        let words: Vec<String> = items.map(word).collect();
        if words.is_empty() { Self::Missing } else { Self::List(words) }
    }

    /// An object by its JSON, which may be that of a text or of nothing.
    pub(super) fn from_object(json: Option<&str>) -> Self {
        match json {
            Some("" | "{}" | "null") => Self::Missing,
            Some(text) if text.starts_with('"') => Self::from_text(bare(text)),
            _ => Self::Other("an object"),
        }
    }

    /// What an error says of it.
    pub fn describe(&self) -> String {
        match self {
            Self::Missing => "nothing".into(),
            Self::Text(text) => shown(text),
            Self::Flag(true) => "true".into(),
            Self::Flag(false) => "false".into(),
            Self::List(_) => "a list".into(),
            Self::Other(kind) => (*kind).into(),
        }
    }
}

/// Without the spaces, quotation marks and brackets around it.
pub(super) fn bare(text: &str) -> &str {
    text.trim_matches(|around| matches!(around, ' ' | '\'' | '"' | '[' | ']'))
}
