//! One look at a record at a time. Whoever asks while one is under way waits for the next one, and
//! all who wait share what it brings: the bank is asked twice, not forty times.

use super::look::LookError;
use egusi_protocol::RecordId;
use egusi_store::{Scope, TaskKind};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The queues of all records that are being looked at now.
#[derive(Default)]
pub struct Looks(Mutex<HashMap<(Scope, RecordId), Arc<Queue>>>);

/// The queue of one record.
#[derive(Default)]
struct Queue {
    /// How many have asked so far.
    asked: Mutex<u64>,
    /// Held by whoever looks; what the last look of each kind brought, and to whom.
    looking: tokio::sync::Mutex<HashMap<TaskKind, Brought>>,
}

/// What a look brought, good for everybody who had asked when it began.
struct Brought {
    had_asked: u64,
    outcome: Result<(), LookError>,
}

impl Looks {
    /// Looks, or shares a look that begins after this was asked for.
    pub async fn share<Looking>(
        &self,
        scope: Scope,
        record: RecordId,
        kind: TaskKind,
        look: impl FnOnce() -> Looking,
    ) -> Result<(), LookError>
    where
        Looking: Future<Output = Result<(), LookError>>,
    {
        let queue = self.queues().entry((scope, record)).or_default().clone();
        let place = {
            let mut asked = queue.asked.lock().unwrap_or_else(PoisonError::into_inner);
            *asked += 1;
            *asked
        };
        let outcome = queue.turn(place, kind, look).await;
        drop(queue);
        // The last one out forgets the record.
        let mut queues = self.queues();
        if queues.get(&(scope, record)).is_some_and(|queue| Arc::strong_count(queue) == 1) {
            queues.remove(&(scope, record));
        }
        outcome
    }

    fn queues(&self) -> MutexGuard<'_, HashMap<(Scope, RecordId), Arc<Queue>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    async fn turn<Looking>(
        &self,
        place: u64,
        kind: TaskKind,
        look: impl FnOnce() -> Looking,
    ) -> Result<(), LookError>
    where
        Looking: Future<Output = Result<(), LookError>>,
    {
        let mut looking = self.looking.lock().await;
        if let Some(brought) = looking.get(&kind).filter(|brought| brought.had_asked >= place) {
            return brought.outcome.clone();
        }
        let had_asked = *self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = look().await;
        looking.insert(kind, Brought { had_asked, outcome: outcome.clone() });
        outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egusi_protocol::{Environment, ProblemCode};
    use std::sync::atomic::{AtomicU32, Ordering};
    use tokio::sync::Barrier;

    #[tokio::test]
    async fn who_waits_shares_the_next_look_and_nothing_is_remembered() {
        let looks = Arc::new(Looks::default());
        let scope = Scope { company: [1; 12].into(), env: Environment::Sandbox };
        let (begun, done) = (Arc::new(AtomicU32::new(0)), Arc::new(Barrier::new(2)));
        let mut asking = tokio::task::JoinSet::new();
        for _ in 0..40 {
            let (looks, begun, done) = (looks.clone(), begun.clone(), done.clone());
            asking.spawn(async move {
                let look = || async {
                    // The first look lasts until all the others have asked.
                    if begun.fetch_add(1, Ordering::SeqCst) == 0 {
                        done.wait().await;
                    }
                    Err(LookError::Institution(ProblemCode::InstitutionDown))
                };
                looks.share(scope, [2; 12].into(), TaskKind::Balances, look).await
            });
        }
        let all_have_asked = || {
            let queues = looks.queues();
            let queue = queues.get(&(scope, [2; 12].into()))?;
            Some(*queue.asked.lock().unwrap() == 40)
        };
        while all_have_asked() != Some(true) {
            tokio::task::yield_now().await;
        }
        done.wait().await;
        let outcomes = asking.join_all().await;
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Err(LookError::Institution(_)))));
        assert_eq!(begun.load(Ordering::SeqCst), 2, "the first, and one for all the others");
        assert!(looks.queues().is_empty());
    }
}
