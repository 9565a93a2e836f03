//! Where the sandbox keeps what was changed about it: small named bodies of bytes, for each company.
//!
//! Names are `person/<username>` and `account/<number>`. A person's body holds a password, if only
//! a test person's, so whoever keeps the books for good seals them.

use async_trait::async_trait;
use egusi_protocol::CompanyId;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// Keeps named bodies, each with a version that every write raises.
#[async_trait]
pub trait Books: Send + Sync {
    /// What is kept for a company under a name, with its version; `None` if nothing is.
    async fn read(&self, company: CompanyId, name: &str) -> Result<Option<(i64, Vec<u8>)>, BooksError>;

    /// Keeps something in place of what had the given version, or of nothing (0). False if somebody
    /// else was faster: read again.
    async fn write(
        &self,
        company: CompanyId,
        name: &str,
        version: i64,
        body: Vec<u8>,
    ) -> Result<bool, BooksError>;

    /// The names that begin so, sorted.
    async fn names(&self, company: CompanyId, prefix: &str) -> Result<Vec<String>, BooksError>;
}

/// The books cannot be read or written now; the text is for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BooksError(pub String);

impl fmt::Display for BooksError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the sandbox's books: {}", self.0)
    }
}

impl std::error::Error for BooksError {}

/// Books that end with the process.
#[derive(Default)]
pub struct MemoryBooks(Mutex<BTreeMap<(CompanyId, String), Body>>);

/// A version, and what is kept.
type Body = (i64, Vec<u8>);

#[async_trait]
impl Books for MemoryBooks {
    async fn read(&self, company: CompanyId, name: &str) -> Result<Option<(i64, Vec<u8>)>, BooksError> {
        let rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(rows.get(&(company, name.to_owned())).cloned())
    }

    async fn write(
        &self,
        company: CompanyId,
        name: &str,
        version: i64,
        body: Vec<u8>,
    ) -> Result<bool, BooksError> {
        let mut rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (company, name.to_owned());
        if rows.get(&key).map_or(0, |(version, _)| *version) != version {
            return Ok(false);
        }
        rows.insert(key, (version + 1, body));
        Ok(true)
    }

    async fn names(&self, company: CompanyId, prefix: &str) -> Result<Vec<String>, BooksError> {
        let rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let names = rows.keys().filter(|(whose, name)| *whose == company && name.starts_with(prefix));
        Ok(names.map(|(_, name)| name.clone()).collect())
    }
}
