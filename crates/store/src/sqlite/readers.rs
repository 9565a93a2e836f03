//! The threads that read, each on a connection of its own. A job sees one moment of the file from
//! beginning to end, and never waits for the writer.
//!
//! A look by a key takes some millionths of a second, a tenth of what it costs to hand it to a thread
//! and back. Such looks are done where they are asked for, on connections kept for them; what may
//! take longer, lists above all, goes to the threads.

use super::error::unavailable;
use super::task::{Job, QUEUE_MAX, Thread, ask};
use crate::StoreError;
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc;

/// How many threads read.
pub(super) const READERS: usize = 3;

/// How many looks are done at once where they are asked for; one more goes to the threads.
pub(super) const LOOKS: usize = 4;

type Waiting = Mutex<mpsc::Receiver<Box<dyn Job>>>;

/// The door to the reading threads. The order of the fields is the order of the end: first no more
/// jobs can come, then the threads do what they still have and are waited for.
pub(super) struct Readers {
    jobs: mpsc::Sender<Box<dyn Job>>,
    _threads: Vec<Thread>,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    /// Starts a thread for each of the first connections; the others are for looks.
    pub(super) fn start(connections: Vec<Connection>, looks: Vec<Connection>) -> Result<Self, StoreError> {
        let (jobs, waiting) = mpsc::channel(QUEUE_MAX);
        let waiting = Arc::new(Mutex::new(waiting));
        let start = |db| {
            let waiting = Arc::clone(&waiting);
            Thread::start("egusi-store-reader", move || run(db, &waiting))
        };
        let threads = connections.into_iter().map(start).collect::<Result<_, _>>()?;
        Ok(Self { jobs, _threads: threads, idle: Mutex::new(looks) })
    }

    /// Runs one short statement that only reads, here and now if a connection is free.
    pub(super) async fn look<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let free = self.idle().pop();
        match free {
            Some(db) => self.here(db, work),
            None => self.run(work).await,
        }
    }

    /// As [`Self::look`], for a few short statements that must see one moment of the file.
    pub(super) async fn look_at_once<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let free = self.idle().pop();
        match free {
            Some(db) => self.here(db, |db| {
                let _moment = Moment::begin(db)?;
                work(db)
            }),
            None => self.run(work).await,
        }
    }

    /// As on the threads, a panic is an answer; the connection only reads, so it stays as good as new.
    fn here<T>(
        &self,
        db: Connection,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let result = catch_unwind(AssertUnwindSafe(|| work(&db)))
            .unwrap_or_else(|_| Err(StoreError::Unavailable("the work panicked".to_owned())));
        self.idle().push(db);
        result
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
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

/// A transaction that only reads, begun and ended by statements that are kept prepared. It ends when
/// it is let go, after a panic too.
struct Moment<'db>(&'db Connection);

impl<'db> Moment<'db> {
    fn begin(db: &'db Connection) -> Result<Self, StoreError> {
        db.prepare_cached("BEGIN")?.execute([])?;
        Ok(Self(db))
    }
}

impl Drop for Moment<'_> {
    fn drop(&mut self) {
        // It fails only if SQLite has ended the transaction by itself.
        let _ = self.0.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([]));
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
