//! Every option that does something, by all its names.

use super::error::OptionError;
use super::found::{Given, Reader};
use super::loose::bare;
use super::{HostTexts, Options};
use super::{look, sentences};
use egusi_protocol::{Environment, Holders, OpenSession, Product, Secret, Selection};

/// Checks every option.
///
/// # Errors
/// The first option that cannot be used.
#[inline]
pub fn check(given: &dyn Given) -> Result<Options, OptionError> {
    let read = Reader::new(given);
    let short = read.text(&["ref", "short_url"]);
    let who = |names, expected| match &short {
        Some(_) => read.text(names).unwrap_or_default(),
        None => read.required(names, expected),
    };
    let options = Options {
        open: OpenSession {
            key: who(&["key", "okraKey"], "the public key of your company, a UUID"),
            token: who(&["token"], "the client token of your company, 24 hexadecimal digits"),
            short: short.clone(),
            env: environment(&read),
            name: read.text(&["name", "clientName"]),
            products: products(&read),
            show_balance: read.flag(&["showBalance"]).unwrap_or_default(),
            currency: read.text(&["currency"]),
            callback_url: read.text(&["callback_url", "webhook"]),
            redirect_url: read.text(&["redirect_url", "success_url"]),
            app_id: read.text(&["app_id"]),
            options: read.json("options"),
            meta: read.json("meta"),
            charge: read.json("charge"),
            garnish: read.flag(&["garnish"]).unwrap_or_default(),
            holders: holders(&read),
            filter: read.json_of_object(&["filter", "filters"]),
            countries: countries(&read),
            selection: selection(&read),
            exp: read.text(&["exp"]).map(day),
            institution: read.text(&["institution", "reauth_bank"]),
            account_number: read.text(&["account_number", "reauth_account"]).map(Secret::new),
            customer: read.json_of_object(&["customer"]).map(Secret::new),
            // From our own page, word for word: `null` is what browsers call an opaque origin, and not
            // the same as no page around the widget.
            host_origin: read.json("hostOrigin").map(|text| bare(&text).to_owned()),
        },
        logo: read.text_that(&["logo"], is_image, "an https URL or a data:image URL"),
        language: read.text_that(&["language"], is_tag, "a language tag, such as \"fr\" or \"en-NG\""),
        texts: HostTexts {
            connect_message: sentence(&read, "connectMessage"),
            widget_success: sentence(&read, "widget_success"),
            widget_failed: sentence(&read, "widget_failed"),
            success_title: sentence(&read, "success_title"),
            success_message: sentence(&read, "success_message"),
            continue_cta: sentence(&read, "continue_cta"),
            support_email: read.text_that(&["support_email"], is_address, "an e-mail address"),
        },
        mode: look::mode(&read),
    };
    match read.refused() {
        Some(refused) => Err(refused),
        None => Ok(options),
    }
}

/// Checks also what a customer must not be kept out for: how the window looks, and the host's own sentences.
///
/// # Errors
/// The first option that cannot be used.
pub fn check_strictly(given: &dyn Given) -> Result<Options, OptionError> {
    let options = check(given)?;
    let read = Reader::new(given);
    look::appearance(&read);
    sentences::check(&read);
    match read.refused() {
        Some(refused) => Err(refused),
        None => Ok(options),
    }
}

/// As in okra-js, a missing `env` is the sandbox; unlike there, an unknown one is not.
fn environment(read: &Reader) -> Environment {
    let is_known = |word: &str| matches!(word, "production" | "production-sandbox" | "sandbox");
    let word = read.text_that(&["env"], is_known, "\"production\" or \"production-sandbox\"");
    if word.as_deref() == Some("production") { Environment::Production } else { Environment::Sandbox }
}

fn products(read: &Reader) -> Vec<Product> {
    let expected = "words among auth, balance, identity, income, transactions, payment";
    let words = read.words(&["products"], |word| product(word) != Product::Unknown, expected);
    let products: Vec<_> = words.iter().map(|word| product(word)).collect();
    if products.is_empty() { vec![Product::Auth] } else { products }
}

fn product(word: &str) -> Product {
    // Okra's pages say both.
    Product::from_word(if word == "payments" { "payment" } else { word })
}

/// `account_type` says more, so it wins over `isCorporate`.
fn holders(read: &Reader) -> Option<Holders> {
    let known = [Holders::Individual, Holders::Corporate, Holders::Both];
    let words = known.map(Holders::as_str);
    let place = read.word(&["account_type"], &words, "individual, corporate or both");
    let is_corporate = read.flag(&["isCorporate", "corporate"]) == Some(true);
    place.map(|place| known[place]).or(is_corporate.then_some(Holders::Corporate))
}

/// `selection_type` says more, so it wins over `multi_account`.
fn selection(read: &Reader) -> Option<Selection> {
    let known = [Selection::Single, Selection::Multiple, Selection::Multiple, Selection::All];
    let words = ["single", "multiple", "some", "all"];
    let place = read.word(&["selection_type"], &words, "single, multiple, some or all");
    let is_multi = read.flag(&["multi_account", "multiAccount"]);
    place.or(is_multi.map(usize::from)).map(|place| known[place])
}

fn countries(read: &Reader) -> Vec<String> {
    let is_code = |word: &str| word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let expected = "countries by two letters, such as \"NG\"";
    let mut codes = read.words(&["countries", "country"], is_code, expected);
    codes.iter_mut().for_each(|code| code.make_ascii_uppercase());
    codes
}

/// A `Date` comes as a moment; what counts is its day.
fn day(mut exp: String) -> String {
    if let Some(end) = exp.find('T') {
        exp.truncate(end);
    }
    exp
}

fn sentence(read: &Reader, name: &'static str) -> Option<String> {
    read.text_that(&[name], |text| text.chars().count() <= 200, "at most 200 characters")
}

fn is_image(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("data:image/")
}

/// Whether a language's tag is well-formed, so far as that is one rule for all (BCP 47, section 2.1): a
/// language of letters, and parts of at most eight letters and digits.
fn is_tag(text: &str) -> bool {
    let is_part =
        |part: &str| matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let language = text.split('-').next().unwrap_or_default();
    text.len() <= 35
        && language.len() > 1
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && text.split('-').all(is_part)
}

/// It becomes a link to write to, so nothing but an address may be in it.
fn is_address(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b".-_+".contains(&byte);
    let is_plain = |part: &str| !part.is_empty() && part.bytes().all(fits);
    text.len() <= 200
        && text
            .split_once('@')
            .is_some_and(|(name, host)| is_plain(name) && is_plain(host) && host.contains('.'))
}
