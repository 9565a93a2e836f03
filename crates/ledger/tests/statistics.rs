//! Averages over a time, against counting every millisecond one by one.

use egusi_ledger::statistics::{over, sum};
use egusi_ledger::{Figures, Point};
use proptest::prelude::*;

fn series(points: &[(i64, i64)]) -> Vec<Point> {
    points.iter().map(|(at_ms, minor)| Point { at_ms: *at_ms, minor: *minor }).collect()
}

fn figures(points: &[(i64, i64)], from_ms: i64, until_ms: i64) -> Option<[i64; 4]> {
    let found = over(&series(points), from_ms, until_ms)?;
    let Figures { average_minor, minimum_minor, maximum_minor, from_ms, until_ms: end, readings: _ } = found;
    assert_eq!(end, until_ms);
    Some([average_minor, minimum_minor, maximum_minor, from_ms])
}

const WEEK: &[(i64, i64)] = &[(10, 100), (20, 400), (30, -50)];

#[test]
fn each_value_weighs_as_long_as_it_held() {
    // 100 for 10 ms, 400 for 10 ms, -50 for 20 ms.
    assert_eq!(figures(WEEK, 10, 50), Some([100, -50, 400, 10]));
    assert_eq!(over(&series(WEEK), 10, 50).unwrap().readings, 3);
}

#[test]
fn the_last_value_before_the_time_holds_at_its_beginning() {
    assert_eq!(figures(WEEK, 15, 25), Some([250, 100, 400, 15]));
    assert_eq!(figures(WEEK, 40, 50), Some([-50, -50, -50, 40]));
    assert_eq!(figures(WEEK, 20, 25), Some([400, 400, 400, 20]), "what ended at the beginning is outside");
}

#[test]
fn without_an_earlier_value_the_time_begins_at_the_first() {
    assert_eq!(figures(WEEK, 0, 20), Some([100, 100, 400, 10]));
    assert_eq!(figures(WEEK, 0, 9), None);
    assert_eq!(figures(&[], 0, 9), None);
    assert_eq!(figures(WEEK, 30, 20), None, "a time that ends before it begins");
}

#[test]
fn of_a_single_instant_the_average_is_the_value() {
    for (at, value) in [(15, 100), (20, 400), (99, -50)] {
        assert_eq!(figures(WEEK, at, at), Some([value, value, value, at]));
    }
    assert_eq!(figures(WEEK, 0, 10), Some([100, 100, 100, 10]), "the first value comes at the very end");
}

#[test]
fn of_two_values_at_one_instant_the_last_counts() {
    let doubled = &[(10, 7), (20, 900), (20, 9)];
    assert_eq!(figures(doubled, 10, 30), Some([8, 7, 9, 10]));
    assert_eq!(over(&series(doubled), 10, 30).unwrap().readings, 2);
}

#[test]
fn halves_go_to_the_even_minor_unit() {
    for (first, second, expected) in [(0, 1, 0), (1, 2, 2), (2, 3, 2), (-1, 0, 0), (-2, -1, -2), (-3, -2, -2)]
    {
        let [average, ..] = figures(&[(0, first), (1, second)], 0, 2).unwrap();
        assert_eq!(average, expected, "{first} and {second}");
    }
    let thirds = |first, second| figures(&[(0, first), (1, second)], 0, 3).unwrap()[0];
    assert_eq!((thirds(0, 1), thirds(1, 0), thirds(0, -1), thirds(-1, 0)), (1, 0, -1, 0));
}

#[test]
fn the_ends_of_64_bits_fit() {
    let ends = (i64::MIN, i64::MAX);
    for value in [i64::MIN, i64::MAX] {
        assert_eq!(figures(&[(ends.0, value)], ends.0, ends.1), Some([value, value, value, ends.0]));
    }
    let largest = series(&[(0, i64::MAX)]);
    assert_eq!(sum(&[&largest, &series(&[(0, 1)])]), None);
    assert_eq!(sum(&[&largest, &series(&[(0, -1)])]), Some(series(&[(0, i64::MAX - 1)])));
}

#[test]
fn accounts_are_added_from_the_instant_at_which_all_are_known() {
    let first = series(&[(10, 100), (20, 200), (40, 300)]);
    let second = series(&[(15, 1), (20, 2), (30, 3)]);
    let expected = series(&[(15, 101), (20, 202), (30, 203), (40, 303)]);
    assert_eq!(sum(&[&first, &second]), Some(expected.clone()));
    assert_eq!(sum(&[&second, &first]), Some(expected));
    assert_eq!(sum(&[&first]), Some(first.clone()));
    assert_eq!(sum(&[&first, &[]]), Some(vec![]), "of one account nothing is known");
    assert_eq!(sum(&[]), Some(vec![]));
}

/// What holds at an instant, found the slow way.
fn at(points: &[Point], at_ms: i64) -> Option<i64> {
    points.iter().rev().find(|point| point.at_ms <= at_ms).map(|point| point.minor)
}

fn any_series() -> impl Strategy<Value = Vec<Point>> {
    proptest::collection::vec((0i64..40, -90i64..90), 0..6).prop_map(|mut points| {
        points.sort_by_key(|(at_ms, _)| *at_ms);
        series(&points)
    })
}

proptest! {
    #[test]
    fn the_average_is_that_of_every_millisecond(points in any_series(), from in -5i64..45, length in 0i64..45) {
        let until = from + length;
        let known: Vec<i64> = (from..=until).filter(|ms| at(&points, *ms).is_some()).collect();
        let found = over(&points, from, until);
        prop_assert_eq!(found.is_some(), !known.is_empty());
        if let (Some(found), Some(first)) = (found, known.first()) {
            prop_assert_eq!(found.from_ms, *first);
            let values = || known.iter().filter_map(|ms| at(&points, *ms));
            prop_assert_eq!(Some(found.minimum_minor), values().min());
            prop_assert_eq!(Some(found.maximum_minor), values().max());
            let held = i64::try_from(known.len()).unwrap() - 1;
            // The last millisecond is an end and holds for no time, unless it is all there is.
            let area: i64 = values().take(known.len().max(2) - 1).sum();
            let exact = if held == 0 { found.average_minor - area } else { found.average_minor * held - area };
            prop_assert!(2 * exact.abs() <= held, "{} of {area} over {held} ms", found.average_minor);
        }
    }

    #[test]
    fn a_sum_is_the_sum_at_every_instant(all in proptest::collection::vec(any_series(), 1..4)) {
        let borrowed: Vec<&[Point]> = all.iter().map(Vec::as_slice).collect();
        let summed = sum(&borrowed).unwrap();
        for ms in -1..45 {
            let expected: Option<i64> = all.iter().map(|points| at(points, ms)).sum();
            prop_assert_eq!(at(&summed, ms), expected, "at {}", ms);
        }
    }
}
