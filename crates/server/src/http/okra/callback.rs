//! `callback?record=…&method=…`: how the last look at a record stands, and what it brought.

use super::call::{Answer, Call, answer, missing};
use super::{OkraError, auths, balances, transactions};
use crate::error::ApiError;
use crate::times::wire_time;
use egusi_protocol::{ErrorCode, RecordId};
use egusi_store::{Filter, Page, Paged, RecordRow, StoreError, Task, TaskKind, TaskState};
use serde::Serialize;

/// What may be polled for; Okra's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// The sign-in.
    Auth,
    /// Balances.
    Balance,
    /// Transactions, and with them balances.
    Transactions,
}

impl Method {
    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auth => "AUTH",
            Self::Balance => "BALANCE",
            Self::Transactions => "TRANSACTIONS",
        }
    }

    fn of(call: &Call) -> Result<Self, OkraError> {
        const EXPECTED: &str = "AUTH, BALANCE or TRANSACTIONS";
        let word = call.fields.needed(&["method"], EXPECTED)?.to_ascii_uppercase();
        let refused = |code, message: &str| Err(ApiError::refused(code, message).into());
        match word.strip_prefix("REFRESH_").unwrap_or(&word) {
            "AUTH" => Ok(Self::Auth),
            "BALANCE" => Ok(Self::Balance),
            "TRANSACTIONS" | "TRANSACTION" => Ok(Self::Transactions),
            "IDENTITY" | "INCOME" => refused(
                ErrorCode::NotSupported,
                "method: IDENTITY and INCOME are not supported by this server",
            ),
            _ => {
                let message = "method: expected AUTH, BALANCE or TRANSACTIONS, got something else";
                refused(ErrorCode::InvalidRequest, message)
            }
        }
    }

    /// The work that brings it. The first transactions come with the record's past.
    const fn tasks(self) -> &'static [TaskKind] {
        match self {
            Self::Auth => &[],
            Self::Balance => &[TaskKind::Balances],
            Self::Transactions => &[TaskKind::Transactions, TaskKind::History],
        }
    }

    const fn message(self, status: Status) -> &'static str {
        match (self, status) {
            (Self::Auth, _) => auths::RETRIEVED,
            (Self::Balance, Status::Completed) => balances::RETRIEVED,
            (Self::Balance, Status::Running) => super::looks::CHECKING,
            (Self::Balance, Status::Failed) => "Balance check failed",
            (Self::Transactions, Status::Completed) => transactions::RETRIEVED,
            (Self::Transactions, Status::Running) => super::looks::PROCESSING,
            (Self::Transactions, Status::Failed) => "Transactions could not be read",
        }
    }
}

/// How a look stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It goes on; poll again.
    Running,
    /// It is done, and its data is here.
    Completed,
    /// It came to nothing; `problem` says why.
    Failed,
}

/// How a look stands, with its data if it is done.
#[derive(Serialize)]
pub struct Polled<Data> {
    /// What was looked at.
    pub record: RecordId,
    /// For what.
    pub method: Method,
    /// How it stands.
    pub status: Status,
    /// Why it came to nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// When it was asked for; null if nobody did and the data is that of the sign-in.
    pub started_at: Option<String>,
    /// When it ended.
    pub ended_at: Option<String>,
    /// What it brought.
    #[serde(flatten)]
    pub data: Option<Data>,
}

/// `GET` or `POST callback {record, method}`
pub async fn poll(call: Call) -> Answer {
    let record = call.fields.id(&["record", "record_id"])?;
    let method = Method::of(&call)?;
    let sign_ins =
        call.app.store.records(call.scope, Filter::of_record(record), Page::numbered(1, 1)).await?;
    if sign_ins.rows.is_empty() {
        return Err(missing("Record not found"));
    }
    let task = last_task(&call, record, method).await?;
    match standing(task.as_ref()) {
        Status::Completed => with_data(&call, record, method, task, &sign_ins).await,
        status @ (Status::Running | Status::Failed) => {
            answer(method.message(status), polled::<()>(record, method, task, None))
        }
    }
}

/// The last look that was asked for, if any was.
async fn last_task(call: &Call, record: RecordId, method: Method) -> Result<Option<Task>, OkraError> {
    let mut last: Option<Task> = None;
    for kind in method.tasks() {
        match call.app.store.task(call.scope, record, *kind).await {
            Ok(task) if last.as_ref().is_none_or(|last| last.asked_at_ms < task.asked_at_ms) => {
                last = Some(task)
            }
            Ok(_) | Err(StoreError::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(last)
}

/// What nobody asked for is done: the sign-in itself read it.
fn standing(task: Option<&Task>) -> Status {
    match task.map(|task| task.state) {
        Some(TaskState::Running) => Status::Running,
        Some(TaskState::Failed) => Status::Failed,
        Some(TaskState::Completed) | None => Status::Completed,
    }
}

async fn with_data(
    call: &Call,
    record: RecordId,
    method: Method,
    task: Option<Task>,
    sign_ins: &Paged<RecordRow>,
) -> Answer {
    let message = method.message(Status::Completed);
    let filter = Filter::of_record(record);
    match method {
        Method::Auth => {
            let list = auths::shown(call, call.view(), sign_ins, Page::numbered(1, 1));
            answer(message, polled(record, method, task, Some(list)))
        }
        Method::Balance => {
            let (found, page, history) = balances::find(call, filter).await?;
            let list = balances::shown(call, call.view(), &found, page, history);
            answer(message, polled(record, method, task, Some(list)))
        }
        Method::Transactions => {
            let (found, page) = transactions::find(call, filter).await?;
            let list = transactions::shown(call, &found, page);
            answer(message, polled(record, method, task, Some(list)))
        }
    }
}

/// How a look stands, on the wire.
pub fn polled<Data>(
    record: RecordId,
    method: Method,
    task: Option<Task>,
    data: Option<Data>,
) -> Polled<Data> {
    let status = standing(task.as_ref());
    let started_at = task.as_ref().map(|task| wire_time(task.asked_at_ms));
    let ended_at = task.as_ref().and_then(|task| task.ended_at_ms).map(wire_time);
    let problem = task.map(|task| task.problem).filter(|problem| !problem.is_empty());
    Polled { record, method, status, problem, started_at, ended_at, data }
}
