//! The edge cases of Egusi's money semantics, each a test under its number, and its properties.
//!
//! [`figures`] has the cases about what one report comes to, [`lists`] those about pending
//! transactions, [`rules`] the others, [`properties`] what holds for every input.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

mod figures;
mod lists;
mod properties;
mod rules;

use egusi_ledger::{Affects, Balance, Feed, Page, Pending, PendingItem, PostedItem, Reported, Snapshot};
use egusi_protocol::{AvailableSource, Currency};

const FEED: Feed = Feed { currency: Currency::NGN, lists_overlap: false };

fn complete(outgoing: i64, incoming: i64) -> Pending {
    Pending::Complete { outgoing, incoming }
}

fn available(reported: Reported) -> (Option<i64>, AvailableSource) {
    let Balance { ledger: _, available, source } = reported.settle().unwrap();
    (available, source)
}

/// What a ledger balance and a list come to.
fn derived(ledger: i64, snapshot: &Snapshot) -> i64 {
    let reported = Reported { pending: snapshot.sums(), ..Reported::new(Some(ledger), None) };
    reported.settle().unwrap().available.unwrap()
}

fn pending(id: &str, amount_minor: i64) -> PendingItem {
    PendingItem {
        id: id.to_owned(),
        amount_minor,
        currency: Currency::NGN,
        booked_minor: None,
        reference: None,
        posted_as: None,
        reverses: None,
        affects: Affects::Available,
    }
}

fn posted(id: &str, amount_minor: i64) -> PostedItem {
    PostedItem { id: id.to_owned(), replaces: None, amount_minor, at_ms: 1_000 }
}

fn page(pending: &[PendingItem], posted: &[PostedItem]) -> Page {
    Page { pending: pending.to_vec(), posted: posted.to_vec() }
}

fn snapshot(pending: &[PendingItem]) -> Snapshot {
    Snapshot::of(&[page(pending, &[])], FEED).unwrap()
}
