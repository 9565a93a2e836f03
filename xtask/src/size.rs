//! What a browser downloads, in bytes as brotli sends them, against the budget.

use crate::dist::{LINT, PLAIN, brotli, folder};
use crate::hashes;
use crate::shell::root;
use crate::texts::TEXT;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// What the host page loads before a click: one of these.
const LOADERS: [(&str, &str, usize); 3] = [
    ("Host page, before a click", "egusi.js", 3_328),
    ("The same as a module", "egusi.mjs", 3_328),
    ("The same with the custom element", "egusi-element.js", 5 * 1024),
];
/// What the widget page loads until the list of banks can be typed into.
const WIDGET_PAGE_MAX: usize = 146 * 1024;
/// What it fetches besides, in the sandbox alone and beside everything else: advice to the host's makers.
const SANDBOX_MAX: usize = 4 * 1024;

/// Prints the sizes and fails if one is over its budget.
pub fn check() -> Result<()> {
    let widget = folder().join("widget");
    // The page of the language whose sentences take most, so that nobody has to fetch more.
    let mut files = vec![largest_page(&widget)?];
    for entry in fs::read_dir(widget.join("assets")).context("nothing is built yet; run cargo xtask dist")? {
        files.push(entry?.path());
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension != "br"));
    // Nobody fetches these who can do without: other languages, the window without WebAssembly.
    files.retain(|file| ![PLAIN, TEXT].iter().any(|kind| name(file).starts_with(kind)));
    files.sort();
    let (sandbox, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| name(file).starts_with(LINT));
    let sandbox = sizes(&sandbox)?;
    let mut page = sizes(&files)?;
    page.push(("list of banks".into(), bank_list()?));
    let embed = folder().join("embed");
    let mut over = Vec::new();
    for (title, file, budget) in LOADERS {
        over.push(report(title, &sizes(&[embed.join(file)])?, budget));
    }
    over.push(report("Widget page, until the list", &page, WIDGET_PAGE_MAX));
    over.push(report("Widget page, in the sandbox alone", &sandbox, SANDBOX_MAX));
    hashes::print(&embed)?;
    if over.contains(&true) {
        bail!("over budget");
    }
    Ok(())
}

fn largest_page(widget: &Path) -> Result<PathBuf> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(widget).context("nothing is built yet; run cargo xtask dist")? {
        let path = entry?.path();
        if name(&path).starts_with("index.") && name(&path).ends_with(".html") {
            pages.push((brotli(&fs::read(&path)?)?.len(), path));
        }
    }
    pages.into_iter().max().map(|(_, path)| path).context("there is no page; run cargo xtask dist")
}

fn sizes(files: &[PathBuf]) -> Result<Vec<(String, usize)>> {
    let size = |file: &PathBuf| Ok((name(file), brotli(&fs::read(file)?)?.len()));
    files.iter().map(size).collect()
}

fn name(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The list as the server sends it: only the fields the widget reads.
fn bank_list() -> Result<usize> {
    let data = fs::read(root().join("crates/connectors/data/institutions.json"))?;
    let rows: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_slice(&data)?;
    let kept = ["id", "name", "monogram", "also", "color", "country", "kind", "holders", "lacks", "health"];
    // What nearly all institutions are is left out of the wire.
    let is_usual = |value: &serde_json::Value| value == "bank" || value == "individual";
    let rows: Vec<serde_json::Map<_, _>> = rows
        .into_iter()
        .map(|row| {
            row.into_iter().filter(|(key, value)| kept.contains(&key.as_str()) && !is_usual(value)).collect()
        })
        .collect();
    Ok(brotli(&serde_json::to_vec(&serde_json::json!({ "institutions": rows }))?)?.len())
}

fn report(title: &str, parts: &[(String, usize)], budget: usize) -> bool {
    let total: usize = parts.iter().map(|(_, size)| size).sum();
    println!("{title} (brotli)");
    for (name, size) in parts {
        println!("  {size:>8}  {name}");
    }
    println!("  {total:>8}  of {budget}{}", if total > budget { "  OVER" } else { "" });
    total > budget
}
