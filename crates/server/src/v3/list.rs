//! Lists of v3: rows, newest first, and where the next page begins.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use egusi_store::{AccountRow, BalanceRow, Cursor, CustomerRow, DeliveryRow, RecordRow, TransactionRow};
use serde::{Serialize, Serializer};

/// How many rows a page has if the caller does not say.
pub const LIMIT_DEFAULT: u32 = 20;
/// How many rows a page has at most.
pub const LIMIT_MAX: u32 = 100;
/// What every cursor of ours looks like: 20 bytes in base64 for addresses.
pub const CURSOR_PATTERN: &str = "^[A-Za-z0-9_-]{26}[AEIMQUYcgkosw048]$";

/// A page of a list.
#[derive(Debug, Serialize)]
pub struct List<T> {
    /// Its rows, newest first.
    pub data: Vec<T>,
    /// What to ask for as `cursor` to go on; null at the end.
    pub next: Option<Place>,
}

/// A place in a list, which means nothing to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place(pub Cursor);

impl Place {
    /// Reads what was given out as `next`.
    pub fn read(text: &str) -> Option<Self> {
        let bytes: [u8; 20] = BASE64.decode(text).ok()?.try_into().ok()?;
        let (at_ms, id) = bytes.split_at(8);
        Some(Self(Cursor { at_ms: i64::from_be_bytes(at_ms.try_into().ok()?), id: id.try_into().ok()? }))
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Cursor { at_ms, id } = self.0;
        serializer.serialize_str(&BASE64.encode([at_ms.to_be_bytes().as_slice(), &id].concat()))
    }
}

/// A row that knows its place in its list.
pub trait Listed {
    /// The time by which the list is ordered, and the id.
    fn cursor(&self) -> Cursor;
}

macro_rules! listed {
    ($($row:ty => |$one:ident| $at_ms:expr),+ $(,)?) => {$(
        impl Listed for $row {
            fn cursor(&self) -> Cursor {
                let $one = self;
                Cursor { at_ms: $at_ms, id: *self.id.bytes() }
            }
        }
    )+};
}

listed! {
    AccountRow => |row| row.created_at_ms,
    BalanceRow => |row| row.created_at_ms,
    CustomerRow => |row| row.created_at_ms,
    RecordRow => |row| row.created_at_ms,
    TransactionRow => |row| row.at_ms,
    DeliveryRow => |row| row.event.at_ms,
}

impl<T> List<T> {
    /// Shows the rows of one page. One row more than the page has is asked for, and tells whether
    /// there is another page.
    pub fn of<R: Listed + Into<T>>(mut rows: Vec<R>, limit: u32) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let has_more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| has_more).map(|row| Place(row.cursor()));
        Self { data: rows.into_iter().map(Into::into).collect(), next }
    }

    /// A list that is always whole.
    pub const fn whole(data: Vec<T>) -> Self {
        Self { data, next: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back_what_it_writes() {
        for at_ms in [0, 1_800_000_000_000, i64::MAX, -1] {
            let place = Place(Cursor { at_ms, id: [0xf7; 12] });
            let text = serde_json::to_value(place).unwrap();
            assert_eq!(Place::read(text.as_str().unwrap()), Some(place));
        }
    }

    #[test]
    fn a_place_of_somebody_else_is_none() {
        for text in ["", "1", "2", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAA+", "é"] {
            assert_eq!(Place::read(text), None, "{text}");
        }
    }
}
