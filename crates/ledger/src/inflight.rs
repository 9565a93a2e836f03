//! Our own debits on their way: sent by us, and in no figure of the institution yet.

use crate::pending::Snapshot;
use std::collections::BTreeMap;

/// A debit we have sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnDebit {
    /// Our reference, one for each debit.
    pub reference: String,
    /// How much, positive, in minor units.
    pub amount_minor: i64,
    /// When its outcome became final, in unix milliseconds; `None` while it is open.
    pub final_at_ms: Option<i64>,
}

/// How much of our own debits the figures of a balance do not have yet, in minor units.
///
/// A debit no longer counts once it is final and the balance is from after that instant (§3.2
/// rule 7). As far as the list of pending transactions shows it by its reference, it is in the
/// institution's figures (§3.5 case 18). A debit that is named twice counts once.
pub fn own_inflight(debits: &[OwnDebit], snapshot: &Snapshot, balance_as_of_ms: i64) -> i64 {
    let mut missing: BTreeMap<&str, i64> = BTreeMap::new();
    for OwnDebit { reference, amount_minor, final_at_ms } in debits {
        if final_at_ms.is_some_and(|final_at_ms| final_at_ms < balance_as_of_ms) {
            continue;
        }
        let rest = amount_minor.saturating_sub(snapshot.shown_minor(reference));
        // It begins at nothing, so what is shown in excess lowers no other debit.
        let known = missing.entry(reference).or_default();
        *known = rest.max(*known);
    }
    missing.values().fold(0, |sum, rest| sum.saturating_add(*rest))
}
