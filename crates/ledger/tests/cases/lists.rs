//! Pending transactions: holds, reversals, failed pages, other currencies, our own debits.

use crate::{FEED, Page, complete, derived, page, pending, posted, snapshot};
use egusi_ledger::{
    Affects, Feed, OwnDebit, PageFailed, Pending, PendingItem, PostedItem, Reported, Snapshot, SnapshotFlaw,
    own_inflight,
};
use egusi_protocol::Currency;

const OVERLAPPING: Feed = Feed { lists_overlap: true, ..FEED };

fn linked(replaces: &str) -> PostedItem {
    PostedItem { replaces: Some(replaces.to_owned()), ..posted("booked", -3_720) }
}

#[test]
fn case_06_a_fuel_hold_leaves_when_its_posting_arrives() {
    let hold = pending("hold", -10_000);
    let before = snapshot(std::slice::from_ref(&hold));
    assert_eq!(derived(50_000, &before), 40_000);
    // The bank may go on listing the hold beside its posting, or drop it at once.
    for rows in [vec![hold], vec![]] {
        let after = before.after(&[Ok(page(&rows, &[linked("hold")]))], FEED);
        assert_eq!(derived(50_000 - 3_720, &after), 46_280, "never less 137.20");
    }
}

#[test]
fn case_07_a_hold_that_vanished_is_released_by_the_next_complete_list() {
    let held = snapshot(&[pending("hold", -10_000), pending("other", -5)]);
    let broken = held.after(&[Err(PageFailed)], FEED);
    assert_eq!(derived(50_000, &broken), 39_995, "not before");
    let released = broken.after(&[Ok(page(&[pending("other", -5)], &[]))], FEED);
    assert_eq!((derived(50_000, &released), released.is_stale()), (49_995, false));
}

#[test]
fn case_08_a_failed_page_keeps_the_old_sums_and_marks_them_stale() {
    let old = snapshot(&[pending("a", -40), pending("b", 7)]);
    let first = page(&[pending("c", -1_000)], &[]);
    let nameless = page(&[pending("", -1_000)], &[]);
    for answer in [
        vec![Ok(first.clone()), Err(PageFailed)],
        vec![Err(PageFailed), Ok(first.clone())],
        vec![Ok(first.clone()), Ok(nameless)],
        vec![],
    ] {
        let kept = old.after(&answer, FEED);
        assert_eq!((kept.sums(), kept.is_stale()), (complete(40, 7), true), "{answer:?}");
    }
    let never = Snapshot::NONE.after(&[Ok(first), Err(PageFailed)], FEED);
    assert_eq!((never.sums(), never.is_complete(), never.is_stale()), (Pending::Unknown, false, true));
    let reported = Reported { pending: never.sums(), ..Reported::new(Some(500), None) };
    assert_eq!(reported.settle().unwrap().available, None, "half a list derives nothing");
}

#[test]
fn case_09_a_purchase_that_is_pending_and_posted_in_one_answer_counts_once() {
    let hold = pending("hold", -3_720);
    let named = PendingItem { posted_as: Some("booked".to_owned()), ..hold.clone() };
    for (row, booked) in
        [(&hold, posted("hold", -3_720)), (&hold, linked("hold")), (&named, posted("booked", -3_720))]
    {
        for feed in [FEED, OVERLAPPING] {
            let both = Snapshot::of(&[page(std::slice::from_ref(row), std::slice::from_ref(&booked))], feed)
                .unwrap();
            assert_eq!(both.sums(), complete(0, 0), "{booked:?}");
        }
    }
    let absent = Snapshot::of(&[page(&[named], &[])], FEED).unwrap();
    assert_eq!(absent.sums(), complete(3_720, 0), "a link to what did not come proves nothing");

    let unmatched = page(&[hold, pending("salary", 900)], &[posted("x", -3_720), posted("y", 900)]);
    let safe = Snapshot::of(std::slice::from_ref(&unmatched), OVERLAPPING).unwrap();
    assert_eq!(safe.sums(), complete(3_720, 0), "what leaves counts, what arrives does not");
    assert_eq!(Snapshot::of(&[unmatched], FEED).unwrap().sums(), complete(3_720, 900));
}

#[test]
fn case_10_a_reversal_nets_out_what_it_takes_back() {
    let bought = pending("bought", -100);
    let unlinked = snapshot(&[bought.clone(), pending("back", 100)]);
    assert_eq!(derived(500, &unlinked), 500);

    let back = |amount| PendingItem { reverses: Some("bought".to_owned()), ..pending("back", amount) };
    assert_eq!(snapshot(&[back(100), bought.clone()]).sums(), complete(0, 0), "nothing is left to arrive");
    assert_eq!(snapshot(&[bought.clone(), back(40)]).sums(), complete(60, 0), "a part");
    assert_eq!(snapshot(&[back(100)]).sums(), complete(0, 0), "what it takes back is in no figure any more");

    assert_eq!(snapshot(&[back(-100)]).sums(), complete(100, 0), "what leaves always counts");

    let booked = page(&[bought, back(100)], &[posted("bought", -100)]);
    assert_eq!(Snapshot::of(&[booked], FEED).unwrap().sums(), complete(0, 100), "booked, so it comes back");
}

#[test]
fn case_15_a_row_in_another_currency_counts_only_by_its_booked_amount() {
    let dollars = |id, booked_minor| PendingItem {
        currency: "USD".parse::<Currency>().unwrap(),
        booked_minor,
        ..pending(id, -20)
    };
    let mixed = snapshot(&[pending("a", -100), dollars("b", None)]);
    assert_eq!((mixed.sums(), mixed.foreign_count()), (complete(100, 0), 1));
    let booked = snapshot(&[pending("a", -100), dollars("b", Some(-32_000))]);
    assert_eq!((booked.sums(), booked.foreign_count()), (complete(32_100, 0), 0));
    let odd = Snapshot::of(&[page(&[dollars("b", Some(32_000))], &[])], FEED);
    assert_eq!(odd, Err(SnapshotFlaw::SignsDiffer));
}

#[test]
fn case_18_our_own_charge_leaves_what_is_in_flight_once_the_bank_shows_it() {
    let debit = |reference: &str, final_at_ms| OwnDebit {
        reference: reference.to_owned(),
        amount_minor: 300,
        final_at_ms,
    };
    let own = [debit("charge-1", None), debit("charge-2", None), debit("charge-1", None)];
    assert_eq!(own_inflight(&own, &Snapshot::NONE, 0), 600, "a debit that is named twice counts once");

    let row = |amount| PendingItem { reference: Some("charge-1".to_owned()), ..pending("a", amount) };
    let shown = snapshot(&[row(-300), pending("b", -5)]);
    let inflight = own_inflight(&own, &shown, 0);
    assert_eq!(inflight, 300);
    let reported = Reported { pending: shown.sums(), ..Reported::new(Some(1_000), None) };
    assert_eq!(reported.chargeable(inflight, egusi_ledger::Overdraft::NO), Some(395));

    assert_eq!(own_inflight(&own, &snapshot(&[row(-200)]), 0), 400, "as far as it is shown");
    assert_eq!(own_inflight(&own, &snapshot(&[row(-310)]), 0), 300, "an excess lowers no other debit");
    assert_eq!(own_inflight(&own, &snapshot(&[row(300)]), 0), 600, "money that arrives is no debit");
    let foreign = PendingItem { currency: "USD".parse().unwrap(), ..row(-300) };
    let silent = PendingItem { affects: Affects::Nothing, ..row(-300) };
    for uncounted in [foreign, silent] {
        assert_eq!(own_inflight(&own, &snapshot(&[uncounted]), 0), 600, "it is in no figure of the bank");
    }
    let booked = page(&[row(-300)], &[posted("a", -300)]);
    assert_eq!(own_inflight(&own, &Snapshot::of(&[booked], FEED).unwrap(), 0), 300, "the ledger has it");

    let ended = [debit("charge-1", Some(50))];
    assert_eq!(own_inflight(&ended, &Snapshot::NONE, 50), 300, "the balance may be from before");
    assert_eq!(own_inflight(&ended, &Snapshot::NONE, 51), 0);
}

#[test]
fn what_a_list_names_for_information_changes_no_sum() {
    let silent = PendingItem { affects: Affects::Nothing, ..pending("a", -70) };
    assert_eq!(snapshot(&[silent, pending("b", -5)]).sums(), complete(5, 0));
}

#[test]
fn pages_that_make_no_sense_are_refused_with_a_reason() {
    let of = |pages: &[Page]| Snapshot::of(pages, FEED);
    assert_eq!(of(&[]), Err(SnapshotFlaw::NoPage));
    assert_eq!(of(&[page(&[pending("", 1)], &[])]), Err(SnapshotFlaw::EmptyId));
    let too_much = [pending("a", i64::MIN), pending("b", -1)];
    assert_eq!(of(&[page(&too_much, &[])]), Err(SnapshotFlaw::TooLarge));
    assert_eq!(of(&[Page::default()]).unwrap().sums(), complete(0, 0), "an empty list is a list");
}

#[test]
fn a_remembered_snapshot_has_its_sums_and_shows_no_debit() {
    let remembered = Snapshot::remembered(complete(40, 7));
    assert_eq!((remembered.sums(), remembered.shown_minor("charge-1")), (complete(40, 7), 0));
    assert!(remembered.is_complete() && !remembered.is_stale());
}
