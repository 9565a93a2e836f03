//! Webhooks as if something had happened to a record, so that a company can try its own side.

use super::company_of;
use crate::error::ApiError;
use crate::readings::telling::Subject;
use crate::state::App;
use crate::webhooks::events::{LowFunds, What};
use egusi_protocol::{ErrorCode, EventId, EventKind, RecordId};
use egusi_store::{BalanceRow, Filter, Page, Scope, TaskKind};

/// Adds an event of that kind about a record, told with what the record holds; nothing about the
/// record changes.
///
/// # Errors
/// `Forbidden` for production, `NotFound` for an unknown record, `InvalidRequest` for a kind that is
/// none or that the record has nothing for.
pub async fn simulate(
    app: &App,
    scope: Scope,
    record: RecordId,
    kind: EventKind,
) -> Result<EventId, ApiError> {
    company_of(scope)?;
    let full = app.store.full_record(scope, record).await?;
    let at_ms = app.now_ms();
    let subject = Subject::of(app, scope, &full, None).await?;
    let balances = app.store.balances(scope, Filter::of_record(record), Page::first(100), false).await?.rows;
    let what = match kind {
        EventKind::Connected => What::Connected { is_return: false },
        EventKind::BalanceRead => What::BalanceRead(&balances),
        EventKind::TransactionsRead => What::TransactionsRead,
        EventKind::RefreshFailed => What::RefreshFailed { of: TaskKind::Balances, code: "institution_down" },
        EventKind::FundsLow => What::FundsLow(low_funds(&balances)?),
        EventKind::SignInNeeded => What::SignInNeeded,
        EventKind::Revoked => What::Revoked,
        EventKind::Test => What::Test,
        EventKind::Unknown => {
            let kinds: Vec<_> = EventKind::ALL.iter().map(|kind| kind.as_str()).collect();
            return Err(invalid(format!("event: expected one of {}", kinds.join(", "))));
        }
    };
    let event = subject.event(app, at_ms, what)?;
    let id = event.id;
    app.store.add_event(scope, event).await?;
    app.bells.deliveries.notify_one();
    Ok(id)
}

/// The first balance that is known, as if its threshold were one minor unit above it.
fn low_funds(balances: &[BalanceRow]) -> Result<LowFunds, ApiError> {
    let known = balances.iter().find_map(|row| Some((row, row.current.available_minor?)));
    let (row, available_minor) =
        known.ok_or_else(|| invalid("event: this record has no available balance".to_owned()))?;
    Ok(LowFunds {
        account: row.account,
        currency: row.currency,
        threshold_minor: available_minor.saturating_add(1),
        available_minor,
        crossings: 1,
    })
}

fn invalid(message: String) -> ApiError {
    ApiError::refused(ErrorCode::InvalidRequest, message)
}
