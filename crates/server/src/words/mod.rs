//! What customers read of this server, in their language: the sentences of `www/text`, their plural
//! forms, figures, days and times.
//!
//! [`Words`] is one language. [`choice`] says which one a page speaks, [`figures`] how numbers are
//! written. The window itself says its sentences in the browser; here are the pages the server writes.
//!
//! Invariant: a sentence that a language lacks is said in English, never by its name alone.

pub mod choice;
pub mod figures;

use egusi_protocol::Currency;
use figures::Writing;
use rust_embed::RustEmbed;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The language of everybody whose own is not spoken here.
pub const ENGLISH: &str = "en";

/// Every language there may be a file for, in the order they are offered.
const TAGS: [&str; 9] = ["en", "pcm", "ha", "yo", "ig", "fr", "pt", "sw", "ar"];

/// The files of sentences. One more file is all that one more language needs.
#[derive(RustEmbed)]
#[folder = "../../www/text"]
struct Files;

type Sentences = HashMap<String, String>;

/// One language.
#[derive(Clone)]
pub struct Words {
    language: &'static str,
    sentences: Sentences,
    writing: &'static Writing,
}

static SPOKEN: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let tags = TAGS.into_iter().filter(|tag| is_there(tag));
    tags.map(|language| Words { language, sentences: read(language), writing: Writing::of(language) })
        .collect()
});

static SPOKEN_TAGS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| SPOKEN.iter().map(|words| words.language).collect());

fn is_there(tag: &str) -> bool {
    tag == ENGLISH || Files::get(&format!("widget/{tag}.json")).is_some()
}

/// The window's sentences, and those that only pages of the server say and the WebAssembly need not
/// carry. A broken file fails a test, so that nothing is left of it is never seen.
fn read(tag: &str) -> Sentences {
    let files =
        ["widget", "pages"].into_iter().filter_map(|folder| Files::get(&format!("{folder}/{tag}.json")));
    files.flat_map(|file| serde_json::from_slice::<Sentences>(&file.data).unwrap_or_default()).collect()
}

impl Words {
    /// The language of that tag, or the one it belongs to: `fr-CI` is French. English for any other.
    pub fn of(tag: &str) -> &'static Self {
        let language = choice::spoken(tag, Self::tags()).unwrap_or(ENGLISH);
        SPOKEN.iter().find(|words| words.language == language).unwrap_or(&SPOKEN[0])
    }

    /// Every language that is spoken, English first.
    pub fn all() -> &'static [Self] {
        &SPOKEN
    }

    /// The tags of all of them.
    pub fn tags() -> &'static [&'static str] {
        &SPOKEN_TAGS
    }

    /// The same language with single sentences in somebody's own words; names of none are left out.
    #[must_use]
    pub fn with(&self, own: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut words = self.clone();
        for (name, text) in own {
            if let Some(sentence) = words.sentences.get_mut(&name) {
                *sentence = text;
            }
        }
        words
    }

    /// The tag of the language (BCP 47), for the page and for the consent record.
    pub const fn language(&self) -> &'static str {
        self.language
    }

    /// What the language calls itself.
    pub fn name(&self) -> &str {
        self.sentences.get("language.name").map_or(self.language, String::as_str)
    }

    /// Which way it is written: `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        if self.sentences.get("language.dir").is_some_and(|way| way == "rtl") { "rtl" } else { "ltr" }
    }

    fn find(&self, name: &str) -> Option<&str> {
        self.sentences.get(name).map(String::as_str)
    }

    /// English, unless this is it.
    fn beneath(&self) -> Option<&'static Self> {
        SPOKEN.first().filter(|english| english.language != self.language)
    }

    /// The sentence of that name, in English where the language lacks it. A name that is in no file comes
    /// back as it is.
    pub fn say<'a>(&'a self, name: &'a str) -> &'a str {
        self.find(name).or_else(|| self.beneath()?.find(name)).unwrap_or(name)
    }

    /// The sentence with `{hole}`s filled, read once from start to end: what is filled in is not read.
    pub fn fill(&self, name: &str, holes: &[(&str, &str)]) -> String {
        filled(self.say(name), holes)
    }

    /// The sentence in the form that goes with a number.
    pub fn count(&self, name: &str, number: u32, holes: &[(&str, &str)]) -> String {
        let form = |category: &str| self.find(&format!("{name}.{category}"));
        match (form(self.writing.category(number)).or_else(|| form("other")), self.beneath()) {
            (Some(sentence), _) => filled(sentence, holes),
            (None, Some(english)) => english.count(name, number, holes),
            (None, None) => name.to_owned(),
        }
    }

    /// An amount without its currency.
    pub fn figure(&self, minor: i64, currency: Currency) -> String {
        self.writing.figure(minor, currency)
    }

    /// The day of a time, in UTC.
    pub fn date(&self, at_ms: i64) -> String {
        self.writing.date(at_ms)
    }

    /// A time of the day. A page without script cannot know where its reader is.
    pub fn time_of_day(&self, at_ms: i64) -> String {
        format!("{} UTC", self.writing.time_of_day(at_ms))
    }
}

fn filled(sentence: &str, holes: &[(&str, &str)]) -> String {
    let mut parts = sentence.split('{');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let hole = part.split_once('}');
        let known =
            hole.and_then(|(hole, rest)| Some((holes.iter().find(|(name, _)| *name == hole)?.1, rest)));
        match known {
            Some((value, rest)) => filled.extend([value, rest]),
            None => filled.extend(["{", part]),
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentences_are_there_and_holes_are_filled_once() {
        let english = Words::of(ENGLISH);
        assert_eq!((english.language(), english.name(), english.direction()), ("en", "English", "ltr"));
        assert_eq!(english.say("banks.title"), "Choose your bank");
        assert_eq!(english.say("plain.find"), "Search");
        assert_eq!(english.fill("progress", &[("step", "{step}")]), "Step {step} of 5");
        assert_eq!(english.fill("a {b} {", &[("b", "c")]), "a c {");
    }

    #[test]
    fn every_file_can_be_read_whole() {
        for file in Files::iter() {
            let text = Files::get(&file).unwrap();
            let sentences = serde_json::from_slice::<Sentences>(&text.data);
            assert!(sentences.is_ok_and(|sentences| !sentences.is_empty()), "{file}");
            let tag = file.rsplit('/').next().unwrap().trim_end_matches(".json").to_owned();
            assert!(TAGS.contains(&tag.as_str()), "{file} is of no language that is known");
        }
    }

    #[test]
    fn what_a_language_lacks_is_english() {
        let sentences = [("close", "Clòse"), ("banks.count.other", "{count} bànks")];
        let sentences = sentences.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let words = Words { language: "yo", sentences: sentences.into(), writing: Writing::of("yo") };
        assert_eq!((words.say("close"), words.say("back")), ("Clòse", "Back"));
        // It has one form for every number, whatever the English needs.
        assert_eq!(words.count("banks.count", 1, &[("count", "1")]), "1 bànks");
        assert_eq!(words.count("done.until", 1, &[("days", "1")]), "This ends by itself after 1 day.");
        assert_eq!(words.count("nothing", 1, &[]), "nothing");
        assert_eq!((words.name(), words.direction()), ("yo", "ltr"));
        let own = words.with(["close", "nothing"].map(|name| (name.to_owned(), "Enough".to_owned())));
        assert_eq!((own.say("close"), own.say("back"), own.say("nothing")), ("Enough", "Back", "nothing"));
        assert_eq!(Words::of("ar").direction(), "rtl");
    }
}
