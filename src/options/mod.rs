//! What a host passes to `buildWithOptions`: read leniently, because the wrappers in the wild send
//! `'null'`, `''` and numbers as text, and validated strictly, with what was expected beside what
//! arrived.
//!
//! [`check`] is the table of all options that do something, with both spellings where there are
//! two; [`loose`] says what counts as missing, [`found`] how one value is read, [`error`] how it is
//! refused. The host's object is only ever read. Options that do nothing here are known to
//! `www/widget/options-known.ts`, which tells the host's makers in the sandbox.

mod check;
mod error;
mod found;
mod loose;
#[cfg(test)]
mod tests;

pub use error::OptionError;

use check::check;
use egusi_protocol::OpenSession;
use found::Given;
use js_sys::{JSON, Reflect};
use loose::Loose;
use wasm_bindgen::JsValue;

/// JSON text of all options together may be so long.
const OPTIONS_CHARS_MAX: usize = 32_768;

/// The options this version reads, checked.
#[derive(Clone, Debug)]
pub struct Options {
    /// What the server is asked.
    pub open: OpenSession,
    /// Shown in the header; `https:` or `data:image/`.
    pub logo: Option<String>,
    /// What the host says in its own words.
    pub texts: HostTexts,
}

/// Sentences of the host that stand in place of ours, as plain text; each is short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostTexts {
    /// `connectMessage`: what is asked above the accounts.
    pub connect_message: Option<String>,
    /// `widget_success`: what is said when an account is connected.
    pub widget_success: Option<String>,
    /// `widget_failed`: what is said when it went wrong.
    pub widget_failed: Option<String>,
    /// `success_title`: the heading of the last screen.
    pub success_title: Option<String>,
    /// `success_message`: the text below it; it wins over `widget_success`.
    pub success_message: Option<String>,
    /// `continue_cta`: what the last button says.
    pub continue_cta: Option<String>,
    /// `support_email`: whom the customer may ask.
    pub support_email: Option<String>,
}

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
    let size = JSON::stringify(given).map_or(0, |text| text.length() as usize);
    if size > OPTIONS_CHARS_MAX {
        let expected = "at most 32768 characters of JSON";
        return Err(OptionError::new("options", expected, size.to_string()));
    }
    check(&Page(given))
}

/// The host's object, as the page made it.
struct Page<'a>(&'a JsValue);

impl Page<'_> {
    fn get(&self, name: &str) -> JsValue {
        // A getter of the host may throw; then there is no value.
        Reflect::get(self.0, &name.into()).unwrap_or(JsValue::UNDEFINED)
    }
}

impl Given for Page<'_> {
    fn value(&self, name: &'static str) -> Loose {
        Loose::from_js(&self.get(name))
    }

    fn json(&self, name: &'static str) -> Option<String> {
        JSON::stringify(&self.get(name)).ok()?.as_string()
    }
}
