//! Single sentences in the host's words: `sentences: {"en": {"banks.title": "Pick your bank"}}`. The
//! page puts them in place of ours (`www/widget/sentences.ts`); here they are checked. What protects the
//! customer stays in our words: what is agreed to, where a password goes, how to stop sharing.

use super::found::Reader;

/// Refuses what cannot be said.
pub fn check(read: &Reader) {
    let refuse = |expected, language: &str, name: &str| {
        read.refuse(
            "sentences",
            expected,
            [language, if name.is_empty() { "" } else { ": " }, name].concat(),
        );
    };
    for (language, name, text) in read.inner("sentences") {
        let text = text.as_deref().unwrap_or_default();
        if !is_tag(&language) {
            refuse("languages by their tags, such as \"en\"", &language, "");
        } else if !is_name(&name) {
            refuse("names of sentences, such as \"banks.title\"", &language, &name);
        } else if is_ours(&name) {
            refuse(
                "no sentence that tells the customer what is agreed to and what is safe",
                &language,
                &name,
            );
        } else if !is_sayable(text) {
            refuse("a text of at most 200 characters, with holes such as {name}", &language, &name);
        }
    }
}

/// Whether a host may say this in place of our sentence of that name.
#[cfg(any(test, feature = "json"))]
pub fn may_say(name: &str, text: &str) -> bool {
    is_name(name) && !is_ours(name) && is_sayable(text)
}

fn is_sayable(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 200 && has_whole_holes(text)
}

fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    parts.next().is_some_and(|first| {
        matches!(first.len(), 2 | 3) && first.bytes().all(|byte| byte.is_ascii_alphabetic())
    }) && parts
        .all(|part| matches!(part.len(), 2..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || b"._".contains(&byte))
}

/// A host may not speak for these.
fn is_ours(name: &str) -> bool {
    const OURS: [&str; 9] = [
        "consent.",
        "signin.where",
        "signin.reads",
        "tab.",
        "receipt.",
        "done.until",
        "done.receipt",
        "sandbox",
        "language.",
    ];
    OURS.iter().any(|ours| name.starts_with(ours)) && !matches!(name, "consent.go" | "consent.busy")
}

/// `{word}` and nothing else in braces.
fn has_whole_holes(text: &str) -> bool {
    let mut parts = text.split('{');
    let is_plain = |text: &str| !text.contains('}');
    parts.next().is_some_and(is_plain)
        && parts.all(|part| part.split_once('}').is_some_and(|(hole, rest)| is_name(hole) && is_plain(rest)))
}
