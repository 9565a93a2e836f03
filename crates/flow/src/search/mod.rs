//! Finding an institution by what people call it. Runs on the device; no query leaves it.
//!
//! Read [`fold`] for what counts as the same letter and [`closeness`] for what counts as a match.

mod closeness;
mod fold;
#[cfg(test)]
mod work;

use closeness::{Closeness, PART, closeness};
use egusi_protocol::Institution;
use fold::fold;

/// The names of a list, folded once, so that a key press only compares bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    /// The keys one after the other: a name and, behind a line's end, its short names.
    keys: Vec<u8>,
    /// Where the key of each position ends.
    ends: Vec<u32>,
}

impl Index {
    /// The index of a list, in its order.
    pub fn of(institutions: &[Institution]) -> Self {
        let mut index = Self { keys: Vec::new(), ends: Vec::with_capacity(institutions.len()) };
        index.keys.reserve(institutions.len() * 24);
        for institution in institutions {
            index.add(&institution.name, &institution.also);
        }
        index
    }

    fn add(&mut self, name: &str, also: &str) {
        fold(name, &mut self.keys);
        self.keys.push(PART);
        fold(also, &mut self.keys);
        // A list of 4 GB of names does not come.
        self.ends.push(u32::try_from(self.keys.len()).unwrap_or(u32::MAX));
    }

    /// Those of the positions that match, the closest first; all of them if nothing is left of the
    /// query. Within one closeness the order in which they are given, which is popularity, stays.
    pub fn search(&self, query: &str, among: &[u32]) -> Vec<u32> {
        let mut folded = Vec::new();
        fold(query, &mut folded);
        if folded.is_empty() {
            return among.to_vec();
        }
        let mut groups: [Vec<u32>; Closeness::COUNT] = Default::default();
        for &position in among {
            if let Some(closeness) = closeness(self.key(position as usize), &folded) {
                groups[closeness as usize].push(position);
            }
        }
        groups.concat()
    }

    fn key(&self, position: usize) -> &[u8] {
        let end_of = |position: usize| self.ends.get(position).map_or(0, |&end| end as usize);
        let from = position.checked_sub(1).map_or(0, end_of);
        self.keys.get(from..end_of(position)).unwrap_or_default()
    }
}
