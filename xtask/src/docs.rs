//! Lays out the reader of the API's description: our page, and swagger-ui as its makers built it.

use crate::dist::esbuild;
use crate::shell::root;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// What is taken from swagger-ui, and under which name: its licence goes with it.
const TAKEN: [(&str, &str); 4] = [
    ("swagger-ui-bundle.js", "swagger-ui-bundle.js"),
    ("swagger-ui.css", "swagger-ui.css"),
    ("LICENSE", "swagger-ui-license.txt"),
    ("swagger-ui-bundle.js.LICENSE.txt", "swagger-ui-bundle.js.LICENSE.txt"),
];

/// Writes the reader into a folder.
pub fn write(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let swagger = root().join("node_modules/swagger-ui-dist");
    for (from, to) in TAKEN {
        copy(&swagger.join(from), &folder.join(to))?;
    }
    for own in ["index.html", "docs.css"] {
        copy(&root().join("www/docs").join(own), &folder.join(own))?;
    }
    esbuild("www/docs/start.ts", &folder.join("start.js"), &["--format=iife"])
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("copying {}", from.display()))?;
    Ok(())
}
