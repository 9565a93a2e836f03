//! Average, minimum and maximum of a balance over a time.
//!
//! A balance is a step function: each value holds from its instant until the next one.

/// A value and the instant from which it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Unix milliseconds.
    pub at_ms: i64,
    /// What the account held, in minor units.
    pub minor: i64,
}

/// What a balance was over a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The average, each value weighted by how long it held; halves go to the even minor unit.
    pub average_minor: i64,
    /// The lowest value.
    pub minimum_minor: i64,
    /// The highest value.
    pub maximum_minor: i64,
    /// Where the time begins for which this is known: as asked, or at the first value of all.
    pub from_ms: i64,
    /// Where it ends, as asked.
    pub until_ms: i64,
    /// How many values it was counted from, that which held at the beginning among them.
    pub readings: usize,
}

/// The figures of a series over a time, both ends included.
///
/// The series is ordered, oldest first; of several values at one instant the last one counts. The
/// last value before the time holds at its beginning. Without one the time begins at the first
/// value; `None` if there is no value until the end of the time, or if it ends before it begins.
/// Of a single instant the average is the value.
pub fn over(series: &[Point], from_ms: i64, until_ms: i64) -> Option<Figures> {
    if until_ms < from_ms {
        return None;
    }
    let first = series.partition_point(|point| point.at_ms <= from_ms).saturating_sub(1);
    let end = series.partition_point(|point| point.at_ms <= until_ms);
    let within = series.get(first..end)?;
    let from_ms = from_ms.max(within.first()?.at_ms);
    let mut figures = Figures {
        average_minor: 0,
        minimum_minor: i64::MAX,
        maximum_minor: i64::MIN,
        from_ms,
        until_ms,
        readings: 0,
    };
    // At most 2^63 times 2^64 milliseconds: that much 128 bits hold.
    let mut area: i128 = 0;
    for (at, point) in within.iter().enumerate() {
        let next = within.get(at + 1).map(|next| next.at_ms);
        if next == Some(point.at_ms) {
            continue;
        }
        let held_ms = i128::from(next.unwrap_or(until_ms)) - i128::from(point.at_ms.max(from_ms));
        area += i128::from(point.minor) * held_ms.max(0);
        figures.minimum_minor = figures.minimum_minor.min(point.minor);
        figures.maximum_minor = figures.maximum_minor.max(point.minor);
        figures.readings += 1;
    }
    let whole_ms = i128::from(until_ms) - i128::from(from_ms);
    figures.average_minor = match whole_ms {
        0 => within.last()?.minor,
        _ => i64::try_from(divided(area, whole_ms)).ok()?,
    };
    Some(figures)
}

/// A division by something positive, rounded to the nearest, halves to the even.
fn divided(area: i128, by: i128) -> i128 {
    let (quotient, rest) = (area.div_euclid(by), area.rem_euclid(by));
    let rounds_up = match (2 * rest).cmp(&by) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => quotient % 2 != 0,
        std::cmp::Ordering::Greater => true,
    };
    quotient + i128::from(rounds_up)
}

/// Adds series of one currency, as of all accounts of a customer, from the instant on at which each
/// of them has a value. Empty if one of them has none, or if there is no series.
///
/// `None` if a sum leaves 64 bits of minor units.
pub fn sum(series: &[&[Point]]) -> Option<Vec<Point>> {
    let firsts: Option<Vec<i64>> =
        series.iter().map(|points| points.first().map(|point| point.at_ms)).collect();
    let Some(known_from) = firsts.and_then(|firsts| firsts.into_iter().max()) else {
        return Some(Vec::new());
    };
    let mut changes: Vec<(i64, usize, i64)> = Vec::new();
    for (which, points) in series.iter().enumerate() {
        changes.extend(points.iter().map(|point| (point.at_ms, which, point.minor)));
    }
    // Stable, so that of several values of one series at one instant the last stays last.
    changes.sort_by_key(|(at_ms, ..)| *at_ms);
    let mut held = vec![0i64; series.len()];
    let mut total: i128 = 0;
    let mut summed = Vec::new();
    for (at, &(at_ms, which, minor)) in changes.iter().enumerate() {
        if let Some(value) = held.get_mut(which) {
            total += i128::from(minor) - i128::from(*value);
            *value = minor;
        }
        let is_last_of_instant = changes.get(at + 1).is_none_or(|(next_ms, ..)| *next_ms != at_ms);
        if at_ms >= known_from && is_last_of_instant {
            summed.push(Point { at_ms, minor: i64::try_from(total).ok()? });
        }
    }
    Some(summed)
}
