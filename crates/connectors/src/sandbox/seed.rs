//! Numbers that look drawn and always come out the same, from what they belong to.
//!
//! Nothing secret may be made of them: whoever knows the names knows the numbers.

/// A row of numbers, the same for the same names.
pub(super) struct Seed(u64);

impl Seed {
    /// Begins the row that belongs to these names.
    pub(super) fn of(names: &[&str]) -> Self {
        // FNV-1a, with a byte between the names that no text has.
        let bytes = names.iter().flat_map(|name| name.bytes().chain([0xff]));
        Self(bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        }))
    }

    /// The next number (splitmix64).
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// The next number of those from the one to the other, both included.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        let count = most.abs_diff(least).saturating_add(1);
        least.saturating_add_unsigned(self.next() % count)
    }

    /// One of several; the empty text of none.
    pub(super) fn one_of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let count = u64::try_from(list.len()).unwrap_or(1).max(1);
        usize::try_from(self.next() % count).ok().and_then(|at| list.get(at)).copied().unwrap_or_default()
    }
}
