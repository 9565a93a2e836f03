//! What a host passes to `buildWithOptions`: read leniently, because the wrappers in the wild send
//! `'null'`, `''` and numbers as text, and validated strictly, with what was expected beside what
//! arrived.
//!
//! [`check()`] is the table of all options that do something, with both spellings where there are
//! two; [`loose`] says what counts as missing, [`found`] how one value is read, [`error`] how it is
//! refused. Whoever has the host's object hands it over as [`Given`]: the widget as the page made it,
//! the server as JSON. Options that do nothing here are known to `www/widget/options-known.ts`, which
//! tells the host's makers in the sandbox.
//!
//! Invariants: the host's object is only ever read; the first option that cannot be used is the one
//! that is told; no browser, no I/O.
//!
//! What the widget calls is marked `#[inline]`: compiled where it is called, the WebAssembly is 240
//! bytes smaller.

mod check;
mod error;
mod found;
#[cfg(any(test, feature = "json"))]
mod json;
mod loose;
#[cfg(test)]
mod tests;

pub use check::check;
pub use error::OptionError;
pub use found::Given;
#[cfg(any(test, feature = "json"))]
pub use json::read_json;
pub use loose::Loose;

use egusi_protocol::OpenSession;

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

/// Refuses what is too long to be options, by the length of its JSON text.
///
/// # Errors
/// If it is too long.
#[inline]
pub fn refuse_if_long(chars: usize) -> Result<(), OptionError> {
    if chars > OPTIONS_CHARS_MAX {
        return Err(OptionError::new("options", "at most 32768 characters of JSON", chars.to_string()));
    }
    Ok(())
}
