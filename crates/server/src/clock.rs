//! The only place that asks the machine for the time and for chance.

use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

/// Tells the time. Handed to whoever needs it, so that tests own theirs.
pub trait Clock: Send + Sync + 'static {
    /// Milliseconds since the beginning of 1970, UTC.
    fn now_ms(&self) -> i64;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)] // The one place that may.
    fn now_ms(&self) -> i64 {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands still until it is moved.
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that shows the given time.
    pub const fn at(now_ms: i64) -> Self {
        Self(AtomicI64::new(now_ms))
    }

    /// Moves the clock on.
    pub fn advance(&self, by_ms: i64) {
        self.0.fetch_add(by_ms, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// The operating system has no randomness to give; nothing safe can be done without.
#[derive(Clone, Copy, Debug)]
pub struct NoRandomness;

impl std::fmt::Display for NoRandomness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the operating system gave no random bytes")
    }
}

impl std::error::Error for NoRandomness {}

/// Random bytes, fit for keys.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// Makes ids: 4 bytes of seconds, 3 of a counter, 5 that only this mint can foresee.
///
/// Some ids open a little (a customer's is known by theirs), so nobody may work out the next one
/// from the one before.
pub struct Mint {
    secret: [u8; 32],
    counter: AtomicU32,
}

impl Mint {
    /// A mint of its own secret; two processes on one store do not collide.
    pub fn new() -> Result<Self, NoRandomness> {
        let [a, b, c, d] = random_bytes::<4>()?;
        Ok(Self { secret: random_bytes()?, counter: AtomicU32::new(u32::from_be_bytes([a, b, c, d])) })
    }

    /// The next id, of whatever kind is asked for.
    pub fn id<Id: From<[u8; 12]>>(&self, now_ms: i64) -> Id {
        let seconds = u32::try_from(now_ms / 1000).unwrap_or(u32::MAX).to_be_bytes();
        let count = self.counter.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let chance =
            Sha256::new_with_prefix(self.secret).chain_update(seconds).chain_update(count).finalize();
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&seconds);
        bytes[4..7].copy_from_slice(&count[1..]);
        bytes[7..].copy_from_slice(&chance[..5]);
        Id::from(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egusi_protocol::ObjectId;
    use std::collections::BTreeSet;

    #[test]
    fn ids_of_one_millisecond_differ_and_carry_their_second() {
        let mint = Mint::new().unwrap();
        let ids: BTreeSet<ObjectId> = (0..1000)
            .map(|_| ObjectId(*mint.id::<egusi_protocol::RecordId>(1_700_000_000_000).bytes()))
            .collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| id.to_string().starts_with("6553f100")));
    }
}
