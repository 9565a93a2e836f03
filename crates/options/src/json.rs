//! The host's object as JSON carries it.

use super::{Given, Inner, Loose, OptionError, Options, check, check_strictly, refuse_if_long};
use serde_json::Value;

/// Reads and checks options that came as JSON, as the widget reads those of a page.
///
/// # Errors
/// The first option that cannot be used.
pub fn read_json(given: &Value) -> Result<Options, OptionError> {
    if !given.is_object() {
        return Err(OptionError::new("options", "an object", loose(given).describe()));
    }
    refuse_if_long(given.to_string().chars().count())?;
    check(&Sent(given))
}

/// The same, and stricter: for options that are kept, whose author is there to read what is wrong.
///
/// # Errors
/// The first option that cannot be used.
pub fn read_json_strictly(given: &Value) -> Result<Options, OptionError> {
    read_json(given)?;
    check_strictly(&Sent(given))
}

struct Sent<'a>(&'a Value);

impl Given for Sent<'_> {
    fn value(&self, name: &'static str) -> Loose {
        self.0.get(name).map(loose).unwrap_or_default()
    }

    fn json(&self, name: &'static str) -> Option<String> {
        self.0.get(name).map(Value::to_string)
    }

    fn inner(&self, name: &'static str) -> Vec<Inner> {
        let mut found = Vec::new();
        for (outer, value) in self.0.get(name).and_then(Value::as_object).into_iter().flatten() {
            match value.as_object() {
                Some(object) => found
                    .extend(object.iter().map(|(inner, value)| (outer.clone(), inner.clone(), text(value)))),
                None => found.push((outer.clone(), String::new(), None)),
            }
        }
        found
    }
}

/// Numbers are written as texts too.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn loose(value: &Value) -> Loose {
    match value {
        Value::Null => Loose::Missing,
        Value::Bool(flag) => Loose::Flag(*flag),
        Value::Number(number) => number.as_f64().map_or(Loose::Missing, Loose::from_number),
        Value::String(text) => Loose::from_text(text),
        Value::Array(items) => Loose::from_list(items.iter().map(loose)),
        Value::Object(_) => Loose::from_object(Some(&value.to_string())),
    }
}
