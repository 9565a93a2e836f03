//! Companies and their keys.

use super::Scope;
use egusi_protocol::{CompanyId, Environment, KeyId};

/// SHA-256 of an API key.
pub type KeyHash = [u8; 32];
/// What a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// Opens widgets; may be seen by anyone.
    Public,
    /// Reads data; for servers only.
    Secret,
}

/// A company and its first keys.
#[derive(Clone, Debug)]
pub struct NewCompany {
    /// Its id, which is also its client token.
    pub id: CompanyId,
    /// What it is called.
    pub name: String,
    /// When.
    pub created_at_ms: i64,
    /// Usually four: public and secret for each world.
    pub keys: Vec<NewKey>,
}

/// One key of a new company.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// By what it is named.
    pub id: KeyId,
    /// The world it opens.
    pub env: Environment,
    /// What it may do.
    pub kind: KeyKind,
    /// Its hash; the key itself is shown once and kept nowhere.
    pub hash: KeyHash,
    /// Its last four characters, by which people tell keys apart.
    pub hint: String,
}

/// A key, found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// By what it is named.
    pub id: KeyId,
    /// Whose and which world.
    pub scope: Scope,
    /// What it may do.
    pub kind: KeyKind,
    /// The company's name.
    pub company_name: String,
    /// From when on it is good for nothing.
    pub ends_at_ms: Option<i64>,
}

/// A company, as an operator lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyRow {
    /// Its id.
    pub id: CompanyId,
    /// What it is called.
    pub name: String,
    /// When it was made.
    pub created_at_ms: i64,
}

/// A key, as an operator lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// By what it is named.
    pub id: KeyId,
    /// The world it opens.
    pub env: Environment,
    /// What it may do.
    pub kind: KeyKind,
    /// Its last four characters.
    pub hint: String,
    /// When it was made.
    pub created_at_ms: i64,
    /// From when on it is good for nothing.
    pub ends_at_ms: Option<i64>,
}

/// A new key in place of the old ones of its world and kind.
#[derive(Clone, Debug)]
pub struct KeyRotation {
    /// The new one.
    pub key: NewKey,
    /// When.
    pub at_ms: i64,
    /// When those before it end; `None` lets them be.
    pub others_end_at_ms: Option<i64>,
}
