//! The accounts of a company, one by its id or as lists.

use super::OkraError;
use super::Version;
use super::call::{Answer, Call, alone, answer, missing, not_found, paged};
use crate::okra::account::{OkraAccount, OkraAccountDetails};
use crate::okra::list::List;
use egusi_protocol::{AccountId, BalanceId};
use egusi_store::{AccountRow, Filter, Page, Paged};

/// What Okra answered.
pub const RETRIEVED: &str = "Accounts retrieved successfully";
/// Under which name accounts stand.
const NAMES: &[&str] = &["accounts"];

/// `accounts/getById {id}`: a page of one.
pub async fn get_by_id(call: Call) -> Answer {
    let row = find_one(&call, call.fields.id(&["id", "account"])?).await?;
    answer(RETRIEVED, alone(NAMES, OkraAccount::new(&row, call.view(), call.bank(row.institution))))
}

/// `accounts/getAccountDetails {account}`: the data is the account itself.
pub async fn get_details(call: Call) -> Answer {
    let row = find_one(&call, call.fields.id(&["account", "account_id", "id"])?).await?;
    let details = OkraAccountDetails::new(&row, call.view(), call.bank(row.institution));
    answer("Account details successfully retrieved", details)
}

/// `accounts/getByCustomer {customer}`
pub async fn get_by_customer(call: Call) -> Answer {
    list(&call, call.fields.of_customer()?).await
}

/// `accounts/getByDate {from, to}`: the accounts first seen in that time.
pub async fn get_by_date(call: Call) -> Answer {
    list(&call, call.fields.of_period()?).await
}

/// `accounts/getByCustomerDate {customer, from, to}`
pub async fn get_by_customer_date(call: Call) -> Answer {
    list(&call, call.fields.of_customer_and_period()?).await
}

/// `accounts/getByBalance {balance}`: the account of a balance.
pub async fn get_by_balance(call: Call) -> Answer {
    let balance: BalanceId = call.fields.id(&["balance", "balance_id"])?;
    let balance =
        call.app.store.balance(call.scope, balance, false).await.map_err(not_found("Balance not found"))?;
    list(&call, Filter::of_account(balance.account)).await
}

/// `accounts/getByBank {bank}`
pub async fn get_by_bank(call: Call) -> Answer {
    list(&call, call.fields.of_bank()?).await
}

/// `accounts/getByName {name}`: exactly that name of the account.
pub async fn get_by_name(call: Call) -> Answer {
    let account_name = Some(call.fields.needed(&["name"], "the name of an account")?.to_owned());
    list(&call, Filter { account_name, ..Filter::ALL }).await
}

/// `products/accounts`: all of the company.
pub async fn list_all(call: Call) -> Answer {
    let (found, page) = find(&call, Filter::ALL).await?;
    let list = shown(&call, &found, page);
    match call.base.version {
        Version::V2 => answer(RETRIEVED, list),
        Version::V1 => answer(RETRIEVED, List { pagination: None, ..list }),
    }
}

async fn list(call: &Call, filter: Filter) -> Answer {
    let (found, page) = find(call, filter).await?;
    answer(RETRIEVED, shown(call, &found, page))
}

/// The accounts that match, and the page they are.
pub async fn find(call: &Call, filter: Filter) -> Result<(Paged<AccountRow>, Page), OkraError> {
    let page = call.fields.page();
    Ok((call.app.store.accounts(call.scope, filter, page).await?, page))
}

/// A page of accounts in their shape.
pub fn shown<'a>(call: &'a Call, found: &'a Paged<AccountRow>, page: Page) -> List<OkraAccount<'a>> {
    paged(found, page, NAMES, |row| OkraAccount::new(row, call.view(), call.bank(row.institution)))
}

async fn find_one(call: &Call, id: AccountId) -> Result<AccountRow, OkraError> {
    let found = call.app.store.accounts(call.scope, Filter::of_account(id), Page::first(1)).await?;
    found.rows.into_iter().next().ok_or_else(|| missing("Account not found"))
}
