//! Months of the civil calendar in UTC, counted from January 1970, without a clock.

pub(super) const DAY_MS: i64 = 86_400_000;
pub(super) const HOUR_MS: i64 = 3_600_000;
pub(super) const MINUTE_MS: i64 = 60_000;

/// The last millisecond of the year 9999; nothing of the sandbox happens later.
const LAST_MS: i64 = 253_402_300_799_999;

/// Days of a common year before each month.
const DAYS_BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// Brings a time into the years 1970 to 9999.
pub(super) fn within_calendar(at_ms: i64) -> i64 {
    at_ms.clamp(0, LAST_MS)
}

/// Year and month, the latter from 1.
pub(super) fn year_and_month(month: i64) -> (i64, i64) {
    (1970 + month.div_euclid(12), month.rem_euclid(12) + 1)
}

/// The first millisecond of a month.
pub(super) fn month_start_ms(month: i64) -> i64 {
    let (year, month) = year_and_month(month);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let leap_days_before = |year: i64| (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400;
    let before_month = usize::try_from(month - 1).ok().and_then(|at| DAYS_BEFORE.get(at));
    let days = (year - 1970) * 365 + leap_days_before(year) - leap_days_before(1970)
        + before_month.copied().unwrap_or_default()
        + i64::from(is_leap && month > 2);
    days * DAY_MS
}

/// The month of a time.
pub(super) fn month_of(at_ms: i64) -> i64 {
    // 400 years are 146097 days and 4800 months; a guess from that is wrong by one month at most.
    let guess = (at_ms.div_euclid(DAY_MS) * 4800).div_euclid(146_097);
    if month_start_ms(guess) > at_ms {
        guess - 1
    } else if month_start_ms(guess + 1) <= at_ms {
        guess + 1
    } else {
        guess
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_begin_where_the_calendar_says() {
        for (year, month, days) in [
            (1970, 1, 0),
            (1970, 3, 59),
            (1972, 3, 790),
            (2000, 3, 11_017),
            (2024, 2, 19_754),
            (2024, 3, 19_783),
            (2027, 1, 20_819),
            (2100, 3, 47_541),
        ] {
            assert_eq!(month_start_ms((year - 1970) * 12 + month - 1), days * DAY_MS, "{year}-{month}");
        }
    }

    #[test]
    fn every_month_knows_its_first_and_its_last_millisecond() {
        for month in 0..(8030 * 12) {
            assert_eq!(month_of(month_start_ms(month)), month);
            assert_eq!(month_of(month_start_ms(month + 1) - 1), month);
        }
        assert_eq!(year_and_month(month_of(LAST_MS)), (9999, 12));
        assert_eq!(month_of(LAST_MS + 1), month_of(LAST_MS) + 1);
    }
}
