//! The customers of a company: all of them, one, or those of a name.

use super::OkraError;
use super::call::{Answer, Call, answer, missing, paged};
use crate::error::ApiError;
use crate::okra::customer::{Customers, OkraCustomer};
use crate::okra::list::List;
use crate::okra::person::OkraPerson;
use crate::sandbox::persons;
use egusi_protocol::{CustomerId, Environment, ErrorCode};
use egusi_store::{Cursor, CustomerRow, Filter, Page, Paged};
use serde::Serialize;

const RETRIEVED: &str = "Customers successfully retrieved";
/// Under which name customers stand.
const NAMES: &[&str] = &["customers"];
/// How many customers are looked through for a name.
const LOOKED_THROUGH_MAX: usize = 1_000;

#[derive(Serialize)]
struct One<Customer> {
    customer: Customer,
}

/// `customers/list`: all of the company.
pub async fn list(call: Call) -> Answer {
    let page = call.fields.page();
    let found = call.app.store.customers(call.scope, Filter::ALL, page).await?;
    answer(RETRIEVED, Customers::new(&shown(&call, &found, page)))
}

/// `customers/get {customer}`. okra-node asks here for test persons of the sandbox too.
pub async fn get(call: Call) -> Answer {
    const FOUND: &str = "Customer successfully retrieved";
    let id: CustomerId = call.fields.id(&["customer", "customer_id", "id"])?;
    if let Some(row) = find_one(&call, id).await? {
        return answer(FOUND, One { customer: show(&call, &row) });
    }
    if call.scope.env == Environment::Sandbox {
        match persons::find(&call.app, call.scope, id.0).await {
            Ok(person) => {
                let customer = OkraPerson::new(person, call.app.sandbox.as_ref());
                return answer(FOUND, One { customer });
            }
            Err(error) if error.code() == ErrorCode::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(missing("Customer not found"))
}

/// `customers/find-customers-by {key, value}`: by `id`, or by `name`, whatever its case. Of a name,
/// the newest thousand customers are looked through.
pub async fn find_by(call: Call) -> Answer {
    const KEYS: &str = "name or id";
    let key = call.fields.needed(&["key"], KEYS)?;
    let rows = match key.to_ascii_lowercase().as_str() {
        "id" | "_id" | "customer" => {
            find_one(&call, call.fields.id(&["value"])?).await?.into_iter().collect()
        }
        "name" => of_name(&call, call.fields.needed(&["value"], "a name")?).await?,
        _ => {
            let message = "key: expected name or id, got something else";
            return Err(ApiError::refused(ErrorCode::InvalidRequest, message).into());
        }
    };
    let page = call.fields.page();
    let total = rows.len() as u64;
    let before = (page.number.saturating_sub(1) as usize).saturating_mul(page.size as usize);
    let rows = rows.into_iter().skip(before).take(page.size as usize).collect();
    answer(RETRIEVED, Customers::new(&shown(&call, &Paged { rows, total }, page)))
}

async fn find_one(call: &Call, id: CustomerId) -> Result<Option<CustomerRow>, OkraError> {
    let found = call.app.store.customers(call.scope, Filter::of_customer(id), Page::first(1)).await?;
    Ok(found.rows.into_iter().next())
}

async fn of_name(call: &Call, name: &str) -> Result<Vec<CustomerRow>, OkraError> {
    const AT_ONCE: u32 = 100;
    let wanted = name.to_lowercase();
    let (mut named, mut filter, mut looked_through) = (Vec::new(), Filter::ALL, 0);
    while looked_through < LOOKED_THROUGH_MAX {
        let found = call.app.store.customers(call.scope, filter.clone(), Page::first(AT_ONCE)).await?;
        let Some(last) = found.rows.last() else { break };
        filter.after = Some(Cursor { at_ms: last.created_at_ms, id: *last.id.bytes() });
        looked_through += found.rows.len();
        named.extend(found.rows.into_iter().filter(|row| row.name.to_lowercase() == wanted));
    }
    Ok(named)
}

fn shown<'a>(call: &'a Call, found: &'a Paged<CustomerRow>, page: Page) -> List<OkraCustomer<'a>> {
    paged(found, page, NAMES, |row| show(call, row))
}

fn show<'a>(call: &'a Call, row: &'a CustomerRow) -> OkraCustomer<'a> {
    OkraCustomer::new(row, call.view(), |account| call.bank(account.institution))
}
