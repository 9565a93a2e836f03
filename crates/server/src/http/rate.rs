//! How many calls a key may make: so many at once, and as many again in a minute, evenly.

use crate::clock::Clock;
use egusi_protocol::KeyId;
use governor::clock::Clock as LimiterClock;
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

/// Our clock, as the limiter reads one.
#[derive(Clone)]
struct OurClock(Arc<dyn Clock>);

impl LimiterClock for OurClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.now_ms()).unwrap_or_default())
    }
}

type Limiter = RateLimiter<KeyId, HashMapStateStore<KeyId>, OurClock, StateInformationMiddleware>;

/// Counts the calls of every key, in memory.
pub struct Limits(Option<(Limiter, OurClock)>);

/// What a key has left after a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// How many calls it may make in a minute.
    pub limit: u32,
    /// How many it may still make at once.
    pub remaining: u32,
}

impl Limits {
    /// So many calls a minute for each key; 0 sets no limit.
    pub fn new(calls_per_minute: u32, clock: Arc<dyn Clock>) -> Self {
        let clock = OurClock(clock);
        let limiter =
            |calls| Limiter::new(Quota::per_minute(calls), HashMapStateStore::default(), clock.clone());
        Self(NonZeroU32::new(calls_per_minute).map(|calls| (limiter(calls), clock.clone())))
    }

    /// Counts a call and says what is left, if calls are counted at all.
    ///
    /// # Errors
    /// In how many seconds, rounded up, there is room for a call again.
    pub fn take(&self, key: KeyId) -> Result<Option<Allowance>, u32> {
        let Some((limiter, clock)) = &self.0 else { return Ok(None) };
        match limiter.check_key(&key) {
            Ok(state) => Ok(Some(Allowance {
                limit: state.quota().burst_size().get(),
                remaining: state.remaining_burst_capacity(),
            })),
            Err(not_until) => {
                let wait_ms = not_until.wait_time_from(clock.now()).as_millis();
                Err(u32::try_from(wait_ms.div_ceil(1000)).unwrap_or(u32::MAX).max(1))
            }
        }
    }

    /// Drops the count of every key that has all its calls again.
    pub fn forget_idle(&self) {
        if let Some((limiter, _)) = &self.0 {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;

    #[test]
    fn a_key_has_its_calls_back_evenly_over_a_minute() {
        let clock = Arc::new(ManualClock::at(1_800_000_000_000));
        let limits = Limits::new(3, clock.clone());
        let (one, other) = (KeyId::from([1; 12]), KeyId::from([2; 12]));
        let left = |key| limits.take(key).map(|allowance| allowance.map(|allowance| allowance.remaining));
        assert_eq!((left(one), left(one), left(one)), (Ok(Some(2)), Ok(Some(1)), Ok(Some(0))));
        assert_eq!(left(one), Err(20));
        assert_eq!(left(other), Ok(Some(2)), "each key for itself");
        clock.advance(19_001);
        assert_eq!(left(one), Err(1), "rounded up");
        clock.advance(999);
        assert_eq!((left(one), left(one)), (Ok(Some(0)), Err(20)));
        clock.advance(3_600_000);
        limits.forget_idle();
        assert!(limits.0.as_ref().is_some_and(|(limiter, _)| limiter.is_empty()));
        assert_eq!(left(one), Ok(Some(2)));
    }

    #[test]
    fn zero_is_no_limit() {
        let limits = Limits::new(0, Arc::new(ManualClock::at(0)));
        assert!((0..10_000).all(|_| limits.take(KeyId::from([1; 12])) == Ok(None)));
    }
}
