//! When a webhook that failed is tried again: ten tries over three days, and later where the
//! receiver asks for it.

use egusi_protocol::DeliveryId;
use egusi_store::NextTry;
use jiff::fmt::rfc2822::DateTimeParser;
use sha2::{Digest, Sha256};

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// How long after each try the next one is: the example of Standard Webhooks, 75 hours in all.
const DELAYS_MS: [i64; 9] = [
    5 * SECOND_MS,
    5 * MINUTE_MS,
    30 * MINUTE_MS,
    2 * HOUR_MS,
    5 * HOUR_MS,
    10 * HOUR_MS,
    14 * HOUR_MS,
    20 * HOUR_MS,
    24 * HOUR_MS,
];

/// How many tries there are.
pub const TRIES: u32 = DELAYS_MS.len() as u32 + 1;

/// No receiver puts a webhook off for longer.
const PUT_OFF_MAX_MS: i64 = 24 * HOUR_MS;

/// What comes after a try that failed, counted from 1.
///
/// A delay is up to 15 % shorter or longer, so that what failed together does not come back
/// together. By how much follows from the delivery and the try; nobody has to roll dice.
pub fn after_failure(delivery: DeliveryId, attempt: u32, at_ms: i64, put_off_ms: Option<i64>) -> NextTry {
    let Some(delay_ms) = DELAYS_MS.get(attempt.saturating_sub(1) as usize) else { return NextTry::Exhausted };
    let hash = Sha256::new().chain_update(delivery.bytes()).chain_update(attempt.to_be_bytes()).finalize();
    let chance = i64::from(u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]));
    let delay_ms = delay_ms * (850 + chance % 301) / 1_000;
    let put_off_ms = put_off_ms.unwrap_or_default().min(PUT_OFF_MAX_MS);
    NextTry::At(at_ms.saturating_add(delay_ms.max(put_off_ms)))
}

/// How long a `Retry-After` asks to wait: a number of seconds, or until a date. What is neither
/// counts as nothing.
pub fn put_off_ms(retry_after: &str, now_ms: i64) -> Option<i64> {
    let text = retry_after.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.parse::<i64>().unwrap_or(i64::MAX).saturating_mul(SECOND_MS));
    }
    let at = DateTimeParser::new().parse_timestamp(text).ok()?;
    Some((at.as_millisecond() - now_ms).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_MS: i64 = 1_800_000_000_000;

    fn delivery(number: u8) -> DeliveryId {
        DeliveryId::from([number; 12])
    }

    fn delay_ms(delivery: DeliveryId, attempt: u32, put_off_ms: Option<i64>) -> i64 {
        match after_failure(delivery, attempt, NOW_MS, put_off_ms) {
            NextTry::At(at_ms) => at_ms - NOW_MS,
            other => panic!("no further try: {other:?}"),
        }
    }

    #[test]
    fn there_are_ten_tries_over_75_hours() {
        let total_ms: i64 = DELAYS_MS.iter().sum();
        assert_eq!(total_ms, 75 * HOUR_MS + 35 * MINUTE_MS + 5 * SECOND_MS);
        assert_eq!(TRIES, 10);
        assert_eq!(after_failure(delivery(1), TRIES, NOW_MS, None), NextTry::Exhausted);
        assert_eq!(after_failure(delivery(1), TRIES, NOW_MS, Some(1)), NextTry::Exhausted);
    }

    #[test]
    fn delays_differ_by_15_percent_at_most_and_each_is_always_the_same() {
        for (attempt, exact_ms) in (1..).zip(DELAYS_MS) {
            let delays: Vec<_> = (0..=255).map(|number| delay_ms(delivery(number), attempt, None)).collect();
            let (least, most) = (delays.iter().min().unwrap(), delays.iter().max().unwrap());
            assert!(*least >= exact_ms * 85 / 100 && *least < exact_ms * 87 / 100, "{attempt}: {least}");
            assert!(*most <= exact_ms * 115 / 100 && *most > exact_ms * 113 / 100, "{attempt}: {most}");
            assert_eq!(delays[7], delay_ms(delivery(7), attempt, None));
        }
    }

    #[test]
    fn a_receiver_may_put_a_try_off_but_not_for_ever_and_not_nearer() {
        assert_eq!(delay_ms(delivery(1), 1, Some(60 * SECOND_MS)), 60 * SECOND_MS);
        assert_eq!(delay_ms(delivery(1), 1, Some(i64::MAX)), 24 * HOUR_MS);
        assert_eq!(delay_ms(delivery(1), 4, Some(SECOND_MS)), delay_ms(delivery(1), 4, None));
    }

    #[test]
    fn a_retry_after_is_seconds_or_a_date() {
        // 1 800 000 000 is Fri, 15 Jan 2027 08:00:00 GMT.
        for (text, expected) in [
            ("120", Some(120_000)),
            (" 0 ", Some(0)),
            ("99999999999999999999", Some(i64::MAX)),
            ("Fri, 15 Jan 2027 08:02:00 GMT", Some(120_000)),
            ("Fri, 15 Jan 2027 07:00:00 GMT", Some(0)),
            ("-5", None),
            ("soon", None),
            ("1.5", None),
            ("", None),
        ] {
            assert_eq!(put_off_ms(text, NOW_MS), expected, "{text:?}");
        }
    }
}
