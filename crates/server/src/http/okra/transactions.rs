//! The transactions of a company, one by its id or as lists. v1 knows them under `transaction/…` too.

use super::OkraError;
use super::Version;
use super::call::{Answer, Call, alone, answer, not_found, paged};
use crate::okra::list::List;
use crate::okra::transaction::OkraTransaction;
use egusi_store::{Filter, Page, Paged, TransactionRow, Which};

/// What Okra answered, its spelling mended.
pub const RETRIEVED: &str = "Transactions retrieved successfully";
/// Under which name transactions stand: a singular.
const NAMES: &[&str] = &["transaction"];

/// `transactions/getById {id}`: a page of one.
pub async fn get_by_id(call: Call) -> Answer {
    let id = call.fields.id(&["id"])?;
    let found = call.app.store.transaction(call.scope, id).await;
    let row = found.map_err(not_found("Transaction not found"))?;
    answer(RETRIEVED, alone(NAMES, OkraTransaction::new(&row, call.view(), call.bank(row.institution))))
}

/// `transactions/getByAccount {account}`
pub async fn get_by_account(call: Call) -> Answer {
    list(&call, call.fields.of_account(&["account", "account_id", "id"])?).await
}

/// `transactions/getByBank {bank}`
pub async fn get_by_bank(call: Call) -> Answer {
    list(&call, call.fields.of_bank()?).await
}

/// `transactions/getByType {type, value}`: transactions of just that amount, in whichever currency.
pub async fn get_by_type(call: Call) -> Answer {
    const TYPES: [(&str, Which); 2] = [("debit", Which::Debit), ("credit", Which::Credit)];
    let amount = call.fields.amount(&TYPES, "debit or credit")?;
    list(&call, Filter { amount: Some(amount), ..Filter::ALL }).await
}

/// `transactions/getByNuban {nuban}`: of the accounts of just that number.
pub async fn get_by_nuban(call: Call) -> Answer {
    let account_number = Some(call.fields.needed(&["nuban"], "an account number")?.to_owned());
    list(&call, Filter { account_number, ..Filter::ALL }).await
}

/// `transactions/getByCustomer {customer}`
pub async fn get_by_customer(call: Call) -> Answer {
    list(&call, call.fields.of_customer()?).await
}

/// `transactions/getByDate {from, to}`: money that moved in that time.
pub async fn get_by_date(call: Call) -> Answer {
    list(&call, call.fields.of_period()?).await
}

/// `transactions/getByCustomerDate {customer, from, to}`; some clients say `customer_id`.
pub async fn get_by_customer_date(call: Call) -> Answer {
    list(&call, call.fields.of_customer_and_period()?).await
}

/// `transactions/byOptions {options}`: of the connections whose options had all of these.
pub async fn by_options(call: Call) -> Answer {
    list(&call, call.fields.of_options()?).await
}

/// `transactions/byRecord {record_id}`
pub async fn by_record(call: Call) -> Answer {
    let record = call.fields.id(&["record_id", "record", "id"])?;
    list(&call, Filter::of_record(record)).await
}

/// `transactions/process {account, from?, to?}`
pub async fn process(call: Call) -> Answer {
    let account = call.fields.id(&["account", "account_id", "id"])?;
    let (from_ms, before_ms) = call.fields.optional_period()?;
    let (found, page) = find(&call, Filter { from_ms, before_ms, ..Filter::of_account(account) }).await?;
    answer("Transaction Sets successfully retrieved", shown(&call, &found, page))
}

/// `products/transactions`: all of the company. In v1 without pages.
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

/// The transactions that match, and the page they are.
pub async fn find(call: &Call, filter: Filter) -> Result<(Paged<TransactionRow>, Page), OkraError> {
    let page = call.fields.page();
    Ok((call.app.store.transactions(call.scope, filter, page).await?, page))
}

/// A page of transactions in their shape.
pub fn shown<'a>(call: &'a Call, found: &'a Paged<TransactionRow>, page: Page) -> List<OkraTransaction<'a>> {
    paged(found, page, NAMES, |row| OkraTransaction::new(row, call.view(), call.bank(row.institution)))
}
