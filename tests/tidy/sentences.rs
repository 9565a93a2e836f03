//! The sentences the customer reads, in English: each that is named is there, each that is there is named.
//! What the other languages owe to it stands in [`super::languages`].

use crate::rust::{Kind, code, pieces, test_lines};
use crate::tree::{File, Offence, file, files, judge, rust_files};
use egusi_protocol::{Barred, ProblemCode};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// What the window says.
pub const WIDGET: &str = "www/text/widget";
/// What only the pages say that the server writes, beside the sentences of the window.
pub const PAGES: &str = "www/text/pages";

/// What stands before a name where TypeScript or a page says it.
const SAYINGS: [&str; 6] = ["say(\"", "say('", "{{say ", "data-say=\"", "data-label=\"", "data-count=\""];
/// How the files end that pages name as well.
const FILES: [&str; 4] = [".css", ".html", ".js", ".json"];
/// What the build writes into a page beside the sentences.
const NO_SENTENCE: &str = "language";

/// A sentence's name, where the widget says it.
struct Named {
    name: String,
    line: usize,
}

/// The names in a file: every string with dots between words, and whatever is said directly.
fn names_in(file: &File) -> Vec<Named> {
    let tests = test_lines(&code(&file.text));
    let pieces = pieces(&file.text);
    let mut names = Vec::new();
    let mut before = "";
    for piece in pieces.iter().filter(|piece| !tests.contains(&piece.line)) {
        let is_said = ["say(", "fill(", "count("].iter().any(|call| before.trim_end().ends_with(call));
        if piece.kind == Kind::Text && (is_said || is_dotted(piece.content())) {
            names.push(Named { name: piece.content().to_owned(), line: piece.line });
        }
        before = if piece.kind == Kind::Comment { before } else { piece.source };
    }
    names
}

/// `^[a-z]+(\.[a-z_]+)+$`, and not the name of a file.
fn is_dotted(text: &str) -> bool {
    if FILES.iter().any(|kind| text.ends_with(kind)) {
        return false;
    }
    let mut words = text.split('.');
    let is_word = |word: &str, may_have_line: bool| {
        let fits = |letter: char| letter.is_ascii_lowercase() || (may_have_line && letter == '_');
        !word.is_empty() && word.chars().all(fits)
    };
    let first = words.next().is_some_and(|word| is_word(word, false));
    let mut rest = words.peekable();
    first && rest.peek().is_some() && rest.all(|word| is_word(word, true))
}

fn widget() -> Vec<File> {
    rust_files().into_iter().filter(|file| file.is_under("src")).collect()
}

/// The page around the widget and the window in a host's own page: they say what stands there before the widget.
fn around_widget() -> Vec<File> {
    let files = files(&[".ts", ".html"]).into_iter();
    files.filter(|file| file.is_under("www/widget") || file.is_under("www/inline")).collect()
}

/// The pages that the server writes: in the widget's place where there is no WebAssembly, and about consents.
fn pages() -> Vec<File> {
    rust_files().into_iter().filter(|file| file.is_under("crates/server/src")).collect()
}

/// The sentences of a language in one of the folders.
pub fn sentences(folder: &str, tag: &str) -> (File, Map<String, Value>) {
    let file = file(&format!("{folder}/{tag}.json"));
    let sentences = serde_json::from_str(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
    (file, sentences)
}

pub fn line_of(file: &File, name: &str) -> usize {
    let key = format!("\"{name}\":");
    file.text.lines().position(|line| line.contains(&key)).map_or(1, |at| at + 1)
}

/// What the widget builds of a closed list of words: `problem.{code}`, `barred.{why}`, and the title
/// and the label of each kind of question, whose own words may take the label's place.
fn names_that_are_built() -> Vec<String> {
    let problems = ProblemCode::ALL.iter().map(|code| format!("problem.{code}"));
    let barred = Barred::ALL.iter().map(|why| format!("barred.{why}"));
    let kinds = ["code", "pin", "device", "choice", "image"];
    let questions =
        kinds.iter().flat_map(|kind| ["title", "label"].map(|of| format!("challenge.{kind}.{of}")));
    let own_words = ["challenge.question.title".to_owned()];
    problems.chain(barred).chain(questions).chain(own_words).collect()
}

/// The names in TypeScript or in a page: what stands in quotes and looks like one, and whatever is said directly.
fn names_in_page(file: &File) -> Vec<Named> {
    let is_comment = |line: &str| ["//", "/*", "*"].iter().any(|begin| line.trim_start().starts_with(begin));
    let mut names = Vec::new();
    for (at, line) in file.text.lines().enumerate().filter(|(_, line)| !is_comment(line)) {
        let after = SAYINGS.iter().flat_map(|saying| line.split(saying).skip(1));
        let said =
            after.filter_map(|rest| rest.split(['"', '\'', '}']).next()).filter(|name| *name != NO_SENTENCE);
        let quoted = line.split(['"', '\'', '`']).filter(|text| is_dotted(text));
        names.extend(said.chain(quoted).map(|name| Named { name: name.to_owned(), line: at + 1 }));
    }
    names
}

/// Whether a sentence of that name is there, by itself or in the forms that go with a number.
fn is_there(name: &str, sentences: &Map<String, Value>) -> bool {
    sentences.contains_key(name) || sentences.contains_key(&format!("{name}.other"))
}

/// Where a file says a sentence that is not there.
fn missing(file: &File, names: Vec<Named>, sentences: &Map<String, Value>) -> Vec<Offence> {
    let names = names.into_iter().filter(|named| !is_there(&named.name, sentences));
    names.map(|named| file.offence(named.line, format!("says `{}`", named.name))).collect()
}

#[test]
fn every_sentence_that_is_said_is_there() {
    let (file_of_sentences, sentences_of_all) = sentences(WIDGET, "en");
    let (_, mut sentences_of_pages) = sentences(PAGES, "en");
    sentences_of_pages.extend(sentences_of_all.clone());
    let built = names_that_are_built().into_iter().filter(|name| !sentences_of_all.contains_key(name));
    let built = built.map(|name| file_of_sentences.offence(1, format!("has no `{name}`")));
    let (widget, around, mut pages) = (widget(), around_widget(), pages());
    // The rest of the server speaks of files, hosts and events, whose names have dots as well.
    pages.retain(|file| ["say(", "fill("].iter().any(|call| file.text.contains(call)));
    let by_widget = widget.iter().flat_map(|file| missing(file, names_in(file), &sentences_of_all));
    let by_page = around.iter().flat_map(|file| missing(file, names_in_page(file), &sentences_of_all));
    let by_server = pages.iter().flat_map(|file| missing(file, names_in(file), &sentences_of_pages));
    judge(
        "every sentence the widget and the page around it say, and one for every code they build names of, is in \
         www/text/widget/en.json; the server's pages say these and those of www/text/pages/en.json",
        "write the sentence, or correct its name",
        by_widget.chain(by_page).chain(by_server).chain(built).collect(),
    );
}

#[test]
fn every_sentence_that_is_there_is_said() {
    let idle = |folder: &str, said: HashSet<String>| {
        let (file, sentences) = sentences(folder, "en");
        let is_said = |name: &str| {
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            said.contains(name) || (sentences.contains_key(&format!("{stem}.other")) && said.contains(stem))
        };
        let idle = sentences.keys().filter(|name| !is_said(name));
        idle.map(|name| file.offence(line_of(&file, name), format!("`{name}` is never said")))
            .collect::<Vec<Offence>>()
    };
    let (widget, around, pages) = (widget(), around_widget(), pages());
    let mut by_widget: HashSet<String> = names_that_are_built().into_iter().collect();
    let by_page = around.iter().flat_map(names_in_page);
    by_widget.extend(widget.iter().flat_map(names_in).chain(by_page).map(|named| named.name));
    // The build lists every language by its own name.
    by_widget.insert("language.name".to_owned());
    let by_server = pages.iter().flat_map(names_in).map(|named| named.name).collect();
    judge(
        "every sentence in www/text/widget is said by the widget or the page around it, and every one in \
         www/text/pages by the pages that the server writes",
        "delete it in every language; translators would work for nothing",
        idle(WIDGET, by_widget).into_iter().chain(idle(PAGES, by_server)).collect(),
    );
}

#[test]
fn holes_in_sentences_are_lower_case_words() {
    let broken = |folder: &str| {
        let (file, sentences) = sentences(folder, "en");
        let broken = sentences.iter().filter(|(_, sentence)| !sentence.as_str().is_some_and(has_good_holes));
        broken
            .map(|(name, sentence)| file.offence(line_of(&file, name), sentence.to_string()))
            .collect::<Vec<Offence>>()
    };
    judge(
        "a hole in a sentence is a lower-case word in braces, such as {bank}",
        "name the hole by one plain word; translators read it",
        [WIDGET, PAGES].into_iter().flat_map(broken).collect(),
    );
}

fn has_good_holes(sentence: &str) -> bool {
    let mut parts = sentence.split('{');
    let opening_is_text = parts.next().is_some_and(|text| !text.contains('}'));
    let is_word = |hole: &str| !hole.is_empty() && hole.chars().all(|letter| letter.is_ascii_lowercase());
    let is_hole =
        |part: &str| part.split_once('}').is_some_and(|(hole, text)| is_word(hole) && !text.contains('}'));
    opening_is_text && parts.all(is_hole)
}

#[test]
fn names_and_holes_are_told_from_other_text() {
    for (text, is_name) in [
        ("a.b", true),
        ("a.b_c.d", true),
        ("a", false),
        ("a.", false),
        ("a_b.c", false),
        ("1.5", false),
        ("A.b", false),
        ("plain.css", false),
    ] {
        assert_eq!(is_dotted(text), is_name, "{text}");
    }
    for (text, is_good) in [
        ("a {b} c {d}", true),
        ("", true),
        ("{B}", false),
        ("{}", false),
        ("{a", false),
        ("a}", false),
        ("{a_b}", false),
    ] {
        assert_eq!(has_good_holes(text), is_good, "{text}");
    }
    let text = "fn a() { t.say(\n  \"back\",\n); (\"x\", \"banks.title\") } // say(\"no\")\n";
    let names = names_in(&File { path: String::new(), text: text.into() });
    let names: Vec<_> = names.into_iter().map(|named| (named.name, named.line)).collect();
    assert_eq!(names, [("back".to_owned(), 2), ("banks.title".to_owned(), 3)]);
    let page = "say(\"back\"); // \"no.no\"\n<a data-say=\"close\" lang=\"{{say language}}\">{{say a.b}}\n// say(\"no\")\n";
    let names = names_in_page(&File { path: String::new(), text: page.into() });
    let names: Vec<_> = names.iter().map(|named| (named.name.as_str(), named.line)).collect();
    assert!(names.starts_with(&[("back", 1)]) && names.ends_with(&[("a.b", 2), ("close", 2)]), "{names:?}");
}
