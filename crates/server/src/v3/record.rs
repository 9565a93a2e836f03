//! Records: the lasting results of sign-ins, and how looks at their banks stand.

use crate::v3::scalars::{Id, Time};
use egusi_protocol::{AppId, CustomerId, EndpointId, InstitutionId, RecordId};
use egusi_store::{RecordRow, Task, TaskKind, TaskState};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// The lasting result of one sign-in at one institution.
#[derive(Debug, Serialize, ToSchema)]
pub struct Record {
    /// Its name.
    #[schema(value_type = Id)]
    id: RecordId,
    /// The person.
    #[schema(value_type = Id)]
    customer: CustomerId,
    /// The person's name.
    customer_name: String,
    /// Where.
    #[schema(value_type = Id)]
    institution: InstitutionId,
    /// What was asked for, such as `auth` and `balance`.
    products: Vec<String>,
    /// The App it was made through, if any.
    #[schema(required, value_type = Option<Id>)]
    app: Option<AppId>,
    /// The webhook endpoint of its own, if it has one.
    #[schema(required, value_type = Option<Id>)]
    endpoint: Option<EndpointId>,
    /// The `options` the page gave at the opening; null if it gave none.
    #[schema(required, value_type = Option<Object>)]
    options: Option<Box<RawValue>>,
    /// The `meta` the page gave at the opening; null if it gave none.
    #[schema(value_type = Value)]
    meta: Option<Box<RawValue>>,
    /// `ok`; `sign_in_needed` while the institution tells nothing until the customer signs in again;
    /// `revoked` once the customer has stopped the sharing, until they agree anew.
    #[schema(pattern = "^(ok|sign_in_needed|revoked)$")]
    status: &'static str,
    /// Until when you may read.
    consent_until: Time,
    /// When the customer stopped the sharing; null unless they did. What was read before stays.
    #[schema(required)]
    revoked_at: Option<Time>,
    /// When it was first made.
    created_at: Time,
    /// When it last changed.
    updated_at: Time,
}

impl From<RecordRow> for Record {
    fn from(row: RecordRow) -> Self {
        let RecordRow {
            id,
            customer,
            customer_name,
            institution,
            products,
            app,
            endpoint,
            options,
            meta,
            status,
            consent_until_ms,
            revoked_at_ms,
            created_at_ms,
            updated_at_ms,
        } = row;
        Self {
            id,
            customer,
            customer_name,
            institution,
            products: products.split_whitespace().map(str::to_owned).collect(),
            app,
            endpoint,
            options: RawValue::from_string(options).ok(),
            meta: RawValue::from_string(meta).ok(),
            status: status.as_str(),
            consent_until: Time(consent_until_ms),
            revoked_at: revoked_at_ms.map(Time),
            created_at: Time(created_at_ms),
            updated_at: Time(updated_at_ms),
        }
    }
}

/// What is to be read again.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The balances.
    Balances,
    /// The transactions, and with them the balances.
    Transactions,
}

impl From<What> for TaskKind {
    fn from(what: What) -> Self {
        match what {
            What::Balances => Self::Balances,
            What::Transactions => Self::Transactions,
        }
    }
}

/// A look at the bank, to be begun.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshWanted {
    /// What is to be read again.
    pub what: What,
}

/// A look at the bank, and how it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Refresh {
    /// The record.
    #[schema(value_type = Id)]
    record: RecordId,
    /// `balances`, `transactions`, or `history` for the first look at the past, which nobody asks for.
    #[schema(pattern = "^(balances|transactions|history)$")]
    what: &'static str,
    /// `running`, `completed` or `failed`.
    #[schema(pattern = "^(running|completed|failed)$")]
    state: &'static str,
    /// When it was asked for.
    asked_at: Time,
    /// When it ended; null while it runs.
    #[schema(required)]
    ended_at: Option<Time>,
    /// Why it failed, such as `sign_in_needed` or `institution_down`; null if it did not.
    #[schema(required)]
    problem: Option<String>,
}

impl From<Task> for Refresh {
    fn from(task: Task) -> Self {
        let Task { record, kind, state, asked_at_ms, ended_at_ms, problem } = task;
        Self {
            record,
            what: match kind {
                TaskKind::Balances => "balances",
                TaskKind::Transactions => "transactions",
                TaskKind::History => "history",
            },
            state: match state {
                TaskState::Running => "running",
                TaskState::Completed => "completed",
                TaskState::Failed => "failed",
            },
            asked_at: Time(asked_at_ms),
            ended_at: ended_at_ms.map(Time),
            problem: Some(problem).filter(|problem| !problem.is_empty()),
        }
    }
}

/// The last look of each kind; null if there was none.
#[derive(Debug, Serialize, ToSchema)]
pub struct Refreshes {
    /// At the balances.
    #[schema(required)]
    pub balances: Option<Refresh>,
    /// At the transactions.
    #[schema(required)]
    pub transactions: Option<Refresh>,
    /// The first, at the past.
    #[schema(required)]
    pub history: Option<Refresh>,
}
