//! Each event's way to each endpoint, and how to begin it anew.

use super::call::{Body, Call};
use super::query::OfDeliveries;
use super::{Answer, invalid};
use crate::error::ApiError;
use crate::http::paths::Named;
use crate::sessions::opening::quoted;
use crate::state::App;
use crate::times::{STRICT_EXPECTED, strict};
use crate::v3::list::List;
use crate::v3::webhook::{Delivery, ReplaySince, Replayed};
use axum::Json;
use axum::http::StatusCode;
use egusi_protocol::{DeliveryId, EndpointId, ErrorCode};
use egusi_store::{Page, Replay, Scope, StoreError};

const IN_THE_WAY: &str = "The endpoint is disabled, or this delivery is being tried right now.";

/// `GET /v3/webhooks/deliveries`
pub async fn list(call: Call<OfDeliveries>) -> Answer<List<Delivery>> {
    let Call { app, scope, query: OfDeliveries { filter, limit } } = call;
    let rows = app.store.deliveries(scope, filter, Page::first(limit + 1)).await?;
    Ok(Json(List::of(rows, limit)))
}

/// `POST /v3/webhooks/deliveries/{id}/replay`
pub async fn replay(call: Call, Named(id): Named<DeliveryId>) -> Result<Begun, ApiError> {
    begin(&call.app, call.scope, Replay::One(id)).await
}

/// `POST /v3/webhooks/endpoints/{id}/replay`: all that are exhausted, of events since a time.
pub async fn replay_since(
    call: Call,
    Named(id): Named<EndpointId>,
    Body(wanted): Body<ReplaySince>,
) -> Result<Begun, ApiError> {
    let Call { app, scope, query: () } = call;
    app.store.endpoint(scope, id).await?;
    let since = strict(&wanted.since).ok_or_else(|| {
        invalid(format!("since: expected {STRICT_EXPECTED}, got {}", quoted(&wanted.since)))
    })?;
    begin(&app, scope, Replay::Since(id, since.first_ms)).await
}

/// What was begun anew.
type Begun = (StatusCode, Json<Replayed>);

async fn begin(app: &App, scope: Scope, replay: Replay) -> Result<Begun, ApiError> {
    let begun = app.store.replay_deliveries(scope, replay, app.now_ms()).await;
    let deliveries = begun.map_err(|error| match error {
        StoreError::Conflict => ApiError::refused(ErrorCode::Conflict, IN_THE_WAY),
        other => other.into(),
    })?;
    app.bells.deliveries.notify_one();
    Ok((StatusCode::ACCEPTED, Json(Replayed { deliveries })))
}
