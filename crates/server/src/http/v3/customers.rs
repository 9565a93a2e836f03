//! The persons whose accounts are connected.

use super::call::Call;
use super::query::{OfCustomers, Period};
use super::{Answer, accounts, not_found};
use crate::http::paths::Named;
use crate::v3::customer::Customer;
use crate::v3::list::List;
use crate::v3::statistics::Statistics;
use axum::Json;
use egusi_protocol::CustomerId;
use egusi_store::{CustomerRow, Filter, Page, Scope};

/// `GET /v3/customers`
pub async fn list(call: Call<OfCustomers>) -> Answer<List<Customer>> {
    let Call { app, scope, query: OfCustomers(listing) } = call;
    let found = app.store.customers(scope, listing.filter.clone(), listing.page()).await?;
    Ok(Json(List::of(found.rows, listing.limit)))
}

/// `GET /v3/customers/{id}`
pub async fn one(call: Call, Named(id): Named<CustomerId>) -> Answer<Customer> {
    find(&call.app, call.scope, id).await.map(|row| Json(row.into()))
}

/// `GET /v3/customers/{id}/statistics`
pub async fn statistics(call: Call<Period>, Named(id): Named<CustomerId>) -> Answer<Statistics> {
    let Call { app, scope, query: period } = call;
    find(&app, scope, id).await?;
    accounts::counted(&app, scope, Filter::of_customer(id), period).await
}

async fn find(
    app: &crate::state::App,
    scope: Scope,
    id: CustomerId,
) -> Result<CustomerRow, crate::error::ApiError> {
    let found = app.store.customers(scope, Filter::of_customer(id), Page::first(1)).await?;
    found.rows.into_iter().next().ok_or_else(not_found)
}
