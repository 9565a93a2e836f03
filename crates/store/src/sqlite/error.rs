//! How the engine's errors become the store's, with no value of any row in their text.

use crate::StoreError;
use rusqlite::{Error, ffi};

impl From<Error> for StoreError {
    /// A key that is taken already is a `Conflict`; everything else is the engine's own trouble.
    fn from(error: Error) -> Self {
        let taken = matches!(
            error.sqlite_extended_error_code(),
            Some(ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_UNIQUE)
        );
        if taken { Self::Conflict } else { unavailable(&error) }
    }
}

/// The engine's trouble as a line for the log. SQLite's own messages name tables and columns but
/// no values; of the other errors some do carry values, so only what they are is told.
pub(super) fn unavailable(error: &Error) -> StoreError {
    StoreError::Unavailable(match error {
        Error::SqliteFailure(code, message) => {
            let message = message.as_deref().unwrap_or("no message");
            format!("sqlite code {}: {message}", code.extended_code)
        }
        Error::SqlInputError { error, msg, sql: _, offset: _ } => {
            format!("sqlite code {}: {msg}", error.extended_code)
        }
        Error::InvalidColumnType(_, column, kind) => format!("column {column} holds an unexpected {kind}"),
        Error::FromSqlConversionFailure(index, kind, _) => {
            format!("column number {index}, a {kind}, holds something this version cannot read")
        }
        Error::IntegralValueOutOfRange(index, _) => format!("column number {index} is out of range"),
        Error::ToSqlConversionFailure(_) => "a value of no known word cannot be written".to_owned(),
        _ => "the engine was used in a way it does not allow".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::{Connection, params};

    #[test]
    fn no_value_of_a_row_is_in_the_text() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE t (a TEXT NOT NULL CHECK (a <> 'hidden'))").unwrap();
        db.execute("INSERT INTO t VALUES ('secret-word')", []).unwrap();
        let read = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap_err();
        let wide = db.query_row("SELECT 70707", [], |row| row.get::<_, u8>(0)).unwrap_err();
        let written = db.execute("INSERT INTO t VALUES (?1)", params!["hidden"]).unwrap_err();
        for error in [read("SELECT a FROM t"), read("SELECT b FROM t"), wide, written] {
            let StoreError::Unavailable(text) = StoreError::from(error) else { panic!("not a conflict") };
            assert!(!text.contains("secret-word") && !text.contains("70707"), "{text}");
        }
    }
}
