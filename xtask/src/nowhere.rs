//! Keeps the places of this machine out of the WebAssembly, so that it is the same wherever it is
//! built, and tells nobody where that was.

use crate::shell::{output, root, target, text};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Flags for rustc, as Cargo takes them from `CARGO_ENCODED_RUSTFLAGS`: each folder from which a
/// source file may come is given a name that is the same everywhere.
pub fn flags() -> Result<String> {
    // Where several fit, rustc takes the last: what lies within another folder stands after it.
    let mut places = vec![(root(), ".".to_owned()), (target(), "target".to_owned())];
    for registry in registries()? {
        places.push((registry, "crates".to_owned()));
    }
    if let Some(sysroot) = output("rustc", &["--print", "sysroot"]) {
        // The standard library was built elsewhere, under this name; with its sources installed,
        // rustc names the copy here.
        let library = PathBuf::from(sysroot).join("lib/rustlib/src/rust");
        places.push((library, format!("/rustc/{}", compiler()?)));
    }
    let flags = places.iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", text(from)));
    Ok(flags.collect::<Vec<_>>().join("\u{1f}"))
}

/// Fails if a file names a folder of this machine all the same.
pub fn check(file: &Path) -> Result<()> {
    let bytes = fs::read(file)?;
    let folders = [Some(root()), Some(target()), std::env::home_dir()];
    for folder in folders.into_iter().flatten().map(|folder| text(&folder)) {
        // The home of nobody in particular is the top of everything.
        if folder.len() > 1 && contains(&bytes, format!("{folder}/").as_bytes()) {
            bail!("{} names {folder}; give it a name in xtask/src/nowhere.rs", file.display());
        }
    }
    Ok(())
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Where Cargo unpacks what it fetched; one folder for each registry.
fn registries() -> Result<Vec<PathBuf>> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let sources = home.context("no home folder")?.join("registry/src");
    let mut found = Vec::new();
    if sources.is_dir() {
        for entry in fs::read_dir(sources)? {
            found.push(entry?.path());
        }
    }
    found.sort();
    Ok(found)
}

fn compiler() -> Result<String> {
    let version = output("rustc", &["-vV"]).context("asking rustc for its version")?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: "));
    Ok(commit.context("rustc does not say what it was built from")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{check, flags};
    use crate::shell::root;

    #[test]
    fn what_lies_in_another_folder_has_its_own_name() {
        let flags = flags().unwrap_or_default();
        let place = |name: &str| flags.split('\u{1f}').position(|flag| flag.ends_with(name));
        assert!(place("=.").is_some() && place("=.") < place("=target"), "{flags}");
    }

    #[test]
    fn a_place_of_this_machine_is_found_in_the_middle_of_a_file() {
        let file = std::env::temp_dir().join(format!("egusi-nowhere-{}", std::process::id()));
        let written = |text: &str| {
            std::fs::write(&file, text).and_then(|()| std::fs::read(&file)).map(|_| check(&file).is_err())
        };
        let inside = format!("\0\0{}/src/app.rs\0", root().display());
        assert!(written(&inside).is_ok_and(|refused| refused));
        assert!(written("\0\0crates/yew-0.23.0/src/app.rs\0src/app.rs\0").is_ok_and(|refused| !refused));
        assert!(std::fs::remove_file(file).is_ok());
    }
}
