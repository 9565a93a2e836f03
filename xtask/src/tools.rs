//! Makes sure that what the build and the tests need is there, on a machine with nothing but Rust
//! and Node.

use crate::shell::{ROOT, output, root, run, say};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// The WebAssembly target of the toolchain.
pub fn wasm_target() -> Result<()> {
    let installed = output("rustc", &["--print", "target-libdir", "--target", "wasm32-unknown-unknown"])
        .is_some_and(|folder| Path::new(&folder).is_dir());
    if installed {
        return Ok(());
    }
    say("Adding the WebAssembly target (rustup)");
    run("rustup", &["target", "add", "wasm32-unknown-unknown"])
        .context("the widget needs the target wasm32-unknown-unknown")
}

/// The npm packages of the lock file. A second build elsewhere is given those of the first.
pub fn node_packages() -> Result<()> {
    if std::env::var_os(ROOT).is_some() {
        return Ok(());
    }
    let age = |path: &str| root().join(path).metadata().and_then(|data| data.modified()).ok();
    let (installed, locked) = (age("node_modules/.package-lock.json"), age("package-lock.json"));
    if installed.is_some() && installed >= locked {
        return Ok(());
    }
    say("Installing npm packages (npm ci)");
    run("npm", &["ci", "--no-audit", "--no-fund"])
}

/// A Chromium and its driver for the tests.
pub struct Browser {
    /// The browser, if it is an installed one; else Playwright's own is used.
    pub chromium: Option<PathBuf>,
    /// The driver of the same version.
    pub driver: Option<PathBuf>,
}

/// Finds a browser, or installs one: Debian's package as root, else Playwright's download.
pub fn browser() -> Result<Browser> {
    if let Some(found) = find_browser() {
        return Ok(found);
    }
    let is_root = output("id", &["-u"]).as_deref() == Some("0");
    if is_root && output("apt-get", &["--version"]).is_some() {
        say("Installing Chromium and its driver (apt-get)");
        run("apt-get", &["update", "-qq"])?;
        run("apt-get", &["install", "-y", "-qq", "--no-install-recommends", "chromium", "chromium-driver"])?;
    } else {
        say("Downloading Chromium (Playwright)");
        run("npx", &["playwright", "install", "--with-deps", "chromium"])?;
    }
    find_browser().map_or_else(
        || {
            if which("chromedriver").is_some() {
                return Ok(Browser { chromium: None, driver: which("chromedriver") });
            }
            bail!(
                "the browser tests need chromedriver; install Chromium with its driver, or set CHROMEDRIVER"
            )
        },
        Ok,
    )
}

/// A Firefox for the one story that is told in it too: the installed one, or Debian's package as root. A
/// machine that has neither is told what to do, and the tests fail rather than leave the story out.
pub fn firefox() -> Result<PathBuf> {
    if let Some(found) = find_firefox() {
        return Ok(found);
    }
    let is_root = output("id", &["-u"]).as_deref() == Some("0");
    if is_root && output("apt-get", &["--version"]).is_some() {
        say("Installing Firefox (apt-get)");
        run("apt-get", &["update", "-qq"])?;
        run("apt-get", &["install", "-y", "-qq", "--no-install-recommends", "firefox-esr"])?;
    }
    find_firefox().context("the story in Firefox needs Firefox; install it, or set FIREFOX_PATH")
}

fn find_firefox() -> Option<PathBuf> {
    let named = std::env::var_os("FIREFOX_PATH").map(PathBuf::from);
    named.or_else(|| ["firefox-esr", "firefox"].into_iter().find_map(which))
}

fn find_browser() -> Option<Browser> {
    let named = std::env::var_os("CHROMIUM_PATH").map(PathBuf::from);
    let chromium =
        named.or_else(|| ["chromium", "google-chrome", "chromium-browser"].into_iter().find_map(which))?;
    let driver = std::env::var_os("CHROMEDRIVER").map(PathBuf::from).or_else(|| which("chromedriver"))?;
    Some(Browser { chromium: Some(chromium), driver: Some(driver) })
}

fn which(program: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths).map(|folder| folder.join(program)).find(|path| path.is_file())
}
