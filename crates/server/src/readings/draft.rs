//! What is written after a look: readings, transactions, thresholds crossed, and the events that
//! tell of it, all for one version of the record.

use super::ask::{Asked, Past};
use super::crossing::{Crossing, cross};
use super::reading::{closing_of, reading_of};
use super::telling::{Subject, task_event_id};
use crate::error::ApiError;
use crate::state::App;
use crate::webhooks::events::What;
use egusi_connectors::{PendingList, ReportedAccount, ReportedTransaction};
use egusi_ledger::refuse_shared_keys;
use egusi_protocol::{AccountId, Product, RecordStatus};
use egusi_store::{
    BalanceRow, FullAccount, FullRecord, NewEvent, NewReading, NewTransaction, NewTransactions, Reading,
    RecordUpdate, Scope, TaskKind,
};

/// Whether the company asked for a product when the record was made.
pub fn asked_for(full: &FullRecord, product: Product) -> bool {
    full.row.products.split_ascii_whitespace().any(|word| word == product.as_str())
}

/// An update that changes nothing yet.
fn nothing(full: &FullRecord, at_ms: i64) -> RecordUpdate {
    RecordUpdate {
        record: full.row.id,
        version: full.version,
        at_ms,
        status: full.row.status,
        access: None,
        readings: Vec::new(),
        transactions: Vec::new(),
        watches: Vec::new(),
        events: Vec::new(),
    }
}

/// The institution wants a new sign-in: written and told once, however often one looks.
pub fn sign_in_needed(
    app: &App,
    full: &FullRecord,
    subject: &Subject,
) -> Result<Option<RecordUpdate>, ApiError> {
    if full.row.status != RecordStatus::Ok {
        return Ok(None);
    }
    let at_ms = app.now_ms();
    let events = vec![subject.event(app, at_ms, What::SignInNeeded)?];
    Ok(Some(RecordUpdate { status: RecordStatus::SignInNeeded, events, ..nothing(full, at_ms) }))
}

/// One account's past: the closing balances when it is read for the first time, and transactions
/// if they were asked for.
pub fn past(app: &App, scope: Scope, full: &FullRecord, past: &Past, kind: TaskKind) -> RecordUpdate {
    let mut update = nothing(full, app.now_ms());
    let shared = |account: &&FullAccount| account.row.id == past.account && account.row.connected;
    // The customer may have ended the sharing meanwhile.
    let Some(account) = full.accounts.iter().find(shared) else { return update };
    if kind == TaskKind::History && asked_for(full, Product::Balance) {
        update.readings.push(NewReading {
            account: account.row.id,
            balance: account.row.balance.unwrap_or_else(|| app.mint.id(update.at_ms)),
            readings: past.history.closings.iter().map(closing_of).collect(),
            still_listed: true,
        });
    }
    if asked_for(full, Product::Transactions) {
        let posted = past.history.transactions.iter();
        update.transactions.push(NewTransactions {
            account: account.row.id,
            pending: None,
            posted: posted.map(|one| transaction(app, scope, account.row.id, one, update.at_ms)).collect(),
        });
    }
    update
}

/// The balances as the institution tells them now.
///
/// # Errors
/// If the institution's list names one account twice, so that nobody could say whose money it is.
pub fn balances(
    app: &App,
    full: &FullRecord,
    asked: &Asked,
    subject: &Subject,
    kind: TaskKind,
) -> Result<RecordUpdate, ApiError> {
    let scope = subject.scope;
    let mut update = nothing(full, asked.at_ms);
    // An answer to an older access says nothing about the one that has taken its place.
    if full.access == asked.access {
        update.status = RecordStatus::Ok;
    }
    let keyed: Vec<_> = asked
        .accounts
        .iter()
        .map(|reported| (app.sealer.blind(scope, "account", &reported.number), reported))
        .collect();
    refuse_shared_keys(keyed.iter().map(|(key, _)| *key))
        .map_err(|_| ApiError::Unavailable("an institution lists one account twice".into()))?;
    let (mut crossings, mut told) = (Vec::new(), Vec::new());
    for account in full.accounts.iter().filter(|account| account.row.connected) {
        let reported = keyed.iter().find(|(key, _)| *key == account.key).map(|(_, reported)| *reported);
        let balance = account.row.balance.unwrap_or_else(|| app.mint.id(asked.at_ms));
        let reading = reported
            .filter(|_| asked_for(full, Product::Balance))
            .and_then(|reported| reading_of(reported, account.current.as_ref(), asked.at_ms).ok());
        // A late answer takes its place in the past; what counts, and is told, is the newest.
        let newest = reading.filter(|new| account.current.is_none_or(|current| new.supersedes(&current)));
        if let Some(reading) = newest {
            let (changes, crossed) =
                cross(account.row.id, account.row.currency, &account.watches, reading.available_minor);
            update.watches.extend(changes);
            crossings.extend(crossed);
            told.push(balance_row(full, account, asked, reading, balance));
        }
        update.readings.push(NewReading {
            account: account.row.id,
            balance,
            readings: reading.into_iter().collect(),
            still_listed: reported.is_some(),
        });
        // What has posted leaves the pending list, so the one is written only where the other is read.
        if kind != TaskKind::Balances && asked_for(full, Product::Transactions) {
            update
                .transactions
                .extend(reported.and_then(|one| pending(app, scope, account, one, asked.at_ms)));
        }
    }
    update.events = events(app, full, asked.at_ms, subject, kind, &told, &crossings)?;
    Ok(update)
}

fn events(
    app: &App,
    full: &FullRecord,
    at_ms: i64,
    subject: &Subject,
    kind: TaskKind,
    told: &[BalanceRow],
    crossings: &[Crossing],
) -> Result<Vec<NewEvent>, ApiError> {
    let what = match kind {
        TaskKind::Balances => Some(What::BalanceRead(told)),
        TaskKind::Transactions => Some(What::TransactionsRead),
        // Whoever asked only for balances has heard of them at the connection.
        TaskKind::History => asked_for(full, Product::Transactions).then_some(What::TransactionsRead),
    };
    let mut events = Vec::new();
    if let Some(what) = what {
        let event = subject.event(app, at_ms, what)?;
        // A task that is done again, because its worker was lost before it could say so, is told once.
        let id = subject
            .asked_at_ms
            .map_or(event.id, |asked_at_ms| task_event_id(b"told", full.row.id, kind, asked_at_ms));
        events.push(NewEvent { id, ..event });
    }
    for crossing in crossings {
        events.push(subject.low_funds(app, at_ms, crossing, b"")?);
    }
    Ok(events)
}

/// The balance as it is going to be read.
fn balance_row(
    full: &FullRecord,
    account: &FullAccount,
    asked: &Asked,
    current: Reading,
    id: egusi_protocol::BalanceId,
) -> BalanceRow {
    let known = asked.known.iter().find(|known| known.id == id);
    BalanceRow {
        id,
        account: account.row.id,
        account_name: account.row.name.clone(),
        account_number: account.row.number.clone(),
        currency: account.row.currency,
        connected: account.row.connected,
        customer: full.row.customer,
        customer_name: full.row.customer_name.clone(),
        record: full.row.id,
        record_status: RecordStatus::Ok,
        institution: full.row.institution,
        created_at_ms: known.map_or(asked.at_ms, |known| known.created_at_ms),
        current,
        readings: Vec::new(),
    }
}

/// The complete list of what is pending, where there is one.
fn pending(
    app: &App,
    scope: Scope,
    account: &FullAccount,
    reported: &ReportedAccount,
    at_ms: i64,
) -> Option<NewTransactions> {
    let PendingList::Complete(list) = &reported.pending else { return None };
    Some(NewTransactions {
        account: account.row.id,
        pending: Some(list.iter().map(|one| transaction(app, scope, account.row.id, one, at_ms)).collect()),
        posted: Vec::new(),
    })
}

/// One that does not say when it moved is dated to the look.
fn transaction(
    app: &App,
    scope: Scope,
    account: AccountId,
    reported: &ReportedTransaction,
    looked_at_ms: i64,
) -> NewTransaction {
    let ReportedTransaction { id, amount_minor, description, at_ms } = reported;
    NewTransaction {
        id: app.mint.id(looked_at_ms),
        key: app.sealer.blind(scope, "transaction", &format!("{account}:{id}")),
        amount_minor: *amount_minor,
        description: description.clone(),
        at_ms: at_ms.unwrap_or(looked_at_ms),
    }
}
