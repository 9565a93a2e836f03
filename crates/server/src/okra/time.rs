//! Times on the Okra wire: RFC 3339 in UTC with milliseconds and a `Z`.

use jiff::Timestamp;

/// `2026-11-20T20:45:00.000Z`. A time no calendar has comes out as the beginning of 1970.
pub fn wire_time(at_ms: i64) -> String {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{at:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_are_always_three_digits() {
        assert_eq!(wire_time(1_700_000_000_000), "2023-11-14T22:13:20.000Z");
        assert_eq!(wire_time(1_700_000_000_045), "2023-11-14T22:13:20.045Z");
        assert_eq!(wire_time(i64::MAX), "1970-01-01T00:00:00.000Z");
    }
}
