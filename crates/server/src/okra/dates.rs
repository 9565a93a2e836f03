//! Dates as Okra's clients write them: `2026-11-20`, `2026/11/20`, `2026-11-20 20:45:00`, or RFC 3339.
//! All are read as UTC.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// What a client may write, for an error.
pub const EXPECTED: &str = "a date such as 2026-11-20 or 2026-11-20 20:45:00";

/// The first moment of what is written, in unix milliseconds. Dates at the ends of the calendar,
/// by which clients mean *ever*, are as far away as a moment can be.
pub fn from_ms(text: &str) -> Option<i64> {
    read(text).map(|(start, _)| start.as_millisecond())
}

/// The first moment after what is written: a whole day if it is a day, else the next millisecond.
pub fn after_ms(text: &str) -> Option<i64> {
    read(text).map(|(_, end)| end.as_millisecond())
}

fn read(text: &str) -> Option<(Timestamp, Timestamp)> {
    let text = text.trim().replace('/', "-");
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some((moment, next_ms(moment)));
    }
    // A text with a time is also a date to the parser, so the length tells which it is.
    if text.len() > 10 {
        let moment = moment_of(text.parse().ok()?);
        return Some((moment, next_ms(moment)));
    }
    let day = text.parse::<Date>().ok()?;
    let end = day.tomorrow().map_or(Timestamp::MAX, |tomorrow| moment_of(tomorrow.into()));
    Some((moment_of(day.into()), end))
}

fn next_ms(moment: Timestamp) -> Timestamp {
    moment.checked_add(Span::new().milliseconds(1)).unwrap_or(Timestamp::MAX)
}

fn moment_of(written: DateTime) -> Timestamp {
    let beyond = if written.year() > 0 { Timestamp::MAX } else { Timestamp::MIN };
    written.to_zoned(TimeZone::UTC).map_or(beyond, |zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_MS: i64 = 86_400_000;
    /// The beginning of 2023-11-14.
    const START_MS: i64 = 1_699_920_000_000;

    #[test]
    fn a_day_is_whole_and_a_moment_is_a_millisecond() {
        for text in ["2023-11-14", "2023/11/14", " 2023-11-14 "] {
            assert_eq!((from_ms(text), after_ms(text)), (Some(START_MS), Some(START_MS + DAY_MS)), "{text}");
        }
        for text in [
            "2023-11-14 01:00:00",
            "2023/11/14 01:00:00",
            "2023-11-14T01:00:00Z",
            "2023-11-14T02:00:00+01:00",
        ] {
            let moment_ms = START_MS + 3_600_000;
            assert_eq!((from_ms(text), after_ms(text)), (Some(moment_ms), Some(moment_ms + 1)), "{text}");
        }
    }

    #[test]
    fn the_end_of_the_calendar_is_a_date() {
        let ever_ms = Timestamp::MAX.as_millisecond();
        assert_eq!((from_ms("9999-12-31"), after_ms("9999-12-31")), (Some(ever_ms), Some(ever_ms)));
        assert!(after_ms("9999-12-31 23:59:59").is_some());
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "yesterday", "2023-13-01", "14-11-2023", "2023-11-14 25:00:00", "1699920000"] {
            assert_eq!((from_ms(text), after_ms(text)), (None, None), "{text}");
        }
    }
}
