//! The sentences the customer reads. They are data, one file a language, under `www/text`.

use js_sys::{JSON, Reflect};
use wasm_bindgen::JsValue;

const ENGLISH: &str = include_str!("../www/text/en.json");

/// The sentences of one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    sentences: JsValue,
    /// Language tag (BCP 47), for the server's consent record and for figures.
    pub language: &'static str,
}

impl Text {
    /// English, which is compiled in.
    pub fn english() -> Self {
        // The browser's parser is already there; serde_json would add 20 KB. A broken file fails a
        // native test, so the fallback is never seen.
        Self { sentences: JSON::parse(ENGLISH).unwrap_or(JsValue::NULL), language: "en" }
    }

    /// The sentence of that name. A name that is not in the file comes back as it is.
    pub fn say(&self, name: &str) -> String {
        Reflect::get(&self.sentences, &name.into())
            .ok()
            .and_then(|text| text.as_string())
            .unwrap_or_else(|| name.into())
    }

    /// The sentence with `{hole}`s filled. What is filled in is text and is not read again.
    pub fn fill(&self, name: &str, holes: &[(&str, &str)]) -> String {
        fill(&self.say(name), holes)
    }
}

/// Fills `{hole}`s, left to right; a hole nobody fills stays as it is.
fn fill(sentence: &str, holes: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let hole = after.split_once('}').and_then(|(hole, after)| {
            holes.iter().find(|(name, _)| *name == hole).map(|(_, value)| (*value, after))
        });
        match hole {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_once_and_never_from_what_fills_them() {
        assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "2")]), "{b} and 2");
        assert_eq!(fill("100 % {unknown} {a", &[("a", "1")]), "100 % {unknown} {a");
    }
}
