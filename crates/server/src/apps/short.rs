//! What a link is called: the one part of its path.

use super::invalid;
use crate::clock::{NoRandomness, random_bytes};
use crate::error::ApiError;
use crate::sessions::opening::quoted;

/// As long as those of Okra's that we make ourselves: 9 of 62 letters are 53 bits, too many to try.
/// A name is as long as this at most.
pub const CHARS_MAX: usize = 40;

const FRESH_CHARS: usize = 9;
const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// First parts of paths that are ours already, or that people would take for ours. A test keeps
/// this list complete.
const RESERVED: [&str; 24] = [
    "account",
    "admin",
    "api",
    "app",
    "assets",
    "connect",
    "consent",
    "dashboard",
    "docs",
    "embed",
    "health",
    "help",
    "links",
    "login",
    "logout",
    "metrics",
    "openapi",
    "plain",
    "ready",
    "sandbox",
    "static",
    "status",
    "tab",
    "warm",
];

/// A name that nobody chose.
///
/// # Errors
/// If the machine has no randomness.
pub fn fresh() -> Result<String, NoRandomness> {
    let mut name = String::with_capacity(FRESH_CHARS);
    while name.len() < FRESH_CHARS {
        // Of the 256 bytes, four times 62 are used, so that every letter is as likely as another.
        let letters = random_bytes::<16>()?.map(usize::from).into_iter().filter(|byte| *byte < 248);
        name.extend(letters.take(FRESH_CHARS - name.len()).map(|byte| char::from(LETTERS[byte % 62])));
    }
    Ok(name)
}

/// Whether a text can be the name of a link at all.
pub fn is_one(text: &str) -> bool {
    (3..=CHARS_MAX).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// A name that a company chose.
///
/// # Errors
/// `InvalidRequest`, with what was expected.
pub fn checked(chosen: String) -> Result<String, ApiError> {
    if !is_one(&chosen) {
        let expected = "expected 3 to 40 letters, digits, hyphens or underscores (A-Z a-z 0-9 - _)";
        return Err(invalid(format!("short: {expected}; got {}", quoted(&chosen))));
    }
    if is_reserved(&chosen) {
        return Err(invalid(format!(
            "short: expected a name that is not an address of the server itself; got {}",
            quoted(&chosen)
        )));
    }
    Ok(chosen)
}

/// In whatever letters, so that no link can be taken for an address of ours. Versions of APIs, those
/// to come too, are too short but for the longest.
fn is_reserved(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_version =
        name.strip_prefix('v').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    is_version || RESERVED.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_fresh_name_is_a_good_one_and_never_the_same() {
        let names: BTreeSet<_> = (0..2000).map(|_| fresh().unwrap()).collect();
        assert_eq!(names.len(), 2000);
        for name in &names {
            assert_eq!(name.len(), FRESH_CHARS);
            assert!(checked(name.clone()).is_ok(), "{name}");
        }
        let letters: BTreeSet<_> = names.iter().flat_map(|name| name.chars()).collect();
        assert_eq!(letters.len(), LETTERS.len(), "all letters are used");
    }

    #[test]
    fn a_chosen_name_is_short_plain_and_not_ours() {
        let forty = "x".repeat(40);
        for good in ["abc", "core-flow", "bc_kWKf2l", "tTthfNrpC", "123", "-_-", "document", &forty] {
            assert_eq!(checked(good.to_owned()).unwrap(), good);
        }
        let long = "x".repeat(41);
        for bad in ["", "ab", &long, "a b", "a/b", "a.b", "naïve", "a%20b", "openapi.json"] {
            let error = checked(bad.to_owned()).unwrap_err();
            assert!(error.message().starts_with("short: expected 3 to 40 letters"), "{bad}");
        }
        for ours in ["docs", "Docs", "WARM", "connect", "v300", "V42"] {
            let error = checked(ours.to_owned()).unwrap_err();
            assert!(error.message().contains("not an address of the server itself"), "{ours}");
        }
    }

    /// Of every door and its prefixes, whatever comes after.
    #[test]
    fn no_link_can_have_the_name_of_a_door() {
        let document = crate::http::openapi::document();
        let paths = document["paths"].as_object().unwrap().keys();
        for first in paths.filter_map(|path| path.trim_start_matches('/').split('/').next()) {
            let is_link = first.starts_with('{');
            assert!(is_link || !is_one(first) || is_reserved(first), "{first} is not reserved");
        }
    }
}
