//! The binary as an operator meets it: started, stopped, asked wrongly.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const BINARY: &str = env!("CARGO_BIN_EXE_egusi-server");

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut child = Command::new(BINARY)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address =
            line.trim().rsplit_once("http://").expect("the ready line names the address").1.to_owned();
        Self { child, address }
    }

    fn get(&self, path: &str) -> String {
        let mut socket = TcpStream::connect(&self.address).unwrap();
        write!(socket, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Asks the process to stop and gives its exit code.
    fn stop(mut self) -> Option<i32> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has usually ended already.
        let _ = self.child.kill();
    }
}

fn create_company(name: &str, data: &Path, more: &[&str]) -> Output {
    Command::new(BINARY).args(["company", "create", name, "--data"]).arg(data).args(more).output().unwrap()
}

#[test]
fn it_says_when_it_is_ready_answers_and_stops_cleanly() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    assert!(server.get("/health").starts_with("HTTP/1.1 200"));
    let nothing = server.get("/nowhere");
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
