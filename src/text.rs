//! The sentences the customer reads: data, one file a language under `www/text/widget`, which the page hands in.
//!
//! None is compiled in, so that a browser fetches the language in use and no other. A sentence that a language
//! lacks stands there in English already: the build puts it in.

use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// What browsers whose `Intl` does not know a language write figures, times and plurals by: the English of the
/// country where these languages are at home.
const NEXT_BEST: &str = "en-NG";

/// The sentences of one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    sentences: JsValue,
    /// Language tag (BCP 47), for the server's consent record and for figures.
    pub language: String,
}

impl Text {
    /// The text a page hands in: `{language, sentences}`. Whatever is missing of it is said by its name, in
    /// English.
    pub fn given(text: &JsValue) -> Self {
        let of = |name: &str| Reflect::get(text, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let language = of("language").as_string().unwrap_or_else(|| "en".into());
        Self { sentences: of("sentences"), language }
    }

    fn find(&self, name: &str) -> Option<String> {
        Reflect::get(&self.sentences, &name.into()).ok()?.as_string()
    }

    /// The sentence of that name. A name that is not in the file comes back as it is.
    pub fn say(&self, name: &str) -> String {
        self.find(name).unwrap_or_else(|| name.into())
    }

    /// The sentence with `{hole}`s filled. What is filled in is text and is not read again.
    pub fn fill(&self, name: &str, holes: &[(&str, &str)]) -> String {
        fill(&self.say(name), holes)
    }

    /// The sentence in the form that goes with a number, such as `name.one` or `name.other`: the categories of
    /// CLDR (Unicode TR 35, Language Plural Rules), by the browser's own table.
    pub fn count(&self, name: &str, number: u32, holes: &[(&str, &str)]) -> String {
        let rules = Intl::PluralRules::new(&self.locales(), &Object::new());
        let category = rules.select(number.into()).as_string().unwrap_or_default();
        let form = self.find(&format!("{name}.{category}"));
        fill(&form.unwrap_or_else(|| self.say(&format!("{name}.other"))), holes)
    }

    /// What `Intl` is asked for: the language, or the next best where a browser does not know it.
    pub fn locales(&self) -> Array {
        Array::of2(&self.language.as_str().into(), &NEXT_BEST.into())
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
