//! How one value is read: as a text, as true or false, as a word among a few, as a list of words.
//!
//! Nothing here returns early: the first refusal is kept until all is read. Leaving a half-built
//! set of forty options behind at each of them would cost the WebAssembly several KB.

use super::error::{OptionError, shown};
use super::loose::{Loose, bare};
use std::cell::RefCell;

/// What a host gave, by name.
pub trait Given {
    /// One value.
    fn value(&self, name: &'static str) -> Loose;
    /// The JSON text of one value; the server says what it can make of it.
    fn json(&self, name: &'static str) -> Option<String>;
    /// What stands in the objects of an object: outer name, inner name, and the text if it is one. What
    /// is no object where one should be has no inner name.
    /// Only who checks strictly looks there.
    fn inner(&self, name: &'static str) -> Vec<Inner> {
        let _ = name;
        Vec::new()
    }
}

/// One value in an object of objects.
pub type Inner = (String, String, Option<String>);

/// The names of one option, ours first. Where both spellings are there, the first one counts.
type Names<'a> = &'a [&'static str];

/// Reads what was given, and keeps the first refusal.
pub struct Reader<'a> {
    given: &'a dyn Given,
    refused: RefCell<Option<OptionError>>,
}

impl<'a> Reader<'a> {
    /// Nothing is refused yet.
    pub fn new(given: &'a dyn Given) -> Self {
        Self { given, refused: RefCell::default() }
    }

    /// The first option that could not be used.
    pub fn refused(self) -> Option<OptionError> {
        self.refused.into_inner()
    }

    /// Keeps an error, unless there is one.
    pub fn refuse(&self, option: &'static str, expected: &'static str, got: String) {
        self.refused.borrow_mut().get_or_insert_with(|| OptionError::new(option, expected, got));
    }

    /// The spelling the host used, or ours, and what stands there.
    pub fn find(&self, names: Names) -> (&'static str, Loose) {
        let mut found = (names[0], Loose::Missing);
        for name in names {
            if found.1 == Loose::Missing {
                let value = self.given.value(name);
                found = if value == Loose::Missing { found } else { (name, value) };
            }
        }
        found
    }

    /// A text, or nothing.
    pub fn text(&self, names: Names) -> Option<String> {
        self.text_or(names, "a text", true)
    }

    /// A text that must be there.
    pub fn required(&self, names: Names, expected: &'static str) -> String {
        self.text_or(names, expected, false).unwrap_or_default()
    }

    fn text_or(&self, names: Names, expected: &'static str, may_miss: bool) -> Option<String> {
        match self.find(names) {
            (_, Loose::Text(text)) => Some(text),
            (_, Loose::Missing) if may_miss => None,
            (option, other) => {
                self.refuse(option, expected, other.describe());
                None
            }
        }
    }

    /// A text that is right in some way.
    pub fn text_that(
        &self,
        names: Names,
        is_right: fn(&str) -> bool,
        expected: &'static str,
    ) -> Option<String> {
        let text = self.text_or(names, expected, true)?;
        if !is_right(&text) {
            self.refuse(names[0], expected, shown(&text));
        }
        Some(text)
    }

    /// The place of a word among those that are known, if there is one.
    pub fn word(&self, names: Names, known: &[&str], expected: &'static str) -> Option<usize> {
        let (option, value) = self.find(names);
        let place = match &value {
            Loose::Missing => return None,
            Loose::Text(text) => known.iter().position(|word| text.eq_ignore_ascii_case(word)),
            Loose::Flag(flag) => known.iter().position(|word| *word == if *flag { "true" } else { "false" }),
            _ => None,
        };
        if place.is_none() {
            self.refuse(option, expected, value.describe());
        }
        place
    }

    /// True or false, if it is there.
    pub fn flag(&self, names: Names) -> Option<bool> {
        self.word(names, &["true", "1", "false", "0"], "true or false").map(|place| place < 2)
    }

    /// The words of a list, of one word, or of the text that Dart makes of a list; each is right in
    /// some way.
    pub fn words(&self, names: Names, is_right: fn(&str) -> bool, expected: &'static str) -> Vec<String> {
        let (option, value) = self.find(names);
        let words = match value {
            Loose::Missing => Vec::new(),
            Loose::List(words) => words,
            Loose::Text(text) => bare(&text).split(',').map(|word| bare(word).to_owned()).collect(),
            other => {
                self.refuse(option, expected, other.describe());
                Vec::new()
            }
        };
        for word in &words {
            if !is_right(word) {
                self.refuse(option, expected, shown(word));
            }
        }
        words
    }

    /// What stands in the objects of an object, if it is there; something else is refused by whoever asks.
    pub fn inner(&self, name: &'static str) -> Vec<Inner> {
        match self.find(&[name]) {
            (_, Loose::Missing | Loose::Flag(false)) => Vec::new(),
            (_, Loose::Other("an object")) => self.given.inner(name),
            (_, other) => vec![(other.describe(), String::new(), None)],
        }
    }

    /// The JSON text of a value of any shape.
    pub fn json(&self, name: &'static str) -> Option<String> {
        self.given.json(name)
    }

    /// The same of an object that wrappers fill with junk where it is not wanted.
    pub fn json_of_object(&self, names: Names) -> Option<String> {
        match self.find(names) {
            (_, Loose::Missing | Loose::Flag(false)) => None,
            (name, _) => self.json(name),
        }
    }
}
