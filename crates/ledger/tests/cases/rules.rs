//! Which reading is current, accounts under one id, low funds, and averages.

use egusi_ledger::watch::step;
use egusi_ledger::{Crossing, SharedKey, Watch, refuse_shared_keys, supersedes};
use egusi_protocol::Basis::{Closing, Interim};

const DAY_MS: i64 = 86_400_000;

#[test]
fn case_16_an_older_figure_is_not_current() {
    assert!(!supersedes((99, Interim), (100, Interim)));
    assert!(supersedes((100, Interim), (100, Interim)), "of two at one instant the one that came last");
    assert!(supersedes((101, Interim), (100, Interim)));
    assert!(!supersedes((i64::MIN, Closing), (i64::MAX, Interim)));
}

#[test]
fn case_17_a_figure_of_the_day_beats_its_closing_one() {
    assert!(!supersedes((2 * DAY_MS, Closing), (DAY_MS + 1, Interim)), "dated to the end of the day");
    assert!(supersedes((2 * DAY_MS, Closing), (DAY_MS, Interim)), "a day later it is news");
    assert!(supersedes((DAY_MS + 1, Interim), (DAY_MS, Closing)));
    assert!(supersedes((DAY_MS + 1, Closing), (DAY_MS, Closing)));
}

#[test]
fn case_21_two_accounts_under_one_id_are_refused_and_never_merged() {
    assert_eq!(refuse_shared_keys(["0123456789", "0123456780"]), Ok(()));
    let shared = refuse_shared_keys(["0123456789", "x", "0123456789", "x"]).unwrap_err();
    assert_eq!(shared, SharedKey { first: 0, second: 2 });
    let text = shared.to_string();
    assert_eq!(text, "accounts[2]: expected an id of its own, got that of accounts[0]");
    assert_eq!(refuse_shared_keys::<&str>([]), Ok(()));
}

#[test]
fn case_22_low_funds_are_told_once_for_each_way_down() {
    let threshold = 1_000;
    let mut watch = Watch::NEW;
    let mut told = Vec::new();
    // 50 above the threshold is clearly above.
    for available in [1_200, 999, 1_000, 998, 1_049, 500, 1_050, 1_000, 999, 999, 2_000, 0] {
        let (next, crossing) = step(watch, threshold, Some(available));
        told.extend(crossing.map(|Crossing { number }| (available, number)));
        watch = next;
    }
    assert_eq!(told, [(999, 1), (999, 2), (0, 3)]);
    assert_eq!(watch, Watch { is_low: true, crossings: 3 });

    // The same figure again, as after a restart, tells nobody a second time.
    assert_eq!(step(watch, threshold, Some(0)), (watch, None));
    // The same step from the same state has the same number, so its event has the same name.
    let before = Watch { is_low: false, crossings: 2 };
    assert_eq!(step(before, threshold, Some(0)), step(before, threshold, Some(0)));
}
