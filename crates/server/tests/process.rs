//! The binary as an operator meets it: started, stopped, asked wrongly.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

#[path = "support/binary.rs"]
mod binary;

use binary::{BINARY, Server, create_company};
use std::process::{Command, Output};

#[test]
fn it_says_when_it_is_ready_answers_and_stops_cleanly() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    assert!(server.get("/health").starts_with("HTTP/1.1 200"));
    let nothing = server.get("/nowhere/at/all");
    assert!(nothing.starts_with("HTTP/1.1 404") && nothing.contains("\"not_found\""), "{nothing}");
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn a_company_can_be_made_while_the_server_runs_and_is_there_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let made = create_company("Moringa Market", data.path(), &["--json"]);
    let keys: serde_json::Value = serde_json::from_slice(&made.stdout).unwrap();
    for (env, prefix) in [("sandbox", "sk_test_"), ("production", "sk_live_")] {
        assert!(keys[env]["secret_key"].as_str().unwrap().starts_with(prefix));
        assert_eq!(keys[env]["public_key"].as_str().unwrap().len(), 36, "a UUID");
    }
    assert_eq!(keys["token"].as_str().unwrap().len(), 24);
    assert_eq!(server.stop(), Some(0));
    let database = std::fs::read(data.path().join("egusi.db")).unwrap();
    for env in ["sandbox", "production"] {
        let secret = keys[env]["secret_key"].as_str().unwrap().as_bytes();
        assert!(
            !database.windows(secret.len()).any(|window| window == secret),
            "a secret key is stored in clear"
        );
    }
    assert!(Server::start(data.path()).get("/health").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_wrong_call_says_what_was_expected() {
    let data = tempfile::tempdir().unwrap();
    let said = |output: Output| (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned());

    let (code, text) = said(create_company("  ", data.path(), &[]));
    assert_eq!(code, Some(1));
    assert!(text.contains("NAME: expected 1 to 80 characters, got 0"), "{text}");

    let serve =
        |arguments: &[&str]| said(Command::new(BINARY).arg("serve").args(arguments).output().unwrap());
    let folder = data.path().to_str().unwrap();
    assert!(serve(&["--data", folder, "--listen", "nowhere"]).1.contains("--listen <HOST:PORT>"));

    std::fs::write(data.path().join("egusi.key"), "short").unwrap();
    let (code, text) = serve(&["--data", folder, "--listen", "127.0.0.1:0"]);
    assert_eq!(code, Some(1));
    assert!(text.contains("expected a key of 32 bytes, found 5"), "{text}");

    std::fs::write(
        data.path().join("egusi.db"),
        "this is no database, and it is longer than a header would be".repeat(4),
    )
    .unwrap();
    let (code, text) = said(create_company("Moringa Market", data.path(), &[]));
    assert_eq!(code, Some(1));
    assert!(text.contains("egusi.db"), "{text}");
}

#[test]
fn a_line_about_a_failed_call_carries_the_code_its_customer_can_read_out() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let made = create_company("Moringa Market", data.path(), &["--json"]);
    let keys: serde_json::Value = serde_json::from_slice(&made.stdout).unwrap();
    let options = serde_json::json!({
        "key": keys["sandbox"]["public_key"], "token": keys["token"], "env": "production-sandbox",
        "products": ["auth"], "show_balance": true,
    });
    let answer = server.post("/connect/v1/sessions", &options.to_string());
    let opened: serde_json::Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    let session: egusi_protocol::SessionId =
        serde_json::from_value(opened["setting"]["session"].clone()).unwrap();
    assert_eq!(server.stop(), Some(0));

    // What was sealed with another key cannot be opened.
    std::fs::write(data.path().join("egusi.key"), [7; 32]).unwrap();
    let log = data.path().join("log");
    let server = Server::start_with_log(data.path(), std::fs::File::create(&log).unwrap().into());
    let token = opened["session_token"].as_str().unwrap();
    let bearer = format!("Bearer {token}");
    let failed = server.get_with("/connect/v1/session", &[("authorization", &bearer)]);
    assert!(failed.starts_with("HTTP/1.1 500"), "{failed}");
    assert_eq!(server.stop(), Some(0));
    let log = std::fs::read_to_string(&log).unwrap();
    let line = log.lines().find(|line| line.contains("seal is broken")).unwrap_or_else(|| panic!("{log}"));
    assert!(line.contains(&session.support_code()), "{line}");
    assert!(!log.contains(token), "a token stands in the log");
}

#[test]
fn an_operator_adds_to_the_sandbox_by_files_and_hears_which_one_is_wrong() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("sandbox");
    std::fs::create_dir(&folder).unwrap();
    let house = |ledger: &str| {
        serde_json::json!({ "scenarios": [{ "username": "house_user", "holder": "Zainab Sample", "accounts": [
            { "name": "House", "number": "9999999999", "kind": "Current", "currency": "NGN", "ledger": ledger },
        ] }] })
        .to_string()
    };
    std::fs::write(folder.join("scenarios.json"), house("a lot")).unwrap();
    let refused = Command::new(BINARY)
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(data.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1), "{said}");
    for part in ["sandbox/scenarios.json", "house_user", "accounts[0].ledger"] {
        assert!(said.contains(part), "{part} in {said}");
    }
    std::fs::write(folder.join("scenarios.json"), house("1500.00")).unwrap();
    let bank = r##"[{"id":"65f0c0ffee00000000000001","name":"House Bank","slug":"house-bank","country":"NG",
        "color":"#123456","monogram":"HB","kind":"test"}]"##;
    std::fs::write(folder.join("institutions.json"), bank).unwrap();
    let server = Server::start(data.path());
    assert!(server.get("/connect/v1/institutions?env=production-sandbox").contains("House Bank"));
    assert_eq!(server.stop(), Some(0));
}
