//! The sentences of the window, one language after the other: a file each for customers who change their
//! language, and what stands in the page of each.

use crate::dist::named_as;
use crate::shell::root;
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// In the order in which they are offered; whatever a language lacks is said as in the first one.
const ORDER: [&str; 9] = ["en", "pcm", "ha", "yo", "ig", "fr", "pt", "sw", "ar"];

/// Where the sentences are kept.
pub const FOLDER: &str = "www/text/widget";

/// How the files' names begin that are only fetched by who changes the language.
pub const TEXT: &str = "text";

/// One language.
pub struct Text {
    /// BCP 47.
    pub tag: String,
    /// Name of its file among the assets.
    pub file: String,
    /// All sentences, in English where it has none of its own.
    pub sentences: Map<String, Value>,
}

impl Text {
    /// The sentence of that name.
    pub fn say(&self, name: &str) -> Result<&str> {
        let sentence = self.sentences.get(name).and_then(Value::as_str);
        sentence.with_context(|| format!("{FOLDER}/{}.json has no sentence {name}", self.tag))
    }
}

/// Reads every language, and writes a file of each.
pub fn write(assets: &Path) -> Result<Vec<Text>> {
    refuse_others()?;
    let english = read(ORDER[0])?.context("English is missing")?;
    let mut texts = Vec::new();
    for tag in ORDER {
        let Some(own) = read(tag)? else { continue };
        let mut sentences = english.clone();
        sentences.extend(own);
        let content = json!({ "language": tag, "sentences": sentences });
        let file = named_as(content.to_string().as_bytes(), assets, &format!("{TEXT}-{tag}"), "json")?;
        texts.push(Text { tag: tag.to_owned(), file, sentences });
    }
    Ok(texts)
}

/// What stands in the page of one language: its sentences, and where those of the others are.
pub fn for_page(text: &Text, all: &[Text]) -> Result<String> {
    let mut others = Vec::new();
    for other in all {
        others.push(json!([other.tag, other.say("language.name")?, other.file]));
    }
    let content = json!({ "language": text.tag, "sentences": text.sentences, "languages": others });
    // Nothing in it may end the element it stands in.
    Ok(content.to_string().replace('<', "\\u003c"))
}

/// Writes the same as modules, for the window in the page of a host: bundlers make a file of each language, and
/// the styles are the text of one.
pub fn module(bound: &Path, all: &[Text], styles: &str) -> Result<PathBuf> {
    let mut rows = Vec::new();
    for text in all {
        let file = format!("text-{}.js", text.tag);
        fs::write(bound.join(&file), format!("export default {};\n", Value::from(text.sentences.clone())))?;
        let (tag, name) = (json!(text.tag), json!(text.say("language.name")?));
        rows.push(format!("[{tag},{name},()=>import(\"./{file}\")]"));
    }
    let list = rows.join(",");
    let module = bound.join("texts.js");
    fs::write(&module, format!("export const styles={};export const languages=[{list}];\n", json!(styles)))?;
    fs::write(
        bound.join("texts.d.ts"),
        "export const styles: string;\n\
         export const languages: [string, string, () => Promise<{ default: Record<string, string> }>][];\n",
    )?;
    Ok(module)
}

fn read(tag: &str) -> Result<Option<Map<String, Value>>> {
    let path = root().join(FOLDER).join(format!("{tag}.json"));
    if !path.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(&path)?;
    Ok(Some(serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))?))
}

fn refuse_others() -> Result<()> {
    let known: BTreeSet<String> = ORDER.iter().map(|tag| format!("{tag}.json")).collect();
    for entry in fs::read_dir(root().join(FOLDER))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !known.contains(&name) {
            bail!("{FOLDER}/{name} is no language of xtask/src/texts.rs");
        }
    }
    Ok(())
}
