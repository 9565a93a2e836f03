//! A list on the Okra wire: its pages beside the rows, under the name or names its clients read.

use crate::okra::page::Pagination;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// Rows of one page. A list without pages still has `pagination`, which is null then.
pub struct List<T> {
    /// Which page of how many.
    pub pagination: Option<Pagination>,
    /// Under which names the rows stand; a list whose clients disagree has two.
    pub names: &'static [&'static str],
    /// The rows.
    pub rows: Vec<T>,
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { pagination, names, rows } = self;
        let mut fields = serializer.serialize_map(Some(1 + names.len()))?;
        fields.serialize_entry("pagination", pagination)?;
        for name in *names {
            fields.serialize_entry(name, rows)?;
        }
        fields.end()
    }
}
