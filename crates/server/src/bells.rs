//! Who is woken when there is something new, so that nobody has to look all the time.

use egusi_protocol::SessionId;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::{Notify, Semaphore, broadcast};

/// So many rings may be unheard by a slow listener; whoever missed some looks again.
const UNHEARD_MAX: usize = 256;
/// So many may wait for sessions at once: each of them asks the store now and then, and costs
/// whoever holds it nothing.
const WAITING_MAX: usize = 1_000;

/// Wakes the workers and the waiting at once where they would otherwise look only now and then.
pub struct Bells {
    /// A task was asked for.
    pub tasks: Notify,
    /// A webhook is to be delivered.
    pub deliveries: Notify,
    /// Places for those who wait for a session.
    pub places: Semaphore,
    sessions: broadcast::Sender<Ring>,
    is_closing: AtomicBool,
}

#[derive(Clone, Copy)]
enum Ring {
    Session(SessionId),
    Closing,
}

/// What was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rung {
    /// The session may have gone on.
    Session,
    /// The server is closing: answer with what is known.
    Closing,
}

/// Somebody who waits for a session.
pub struct Listener {
    rings: broadcast::Receiver<Ring>,
    is_closing: bool,
}

impl Default for Bells {
    fn default() -> Self {
        let (sessions, _) = broadcast::channel(UNHEARD_MAX);
        let places = Semaphore::new(WAITING_MAX);
        Self {
            tasks: Notify::new(),
            deliveries: Notify::new(),
            places,
            sessions,
            is_closing: AtomicBool::new(false),
        }
    }
}

impl Bells {
    /// A session has gone on, or is free again.
    pub fn ring_for(&self, session: SessionId) {
        // Nobody waiting is no error.
        let _ = self.sessions.send(Ring::Session(session));
    }

    /// The server is about to close; a wait must not keep it, not even one that begins only now.
    pub fn ring_closing(&self) {
        self.is_closing.store(true, Ordering::SeqCst);
        let _ = self.sessions.send(Ring::Closing);
    }

    /// Begins to listen: every ring from now on is heard.
    pub fn listen(&self) -> Listener {
        let rings = self.sessions.subscribe();
        Listener { rings, is_closing: self.is_closing.load(Ordering::SeqCst) }
    }
}

impl Listener {
    /// Waits until it rings for that session.
    pub async fn rung_for(&mut self, session: SessionId) -> Rung {
        if self.is_closing {
            return Rung::Closing;
        }
        loop {
            match self.rings.recv().await {
                Ok(Ring::Session(other)) if other != session => {}
                Ok(Ring::Session(_)) | Err(broadcast::error::RecvError::Lagged(_)) => return Rung::Session,
                Ok(Ring::Closing) | Err(broadcast::error::RecvError::Closed) => return Rung::Closing,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_listener_hears_its_own_session_and_the_end() {
        let bells = Bells::default();
        let mut listener = bells.listen();
        let (mine, other) = (SessionId::from([1; 12]), SessionId::from([2; 12]));
        bells.ring_for(other);
        bells.ring_for(mine);
        assert_eq!(listener.rung_for(mine).await, Rung::Session);
        for _ in 0..=UNHEARD_MAX {
            bells.ring_for(other);
        }
        assert_eq!(listener.rung_for(mine).await, Rung::Session, "what was missed may have been mine");
        let mut late = bells.listen();
        bells.ring_closing();
        assert_eq!(late.rung_for(mine).await, Rung::Closing);
        let later = async { bells.listen().rung_for(mine).await };
        let heard = tokio::time::timeout(std::time::Duration::from_secs(1), later).await;
        assert_eq!(heard, Ok(Rung::Closing), "who begins to wait while it closes does not wait");
    }
}
