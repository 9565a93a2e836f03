//! Records, and looks at their banks that go on without the asker.

use super::call::{Body, Call};
use super::query::OfRecords;
use super::{Answer, not_found};
use crate::error::ApiError;
use crate::http::paths::Named;
use crate::readings::tasks;
use crate::state::App;
use crate::v3::list::List;
use crate::v3::record::{Record, Refresh, RefreshWanted, Refreshes};
use axum::Json;
use axum::http::StatusCode;
use egusi_protocol::RecordId;
use egusi_store::{Filter, Page, RecordRow, Scope, StoreError, TaskKind};

/// `GET /v3/records`
pub async fn list(call: Call<OfRecords>) -> Answer<List<Record>> {
    let Call { app, scope, query: OfRecords(listing) } = call;
    let found = app.store.records(scope, listing.filter.clone(), listing.page()).await?;
    Ok(Json(List::of(found.rows, listing.limit)))
}

/// `GET /v3/records/{id}`
pub async fn one(call: Call, Named(id): Named<RecordId>) -> Answer<Record> {
    find(&call.app, call.scope, id).await.map(|row| Json(row.into()))
}

/// `POST /v3/records/{id}/refresh`: begins a look, or tells how the one stands that was begun
/// within the last minute.
pub async fn refresh(
    call: Call,
    Named(id): Named<RecordId>,
    Body(wanted): Body<RefreshWanted>,
) -> Result<(StatusCode, Json<Refresh>), ApiError> {
    let (task, _) = tasks::ask(&call.app, call.scope, id, wanted.what.into()).await?;
    Ok((StatusCode::ACCEPTED, Json(task.into())))
}

/// `GET /v3/records/{id}/refresh`
pub async fn refreshes(call: Call, Named(id): Named<RecordId>) -> Answer<Refreshes> {
    let Call { app, scope, query: () } = call;
    find(&app, scope, id).await?;
    let balances = last(&app, scope, id, TaskKind::Balances).await?;
    let transactions = last(&app, scope, id, TaskKind::Transactions).await?;
    let history = last(&app, scope, id, TaskKind::History).await?;
    Ok(Json(Refreshes { balances, transactions, history }))
}

async fn last(app: &App, scope: Scope, id: RecordId, kind: TaskKind) -> Result<Option<Refresh>, ApiError> {
    match app.store.task(scope, id, kind).await {
        Ok(task) => Ok(Some(task.into())),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn find(app: &App, scope: Scope, id: RecordId) -> Result<RecordRow, ApiError> {
    let found = app.store.records(scope, Filter::of_record(id), Page::first(1)).await?;
    found.rows.into_iter().next().ok_or_else(not_found)
}
