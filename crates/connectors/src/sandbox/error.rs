//! Why the sandbox's own data cannot be used, said so that its author finds the place.

use std::fmt;

/// The sandbox's data is wrong; the sandbox does not start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SandboxError {
    /// A file is not the JSON it should be.
    Unreadable {
        /// Which file.
        file: &'static str,
        /// What the reader said, with line and column.
        detail: String,
    },
    /// A row of the institutions is wrong.
    Institution {
        /// The row's slug.
        slug: String,
        /// Which field.
        field: &'static str,
        /// What was expected.
        detail: String,
    },
    /// A scenario is wrong.
    Scenario {
        /// The scenario's username.
        username: String,
        /// Path of the field inside the scenario, such as `accounts[1].ledger`.
        field: String,
        /// What was expected.
        detail: String,
    },
}

impl fmt::Display for SandboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, detail } => write!(f, "{file}: {detail}"),
            Self::Institution { slug, field, detail } => write!(f, "institution {slug}, {field}: {detail}"),
            Self::Scenario { username, field, detail } => write!(f, "scenario {username}, {field}: {detail}"),
        }
    }
}

impl std::error::Error for SandboxError {}

/// A fault inside one scenario, before it is known which one.
#[derive(Debug)]
pub(super) struct Flaw {
    field: String,
    detail: String,
}

impl Flaw {
    pub(super) fn new(field: impl Into<String>, detail: impl ToString) -> Self {
        Self { field: field.into(), detail: detail.to_string() }
    }

    /// Puts the part of the scenario in front that the field was found in.
    pub(super) fn within(mut self, place: &str) -> Self {
        self.field = format!("{place}.{}", self.field);
        self
    }

    pub(super) fn of(self, username: &str) -> SandboxError {
        SandboxError::Scenario { username: username.to_owned(), field: self.field, detail: self.detail }
    }
}

/// Reads every row of a list; a flaw says which row it was.
pub(super) fn each<R, T>(
    list: &str,
    rows: Vec<R>,
    read: impl Fn(R) -> Result<T, Flaw>,
) -> Result<Vec<T>, Flaw> {
    rows.into_iter()
        .enumerate()
        .map(|(at, row)| read(row).map_err(|flaw| flaw.within(&format!("{list}[{at}]"))))
        .collect()
}
