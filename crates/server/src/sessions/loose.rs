//! What wrappers in the wild send where an object or a list is meant: JSON, JSON within a text, and
//! the text of a Dart map such as `{industry_type: all, banks: [a, b]}`, with or without quotes.
//!
//! Whatever cannot be meant is `null`.

use serde_json::{Map, Value};

/// An object or a list; anything else is null.
pub fn read(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(Value::String(inner)) => within(&inner),
        Ok(value) => some(value),
        Err(_) => within(text),
    }
}

/// What a single value says, if it says anything.
pub fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => meant(text).map(str::to_owned),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A text that is more than what wrappers write for nothing.
pub fn meant(text: &str) -> Option<&str> {
    let text = bare(text);
    let is_junk =
        ["", "null", "undefined", "false", "[]", "{}"].contains(&text) || text.starts_with("[object");
    (!is_junk).then_some(text)
}

fn within(text: &str) -> Value {
    let Some(text) = meant(text) else { return Value::Null };
    match serde_json::from_str(text) {
        Ok(value) => some(value),
        Err(_) => dart(text),
    }
}

fn some(value: Value) -> Value {
    if value.is_object() || value.is_array() { value } else { Value::Null }
}

fn bare(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\'' || letter == '"')
}

/// The text of a Dart map or list, whose words stand without quotes.
fn dart(text: &str) -> Value {
    if let Some(inside) = inside(text, '{', '}') {
        let members = parts(inside).filter_map(|part| {
            let (name, value) = part.split_once(':')?;
            Some((bare(name).to_owned(), value_of(value.trim())))
        });
        return Value::Object(members.collect::<Map<_, _>>());
    }
    match inside(text, '[', ']') {
        Some(inside) => Value::Array(parts(inside).map(value_of).collect()),
        None => Value::Null,
    }
}

/// Nothing that is read here lies deeper than a list in a map.
fn value_of(text: &str) -> Value {
    match inside(text, '[', ']') {
        Some(inside) => {
            Value::Array(parts(inside).map(|part| Value::String(bare(part).to_owned())).collect())
        }
        None => Value::String(bare(text).to_owned()),
    }
}

fn inside(text: &str, open: char, close: char) -> Option<&str> {
    text.trim().strip_prefix(open)?.strip_suffix(close)
}

/// What stands between commas that are in no brackets.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_u32;
    let split = text.split(move |letter| {
        match letter {
            '[' | '{' => depth = depth.saturating_add(1),
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == ',' && depth == 0
    });
    split.map(str::trim).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_thing_is_read_in_all_its_spellings() {
        let meant = json!({"industry_type": "all", "banks": ["a-bank", "b-bank"]});
        let within = serde_json::to_string(&meant.to_string()).unwrap();
        for text in [
            &meant.to_string(),
            &within,
            "{industry_type: all, banks: [a-bank, b-bank]}",
            "'{industry_type: all, banks: [a-bank, b-bank]}'",
            r#""{industry_type: all, banks: [a-bank, b-bank]}""#,
            r#""'{industry_type: all, banks: [a-bank, b-bank]}'""#,
            r#"  " '{ "industry_type" : 'all' , banks:[a-bank,b-bank] }' ""#,
            "{banks: [a-bank, b-bank], industry_type: all}",
        ] {
            assert_eq!(read(text), meant, "{text}");
        }
        assert_eq!(read("[a, b]"), json!(["a", "b"]));
        assert_eq!(read(r#"["a","b"]"#), json!(["a", "b"]));
    }

    #[test]
    fn junk_is_nothing() {
        for text in [
            "",
            "null",
            "'null'",
            "\"'null'\"",
            "undefined",
            "\"[object Object]\"",
            "'[object Object]'",
            "\"'[object Map]'\"",
            "7",
            "true",
            "\"{\"",
            "a-bank",
            "}{",
            "[",
        ] {
            assert_eq!(read(text), Value::Null, "{text}");
        }
        assert_eq!((read("[]"), read("{}")), (json!([]), json!({})));
    }

    #[test]
    fn a_value_may_be_a_number() {
        assert_eq!(word(&json!(22222222222_u64)).as_deref(), Some("22222222222"));
        assert_eq!(word(&json!(" 'a' ")).as_deref(), Some("a"));
        for nothing in [json!("null"), json!(" "), json!(null), json!({}), json!(["a"]), json!(true)] {
            assert_eq!(word(&nothing), None, "{nothing}");
        }
    }
}
