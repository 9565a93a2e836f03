//! The sentences in other languages: each says all that English says, with the same holes, in the forms that its
//! numbers ask for.

use crate::sentences::{PAGES, WIDGET, line_of, sentences};
use crate::tree::{File, Offence, file, judge, root};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// A language the window speaks.
struct Language {
    tag: &'static str,
    /// The categories in which it counts whole numbers, in the order in which CLDR names them.
    forms: &'static [&'static str],
    /// The forms that go with one number alone, and so may say it in a word.
    exact: &'static [&'static str],
    is_from_right: bool,
}

/// By CLDR 48, Language Plural Rules: <https://www.unicode.org/cldr/charts/48/supplemental/language_plural_rules.html>.
/// In Pidgin, French and Portuguese `one` goes with 0 as well.
const LANGUAGES: [Language; 9] = [
    counting("en", &["one", "other"], &["one"]),
    counting("pcm", &["one", "other"], &[]),
    counting("ha", &["one", "other"], &["one"]),
    counting("yo", &["other"], &[]),
    counting("ig", &["other"], &[]),
    counting("fr", &["one", "many", "other"], &[]),
    counting("pt", &["one", "many", "other"], &[]),
    counting("sw", &["one", "other"], &["one"]),
    Language {
        is_from_right: true,
        ..counting("ar", &["zero", "one", "two", "few", "many", "other"], &["zero", "one", "two"])
    },
];

/// The holes that a number fills which the form of the sentence goes with.
const NUMBERS: [&str; 3] = ["count", "days", "digits"];
/// The holes that text from outside fills, or figures that have letters or signs of their own.
const FOREIGN: [&str; 9] =
    ["name", "bank", "operator", "address", "code", "message", "amount", "date", "time"];

const fn counting(
    tag: &'static str,
    forms: &'static [&'static str],
    exact: &'static [&'static str],
) -> Language {
    Language { tag, forms, exact, is_from_right: false }
}

/// The names in a file, from top to bottom.
fn names_of(file: &File) -> Vec<&str> {
    let lines = file.text.lines().filter_map(|line| line.trim_start().strip_prefix('"'));
    lines.filter_map(|line| line.split_once("\":")).map(|(name, _)| name).collect()
}

/// The sentence without its form, where it has forms.
fn stem_of<'a>(name: &'a str, sentences: &Map<String, Value>) -> Option<(&'a str, &'a str)> {
    name.rsplit_once('.').filter(|(stem, _)| sentences.contains_key(&format!("{stem}.other")))
}

/// What a language must say, in the order of English.
fn wanted(english: &File, sentences: &Map<String, Value>, forms: &[&str]) -> Vec<String> {
    let mut wanted = Vec::new();
    for name in names_of(english) {
        match stem_of(name, sentences) {
            Some((stem, "other")) => wanted.extend(forms.iter().map(|form| format!("{stem}.{form}"))),
            Some(_) => {}
            None => wanted.push(name.to_owned()),
        }
    }
    wanted
}

fn holes_of(sentence: &Value) -> BTreeSet<&str> {
    let parts = sentence.as_str().unwrap_or_default().split('{').skip(1);
    parts.filter_map(|part| part.split_once('}')).map(|(hole, _)| hole).collect()
}

/// Judges every file of every language beside the English one.
fn judge_each(rule: &str, remedy: &str, offences_of: impl Fn(&Language, &Pair) -> Vec<Offence>) {
    let mut offences = Vec::new();
    for folder in [WIDGET, PAGES] {
        let (english, in_english) = sentences(folder, "en");
        for language in &LANGUAGES {
            let (file, own) = sentences(folder, language.tag);
            offences.extend(offences_of(
                language,
                &Pair { english: &english, in_english: &in_english, file, own },
            ));
        }
    }
    judge(rule, remedy, offences);
}

/// The sentences of a language beside those of English.
struct Pair<'a> {
    english: &'a File,
    in_english: &'a Map<String, Value>,
    file: File,
    own: Map<String, Value>,
}

impl Pair<'_> {
    /// The English sentence that one of the language translates.
    fn original(&self, name: &str) -> Option<&Value> {
        let form = || Some(format!("{}.other", name.rsplit_once('.')?.0));
        self.in_english.get(name).or_else(|| self.in_english.get(&form()?))
    }

    fn offence(&self, name: &str, found: impl Into<String>) -> Offence {
        self.file.offence(line_of(&self.file, name), found)
    }
}

#[test]
fn every_language_has_its_files_and_no_file_is_of_another() {
    for folder in [WIDGET, PAGES] {
        let files = std::fs::read_dir(root().join(folder)).unwrap();
        let names: BTreeSet<String> =
            files.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        let known: BTreeSet<String> =
            LANGUAGES.iter().map(|language| format!("{}.json", language.tag)).collect();
        assert_eq!(names, known, "{folder} has one file for each language of tests/tidy/languages.rs");
    }
}

#[test]
fn every_language_says_all_that_english_says_and_nothing_else() {
    judge_each(
        "every language has every sentence of English once, in the same order, and a sentence about a number in \
         each form in which the language counts (CLDR)",
        "translate the sentence, or take it away; docs/languages.md says how",
        |language, pair| {
            let names = names_of(&pair.file);
            let wanted = wanted(pair.english, pair.in_english, language.forms);
            let lacks = wanted.iter().filter(|name| !names.contains(&name.as_str()));
            let lacks = lacks.map(|name| pair.offence(name, format!("`{name}` is missing")));
            let idle = names.iter().filter(|name| !wanted.iter().any(|wanted| wanted == *name));
            let idle = idle.map(|name| pair.offence(name, format!("`{name}` is one too many")));
            let mut offences: Vec<Offence> = lacks.chain(idle).collect();
            if offences.is_empty()
                && let Some((name, _)) = names.iter().zip(&wanted).find(|(name, wanted)| name != wanted)
            {
                offences.push(pair.offence(name, format!("`{name}` stands elsewhere in English")));
            }
            if names.len() > pair.own.len() {
                offences.push(pair.file.offence(1, "has a sentence twice"));
            }
            offences
        },
    );
}

#[test]
fn every_sentence_has_the_holes_of_the_english_one() {
    judge_each(
        "a translated sentence has exactly the holes of the English one; where its form goes with one number alone \
         it may say the number in a word",
        "put the hole back, spelled as in English",
        |language, pair| {
            let mut offences = Vec::new();
            for (name, sentence) in &pair.own {
                let Some(original) = pair.original(name) else { continue };
                let (holes, of_english) = (holes_of(sentence), holes_of(original));
                let form = stem_of(name, pair.in_english).map_or("", |(_, form)| form);
                let may_lack = |hole: &str| language.exact.contains(&form) && NUMBERS.contains(&hole);
                let is_same =
                    holes.is_subset(&of_english) && of_english.difference(&holes).all(|hole| may_lack(hole));
                if !is_same {
                    offences
                        .push(pair.offence(name, format!("`{name}` has {holes:?}, English {of_english:?}")));
                }
            }
            offences
        },
    );
}

#[test]
fn names_in_sentences_from_the_right_are_isolated() {
    judge_each(
        "a sentence that runs from the right isolates what fills its holes (U+2068 before, U+2069 after): a Latin \
         name or an address would else turn what stands beside it around",
        "write \\u2068{name}\\u2069",
        |language, pair| {
            let is_bare = |sentence: &&Value| {
                let text = sentence.as_str().unwrap_or_default();
                FOREIGN.iter().any(|hole| {
                    let hole = format!("{{{hole}}}");
                    text.matches(&hole).count() != text.matches(&format!("\u{2068}{hole}\u{2069}")).count()
                })
            };
            let from_right = pair.own.iter().filter(|_| language.is_from_right);
            let bare = from_right.filter(|(_, sentence)| is_bare(sentence));
            bare.map(|(name, _)| pair.offence(name, format!("`{name}` has a bare hole"))).collect()
        },
    );
}

#[test]
fn every_language_says_its_direction_and_is_in_the_docs() {
    let docs = file("docs/languages.md").text;
    for language in &LANGUAGES {
        let (file, own) = sentences(WIDGET, language.tag);
        let direction = if language.is_from_right { "rtl" } else { "ltr" };
        assert_eq!(own["language.dir"], direction, "{}", file.path);
        let row =
            format!("| `{}` | {} | {direction} |", language.tag, own["language.name"].as_str().unwrap());
        assert!(docs.contains(&row), "docs/languages.md has a row that begins with {row}");
    }
}

#[test]
fn forms_and_holes_are_found() {
    let text = "{\n  \"a\": \"\",\n\n  \"b.c.one\": \"{days}\",\n  \"b.c.other\": \"{name} {days}\"\n}\n";
    let english = File { path: String::new(), text: text.into() };
    let sentences: Map<String, Value> = serde_json::from_str(text).unwrap();
    assert_eq!(wanted(&english, &sentences, &["two", "other"]), ["a", "b.c.two", "b.c.other"]);
    assert_eq!(wanted(&english, &sentences, &["other"]), ["a", "b.c.other"]);
    assert_eq!(holes_of(&sentences["b.c.other"]), BTreeSet::from(["days", "name"]));
}
