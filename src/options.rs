//! What a host passes to `buildWithOptions`: read leniently, because the wrappers in the wild send
//! `'null'`, `''` and numbers as text, and validated strictly, with what was expected beside what
//! arrived.

use egusi_protocol::{Environment, OpenSession, Product};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// JSON text of all options together may be so long.
pub const OPTIONS_BYTES_MAX: usize = 32 * 1024;

/// The options this version reads, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// What the server is asked.
    pub open: OpenSession,
    /// Shown in the header; `https:` or `data:image/`.
    pub logo: Option<String>,
}

/// An option that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionError {
    /// Its name as the host writes it.
    pub option: &'static str,
    /// What was expected.
    pub expected: String,
    /// What arrived.
    pub got: String,
}

impl OptionError {
    /// Stable code for programs.
    pub const CODE: &'static str = "invalid_option";

    fn new(option: &'static str, expected: impl Into<String>, got: impl Into<String>) -> Self {
        Self { option, expected: expected.into(), got: got.into() }
    }
}

impl fmt::Display for OptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, got {}", self.option, self.expected, self.got)
    }
}

/// A value of whatever type a wrapper made of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Loose {
    /// Missing, null, or a text that means so.
    #[default]
    Missing,
    /// A text.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
    /// The texts of a list; what is no text stands as its kind.
    List(Vec<String>),
    /// Something else, named for the error.
    Other(&'static str),
}

/// The options as they arrive. Unknown ones are left alone: okra-js adds several of its own.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct RawOptions {
    name: Loose,
    #[serde(rename = "clientName")]
    client_name: Loose,
    key: Loose,
    #[serde(rename = "okraKey")]
    okra_key: Loose,
    token: Loose,
    env: Loose,
    products: Loose,
    #[serde(rename = "showBalance")]
    show_balance: Loose,
    currency: Loose,
    logo: Loose,
    callback_url: Loose,
    redirect_url: Loose,
    app_id: Loose,
    #[serde(rename = "hostOrigin")]
    host_origin: Loose,
}

impl RawOptions {
    /// Checks every option.
    ///
    /// # Errors
    /// The first option that cannot be used.
    pub fn check(self) -> Result<Options, OptionError> {
        let key = either(self.key, self.okra_key);
        Ok(Options {
            open: OpenSession {
                key: required("key", "the public key of your company, a UUID", key)?,
                token: required(
                    "token",
                    "the client token of your company, 24 hexadecimal digits",
                    self.token,
                )?,
                env: environment(self.env)?,
                name: text("name", either(self.name, self.client_name))?,
                products: products(self.products)?,
                show_balance: flag("showBalance", self.show_balance)?,
                currency: text("currency", self.currency)?,
                callback_url: text("callback_url", self.callback_url)?,
                redirect_url: text("redirect_url", self.redirect_url)?,
                app_id: text("app_id", self.app_id)?,
                // Values of any shape; whoever has the JavaScript object puts their JSON here.
                options: None,
                meta: None,
                charge: None,
                host_origin: text("hostOrigin", self.host_origin)?,
            },
            logo: logo(self.logo)?,
        })
    }
}

fn either(first: Loose, second: Loose) -> Loose {
    if first == Loose::Missing { second } else { first }
}

fn text(option: &'static str, value: Loose) -> Result<Option<String>, OptionError> {
    match value {
        Loose::Missing => Ok(None),
        Loose::Text(text) => Ok(Some(text)),
        other => Err(OptionError::new(option, "a text", other.describe())),
    }
}

fn required(option: &'static str, expected: &str, value: Loose) -> Result<String, OptionError> {
    match value {
        Loose::Text(text) => Ok(text),
        other => Err(OptionError::new(option, expected, other.describe())),
    }
}

fn flag(option: &'static str, value: Loose) -> Result<bool, OptionError> {
    match value {
        Loose::Missing => Ok(false),
        Loose::Flag(flag) => Ok(flag),
        Loose::Text(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Loose::Text(text) if text.eq_ignore_ascii_case("false") => Ok(false),
        other => Err(OptionError::new(option, "true or false", other.describe())),
    }
}

/// As in okra-js, a missing `env` is the sandbox; unlike there, an unknown one is not.
fn environment(value: Loose) -> Result<Environment, OptionError> {
    let expected = "\"production\" or \"production-sandbox\"";
    match value {
        Loose::Missing => Ok(Environment::Sandbox),
        Loose::Text(text) if text == "sandbox" => Ok(Environment::Sandbox),
        Loose::Text(text) => match Environment::from_word(&text) {
            Environment::Unknown => Err(OptionError::new("env", expected, shown(&text))),
            env => Ok(env),
        },
        other => Err(OptionError::new("env", expected, other.describe())),
    }
}

fn products(value: Loose) -> Result<Vec<Product>, OptionError> {
    let words = match value {
        Loose::Missing => return Ok(vec![Product::Auth]),
        Loose::Text(word) => vec![word],
        Loose::List(words) => words,
        other => {
            return Err(OptionError::new(
                "products",
                "a list such as [\"auth\", \"balance\"]",
                other.describe(),
            ));
        }
    };
    let product = |word: &String| match Product::from_word(word) {
        // Okra's pages say both.
        Product::Unknown if word == "payments" => Ok(Product::Payment),
        Product::Unknown => {
            let known: Vec<_> = Product::ALL.iter().map(|product| product.as_str()).collect();
            Err(OptionError::new("products", format!("words among {}", known.join(", ")), shown(word)))
        }
        product => Ok(product),
    };
    words.iter().map(product).collect()
}

fn logo(value: Loose) -> Result<Option<String>, OptionError> {
    let logo = text("logo", value)?;
    match &logo {
        Some(url) if !url.starts_with("https://") && !url.starts_with("data:image/") => {
            Err(OptionError::new("logo", "an https URL or a data:image URL", shown(url)))
        }
        _ => Ok(logo),
    }
}

/// A text from the host, short enough for an error.
fn shown(text: &str) -> String {
    const CHARS_MAX: usize = 60;
    match text.char_indices().nth(CHARS_MAX) {
        Some((end, _)) => format!("\"{}\"…", &text[..end]),
        None => format!("\"{text}\""),
    }
}

impl Loose {
    fn from_text(text: &str) -> Self {
        match text.trim() {
            "" | "null" | "undefined" => Self::Missing,
            text => Self::Text(text.to_owned()),
        }
    }

    fn describe(&self) -> String {
        match self {
            Self::Missing => "nothing".into(),
            Self::Text(text) => shown(text),
            Self::Flag(flag) => flag.to_string(),
            Self::List(_) => "a list".into(),
            Self::Other(kind) => (*kind).into(),
        }
    }
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseVisitor)
    }
}

struct LooseVisitor;

impl<'de> Visitor<'de> for LooseVisitor {
    type Value = Loose;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Loose, E> {
        Ok(Loose::Missing)
    }

    fn visit_none<E>(self) -> Result<Loose, E> {
        Ok(Loose::Missing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Loose, D::Error> {
        Loose::deserialize(deserializer)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Loose, E> {
        Ok(Loose::Flag(flag))
    }

    fn visit_str<E>(self, text: &str) -> Result<Loose, E> {
        Ok(Loose::from_text(text))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Loose, E> {
        Ok(Loose::Other("a number"))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Loose, E> {
        Ok(Loose::Other("a number"))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Loose, E> {
        Ok(Loose::Other("a number"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Loose, A::Error> {
        let mut words = Vec::new();
        while let Some(item) = list.next_element::<Loose>()? {
            words.push(match item {
                Loose::Text(word) => word,
                other => other.describe(),
            });
        }
        Ok(if words.is_empty() { Loose::Missing } else { Loose::List(words) })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Loose::Other("an object"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const KEY: &str = "c81f3e05-7a5c-5727-8d33-1113a3c7a5e4";
    const TOKEN: &str = "5d8a35224d8113507c7521ac";

    fn check(mut more: serde_json::Value) -> Result<Options, String> {
        let options = more.as_object_mut().unwrap();
        options.entry("key").or_insert(KEY.into());
        options.entry("token").or_insert(TOKEN.into());
        serde_json::from_value::<RawOptions>(more).unwrap().check().map_err(|error| error.to_string())
    }

    #[test]
    fn the_usual_options_are_read() {
        let options = check(json!({
            "name": "Moringa Market", "env": "production-sandbox", "products": ["auth", "balance"], "showBalance": true,
            "currency": "NGN", "logo": "https://shop.example/logo.png", "callback_url": "https://shop.example/hook",
            "redirect_url": "https://shop.example/next", "onSuccess": null, "source": "integration", "iframeData": true,
        }))
        .unwrap();
        assert_eq!(options.open.products, [Product::Auth, Product::Balance]);
        assert_eq!(options.open.env, Environment::Sandbox);
        assert!(options.open.show_balance);
        assert_eq!(options.open.name.as_deref(), Some("Moringa Market"));
        assert_eq!(options.logo.as_deref(), Some("https://shop.example/logo.png"));
    }

    #[test]
    fn the_junk_of_wrappers_counts_as_missing() {
        let options = check(json!({
            "name": "null", "env": "", "products": [], "showBalance": "False", "logo": "undefined", "callback_url": null,
            "redirect_url": "null", "currency": " ",
        }))
        .unwrap();
        assert_eq!(options, check(json!({})).unwrap());
        assert_eq!(options.open.products, [Product::Auth]);
    }

    #[test]
    fn a_bad_option_shows_what_was_expected_beside_what_arrived() {
        for (options, error) in [
            (json!({"key": null}), "key: expected the public key of your company, a UUID, got nothing"),
            (
                json!({"token": 5}),
                "token: expected the client token of your company, 24 hexadecimal digits, got a number",
            ),
            (
                json!({"env": "staging"}),
                r#"env: expected "production" or "production-sandbox", got "staging""#,
            ),
            (json!({"env": {}}), r#"env: expected "production" or "production-sandbox", got an object"#),
            (
                json!({"products": ["auth", "horoscope"]}),
                r#"products: expected words among auth, balance, identity, income, transactions, payment, got "horoscope""#,
            ),
            (
                json!({"products": {}}),
                r#"products: expected a list such as ["auth", "balance"], got an object"#,
            ),
            (json!({"showBalance": "maybe"}), r#"showBalance: expected true or false, got "maybe""#),
            (json!({"name": ["a"]}), "name: expected a text, got a list"),
            (
                json!({"logo": "javascript:alert(1)"}),
                r#"logo: expected an https URL or a data:image URL, got "javascript:alert(1)""#,
            ),
        ] {
            assert_eq!(check(options).err().as_deref(), Some(error));
        }
        let long = check(json!({"env": "x".repeat(1000)})).unwrap_err();
        assert!(long.len() < 200, "{long}");
    }

    #[test]
    fn both_spellings_are_heard() {
        let options =
            check(json!({"key": "", "okraKey": "k2", "clientName": "Old Shop", "products": "balance"}))
                .unwrap();
        assert_eq!(options.open.key, "k2");
        assert_eq!(options.open.name.as_deref(), Some("Old Shop"));
        assert_eq!(options.open.products, [Product::Balance]);
        assert_eq!(check(json!({"products": ["payments"]})).unwrap().open.products, [Product::Payment]);
    }
}
