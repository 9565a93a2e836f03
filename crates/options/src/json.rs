//! The host's object as JSON carries it.

use super::{Given, Loose, OptionError, Options, check, refuse_if_long};
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

struct Sent<'a>(&'a Value);

impl Given for Sent<'_> {
    fn value(&self, name: &'static str) -> Loose {
        self.0.get(name).map(loose).unwrap_or_default()
    }

    fn json(&self, name: &'static str) -> Option<String> {
        self.0.get(name).map(Value::to_string)
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
