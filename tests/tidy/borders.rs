//! Which way the arrows point: what a package may depend on, and what a module may mention.

use crate::rust::{Kind, lines_with, only, test_lines};
use crate::tree::{File, Offence, file, files, is_source, judge, rust_files};

/// What a package may depend on.
struct Border {
    folder: &'static str,
    /// Packages of this workspace.
    ours: &'static [&'static str],
    /// Packages of others; `None` if any.
    others: Option<&'static [&'static str]>,
}

const BORDERS: &[Border] = &[
    Border { folder: "crates/protocol", ours: &[], others: Some(&["serde", "zeroize"]) },
    Border { folder: "crates/options", ours: &["egusi-protocol"], others: Some(&["serde_json"]) },
    Border { folder: "crates/flow", ours: &["egusi-protocol"], others: Some(&[]) },
    Border { folder: "crates/ledger", ours: &["egusi-protocol"], others: Some(&[]) },
    Border { folder: "crates/store", ours: &["egusi-protocol"], others: None },
    Border { folder: "crates/connectors", ours: &["egusi-protocol", "egusi-ledger"], others: None },
    Border {
        folder: "crates/server",
        ours: &[
            "egusi-protocol",
            "egusi-options",
            "egusi-flow",
            "egusi-ledger",
            "egusi-store",
            "egusi-connectors",
        ],
        others: None,
    },
    Border { folder: ".", ours: &["egusi-protocol", "egusi-options", "egusi-flow"], others: None },
    Border { folder: "xtask", ours: &[], others: None },
];

/// A dependency as a manifest names it.
#[derive(Debug, PartialEq)]
struct Dependency {
    package: String,
    line: usize,
}

/// Everything a package is built with, its tests left out.
fn dependencies(manifest: &str) -> Vec<Dependency> {
    let mut found: Vec<Dependency> = Vec::new();
    let mut section = String::new();
    for (at, line) in manifest.lines().map(str::trim).enumerate() {
        let line_number = at + 1;
        if let Some(header) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = header.to_owned();
            found.extend(own_section(header).map(|package| Dependency { package, line: line_number }));
        } else if let Some(renamed) = real_name(line).filter(|_| own_section(&section).is_some()) {
            found.extend([Dependency { package: renamed, line: line_number }]);
        } else if lists_dependencies(&section) && !line.starts_with('#') {
            let Some((key, value)) = line.split_once('=') else { continue };
            let key = key.split('.').next().unwrap_or_default().trim().trim_matches('"');
            let package = real_name(value).unwrap_or_else(|| key.to_owned());
            found.push(Dependency { package, line: line_number });
        }
    }
    found
}

/// `[dependencies]`, `[build-dependencies]`, or either for a target.
fn lists_dependencies(section: &str) -> bool {
    let kind = section.rsplit_once("'.").map_or(section, |(_, kind)| kind);
    matches!(kind, "dependencies" | "build-dependencies")
}

/// The package of a section such as `[dependencies.web-sys]`.
fn own_section(section: &str) -> Option<String> {
    let (kind, package) = section.rsplit_once('.')?;
    lists_dependencies(kind).then(|| package.trim_matches('"').to_owned())
}

/// What stands behind `package =`, by which a dependency can be renamed.
fn real_name(text: &str) -> Option<String> {
    let (before, after) = text.split_once("package")?;
    let is_key = before.is_empty() || before.ends_with(['{', ',', ' ']);
    let value = after.trim_start().strip_prefix('=').filter(|_| is_key)?;
    value.split('"').nth(1).map(str::to_owned)
}

fn crosses(border: &Border, package: &str) -> bool {
    if package == "egusi" || package == "xtask" || package.starts_with("egusi-") {
        return !border.ours.contains(&package);
    }
    border.others.is_some_and(|others| !others.contains(&package))
}

fn crossings(border: &Border) -> Vec<Offence> {
    let manifest = file(format!("{}/Cargo.toml", border.folder).trim_start_matches("./"));
    let packages = dependencies(&manifest.text);
    let crossing = packages.iter().filter(|dependency| crosses(border, &dependency.package));
    crossing.map(|one| manifest.offence(one.line, format!("depends on {}", one.package))).collect()
}

#[test]
fn packages_depend_only_the_way_the_arrows_point() {
    judge(
        "protocol knows no other package; options, flow, ledger and store only protocol; connectors protocol \
         and ledger; the widget protocol, options and flow; the server all of them but the widget",
        "move what you need to the package both may see, or hand it over as an argument; a new arrow is a \
         decision for docs/decisions and for BORDERS in tests/tidy/borders.rs",
        BORDERS.iter().flat_map(crossings).collect(),
    );
}

#[test]
fn every_package_has_a_border() {
    let manifests = files(&["Cargo.toml"]);
    let unknown = manifests.iter().filter(|manifest| {
        let folder = manifest.path.strip_suffix("Cargo.toml").unwrap_or_default().trim_end_matches('/');
        let folder = if folder.is_empty() { "." } else { folder };
        manifest.text.contains("[package]") && !BORDERS.iter().any(|border| border.folder == folder)
    });
    judge(
        "every package says what it may depend on",
        "add the package to BORDERS in tests/tidy/borders.rs",
        unknown.map(|manifest| manifest.offence(1, "a package without a border")).collect(),
    );
}

/// The lines of files on which a word stands outside comments.
fn mentions(files: &[File], word: &str, is_judged: impl Fn(&str) -> bool) -> Vec<Offence> {
    let judged = files.iter().filter(|file| is_judged(&file.path));
    let find = |file: &File| {
        let text = only(&file.text, &[Kind::Code, Kind::Text]);
        let lines = lines_with(&text, word).into_iter();
        lines.map(|line| file.offence(line, format!("mentions `{word}`"))).collect::<Vec<_>>()
    };
    judged.flat_map(find).collect()
}

#[test]
fn views_never_fetch() {
    let files = rust_files();
    let words = ["api::", "gloo_net", "fetch"];
    let in_views = |path: &str| path.starts_with("src/views/") || path == "src/views.rs";
    judge(
        "a view receives props and reports events; it never calls the server",
        "report an Event and let the flow ask for the call as an Effect",
        words.iter().flat_map(|word| mentions(&files, word, in_views)).collect(),
    );
}

#[test]
fn the_api_never_sees_the_flow() {
    judge(
        "src/api.rs speaks the protocol and knows nothing of the flow",
        "translate in src/app.rs, which sees both",
        mentions(&rust_files(), "egusi_flow", |path| path == "src/api.rs"),
    );
}

#[test]
fn one_module_calls_the_server() {
    let elsewhere = |path: &str| path != "src/api.rs" && path.starts_with("src/");
    judge(
        "only src/api.rs calls the server, so gloo_net stands there alone",
        "add a function to src/api.rs and call that",
        mentions(&rust_files(), "gloo_net", elsewhere),
    );
}

#[test]
fn odd_names_of_okra_stay_in_their_module() {
    let homes = ["crates/server/src/okra/", "crates/server/src/http/okra/"];
    let elsewhere = |path: &str| is_source(path) && !homes.iter().any(|home| path.starts_with(home));
    let files: Vec<_> = rust_files().into_iter().map(without_tests).collect();
    let words = ["domicialiary", "nuban", "_id:"];
    judge(
        "Okra's odd names stand only in crates/server/src/okra, in crates/server/src/http/okra and in tests",
        "use our word (account number, id) and translate in crates/server/src/okra",
        words.iter().flat_map(|word| mentions(&files, word, elsewhere)).collect(),
    );
}

fn without_tests(file: File) -> File {
    let tests = test_lines(&crate::rust::code(&file.text));
    let kept = |(at, line)| if tests.contains(&(at + 1)) { "" } else { line };
    let lines: Vec<&str> = file.text.lines().enumerate().map(kept).collect();
    File { text: lines.join("\n"), path: file.path }
}

#[test]
fn a_manifest_is_read_in_all_its_spellings() {
    let manifest = "[dependencies]\na.workspace = true\n# b = \"1\"\n\
        c = { package = \"egusi-flow\", path = \"x\" }\n\
        \n[dependencies.d]\nversion = \"1\"\n[target.'cfg(unix)'.dependencies]\ne = \"1\"\n\
        [dev-dependencies]\nf = \"1\"\n[target.'cfg(not(x))'.dev-dependencies]\ng = \"1\"\n\
        [build-dependencies]\nh = \"1\"\n\
        [target.'cfg(unix)'.dependencies.i]\npackage = \"egusi-store\"\n";
    let packages: Vec<_> = dependencies(manifest).into_iter().map(|one| one.package).collect();
    assert_eq!(packages, ["a", "egusi-flow", "d", "e", "h", "i", "egusi-store"]);
}
