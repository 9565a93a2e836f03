//! The records of a company, and everything that came of one.

use super::call::{Answer, Call, answer, missing, paged};
use super::{Version, accounts, auths, balances, transactions};
use crate::okra::account::OkraAccount;
use crate::okra::auth::OkraAuth;
use crate::okra::balance::OkraBalance;
use crate::okra::list::List;
use crate::okra::record::OkraRecord;
use crate::okra::transaction::OkraTransaction;
use egusi_protocol::{CustomerId, RecordId};
use egusi_store::{Filter, Page, Paged, RecordRow};
use serde::Serialize;

const RETRIEVED: &str = "Records successfully sent!";
/// Under which name records stand.
const NAMES: &[&str] = &["records"];

/// One record, under the plural.
#[derive(Serialize)]
struct One<'a> {
    pagination: Option<()>,
    records: OkraRecord<'a>,
}

/// `products/records`: all of the company. In v1 without pages.
pub async fn list_all(call: Call) -> Answer {
    let (found, page) = auths::find(&call, Filter::ALL).await?;
    let list = shown(&call, &found, page);
    match call.base.version {
        Version::V2 => answer(RETRIEVED, list),
        Version::V1 => answer(RETRIEVED, List { pagination: None, ..list }),
    }
}

/// `products/records/get {record_id}`: itself under `records`; without an id, the list.
pub async fn get(call: Call) -> Answer {
    let Some(id) = call.fields.optional_id(&["record_id", "record", "id"])? else {
        return list_all(call).await;
    };
    let found = call.app.store.records(call.scope, Filter::of_record(id), Page::first(1)).await?;
    let row = found.rows.first().ok_or_else(|| missing("Record not found"))?;
    answer(RETRIEVED, One { pagination: None, records: show(&call, row) })
}

/// `products/records/getByCustomerByBank {customer, bank}`
pub async fn get_by_customer_and_bank(call: Call) -> Answer {
    let customer = call.fields.id(&["customer", "customer_id"])?;
    let institution = call.fields.optional_id(&["bank", "bank_id"])?;
    let (found, page) = auths::find(&call, Filter { institution, ..Filter::of_customer(customer) }).await?;
    answer(RETRIEVED, shown(&call, &found, page))
}

/// Everything that came of a record, or of all records of a customer.
#[derive(Serialize)]
struct Everything<'a> {
    pagination: Option<()>,
    auths: Vec<OkraAuth<'a>>,
    accounts: Vec<OkraAccount<'a>>,
    balance: Vec<OkraBalance<'a>>,
    transaction: Vec<OkraTransaction<'a>>,
}

/// `products/all/byRecord {record_id}`: one page of each product.
pub async fn all_by_record(call: Call) -> Answer {
    let record: RecordId = call.fields.id(&["record_id", "record", "id"])?;
    everything(&call, Filter::of_record(record), "Record not found").await
}

/// `products/all/byCustomer {customer_id}`: one page of each product.
pub async fn all_by_customer(call: Call) -> Answer {
    let customer: CustomerId = call.fields.id(&["customer_id", "customer", "id"])?;
    everything(&call, Filter::of_customer(customer), "Customer not found").await
}

async fn everything(call: &Call, filter: Filter, nobody: &'static str) -> Answer {
    let (sign_ins, page) = auths::find(call, filter.clone()).await?;
    if sign_ins.total == 0 {
        return Err(missing(nobody));
    }
    let (found_accounts, _) = accounts::find(call, filter.clone()).await?;
    let (found_balances, _, history) = balances::find(call, filter.clone()).await?;
    let (found_transactions, _) = transactions::find(call, filter).await?;
    let everything = Everything {
        pagination: None,
        auths: auths::shown(call, call.view(), &sign_ins, page).rows,
        accounts: accounts::shown(call, &found_accounts, page).rows,
        balance: balances::shown(call, call.view(), &found_balances, page, history).rows,
        transaction: transactions::shown(call, &found_transactions, page).rows,
    };
    answer("Products successfully retrieved", everything)
}

/// The products this server has, for `products/list`.
#[derive(Serialize)]
struct Products {
    products: [&'static str; 3],
}

/// `products/list`
pub async fn products(_call: Call) -> Answer {
    answer("Products successfully retrieved", Products { products: ["auth", "balance", "transactions"] })
}

fn shown<'a>(call: &'a Call, found: &'a Paged<RecordRow>, page: Page) -> List<OkraRecord<'a>> {
    paged(found, page, NAMES, |row| show(call, row))
}

fn show<'a>(call: &'a Call, row: &'a RecordRow) -> OkraRecord<'a> {
    OkraRecord::new(row, call.view(), call.bank(row.institution))
}
