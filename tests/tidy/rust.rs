//! Rust source as far as tidiness must understand it: what is code, what is a comment, what is a
//! string, and where an item ends. It leans on rustfmt having been there before.

use crate::tree::File;
use std::collections::HashSet;
use std::ops::Range;

/// What a stretch of source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Code,
    Comment,
    /// A string or a character, quotes included.
    Text,
}

/// A stretch of one kind.
pub struct Piece<'a> {
    pub kind: Kind,
    pub source: &'a str,
    /// Where it begins, counted from 1.
    pub line: usize,
}

impl Piece<'_> {
    /// What a string holds, escapes left as they are.
    pub fn content(&self) -> &str {
        let start = self.source.find('"').map_or(0, |at| at + 1);
        let end = self.source.rfind('"').unwrap_or(start);
        self.source.get(start..end).unwrap_or_default()
    }
}

/// Cuts source where code, comments and strings meet.
pub fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut cuts = Vec::new();
    let (mut code_from, mut at) = (0, 0);
    while let Some(next) = source[at..].chars().next() {
        let before = source[..at].chars().next_back();
        match no_code(before, &source[at..]) {
            Some((kind, length)) => {
                cuts.extend([(Kind::Code, code_from..at), (kind, at..at + length)]);
                at += length;
                code_from = at;
            }
            None => at += next.len_utf8(),
        }
    }
    cuts.push((Kind::Code, code_from..at));
    let mut line = 1;
    let piece = |(kind, range): (Kind, Range<usize>)| {
        let source = &source[range];
        let begins_at = line;
        line += source.matches('\n').count();
        Piece { kind, source, line: begins_at }
    };
    cuts.into_iter().map(piece).collect()
}

/// The comment, string or character that begins here, and its length in bytes.
fn no_code(before: Option<char>, rest: &str) -> Option<(Kind, usize)> {
    if rest.starts_with("//") {
        return Some((Kind::Comment, rest.find('\n').unwrap_or(rest.len())));
    }
    if rest.starts_with("/*") {
        return Some((Kind::Comment, block_comment(rest)));
    }
    if rest.starts_with('"') {
        return Some((Kind::Text, quoted(rest, '"')));
    }
    if rest.starts_with('r') && !before.is_some_and(|before| is_name(before) && before != 'b') {
        return raw_string(rest).map(|length| (Kind::Text, length));
    }
    let mut letters = rest.strip_prefix('\'')?.chars();
    let first = letters.next()?;
    // Otherwise it is a lifetime.
    let is_character = first == '\\' || letters.next() == Some('\'');
    is_character.then(|| (Kind::Text, quoted(rest, '\'')))
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        let step = match here {
            [b'/', b'*', ..] => 1,
            [b'*', b'/', ..] => -1,
            _ => 0,
        };
        depth += step;
        at += if step == 0 { 1 } else { 2 };
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' {
            letters.next();
        } else if letter == quote {
            return at + 1;
        }
    }
    rest.len()
}

fn raw_string(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('r')?;
    let inside = after.trim_start_matches('#');
    let hashes = &after[..after.len() - inside.len()];
    let end = format!("\"{hashes}");
    let length = inside.strip_prefix('"')?.find(&end)?;
    Some(1 + hashes.len() + 1 + length + end.len())
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The source with the kinds that are not wanted blotted out, line for line: comments by spaces,
/// strings by `~`, so that no line of a long string passes for code.
pub fn only(source: &str, wanted: &[Kind]) -> String {
    let mut text = String::with_capacity(source.len());
    for piece in pieces(source) {
        let blot = if piece.kind == Kind::Text { '~' } else { ' ' };
        if wanted.contains(&piece.kind) {
            text.push_str(piece.source);
        } else {
            text.extend(piece.source.chars().map(|letter| if letter == '\n' { '\n' } else { blot }));
        }
    }
    text
}

/// The code alone.
pub fn code(source: &str) -> String {
    only(source, &[Kind::Code])
}

/// The lines, counted from 1, on which a word stands by itself.
pub fn lines_with(text: &str, word: &str) -> Vec<usize> {
    let touches =
        |edge: Option<char>, beyond: Option<char>| edge.is_some_and(is_name) && beyond.is_some_and(is_name);
    let stands_alone = |line: &str, at: usize| {
        !touches(word.chars().next(), line[..at].chars().next_back())
            && !touches(word.chars().next_back(), line[at + word.len()..].chars().next())
    };
    let hits = |line: &str| line.match_indices(word).any(|(at, _)| stands_alone(line, at));
    text.lines().enumerate().filter(|(_, line)| hits(line)).map(|(at, _)| at + 1).collect()
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The last line of the item that begins at a line of [`code`]; both counted from 0. Indentation
/// decides, which rustfmt makes sure of.
pub fn item_end(lines: &[&str], start: usize) -> usize {
    let depth = indentation(lines[start]);
    let first = lines[start].trim_end();
    if first.ends_with('}') || first.ends_with(';') {
        return start;
    }
    for (at, line) in lines.iter().enumerate().skip(start + 1) {
        let text = line.trim();
        // An empty line, or one that begins inside a string, says nothing.
        if text.is_empty() || text.starts_with('~') {
            continue;
        }
        if indentation(line) < depth {
            return at - 1;
        }
        let is_signature_without_body = text.ends_with(';') || text.ends_with('}');
        if indentation(line) == depth && (text.starts_with('}') || is_signature_without_body) {
            return at;
        }
    }
    lines.len() - 1
}

/// The lines, counted from 1, of items under `#[cfg(test)]`.
pub fn test_lines(code: &str) -> HashSet<usize> {
    let lines: Vec<_> = code.lines().collect();
    let marks = lines.iter().enumerate().filter(|(_, line)| line.trim() == "#[cfg(test)]");
    marks.flat_map(|(at, _)| at + 1..=item_end(&lines, at) + 1).collect()
}

/// The paths of files that are modules under `#[cfg(test)]`.
pub fn test_modules(files: &[File]) -> HashSet<String> {
    let mut paths = HashSet::new();
    for file in files {
        let code = code(&file.text);
        let inside = test_lines(&code);
        for (_, line) in code.lines().enumerate().filter(|(at, _)| inside.contains(&(at + 1))) {
            if let Some(name) = line.trim().strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')) {
                let folder = folder_of_children(&file.path);
                paths.extend([format!("{folder}/{name}.rs"), format!("{folder}/{name}/mod.rs")]);
            }
        }
    }
    paths
}

fn folder_of_children(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    match name {
        "mod.rs" | "lib.rs" | "main.rs" => folder.to_owned(),
        other => format!("{folder}/{}", other.trim_end_matches(".rs")),
    }
}

#[test]
fn comments_strings_and_characters_are_no_code() {
    let source = r####"let a = "x // \" y"; // c "d"
/* e /* f */ "g" */ let h = '"'; let i: &'static str = r#"j "k" "#; br"l\"; '\''; r#type"####;
    let expected = [
        r#"let a = ~~~~~~~~~~~; "#,
        r#" let h = ~~~; let i: &'static str = ~~~~~~~~~~~; b~~~~~; ~~~~; r#type"#,
    ];
    let code = code(source);
    for (line, expected) in code.lines().zip(expected) {
        assert_eq!(line.trim(), expected.trim());
    }
    assert_eq!(code.len(), source.len());
}

#[test]
fn a_word_stands_by_itself() {
    let text = "_id: 1\ncustomer_id: 2\n(_id: 3)\nfetch_add\nfetch()";
    assert_eq!(lines_with(text, "_id:"), [1, 3]);
    assert_eq!(lines_with(text, "fetch"), [5]);
}

#[test]
fn what_is_under_cfg_test_is_test_code() {
    let source =
        "fn a() {}\n\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\n\n#[cfg(test)]\nmod c;\nfn d() {}\n";
    let mut lines: Vec<_> = test_lines(&code(source)).into_iter().collect();
    lines.sort_unstable();
    assert_eq!(lines, [3, 4, 5, 6, 8, 9]);
    let file = File { path: "src/e.rs".into(), text: source.into() };
    assert!(test_modules(&[file]).contains("src/e/c.rs"));
}
