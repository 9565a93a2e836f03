//! The types that a host page writes against name what the Rust side says: codes, events and fields.

use crate::tree::file;
use serde_json::Value;
use std::collections::BTreeSet;

const CODES: &str = "www/loader/error-code.ts";
const ERRORS: &str = "www/loader/error.ts";
const OPTIONS: &str = "www/loader/options.ts";

type Names = BTreeSet<String>;

/// What stands in single quotes in a piece of TypeScript.
fn quoted(text: &str) -> Names {
    text.split('\'').skip(1).step_by(2).map(str::to_owned).collect()
}

/// What stands behind `= "` in a piece of Rust.
fn words(text: &str) -> Names {
    let after = text.split(" = \"").skip(1);
    after.filter_map(|rest| rest.split_once('"')).map(|(word, _)| word.to_owned()).collect()
}

/// The part of a text between two others.
fn between<'a>(text: &'a str, begin: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(begin).unwrap_or_else(|| panic!("{begin} is not there any more"));
    rest.split_once(end).unwrap_or_else(|| panic!("{begin} has no end")).0
}

/// The fields an interface declares itself.
fn fields(interface: &str) -> Names {
    let text = file(OPTIONS).text;
    let body = between(&text, &format!("export interface {interface} "), "\n}");
    let declared = body.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(':'));
    let names = declared.map(|(name, _)| name.trim_end_matches('?'));
    let is_name = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    names.filter(is_name).map(str::to_owned).collect()
}

fn names(names: &[&str]) -> Names {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[test]
fn every_code_a_page_can_hear_is_in_its_types() {
    let protocol = file("crates/protocol/src/problem.rs").text;
    let mut said = words(between(&protocol, "pub enum ErrorCode {", "\n    }"));
    // What passes by itself the customer reads, and the page does not hear: `is_passing` of the flow.
    let passing = file("crates/flow/src/opening.rs").text;
    let passing = between(&passing, "fn is_passing(code: ErrorCode) -> bool {", "\n}");
    for name in passing.split("ErrorCode::").skip(1) {
        let name: String = name.chars().take_while(|letter| letter.is_alphanumeric()).collect();
        let word = format!("{name} = \"");
        said.remove(between(&protocol, &word, "\""));
    }
    said.insert("invalid_option".to_owned());
    let heard = quoted(between(&file(CODES).text, "export type ErrorCode =", ";\n"));
    assert_eq!(heard, said, "{CODES} is not what crates/protocol/src/problem.rs says");
    assert!(heard.len() > 15, "the codes were not understood");
    assert!(!said.contains("internal"), "what passes by itself was not understood");
    // The loader's own are one of its lines; none of them has another meaning on the server.
    let own = quoted(between(&file(ERRORS).text, "export type LoaderErrorCode =", ";\n"));
    assert!(own.contains("load_failed"), "the loader's codes were not understood");
    assert_eq!(own.intersection(&heard).next(), None, "a code of the loader means something else too");
}

#[test]
fn an_event_has_the_fields_the_widget_gives_it() {
    let border = file("src/embed.rs").text;
    let body = between(&border, "fn event_data(", "\n}");
    let keys = body.split("(\"").skip(1).filter_map(|rest| rest.split_once('"'));
    let mut given: Names = keys.map(|(key, _)| key.to_owned()).collect();
    given.insert("event".to_owned());
    assert_eq!(fields("WidgetEvent extends Message"), given, "{OPTIONS} is not what src/embed.rs gives");
}

#[test]
fn a_success_has_the_fields_its_types_promise() {
    let golden = file("crates/server/tests/golden/success.json").text;
    let success: Value = serde_json::from_str(&golden).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Names>();
    let promised = [("Connection", &success), ("ConnectedAccount", &success["accounts"][0])];
    for (interface, value) in promised {
        let typed = fields(&format!("{interface} extends Message"));
        assert!(typed.len() > 4, "{interface} was not understood");
        let missing: Vec<_> = typed.difference(&keys(value)).cloned().collect();
        assert!(missing.is_empty(), "{interface} promises {missing:?}, which the server does not send");
    }
}

#[test]
fn every_option_is_an_attribute_of_the_element_or_a_thing_only_json_carries() {
    let attributes = file("www/npm/attributes.ts").text;
    let listed = |list: &str| quoted(between(&attributes, &format!("const {list} = ["), "];"));
    let plain: Names = ["TEXTS", "FLAGS", "LISTS"].into_iter().flat_map(listed).collect();
    let carried = names(&["filter", "customer", "options", "meta", "charge", "appearance", "sentences"]);
    let mut options = fields("Options extends Callbacks");
    options.extend(names(&["short_url", "baseUrl"]));
    let either: Names = plain.union(&carried).cloned().collect();
    assert_eq!(either, options, "www/npm/attributes.ts and {OPTIONS} do not name the same options");
    assert_eq!(plain.intersection(&carried).next(), None, "an option is both");
}
