//! What a build is known by: the hashes of its files, as a browser and a person compare them.

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256, Sha384};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the list of a build stands, beside the loaders: pages of any origin may read it.
pub const LIST: &str = "integrity.json";

/// What an `integrity` attribute says of a file.
pub fn sri(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// Writes the list: of each loader what stands in an `integrity` attribute, and of each file of the
/// widget's page that and the plain hash, as `sha256sum` prints it.
pub fn write(widget: &Path, embed: &Path) -> Result<()> {
    let mut loaders = Map::new();
    for file in sorted(embed)? {
        loaders.insert(name(&file), sri(&fs::read(&file)?).into());
    }
    let mut page = Map::new();
    for folder in [widget.to_path_buf(), widget.join("assets")] {
        for file in sorted(&folder)? {
            let bytes = fs::read(&file)?;
            page.insert(name(&file), json!({ "integrity": sri(&bytes), "sha256": hex(&bytes) }));
        }
    }
    let version = env!("CARGO_PKG_VERSION");
    let list = json!({ "version": version, "embed": loaders, "widget": page });
    fs::write(embed.join(LIST), format!("{}\n", serde_json::to_string_pretty(&list)?))?;
    Ok(())
}

/// Prints what the list of a built folder says.
pub fn print(embed: &Path) -> Result<()> {
    let text = fs::read_to_string(embed.join(LIST)).context("nothing is built yet; run cargo xtask dist")?;
    let list: Value = serde_json::from_str(&text)?;
    println!("Hashes of this build");
    for (file, hash) in list["embed"].as_object().into_iter().flatten() {
        println!("  {}  {file}", hash.as_str().unwrap_or_default());
    }
    for (file, hashes) in list["widget"].as_object().into_iter().flatten() {
        println!("  sha256 {}  {file}", hashes["sha256"].as_str().unwrap_or_default());
    }
    Ok(())
}

/// The plain hash, as `sha256sum` prints it.
pub fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The files of a folder that a browser asks for, by name.
fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.retain(|file| file.is_file() && file.extension().is_some_and(|kind| kind != "br" && kind != "txt"));
    files.sort();
    Ok(files)
}

fn name(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
