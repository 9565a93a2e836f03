//! Schemathesis over the server's own description of itself: no 5xx, no answer that the description
//! does not allow, no way past the keys.

use crate::shell::{finish, output, root, run, say, target, text};
use crate::start::Running;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const VERSION: &str = "4.32.5";
/// Okra's clients send anything, and this server takes it: there a body that is not as described
/// may well be answered with 200.
const LENIENT: [&str; 2] = ["--exclude-checks", "negative_data_rejection"];

/// Tries so many examples of every operation.
pub fn run_with(examples: u32) -> Result<()> {
    let tool = tool()?;
    let data = target().join("fuzz");
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    let binary = target().join("debug/egusi-server");
    let serve = ["serve", "--listen", "127.0.0.1:0", "--calls-per-minute", "0", "--data", &text(&data)];
    // What its log says of hostile calls would bury the report.
    let server = Running::start(Command::new(&binary).args(serve).env("EGUSI_LOG", "off"), "")?;
    let made = output(&text(&binary), &["company", "create", "Fuzz", "--json", "--data", &text(&data)])
        .context("making a company")?;
    let keys: serde_json::Value = serde_json::from_str(&made)?;
    let key = keys["sandbox"]["secret_key"].as_str().context("a company without a key")?;
    let config = root().join("tests/schemathesis/schemathesis.toml");
    let real = data.join("schemathesis.toml");
    fs::write(&real, format!("{}\n{}", fs::read_to_string(&config)?, connected(&server.address, &made)?))?;
    let examples = examples.to_string();
    for (paths, config, more) in [
        ("^/(v3|connect)/", &config, &[][..]),
        ("^/(v2|health|$)", &config, &LENIENT[..]),
        (r"^/v3/.*\{id\}", &real, &[][..]),
    ] {
        say(&format!("Schemathesis, paths {paths}, {examples} examples of each operation"));
        let mut test = Command::new(&tool);
        test.current_dir(&data)
            .args(["--config-file", &text(config)])
            .args(["run", &format!("{}/openapi.json", server.address)])
            .args(["--header", &format!("Authorization: Bearer {key}")])
            .args(["--include-path-regex", paths, "--max-examples", &examples])
            .args(["--workers", "2", "--seed", "1", "--no-color"])
            .args(more);
        finish(&mut test)?;
    }
    Ok(())
}

/// Makes one of everything; the settings by which its ids stand in paths.
fn connected(address: &str, keys: &str) -> Result<String> {
    output("node", &["tests/schemathesis/connect.mjs", address, keys])
        .context("connecting a customer for schemathesis")
}

/// The tool in an environment of its own, made once.
fn tool() -> Result<PathBuf> {
    let folder = target().join(format!("schemathesis-{VERSION}"));
    let tool = folder.join("bin/st");
    if is_complete(&folder) {
        return Ok(tool);
    }
    say("Installing schemathesis (pip)");
    if output("python3", &["-c", "import venv, ensurepip"]).is_none() {
        let is_root = output("id", &["-u"]).as_deref() == Some("0");
        if !is_root || output("apt-get", &["--version"]).is_none() {
            bail!("the description of the API is tested by schemathesis, which needs Python 3 with venv");
        }
        run("apt-get", &["update", "-qq"])?;
        run("apt-get", &["install", "-y", "-qq", "--no-install-recommends", "python3", "python3-venv"])?;
    }
    run("python3", &["-m", "venv", "--clear", &text(&folder)])?;
    let pip = text(&folder.join("bin/pip"));
    let requirements = text(&root().join("tests/schemathesis/requirements.txt"));
    run(&pip, &["install", "--quiet", "--disable-pip-version-check", "--requirement", &requirements])?;
    fs::write(folder.join("complete"), VERSION)?;
    Ok(tool)
}

fn is_complete(folder: &Path) -> bool {
    folder.join("complete").is_file()
}
