//! A company's keys as an operator handles them, while the server runs.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

#[path = "support/binary.rs"]
mod binary;

use binary::{Server, command};
use serde_json::Value;
use std::path::Path;

/// Runs a command that answers with JSON.
fn json(data: &Path, arguments: &[&str]) -> Value {
    let output = command(data, &[arguments, &["--json"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What a command that fails says.
fn refusal(data: &Path, arguments: &[&str]) -> String {
    let output = command(data, arguments);
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

/// Whether the running server takes a secret key.
fn opens(server: &Server, key: &str) -> bool {
    server
        .get_with("/v3/customers", &[("authorization", &format!("Bearer {key}"))])
        .starts_with("HTTP/1.1 200")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[test]
fn a_key_is_rotated_and_revoked_under_a_running_server() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let company = json(data.path(), &["company", "create", "Moringa Market"]);
    let (token, first) = (text(&company["token"]), text(&company["sandbox"]["secret_key"]));
    assert!(opens(&server, first));
    let of_sandbox = ["--env", "sandbox", "--kind", "secret"];

    // With an overlap both serve; without one only the new.
    let second = json(data.path(), &[&["key", "rotate", token], &of_sandbox[..]].concat());
    let second = text(&second["key"]);
    assert!(opens(&server, first) && opens(&server, second));
    let now = ["--overlap-hours", "0"];
    let third = json(data.path(), &[&["key", "rotate", token], &of_sandbox[..], &now].concat());
    let third_key = text(&third["key"]);
    assert!(!opens(&server, first) && !opens(&server, second) && opens(&server, third_key));

    let spare = json(data.path(), &[&["key", "create", token], &of_sandbox[..]].concat());
    assert!(opens(&server, third_key), "one more key does not end the others");
    assert!(command(data.path(), &["key", "revoke", token, text(&third["id"])]).status.success());
    assert!(!opens(&server, third_key) && opens(&server, text(&spare["key"])));

    let listed = json(data.path(), &["key", "list", token]);
    let listed = listed.as_array().unwrap();
    assert_eq!(listed.len(), 7, "four at first, and three since");
    let named = listed.iter().find(|key| key["id"] == third["id"]).unwrap();
    assert!(third_key.ends_with(text(&named["hint"])) && !named["ends_at"].is_null());
    let everything = serde_json::to_string(listed).unwrap();
    assert!(!everything.contains(third_key), "a key is shown only once");
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn a_wrong_name_says_what_was_expected() {
    let data = tempfile::tempdir().unwrap();
    let company = json(data.path(), &["company", "create", "Moringa Market"]);
    let token = text(&company["token"]);
    let nobody = "0".repeat(24);
    assert!(refusal(data.path(), &["key", "list", &nobody]).contains("COMPANY: expected the client token"));
    let unknown = ["key", "create", &nobody, "--env", "sandbox", "--kind", "public"];
    assert!(refusal(data.path(), &unknown).contains("COMPANY: expected the client token"));
    assert!(
        refusal(data.path(), &["key", "revoke", token, &nobody]).contains("KEY: expected the id of a key")
    );
    assert!(refusal(data.path(), &["key", "list", "x"]).contains("24 hexadecimal digits"));
    let forever = [&["key", "rotate", token], &["--env", "sandbox", "--kind", "secret"][..]].concat();
    let forever = [&forever, &["--overlap-hours", "4294967295"][..]].concat();
    assert!(refusal(data.path(), &forever).contains("--overlap-hours"));
    let nowhere = data.path().join("nowhere");
    assert!(refusal(&nowhere, &["key", "list", token]).contains("--data: expected the folder"));
    assert!(refusal(&nowhere, &["company", "create", " "]).contains("NAME: expected 1 to 80 characters"));
    assert!(!nowhere.exists(), "a folder that was mistyped is not made");
    for url in
        ["mailto:x", "https://connect.example/path", "https://a@connect.example", "https://x/?a", "connect"]
    {
        let said = refusal(data.path(), &["serve", "--listen", "127.0.0.1:0", "--public-url", url]);
        assert!(said.contains("expected an address without a path"), "{url}: {said}");
    }
    let companies = json(data.path(), &["company", "list"]);
    assert_eq!(companies[0]["name"], "Moringa Market");
}
