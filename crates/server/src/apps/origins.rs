//! The pages that may show the window for an App, each by its origin as a browser writes it.
//!
//! What passes here is written into a policy that browsers read, so nothing passes that could mean
//! more there than one origin: no wildcard, no separator, no second word.

use super::invalid;
use crate::error::ApiError;
use crate::sessions::opening::quoted;
use url::{Host, Url};

/// So many one App may have.
pub const ORIGINS_MAX: usize = 50;
/// What browsers call pages that have no origin: sandboxed frames, files, some apps' own pages.
pub const OPAQUE: &str = "null";
/// A scheme, a name of a host at its longest, and a port.
const CHARS_MAX: usize = 270;
const EXPECTED: &str = "expected an origin as a browser writes it, such as https://shop.example or \
    https://shop.example:8443 (http only on this machine), or the word null for pages that have none";

/// Each once, in the order of the alphabet.
///
/// # Errors
/// `InvalidRequest`, naming the first that cannot be used.
pub fn checked(given: &[String]) -> Result<Vec<String>, ApiError> {
    if given.len() > ORIGINS_MAX {
        return Err(invalid(format!("allowed_origins: expected at most {ORIGINS_MAX}, got {}", given.len())));
    }
    for (at, text) in given.iter().enumerate() {
        if text != OPAQUE && !is_exact(text) {
            let hint = meant(text).map_or_else(String::new, |origin| format!("; write {origin}"));
            let got = quoted(text);
            return Err(invalid(format!("allowed_origins[{at}]: {EXPECTED}; got {got}{hint}")));
        }
    }
    let mut origins = given.to_vec();
    origins.sort();
    origins.dedup();
    Ok(origins)
}

/// The origin of an address, if it is one that a page may have.
pub fn of_address(text: &str) -> Option<String> {
    let origin = Url::parse(text).ok()?.origin().ascii_serialization();
    is_exact(&origin).then_some(origin)
}

/// What was probably meant by something that is more than an origin, or is written otherwise.
fn meant(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let is_bare = url.username().is_empty() && url.password().is_none();
    of_address(text).filter(|_| is_bare)
}

fn is_exact(text: &str) -> bool {
    let Some(url) = Some(text).filter(|text| text.len() <= CHARS_MAX).and_then(|text| Url::parse(text).ok())
    else {
        return false;
    };
    let (is_plain, is_local) = match url.host() {
        // An address of version 6 cannot be named in `frame-ancestors`.
        None | Some(Host::Ipv6(_)) => (false, false),
        Some(Host::Ipv4(address)) => (true, address.is_loopback()),
        Some(Host::Domain(name)) => {
            (is_plain_name(name), name == "localhost" || name.ends_with(".localhost"))
        }
    };
    let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_local);
    is_plain && is_safe && url.origin().ascii_serialization() == text
}

/// Letters, digits, hyphens and dots: all that a name of a host has in a policy. A URL may have
/// much more, `;` and `*` among it.
fn is_plain_name(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        checked(&[text.to_owned()]).map_or_else(|error| error.message().to_owned(), |_| "good".to_owned())
    }

    #[test]
    fn an_origin_is_taken_as_a_browser_writes_it_and_in_no_other_way() {
        for good in [
            "https://shop.example",
            "https://shop.example:8443",
            "https://xn--mnchen-3ya.example",
            "https://203.0.113.7",
            "http://localhost:3000",
            "http://127.0.0.1:8080",
            "http://egusi.localhost",
            "null",
        ] {
            assert_eq!(said(good), "good", "{good}");
        }
        for (bad, hint) in [
            ("https://shop.example/", "; write https://shop.example"),
            ("https://shop.example/path?a=1#b", "; write https://shop.example"),
            ("https://shop.example:443", "; write https://shop.example"),
            ("HTTPS://Shop.Example", "; write https://shop.example"),
            ("https://münchen.example", "; write https://xn--mnchen-3ya.example"),
            (" https://shop.example", "; write https://shop.example"),
            ("https://me:secret@shop.example", r#"got "https://me:secret@shop.example""#),
            ("http://shop.example", r#"got "http://shop.example""#),
            ("https://*.shop.example", r#"got "https://*.shop.example""#),
            ("https://a.example;script-src", r#"got "https://a.example;script-src""#),
            ("https://a.example,https://b.example", r#"got "https://a.example,https://b.example""#),
            ("https://a.example https://b.example", r#"got "https://a.example https://b.example""#),
            ("https://'none'", r#"got "https://'none'""#),
            ("https://[::1]:3000", r#"got "https://[::1]:3000""#),
            ("shop.example", r#"got "shop.example""#),
            ("file:///etc/passwd", r#"got "file:///etc/passwd""#),
            ("data:text/html,x", r#"got "data:text/html,x""#),
            ("javascript:alert(1)", r#"got "javascript:alert(1)""#),
            ("NULL", r#"got "NULL""#),
            ("*", r#"got "*""#),
            ("", r#"got """#),
        ] {
            let said = said(bad);
            assert!(said.starts_with("allowed_origins[0]: expected an origin"), "{bad}: {said}");
            assert!(said.ends_with(hint), "{bad}: {said}");
        }
    }

    #[test]
    fn each_counts_once_and_there_are_not_too_many() {
        let given = ["null", "https://b.example", "https://a.example", "null"].map(str::to_owned);
        assert_eq!(checked(&given).unwrap(), ["https://a.example", "https://b.example", "null"]);
        let many: Vec<_> = (0..=ORIGINS_MAX).map(|number| format!("https://s{number}.example")).collect();
        assert_eq!(checked(&many).unwrap_err().message(), "allowed_origins: expected at most 50, got 51");
        assert!(checked(&many[1..]).is_ok());
    }

    #[test]
    fn the_origin_of_an_address_is_what_a_page_there_has() {
        for (address, origin) in [
            ("https://shop.example/cart?a=1", Some("https://shop.example")),
            ("https://shop.example:443/", Some("https://shop.example")),
            ("http://shop.example/", None),
            ("about:blank", None),
            ("", None),
        ] {
            assert_eq!(of_address(address).as_deref(), origin, "{address}");
        }
    }
}
