//! Every test there is, in the order in which a fault is found soonest.

use crate::shell::{command, finish, node_tool, run as call, say};
use crate::{dist, fuzz, reproduce, size, tools};
use anyhow::Result;

/// Hostile calls of each operation of the API; `cargo xtask fuzz-api` tries more.
const EXAMPLES: u32 = 15;

/// Installs what is missing, builds once, and tests everything.
pub fn run() -> Result<()> {
    tools::node_packages()?;
    tools::wasm_target()?;
    let browser = tools::browser()?;
    let firefox = tools::firefox()?;

    dist::build()?;
    say("Sizes");
    size::check()?;
    reproduce::check()?;

    say("Format, lints and types");
    call("cargo", &["fmt", "--all", "--check"])?;
    let lints = ["clippy", "--locked", "--workspace", "--all-targets", "--", "--deny", "warnings"];
    call("cargo", &lints)?;
    call(&node_tool("tsc"), &["--noEmit"])?;

    say("Native tests (cargo test; compiles for some minutes the first time)");
    call("cargo", &["test", "--locked", "--workspace"])?;

    say("Building the runner of browser tests (cargo; two minutes the first time)");
    call("cargo", &["build", "--locked", "--package", "xtask", "--features", "browser-tests"])?;
    say("The widget in a real browser (wasm-bindgen-test)");
    let mut browser_tests =
        command("cargo", &["test", "--locked", "--package", "egusi", "--test", "browser"]);
    browser_tests.args(["--target", "wasm32-unknown-unknown"]);
    if let Some(driver) = &browser.driver {
        browser_tests.env("CHROMEDRIVER", driver);
    }
    finish(&mut browser_tests)?;

    call("cargo", &["build", "--locked", "--package", "egusi-server"])?;
    fuzz::run_with(EXAMPLES)?;

    say("End to end in a real browser (Playwright)");
    let mut end_to_end = command(&node_tool("playwright"), &["test"]);
    end_to_end.env("FIREFOX_PATH", &firefox);
    if let Some(chromium) = &browser.chromium {
        end_to_end.env("CHROMIUM_PATH", chromium);
    }
    finish(&mut end_to_end)?;
    say("Everything passed");
    Ok(())
}
