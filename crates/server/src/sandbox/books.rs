//! The sandbox's books in the store, sealed: a test person has a password too.

use crate::seal::Sealer;
use async_trait::async_trait;
use egusi_connectors::sandbox::{Books, BooksError};
use egusi_protocol::{CompanyId, Environment};
use egusi_store::{Kept, Scope, Store, StoreError};
use std::sync::Arc;

/// Books that outlive the process.
pub struct KeptBooks {
    store: Arc<dyn Store>,
    sealer: Arc<Sealer>,
}

impl KeptBooks {
    /// Books in this store, under this seal.
    pub fn new(store: Arc<dyn Store>, sealer: Arc<Sealer>) -> Self {
        Self { store, sealer }
    }
}

#[async_trait]
impl Books for KeptBooks {
    async fn read(&self, company: CompanyId, name: &str) -> Result<Option<(i64, Vec<u8>)>, BooksError> {
        match self.store.kept(scope(company), name).await {
            Ok(Kept { version, body }) => {
                let plain = self.sealer.open(&place(company, name), &body);
                let plain = plain.map_err(|_| failed("a seal is broken; was the key file changed?"))?;
                Ok(Some((version, plain.to_vec())))
            }
            Err(StoreError::NotFound) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    async fn write(
        &self,
        company: CompanyId,
        name: &str,
        version: i64,
        body: Vec<u8>,
    ) -> Result<bool, BooksError> {
        let sealed = self.sealer.seal(&place(company, name), &body);
        let sealed = sealed.map_err(|_| failed("a body could not be sealed"))?;
        match self.store.keep(scope(company), name, version, sealed).await {
            Ok(()) => Ok(true),
            Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(failed(error)),
        }
    }

    async fn names(&self, company: CompanyId, prefix: &str) -> Result<Vec<String>, BooksError> {
        self.store.kept_names(scope(company), prefix).await.map_err(failed)
    }
}

fn scope(company: CompanyId) -> Scope {
    Scope { company, env: Environment::Sandbox }
}

/// What is sealed for one name of one company opens under no other.
fn place(company: CompanyId, name: &str) -> Vec<u8> {
    [b"sandbox book ".as_slice(), company.bytes(), name.as_bytes()].concat()
}

/// A connector has no log, and its callers learn only that our side failed; so it is said here.
fn failed(error: impl ToString) -> BooksError {
    let detail = error.to_string();
    tracing::error!(detail, "the sandbox's books failed");
    BooksError(detail)
}
