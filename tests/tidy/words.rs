//! Words that may not stand here, or only in one place.

use crate::rust::{code, lines_with, test_lines, test_modules};
use crate::tree::{File, Offence, file, files, is_source, judge, root, rust_files};
use std::collections::HashSet;
use std::process::Command;

/// Lines of files on which one of several words stands in code.
fn in_code(files: &[File], words: &[&str], is_judged: impl Fn(&File, usize) -> bool) -> Vec<Offence> {
    let mut offences = Vec::new();
    for file in files {
        let code = code(&file.text);
        for word in words {
            let lines = lines_with(&code, word).into_iter().filter(|line| is_judged(file, *line));
            offences.extend(lines.map(|line| file.offence(line, format!("`{word}`"))));
        }
    }
    offences
}

/// Tells test code from the rest, line by line.
struct TestCode {
    modules: HashSet<String>,
}

impl TestCode {
    fn of(files: &[File]) -> Self {
        Self { modules: test_modules(files) }
    }

    fn contains(&self, file: &File, line: usize) -> bool {
        !is_source(&file.path)
            || self.modules.contains(&file.path)
            // The contract is a test suite that is handed to every engine.
            || file.path.starts_with("crates/store/src/contract")
            || test_lines(&code(&file.text)).contains(&line)
    }
}

#[test]
fn nothing_is_left_to_do() {
    judge(
        "nothing unfinished and no debugging aid is committed",
        "finish it, or write down in docs what is not there",
        in_code(&rust_files(), &["todo!", "unimplemented!", "dbg!"], |_, _| true),
    );
}

#[test]
fn no_test_is_switched_off() {
    let rust = in_code(&rust_files(), &["#[ignore"], |_, _| true);
    let scripts = files(&[".ts", ".mjs", ".js"]);
    let words = [".only(", ".skip(", ".fixme("];
    let scripts = scripts.iter().flat_map(|file| in_tests_of_scripts(file, &words));
    judge(
        "every test runs, always",
        "mend the test or delete it; a condition of the machine belongs into the runner",
        rust.into_iter().chain(scripts).collect(),
    );
}

#[test]
fn no_test_waits_for_time_to_pass() {
    let files_of_rust = rust_files();
    let tests = TestCode::of(&files_of_rust);
    let rust = in_code(&files_of_rust, &["sleep("], |file, line| tests.contains(file, line));
    let scripts = files(&[".ts", ".mjs", ".js"]);
    let words = ["sleep(", "waitForTimeout"];
    let scripts = scripts.iter().flat_map(|file| in_tests_of_scripts(file, &words));
    judge(
        "tests wait for what they expect, never for a while",
        "move the clock that is handed in, or await the event",
        rust.into_iter().chain(scripts).collect(),
    );
}

/// Scripts are searched as they are, comments included: nothing there has reason to say these.
fn in_tests_of_scripts(file: &File, words: &[&str]) -> Vec<Offence> {
    if !file.is_under("tests") {
        return Vec::new();
    }
    let find = |word: &&str| {
        let lines = lines_with(&file.text, word).into_iter();
        lines.map(|line| file.offence(line, format!("`{word}`"))).collect::<Vec<_>>()
    };
    words.iter().flat_map(find).collect()
}

#[test]
fn time_and_chance_come_through_one_door() {
    let words = ["SystemTime::now", "Instant::now", "getrandom"];
    judge(
        "only crates/server/src/clock.rs asks the machine for time and chance",
        "take a Clock, a time or an id as an argument",
        in_code(&rust_files(), &words, |file, _| file.path != "crates/server/src/clock.rs"),
    );
}

/// Where a panic is the right answer, and why.
const MAY_PANIC: &[(&str, &str, &str)] = &[(
    "crates/server/src/seal.rs",
    "unreachable!",
    "an HMAC takes a key of any length, so the error its constructor can return cannot happen",
)];

#[test]
fn nothing_panics_outside_tests() {
    let files = rust_files();
    let tests = TestCode::of(&files);
    let words = [".unwrap()", ".unwrap_err()", ".expect(", ".expect_err(", "panic!", "unreachable!"];
    let offences = words.iter().flat_map(|word| {
        in_code(&files, &[*word], |file, line| {
            let has_reason = MAY_PANIC.iter().any(|(path, may, _)| file.path == *path && may == word);
            // The tools of this repository may stop where they stand, but still say why.
            !file.is_under("xtask") && !has_reason && !tests.contains(file, line)
        })
    });
    judge(
        "nothing panics outside tests: one request, or one widget, must not end the others",
        "return an error that says what its reader can do; a case that cannot happen goes into MAY_PANIC in \
         tests/tidy/words.rs with its reason",
        offences.collect(),
    );
}

#[test]
fn every_exception_is_still_needed() {
    for (path, word, reason) in MAY_PANIC {
        let code = code(&file(path).text);
        assert!(!lines_with(&code, word).is_empty(), "{path} has no `{word}` any more ({reason})");
    }
}

#[test]
fn nothing_points_into_one_machine() {
    // In parts, or this file would break its own rule.
    let folders = ["work", "root", "home"].map(|folder| format!("/{folder}/"));
    let registries = ["http", "https"].map(|scheme| format!("{scheme}://registry"));
    let find = |file: File| {
        let words = folders.iter().chain(&registries);
        let lines = file.text.lines().enumerate();
        let pairs = words.flat_map(|word| lines.clone().map(move |(at, line)| (word, at, line)));
        let hits = pairs.filter(|(word, _, line)| line.contains(word.as_str()));
        hits.map(|(word, at, _)| file.offence(at + 1, format!("`{word}`"))).collect::<Vec<_>>()
    };
    judge(
        "no file names a folder of one machine or the registry it was built with",
        "use a path from the root of the repository; leave addresses of registries to everyone's settings",
        files_of_git().into_iter().map(|path| file(&path)).flat_map(find).collect(),
    );
}

/// The files git keeps, and those it would be given next.
fn files_of_git() -> Vec<String> {
    let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let listed = Command::new("git").args(arguments).current_dir(root()).output().unwrap();
    assert!(
        listed.status.success(),
        "git cannot list the files: {}",
        String::from_utf8_lossy(&listed.stderr)
    );
    let paths = String::from_utf8(listed.stdout).unwrap();
    let paths = paths.split('\0').filter(|path| !path.is_empty());
    // A file that was just deleted is still in git's index.
    paths.filter(|path| root().join(path).is_file()).map(str::to_owned).collect()
}
