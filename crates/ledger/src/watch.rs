//! Low funds: one crossing for each way down, however much the balance trembles (§3.5 case 22).

/// Where a threshold of an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    /// Whether the money is below the threshold, or has been and is not clearly above it yet.
    pub is_low: bool,
    /// How often it went below so far.
    pub crossings: i64,
}

impl Watch {
    /// A watch that has seen nothing yet: above.
    pub const NEW: Self = Self { is_low: false, crossings: 0 };
}

/// The money went below the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// Which time, from 1 on; with account and threshold it names the event, so that a retry
    /// cannot notify twice.
    pub number: i64,
}

/// How far above its threshold a balance must be for the next crossing to count: a twentieth of
/// it, rounded up, and at least one minor unit.
pub fn hysteresis(threshold_minor: i64) -> i64 {
    if threshold_minor <= 0 { 1 } else { (threshold_minor - 1) / 20 + 1 }
}

/// What a new balance means for a threshold.
///
/// Less than the threshold is low; the threshold itself is not. Once low, it takes the threshold
/// and its [`hysteresis`] to be above again. An unknown balance changes nothing.
pub fn step(watch: Watch, threshold_minor: i64, available: Option<i64>) -> (Watch, Option<Crossing>) {
    let Some(available) = available else { return (watch, None) };
    let Watch { is_low, crossings } = watch;
    if is_low {
        let is_clearly_above = available >= threshold_minor.saturating_add(hysteresis(threshold_minor));
        return (Watch { is_low: !is_clearly_above, crossings }, None);
    }
    if available >= threshold_minor {
        return (watch, None);
    }
    let number = crossings.saturating_add(1);
    (Watch { is_low: true, crossings: number }, Some(Crossing { number }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hysteresis_is_a_twentieth_rounded_up_and_never_nothing() {
        for (threshold, expected) in
            [(i64::MIN, 1), (-100, 1), (0, 1), (1, 1), (20, 1), (21, 2), (40, 2), (10_000, 500)]
        {
            assert_eq!(hysteresis(threshold), expected, "{threshold}");
        }
        assert_eq!(hysteresis(i64::MAX), 461_168_601_842_738_791);
    }

    #[test]
    fn the_threshold_itself_is_not_low_and_unknown_changes_nothing() {
        assert_eq!(step(Watch::NEW, 100, Some(100)), (Watch::NEW, None));
        let low = Watch { is_low: true, crossings: 3 };
        assert_eq!(step(low, 100, None), (low, None));
        assert_eq!(step(Watch::NEW, 100, None), (Watch::NEW, None));
    }

    #[test]
    fn the_ends_of_64_bits_do_not_wrap() {
        let (low, crossing) = step(Watch::NEW, i64::MAX, Some(i64::MAX - 1));
        assert_eq!(crossing, Some(Crossing { number: 1 }));
        assert_eq!(step(low, i64::MAX, Some(i64::MAX - 1)).0, low);
        assert!(!step(low, i64::MAX, Some(i64::MAX)).0.is_low);
        assert_eq!(step(Watch::NEW, i64::MIN, Some(i64::MIN)), (Watch::NEW, None));
    }

    proptest! {
        #[test]
        fn crossings_are_numbered_without_gaps_and_each_follows_a_way_up(
            values in proptest::collection::vec(proptest::option::of(-300i64..300), 0..60),
            threshold in -200i64..200,
        ) {
            let (mut watch, mut expected) = (Watch::NEW, 1);
            let mut was_up = true;
            for value in values {
                let (next, crossing) = step(watch, threshold, value);
                was_up |= value.is_some_and(|value| value >= threshold + hysteresis(threshold));
                if let Some(Crossing { number }) = crossing {
                    prop_assert!(was_up, "a second crossing on one way down");
                    prop_assert_eq!(number, expected);
                    prop_assert!(value.is_some_and(|value| value < threshold));
                    expected += 1;
                    was_up = false;
                }
                watch = next;
            }
            prop_assert_eq!(watch.crossings, expected - 1);
        }
    }
}
