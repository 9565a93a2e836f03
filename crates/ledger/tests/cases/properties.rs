//! What holds for every list: order, repetition, exact differences, and no purchase counted twice.

use crate::{FEED, Page, derived, pending, posted};
use egusi_ledger::{Affects, Feed, PendingItem, PostedItem, Snapshot, minor_from_text};
use egusi_protocol::{Currency, major_text};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

/// Rows whose ids, links and references meet often.
fn any_row() -> impl Strategy<Value = PendingItem> {
    let name = || "[a-d]";
    (name(), -50i64..50, any::<bool>(), of(1i64..90), of(name()), of(name()), of(name()), any::<bool>())
        .prop_map(|(id, amount_minor, is_foreign, booked, reference, posted_as, reverses, is_silent)| {
            PendingItem {
                currency: if is_foreign { "USD".parse().unwrap() } else { Currency::NGN },
                booked_minor: booked.map(|booked| booked * amount_minor.signum()),
                reference,
                posted_as,
                reverses,
                affects: if is_silent { Affects::Nothing } else { Affects::Available },
                ..pending(&id, amount_minor)
            }
        })
}

fn any_posted() -> impl Strategy<Value = PostedItem> {
    ("[a-h]", of("[a-d]"), -50i64..50)
        .prop_map(|(id, replaces, amount_minor)| PostedItem { replaces, ..posted(&id, amount_minor) })
}

fn any_page() -> impl Strategy<Value = Page> {
    (vec(any_row(), 0..5), vec(any_posted(), 0..2)).prop_map(|(pending, posted)| Page { pending, posted })
}

/// Pages, and the same rows dealt out anew.
fn dealt_twice() -> impl Strategy<Value = (Vec<Page>, Vec<Page>)> {
    vec(any_page(), 1..4).prop_flat_map(|pages| {
        let rows: Vec<_> = pages.iter().flat_map(|page| page.pending.clone()).collect();
        let booked: Vec<_> = pages.iter().flat_map(|page| page.posted.clone()).collect();
        let decks = (Just(rows).prop_shuffle(), Just(booked).prop_shuffle());
        (Just(pages), decks.prop_flat_map(|(rows, booked)| dealt(rows, booked)))
    })
}

/// Every way to deal rows out on pages, each row to any page.
fn dealt(rows: Vec<PendingItem>, booked: Vec<PostedItem>) -> impl Strategy<Value = Vec<Page>> {
    const PAGES: usize = 4;
    let places = (vec(0..PAGES, rows.len()), vec(0..PAGES, booked.len()));
    places.prop_map(move |(of_rows, of_booked)| {
        let mut pages = vec![Page::default(); PAGES];
        of_rows.iter().zip(&rows).for_each(|(at, row)| pages[*at].pending.push(row.clone()));
        of_booked.iter().zip(&booked).for_each(|(at, row)| pages[*at].posted.push(row.clone()));
        pages
    })
}

/// How far a purchase has come, and how its two rows name each other.
#[derive(Clone, Copy, Debug)]
enum Stage {
    Pending,
    PostedAlone,
    SameId,
    Replaces,
    PostedAs,
    /// In both lists, and nothing says so.
    Unlinked,
}

fn any_purchases(stages: &'static [Stage]) -> impl Strategy<Value = Vec<(Stage, i64, i64)>> {
    vec((prop::sample::select(stages), 1i64..1_000, 1i64..1_000), 0..7)
}

/// The rows of purchases, what the ledger has of them, and what all of them truly take away.
fn rows_of(purchases: &[(Stage, i64, i64)]) -> (Vec<PendingItem>, Vec<PostedItem>, i64, i64) {
    let (mut rows, mut booked, mut in_ledger, mut truth) = (Vec::new(), Vec::new(), 0, 0);
    for (at, (stage, held, spent)) in purchases.iter().enumerate() {
        let hold = pending(&format!("hold-{at}"), -held);
        let booking = posted(&format!("booked-{at}"), -spent);
        let (row, booking) = match stage {
            Stage::Pending => (Some(hold), None),
            Stage::PostedAlone => (None, Some(booking)),
            Stage::SameId => (Some(hold.clone()), Some(PostedItem { id: hold.id, ..booking })),
            Stage::Replaces => (Some(hold.clone()), Some(PostedItem { replaces: Some(hold.id), ..booking })),
            Stage::PostedAs => {
                (Some(PendingItem { posted_as: Some(booking.id.clone()), ..hold }), Some(booking))
            }
            Stage::Unlinked => (Some(hold), Some(booking)),
        };
        in_ledger += booking.as_ref().map_or(0, |_| *spent);
        truth += booking.as_ref().map_or(*held, |_| *spent);
        rows.extend(row);
        booked.extend(booking);
    }
    (rows, booked, in_ledger, truth)
}

fn dealt_purchases(stages: &'static [Stage]) -> impl Strategy<Value = (Vec<Page>, i64, i64)> {
    any_purchases(stages).prop_flat_map(|purchases| {
        let (rows, booked, in_ledger, truth) = rows_of(&purchases);
        // A page boundary that moved shows some rows twice.
        let again = proptest::sample::subsequence(rows.clone(), 0..=rows.len());
        let decks = (again, Just(rows), Just(booked)).prop_flat_map(|(again, rows, booked)| {
            let rows = [rows, again].concat();
            (Just(rows).prop_shuffle(), Just(booked).prop_shuffle())
        });
        (decks.prop_flat_map(|(rows, booked)| dealt(rows, booked)), Just(in_ledger), Just(truth))
    })
}

const LINKED: &[Stage] =
    &[Stage::Pending, Stage::PostedAlone, Stage::SameId, Stage::Replaces, Stage::PostedAs];
const ALL: &[Stage] = &[Stage::Pending, Stage::PostedAlone, Stage::SameId, Stage::Unlinked];

proptest! {
    #[test]
    fn property_a_the_order_of_rows_and_pages_never_matters(
        (pages, otherwise) in dealt_twice(), lists_overlap: bool,
    ) {
        let feed = Feed { lists_overlap, ..FEED };
        prop_assert_eq!(Snapshot::of(&pages, feed), Snapshot::of(&otherwise, feed));
    }

    #[test]
    fn property_b_the_same_list_twice_changes_nothing(pages in vec(any_page(), 1..4), lists_overlap: bool) {
        let feed = Feed { lists_overlap, ..FEED };
        let answer: Vec<_> = pages.iter().cloned().map(Ok).collect();
        let once = Snapshot::NONE.after(&answer, feed);
        prop_assert_eq!(&once.after(&answer, feed), &once);
        let doubled = [answer.clone(), answer].concat();
        prop_assert_eq!(once.after(&doubled, feed), once, "nor does every page coming twice");
    }

    #[test]
    fn property_c_one_more_pending_debit_lowers_available_by_exactly_that(
        ledger in -1_000_000_000i64..1_000_000_000, pages in vec(any_page(), 1..4),
        more in 0i64..1_000_000, lists_overlap: bool,
    ) {
        let feed = Feed { lists_overlap, ..FEED };
        let before = Snapshot::of(&pages, feed).unwrap();
        let one_more = Page { pending: vec![pending("new", -more)], posted: vec![] };
        let after = Snapshot::of(&[pages, vec![one_more]].concat(), feed).unwrap();
        prop_assert_eq!(derived(ledger, &before) - derived(ledger, &after), more);
    }

    #[test]
    fn property_d_pending_and_posted_of_one_purchase_never_both_count(
        (pages, in_ledger, truth) in dealt_purchases(LINKED), lists_overlap: bool,
    ) {
        let snapshot = Snapshot::of(&pages, Feed { lists_overlap, ..FEED }).unwrap();
        prop_assert_eq!(derived(100_000 - in_ledger, &snapshot), 100_000 - truth);
    }

    #[test]
    fn property_d_without_links_available_is_never_too_much(
        (pages, in_ledger, truth) in dealt_purchases(ALL),
    ) {
        let snapshot = Snapshot::of(&pages, Feed { lists_overlap: true, ..FEED }).unwrap();
        prop_assert!(derived(100_000 - in_ledger, &snapshot) <= 100_000 - truth);
    }

    #[test]
    fn property_e_major_to_minor_and_back_is_the_identity(
        negative: bool, whole in 0u64..=92_233_720_368_547_757, part in 0u32..100, decimals in 0u8..=3, zeros in 0usize..4,
    ) {
        let part = format!("{part:03}");
        let (whole, part) = (whole / 10, &part[..usize::from(decimals)]);
        let point = if decimals == 0 { "" } else { "." };
        let canonical = format!("{whole}{point}{part}");
        let is_zero = canonical.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        let sign = if negative && !is_zero { "-" } else { "" };
        let canonical = format!("{sign}{canonical}");
        let minor = minor_from_text(&canonical, decimals).unwrap();
        prop_assert_eq!(major_text(minor, decimals), canonical.clone());
        let padding = if decimals == 0 && zeros > 0 { "." } else { "" };
        let padded = format!("{canonical}{padding}{}", "0".repeat(zeros));
        prop_assert_eq!(minor_from_text(&padded, decimals), Ok(minor), "{}", padded);
    }
}
