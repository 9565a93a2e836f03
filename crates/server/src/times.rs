//! Times as they are written on a wire, in both directions: days and moments, always UTC.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// RFC 3339 in UTC with milliseconds, such as `2026-11-20T20:45:00.000Z`. A time no calendar has
/// comes out as the beginning of 1970.
pub fn wire_time(at_ms: i64) -> String {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{at:.3}")
}

/// The time that a text names, in unix milliseconds: a whole day, or one millisecond.
///
/// Days at the ends of the calendar, by which callers mean *ever*, are as far away as a moment can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its first moment.
    pub first_ms: i64,
    /// The first moment after it.
    pub after_ms: i64,
}

/// What [`strict`] takes, for an error.
pub const STRICT_EXPECTED: &str = "a day such as 2026-11-20 or a time such as 2026-11-20T20:45:00Z";

/// A day, or RFC 3339.
pub fn strict(text: &str) -> Option<Named> {
    if text.len() == 10 {
        return text.parse().ok().map(day);
    }
    text.parse::<Timestamp>().ok().or_else(|| beyond(text)).map(moment)
}

/// What [`lenient`] takes, for an error.
pub const LENIENT_EXPECTED: &str = "a date such as 2026-11-20 or 2026-11-20 20:45:00";

/// As Okra's clients write: `2026-11-20`, `2026/11/20`, `2026-11-20 20:45:00`, or RFC 3339.
pub fn lenient(text: &str) -> Option<Named> {
    let text = text.trim().replace('/', "-");
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(moment(at));
    }
    // A text with a time is also a date to the parser, so the length tells which it is.
    if text.len() > 10 {
        return text.parse().ok().map(|written| moment(moment_of(written)));
    }
    text.parse().ok().map(day)
}

fn day(day: Date) -> Named {
    let after = day.tomorrow().map_or(Timestamp::MAX, |next| moment_of(next.into()));
    Named { first_ms: moment_of(day.into()).as_millisecond(), after_ms: after.as_millisecond() }
}

fn moment(at: Timestamp) -> Named {
    let after = at.checked_add(Span::new().milliseconds(1)).unwrap_or(Timestamp::MAX);
    Named { first_ms: at.as_millisecond(), after_ms: after.as_millisecond() }
}

/// The last hours of the calendar are no moments to the clock.
fn beyond(text: &str) -> Option<Timestamp> {
    let (written, zone) = text.split_at_checked(19)?;
    let has_zone = zone.ends_with(['Z', 'z']) || zone.contains(['+', '-']);
    let written: DateTime = written.parse().ok().filter(|_| has_zone)?;
    (written.year() == 9999).then_some(Timestamp::MAX)
}

fn moment_of(written: DateTime) -> Timestamp {
    let beyond = if written.year() > 0 { Timestamp::MAX } else { Timestamp::MIN };
    written.to_zoned(TimeZone::UTC).map_or(beyond, |zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_MS: i64 = 86_400_000;
    const HOUR_MS: i64 = 3_600_000;
    /// The beginning of 2023-11-14.
    const START_MS: i64 = 1_699_920_000_000;

    fn named(first_ms: i64, length_ms: i64) -> Option<Named> {
        Some(Named { first_ms, after_ms: first_ms + length_ms })
    }

    #[test]
    fn milliseconds_are_always_three_digits() {
        assert_eq!(wire_time(1_700_000_000_000), "2023-11-14T22:13:20.000Z");
        assert_eq!(wire_time(1_700_000_000_045), "2023-11-14T22:13:20.045Z");
        assert_eq!(wire_time(i64::MAX), "1970-01-01T00:00:00.000Z");
    }

    #[test]
    fn a_day_is_whole_and_a_moment_is_a_millisecond() {
        assert_eq!(strict("2023-11-14"), named(START_MS, DAY_MS));
        for text in ["2023-11-14", "2023/11/14", " 2023-11-14 "] {
            assert_eq!(lenient(text), named(START_MS, DAY_MS), "{text}");
        }
        for text in ["2023-11-14T01:00:00Z", "2023-11-14t01:00:00.000z", "2023-11-14T02:00:00+01:00"] {
            assert_eq!(strict(text), named(START_MS + HOUR_MS, 1), "{text}");
            assert_eq!(lenient(text), named(START_MS + HOUR_MS, 1), "{text}");
        }
        for text in ["2023-11-14 01:00:00", "2023/11/14 01:00:00"] {
            assert_eq!(lenient(text), named(START_MS + HOUR_MS, 1), "{text}");
        }
    }

    #[test]
    fn the_ends_of_the_calendar_are_times() {
        let ever_ms = Timestamp::MAX.as_millisecond();
        for text in ["9999-12-31", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999+00:00"] {
            assert_eq!(strict(text), Some(Named { first_ms: ever_ms, after_ms: ever_ms }), "{text}");
        }
        assert_eq!(lenient("9999-12-31").map(|named| named.after_ms), Some(ever_ms));
        assert!(lenient("9999-12-31 23:59:59").is_some());
        assert!(strict("0000-01-01T00:00:00Z").is_some());
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in ["", "soon", "2023-13-01", "14-11-2023", "2023-11-14 25:00:00", "1699920000"] {
            assert_eq!((strict(text), lenient(text)), (None, None), "{text}");
        }
        for text in ["2023/11/14", "2023-11-14T01:00:00", "9999-12-31T23:59:59"] {
            assert_eq!(strict(text), None, "{text}");
        }
    }
}
