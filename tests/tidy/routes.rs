//! Every door of the server is in the guide to its API.

use crate::rust::{Kind, only};
use crate::tree::{File, file, judge};
use std::collections::HashMap;

const DOORS: &str = "crates/server/src/http/mod.rs";
const GUIDE: &str = "docs/api.md";

/// What one function of the page of doors adds.
#[derive(Default)]
struct Group {
    routes: Vec<String>,
    /// A prefix and the function whose doors lie under it; the prefix is empty for a merge.
    nested: Vec<(String, String)>,
}

/// A door: the prefix it is nested under, and its own path.
#[derive(Debug, PartialEq)]
struct Door {
    prefix: String,
    path: String,
}

fn groups(source: &str) -> HashMap<String, Group> {
    let text =
        only(source, &[Kind::Code, Kind::Text]).replace("\npub fn ", "\nfn ").replace("\nasync fn ", "\nfn ");
    let functions = text.split("\nfn ").skip(1).filter_map(|function| function.split_once('('));
    functions.map(|(name, body)| (name.to_owned(), group(body))).collect()
}

fn group(body: &str) -> Group {
    let squeezed: String = body.split_whitespace().collect();
    let mut group = Group::default();
    for call in squeezed.split('.').map(str::to_owned).collect::<Vec<_>>() {
        if let Some((path, _)) = call.strip_prefix("route(\"").and_then(|rest| rest.split_once('"')) {
            group.routes.push(path.to_owned());
        } else if let Some((prefix, rest)) =
            call.strip_prefix("nest(\"").and_then(|rest| rest.split_once("\","))
        {
            group.nested.push((prefix.to_owned(), called(rest)));
        } else if let Some(rest) = call.strip_prefix("merge(") {
            group.nested.push((String::new(), called(rest)));
        }
    }
    group
}

fn called(rest: &str) -> String {
    rest.split('(').next().unwrap_or_default().to_owned()
}

fn doors(groups: &HashMap<String, Group>, function: &str, prefix: &str) -> Vec<Door> {
    let group = groups.get(function).unwrap_or_else(|| panic!("{DOORS} has no function {function}"));
    let own = group.routes.iter().map(|path| Door { prefix: prefix.to_owned(), path: path.clone() });
    let nested = group.nested.iter().flat_map(|(more, name)| doors(groups, name, &format!("{prefix}{more}")));
    own.chain(nested).collect()
}

/// Whether the guide names a path, and not only a longer one that holds it.
fn names(guide: &str, path: &str) -> bool {
    let belongs = |letter: char| letter.is_alphanumeric() || "/_-{}".contains(letter);
    guide.match_indices(path).any(|(at, _)| {
        !guide[..at].chars().next_back().is_some_and(belongs)
            && !guide[at + path.len()..].chars().next().is_some_and(belongs)
    })
}

/// In full; or the prefix for itself and the rest for itself, since a table lists many paths under
/// the same prefixes.
fn is_in(guide: &str, Door { prefix, path }: &Door) -> bool {
    let rest = path.trim_start_matches('/');
    names(guide, &format!("{prefix}{path}"))
        || (!prefix.is_empty() && names(guide, prefix) && (names(guide, rest) || names(guide, path)))
}

fn line_of(source: &File, path: &str) -> usize {
    let literal = format!("\"{path}\"");
    source.text.lines().position(|line| line.contains(&literal)).map_or(1, |at| at + 1)
}

#[test]
fn every_route_is_in_the_guide() {
    let source = file(DOORS);
    let guide = file(GUIDE).text;
    let doors = doors(&groups(&source.text), "router", "");
    let missing = doors.iter().filter(|door| !is_in(&guide, door));
    judge(
        "every route of the server is described in docs/api.md",
        "describe it there: who calls it, with what, and what is answered",
        missing
            .map(|door| source.offence(line_of(&source, &door.path), format!("{}{}", door.prefix, door.path)))
            .collect(),
    );
}

#[test]
fn the_page_of_doors_is_read_with_its_prefixes() {
    let doors = doors(&groups(&file(DOORS).text), "router", "");
    let paths: Vec<_> = doors.iter().map(|door| format!("{}{}", door.prefix, door.path)).collect();
    for path in ["/", "/health", "/connect/v1/session/form", "/v2/sandbox/balance/getById"] {
        assert!(paths.iter().any(|known| known == path), "{path} is not among {paths:?}");
    }
}

#[test]
fn a_path_is_named_only_by_itself() {
    let guide = "`POST /connect/v1/session/form`, under `/v2`: `balance/getById`; `GET /`";
    let door = |prefix: &str, path: &str| Door { prefix: prefix.into(), path: path.into() };
    for (door, is_named) in [
        (door("/connect/v1", "/session/form"), true),
        (door("/connect/v1", "/session"), false),
        (door("/v2", "/balance/getById"), true),
        (door("/v3", "/balance/getById"), false),
        (door("", "/"), true),
        (door("", "/health"), false),
    ] {
        assert_eq!(is_in(guide, &door), is_named, "{door:?}");
    }
}
