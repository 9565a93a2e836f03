//! Every door of the server is in the guide to its API and in the OpenAPI file.

use crate::rust::{Kind, only};
use crate::tree::{File, file, judge};
use std::collections::{BTreeSet, HashMap};

const DOORS: &str = "crates/server/src/http/mod.rs";
const GUIDE: &str = "docs/api.md";

/// What one function of the page of doors adds.
#[derive(Default)]
struct Group {
    routes: Vec<Route>,
    /// A prefix and the function whose doors lie under it; the prefix is empty for a merge.
    nested: Vec<(String, String)>,
}

/// A path of its own, and the methods it is called with.
#[derive(Clone, Debug, Default, PartialEq)]
struct Route {
    path: String,
    methods: Vec<&'static str>,
}

/// A door: the prefix it is nested under, and its own path and methods.
#[derive(Debug, PartialEq)]
struct Door {
    prefix: String,
    path: String,
    methods: Vec<&'static str>,
}

fn groups(source: &str) -> HashMap<String, Group> {
    let text =
        only(source, &[Kind::Code, Kind::Text]).replace("\npub fn ", "\nfn ").replace("\nasync fn ", "\nfn ");
    let functions = text.split("\nfn ").skip(1).filter_map(|function| function.split_once('('));
    functions.map(|(name, body)| (name.to_owned(), group(body))).collect()
}

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

fn group(body: &str) -> Group {
    let squeezed: String = body.split_whitespace().collect();
    let mut group = Group::default();
    for call in calls(&squeezed) {
        if let Some((path, rest)) = call.strip_prefix("route(\"").and_then(|rest| rest.split_once("\",")) {
            group.routes.push(Route { path: path.to_owned(), methods: method(rest).into_iter().collect() });
        } else if let Some((prefix, rest)) =
            call.strip_prefix("nest(\"").and_then(|rest| rest.split_once("\","))
        {
            group.nested.push((prefix.to_owned(), called(rest)));
        } else if let Some(rest) = call.strip_prefix("merge(") {
            group.nested.push((String::new(), called(rest)));
        } else if let (Some(route), Some(method)) = (group.routes.last_mut(), method(&call)) {
            route.methods.push(method);
        }
    }
    group
}

/// What stands between dots, those in strings left alone.
fn calls(squeezed: &str) -> Vec<String> {
    let (mut calls, mut is_text) = (vec![String::new()], false);
    for letter in squeezed.chars() {
        is_text ^= letter == '"';
        match calls.last_mut() {
            Some(call) if letter != '.' || is_text => call.push(letter),
            _ => calls.push(String::new()),
        }
    }
    calls
}

/// The method whose handler is named here.
fn method(call: &str) -> Option<&'static str> {
    METHODS.into_iter().find(|method| call.strip_prefix(method).is_some_and(|rest| rest.starts_with('(')))
}

fn called(rest: &str) -> String {
    rest.split('(').next().unwrap_or_default().to_owned()
}

fn doors(groups: &HashMap<String, Group>, function: &str, prefix: &str) -> Vec<Door> {
    let group = groups.get(function).unwrap_or_else(|| panic!("{DOORS} has no function {function}"));
    let own = group.routes.iter().cloned();
    let own = own.map(|Route { path, methods }| Door { prefix: prefix.to_owned(), path, methods });
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
fn is_in(guide: &str, Door { prefix, path, methods: _ }: &Door) -> bool {
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

/// What every base of the Okra API begins with but for `/v2`; the same paths lie under all of them.
const OTHER_BASES: [&str; 3] = ["/v1", "/sandbox", "/v2/sandbox"];

/// A path without the base of the Okra API under which it is described.
fn without_base(path: &str) -> &str {
    ["/v2/sandbox/", "/v2/"].iter().find_map(|base| path.strip_prefix(base)).unwrap_or(path)
}

#[test]
fn the_openapi_file_describes_every_route_and_no_other() {
    let doors = doors(&groups(&file(DOORS).text), "router", "");
    let is_told_once = |door: &&Door| !OTHER_BASES.iter().any(|base| door.prefix.starts_with(base));
    let mut served = BTreeSet::new();
    for Door { prefix, path, methods } in doors.iter().filter(is_told_once) {
        let path = if prefix == "/v2" { path[1..].to_owned() } else { format!("{prefix}{path}") };
        served.extend(methods.iter().map(|method| format!("{method} {path}")));
    }
    let document = egusi_server::http::openapi::document();
    let mut described = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let methods = item.as_object().unwrap().keys();
        described.extend(methods.map(|method| format!("{method} {}", without_base(path))));
    }
    let missing: Vec<_> = served.difference(&described).collect();
    let idle: Vec<_> = described.difference(&served).collect();
    assert!(
        missing.is_empty() && idle.is_empty(),
        "crates/server/src/http/openapi does not describe {missing:#?}, and describes what is not there: {idle:#?}"
    );
}

#[test]
fn the_page_of_doors_is_read_with_its_prefixes() {
    let doors = doors(&groups(&file(DOORS).text), "router", "");
    let methods = |path: &str| doors.iter().find(|door| door.path == path).map(|door| door.methods.clone());
    assert_eq!(methods("/records/{id}/refresh"), Some(vec!["get", "post"]));
    assert_eq!(methods("/accounts/{id}/threshold"), Some(vec!["put", "delete"]));
    let paths: Vec<_> = doors.iter().map(|door| format!("{}{}", door.prefix, door.path)).collect();
    for path in ["/", "/health", "/connect/v1/session/form", "/v2/sandbox/balance/getById", "/openapi.json"] {
        assert!(paths.iter().any(|known| known == path), "{path} is not among {paths:?}");
    }
}

#[test]
fn a_path_is_named_only_by_itself() {
    let guide = "`POST /connect/v1/session/form`, under `/v2`: `balance/getById`; `GET /`";
    let door = |prefix: &str, path: &str| Door { prefix: prefix.into(), path: path.into(), methods: vec![] };
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
