//! Comparing a value with its golden file.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::fmt::Debug;
use std::path::Path;

/// No type and no vocabulary has such a word, today.
pub const FROM_TOMORROW: &str = "a_word_of_tomorrow";

/// A value is written exactly as its file says, and the file is read back to the same value, even
/// when a newer peer adds fields.
pub fn golden<T: Serialize + DeserializeOwned + PartialEq + Debug>(name: &str, value: &T) {
    let text = golden_with_secret(name, value);
    assert_eq!(&read::<T>(name, &text), value, "{name}.json reads back to another value");
    assert_eq!(&read::<T>(name, &with_strangers(&text)), value, "{name}.json with unknown fields");
}

/// The same for a type that holds a secret and therefore cannot be compared: what is read back is
/// written the same.
pub fn golden_with_secret<T: Serialize + DeserializeOwned>(name: &str, value: &T) -> String {
    let text = pretty(value);
    frozen(name, &text);
    assert_eq!(pretty(&read::<T>(name, &text)), text, "{name}.json reads back to another value");
    assert_eq!(pretty(&read::<T>(name, &with_strangers(&text))), text, "{name}.json with unknown fields");
    text
}

/// The text stands in the file, to the letter.
pub fn frozen(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.json"));
    if std::env::var_os("EGUSI_UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let kept = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{name}.json: {error}; EGUSI_UPDATE_GOLDEN=1 writes it"));
    assert_eq!(text, kept, "{name}.json is not what goes over the wire");
}

pub fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

pub fn read<T: DeserializeOwned>(name: &str, text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}.json cannot be read: {error}\n{text}"))
}

/// The same JSON with one more field in every object, as a newer peer may send it.
fn with_strangers(text: &str) -> String {
    let mut json: Value = serde_json::from_str(text).unwrap();
    add_strangers(&mut json);
    json.to_string()
}

fn add_strangers(json: &mut Value) {
    match json {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                // The object under `step` is no struct: its one key names the variant.
                match value {
                    Value::Object(variant) if name == "step" => {
                        variant.values_mut().for_each(add_strangers);
                    }
                    other => add_strangers(other),
                }
            }
            fields.insert(FROM_TOMORROW.into(), json!({"kind": FROM_TOMORROW, "list": [1, null]}));
        }
        Value::Array(items) => items.iter_mut().for_each(add_strangers),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
