//! The demo: the server on one port, a shop that embeds the widget on another.

use crate::shell::{finish, root, say, target, text};
use crate::{dist, tools};
use anyhow::{Context, Result, bail};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

const LOGINS: &str = "\
Sandbox logins (password pass_good at every bank):
  user_good          two accounts, no further question
  user_otp           a one-time code: 123456
  user_question      two questions: lagos, then amara
  user_pin           a PIN: 1234
  user_device        a device is chosen, then a code: 123456
  user_push          approve in the bank's app
  user_redirect      approve on the bank's own page
  user_many          twelve accounts in five currencies
  user_noavailable   the available balance is worked out
  user_low           an account that holds little
  error_down         the bank does not answer
  error_flaky        the third try gets through
The others stand in docs/sandbox.md.";

/// Builds all and serves until it is stopped.
pub fn run() -> Result<()> {
    tools::node_packages()?;
    dist::build()?;
    say("Building the server (cargo; a few minutes the first time)");
    finish(
        Command::new("cargo").args(["build", "--locked", "--package", "egusi-server"]).current_dir(root()),
    )?;
    let data = root().join("target/demo");
    let company = company(&data)?;

    say("Starting");
    let listen = std::env::var("EGUSI_LISTEN").unwrap_or_else(|_| "127.0.0.1:8080".into());
    let mut server = Running::start(
        // A webhook receiver tried beside the demo listens on this machine.
        Command::new(server_binary())
            .args(["serve", "--data", &text(&data), "--listen", &listen])
            .args(["--webhook-networks", "127.0.0.1,::1"]),
        "Set EGUSI_LISTEN to another address if this one is taken.",
    )?;
    let mut shop = Running::start(
        Command::new("node")
            .arg(root().join("www/demo/server.mjs"))
            .env("PORT", std::env::var("PORT").unwrap_or_else(|_| "8081".into()))
            .env("EGUSI_URL", &server.address)
            .env("EGUSI_COMPANY", company),
        "Set PORT to another port if this one is taken.",
    )?;
    println!(
        "\nThe shop     {0}\nThe gallery  {0}/gallery\nThe server   {1}\n\n{LOGINS}\n\nCtrl-C stops both.",
        shop.address, server.address
    );
    server.child.wait()?;
    shop.child.kill()?;
    Ok(())
}

fn server_binary() -> std::path::PathBuf {
    target().join("debug/egusi-server")
}

/// The demo's company; its keys are made once and kept beside the demo's data.
fn company(data: &Path) -> Result<std::path::PathBuf> {
    fs::create_dir_all(data)?;
    let file = data.join("company.json");
    if !file.exists() {
        let made = Command::new(server_binary())
            .args(["company", "create", "Moringa Market", "--json", "--data", &text(data)])
            .output()
            .context("making the demo's company")?;
        if !made.status.success() {
            bail!("making the demo's company: {}", String::from_utf8_lossy(&made.stderr));
        }
        fs::write(&file, made.stdout)?;
    }
    Ok(file)
}

/// A process that has said where it listens. It ends with us.
pub struct Running {
    child: Child,
    /// Where it listens.
    pub address: String,
}

impl Running {
    /// Starts a process and waits for the line that says where it listens.
    pub fn start(command: &mut Command, hint: &str) -> Result<Self> {
        let mut child = command.stdout(Stdio::piped()).spawn().context("starting a server")?;
        let output = child.stdout.take().context("a server without output")?;
        let mut lines = BufReader::new(output).lines();
        let address =
            lines.next().transpose()?.and_then(|line| line.split_whitespace().last().map(str::to_owned));
        let Some(address) = address else {
            let status = child.wait()?;
            bail!("a server ended before it was ready ({status}). {hint}");
        };
        Ok(Self { child, address })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
    }
}
