//! Calls that make this server ask an institution again: at once, or without the caller waiting.

use super::OkraError;
use super::balances;
use super::call::{Answer, Call, answer, missing};
use super::callback::Method;
use crate::error::ApiError;
use crate::readings;
use egusi_protocol::{AccountId, ErrorCode, RecordId};
use egusi_store::{AccountRow, Filter, Page, TaskKind};
use serde::Serialize;

/// What Okra answered when a look at balances begins.
pub const CHECKING: &str = "Balance checking...";
/// The same for transactions.
pub const PROCESSING: &str = "Transactions processing...";

/// That a look was asked for, and where to poll for what it brings.
#[derive(Debug, Serialize)]
pub struct Asked {
    /// Where to poll.
    pub callback_url: String,
    /// What is looked at.
    pub record: RecordId,
    /// For what.
    pub method: Method,
}

/// `balance/check {record_id, account_id}`: asks the institution while the caller waits. One of the
/// two is enough; without an account all balances of the record are answered.
pub async fn check_balance(call: Call) -> Answer {
    let (record, account) = subject(&call).await?;
    let history = call.history()?;
    ensure_shared(&call, account).await?;
    readings::look::balances(&call.app, call.scope, record).await?;
    let filter = Filter { account, ..Filter::of_record(record) };
    if account.is_none() {
        return balances::list(&call, filter).await;
    }
    let found = call.app.store.balances(call.scope, filter, Page::first(1), history.is_some()).await?;
    let row = found.rows.first().ok_or_else(|| missing("Balance not found"))?;
    balances::one(&call, row, history)
}

/// `balance/refresh {account_id, record_id}`, `products/balance/periodic` and aliases: one of the two
/// is enough.
pub async fn refresh_balance(call: Call) -> Answer {
    ask(&call, TaskKind::Balances, Method::Balance, CHECKING).await
}

/// `transactions/refresh {account_id}`, `products/transactions/periodic` and aliases.
pub async fn refresh_transactions(call: Call) -> Answer {
    ask(&call, TaskKind::Transactions, Method::Transactions, PROCESSING).await
}

/// An account the customer does not share cannot be looked at; what was known of it stands.
async fn ensure_shared(call: &Call, account: Option<AccountId>) -> Result<(), OkraError> {
    let Some(account) = account else { return Ok(()) };
    let found = call.app.store.accounts(call.scope, Filter::of_account(account), Page::first(1)).await?;
    for row in &found.rows {
        readings::look::ensure_shared(&call.app, call.scope, row).await?;
    }
    Ok(())
}

async fn ask(call: &Call, kind: TaskKind, method: Method, message: &'static str) -> Answer {
    let (record, _) = subject(call).await?;
    readings::tasks::ask(&call.app, call.scope, record, kind).await?;
    answer(message, Asked { callback_url: call.callback_url(record, method.as_str()), record, method })
}

/// The record a call is about, and the account if it names one. An account of another record is as
/// good as none.
async fn subject(call: &Call) -> Result<(RecordId, Option<AccountId>), OkraError> {
    let record = call.fields.optional_id(&["record_id", "record"])?;
    let account = call.fields.optional_id(&["account_id", "account"])?;
    match (record, account) {
        (Some(record), None) => Ok((record, None)),
        (record, Some(account)) => {
            let filter = Filter { record, ..Filter::of_account(account) };
            let found = call.app.store.accounts(call.scope, filter, Page::first(1)).await?;
            let AccountRow { record, .. } = found.rows.first().ok_or_else(|| missing("Account not found"))?;
            Ok((*record, Some(account)))
        }
        (None, None) => Err(missing_field()),
    }
}

fn missing_field() -> OkraError {
    let message = "account_id: expected an id of 24 hex digits, or a record_id, got nothing";
    ApiError::refused(ErrorCode::InvalidRequest, message).into()
}
