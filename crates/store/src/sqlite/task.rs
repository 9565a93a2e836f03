//! One piece of work for an engine thread, and its way back to whoever asked.

use crate::StoreError;
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::JoinHandle;
use tokio::sync::{mpsc, oneshot};

/// How much may wait for a thread before askers have to wait to ask.
pub(super) const QUEUE_MAX: usize = 1024;

/// The threads see work through this, whatever its result.
pub(super) trait Job: Send {
    /// Does the work. `true` if it succeeded, so that what it wrote is to be kept.
    fn work(&mut self, db: &Connection) -> bool;

    /// Answers with the result of the work, or with the error if the transaction came to nothing.
    fn answer(self: Box<Self>, transaction: Result<(), StoreError>);

    /// Whether nobody waits for the answer any more.
    fn is_abandoned(&self) -> bool;
}

struct Task<T, F> {
    work: Option<F>,
    result: Result<T, StoreError>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Job for Task<T, F>
where
    T: Send,
    F: FnOnce(&Connection) -> Result<T, StoreError> + Send,
{
    fn work(&mut self, db: &Connection) -> bool {
        if let Some(work) = self.work.take() {
            // The closure is consumed and what it wrote is rolled back, so nothing half-changed
            // is seen after a panic; the thread must live on for everybody else.
            self.result = catch_unwind(AssertUnwindSafe(|| work(db)))
                .unwrap_or_else(|_| Err(StoreError::Unavailable("the work panicked".to_owned())));
        }
        self.result.is_ok()
    }

    fn answer(self: Box<Self>, transaction: Result<(), StoreError>) {
        // Whoever asked may have gone; then nobody is to be told.
        let _ = self.reply.send(transaction.and(self.result));
    }

    fn is_abandoned(&self) -> bool {
        self.reply.is_closed()
    }
}

/// Sends work to a thread and waits for the answer.
pub(super) async fn ask<T, F>(jobs: &mpsc::Sender<Box<dyn Job>>, work: F) -> Result<T, StoreError>
where
    T: Send + 'static,
    F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
{
    let ended = || StoreError::Unavailable("the engine thread has ended".to_owned());
    let (reply, answer) = oneshot::channel();
    let result = Err(StoreError::Unavailable("the work was never begun".to_owned()));
    jobs.send(Box::new(Task { work: Some(work), result, reply })).await.map_err(|_| ended())?;
    answer.await.map_err(|_| ended())?
}

/// A thread that is waited for when it is let go.
pub(super) struct Thread(Option<JoinHandle<()>>);

impl Thread {
    /// Starts a named thread.
    pub(super) fn start(name: &str, run: impl FnOnce() + Send + 'static) -> Result<Self, StoreError> {
        std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(run)
            .map(|handle| Self(Some(handle)))
            .map_err(|error| StoreError::Unavailable(format!("no thread for {name}: {}", error.kind())))
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        if let Some(handle) = self.0.take() {
            // Its panic, if any, has been reported by the panic hook already.
            let _ = handle.join();
        }
    }
}
