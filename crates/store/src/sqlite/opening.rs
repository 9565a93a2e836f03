//! How a store begins: the file is made or opened, brought to its schema, and given its threads.

use super::readers::{LOOKS, READERS, Readers};
use super::writer::Writer;
use super::{SqliteStore, connect, migrate};
use crate::StoreError;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Only one store is opened at a time in this process; see [`connect::create_file`] for the locks
/// that a file which is just being made could lose otherwise.
static OPENING: Mutex<()> = Mutex::new(());

impl SqliteStore {
    /// Opens the file, makes it if there is none, and brings it to this version's schema. It blocks,
    /// for at most a few seconds if other processes are busy with the file.
    ///
    /// # Errors
    ///
    /// `Unavailable`, saying why, if the file cannot be used, comes from a newer version, or was
    /// made by migrations that this program does not have.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        // An absolute path survives a change of directory and is never one of SQLite's special
        // names, such as the one for a database in memory.
        let path = &std::path::absolute(path)
            .map_err(|error| StoreError::Unavailable(format!("{} is no path: {error}", path.display())))?;
        let _alone = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
        connect::create_file(path)?;
        let mut db = connect::open_writer(path)?;
        migrate::migrate(&mut db)?;
        let readers = |count| (0..count).map(|_| connect::open_reader(path)).collect::<Result<Vec<_>, _>>();
        Ok(Self { readers: Readers::start(readers(READERS)?, readers(LOOKS)?)?, writer: Writer::start(db)? })
    }
}
