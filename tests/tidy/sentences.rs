//! The sentences the customer reads: each that is named is there, each that is there is named.

use crate::rust::{Kind, code, pieces, test_lines};
use crate::tree::{File, Offence, file, judge, rust_files};
use egusi_protocol::{Barred, ProblemCode};
use serde_json::{Map, Value};
use std::collections::HashSet;

const SENTENCES: &str = "www/text/en.json";
/// What only the window without WebAssembly says, beside the others.
const PLAIN_SENTENCES: &str = "www/text/plain.en.json";

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
        let is_said = ["say(", "fill("].iter().any(|call| before.trim_end().ends_with(call));
        if piece.kind == Kind::Text && (is_said || is_dotted(piece.content())) {
            names.push(Named { name: piece.content().to_owned(), line: piece.line });
        }
        before = if piece.kind == Kind::Comment { before } else { piece.source };
    }
    names
}

/// `^[a-z]+(\.[a-z_]+)+$`
fn is_dotted(text: &str) -> bool {
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

/// The pages that take the widget's place where there is no WebAssembly.
fn plain_pages() -> Vec<File> {
    rust_files().into_iter().filter(|file| file.is_under("crates/server/src/plain")).collect()
}

fn sentences(path: &str) -> (File, Map<String, Value>) {
    let file = file(path);
    let sentences = serde_json::from_str(&file.text).unwrap();
    (file, sentences)
}

fn line_of(file: &File, name: &str) -> usize {
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

/// Where a file says a sentence that is not there.
fn missing(file: &File, sentences: &Map<String, Value>) -> Vec<Offence> {
    let names = names_in(file).into_iter().filter(|named| !sentences.contains_key(&named.name));
    names.map(|named| file.offence(named.line, format!("says `{}`", named.name))).collect()
}

#[test]
fn every_sentence_that_is_said_is_there() {
    let (file_of_sentences, sentences_of_all) = sentences(SENTENCES);
    let (_, mut sentences_of_pages) = sentences(PLAIN_SENTENCES);
    sentences_of_pages.extend(sentences_of_all.clone());
    let built = names_that_are_built().into_iter().filter(|name| !sentences_of_all.contains_key(name));
    let built = built.map(|name| file_of_sentences.offence(1, format!("has no `{name}`")));
    let (widget, pages) = (widget(), plain_pages());
    let by_widget = widget.iter().flat_map(|file| missing(file, &sentences_of_all));
    let by_pages = pages.iter().flat_map(|file| missing(file, &sentences_of_pages));
    judge(
        "every sentence the widget says, and one for every code it builds names of, is in www/text/en.json; the \
         pages without WebAssembly say these and those of www/text/plain.en.json",
        "write the sentence, or correct its name",
        by_widget.chain(by_pages).chain(built).collect(),
    );
}

#[test]
fn every_sentence_that_is_there_is_said() {
    let idle = |path: &str, by: &[File]| {
        let (file, sentences) = sentences(path);
        let mut said: HashSet<String> = names_that_are_built().into_iter().collect();
        said.extend(by.iter().flat_map(names_in).map(|named| named.name));
        let idle = sentences.keys().filter(|name| !said.contains(*name));
        idle.map(|name| file.offence(line_of(&file, name), format!("`{name}` is never said")))
            .collect::<Vec<Offence>>()
    };
    judge(
        "every sentence in www/text/en.json is said by the widget, and every one in www/text/plain.en.json by the \
         pages without WebAssembly",
        "delete it; translators would work for nothing",
        idle(SENTENCES, &widget()).into_iter().chain(idle(PLAIN_SENTENCES, &plain_pages())).collect(),
    );
}

#[test]
fn no_sentence_is_there_twice() {
    for path in [SENTENCES, PLAIN_SENTENCES] {
        let (file, sentences) = sentences(path);
        let lines = file.text.lines().filter(|line| line.trim_start().starts_with('"')).count();
        assert_eq!(lines, sentences.len(), "{path} has one sentence a line and each name once");
    }
}

#[test]
fn holes_in_sentences_are_lower_case_words() {
    let broken = |path: &str| {
        let (file, sentences) = sentences(path);
        let broken = sentences.iter().filter(|(_, sentence)| !sentence.as_str().is_some_and(has_good_holes));
        broken
            .map(|(name, sentence)| file.offence(line_of(&file, name), sentence.to_string()))
            .collect::<Vec<Offence>>()
    };
    judge(
        "a hole in a sentence is a lower-case word in braces, such as {bank}",
        "name the hole by one plain word; translators read it",
        [SENTENCES, PLAIN_SENTENCES].into_iter().flat_map(broken).collect(),
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
}
