//! The catalogue of what a host page hears stands in the guide as the Rust enum has it.

use crate::tree::{file, root};

const SOURCE: &str = "crates/protocol/src/host_event.rs";
const GUIDE: &str = "docs/events.md";
const BEGIN: &str = "<!-- events: begin -->\n";
const END: &str = "<!-- events: end -->";

/// The enum's variants as the rows of a table: the word, and the sentence above it.
fn table(source: &str) -> String {
    let mut rows = String::from("| `event_name` | when |\n| --- | --- |\n");
    let mut sentence = String::new();
    for line in source.lines().map(str::trim) {
        if let Some(said) = line.strip_prefix("/// ") {
            if !sentence.is_empty() {
                sentence.push(' ');
            }
            sentence.push_str(said);
        } else if let Some((_, word)) = line.split_once(" = \"") {
            let word = word.trim_end_matches("\",");
            rows.push_str(&format!("| `{word}` | {sentence} |\n"));
            sentence.clear();
        } else {
            sentence.clear();
        }
    }
    rows
}

#[test]
fn every_event_is_in_the_guide_as_the_source_has_it() {
    let rows = table(&file(SOURCE).text);
    assert!(rows.lines().count() > 10, "the enum was not understood:\n{rows}");
    let guide = file(GUIDE).text;
    let (before, rest) = guide.split_once(BEGIN).expect("the guide has no place for the table");
    let (stands, after) = rest.split_once(END).expect("the guide has no end of the table");
    if std::env::var_os("EGUSI_UPDATE_GOLDEN").is_some() {
        std::fs::write(root().join(GUIDE), format!("{before}{BEGIN}{rows}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(stands, rows, "{GUIDE} is not what {SOURCE} says; EGUSI_UPDATE_GOLDEN=1 writes it");
}
