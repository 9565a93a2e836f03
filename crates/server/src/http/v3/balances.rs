//! What accounts hold.

use super::Answer;
use super::call::Call;
use super::query::{OfBalances, WithReadings};
use crate::http::paths::Named;
use crate::v3::balance::Balance;
use crate::v3::list::List;
use axum::Json;
use egusi_protocol::BalanceId;

/// `GET /v3/balances`
pub async fn list(call: Call<OfBalances>) -> Answer<List<Balance>> {
    let Call { app, scope, query: OfBalances(listing) } = call;
    let found = app.store.balances(scope, listing.filter.clone(), listing.page(), false).await?;
    let mut list = List::of(found.rows, listing.limit);
    list.data = list.data.into_iter().map(Balance::without_readings).collect();
    Ok(Json(list))
}

/// `GET /v3/balances/{id}`
pub async fn one(call: Call<WithReadings>, Named(id): Named<BalanceId>) -> Answer<Balance> {
    let Call { app, scope, query: WithReadings(with_readings) } = call;
    let balance = Balance::from(app.store.balance(scope, id).await?);
    Ok(Json(if with_readings { balance } else { balance.without_readings() }))
}
