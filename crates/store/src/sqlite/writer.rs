//! The one thread that writes. Whatever waits is written in one transaction, so that many callers
//! share one flush of the disk; each job stands in a savepoint of its own and fails alone.

use super::error::unavailable;
use super::task::{Job, QUEUE_MAX, Thread, ask};
use crate::StoreError;
use rusqlite::Connection;
use tokio::sync::mpsc;

/// How many jobs share a transaction at most.
const GROUP_MAX: usize = 128;

/// The door to the writing thread. The order of the fields is the order of the end: first no more
/// jobs can come, then the thread does what it still has and is waited for.
pub(super) struct Writer {
    jobs: mpsc::Sender<Box<dyn Job>>,
    _thread: Thread,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(db: Connection) -> Result<Self, StoreError> {
        let (jobs, waiting) = mpsc::channel(QUEUE_MAX);
        let thread = Thread::start("egusi-store-writer", move || run(&db, waiting))?;
        Ok(Self { jobs, _thread: thread })
    }

    /// Runs work in a transaction; answers once it is on disk.
    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        ask(&self.jobs, work).await
    }
}

fn run(db: &Connection, mut waiting: mpsc::Receiver<Box<dyn Job>>) {
    while let Some(first) = waiting.blocking_recv() {
        let mut group = vec![first];
        while group.len() < GROUP_MAX
            && let Ok(next) = waiting.try_recv()
        {
            group.push(next);
        }
        let outcome = commit_group(db, &mut group);
        for job in group {
            job.answer(outcome.clone());
        }
    }
    // The journal is emptied into the file, so that a copy of the file alone is whole. If another
    // process still reads, the journal simply stays; it is as safe there.
    let _ = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
}

/// Everything the group wrote is kept, or nothing and the error tells all of them.
fn commit_group(db: &Connection, group: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
    command(db, "BEGIN IMMEDIATE")?;
    let outcome = match group {
        // Nobody else's work is in the transaction, so the whole of it may be undone.
        [only] => {
            work(db, only.as_mut()).and_then(|keep| command(db, if keep { "COMMIT" } else { "ROLLBACK" }))
        }
        several => {
            let outcome = several.iter_mut().try_for_each(|job| work_alone(db, job.as_mut()));
            outcome.and_then(|()| command(db, "COMMIT"))
        }
    };
    if outcome.is_err() && !db.is_autocommit() {
        // The first error is the one worth telling.
        let _ = command(db, "ROLLBACK");
    }
    outcome
}

fn work_alone(db: &Connection, job: &mut dyn Job) -> Result<(), StoreError> {
    command(db, "SAVEPOINT job")?;
    if !work(db, job)? {
        command(db, "ROLLBACK TO job")?;
    }
    command(db, "RELEASE job")
}

/// Whether what the job wrote is to be kept.
fn work(db: &Connection, job: &mut dyn Job) -> Result<bool, StoreError> {
    let keep = job.work(db);
    // A full disk and the like make SQLite give up the whole transaction, and with it what the
    // jobs before this one wrote; the jobs after it must not run outside of any transaction.
    if db.is_autocommit() {
        return Err(StoreError::Unavailable("sqlite gave the transaction up".to_owned()));
    }
    Ok(keep)
}

/// Here no error is a conflict between rows, not even one that a constraint raises at COMMIT.
fn command(db: &Connection, sql: &str) -> Result<(), StoreError> {
    let run = || db.prepare_cached(sql)?.execute([]);
    run().map(|_| ()).map_err(|error| unavailable(&error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use tokio::sync::oneshot;

    const SCHEMA: &str = "PRAGMA foreign_keys = ON;
        CREATE TABLE t (n BIGINT PRIMARY KEY);
        CREATE TABLE child (n BIGINT REFERENCES t (n) DEFERRABLE INITIALLY DEFERRED);";

    fn writer() -> Arc<Writer> {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(SCHEMA).unwrap();
        Arc::new(Writer::start(db).unwrap())
    }

    fn insert(n: i64) -> impl FnOnce(&Connection) -> Result<(), StoreError> + Send + 'static {
        move |db| Ok(db.execute("INSERT INTO t VALUES (?1)", [n]).map(|_| ())?)
    }

    fn stored(db: &Connection) -> Result<Vec<i64>, StoreError> {
        let mut statement = db.prepare("SELECT n FROM t ORDER BY n")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    type Work = Box<dyn FnOnce(&Connection) -> Result<(), StoreError> + Send>;

    /// Holds the thread until all the works wait, so that they make one group.
    async fn in_one_group(writer: &Arc<Writer>, works: Vec<Work>) -> Vec<Result<(), StoreError>> {
        let (begun, has_begun) = oneshot::channel();
        let (go, may_go) = oneshot::channel::<()>();
        let asker = writer.clone();
        let first = tokio::spawn(async move {
            asker
                .run(move |_| {
                    begun.send(()).ok();
                    may_go.blocking_recv().map_err(|_| StoreError::NotFound)
                })
                .await
        });
        has_begun.await.unwrap();
        let waiting = QUEUE_MAX - works.len();
        let asked: Vec<_> = works
            .into_iter()
            .map(|work| {
                let asker = writer.clone();
                tokio::spawn(async move { asker.run(work).await })
            })
            .collect();
        while writer.jobs.capacity() > waiting {
            tokio::task::yield_now().await;
        }
        go.send(()).unwrap();
        first.await.unwrap().unwrap();
        let mut answers = Vec::new();
        for answer in asked {
            answers.push(answer.await.unwrap());
        }
        answers
    }

    fn is_unavailable(answer: &Result<(), StoreError>) -> bool {
        matches!(answer, Err(StoreError::Unavailable(_)))
    }

    #[tokio::test]
    async fn a_job_that_fails_is_undone_alone() {
        let writer = writer();
        let half = |db: &Connection| {
            insert(2)(db)?;
            insert(1)(db)
        };
        let answers =
            in_one_group(&writer, vec![Box::new(insert(1)), Box::new(half), Box::new(insert(3))]).await;
        assert_eq!(answers, [Ok(()), Err(StoreError::Conflict), Ok(())]);
        assert_eq!(writer.run(stored).await, Ok(vec![1, 3]));
    }

    #[tokio::test]
    async fn a_panic_is_undone_alone_and_the_thread_lives_on() {
        let writer = writer();
        let panics = |db: &Connection| -> Result<(), StoreError> {
            insert(2)(db)?;
            panic!("a panic on purpose, in a test")
        };
        let answers =
            in_one_group(&writer, vec![Box::new(insert(1)), Box::new(panics), Box::new(insert(3))]).await;
        assert_eq!(answers[0], Ok(()));
        assert!(is_unavailable(&answers[1]));
        assert_eq!(answers[2], Ok(()));
        assert_eq!(writer.run(stored).await, Ok(vec![1, 3]));
    }

    #[tokio::test]
    async fn a_commit_that_fails_is_told_to_all() {
        let writer = writer();
        let orphan = |db: &Connection| Ok(db.execute("INSERT INTO child VALUES (99)", []).map(|_| ())?);
        let answers = in_one_group(&writer, vec![Box::new(insert(1)), Box::new(orphan)]).await;
        assert!(answers.iter().all(is_unavailable), "{answers:?}");
        assert_eq!(writer.run(stored).await, Ok(vec![]));
    }

    #[tokio::test]
    async fn a_transaction_given_up_is_told_to_all_and_nobody_writes_outside_of_it() {
        let writer = writer();
        let gives_up = |db: &Connection| Ok(db.execute_batch("ROLLBACK")?);
        let answers =
            in_one_group(&writer, vec![Box::new(insert(1)), Box::new(gives_up), Box::new(insert(3))]).await;
        assert!(answers.iter().all(is_unavailable), "{answers:?}");
        assert_eq!(writer.run(stored).await, Ok(vec![]));
        assert_eq!(writer.run(insert(4)).await, Ok(()));
    }
}
