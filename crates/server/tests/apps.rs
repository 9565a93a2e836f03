//! A company's Apps and their links as an operator handles them, while the server runs.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

#[path = "support/binary.rs"]
mod binary;

use binary::{Server, command};
use serde_json::{Value, json};
use std::path::Path;

/// Runs a command that must succeed; gives what it prints.
fn text(data: &Path, arguments: &[&str]) -> String {
    let output = command(data, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(data: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&text(data, &[arguments, &["--json"]].concat())).unwrap()
}

/// What a command that fails says.
fn refusal(data: &Path, arguments: &[&str]) -> String {
    let output = command(data, arguments);
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

/// A folder with a company; gives its token.
fn company(data: &Path) -> String {
    json(data, &["company", "create", "Moringa Market"])["token"].as_str().unwrap().to_owned()
}

fn body(answer: &str) -> Value {
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[test]
fn an_app_that_is_made_has_a_link_that_a_running_server_knows() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let token = company(data);
    let server = Server::start(data);
    let options = folder.path().join("options.json");
    std::fs::write(&options, r#"{"name":"Moringa Market","products":["auth","balance"]}"#).unwrap();
    let arguments = ["app", "create", &token, "--env", "sandbox", "--name", "Shop", "--short", "core-flow"];
    let more =
        ["--options", options.to_str().unwrap(), "--origin", "https://shop.example", "--origin", "null"];
    let made = json(data, &[&arguments[..], &more, &["--public-url", "https://connect.example"]].concat());
    assert_eq!(made["link"], "https://connect.example/core-flow");
    assert_eq!(made["allowed_origins"], json!(["https://shop.example", "null"]));
    assert_eq!(made["options"]["products"], json!(["auth", "balance"]));

    let seen = body(&server.get("/connect/v1/links/core-flow"));
    assert_eq!((&seen["app_id"], &seen["options"]["name"]), (&made["id"], &json!("Moringa Market")));
    let id = made["id"].as_str().unwrap();
    let change = ["app", "change", &token, id, "--env", "sandbox"];
    let renamed = json(data, &[&change[..], &["--name", "Market", "--short", "other-flow"]].concat());
    assert_eq!((&renamed["name"], &renamed["short"]), (&json!("Market"), &json!("other-flow")));
    assert_eq!(renamed["options"], made["options"], "what is not given stays");
    assert_eq!(renamed["allowed_origins"], made["allowed_origins"]);
    assert!(server.get("/connect/v1/links/core-flow").contains("unknown_link"));
    let closed = json(data, &[&change[..], &["--no-origins"]].concat());
    assert_eq!(closed["allowed_origins"], json!([]));
    assert_eq!(json(data, &["app", "list", &token, "--env", "sandbox"]), json!([closed]));
    assert_eq!(json(data, &["app", "list", &token, "--env", "production"]), json!([]));
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn people_read_a_link_and_a_line_for_each_app() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let token = company(data);
    let create = ["app", "create", &token, "--env", "production", "--name", "Shop", "--short", "core-flow"];
    let said = text(data, &create);
    let id = said.split_whitespace().nth(1).unwrap();
    assert_eq!(said, format!("App {id}  Shop\n\n  /core-flow\n"));
    let change = ["app", "change", &token, id, "--env", "production", "--origin", "https://shop.example"];
    let said = text(data, &[&change[..], &["--public-url", "https://connect.example"]].concat());
    assert_eq!(said, format!("App {id}  Shop\n\n  https://connect.example/core-flow\n"));
    let line = text(data, &["app", "list", &token, "--env", "production"]);
    assert_eq!(line, format!("{id}  /core-flow  https://shop.example  0 options  Shop\n"));
}

#[test]
fn what_cannot_be_says_what_was_expected() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let token = company(data);
    let create = ["app", "create", &token, "--env", "sandbox", "--name", "Shop"];
    let options = folder.path().join("options.json");
    let with = |text: &str| {
        std::fs::write(&options, text).unwrap();
        refusal(data, &[&create[..], &["--options", options.to_str().unwrap()]].concat())
    };
    assert!(with("[]").contains("--options: expected a JSON object in"));
    assert!(with("{").contains("--options: expected a JSON object in"));
    assert!(with(r#"{"key":"x"}"#).contains("options.key: cannot be saved"));
    assert!(
        with(r#"{"callback_url":"http://10.0.0.1/"}"#)
            .contains("options.callback_url: expected an https URL")
    );
    let own = ["--options", options.to_str().unwrap(), "--webhook-networks", "10.0.0.0/8"];
    assert!(command(data, &[&create[..], &own].concat()).status.success(), "as `serve` would take it");
    let missing = refusal(data, &[&create[..], &["--options", "nowhere.json"]].concat());
    assert!(missing.contains("--options: reading nowhere.json"), "{missing}");
    let slash = refusal(data, &[&create[..], &["--origin", "https://shop.example/"]].concat());
    assert!(
        slash.contains("allowed_origins[0]: expected an origin")
            && slash.contains("write https://shop.example")
    );
    let nobody = "0".repeat(24);
    let stranger = refusal(data, &["app", "list", &nobody, "--env", "sandbox"]);
    assert!(stranger.contains("COMPANY: expected the client token"), "{stranger}");
    let gone = refusal(data, &["app", "change", &token, &nobody, "--env", "sandbox", "--name", "x"]);
    assert!(gone.contains("APP: expected the id of an App of this company and world"), "{gone}");
    let nowhere = folder.path().join("nowhere");
    assert!(refusal(&nowhere, &create).contains("--data: expected the folder"));
    assert!(!nowhere.exists() && !data.join("egusi.key").exists(), "nothing is made that is not asked for");
}
