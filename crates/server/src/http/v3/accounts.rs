//! Accounts: what they hold just now and over time, and when to be told that it is little.

use super::call::{Body, Call};
use super::query::{OfAccounts, Period};
use super::{Answer, invalid, not_found};
use crate::error::ApiError;
use crate::http::paths::Named;
use crate::readings::{look, statistics};
use crate::sessions::opening::quoted;
use crate::state::App;
use crate::v3::account::{Account, Threshold};
use crate::v3::balance::Balance;
use crate::v3::list::List;
use crate::v3::statistics::Statistics;
use axum::Json;
use axum::http::StatusCode;
use egusi_ledger::minor_from_text;
use egusi_protocol::{AccountId, Currency, ErrorCode};
use egusi_store::{AccountRow, Filter, Page, Scope};

/// Statistics are over so many days if the caller does not say.
const PERIOD_MS_DEFAULT: i64 = 90 * 86_400_000;

/// `GET /v3/accounts`
pub async fn list(call: Call<OfAccounts>) -> Answer<List<Account>> {
    let Call { app, scope, query: OfAccounts(listing) } = call;
    let found = app.store.accounts(scope, listing.filter.clone(), listing.page()).await?;
    Ok(Json(List::of(found.rows, listing.limit)))
}

/// `GET /v3/accounts/{id}`
pub async fn one(call: Call, Named(id): Named<AccountId>) -> Answer<Account> {
    find(&call.app, call.scope, id).await.map(|row| Json(row.into()))
}

/// `GET /v3/accounts/{id}/statistics`
pub async fn statistics(call: Call<Period>, Named(id): Named<AccountId>) -> Answer<Statistics> {
    let Call { app, scope, query: period } = call;
    find(&app, scope, id).await?;
    counted(&app, scope, Filter::of_account(id), period).await
}

/// `POST /v3/accounts/{id}/check`: asks the institution while the caller waits.
pub async fn check(call: Call, Named(id): Named<AccountId>) -> Answer<Balance> {
    let Call { app, scope, query: () } = call;
    let account = find(&app, scope, id).await?;
    look::ensure_shared(&app, scope, &account).await?;
    look::balances(&app, scope, account.record).await?;
    let balance = find(&app, scope, id).await?.balance.ok_or_else(|| {
        ApiError::refused(ErrorCode::InstitutionFailed, "The institution told nothing of this account.")
    })?;
    let row = app.store.balance(scope, balance, false).await?;
    Ok(Json(row.into()))
}

/// `PUT /v3/accounts/{id}/threshold`
pub async fn set_threshold(
    call: Call,
    Named(id): Named<AccountId>,
    Body(wanted): Body<Threshold>,
) -> Answer<Account> {
    let Call { app, scope, query: () } = call;
    let account = find(&app, scope, id).await?;
    let threshold_minor = threshold("amount", &wanted.amount, account.currency)?;
    app.store.set_threshold(scope, id, Some(threshold_minor)).await?;
    find(&app, scope, id).await.map(|row| Json(row.into()))
}

/// `DELETE /v3/accounts/{id}/threshold`
pub async fn remove_threshold(call: Call, Named(id): Named<AccountId>) -> Result<StatusCode, ApiError> {
    call.app.store.set_threshold(call.scope, id, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Statistics of what the filter names.
pub(super) async fn counted(app: &App, scope: Scope, filter: Filter, period: Period) -> Answer<Statistics> {
    let now_ms = app.now_ms();
    let before_ms = period.before_ms.unwrap_or(now_ms).min(now_ms);
    let from_ms = period.from_ms.unwrap_or_else(|| before_ms.saturating_sub(PERIOD_MS_DEFAULT));
    let counted = statistics::of(app, scope, Filter { from_ms, before_ms, ..filter }).await?;
    Ok(Json(Statistics::new(from_ms, before_ms, counted)))
}

/// Reads a threshold: an amount that is not below zero.
pub(super) fn threshold(field: &str, text: &str, currency: Currency) -> Result<i64, ApiError> {
    const CHARS_MAX: usize = 17;
    let expected = || match currency.decimals() {
        0 => "a whole amount such as 500".to_owned(),
        decimals => format!("an amount such as 500.00, with at most {decimals} decimals"),
    };
    let amount = match minor_from_text(text, currency.decimals()) {
        Ok(minor) if minor >= 0 && !text.starts_with('-') && text.len() <= CHARS_MAX => Some(minor),
        Ok(_) | Err(_) => None,
    };
    amount.ok_or_else(|| invalid(format!("{field}: expected {}, got {}", expected(), quoted(text))))
}

async fn find(app: &App, scope: Scope, id: AccountId) -> Result<AccountRow, ApiError> {
    let found = app.store.accounts(scope, Filter::of_account(id), Page::first(1)).await?;
    found.rows.into_iter().next().ok_or_else(not_found)
}
