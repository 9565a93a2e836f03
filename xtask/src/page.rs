//! Writes the widget's page: its boot script and first styles stand inside it, and the page's
//! content security policy allows exactly these two by their hashes. Its files it names with theirs.

use crate::dist::esbuild;
use crate::hashes::sri;
use crate::shell::root;
use anyhow::{Context, Result, bail};
use base64::Engine;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// Fills the templates and writes the policy the server sends with the page.
pub fn write(widget: &Path, wasm: &str, script: &str) -> Result<()> {
    let boot = minified(widget, "boot.ts", &["--format=iife"])?;
    let first = minified(widget, "first.css", &[])?;
    let of_script = sri(&fs::read(widget.join("assets").join(script))?);
    // No hash of the WebAssembly: it is the script that checks it. For what is preloaded to be fetched
    // browsers do not know hashes, and Chromium complains of one to every customer.
    let files = [("{{wasm}}", wasm), ("{{script}}", script), ("{{script-integrity}}", &of_script)];
    let texts = [("{{boot}}", boot.as_str()), ("{{first}}", &first)];
    fill("index.html", widget, texts.iter().chain(&files))?;
    fill("warm.html", widget, files.iter())?;
    fs::write(widget.join("policy.txt"), policy(&boot, &first))?;
    Ok(())
}

/// Writes a template of the widget's folder with its places filled. One that has no use for a
/// filling has lost a place.
fn fill<'a>(file: &str, widget: &Path, fillings: impl Iterator<Item = &'a (&'a str, &'a str)>) -> Result<()> {
    let mut html = fs::read_to_string(root().join("www/widget").join(file))?;
    for (place, filling) in fillings {
        if !html.contains(place) {
            bail!("www/widget/{file} has no place {place}");
        }
        html = html.replace(place, filling);
    }
    fs::write(widget.join(file), html)?;
    Ok(())
}

fn minified(widget: &Path, file: &str, more: &[&str]) -> Result<String> {
    let out = widget.join(file).with_extension("tmp");
    esbuild(&format!("www/widget/{file}"), &out, more)?;
    let text = fs::read_to_string(&out).with_context(|| format!("reading {}", out.display()))?;
    fs::remove_file(out)?;
    Ok(text.trim().to_owned())
}

/// Nothing is allowed but this page's own files, these two inline texts, images for the logo, and a
/// frame and a form of our own for the window without WebAssembly.
fn policy(boot: &str, first: &str) -> String {
    let hash = |text: &str| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
    [
        "default-src 'none'",
        &format!("script-src 'self' 'wasm-unsafe-eval' 'sha256-{}'", hash(boot)),
        &format!("style-src 'sha256-{}'", hash(first)),
        "connect-src 'self'",
        "img-src data: https:",
        "frame-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    .join("; ")
}
