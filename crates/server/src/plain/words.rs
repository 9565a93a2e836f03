//! The sentences the customer reads, figures and times: the widget's own, in English.

use crate::times::wire_time;
use egusi_protocol::{Currency, major_text};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The language of the sentences (BCP 47), for the consent record.
pub const LANGUAGE: &str = "en";

/// The widget's, and those that only these pages say and the WebAssembly need not carry. A broken file
/// fails a test, so that nothing is left of it is never seen.
static SENTENCES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let files =
        [include_str!("../../../../www/text/en.json"), include_str!("../../../../www/text/plain.en.json")];
    let read = |text| serde_json::from_str::<HashMap<String, String>>(text).unwrap_or_default();
    files.into_iter().flat_map(read).collect()
});

/// The sentence of that name. A name that is not in the file comes back as it is.
pub fn say(name: &str) -> &str {
    SENTENCES.get(name).map_or(name, String::as_str)
}

/// The sentence with `{hole}`s filled, read once from start to end: what is filled in is not read.
pub fn fill(name: &str, holes: &[(&str, &str)]) -> String {
    let mut parts = say(name).split('{');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let hole = part.split_once('}');
        let known =
            hole.and_then(|(hole, rest)| Some((holes.iter().find(|(name, _)| *name == hole)?.1, rest)));
        match known {
            Some((value, rest)) => filled.extend([value, rest]),
            None => filled.extend(["{", part]),
        }
    }
    filled
}

/// An amount with its thousands apart, without its currency.
pub fn figure(minor: i64, currency: Currency) -> String {
    let exact = major_text(minor, currency.decimals());
    let (sign, digits) = exact.strip_prefix('-').map_or(("", exact.as_str()), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let mut figure = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            figure.push(',');
        }
        figure.push(digit);
    }
    figure.extend(part.into_iter().flat_map(|part| [".", part]));
    figure
}

/// A time of the day. A page without script cannot know where its reader is.
pub fn time_of_day(at_ms: i64) -> String {
    format!("{} UTC", wire_time(at_ms).get(11..16).unwrap_or_default())
}

/// Minutes and seconds.
pub fn minutes(seconds: u16) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentences_are_there_and_holes_are_filled_once() {
        assert_eq!(say("banks.title"), "Choose your bank");
        assert_eq!(say("plain.find"), "Search");
        assert_eq!(fill("progress", &[("step", "{step}")]), "Step {step} of 5");
        assert_eq!(fill("a {b} {", &[("b", "c")]), "a c {");
    }

    #[test]
    fn figures_are_exact_and_their_thousands_stand_apart() {
        let naira: Currency = "NGN".parse().unwrap();
        for (minor, text) in [
            (0, "0.00"),
            (-5, "-0.05"),
            (99_999, "999.99"),
            (100_000, "1,000.00"),
            (-123_456_789, "-1,234,567.89"),
        ] {
            assert_eq!(figure(minor, naira), text);
        }
        assert_eq!(figure(1_234_567, "XOF".parse().unwrap()), "1,234,567");
        assert_eq!(time_of_day(1_800_000_000_000), "08:00 UTC");
        assert_eq!(minutes(65), "1:05");
    }
}
