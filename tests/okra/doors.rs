//! The table of paths says the truth: about the routes, the answers and the documents.

use crate::support::Site;
use crate::{V1, V2};
use axum::http::StatusCode;
use egusi_server::http::okra::doors::{OKRA_DOORS, find};
use serde_json::json;
use std::collections::HashSet;
use std::path::Path;

fn text_of(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[tokio::test]
async fn every_door_answers_as_the_table_says() {
    let site = Site::new().await;
    let key = site.company.sandbox.secret.expose();
    for door in OKRA_DOORS {
        let path = door.path.replace("{id}", "65f0c0ffee00000000000001");
        for (method, is_answered) in [("GET", door.get), ("POST", door.post)] {
            let bases = V1.iter().chain(&V2).filter(|base| !door.is_of_sandbox || base.contains("sandbox"));
            for base in bases {
                let answer = site.call(method, &format!("{base}/{path}"), key, "{}").await;
                let code = answer.json["code"].as_str();
                let seen = (answer.status, code);
                if !door.works {
                    assert_eq!(
                        seen,
                        (StatusCode::BAD_REQUEST, Some("NOT_SUPPORTED")),
                        "{method} {base}/{path}"
                    );
                    let message = format!("{} is not supported by this server", door.path);
                    assert_eq!(answer.json["message"], json!(message));
                    assert!(answer.json.to_string().len() <= 120, "{}", answer.json);
                } else if is_answered {
                    let is_there = answer.status != StatusCode::METHOD_NOT_ALLOWED
                        && answer.json["message"] != "Not supported by this server";
                    assert!(is_there && code.is_none(), "{method} {base}/{path}: {}", answer.json);
                } else {
                    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {base}/{path}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_path_that_never_was_is_no_path_without_a_handler() {
    let site = Site::new().await;
    let answer = site.okra("/v2/balance/getByMood", &json!({})).await;
    assert_eq!(
        (answer.status, answer.json["message"].as_str()),
        (StatusCode::NOT_FOUND, Some("Not supported by this server"))
    );
    let with_slash = site.okra("/v2/revenue/", &json!({})).await;
    assert_eq!(with_slash.json["code"], "NOT_SUPPORTED");
}

#[test]
fn every_route_of_the_okra_api_stands_in_the_table() {
    let page = text_of("crates/server/src/http/mod.rs");
    let groups = page.split("\nfn ").filter(|group| {
        ["okra_", "for_okra_", "for_test_persons"].iter().any(|name| group.starts_with(name))
    });
    let routes: HashSet<_> = groups
        .flat_map(|group| group.split(".route(\"/").skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(routes.len() > 60, "{routes:?}");
    for route in &routes {
        assert!(find(route).is_some_and(|door| door.works), "{route} has a route and is not in the table");
    }
    for door in OKRA_DOORS.iter().filter(|door| door.works) {
        assert!(routes.contains(door.path), "{} works without a route", door.path);
    }
}

#[test]
fn the_page_about_paths_names_each_and_what_it_does() {
    let page = text_of("docs/okra-paths.md");
    let mut named = HashSet::new();
    for line in page.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        // The first table begins with okra-node's name of the path.
        let is_of_okra_node = cells[3] == "works" || cells[3] == "answers not supported";
        let (path, word) = if is_of_okra_node { (cells[2], cells[3]) } else { (cells[1], cells[2]) };
        let door = find(path.trim_matches('`')).unwrap_or_else(|| panic!("{path} is not in the table"));
        assert_eq!(word, if door.works { "works" } else { "answers not supported" }, "{path}");
        named.insert(door.path);
    }
    for door in OKRA_DOORS {
        assert!(named.contains(door.path), "docs/okra-paths.md does not name {}", door.path);
    }
}
