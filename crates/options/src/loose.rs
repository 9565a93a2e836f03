//! A value of whatever type a wrapper made of it, and what of it counts as missing.

use super::error::shown;

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
    /// A text, or what stands for nothing.
    #[inline]
    pub fn from_text(text: &str) -> Self {
        if NOTHING.iter().any(|nothing| bare(text).eq_ignore_ascii_case(nothing)) {
            return Self::Missing;
        }
        Self::Text(text.trim().to_owned())
    }

    /// Only whole numbers a double holds exactly: no digit of an account number may be a guess.
    #[inline]
    pub fn from_number(number: f64) -> Self {
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

    /// A list, whose items are texts or stand as their kinds.
    #[inline]
    pub fn from_list(items: impl Iterator<Item = Self>) -> Self {
        let word = |item: Self| match item {
            Self::Text(word) => word,
            other => other.describe(),
        };
        let words: Vec<String> = items.map(word).collect();
        if words.is_empty() { Self::Missing } else { Self::List(words) }
    }

    /// An object by its JSON, which may be that of a text or of nothing.
    #[inline]
    pub fn from_object(json: Option<&str>) -> Self {
        match json {
            Some("" | "{}" | "null") => Self::Missing,
            Some(text) if text.starts_with('"') => Self::from_text(bare(text)),
            _ => Self::Other("an object"),
        }
    }

    /// What an error says of it.
    #[inline]
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
