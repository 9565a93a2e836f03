//! How a file begins, and how long files and functions may be.

use crate::rust::{code, item_end};
use crate::tree::{File, Offence, files, judge, rust_files};

const FILE_LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 70;

#[test]
fn every_rust_file_begins_with_a_sentence() {
    judge(
        "a Rust file opens with `//!` and says in a whole sentence what it is for",
        "write the sentence; a reader decides by it whether to read on",
        rust_files().iter().filter(|file| !opens_with_sentence(&file.text)).map(no_opening).collect(),
    );
}

fn no_opening(file: &File) -> Offence {
    file.offence(1, "opens without a sentence")
}

fn opens_with_sentence(text: &str) -> bool {
    let opening = text.lines().map_while(|line| line.strip_prefix("//!"));
    let mut words = opening.flat_map(str::split_whitespace);
    words.any(|word| word.ends_with('.') || word.ends_with(".)"))
}

#[test]
fn every_typescript_file_begins_with_a_comment() {
    let scripts = files(&[".ts", ".cts", ".mts", ".tsx"]);
    let judged = scripts.iter().filter(|file| file.is_under("www") || file.is_under("tests"));
    let silent = judged.filter(|file| !(file.text.starts_with("//") || file.text.starts_with("/*")));
    judge(
        "a TypeScript file opens with a comment that says what it is for",
        "write one sentence above everything else",
        silent.map(no_opening).collect(),
    );
}

#[test]
fn no_file_is_too_long() {
    let files = files(&[".rs", ".ts", ".cts", ".mts", ".tsx", ".css", ".mjs"]);
    let too_long = files.iter().filter_map(|file| {
        let lines = file.text.lines().count();
        (lines > FILE_LINES_MAX).then(|| file.offence(FILE_LINES_MAX + 1, format!("{lines} lines")))
    });
    judge("no file is longer than 400 lines", "split it where its subjects meet", too_long.collect());
}

#[test]
fn no_function_is_too_long() {
    let too_long = |file: &File| {
        let functions = functions(&file.text).into_iter();
        let long = functions.filter(|function| function.lines > FUNCTION_LINES_MAX);
        long.map(|one| file.offence(one.starts_at, format!("`{}`: {} lines", one.name, one.lines)))
            .collect::<Vec<_>>()
    };
    judge(
        "no function is longer than 70 lines, from `fn` to its closing brace",
        "give a part of it a name",
        rust_files().iter().flat_map(too_long).collect(),
    );
}

struct Function {
    name: String,
    starts_at: usize,
    lines: usize,
}

fn functions(source: &str) -> Vec<Function> {
    let code = code(source);
    let lines: Vec<_> = code.lines().collect();
    let named = lines.iter().enumerate().filter_map(|(at, line)| Some((at, name_of_function(line)?)));
    named
        .map(|(at, name)| Function { name, starts_at: at + 1, lines: item_end(&lines, at) - at + 1 })
        .collect()
}

/// The name behind `fn`, if a function begins on this line of code.
fn name_of_function(line: &str) -> Option<String> {
    const QUALIFIERS: [&str; 5] = ["const", "async", "unsafe", "extern", "default"];
    // `pub(in a::b)` is two words; an ABI is blotted out.
    let may_precede = |word: &&str| {
        QUALIFIERS.contains(word) || word.starts_with("pub") || word.ends_with(')') || word.starts_with('~')
    };
    let mut words = line.split_whitespace().skip_while(may_precede);
    let name = words.next().filter(|word| *word == "fn").and_then(|_| words.next())?;
    Some(name.split(['(', '<']).next().unwrap_or_default().to_owned())
}

#[test]
fn functions_are_measured_from_fn_to_brace() {
    let source = "\
impl A {
    pub const fn one() {}

    pub(in a::b) async fn broken(
        a: A,
    ) -> B
    where
        A: C,
    {
        let text = \"
}
    ;\";
        fn inner() {
            x
        }
    } // the end

    fn declared(
        &self,
    ) -> D;
    fn guarded(&self)
    where
        Self: Sized;
}

unsafe extern \"C\" fn last<T>() {
    html! {
        <p>{ \"}\" }</p>
    }
}
";
    let measured: Vec<_> =
        functions(source).into_iter().map(|one| (one.name, one.starts_at, one.lines)).collect();
    let expected = [
        ("one", 2, 1),
        ("broken", 4, 13),
        ("inner", 13, 3),
        ("declared", 18, 3),
        ("guarded", 21, 3),
        ("last", 26, 5),
    ];
    assert_eq!(measured, expected.map(|(name, at, lines)| (name.to_owned(), at, lines)));
}
