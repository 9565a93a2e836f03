//! The balances of a company, one by its id or as lists.

use super::call::{Answer, Call, alone, answer, not_found, paged};
use super::{OkraError, Version};
use crate::okra::balance::OkraBalance;
use crate::okra::list::List;
use crate::okra::periodic::History;
use crate::okra::shape::View;
use crate::readings::statistics;
use egusi_protocol::AccountId;
use egusi_store::{BalanceRow, Filter, Page, Paged, Which};
use serde::Serialize;

/// What Okra answered.
pub const RETRIEVED: &str = "Balance retrieved successfully";
/// Under which name balances stand nearly everywhere.
pub const NAMES: &[&str] = &["balance"];

/// One balance in v2.
#[derive(Serialize)]
struct One<'a> {
    balance: OkraBalance<'a>,
}

/// `balance/getById {id, includePeriodic?, from?, to?}`
pub async fn get_by_id(call: Call) -> Answer {
    let id = call.fields.id(&["id"])?;
    let history = call.history()?;
    let found = call.app.store.balance(call.scope, id, history.is_some()).await;
    let row = found.map_err(not_found("Balance not found"))?;
    let history = match history {
        Some(_) if call.fields.text("from").or(call.fields.text("to")).is_some() => {
            Some(counted(&call, row.account).await?)
        }
        history => history,
    };
    one(&call, &row, history)
}

/// Averages and extremes of a time that was asked for, which may reach beyond the readings shown.
async fn counted(call: &Call, account: AccountId) -> Result<History, OkraError> {
    let (from_ms, before_ms) = call.fields.optional_period()?;
    let filter = Filter { from_ms, before_ms, ..Filter::of_account(account) };
    let (accounts, _) = statistics::of(&call.app, call.scope, filter).await?;
    let of_account = accounts.iter().find(|one| one.account == account);
    Ok(History::Counted {
        ledger: of_account.and_then(|one| one.ledger),
        available: of_account.and_then(|one| one.available),
    })
}

/// One balance: itself in v2, in v1 a page of one.
pub fn one(call: &Call, row: &BalanceRow, history: Option<History>) -> Answer {
    let balance = OkraBalance::new(row, call.view(), call.bank(row.institution), history);
    match call.base.version {
        Version::V2 => answer(RETRIEVED, One { balance }),
        Version::V1 => answer(RETRIEVED, alone(NAMES, balance)),
    }
}

/// `balance/getByCustomer {customer}`; one client says `id`.
pub async fn get_by_customer(call: Call) -> Answer {
    list(&call, call.fields.of_customer()?).await
}

/// `balance/getByAccount {account_id}`, in v1 `{account}`.
pub async fn get_by_account(call: Call) -> Answer {
    list(&call, call.fields.of_account(&["account_id", "account", "id"])?).await
}

/// `balance/getByType {type, value}`: balances of just that amount, in whichever currency.
pub async fn get_by_type(call: Call) -> Answer {
    const TYPES: [(&str, Which); 2] =
        [("available_balance", Which::Available), ("ledger_balance", Which::Ledger)];
    let amount = call.fields.amount(&TYPES, "available_balance or ledger_balance")?;
    list_under_both(&call, Filter { amount: Some(amount), ..Filter::ALL }).await
}

/// `balance/getByDate {from, to}`: the balances made in that time.
pub async fn get_by_date(call: Call) -> Answer {
    list_under_both(&call, call.fields.of_period()?).await
}

/// `balance/getByCustomerDate {customer, from, to}`
pub async fn get_by_customer_date(call: Call) -> Answer {
    list(&call, call.fields.of_customer_and_period()?).await
}

/// `balance/byOptions {options}`: balances of the connections whose options had all of these.
pub async fn by_options(call: Call) -> Answer {
    list(&call, call.fields.of_options()?).await
}

/// `products/balances`: all of the company. In v1 this list had another name and no pages.
pub async fn list_all(call: Call) -> Answer {
    let (found, page, history) = find(&call, Filter::ALL).await?;
    match call.base.version {
        Version::V2 => answer(RETRIEVED, shown(&call, call.view(), &found, page, history)),
        Version::V1 => {
            let list = shown(&call, call.view_of_products(), &found, page, history);
            answer(RETRIEVED, List { pagination: None, names: &["balances"], ..list })
        }
    }
}

/// `balance/process {account_id?, customer_id?, from, to}` and its aliases.
pub async fn process(call: Call) -> Answer {
    let (from_ms, before_ms) = call.fields.period()?;
    let filter = Filter {
        customer: call.fields.optional_id(&["customer_id", "customer"])?,
        account: call.fields.optional_id(&["account_id", "account"])?,
        from_ms,
        before_ms,
        ..Filter::ALL
    };
    list(&call, filter).await
}

/// A page of the balances that match.
pub async fn list(call: &Call, filter: Filter) -> Answer {
    let (found, page, history) = find(call, filter).await?;
    answer(RETRIEVED, shown(call, call.view(), &found, page, history))
}

/// The same, in v1 also under `balances`: a PHP client reads the one name there, others the other.
async fn list_under_both(call: &Call, filter: Filter) -> Answer {
    let (found, page, history) = find(call, filter).await?;
    let list = shown(call, call.view(), &found, page, history);
    match call.base.version {
        Version::V2 => answer(RETRIEVED, list),
        Version::V1 => answer(RETRIEVED, List { names: &["balance", "balances"], ..list }),
    }
}

/// The balances that match, the page they are, and the time their history is summed up over.
pub async fn find(
    call: &Call,
    filter: Filter,
) -> Result<(Paged<BalanceRow>, Page, Option<History>), OkraError> {
    let (page, history) = (call.fields.page(), call.history()?);
    let found = call.app.store.balances(call.scope, filter, page, history.is_some()).await?;
    Ok((found, page, history))
}

/// A page of balances in their shape.
pub fn shown<'a>(
    call: &'a Call,
    view: View,
    found: &'a Paged<BalanceRow>,
    page: Page,
    history: Option<History>,
) -> List<OkraBalance<'a>> {
    paged(found, page, NAMES, |row| OkraBalance::new(row, view, call.bank(row.institution), history))
}
