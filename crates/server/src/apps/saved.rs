//! The options of the widget that are saved with an App: which may be, how they are checked when
//! they are saved, and how they fill what an opening leaves out.
//!
//! A link is for everybody, so nothing that is for one person, and nothing secret, is saved in it.

use super::invalid;
use crate::error::ApiError;
use crate::sessions::extras;
use crate::sessions::opening::{self, quoted};
use crate::sessions::wanted::{Offer, refuse_if_expired};
use crate::state::AppState;
use crate::webhooks::endpoints;
use egusi_protocol::{Environment, Holders, OpenSession, Product, Selection};
use serde_json::{Map, Value};

/// JSON text of all of them together may be so long.
///
/// It leaves room for what is put to them when the window opens.
const BYTES_MAX: usize = 32_000;
const SENTENCE_CHARS_MAX: usize = 200;

/// How the value of an option is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A text that says something.
    Text,
    /// A text the customer reads.
    Sentence,
    /// `true` or `false`.
    Flag,
    /// A list of texts.
    Words,
    /// An object.
    Object,
    /// An object or a list.
    Filter,
    /// Whatever JSON there is.
    Anything,
}

/// Every option that may be saved, by the one name of docs/options.md that is not an older one.
const OPTIONS: [(&str, Kind); 32] = [
    ("name", Kind::Text),
    ("products", Kind::Words),
    ("showBalance", Kind::Flag),
    ("currency", Kind::Text),
    ("logo", Kind::Text),
    ("language", Kind::Text),
    ("filter", Kind::Filter),
    ("countries", Kind::Words),
    ("account_type", Kind::Text),
    ("isCorporate", Kind::Flag),
    ("selection_type", Kind::Text),
    ("multi_account", Kind::Flag),
    ("exp", Kind::Text),
    ("institution", Kind::Text),
    ("reauth_bank", Kind::Text),
    ("options", Kind::Object),
    ("meta", Kind::Anything),
    ("charge", Kind::Object),
    ("garnish", Kind::Flag),
    ("connectMessage", Kind::Sentence),
    ("widget_success", Kind::Sentence),
    ("widget_failed", Kind::Sentence),
    ("success_title", Kind::Sentence),
    ("success_message", Kind::Sentence),
    ("continue_cta", Kind::Sentence),
    ("support_email", Kind::Sentence),
    (CALLBACK, Kind::Text),
    ("redirect_url", Kind::Text),
    ("color", Kind::Text),
    ("mode", Kind::Text),
    ("appearance", Kind::Object),
    ("sentences", Kind::Object),
];

/// The one option that is saved and not shown: where a company's webhooks go is nobody else's affair.
const CALLBACK: &str = "callback_url";

/// Names that are known and may not be saved, each with the reason.
const REFUSED: [(&str, &str); 10] = [
    ("key", WHO),
    ("okraKey", WHO),
    ("token", WHO),
    ("env", WHO),
    ("app_id", WHO),
    ("ref", WHO),
    ("short_url", WHO),
    ("customer", PERSON),
    ("account_number", PERSON),
    ("reauth_account", PERSON),
];
const WHO: &str = "the link itself says whose it is and in which world";
const PERSON: &str = "it is about one person, and a link is for everybody; pass it when the widget is opened";

/// Older names of options, and how they are written now.
const OLDER: [(&str, &str); 7] = [
    ("clientName", "name"),
    ("filters", "filter"),
    ("country", "countries"),
    ("corporate", "isCorporate"),
    ("multiAccount", "multi_account"),
    ("webhook", CALLBACK),
    ("success_url", "redirect_url"),
];

/// What was saved, from the text the store keeps.
pub fn read(text: &str) -> Map<String, Value> {
    serde_json::from_str(text).unwrap_or_default()
}

/// What everybody may see of it.
pub fn shown(text: &str) -> Map<String, Value> {
    let mut options = read(text);
    options.remove(CALLBACK);
    options
}

/// Checks options before they are saved, with the rules by which a session is opened.
///
/// The window checks what only it uses, such as the logo, once more by its own reader.
///
/// # Errors
/// The first option that cannot be used, with what was expected.
pub fn check(app: &AppState, env: Environment, options: &Map<String, Value>) -> Result<(), ApiError> {
    for (name, value) in options {
        check_one(name, value)?;
    }
    let bytes = Value::Object(options.clone()).to_string().len();
    if bytes > BYTES_MAX {
        return Err(invalid(format!("options: expected at most {BYTES_MAX} bytes of JSON, got {bytes}")));
    }
    check_sense(app, env, options).and_then(|()| check_as_opened(env, options)).map_err(|error| match error {
        ApiError::Refused(code, message) => ApiError::Refused(code, format!("options.{message}")),
        other => other,
    })
}

fn check_one(name: &str, value: &Value) -> Result<(), ApiError> {
    if let Some((_, why)) = REFUSED.iter().find(|(known, _)| *known == name) {
        return Err(invalid(format!("options.{name}: cannot be saved, because {why}")));
    }
    if let Some((_, now)) = OLDER.iter().find(|(known, _)| *known == name) {
        return Err(invalid(format!("options.{name}: an older name; write {now}")));
    }
    let Some((_, kind)) = OPTIONS.iter().find(|(known, _)| *known == name) else {
        let expected =
            "expected options of buildWithOptions that are read, by their names in docs/options.md";
        return Err(invalid(format!("options: {expected}; got {}", quoted(name))));
    };
    let is_text = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
    let (fits, expected) = match kind {
        Kind::Text => (is_text(value), "a text that is not empty"),
        Kind::Sentence => (
            is_text(value) && value.as_str().is_some_and(|text| text.chars().count() <= SENTENCE_CHARS_MAX),
            "a text of at most 200 characters that is not empty",
        ),
        Kind::Flag => (value.is_boolean(), "true or false"),
        Kind::Words => (value.as_array().is_some_and(|list| list.iter().all(is_text)), "a list of texts"),
        Kind::Object => (value.is_object(), "an object"),
        Kind::Filter => (value.is_object() || value.is_array(), "an object or a list"),
        Kind::Anything => (!value.is_null(), "a value"),
    };
    if fits {
        Ok(())
    } else {
        Err(invalid(format!("options.{name}: expected {expected}; got {}", seen(value))))
    }
}

/// A value, short enough to be repeated in an error.
fn seen(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        other => other.to_string(),
    }
}

/// What the window's own reader says of them.
fn check_as_opened(env: Environment, options: &Map<String, Value>) -> Result<(), ApiError> {
    let mut opened = options.clone();
    opened.insert("ref".to_owned(), "x".repeat(super::short::CHARS_MAX).into());
    opened.insert("env".to_owned(), env.as_str().into());
    egusi_options::read_json_strictly(&Value::Object(opened))
        .map(|_| ())
        .map_err(|error| invalid(error.to_string()))
}

/// What an opening with nothing but these would say.
fn check_sense(app: &AppState, env: Environment, options: &Map<String, Value>) -> Result<(), ApiError> {
    for (option, known) in [
        ("account_type", ["individual", "corporate", "both"].as_slice()),
        ("selection_type", &["single", "multiple", "some", "all"]),
    ] {
        if let Some(word) = text(options, &[option]).filter(|word| !known.contains(&word.as_str())) {
            return Err(invalid(format!("{option}: expected {}; got {}", known.join(", "), quoted(&word))));
        }
    }
    let is_unknown = |word: &String| Product::from_word(word) == Product::Unknown;
    if let Some(word) = words(options, "products").into_iter().find(is_unknown) {
        return Err(invalid(format!(
            "products: expected words such as auth and balance; got {}",
            quoted(&word)
        )));
    }
    let is_image = |url: &String| url.starts_with("https://") || url.starts_with("data:image/");
    if let Some(logo) = text(options, &["logo"]).filter(|logo| !is_image(logo)) {
        return Err(invalid(format!(
            "logo: expected an https URL or a data:image URL; got {}",
            quoted(&logo)
        )));
    }
    let mut wanted = OpenSession::of_nothing(env);
    fill(options, &mut wanted);
    if within(&wanted).is_some_and(|options| options.contains_key("customer")) {
        return Err(invalid(format!("options.customer: cannot be saved, because {PERSON}")));
    }
    opening::checked_name(wanted.name.clone())?;
    let products = opening::checked_products(&wanted.products)?;
    opening::checked_url("redirect_url", wanted.redirect_url.clone(), env)?;
    if let Some(url) = &wanted.callback_url {
        endpoints::checked(CALLBACK, url, app.webhooks.networks())?;
    }
    extras::check(&wanted)?;
    // Whether the day has passed is asked when the widget opens.
    refuse_if_expired(wanted.exp.as_deref(), i64::MIN)?;
    if let Some(connector) = app.connector(env) {
        let holders = opening::checked_holders(wanted.holders)?;
        Offer::read(connector.as_ref(), &wanted, &products, holders)?;
    }
    Ok(())
}

fn within(wanted: &OpenSession) -> Option<Map<String, Value>> {
    wanted.options.as_deref().map(read)
}

/// Puts what was saved where an opening says nothing; what it says counts. The window knows all of it
/// but `callback_url` and has said it already; others that open a session may leave it to us. What is
/// always said, whether figures are shown for instance, is never filled.
pub fn fill(saved: &Map<String, Value>, wanted: &mut OpenSession) {
    let put = |place: &mut Option<String>, names: &[&str]| {
        if place.as_ref().is_none_or(|said| said.trim().is_empty()) {
            *place = text(saved, names);
        }
    };
    put(&mut wanted.name, &["name"]);
    put(&mut wanted.currency, &["currency"]);
    put(&mut wanted.callback_url, &[CALLBACK]);
    put(&mut wanted.redirect_url, &["redirect_url"]);
    put(&mut wanted.exp, &["exp"]);
    put(&mut wanted.institution, &["institution", "reauth_bank"]);
    let put_json = |place: &mut Option<String>, name: &str| {
        if place.is_none() {
            *place = saved.get(name).map(Value::to_string);
        }
    };
    put_json(&mut wanted.options, "options");
    put_json(&mut wanted.meta, "meta");
    put_json(&mut wanted.charge, "charge");
    put_json(&mut wanted.filter, "filter");
    if wanted.products.is_empty() {
        wanted.products = words(saved, "products").iter().map(|word| Product::from_word(word)).collect();
    }
    if wanted.countries.is_empty() {
        wanted.countries = words(saved, "countries");
    }
    if wanted.holders.is_none() {
        let is_corporate = saved.get("isCorporate") == Some(&Value::Bool(true));
        let said = text(saved, &["account_type"]).map(|word| Holders::from_word(&word));
        wanted.holders = said.or(is_corporate.then_some(Holders::Corporate));
    }
    if wanted.selection.is_none() {
        let said = text(saved, &["selection_type"]).map(|word| match word.as_str() {
            "some" => Selection::Multiple,
            word => Selection::from_word(word),
        });
        let is_multi = saved.get("multi_account").and_then(Value::as_bool);
        let of_flag = |is_multi| if is_multi { Selection::Multiple } else { Selection::Single };
        wanted.selection = said.or(is_multi.map(of_flag));
    }
}

fn text(saved: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| saved.get(*name)).and_then(Value::as_str).map(str::to_owned)
}

fn words(saved: &Map<String, Value>, name: &str) -> Vec<String> {
    let list = saved.get(name).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
