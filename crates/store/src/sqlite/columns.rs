//! How values are written in columns: vocabularies as their words, yes and no as 1 and 0.
//!
//! Ids and hashes need nothing of this: they go in and out as the bytes they are.

use crate::{IdentifierKind, KeyKind, Rule, TaskKind, TaskState};
use egusi_protocol::{AvailableSource, Basis, Currency, Environment, EventKind, RecordStatus};
use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use std::fmt;

/// A value that its column holds as a word.
pub(super) struct Word<T>(pub T);

/// The word is in no vocabulary of this version; it is not repeated in the text.
#[derive(Debug)]
struct UnknownWord;

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word of no known vocabulary")
    }
}

impl std::error::Error for UnknownWord {}

/// A vocabulary of the protocol. Its `Unknown` is for reading the wire only: a store that wrote it
/// could not say later what it had meant, so it goes neither in nor out.
macro_rules! vocabulary {
    ($($name:ident),+) => {$(
        impl ToSql for Word<$name> {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                match self.0 {
                    $name::Unknown => Err(rusqlite::Error::ToSqlConversionFailure(Box::new(UnknownWord))),
                    known => Ok(ToSqlOutput::from(known.as_str())),
                }
            }
        }

        impl FromSql for Word<$name> {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                match $name::from_word(value.as_str()?) {
                    $name::Unknown => Err(FromSqlError::other(UnknownWord)),
                    known => Ok(Self(known)),
                }
            }
        }
    )+};
}

vocabulary!(Environment, AvailableSource, Basis, RecordStatus, EventKind);

/// A vocabulary of the store alone.
macro_rules! words {
    ($($kind:ident { $($value:ident = $word:literal),+ })+) => {$(
        impl ToSql for Word<$kind> {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(match self.0 {
                    $( $kind::$value => $word, )+
                }))
            }
        }

        impl FromSql for Word<$kind> {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                match value.as_str()? {
                    $( $word => Ok(Self($kind::$value)), )+
                    _ => Err(FromSqlError::other(UnknownWord)),
                }
            }
        }
    )+};
}

words! {
    IdentifierKind { Bvn = "bvn", Nin = "nin", Phone = "phone", Email = "email" }
    KeyKind { Public = "public", Secret = "secret" }
    Rule { Account = "account", App = "app" }
    TaskKind { Balances = "balances", Transactions = "transactions", History = "history" }
    TaskState { Running = "running", Completed = "completed", Failed = "failed" }
}

impl FromSql for Word<Currency> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map(Self).map_err(FromSqlError::other)
    }
}

/// Reads an id.
pub(super) fn id<T: From<[u8; 12]>>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    row.get::<_, [u8; 12]>(column).map(T::from)
}

/// Reads an id that may be absent.
pub(super) fn optional_id<T: From<[u8; 12]>>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>> {
    row.get::<_, Option<[u8; 12]>>(column).map(|bytes| bytes.map(T::from))
}

/// Reads a value of a vocabulary.
pub(super) fn word<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<T>
where
    Word<T>: FromSql,
{
    row.get::<_, Word<T>>(column).map(|word| word.0)
}

/// Reads the columns of a row one after the other, in the order in which its query names them: for
/// what is read often, because to find a column by its name takes longer than to read it. Tests
/// compare the names all the same.
pub(super) struct Columns<'row, 'statement> {
    row: &'row Row<'statement>,
    at: usize,
}

impl<'row, 'statement> Columns<'row, 'statement> {
    /// Begins at the first column.
    pub(super) fn of(row: &'row Row<'statement>) -> Self {
        Self { row, at: 0 }
    }

    /// Reads the next column, which has this name.
    pub(super) fn next<T: FromSql>(&mut self, name: &str) -> rusqlite::Result<T> {
        debug_assert_eq!(self.row.as_ref().column_name(self.at), Ok(name));
        self.at += 1;
        self.row.get(self.at - 1)
    }

    /// Reads an id.
    pub(super) fn id<T: From<[u8; 12]>>(&mut self, name: &str) -> rusqlite::Result<T> {
        self.next::<[u8; 12]>(name).map(T::from)
    }

    /// Reads a value of a vocabulary.
    pub(super) fn word<T>(&mut self, name: &str) -> rusqlite::Result<T>
    where
        Word<T>: FromSql,
    {
        self.next::<Word<T>>(name).map(|word| word.0)
    }
}
