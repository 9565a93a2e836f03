//! Builds what browsers download: the widget (WebAssembly, glue, page), the loader and the reader of
//! the API's description, each with a brotli copy beside it, and the npm package, into `target/dist`.

use crate::shell::{finish, node_tool, root, say, target, text};
use crate::{docs, hashes, nowhere, npm, page, shorten, texts, tools};
use anyhow::{Context, Result};
use base64::Engine;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The glue that knows the short names.
const GLUE: &str = "glue.js";

/// How the file's name begins that is only fetched in the sandbox.
pub const LINT: &str = "lint";

/// The same for what is only fetched where the WebAssembly cannot be used.
pub const PLAIN: &str = "plain";

/// Where everything goes. Also where the server looks, see its `http/pages.rs`.
pub fn folder() -> PathBuf {
    root().join("target/dist")
}

/// Builds everything, or nothing if nothing has changed.
pub fn build() -> Result<()> {
    tools::wasm_target()?;
    tools::node_packages()?;
    say("Building the widget (cargo, release; about a minute the first time)");
    let bound = bind()?;
    let stamp = fingerprint(&bound)?;
    let stamp_file = folder().join("stamp.txt");
    if fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp) {
        println!("   unchanged");
        return Ok(());
    }
    let made = ["widget", "embed", "docs", "npm"].map(|name| folder().join(name));
    for made in made.iter().filter(|made| made.exists()) {
        fs::remove_dir_all(made).with_context(|| format!("removing {}", made.display()))?;
    }
    let [widget, embed, reader, package] = made;
    let assets = widget.join("assets");
    fs::create_dir_all(&assets)?;
    fs::create_dir_all(&embed)?;
    say("Shrinking it (wasm-opt)");
    let small = optimise(&bound)?;
    nowhere::check(&small)?;
    let wasm = named(&small, &assets, "egusi", "wasm")?;
    say("Bundling the page, the loader and the npm package (esbuild, tsc)");
    let script = bundle_script(&bound, &wasm, &assets)?;
    let languages = texts::write(&assets)?;
    let styles = page::styles(&widget)?;
    page::write(&widget, &wasm, &script, (&languages, &styles))?;
    let module = texts::module(&bound, &languages, &styles)?;
    bundle_loaders(&embed)?;
    docs::write(&reader)?;
    hashes::write(&widget, &embed)?;
    npm::write(&package, &bound.join(GLUE), &small, &module, &embed)?;
    for served in [&widget, &embed, &reader] {
        compress(served)?;
    }
    fs::write(stamp_file, stamp)?;
    Ok(())
}

/// The scripts that host pages load, each under a name that stays and under one that is its content's.
/// By the second a page can ask for this very build, and keep it for ever.
fn bundle_loaders(embed: &Path) -> Result<()> {
    let loaders = [
        ("www/loader/module.ts", "esm", "egusi", "mjs"),
        ("www/loader/global.ts", "iife", "egusi", "js"),
        ("www/npm/script.ts", "iife", "egusi-element", "js"),
    ];
    for (entry, format, name, extension) in loaders {
        let out = embed.join(format!("{name}.{extension}"));
        esbuild(entry, &out, &[&format!("--format={format}")])?;
        named(&out, embed, name, extension)?;
    }
    Ok(())
}

/// Compiles the widget and writes its JavaScript glue.
fn bind() -> Result<PathBuf> {
    let build = [
        "build",
        "--locked",
        "--release",
        "--lib",
        "--package",
        "egusi",
        "--target",
        "wasm32-unknown-unknown",
    ];
    let flags = nowhere::flags()?;
    finish(Command::new("cargo").args(build).env("CARGO_ENCODED_RUSTFLAGS", flags).current_dir(root()))?;
    // Always here: tsconfig.json names the types in it.
    let out = root().join("target/bound");
    fs::create_dir_all(&out)?;
    Bindgen::new()
        .input_path(target().join("wasm32-unknown-unknown/release/egusi.wasm"))
        .web(true)?
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .generate(&out)
        .context("wasm-bindgen")?;
    Ok(out)
}

/// Shortens names, then code; the glue with the same names is written beside.
fn optimise(bound: &Path) -> Result<PathBuf> {
    let (renamed, out) = (bound.join("renamed.wasm"), bound.join("small.wasm"));
    let glue = (bound.join("egusi.js"), bound.join(GLUE));
    shorten::names((&bound.join("egusi_bg.wasm"), &renamed), (&glue.0, &glue.1), &WASM_FEATURES)?;
    let mut tool = Command::new(node_tool("wasm-opt"));
    // What makes the file small is not all good once compressed: only tiny functions are put in
    // place of their calls, and no value is kept in a local where it could be computed again.
    tool.args(["-Oz", "--always-inline-max-function-size=2", "--one-caller-inline-max-function-size=20"])
        .args(["--skip-pass=local-cse", "--strip-debug", "--strip-producers"])
        .arg("--strip-target-features")
        .args(WASM_FEATURES)
        .arg("-o")
        .arg(&out)
        .arg(&renamed);
    finish(&mut tool)?;
    Ok(out)
}

/// The page's script: the glue and what drives it, in one file that knows the names of the others.
/// What is only fetched in the sandbox, or without WebAssembly, is a file of its own.
fn bundle_script(bound: &Path, wasm: &str, assets: &Path) -> Result<String> {
    let out = bound.join("lint.js");
    esbuild("www/widget/lint.ts", &out, &["--format=esm"])?;
    let lint = named(&out, assets, LINT, "js")?;
    let out = bound.join("plain.js");
    esbuild("www/widget/plain.ts", &out, &["--format=esm"])?;
    let plain = named(&out, assets, PLAIN, "js")?;
    let out = bound.join("page.js");
    let glue = format!("--alias:egusi-wasm={}", text(&bound.join(GLUE)));
    let integrity = format!("--define:WASM_INTEGRITY=\"{}\"", hashes::sri(&fs::read(assets.join(wasm))?));
    let wasm = format!("--define:WASM_FILE=\"{wasm}\"");
    let lint = format!("--define:LINT_FILE=\"{lint}\"");
    let plain = format!("--define:PLAIN_FILE=\"{plain}\"");
    esbuild("www/widget/main.ts", &out, &["--format=esm", &glue, &wasm, &integrity, &lint, &plain])?;
    named(&out, assets, "egusi", "js")
}

/// Bundles and shrinks one entry file.
pub fn esbuild(entry: &str, out: &Path, more: &[&str]) -> Result<()> {
    let out = format!("--outfile={}", out.display());
    bundle(&[entry], &[&[out.as_str()], more].concat())
}

/// Bundles and shrinks entry files; where to is told in the rest.
pub fn bundle(entries: &[&str], more: &[&str]) -> Result<()> {
    let mut tool = Command::new(node_tool("esbuild"));
    tool.current_dir(root())
        .args(entries)
        .args([
            "--bundle",
            "--minify",
            "--target=es2020",
            "--charset=utf8",
            "--log-level=warning",
            "--legal-comments=none",
        ])
        .args(more);
    finish(&mut tool)
}

/// Copies a file under a name that carries its content's hash, so that it may be cached for ever.
fn named(file: &Path, folder: &Path, name: &str, extension: &str) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    named_as(&bytes, folder, name, extension)
}

/// Writes bytes under such a name.
pub fn named_as(bytes: &[u8], folder: &Path, name: &str, extension: &str) -> Result<String> {
    let hash = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(Sha256::digest(bytes));
    let name = format!("{name}-{}.{extension}", &hash[..12]);
    fs::write(folder.join(&name), bytes)?;
    Ok(name)
}

/// Writes a brotli copy beside every file a browser fetches.
fn compress(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            compress(&path)?;
        } else if path.extension().is_some_and(|extension| extension != "br" && extension != "txt") {
            let bytes = fs::read(&path)?;
            fs::write(format!("{}.br", path.display()), brotli(&bytes)?)?;
        }
    }
    Ok(())
}

/// Brotli at its best.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let best = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &best)?;
    Ok(out)
}

/// A hash over everything the rest of the build reads.
fn fingerprint(bound: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    for file in ["egusi_bg.wasm", "egusi.js"] {
        hash.update(fs::read(bound.join(file))?);
    }
    // The version of what is copied from there, and our own.
    for package in ["node_modules/swagger-ui-dist/package.json", "package.json"] {
        hash.update(fs::read(root().join(package))?);
    }
    let folders =
        ["www/widget", texts::FOLDER, "www/loader", "www/inline", "www/npm", "www/docs", "xtask/src"];
    for folder in folders {
        let mut files: Vec<_> = fs::read_dir(root().join(folder))?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        files.sort();
        for file in files.iter().filter(|file| file.is_file()) {
            hash.update(text(file.strip_prefix(root()).unwrap_or(file)));
            hash.update(fs::read(file)?);
        }
    }
    Ok(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(hash.finalize()))
}
