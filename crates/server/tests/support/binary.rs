//! The binary as an operator meets it: started, asked over a socket, stopped, and its commands.

#![allow(dead_code)] // Each test binary uses its own part of it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// What is tested.
pub const BINARY: &str = env!("CARGO_BIN_EXE_egusi-server");

/// A running server.
pub struct Server {
    child: Child,
    address: String,
}

impl Server {
    pub fn start(data: &Path) -> Self {
        Self::start_with_log(data, Stdio::null())
    }

    /// The same, with its log somewhere.
    pub fn start_with_log(data: &Path, log: Stdio) -> Self {
        let mut child = Command::new(BINARY)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address =
            line.trim().rsplit_once("http://").expect("the ready line names the address").1.to_owned();
        Self { child, address }
    }

    pub fn get(&self, path: &str) -> String {
        self.get_with(path, &[])
    }

    /// The whole answer as text, to a call with these headers.
    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> String {
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let mut socket = TcpStream::connect(&self.address).unwrap();
        write!(socket, "GET {path} HTTP/1.1\r\nhost: x\r\n{headers}connection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        answer
    }

    /// The whole answer as text, to a call with a JSON body.
    pub fn post(&self, path: &str, body: &str) -> String {
        let mut socket = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        write!(
            socket,
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
             connection: close\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Asks the process to stop and gives its exit code.
    pub fn stop(mut self) -> Option<i32> {
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

/// Runs one of the commands to its end.
pub fn command(data: &Path, arguments: &[&str]) -> Output {
    Command::new(BINARY).args(arguments).arg("--data").arg(data).output().unwrap()
}

/// Makes a company.
pub fn create_company(name: &str, data: &Path, more: &[&str]) -> Output {
    command(data, &[&["company", "create", name], more].concat())
}
