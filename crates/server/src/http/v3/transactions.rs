//! Movements of money on accounts.

use super::Answer;
use super::call::Call;
use super::query::OfTransactions;
use crate::http::paths::Named;
use crate::v3::list::List;
use crate::v3::transaction::Transaction;
use axum::Json;
use egusi_protocol::TransactionId;

/// `GET /v3/transactions`
pub async fn list(call: Call<OfTransactions>) -> Answer<List<Transaction>> {
    let Call { app, scope, query: OfTransactions(listing) } = call;
    let found = app.store.transactions(scope, listing.filter.clone(), listing.page()).await?;
    Ok(Json(List::of(found.rows, listing.limit)))
}

/// `GET /v3/transactions/{id}`
pub async fn one(call: Call, Named(id): Named<TransactionId>) -> Answer<Transaction> {
    let row = call.app.store.transaction(call.scope, id).await?;
    Ok(Json(row.into()))
}
