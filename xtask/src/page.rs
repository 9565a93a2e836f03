//! Writes the widget's page: its boot script and first styles stand inside it, and the page's
//! content security policy allows exactly these two by their hashes.

use crate::dist::esbuild;
use crate::shell::root;
use anyhow::{Context, Result, bail};
use base64::Engine;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// Fills the template and writes the policy the server sends with it.
pub fn write(widget: &Path, wasm: &str, script: &str) -> Result<()> {
    let boot = minified(widget, "boot.ts", &["--format=iife"])?;
    let first = minified(widget, "first.css", &[])?;
    let template = fs::read_to_string(root().join("www/widget/index.html"))?;
    let mut html = template;
    for (hole, filling) in
        [("{{boot}}", boot.as_str()), ("{{first}}", &first), ("{{wasm}}", wasm), ("{{script}}", script)]
    {
        if !html.contains(hole) {
            bail!("www/widget/index.html has no place {hole}");
        }
        html = html.replace(hole, filling);
    }
    fs::write(widget.join("index.html"), html)?;
    fs::write(widget.join("policy.txt"), policy(&boot, &first))?;
    Ok(())
}

fn minified(widget: &Path, file: &str, more: &[&str]) -> Result<String> {
    let out = widget.join(file).with_extension("tmp");
    esbuild(&format!("www/widget/{file}"), &out, more)?;
    let text = fs::read_to_string(&out).with_context(|| format!("reading {}", out.display()))?;
    fs::remove_file(out)?;
    Ok(text.trim().to_owned())
}

/// Nothing is allowed but this page's own files, these two inline texts, and images for the logo.
fn policy(boot: &str, first: &str) -> String {
    let hash = |text: &str| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
    [
        "default-src 'none'",
        &format!("script-src 'self' 'wasm-unsafe-eval' 'sha256-{}'", hash(boot)),
        &format!("style-src 'sha256-{}'", hash(first)),
        "connect-src 'self'",
        "img-src data: https:",
        "base-uri 'none'",
        "form-action 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    .join("; ")
}
