//! Gives what the WebAssembly and its glue call each other the shortest names there are. Each stands
//! in both, with a hash that hardly compresses.

use crate::shell::node_tool;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The names that were, beside those that are, as wasm-opt prints them.
#[derive(Deserialize)]
struct Renamed {
    /// Module, name, short name.
    imports: Vec<(String, String, String)>,
    /// Name, short name.
    exports: Vec<(String, String)>,
}

/// wasm-opt calls the one module of all imports so.
const MODULE: &str = "a";

/// Renames in the WebAssembly and in the glue; each is read from its first path and written to its second.
pub fn names(wasm: (&Path, &Path), glue: (&Path, &Path), features: &[&str]) -> Result<()> {
    let mut tool = Command::new(node_tool("wasm-opt"));
    tool.arg("--minify-imports-and-exports-and-modules").args(features).arg("-o").args([wasm.1, wasm.0]);
    let done = tool.output().context("starting wasm-opt")?;
    if !done.status.success() {
        bail!("wasm-opt ended with {}: {}", done.status, String::from_utf8_lossy(&done.stderr));
    }
    let renamed = serde_json::from_slice(&done.stdout).context("reading wasm-opt's list of names")?;
    let text = fs::read_to_string(glue.0).with_context(|| format!("reading {}", glue.0.display()))?;
    fs::write(glue.1, renamed_glue(text, &renamed)?)?;
    Ok(())
}

fn renamed_glue(mut glue: String, renamed: &Renamed) -> Result<String> {
    let module = renamed.imports.first().map(|(module, ..)| module).context("nothing is imported")?;
    glue = replaced(&glue, &format!("\"{module}\": "), &format!("{MODULE}: "))?;
    for (_, name, short) in &renamed.imports {
        glue = replaced(&glue, &format!(" {name}: "), &format!(" {short}: "))?;
    }
    for (name, short) in &renamed.exports {
        glue = with_export(&glue, &format!("wasm.{name}"), &format!("wasm.{short}"));
    }
    Ok(glue)
}

/// The text with the one place replaced. Another glue than the one known may not pass unnoticed.
fn replaced(glue: &str, old: &str, new: &str) -> Result<String> {
    match glue.matches(old).count() {
        1 => Ok(glue.replace(old, new)),
        found => bail!("wasm-bindgen's glue was expected to have{old}once, but has it {found} times"),
    }
}

/// Replaces the whole words alone: one name may begin with another.
fn with_export(glue: &str, old: &str, new: &str) -> String {
    let mut parts = glue.split(old);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let goes_on = part.starts_with(|next: char| next.is_alphanumeric() || next == '_' || next == '$');
        text.push_str(if goes_on { old } else { new });
        text.push_str(part);
    }
    text
}
