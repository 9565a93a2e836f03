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
mod look;
mod loose;
mod sentences;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_look;

pub use check::{check, check_strictly};
pub use error::OptionError;
pub use found::{Given, Inner};
#[cfg(any(test, feature = "json"))]
pub use json::{read_json, read_json_strictly};
pub use loose::Loose;
#[cfg(any(test, feature = "json"))]
pub use sentences::may_say;

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
    /// The language to speak, as a tag (BCP 47); one that is not spoken gives way to the browser's.
    pub language: Option<String>,
    /// What the host says in its own words.
    pub texts: HostTexts,
    /// Light, dark, or as the system is.
    pub mode: Mode,
}

/// Which of the two sets of colours is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The one the system has, also when that changes.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Mode {
    /// The word that the style sheet knows it by, if it is not the system's choice.
    #[must_use]
    pub const fn as_str(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
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
