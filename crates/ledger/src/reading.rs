//! Which reading is the current one, and accounts that must not become one.

use egusi_protocol::Basis;
use std::collections::BTreeMap;
use std::fmt;

const DAY_MS: i64 = 86_400_000;

/// Whether a reading, by its instant and kind, is what the balance says now, the other one having
/// been it until now (§3.5 cases 16 and 17). Either way both are kept as history.
///
/// The later one is. But the closing balance of a day, which institutions date to its end, does not
/// outdo what was read in the midst of that day or later. The store decides by the same rule.
pub fn supersedes(newer: (i64, Basis), older: (i64, Basis)) -> bool {
    let closes_its_day = newer.1 == Basis::Closing && older.1 == Basis::Interim;
    let by_at_least = if closes_its_day { DAY_MS } else { 0 };
    newer.0.saturating_sub(older.0) >= by_at_least
}

/// Two accounts of one list have the same key, so their balances cannot be told apart (case 21).
/// It says which by their places, counted from 0, because a key may be an account number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedKey {
    /// The earlier one.
    pub first: usize,
    /// The later one.
    pub second: usize,
}

impl fmt::Display for SharedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, second } = self;
        write!(f, "accounts[{second}]: expected an id of its own, got that of accounts[{first}]")
    }
}

impl std::error::Error for SharedKey {}

/// Checks that every account a connector lists has a key of its own.
///
/// # Errors
/// [`SharedKey`] with the first pair that shares one. The connector has to map them; balances are
/// never merged silently.
pub fn refuse_shared_keys<K: Ord>(keys: impl IntoIterator<Item = K>) -> Result<(), SharedKey> {
    let mut places = BTreeMap::new();
    for (second, key) in keys.into_iter().enumerate() {
        if let Some(first) = places.insert(key, second) {
            return Err(SharedKey { first, second });
        }
    }
    Ok(())
}
