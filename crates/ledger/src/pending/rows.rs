//! How each row of a list counts: once, as booked already, as taken back, or not at all.

use super::{Affects, Feed, Page, PendingItem, SnapshotFlaw};
use std::collections::{BTreeMap, BTreeSet};

/// What the rows of an answer come to; sums are positive.
pub(super) struct Sums {
    pub outgoing: i128,
    pub incoming: i128,
    pub foreign_count: usize,
    pub shown: BTreeMap<String, i64>,
}

/// All rows of one id, whatever page and order they came in.
struct Row<'a> {
    /// In the account's currency; of several the one that takes most away. `None` if it is unknown.
    amount: Option<i64>,
    affects: Affects,
    reverses: Option<&'a str>,
    references: BTreeSet<&'a str>,
    posted_as: BTreeSet<&'a str>,
}

/// Where the money of a row is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Not booked yet: it belongs into the sums.
    Pending(i64),
    /// Booked in the same answer: the ledger balance has it.
    Booked,
    /// In no figure.
    Nowhere,
    /// In a currency whose amount in the account's is unknown.
    Foreign,
}

pub(super) fn sums(pages: &[Page], feed: Feed) -> Result<Sums, SnapshotFlaw> {
    let rows = rows_by_id(pages, feed)?;
    let posted = Posted::of(pages);
    let places: BTreeMap<&str, Place> =
        rows.iter().map(|(id, row)| (*id, place(id, row, &posted, feed))).collect();
    let mut nets: BTreeMap<&str, i128> = BTreeMap::new();
    for (id, row) in &rows {
        let Some(Place::Pending(amount)) = places.get(id) else { continue };
        if let Some(counts_with) = group(id, row, &places) {
            *nets.entry(counts_with).or_default() += i128::from(*amount);
        }
    }
    Ok(Sums {
        outgoing: nets.values().filter(|net| **net < 0).map(|net| -net).sum(),
        incoming: nets.values().filter(|net| **net > 0).sum(),
        foreign_count: places.values().filter(|place| **place == Place::Foreign).count(),
        shown: shown(&rows, &places),
    })
}

fn rows_by_id(pages: &[Page], feed: Feed) -> Result<BTreeMap<&str, Row<'_>>, SnapshotFlaw> {
    let mut rows: BTreeMap<&str, Row<'_>> = BTreeMap::new();
    for item in pages.iter().flat_map(|page| &page.pending) {
        if item.id.is_empty() {
            return Err(SnapshotFlaw::EmptyId);
        }
        let amount = amount_in_account(item, feed)?;
        let row = rows.entry(&item.id).or_insert_with(|| Row {
            amount,
            affects: item.affects,
            reverses: None,
            references: BTreeSet::new(),
            posted_as: BTreeSet::new(),
        });
        row.amount = [row.amount, amount].into_iter().flatten().min();
        row.affects = row.affects.min(item.affects);
        row.reverses = row.reverses.max(item.reverses.as_deref());
        row.references.extend(item.reference.as_deref());
        row.posted_as.extend(item.posted_as.as_deref());
    }
    Ok(rows)
}

fn amount_in_account(item: &PendingItem, feed: Feed) -> Result<Option<i64>, SnapshotFlaw> {
    let PendingItem { amount_minor, booked_minor, currency, .. } = item;
    match booked_minor {
        Some(booked) if booked.signum() * amount_minor.signum() < 0 => Err(SnapshotFlaw::SignsDiffer),
        Some(booked) => Ok(Some(*booked)),
        None => Ok((*currency == feed.currency).then_some(*amount_minor)),
    }
}

/// What the booked rows say about pending ones.
struct Posted<'a> {
    ids: BTreeSet<&'a str>,
    replaced: BTreeSet<&'a str>,
}

impl<'a> Posted<'a> {
    fn of(pages: &'a [Page]) -> Self {
        let items = || pages.iter().flat_map(|page| &page.posted);
        Self {
            ids: items().map(|item| item.id.as_str()).filter(|id| !id.is_empty()).collect(),
            replaced: items().filter_map(|item| item.replaces.as_deref()).collect(),
        }
    }

    /// A link to a booked row that is not in the answer proves nothing: the ledger balance may not
    /// have it yet, and a purchase that is in no figure is worse than one that is in both.
    fn ends(&self, id: &str, row: &Row<'_>) -> bool {
        self.ids.contains(id) || self.replaced.contains(id) || !self.ids.is_disjoint(&row.posted_as)
    }
}

fn place(id: &str, row: &Row<'_>, posted: &Posted<'_>, feed: Feed) -> Place {
    if posted.ends(id, row) {
        return Place::Booked;
    }
    match (row.affects, row.amount) {
        (Affects::Nothing, _) => Place::Nowhere,
        (Affects::Available, None) => Place::Foreign,
        // It may be booked already, without a link that says so.
        (Affects::Available, Some(amount)) if amount > 0 && feed.lists_overlap => Place::Nowhere,
        (Affects::Available, Some(amount)) => Place::Pending(amount),
    }
}

/// The row a pending row is netted with, by its id; itself unless it takes another one back.
/// `None` if what it takes back is in no figure any more: then there is nothing to give back.
fn group<'a>(id: &'a str, row: &Row<'a>, places: &BTreeMap<&'a str, Place>) -> Option<&'a str> {
    let Some(target) = row.reverses else { return Some(id) };
    match places.get(target) {
        Some(Place::Pending(_)) => Some(target),
        Some(Place::Booked) => Some(id),
        // Only what would arrive is left out; what leaves always counts.
        Some(Place::Nowhere | Place::Foreign) | None => match places.get(id) {
            Some(Place::Pending(amount)) if *amount < 0 => Some(id),
            _ => None,
        },
    }
}

/// How much of our own debits a figure of the institution has, by our references (case 18).
fn shown(rows: &BTreeMap<&str, Row<'_>>, places: &BTreeMap<&str, Place>) -> BTreeMap<String, i64> {
    let mut shown: BTreeMap<String, i64> = BTreeMap::new();
    for (id, row) in rows {
        let leaving = match (places.get(id), row.amount) {
            (Some(Place::Pending(_) | Place::Booked), Some(amount)) => amount.min(0).saturating_neg(),
            _ => 0,
        };
        for reference in row.references.iter().filter(|_| leaving > 0) {
            let sum = shown.entry((*reference).to_owned()).or_default();
            *sum = sum.saturating_add(leaving);
        }
    }
    shown
}
