//! Builds the same sources a second time, elsewhere, and compares every byte: what a server hands out
//! can be checked by anyone who has the sources.

use crate::dist::{self, folder};
use crate::hashes::hex;
use crate::shell::{ROOT, finish, output, root, say};
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Files by their names from the folder, with their hashes.
type Files = BTreeMap<String, String>;

/// Builds twice and compares.
pub fn check() -> Result<()> {
    dist::build()?;
    let first = files(&folder())?;
    let place = Place::make()?;
    copy_sources(&place.sources())?;
    say("Building the same again in another folder");
    let mut second = Command::new(std::env::current_exe()?);
    second.arg("dist").env(ROOT, place.sources()).env("CARGO_TARGET_DIR", place.0.join("built"));
    finish(&mut second)?;
    let second = files(&place.sources().join("target/dist"))?;
    let different = different(&first, &second);
    if !different.is_empty() {
        bail!("two builds of the same sources differ in {}", different.join(", "));
    }
    println!("{} files, the same to the last byte", first.len());
    Ok(())
}

/// The names of files that are not in both, or not the same.
fn different(first: &Files, second: &Files) -> Vec<String> {
    let names: BTreeSet<_> = first.keys().chain(second.keys()).collect();
    names.into_iter().filter(|name| first.get(*name) != second.get(*name)).cloned().collect()
}

/// A folder that is gone when the work is.
struct Place(PathBuf);

impl Place {
    fn make() -> Result<Self> {
        let place = std::env::temp_dir().join(format!("egusi-again-{}", std::process::id()));
        fs::create_dir(&place).with_context(|| format!("making {}", place.display()))?;
        Ok(Self(place))
    }

    fn sources(&self) -> PathBuf {
        self.0.join("sources")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // What is left over lies in the folder for what is left over.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Copies the files git keeps or would be given next, as they are now; the tools are the same.
fn copy_sources(to: &Path) -> Result<()> {
    let listed = output("git", &["ls-files", "--cached", "--others", "--exclude-standard"])
        .context("git cannot list the sources")?;
    for name in listed.lines() {
        let (from, to) = (root().join(name), to.join(name));
        // A file that was just deleted is still in git's index.
        if from.is_file() {
            fs::create_dir_all(to.parent().unwrap_or(&to))?;
            fs::copy(&from, &to).with_context(|| format!("copying {name}"))?;
        }
    }
    std::os::unix::fs::symlink(root().join("node_modules").canonicalize()?, to.join("node_modules"))?;
    Ok(())
}

/// Every file of a folder, with its hash.
fn files(folder: &Path) -> Result<Files> {
    let mut found = BTreeMap::new();
    collect(folder, folder, &mut found)?;
    Ok(found)
}

fn collect(top: &Path, folder: &Path, found: &mut Files) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(top, &path, found)?;
        } else {
            let name = path.strip_prefix(top).unwrap_or(&path).to_string_lossy().into_owned();
            found.insert(name, hex(&fs::read(&path)?));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::different;

    #[test]
    fn what_is_missing_or_changed_on_either_side_is_named() {
        let files = |files: &[(&str, &str)]| {
            files.iter().map(|(name, hash)| ((*name).to_owned(), (*hash).to_owned())).collect()
        };
        let first = files(&[("same", "1"), ("changed", "1"), ("gone", "1")]);
        let second = files(&[("same", "1"), ("changed", "2"), ("new", "1")]);
        assert_eq!(different(&first, &second), ["changed", "gone", "new"]);
        assert!(different(&first, &first).is_empty());
    }
}
