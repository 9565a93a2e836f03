//! The authentications of a company, one for each record.

use super::OkraError;
use super::Version;
use super::call::{Answer, Call, alone, answer, missing, paged};
use crate::okra::auth::OkraAuth;
use crate::okra::list::List;
use crate::okra::shape::View;
use egusi_store::{Filter, Page, Paged, RecordRow};

/// What Okra answered.
pub const RETRIEVED: &str = "Auth retrieved successfully";
/// Under which name authentications stand.
const NAMES: &[&str] = &["auths"];

/// `auth/getById {id}`: a page of one. The id is the record's.
pub async fn get_by_id(call: Call) -> Answer {
    let filter = Filter::of_record(call.fields.id(&["id", "record"])?);
    let found = call.app.store.records(call.scope, filter, Page::first(1)).await?;
    let row = found.rows.first().ok_or_else(|| missing("Auth not found"))?;
    answer(RETRIEVED, alone(NAMES, OkraAuth::new(row, call.view(), call.bank(row.institution))))
}

/// `auth/getByCustomer {customer}`
pub async fn get_by_customer(call: Call) -> Answer {
    list(&call, call.fields.of_customer()?).await
}

/// `auth/getByDate {from, to}`: the authentications made in that time.
pub async fn get_by_date(call: Call) -> Answer {
    list(&call, call.fields.of_period()?).await
}

/// `auth/getByCustomerDate {customer, from, to}`
pub async fn get_by_customer_date(call: Call) -> Answer {
    list(&call, call.fields.of_customer_and_period()?).await
}

/// `auth/getByBank {bank}`
pub async fn get_by_bank(call: Call) -> Answer {
    list(&call, call.fields.of_bank()?).await
}

/// `auth/byOptions {options}`: of the connections whose options had all of these.
pub async fn by_options(call: Call) -> Answer {
    list(&call, call.fields.of_options()?).await
}

/// `products/auths`: all of the company. In v1 with another shape and no pages.
pub async fn list_all(call: Call) -> Answer {
    let (found, page) = find(&call, Filter::ALL).await?;
    let list = shown(&call, call.view_of_products(), &found, page);
    match call.base.version {
        Version::V2 => answer("Auths successfully retrieved", list),
        Version::V1 => answer("Auths successfully retrieved", List { pagination: None, ..list }),
    }
}

async fn list(call: &Call, filter: Filter) -> Answer {
    let (found, page) = find(call, filter).await?;
    answer(RETRIEVED, shown(call, call.view(), &found, page))
}

/// The records that match, and the page they are.
pub async fn find(call: &Call, filter: Filter) -> Result<(Paged<RecordRow>, Page), OkraError> {
    let page = call.fields.page();
    Ok((call.app.store.records(call.scope, filter, page).await?, page))
}

/// A page of authentications in their shape.
pub fn shown<'a>(call: &'a Call, view: View, found: &'a Paged<RecordRow>, page: Page) -> List<OkraAuth<'a>> {
    paged(found, page, NAMES, |row| OkraAuth::new(row, view, call.bank(row.institution)))
}
