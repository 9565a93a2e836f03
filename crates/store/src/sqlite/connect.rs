//! How the file is made and opened: for its owner only, durable at every commit, readable while
//! it is written.

use super::error::unavailable;
use crate::StoreError;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::Path;
use std::thread;
use std::time::Duration;

/// How long to wait for another process that holds the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How many statements each connection keeps prepared. A list may be asked for in many ways.
const STATEMENTS_MAX: usize = 256;
/// Pages each connection may keep in memory; negative, so that SQLite counts KiB and not pages. The
/// file is not mapped instead: a reader would map it anew after every commit, which costs more.
const CACHE_KIB: i64 = -16_384;
/// After so many pages the log is emptied into the file. A page that is written often goes there less
/// often so; and so many still have one table of contents, in which readers look for a page.
const LOG_PAGES: i64 = 4_000;
/// How often to ask for the write-ahead log, and how long to rest in between: 5 s together.
const LOG_TRIES: usize = 250;
const LOG_REST: Duration = Duration::from_millis(20);

/// Makes an empty file if there is none, readable by its owner only; SQLite gives the files of its
/// log the same mode. A file that is there keeps its mode.
///
/// An existing file is never opened here, because closing it would drop the POSIX locks of every
/// connection this process has to it.
pub(super) fn create_file(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(StoreError::Unavailable(format!("{} cannot be made: {error}", path.display()))),
    }
}

/// A connection that writes.
pub(super) fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    let db = open(path)?;
    use_write_ahead_log(&db)?;
    let set = || {
        db.pragma_update(None, "synchronous", "FULL")?;
        // What a savepoint would need to undo stays in memory; else each group writes it to a file.
        db.pragma_update(None, "temp_store", "MEMORY")?;
        db.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)
    };
    set().map_err(|error| unavailable(&error))?;
    Ok(db)
}

/// A connection that refuses to write.
pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let db = open(path)?;
    db.pragma_update(None, "query_only", true).map_err(|error| unavailable(&error))?;
    Ok(db)
}

/// Every connection stays with one thread, so SQLite's own mutexes are left out; and a path is a
/// path here, never a URI.
fn open(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || {
        let db = Connection::open_with_flags(path, flags)?;
        db.busy_timeout(BUSY_TIMEOUT)?;
        db.pragma_update(None, "foreign_keys", false)?;
        db.pragma_update(None, "trusted_schema", false)?;
        // A plan is made once for a statement, whatever values are bound to it later; otherwise every
        // new LIMIT makes SQLite plan anew, which takes longer than the query.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        db.pragma_update(None, "cache_size", CACHE_KIB)?;
        db.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
        Ok(db)
    };
    open().map_err(|error| unavailable(&error))
}

/// The file remembers its journal mode, so this changes something only once. Then SQLite needs the
/// file for itself and does not always wait for it, so all of the waiting is done here.
fn use_write_ahead_log(db: &Connection) -> Result<(), StoreError> {
    let ask = || db.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0));
    let is_busy = |error: &rusqlite::Error| error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy);
    db.busy_timeout(Duration::ZERO).map_err(|error| unavailable(&error))?;
    let mut tries_left = LOG_TRIES;
    let mode = loop {
        match ask() {
            Ok(mode) => break mode,
            Err(error) if is_busy(&error) && tries_left > 0 => thread::sleep(LOG_REST),
            Err(error) => return Err(unavailable(&error)),
        }
        tries_left -= 1;
    };
    db.busy_timeout(BUSY_TIMEOUT).map_err(|error| unavailable(&error))?;
    if mode == "wal" {
        Ok(())
    } else {
        let text = "the file cannot have a write-ahead log here; a disk of this machine is needed";
        Err(StoreError::Unavailable(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_writer_flushes_every_commit_and_a_reader_refuses_to_write() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("egusi.db");
        create_file(&path).unwrap();
        let writer = open_writer(&path).unwrap();
        let pragma = |name: &str| writer.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
        // 2 is FULL.
        assert_eq!((pragma("synchronous"), pragma("busy_timeout")), (2, 5_000));
        writer.execute_batch("CREATE TABLE t (n BIGINT)").unwrap();
        let reader = open_reader(&path).unwrap();
        assert!(reader.execute("INSERT INTO t VALUES (1)", []).is_err());
    }
}
