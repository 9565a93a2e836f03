//! Queries about work that goes on without the asker: one row for each record and kind.
//!
//! A task begins with no try. Every claim raises the number of the try and takes the task until the
//! lease is over; asking again counts anew. So when it was asked for and the number of the try
//! together say who has it.

use super::columns::{Word, id, word};
use super::{events, records};
use crate::{DueTask, NewEvent, Scope, StoreError, Task, TaskEnd, TaskKind, TaskState};
use egusi_protocol::{ErrorCode, RecordId};
use rusqlite::{Connection, OptionalExtension, Row, params};

macro_rules! task_columns {
    () => {
        "record, kind, state, asked_at_ms, ended_at_ms, problem"
    };
}

const BY_RECORD: &str = concat!(
    "SELECT ",
    task_columns!(),
    " FROM task WHERE company = ?1 AND env = ?2 AND record = ?3 AND kind = ?4"
);

/// Takes the place of the task before, if there was one.
macro_rules! begin {
    ($unless:literal) => {
        concat!(
            "INSERT INTO task (company, env, record, kind, state, asked_at_ms, ended_at_ms, due_at_ms,
                lease_until_ms, attempt, problem)
            VALUES (?1, ?2, ?3, ?4, 'running', ?5, NULL, ?5, 0, 0, '')
            ON CONFLICT (company, env, record, kind) DO UPDATE SET state = excluded.state,
                asked_at_ms = excluded.asked_at_ms, ended_at_ms = NULL, due_at_ms = excluded.due_at_ms,
                lease_until_ms = 0, attempt = 0, problem = '' ",
            $unless
        )
    };
}

const BEGIN: &str = begin!("");

const ASK: &str =
    concat!(begin!("WHERE task.state <> 'running' AND task.asked_at_ms < ?6 RETURNING "), task_columns!());

/// Of several that take tasks at once each gets others, for nothing comes between the search and the
/// write of one statement.
pub(super) const CLAIM: &str = "UPDATE task SET lease_until_ms = ?2, attempt = attempt + 1
    WHERE (company, env, record, kind) IN (
        SELECT company, env, record, kind FROM task
        WHERE due_at_ms <= ?1 AND lease_until_ms <= ?1 ORDER BY due_at_ms LIMIT ?3
    )
    RETURNING company, env, record, kind, asked_at_ms, attempt, due_at_ms";

/// Begins a task whatever the last one is at, for there is something new to be read. Whoever still
/// works on that one has lost it.
pub(super) fn begin(
    db: &Connection,
    scope: Scope,
    record: RecordId,
    kind: TaskKind,
    now_ms: i64,
) -> Result<(), StoreError> {
    let values = params![scope.company.bytes(), Word(scope.env), record.bytes(), Word(kind), now_ms];
    db.prepare_cached(BEGIN)?.execute(values)?;
    Ok(())
}

pub(super) fn ask(
    db: &Connection,
    scope: Scope,
    record: RecordId,
    kind: TaskKind,
    now_ms: i64,
    fresh_from_ms: i64,
) -> Result<(Task, bool), StoreError> {
    if !records::exists(db, scope, record)? {
        return Err(StoreError::NotFound);
    }
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let values = params![company, env, record.bytes(), Word(kind), now_ms, fresh_from_ms];
    match db.prepare_cached(ASK)?.query_row(values, task).optional()? {
        Some(begun) => Ok((begun, true)),
        None => Ok((find(db, scope, record, kind)?, false)),
    }
}

pub(super) fn find(
    db: &Connection,
    scope: Scope,
    record: RecordId,
    kind: TaskKind,
) -> Result<Task, StoreError> {
    let values = params![scope.company.bytes(), Word(scope.env), record.bytes(), Word(kind)];
    db.prepare_cached(BY_RECORD)?.query_row(values, task).optional()?.ok_or(StoreError::NotFound)
}

pub(super) fn claim(
    db: &Connection,
    now_ms: i64,
    lease_until_ms: i64,
    most: u32,
) -> Result<Vec<DueTask>, StoreError> {
    let mut statement = db.prepare_cached(CLAIM)?;
    let rows = statement.query_map(params![now_ms, lease_until_ms, most], |row| {
        let due_at_ms: i64 = row.get("due_at_ms")?;
        let task = DueTask {
            scope: Scope { company: id(row, "company")?, env: word(row, "env")? },
            record: id(row, "record")?,
            kind: word(row, "kind")?,
            asked_at_ms: row.get("asked_at_ms")?,
            attempt: row.get("attempt")?,
        };
        Ok((due_at_ms, task))
    })?;
    let mut claimed = rows.collect::<Result<Vec<_>, _>>()?;
    claimed.sort_by_key(|(due_at_ms, _)| *due_at_ms);
    Ok(claimed.into_iter().map(|(_, task)| task).collect())
}

/// A try ends once, and only by whoever took it last.
pub(super) fn end(
    db: &Connection,
    task: DueTask,
    at_ms: i64,
    end: TaskEnd,
    events: Vec<NewEvent>,
) -> Result<(), StoreError> {
    let DueTask { scope, record, kind, asked_at_ms, attempt } = task;
    let (state, ended_at_ms, due_at_ms, problem) = match end {
        TaskEnd::Completed => (TaskState::Completed, Some(at_ms), None, String::new()),
        TaskEnd::Again(due_at_ms) => (TaskState::Running, None, Some(due_at_ms), String::new()),
        TaskEnd::Failed(problem) => (TaskState::Failed, Some(at_ms), None, problem),
    };
    let sql =
        "UPDATE task SET state = ?7, ended_at_ms = ?8, due_at_ms = ?9, problem = ?10, lease_until_ms = 0
        WHERE company = ?1 AND env = ?2 AND record = ?3 AND kind = ?4 AND asked_at_ms = ?5 AND attempt = ?6
            AND lease_until_ms <> 0";
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let values = params![
        company,
        env,
        record.bytes(),
        Word(kind),
        asked_at_ms,
        attempt,
        Word(state),
        ended_at_ms,
        due_at_ms,
        problem,
    ];
    if db.prepare_cached(sql)?.execute(values)? == 0 {
        find(db, scope, record, kind)?;
        return Err(StoreError::Conflict);
    }
    for event in events {
        events::add(db, scope, event, None)?;
    }
    Ok(())
}

/// What is still to be done about the record is not done. Whoever works on it has lost it, and its end
/// is told by what caused this.
pub(super) fn break_off(
    db: &Connection,
    scope: Scope,
    at_ms: i64,
    record: RecordId,
) -> Result<(), StoreError> {
    let sql =
        "UPDATE task SET state = ?5, ended_at_ms = ?4, due_at_ms = NULL, lease_until_ms = 0, problem = ?6
        WHERE company = ?1 AND env = ?2 AND record = ?3 AND due_at_ms IS NOT NULL";
    let problem = ErrorCode::ConsentRevoked.as_str();
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let values = params![company, env, record.bytes(), at_ms, Word(TaskState::Failed), problem];
    db.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

fn task(row: &Row<'_>) -> rusqlite::Result<Task> {
    Ok(Task {
        record: id(row, "record")?,
        kind: word(row, "kind")?,
        state: word(row, "state")?,
        asked_at_ms: row.get("asked_at_ms")?,
        ended_at_ms: row.get("ended_at_ms")?,
        problem: row.get("problem")?,
    })
}
