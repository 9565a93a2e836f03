//! Writes the widget's page, once in each language: its boot script, its styles and its sentences stand inside
//! it, and the page's content security policy allows exactly these scripts and styles by their hashes. Its files
//! it names with theirs.

use crate::dist::esbuild;
use crate::hashes::sri;
use crate::shell::root;
use crate::texts::{self, Text};
use anyhow::{Context, Result, bail};
use base64::Engine;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// Fills the templates and writes the policy the server sends with the page.
pub fn write(widget: &Path, wasm: &str, script: &str, said: (&[Text], &str)) -> Result<()> {
    let (languages, styles) = said;
    let boot = minified(widget, "boot.ts", &["--format=iife"])?;
    let styles = [styles, &minified(widget, "page.css", &[])?].concat();
    let of_script = sri(&fs::read(widget.join("assets").join(script))?);
    // No hash of the WebAssembly: it is the script that checks it. For what is preloaded to be fetched
    // browsers do not know hashes, and Chromium complains of one to every customer.
    let files = [("{{wasm}}", wasm), ("{{script}}", script), ("{{script-integrity}}", &of_script)];
    for text in languages {
        let sentences = texts::for_page(text, languages)?;
        let fillings = [("{{boot}}", boot.as_str()), ("{{styles}}", &styles), ("{{text}}", &sentences)];
        let html = fill("index.html", fillings.iter().chain(&files))?;
        let html = spoken(&html, text)?;
        fs::write(widget.join(format!("index.{}.html", text.tag)), html)?;
    }
    fs::write(widget.join("warm.html"), fill("warm.html", files.iter())?)?;
    fs::write(widget.join("policy.txt"), policy(&boot, &styles))?;
    Ok(())
}

/// The window's own styles.
pub fn styles(widget: &Path) -> Result<String> {
    minified(widget, "widget.css", &[])
}

/// A template of the widget's folder with its places filled. One that has no use for a filling has
/// lost a place.
fn fill<'a>(file: &str, fillings: impl Iterator<Item = &'a (&'a str, &'a str)>) -> Result<String> {
    let mut html = fs::read_to_string(root().join("www/widget").join(file))?;
    for (place, filling) in fillings {
        if !html.contains(place) {
            bail!("www/widget/{file} has no place {place}");
        }
        html = html.replace(place, filling);
    }
    Ok(html)
}

/// The page with every `{{say name}}` in the words of its language.
fn spoken(html: &str, text: &Text) -> Result<String> {
    let mut parts = html.split("{{say ");
    let mut spoken = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").context("a {{say …}} has no end")?;
        let sentence = if name == "language" { &text.tag } else { text.say(name)? };
        spoken.push_str(&sentence.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;"));
        spoken.push_str(rest);
    }
    Ok(spoken)
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
fn policy(boot: &str, styles: &str) -> String {
    let hash = |text: &str| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
    [
        "default-src 'none'",
        &format!("script-src 'self' 'wasm-unsafe-eval' 'sha256-{}'", hash(boot)),
        &format!("style-src 'sha256-{}'", hash(styles)),
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
