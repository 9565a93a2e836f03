//! What sandbox accounts hold and whether their sign-ins serve, changed by whoever tests.

use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::json::Body;
use crate::http::paths::Named;
use crate::sandbox::balances::{self, Figures, Movement};
use crate::sandbox::simulate::simulate as simulated;
use crate::state::App;
use crate::times::wire_time;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use egusi_connectors::{PendingList, ReportedAccount, ReportedTransaction};
use egusi_protocol::{AccountId, AvailableSource, Currency, EventId, EventKind, RecordId, major_text};
use serde::{Deserialize, Deserializer, Serialize};

/// Body of `POST /v3/sandbox/accounts/{id}/balance`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetBalance {
    /// Booked money, decimal text in major units.
    ledger: Option<String>,
    /// What the bank calls available; null lets it say nothing.
    #[serde(default, deserialize_with = "there")]
    available: Option<Option<String>>,
}

/// Body of `POST /v3/sandbox/accounts/{id}/transactions`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddTransaction {
    /// Decimal text in major units; negative if money leaves.
    amount: String,
    /// What the bank says it is.
    description: String,
    /// Whether it is not booked yet.
    #[serde(default)]
    pending: bool,
    /// When, in RFC 3339.
    at: Option<String>,
}

/// Body of `POST /v3/sandbox/accounts/{id}/pending`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetPending {
    /// Whether the list breaks off half-way.
    fails: bool,
}

/// An account as the bank reports it.
#[derive(Debug, Serialize)]
pub struct AccountReply {
    account: AccountId,
    currency: Currency,
    ledger: Option<String>,
    available: Option<String>,
    available_source: Option<AvailableSource>,
    /// `none`, `complete` or `incomplete`.
    pending_list: &'static str,
    pending: Vec<TransactionReply>,
}

/// A transaction as the bank reports it.
#[derive(Debug, Serialize)]
pub struct TransactionReply {
    /// The bank's own name for it.
    reference: String,
    amount: String,
    currency: Currency,
    description: String,
    at: Option<String>,
}

/// `POST /v3/sandbox/accounts/{id}/balance`
pub async fn set_balance(
    State(app): State<App>,
    Caller { scope, .. }: Caller,
    Named(account): Named<AccountId>,
    Body(SetBalance { ledger, available }): Body<SetBalance>,
) -> Result<Json<AccountReply>, ApiError> {
    let reported = balances::set(&app, scope, account, Figures { ledger, available }).await?;
    Ok(Json(account_reply(account, reported)))
}

/// `POST /v3/sandbox/accounts/{id}/transactions`
pub async fn add_transaction(
    State(app): State<App>,
    Caller { scope, .. }: Caller,
    Named(account): Named<AccountId>,
    Body(AddTransaction { amount, description, pending, at }): Body<AddTransaction>,
) -> Result<(StatusCode, Json<TransactionReply>), ApiError> {
    let movement = Movement { amount, description, is_pending: pending, at };
    let (added, currency) = balances::add(&app, scope, account, movement).await?;
    Ok((StatusCode::CREATED, Json(transaction_reply(added, currency))))
}

/// `DELETE /v3/sandbox/accounts/{id}/pending`
pub async fn clear_pending(
    State(app): State<App>,
    Caller { scope, .. }: Caller,
    Named(account): Named<AccountId>,
) -> Result<Json<AccountReply>, ApiError> {
    let reported = balances::clear_pending(&app, scope, account).await?;
    Ok(Json(account_reply(account, reported)))
}

/// `POST /v3/sandbox/accounts/{id}/pending`
pub async fn set_pending(
    State(app): State<App>,
    Caller { scope, .. }: Caller,
    Named(account): Named<AccountId>,
    Body(SetPending { fails }): Body<SetPending>,
) -> Result<Json<AccountReply>, ApiError> {
    let reported = balances::break_pending(&app, scope, account, fails).await?;
    Ok(Json(account_reply(account, reported)))
}

/// `POST /v3/sandbox/records/{id}/require-sign-in`
pub async fn require_sign_in(
    State(app): State<App>,
    Caller { scope, .. }: Caller,
    Named(record): Named<RecordId>,
) -> Result<StatusCode, ApiError> {
    balances::require_sign_in(&app, scope, record).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Body of `POST /v3/sandbox/records/{id}/simulate`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Simulate {
    /// What is to be told, as if it had happened.
    event: EventKind,
}

/// What was told.
#[derive(Debug, Serialize)]
pub struct Simulated {
    event: EventId,
}

/// `POST /v3/sandbox/records/{id}/simulate`
pub async fn simulate(
    State(app): State<App>,
    Caller { scope, .. }: Caller,
    Named(record): Named<RecordId>,
    Body(Simulate { event }): Body<Simulate>,
) -> Result<(StatusCode, Json<Simulated>), ApiError> {
    let event = simulated(&app, scope, record, event).await?;
    Ok((StatusCode::ACCEPTED, Json(Simulated { event })))
}

fn account_reply(account: AccountId, reported: ReportedAccount) -> AccountReply {
    let ReportedAccount { name: _, number: _, kind: _, currency, barred: _, reported, pending } = reported;
    let text = |minor| major_text(minor, currency.decimals());
    let settled = reported.settle().ok();
    let (pending_list, list) = match pending {
        PendingList::NoFeed => ("none", Vec::new()),
        PendingList::Complete(list) => ("complete", list),
        PendingList::Incomplete => ("incomplete", Vec::new()),
    };
    AccountReply {
        account,
        currency,
        ledger: settled.and_then(|balance| balance.ledger).map(text),
        available: settled.and_then(|balance| balance.available).map(text),
        available_source: settled.map(|balance| balance.source),
        pending_list,
        pending: list.into_iter().map(|one| transaction_reply(one, currency)).collect(),
    }
}

fn transaction_reply(transaction: ReportedTransaction, currency: Currency) -> TransactionReply {
    let ReportedTransaction { id, amount_minor, description, at_ms } = transaction;
    TransactionReply {
        reference: id,
        amount: major_text(amount_minor, currency.decimals()),
        currency,
        description,
        at: at_ms.map(wire_time),
    }
}

/// Tells a null from a field that is not there.
fn there<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(deserializer).map(Some)
}
