//! How an option that cannot be used is refused: what was expected beside what arrived.

use std::fmt;

/// An option that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionError {
    /// Its name as the host writes it.
    pub option: &'static str,
    /// What was expected.
    pub expected: &'static str,
    /// What arrived.
    pub got: String,
}

impl OptionError {
    /// Stable code for programs.
    pub const CODE: &'static str = "invalid_option";

    /// An option, what was expected of it, and what arrived.
    pub fn new(option: &'static str, expected: &'static str, got: String) -> Self {
        Self { option, expected, got }
    }
}

impl fmt::Display for OptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, got {}", self.option, self.expected, self.got)
    }
}

/// A text from the host, short enough for an error.
pub(super) fn shown(text: &str) -> String {
    const CHARS_MAX: usize = 60;
    match text.char_indices().nth(CHARS_MAX) {
        Some((end, _)) => ["\"", &text[..end], "\"…"].concat(),
        None => ["\"", text, "\""].concat(),
    }
}
