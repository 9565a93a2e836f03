//! The addresses that are told events.

use super::Answer;
use super::call::{Body, Call};
use super::stand_in as webhooks;
use crate::error::ApiError;
use crate::http::paths::Named;
use crate::sessions::opening::checked_url;
use crate::v3::list::List;
use crate::v3::webhook::{Endpoint, EndpointChanged, EndpointSecret, EndpointWanted, TestSent, TestWanted};
use axum::Json;
use axum::http::StatusCode;
use egusi_protocol::{EndpointId, EventId, EventKind};
use egusi_store::{EndpointChange, NewEvent};
use serde_json::json;

/// `GET /v3/webhooks/endpoints`: always all of them, oldest first.
pub async fn list(call: Call) -> Answer<List<Endpoint>> {
    let rows = call.app.store.endpoints(call.scope).await?;
    Ok(Json(List::whole(rows.into_iter().map(Endpoint::from).collect())))
}

/// `GET /v3/webhooks/endpoints/{id}`
pub async fn one(call: Call, Named(id): Named<EndpointId>) -> Answer<Endpoint> {
    let row = call.app.store.endpoint(call.scope, id).await?;
    Ok(Json(row.into()))
}

/// `POST /v3/webhooks/endpoints`: the endpoint of that address, made if there is none; from now on
/// it is told every event.
pub async fn ensure(call: Call, Body(wanted): Body<EndpointWanted>) -> Answer<Endpoint> {
    let Call { app, scope, query: () } = call;
    let url = checked_url("url", Some(wanted.url), scope.env)?;
    let url = url.ok_or_else(|| super::invalid("url: expected an https URL, got \"\""))?;
    let row = webhooks::ensure(&app, scope, &url, true).await?;
    Ok(Json(row.into()))
}

/// `PATCH /v3/webhooks/endpoints/{id}`
pub async fn change(
    call: Call,
    Named(id): Named<EndpointId>,
    Body(wanted): Body<EndpointChanged>,
) -> Answer<Endpoint> {
    let Call { app, scope, query: () } = call;
    let disabled_at_ms = wanted.disabled.then(|| app.now_ms());
    app.store.change_endpoint(scope, id, EndpointChange::Disabled(disabled_at_ms)).await?;
    app.bells.deliveries.notify_one();
    let row = app.store.endpoint(scope, id).await?;
    Ok(Json(row.into()))
}

/// `GET /v3/webhooks/endpoints/{id}/secret`
pub async fn secret(call: Call, Named(id): Named<EndpointId>) -> Answer<EndpointSecret> {
    let secret = webhooks::secret(&call.app, call.scope, id).await?;
    Ok(Json(EndpointSecret { secret }))
}

/// `POST /v3/webhooks/endpoints/{id}/rotate`: a new secret; the one before signs along for a while.
pub async fn rotate(call: Call, Named(id): Named<EndpointId>) -> Answer<EndpointSecret> {
    let secret = webhooks::rotate(&call.app, call.scope, id).await?;
    Ok(Json(EndpointSecret { secret }))
}

/// `POST /v3/webhooks/test`: an event that says nothing, told to the standing endpoints and to one
/// more, if that is asked for.
pub async fn test(
    call: Call,
    Body(wanted): Body<TestWanted>,
) -> Result<(StatusCode, Json<TestSent>), ApiError> {
    let Call { app, scope, query: () } = call;
    if let Some(endpoint) = wanted.endpoint {
        app.store.endpoint(scope, endpoint).await?;
    }
    let at_ms = app.now_ms();
    let event: EventId = app.mint.id(at_ms);
    let body = json!({
        "method": "TEST",
        "callback_type": "TEST",
        "callback_code": "TEST_SUCCESS",
        "type": "CALLBACK",
        "code": "TEST_SUCCESS",
        "status": "is_success",
        "message": "A test of your webhook.",
        "env": scope.env,
    });
    let new = NewEvent {
        id: event,
        kind: EventKind::Test,
        record: None,
        endpoint: wanted.endpoint,
        body: body.to_string(),
        at_ms,
    };
    app.store.add_event(scope, new).await?;
    app.bells.deliveries.notify_one();
    Ok((StatusCode::ACCEPTED, Json(TestSent { event })))
}
