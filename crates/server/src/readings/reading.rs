//! How what an institution reported becomes a reading.

use egusi_connectors::{Closing, PendingList, ReportedAccount};
use egusi_ledger::{Balance, Feed, NoBalance, PageFailed, Pending, Reported, Snapshot};
use egusi_protocol::{AvailableSource, Basis};
use egusi_store::{Reading, ReadingDetail};

/// The reading of an account at a time.
///
/// A list of pending transactions that could not be read to its end says nothing; then the sums of
/// the reading before stand in for it, and the new reading says that they are stale.
///
/// # Errors
/// [`NoBalance`] if the institution told no figure, or figures that cannot be.
pub fn reading_of(
    account: &ReportedAccount,
    before: Option<&Reading>,
    at_ms: i64,
) -> Result<Reading, NoBalance> {
    let feed = Feed { currency: account.currency, lists_overlap: false };
    let snapshot = match account.pending {
        PendingList::Incomplete => remembered(before).after(&[Err(PageFailed)], feed),
        PendingList::NoFeed | PendingList::Complete(_) => Snapshot::remembered(account.reported.pending),
    };
    let reported = Reported { pending: snapshot.sums(), ..account.reported };
    let Balance { ledger, available, source } = reported.settle()?;
    let (pending_out_minor, pending_in_minor) = match reported.pending {
        Pending::Complete { outgoing, incoming } => (Some(outgoing), Some(incoming)),
        Pending::Unknown => (None, None),
    };
    Ok(Reading {
        ledger_minor: ledger,
        available_minor: available,
        source,
        at_ms,
        detail: ReadingDetail {
            basis: Basis::Interim,
            is_stale: snapshot.is_stale(),
            pending_out_minor,
            pending_in_minor,
            limit_minor: reported.limit.map(|limit| limit.amount_minor),
            minimum_minor: reported.minimum,
        },
    })
}

/// The list behind the reading before.
fn remembered(before: Option<&Reading>) -> Snapshot {
    let detail = before.map_or(ReadingDetail::NONE, |before| before.detail);
    match (detail.pending_out_minor, detail.pending_in_minor) {
        (Some(outgoing), Some(incoming)) => Snapshot::remembered(Pending::Complete { outgoing, incoming }),
        _ => Snapshot::NONE,
    }
}

/// The books at the end of a former day. What was available then is not known.
pub fn closing_of(closing: &Closing) -> Reading {
    let Closing { at_ms, ledger_minor } = *closing;
    Reading {
        ledger_minor: Some(ledger_minor),
        available_minor: None,
        source: AvailableSource::LedgerOnly,
        at_ms,
        detail: ReadingDetail { basis: Basis::Closing, ..ReadingDetail::NONE },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egusi_protocol::Currency;

    fn account(pending: PendingList, sums: Pending) -> ReportedAccount {
        ReportedAccount {
            name: "Current".into(),
            number: "0123456789".into(),
            kind: "Current".into(),
            currency: Currency::NGN,
            barred: None,
            reported: Reported { pending: sums, ..Reported::new(Some(1_000), None) },
            pending,
        }
    }

    #[test]
    fn a_broken_list_of_pending_transactions_leaves_the_last_good_one_standing_and_says_so() {
        let whole = Pending::Complete { outgoing: 300, incoming: 50 };
        let first = reading_of(&account(PendingList::Complete(Vec::new()), whole), None, 1).unwrap();
        assert_eq!((first.available_minor, first.detail.is_stale), (Some(750), false));
        let broken = account(PendingList::Incomplete, Pending::Unknown);
        let later = reading_of(&broken, Some(&first), 2).unwrap();
        assert_eq!((later.available_minor, later.source), (Some(750), AvailableSource::Derived));
        assert!(later.detail.is_stale);
        let newcomer = reading_of(&broken, None, 2).unwrap();
        assert_eq!((newcomer.available_minor, newcomer.source), (None, AvailableSource::LedgerOnly));
    }

    #[test]
    fn an_institution_without_a_list_does_not_inherit_one() {
        let whole = Pending::Complete { outgoing: 300, incoming: 0 };
        let first = reading_of(&account(PendingList::Complete(Vec::new()), whole), None, 1).unwrap();
        let without = reading_of(&account(PendingList::NoFeed, Pending::Unknown), Some(&first), 2).unwrap();
        assert_eq!((without.available_minor, without.detail.is_stale), (None, false));
    }

    /// Ledger and store cannot see each other, and both must say alike which reading is the newest.
    #[test]
    fn the_store_keeps_the_ledgers_rule_about_which_reading_counts() {
        const HOUR_MS: i64 = 3_600_000;
        let bases = [Basis::Interim, Basis::Closing];
        let hours = [-48, -25, -24, -23, -1, 0, 1, 23, 24, 25, 48];
        for (older, newer) in bases.iter().flat_map(|older| bases.iter().map(move |newer| (*older, *newer))) {
            for hour in hours {
                let at_ms = 100 * HOUR_MS + hour * HOUR_MS;
                let reading = |at_ms, basis| Reading {
                    at_ms,
                    detail: ReadingDetail { basis, ..ReadingDetail::NONE },
                    ..closing_of(&Closing { at_ms, ledger_minor: 0 })
                };
                let kept = reading(at_ms, newer).supersedes(&reading(100 * HOUR_MS, older));
                let rule = egusi_ledger::supersedes((at_ms, newer), (100 * HOUR_MS, older));
                assert_eq!(kept, rule, "{newer} {hour} hours after {older}");
            }
        }
    }
}
