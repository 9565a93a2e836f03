//! How the window looks: `mode`, which is read, and `color` and `appearance`, which the page has turned
//! into custom properties by then. A colour is never refused, because old pages pass odd ones; an
//! appearance is new, so whoever writes one is told what is wrong with it.

use super::Mode;
use super::found::Reader;
use super::loose::Loose;

/// One variable of the appearance: its name, what is right, and how that is said.
type Variable = (&'static str, fn(&str) -> bool, &'static str);

const COLOR: &str = "a colour such as \"#0b6b3a\" or \"rgb(11, 107, 58)\"";

/// Every variable there is.
const VARIABLES: [Variable; 9] = [
    ("colorPrimary", is_color, COLOR),
    ("colorBackground", is_color, COLOR),
    ("colorText", is_color, COLOR),
    ("colorTextSecondary", is_color, COLOR),
    ("colorDanger", is_color, COLOR),
    ("fontFamily", is_family, "names of the system's font families, with commas between them"),
    ("fontSizeBase", |text| is_size(text, 14, 20), "a size from 14px to 20px"),
    ("borderRadius", |text| is_size(text, 0, 24), "a size from 0px to 24px"),
    ("spacingUnit", |text| is_size(text, 3, 6), "a size from 3px to 6px"),
];

/// Light, dark, or as the system is: that is also what Okra's `primary` means, and anything else.
pub fn mode(read: &Reader) -> Mode {
    match read.find(&["mode"]).1 {
        Loose::Text(word) if word.eq_ignore_ascii_case("light") => Mode::Light,
        Loose::Text(word) if word.eq_ignore_ascii_case("dark") => Mode::Dark,
        _ => Mode::System,
    }
}

/// Refuses what `appearance` has and what cannot be used of it.
pub fn appearance(read: &Reader) {
    const EXPECTED: &str = "{variables: {…}} of colorPrimary, colorBackground, colorText, \
        colorTextSecondary, colorDanger, fontFamily, fontSizeBase, borderRadius, spacingUnit";
    for (part, variable, value) in read.inner("appearance") {
        let known = VARIABLES.iter().find(|(name, ..)| part == "variables" && variable == *name);
        let Some((_, is_right, expected)) = known else {
            let unknown = if variable.is_empty() { part } else { variable };
            read.refuse("appearance", EXPECTED, unknown);
            continue;
        };
        match value {
            Some(text) if is_right(&text) => {}
            value => read.refuse(
                "appearance",
                expected,
                [value.as_deref().unwrap_or("no text"), " for ", &variable].concat(),
            ),
        }
    }
}

/// `#rgb`, `#rrggbb`, `rgb(r, g, b)`.
fn is_color(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix('#') {
        return matches!(digits.len(), 3 | 6) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    }
    let parts = text.strip_prefix("rgb(").and_then(|text| text.strip_suffix(')')).unwrap_or_default();
    parts.split([',', ' ']).filter(|part| !part.is_empty()).filter(|part| part.parse::<u8>().is_ok()).count()
        == 3
        && parts.bytes().all(|byte| byte.is_ascii_digit() || b", ".contains(&byte))
}

fn is_family(text: &str) -> bool {
    text.len() <= 200 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_ \"',-".contains(&byte))
}

/// In whole or broken pixels, with `px` behind it or without.
fn is_size(text: &str, least: u8, most: u8) -> bool {
    let digits = text.strip_suffix("px").unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    let rest = part.bytes().any(|digit| digit != b'0');
    is_number(whole)
        && is_number(part)
        && whole.parse().is_ok_and(|whole: u8| least <= whole && (whole < most || (whole == most && !rest)))
}
