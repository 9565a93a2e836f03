//! What the sandbox's accounts hold, and whether a sign-in still serves, changed by whoever tests.
//!
//! An account is named by its id, as the company knows it; the sandbox knows it by its number.

use crate::error::ApiError;
use crate::sandbox::company_of;
use crate::state::App;
use egusi_connectors::sandbox::{NewAvailable, NewFigures, NewMovement};
use egusi_connectors::{Access, ReportedAccount, ReportedTransaction};
use egusi_ledger::minor_from_text;
use egusi_protocol::{AccountId, Currency, ErrorCode, RecordId};
use egusi_store::{AccountRow, Filter, Page, Scope, StoreError};
use jiff::Timestamp;

/// What an account is to hold, as decimal text in major units.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Booked money; stays as it is if it is not given.
    pub ledger: Option<String>,
    /// What the bank calls available; the inner `None` lets it say nothing.
    pub available: Option<Option<String>>,
}

/// A movement of money to add.
#[derive(Clone, Debug)]
pub struct Movement {
    /// Decimal text in major units; negative if money leaves.
    pub amount: String,
    /// What the bank says it is.
    pub description: String,
    /// Whether it is not booked yet.
    pub is_pending: bool,
    /// When, in RFC 3339.
    pub at: Option<String>,
}

/// Sets what an account holds; gives it as the bank reports it then. The company hears of it at the
/// next look at the bank, as it would of a real account.
///
/// # Errors
/// `Forbidden` for a key of production, `NotFound`, `InvalidRequest` by field; `Conflict` if the
/// customer does not share the account.
pub async fn set(
    app: &App,
    scope: Scope,
    account: AccountId,
    figures: Figures,
) -> Result<ReportedAccount, ApiError> {
    let company = company_of(scope)?;
    let (number, currency) = shared(app, scope, account).await?;
    let Figures { ledger, available } = figures;
    let available = match available {
        None => None,
        Some(None) => Some(NewAvailable::NotReported),
        Some(Some(text)) => Some(NewAvailable::Is(minor("available", &text, currency)?)),
    };
    let ledger = ledger.map(|text| minor("ledger", &text, currency)).transpose()?;
    let figures = NewFigures { ledger, available };
    Ok(app.sandbox_desk.set_balance(company, &number, figures, app.now_ms()).await?)
}

/// Adds a pending or posted transaction; gives it with the currency of its amount.
///
/// # Errors
/// As of [`set`].
pub async fn add(
    app: &App,
    scope: Scope,
    account: AccountId,
    movement: Movement,
) -> Result<(ReportedTransaction, Currency), ApiError> {
    let company = company_of(scope)?;
    let (number, currency) = shared(app, scope, account).await?;
    let Movement { amount, description, is_pending, at } = movement;
    let amount_minor = minor("amount", &amount, currency)?;
    let at_ms = at.map(|text| moment(&text)).transpose()?;
    let movement = NewMovement { is_pending, amount_minor, description, at_ms };
    let added = app.sandbox_desk.add_transaction(company, &number, movement, app.now_ms()).await?;
    Ok((added, currency))
}

/// Takes all pending transactions away; the bank has a complete and empty list then.
///
/// # Errors
/// As of [`set`].
pub async fn clear_pending(app: &App, scope: Scope, account: AccountId) -> Result<ReportedAccount, ApiError> {
    let company = company_of(scope)?;
    let (number, _) = shared(app, scope, account).await?;
    Ok(app.sandbox_desk.clear_pending(company, &number).await?)
}

/// Lets the bank's list of pending transactions fail half-way from now on, or work again.
///
/// # Errors
/// As of [`set`].
pub async fn break_pending(
    app: &App,
    scope: Scope,
    account: AccountId,
    is_broken: bool,
) -> Result<ReportedAccount, ApiError> {
    let company = company_of(scope)?;
    let (number, _) = shared(app, scope, account).await?;
    Ok(app.sandbox_desk.break_pending(company, &number, is_broken).await?)
}

/// Lets the bank tell nothing more about a record, unless the customer waits for it, until the
/// customer has signed in again.
///
/// # Errors
/// `Forbidden` for a key of production, `NotFound` for an unknown record.
pub async fn require_sign_in(app: &App, scope: Scope, record: RecordId) -> Result<(), ApiError> {
    let company = company_of(scope)?;
    let found = app.store.full_record(scope, record).await.map_err(|error| not_found(error, "record"))?;
    let access = app
        .sealer
        .open(record.bytes(), &found.access)
        .map_err(|_| ApiError::Internal("a record's seal is broken; was the key file changed?".into()))?;
    let login = app.sandbox_desk.login(&Access(access.to_vec())).map_err(|_| {
        ApiError::refused(
            ErrorCode::Conflict,
            "This record is of an earlier version and wants a sign-in anyway",
        )
    })?;
    Ok(app.sandbox_desk.require_sign_in(company, &login).await?)
}

/// The number and currency of an account. The number of one that is not shared is not known.
async fn shared(app: &App, scope: Scope, id: AccountId) -> Result<(String, Currency), ApiError> {
    let found = app.store.accounts(scope, Filter::of_account(id), Page::first(1)).await?;
    let Some(AccountRow { number, currency, connected, .. }) = found.rows.into_iter().next() else {
        return Err(not_found(StoreError::NotFound, "account"));
    };
    if !connected {
        return Err(ApiError::refused(ErrorCode::Conflict, "The customer does not share this account"));
    }
    Ok((number, currency))
}

fn not_found(error: StoreError, what: &str) -> ApiError {
    match error {
        StoreError::NotFound => {
            ApiError::refused(ErrorCode::NotFound, format!("There is no {what} by that name"))
        }
        error => error.into(),
    }
}

fn minor(field: &str, text: &str, currency: Currency) -> Result<i64, ApiError> {
    minor_from_text(text.trim(), currency.decimals()).map_err(|_| {
        let decimals = currency.decimals();
        ApiError::refused(
            ErrorCode::InvalidRequest,
            format!("{field}: expected an amount in {currency} with at most {decimals} decimals, got something else"),
        )
    })
}

fn moment(text: &str) -> Result<i64, ApiError> {
    text.trim().parse::<Timestamp>().map(Timestamp::as_millisecond).map_err(|_| {
        ApiError::refused(
            ErrorCode::InvalidRequest,
            "at: expected a time such as 2026-11-20T20:45:00Z, got something else",
        )
    })
}
