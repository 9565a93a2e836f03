//! Lays out the files of the npm package, to which `exports` in package.json point.

use crate::dist::bundle;
use crate::shell::{finish, node_tool, root, text};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Modules of the package. What several of them need is a file of its own, so that an error of one
/// is an instance of the other's class, and two of them hold the page behind only once.
const MODULES: [&str; 4] = ["index", "element", "react", "inline"];

/// Copied from what the server hands out, for pages that serve the script themselves.
const SCRIPTS: [&str; 3] = ["egusi.js", "egusi-element.js", crate::hashes::LIST];

/// Writes the package.
pub fn write(package: &Path, glue: &Path, wasm: &Path, texts: &Path, embed: &Path) -> Result<()> {
    fs::create_dir_all(package)?;
    let entries = MODULES.map(|name| format!("{name}=www/npm/{name}.ts"));
    let more = [
        "--format=esm",
        "--splitting",
        "--out-extension:.js=.mjs",
        "--chunk-names=shared-[hash]",
        "--external:react",
        &format!("--alias:egusi-wasm={}", text(glue)),
        &format!("--alias:egusi-texts={}", text(texts)),
        &format!("--outdir={}", text(package)),
    ];
    bundle(&entries.each_ref().map(String::as_str), &more)?;
    // CommonJS has no address of its own; it would not be the server's anyway.
    let out = format!("--outfile={}", text(&package.join("index.cjs")));
    bundle(&["www/npm/index.cts"], &["--format=cjs", "--define:import.meta.url=\"\"", &out])?;
    // Servers of React components must be told which modules are meant for browsers.
    let react = package.join("react.mjs");
    fs::write(&react, format!("\"use client\";\n{}", fs::read_to_string(&react)?))?;
    copy(wasm, &package.join("egusi.wasm"))?;
    for script in SCRIPTS {
        copy(&embed.join(script), &package.join(script))?;
    }
    types(&package.join("types"), "module")?;
    types(&package.join("types-of-require"), "commonjs")
}

/// The types, once more for `require`: whether a file of types speaks of a module or of CommonJS, the
/// package.json beside it says.
fn types(folder: &Path, kind: &str) -> Result<()> {
    let mut tool = Command::new(node_tool("tsc"));
    tool.args(["-p", "www/npm/tsconfig.json", "--outDir", &text(folder)]).current_dir(root());
    finish(&mut tool)?;
    fs::write(folder.join("package.json"), format!("{{ \"type\": \"{kind}\" }}\n"))?;
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("copying {}", from.display()))?;
    Ok(())
}
