//! Promises about work that goes on without the asker.

use super::endpoints::made;
use super::events::{claim, event};
use super::samples::{NOON_MS, account, connection, id, others, reading, scope, visit};
use crate::{DueTask, Store, StoreError, Task, TaskEnd, TaskKind, TaskState};
use std::collections::HashSet;
use std::sync::Arc;
use tokio::task::JoinSet;

const KIND: TaskKind = TaskKind::Balances;

async fn records(store: &dyn Store, numbers: &[u32]) {
    for number in numbers {
        let accounts = vec![account(*number, reading(NOON_MS, 1))];
        visit(store, scope(), *number, connection(*number, accounts)).await.unwrap();
    }
}

fn running(number: u32, kind: TaskKind, asked_at_ms: i64) -> Task {
    Task {
        record: id(number),
        kind,
        state: TaskState::Running,
        asked_at_ms,
        ended_at_ms: None,
        problem: String::new(),
    }
}

fn due(number: u32, asked_at_ms: i64, attempt: u32) -> DueTask {
    DueTask { scope: scope(), record: id(number), kind: KIND, asked_at_ms, attempt }
}

/// Asks for task 10 at that time, with what was asked for a minute before as fresh enough.
async fn ask(store: &dyn Store, at_ms: i64) -> (Task, bool) {
    store.ask_task(scope(), id(10), KIND, at_ms, at_ms - 60_000).await.unwrap()
}

/// Whoever asks hears of it, and can ask again how it stands; each kind is a task of its own.
pub async fn a_task_that_is_asked_for_begins(store: Arc<dyn Store>) {
    records(&*store, &[10]).await;
    assert_eq!(store.task(scope(), id(10), KIND).await, Err(StoreError::NotFound));
    let begun = running(10, KIND, NOON_MS);
    assert_eq!(ask(&*store, NOON_MS).await, (begun.clone(), true));
    assert_eq!(store.task(scope(), id(10), KIND).await, Ok(begun));
    assert_eq!(store.task(scope(), id(10), TaskKind::Transactions).await, Err(StoreError::NotFound));
    let other = store.ask_task(scope(), id(10), TaskKind::Transactions, NOON_MS + 1, NOON_MS).await;
    assert_eq!(other, Ok((running(10, TaskKind::Transactions, NOON_MS + 1), true)));
}

/// Nobody works on a record that is not there or that is somebody else's.
pub async fn a_task_is_about_a_record_of_its_scope(store: Arc<dyn Store>) {
    records(&*store, &[10]).await;
    ask(&*store, NOON_MS).await;
    let missing = store.ask_task(scope(), id(99), KIND, NOON_MS, NOON_MS).await;
    assert_eq!(missing, Err(StoreError::NotFound));
    for scope in others() {
        assert_eq!(store.ask_task(scope, id(10), KIND, NOON_MS, 0).await, Err(StoreError::NotFound));
        assert_eq!(store.task(scope, id(10), KIND).await, Err(StoreError::NotFound));
    }
    assert_eq!(store.claim_tasks(NOON_MS, NOON_MS + 1, 10).await.unwrap().len(), 1);
}

/// A running one is joined however old it is, an ended one while it is fresh.
pub async fn a_task_that_runs_or_is_fresh_is_not_begun_again(store: Arc<dyn Store>) {
    records(&*store, &[10]).await;
    ask(&*store, NOON_MS).await;
    assert_eq!(ask(&*store, NOON_MS + 900_000).await, (running(10, KIND, NOON_MS), false));
    store.claim_tasks(NOON_MS, NOON_MS + 30_000, 10).await.unwrap();
    store.end_task(due(10, NOON_MS, 1), NOON_MS + 2_000, TaskEnd::Completed, vec![]).await.unwrap();
    let ended = Task {
        state: TaskState::Completed,
        ended_at_ms: Some(NOON_MS + 2_000),
        ..running(10, KIND, NOON_MS)
    };
    assert_eq!(ask(&*store, NOON_MS + 60_000).await, (ended, false));
    assert_eq!(ask(&*store, NOON_MS + 60_001).await, (running(10, KIND, NOON_MS + 60_001), true));
    assert_eq!(
        store.claim_tasks(NOON_MS + 60_001, NOON_MS + 90_000, 10).await,
        Ok(vec![due(10, NOON_MS + 60_001, 1)])
    );
}

/// Not before its time, and only so many at once.
pub async fn due_tasks_are_taken_longest_waiting_first(store: Arc<dyn Store>) {
    records(&*store, &[10, 20, 30, 40]).await;
    for (number, at_ms) in [(10, 3), (20, 1), (30, 2), (40, 9)] {
        store.ask_task(scope(), id(number), KIND, at_ms, 0).await.unwrap();
    }
    assert_eq!(store.claim_tasks(0, 100, 10).await, Ok(vec![]));
    assert_eq!(store.claim_tasks(5, 100, 2).await, Ok(vec![due(20, 1, 1), due(30, 2, 1)]));
    assert_eq!(store.claim_tasks(5, 100, 10).await, Ok(vec![due(10, 3, 1)]));
    assert_eq!(store.claim_tasks(5, 100, 10).await, Ok(vec![]));
    assert_eq!(store.claim_tasks(9, 100, 0).await, Ok(vec![]));
    assert_eq!(store.claim_tasks(9, 100, 10).await, Ok(vec![due(40, 9, 1)]));
}

/// Tasks of all companies and worlds are taken together, each with its own scope.
pub async fn tasks_of_every_scope_are_taken(store: Arc<dyn Store>) {
    let scopes = [scope(), others()[0], others()[1]];
    for (number, scope) in (10..).zip(scopes) {
        let accounts = vec![account(10, reading(NOON_MS, 1))];
        visit(&*store, scope, number, connection(10, accounts)).await.unwrap();
        store.ask_task(scope, id(10), KIND, i64::from(number), 0).await.unwrap();
    }
    let taken = store.claim_tasks(NOON_MS, NOON_MS + 1, 10).await.unwrap();
    assert_eq!(taken.iter().map(|task| task.scope).collect::<Vec<_>>(), scopes);
}

/// Whoever took it and was lost holds nobody up, and can end nothing any more.
pub async fn a_task_whose_lease_is_over_is_taken_again(store: Arc<dyn Store>) {
    records(&*store, &[10]).await;
    ask(&*store, NOON_MS).await;
    let claim = async |at_ms| store.claim_tasks(NOON_MS + at_ms, NOON_MS + at_ms + 10, 10).await.unwrap();
    assert_eq!(claim(0).await, [due(10, NOON_MS, 1)]);
    assert_eq!(claim(9).await, []);
    assert_eq!(claim(10).await, [due(10, NOON_MS, 2)]);
    let lost = store.end_task(due(10, NOON_MS, 1), NOON_MS + 11, TaskEnd::Completed, vec![]).await;
    assert_eq!(lost, Err(StoreError::Conflict));
    assert_eq!(store.task(scope(), id(10), KIND).await.unwrap().state, TaskState::Running);
    // A slow one may still end what nobody has taken since.
    store.end_task(due(10, NOON_MS, 2), NOON_MS + 99, TaskEnd::Completed, vec![]).await.unwrap();
    assert_eq!(store.task(scope(), id(10), KIND).await.unwrap().ended_at_ms, Some(NOON_MS + 99));
}

/// Each end says how the task stands; one that comes to nothing says why.
pub async fn a_try_ends_once(store: Arc<dyn Store>) {
    records(&*store, &[10]).await;
    ask(&*store, NOON_MS).await;
    let end = async |attempt, end| store.end_task(due(10, NOON_MS, attempt), NOON_MS + 7, end, vec![]).await;
    assert_eq!(end(0, TaskEnd::Completed).await, Err(StoreError::Conflict), "nobody has taken it");
    store.claim_tasks(NOON_MS, NOON_MS + 10, 1).await.unwrap();
    end(1, TaskEnd::Again(NOON_MS + 500)).await.unwrap();
    assert_eq!(end(1, TaskEnd::Completed).await, Err(StoreError::Conflict));
    assert_eq!(store.task(scope(), id(10), KIND).await, Ok(running(10, KIND, NOON_MS)));
    assert_eq!(store.claim_tasks(NOON_MS + 499, NOON_MS + 900, 1).await, Ok(vec![]));
    assert_eq!(store.claim_tasks(NOON_MS + 500, NOON_MS + 900, 1).await, Ok(vec![due(10, NOON_MS, 2)]));
    end(2, TaskEnd::Failed("institution_down".to_owned())).await.unwrap();
    let failed = Task {
        state: TaskState::Failed,
        ended_at_ms: Some(NOON_MS + 7),
        problem: "institution_down".to_owned(),
        ..running(10, KIND, NOON_MS)
    };
    assert_eq!(store.task(scope(), id(10), KIND).await, Ok(failed));
    assert_eq!(store.claim_tasks(NOON_MS + 9_000, NOON_MS + 9_900, 1).await, Ok(vec![]));
    let nobodys = DueTask { record: id(99), ..due(10, NOON_MS, 2) };
    assert_eq!(store.end_task(nobodys, NOON_MS, TaskEnd::Completed, vec![]).await, Err(StoreError::NotFound));
}

/// Only by whoever ends it, and in the same moment.
pub async fn the_end_of_a_try_is_told_with_it(store: Arc<dyn Store>) {
    made(&*store, 1, true).await;
    records(&*store, &[10]).await;
    ask(&*store, NOON_MS).await;
    store.claim_tasks(NOON_MS, NOON_MS + 10, 1).await.unwrap();
    store.claim_tasks(NOON_MS + 10, NOON_MS + 20, 1).await.unwrap();
    let failed = async |attempt, number| {
        let end = TaskEnd::Failed("institution_down".to_owned());
        let events = vec![event(number, Some(10), None)];
        store.end_task(due(10, NOON_MS, attempt), NOON_MS + 7, end, events).await
    };
    assert_eq!(failed(1, 20).await, Err(StoreError::Conflict));
    assert_eq!(failed(2, 21).await, Ok(()));
    assert_eq!(failed(2, 22).await, Err(StoreError::Conflict));
    let told = claim(&*store, NOON_MS).await;
    assert_eq!(told.iter().map(|due| due.event.id).collect::<Vec<_>>(), [id(21)]);
}

/// A task that is asked for again counts its tries anew, and the old proof is none for it.
pub async fn a_try_of_an_earlier_asking_ends_nothing(store: Arc<dyn Store>) {
    records(&*store, &[10]).await;
    ask(&*store, NOON_MS).await;
    store.claim_tasks(NOON_MS, NOON_MS + 10, 1).await.unwrap();
    store.claim_tasks(NOON_MS + 10, NOON_MS + 20, 1).await.unwrap();
    let failed = TaskEnd::Failed("institution_down".to_owned());
    store.end_task(due(10, NOON_MS, 2), NOON_MS + 11, failed, vec![]).await.unwrap();
    let again_ms = NOON_MS + 100_000;
    assert!(ask(&*store, again_ms).await.1);
    assert_eq!(store.task(scope(), id(10), KIND).await, Ok(running(10, KIND, again_ms)));
    assert_eq!(store.claim_tasks(again_ms, again_ms + 10, 1).await, Ok(vec![due(10, again_ms, 1)]));
    let slow = store.end_task(due(10, NOON_MS, 1), again_ms + 1, TaskEnd::Completed, vec![]).await;
    assert_eq!(slow, Err(StoreError::Conflict));
}

/// However many look for work at once, each task is taken by one of them.
pub async fn of_many_who_take_tasks_at_once_each_gets_others(store: Arc<dyn Store>) {
    let numbers: Vec<u32> = (10..26).collect();
    records(&*store, &numbers).await;
    for number in &numbers {
        store.ask_task(scope(), id(*number), KIND, NOON_MS, 0).await.unwrap();
    }
    let mut claims = JoinSet::new();
    for _ in 0..8 {
        let store = Arc::clone(&store);
        claims.spawn(async move { store.claim_tasks(NOON_MS, NOON_MS + 10, 3).await.unwrap() });
    }
    let taken: Vec<_> = claims.join_all().await.into_iter().flatten().collect();
    assert_eq!(taken.len(), numbers.len());
    assert_eq!(taken.iter().map(|task| task.record).collect::<HashSet<_>>().len(), numbers.len());
}

/// What a sign-in asks for is done at once, even where an earlier task is fresh or waits.
pub async fn a_finished_session_begins_its_task(store: Arc<dyn Store>) {
    let signs_in = async |number, at_ms| {
        let mut connection = connection(10, vec![account(10, reading(NOON_MS, 1))]);
        connection.at_ms = at_ms;
        connection.then = Some(KIND);
        visit(&*store, scope(), number, connection).await.unwrap();
    };
    signs_in(1, NOON_MS).await;
    assert_eq!(store.task(scope(), id(10), KIND).await, Ok(running(10, KIND, NOON_MS)));
    store.claim_tasks(NOON_MS, NOON_MS + 10, 1).await.unwrap();
    store.end_task(due(10, NOON_MS, 1), NOON_MS, TaskEnd::Again(NOON_MS + 900_000), vec![]).await.unwrap();
    signs_in(2, NOON_MS + 5).await;
    assert_eq!(store.claim_tasks(NOON_MS + 5, NOON_MS + 90, 1).await, Ok(vec![due(10, NOON_MS + 5, 1)]));
    store.end_task(due(10, NOON_MS + 5, 1), NOON_MS + 6, TaskEnd::Completed, vec![]).await.unwrap();
    signs_in(3, NOON_MS + 7).await;
    assert_eq!(store.task(scope(), id(10), KIND).await, Ok(running(10, KIND, NOON_MS + 7)));
}
