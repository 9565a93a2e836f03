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
    Ok(Json(List::of(found.rows, listing.limit)))
}

/// `GET /v3/balances/{id}`
pub async fn one(call: Call<WithReadings>, Named(id): Named<BalanceId>) -> Answer<Balance> {
    let Call { app, scope, query: WithReadings(with_readings) } = call;
    let row = app.store.balance(scope, id, with_readings).await?;
    Ok(Json(row.into()))
}
