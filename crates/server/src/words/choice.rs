//! Which language a page speaks: the one that was asked for, else what the browser prefers, else English.

use super::ENGLISH;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

/// The language of a page. `wanted` are tags that were asked for, the strongest first; one that is not
/// spoken gives way to the next, and at last to the browser's.
pub fn choose<'a>(
    wanted: impl IntoIterator<Item = &'a str>,
    accepted: &str,
    known: &[&'static str],
) -> &'static str {
    let wanted = wanted.into_iter().find_map(|tag| spoken(tag, known));
    wanted.or_else(|| preferred(accepted, known)).unwrap_or(ENGLISH)
}

/// What the browser says it accepts.
pub fn accepted(headers: &HeaderMap) -> String {
    let values = headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
    values.collect::<Vec<_>>().join(",")
}

/// The known language of a tag: the tag itself, or what is left of it without its last parts (RFC 4647,
/// section 3.4).
pub fn spoken(tag: &str, known: &[&'static str]) -> Option<&'static str> {
    let mut rest = Some(tag.trim());
    while let Some(tag) = rest {
        if let Some(found) = known.iter().find(|known| known.eq_ignore_ascii_case(tag)) {
            return Some(found);
        }
        rest = tag.rsplit_once('-').map(|(shorter, _)| shorter);
    }
    None
}

/// The known language of the greatest weight; of equal ones the first.
fn preferred(accepted: &str, known: &[&'static str]) -> Option<&'static str> {
    let mut best = None;
    for range in accepted.split(',') {
        let mut parts = range.split(';');
        let language = parts.next().and_then(|tag| spoken(tag, known));
        let weight = weight(parts);
        if let Some(language) = language
            && weight > best.map_or(0, |(_, weight)| weight)
        {
            best = Some((language, weight));
        }
    }
    best.map(|(language, _)| language)
}

/// Thousandths, as many as there can be (RFC 9110, section 12.4.2). What is no weight counts as none at
/// all: such a browser means something, and nobody knows how much.
fn weight<'a>(parameters: impl Iterator<Item = &'a str>) -> u16 {
    const WHOLE: f32 = 1000.0;
    let mut named = parameters.filter_map(|part| part.split_once('='));
    let Some((_, text)) = named.find(|(name, _)| name.trim().eq_ignore_ascii_case("q")) else { return 1000 };
    let weight = text.trim().parse::<f32>().ok().filter(|weight| (0.0..=1.0).contains(weight));
    // Between nought and a thousand, as was just seen.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    weight.map_or(0, |weight| (weight * WHOLE).round() as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 9] = ["en", "pcm", "ha", "yo", "ig", "fr", "pt", "sw", "ar"];

    #[test]
    fn what_the_browser_prefers_is_spoken_if_it_can_be() {
        for (accepted, language) in [
            ("", "en"),
            ("fr", "fr"),
            ("fr-CI, en;q=0.5", "fr"),
            ("en-NG,en;q=0.9,yo;q=0.8", "en"),
            ("HA-Latn-NG", "ha"),
            ("en;q=0.5, sw;q=0.9", "sw"),
            ("de, en;q=0.8, pt-BR;q=0.9", "pt"),
            ("de,ja;q=0.9", "en"),
            ("*", "en"),
            ("ar;q=0, ig;q=0.1", "ig"),
            ("yo;q=0.001", "yo"),
            ("fr ; Q = 0.3 , ar-EG ; q=0.300", "fr"),
            ("fr;q=nonsense, sw;q=0.2", "sw"),
            ("fr;q=9, sw;q=0.2", "sw"),
            (",,;q=1,-,ar", "ar"),
            // A word that only begins like one is another.
            ("arn, frr, eng", "en"),
            ("pcm-NG", "pcm"),
        ] {
            assert_eq!(choose([], accepted, &KNOWN), language, "{accepted}");
        }
    }

    #[test]
    fn what_was_asked_for_wins_and_what_is_not_known_gives_way() {
        assert_eq!(choose(["yo"], "fr", &KNOWN), "yo");
        assert_eq!(choose(["fr-CI"], "ha", &KNOWN), "fr");
        assert_eq!(choose(["tlh", "ig-NG"], "ha", &KNOWN), "ig");
        assert_eq!(choose(["tlh"], "ha", &KNOWN), "ha");
        assert_eq!(choose(["", "-"], "", &KNOWN), "en");
        assert_eq!(choose(["fr"], "fr", &["en"]), "en");
    }
}
