//! The files of the repository, and how an offence is stated.

use std::path::{Path, PathBuf};

/// What is made or fetched, and so is not ours to judge.
const NOT_OURS: [&str; 4] = ["target", "node_modules", "test-results", "artefacts"];

/// A file of the repository.
pub struct File {
    /// From the root, with `/` between folders.
    pub path: String,
    pub text: String,
}

impl File {
    /// Whether it lies in a folder given from the root.
    pub fn is_under(&self, folder: &str) -> bool {
        self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// An offence at a line, counted from 1.
    pub fn offence(&self, line: usize, found: impl Into<String>) -> Offence {
        Offence { path: self.path.clone(), line, found: found.into() }
    }
}

/// Where a rule is broken, and by what.
pub struct Offence {
    path: String,
    line: usize,
    found: String,
}

/// Fails with every offence against a rule, each with what to do.
pub fn judge(rule: &str, remedy: &str, offences: Vec<Offence>) {
    let line = |Offence { path, line, found }: &Offence| format!("{path}:{line}: {found}\n");
    let list: String = offences.iter().map(line).collect();
    assert!(offences.is_empty(), "\n{list}  the rule: {rule}\n  what to do: {remedy}\n");
}

/// The folder the repository lies in.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// One file by its path from the root.
pub fn file(path: &str) -> File {
    let bytes = std::fs::read(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    File { path: path.to_owned(), text: String::from_utf8_lossy(&bytes).into_owned() }
}

/// Every file of the repository whose name ends in one of the given ways.
pub fn files(endings: &[&str]) -> Vec<File> {
    let mut paths = Vec::new();
    collect(root(), &mut paths);
    let mut paths: Vec<_> = paths.iter().map(|path| from_root(path)).collect();
    paths.retain(|path| endings.iter().any(|ending| path.ends_with(ending)));
    paths.sort();
    assert!(!paths.is_empty(), "no file ends in {endings:?}");
    paths.iter().map(|path| file(path)).collect()
}

/// Every Rust file of the repository.
pub fn rust_files() -> Vec<File> {
    files(&[".rs"])
}

/// Whether a file is a package's own source, and not one of its tests.
pub fn is_source(path: &str) -> bool {
    match path.split('/').collect::<Vec<_>>()[..] {
        ["src" | "xtask", ..] => true,
        ["crates", _, folder, ..] => folder == "src",
        _ => false,
    }
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().unwrap();
        if kind.is_file() {
            paths.push(entry.path());
        } else if kind.is_dir() && !name.starts_with('.') && !NOT_OURS.contains(&name.as_str()) {
            collect(&entry.path(), paths);
        }
    }
}

fn from_root(path: &Path) -> String {
    let path = path.strip_prefix(root()).unwrap();
    let names = path.components().map(|name| name.as_os_str().to_string_lossy());
    names.collect::<Vec<_>>().join("/")
}
