//! The threads that read, each on a connection of its own. A job sees one moment of the file from
//! beginning to end, and never waits for the writer.

use super::error::unavailable;
use super::task::{Job, QUEUE_MAX, Thread, ask};
use crate::StoreError;
use rusqlite::Connection;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc;

/// How many threads read.
pub(super) const READERS: usize = 3;

type Waiting = Mutex<mpsc::Receiver<Box<dyn Job>>>;

/// The door to the reading threads. The order of the fields is the order of the end: first no more
/// jobs can come, then the threads do what they still have and are waited for.
pub(super) struct Readers {
    jobs: mpsc::Sender<Box<dyn Job>>,
    _threads: Vec<Thread>,
}

impl Readers {
    /// Starts a thread for each connection.
    pub(super) fn start(connections: Vec<Connection>) -> Result<Self, StoreError> {
        let (jobs, waiting) = mpsc::channel(QUEUE_MAX);
        let waiting = Arc::new(Mutex::new(waiting));
        let start = |db| {
            let waiting = Arc::clone(&waiting);
            Thread::start("egusi-store-reader", move || run(db, &waiting))
        };
        let threads = connections.into_iter().map(start).collect::<Result<_, _>>()?;
        Ok(Self { jobs, _threads: threads })
    }

    /// Runs work that only reads.
    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        ask(&self.jobs, work).await
    }
}

fn run(mut db: Connection, waiting: &Waiting) {
    while let Some(mut job) = next(waiting) {
        // Under load the oldest questions are often given up; answering them would help nobody.
        if job.is_abandoned() {
            continue;
        }
        let outcome = match db.transaction() {
            Ok(moment) => {
                job.work(&moment);
                Ok(())
            }
            Err(error) => Err(unavailable(&error)),
        };
        job.answer(outcome);
    }
}

/// One thread waits for the next job, the others wait for their turn to wait. The lock is let go
/// before the work begins.
fn next(waiting: &Waiting) -> Option<Box<dyn Job>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv()
}
