//! The host's object as the page made it, handed to the reader of options.

pub use egusi_options::{HostTexts, OptionError, Options};

use egusi_options::{Given, Loose, check, refuse_if_long};
use js_sys::{Array, JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// What `src/speech.rs` reads.
const HANDED_IN: [&str; 3] = ["styles", "text", "languages"];

/// Reads and checks what a host passed.
///
/// # Errors
/// The first option that cannot be used.
pub fn read(given: &JsValue) -> Result<Options, OptionError> {
    if !given.is_object() {
        let kind = given.js_typeof().as_string().unwrap_or_default();
        let got = if given.is_null() { "null".into() } else { kind };
        return Err(OptionError::new("options", "an object", got));
    }
    let page = Page(given);
    // There is no text of what is not there.
    let text = |value: &JsValue| JSON::stringify(value).ok().filter(|text| text.is_string());
    let length = |value: &JsValue| text(value).map_or(0, |text| text.length() as usize);
    // What our own page hands in beside them is not the host's.
    let ours: usize = HANDED_IN.iter().map(|name| length(&page.get(name))).sum();
    refuse_if_long(length(given).saturating_sub(ours))?;
    check(&page)
}

/// The host's object.
struct Page<'a>(&'a JsValue);

impl Page<'_> {
    fn get(&self, name: &str) -> JsValue {
        // A getter of the host may throw; then there is no value.
        Reflect::get(self.0, &name.into()).unwrap_or(JsValue::UNDEFINED)
    }
}

impl Given for Page<'_> {
    fn value(&self, name: &'static str) -> Loose {
        loose(&self.get(name))
    }

    fn json(&self, name: &'static str) -> Option<String> {
        JSON::stringify(&self.get(name)).ok()?.as_string()
    }
}

/// Reads one value of the page.
fn loose(value: &JsValue) -> Loose {
    if let Some(flag) = value.as_bool() {
        return Loose::Flag(flag);
    }
    if let Some(number) = value.as_f64() {
        return Loose::from_number(number);
    }
    if let Some(text) = value.as_string() {
        return Loose::from_text(&text);
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        return Loose::from_list(list.iter().map(|item| loose(&item)));
    }
    // A date is a text to JSON, a function is nothing.
    let json = JSON::stringify(value).ok().map(|text| text.as_string().unwrap_or_default());
    Loose::from_object(json.as_deref())
}
