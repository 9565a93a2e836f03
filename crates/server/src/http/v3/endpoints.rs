//! The addresses that are told events.

use super::Answer;
use super::call::{Body, Call};
use crate::error::ApiError;
use crate::http::paths::Named;
use crate::v3::list::List;
use crate::v3::webhook::{Endpoint, EndpointChanged, EndpointSecret, EndpointWanted, TestSent, TestWanted};
use crate::webhooks::endpoints as webhooks;
use crate::webhooks::events::{Announcement, What, event};
use axum::Json;
use axum::http::StatusCode;
use egusi_protocol::EndpointId;
use egusi_store::EndpointChange;

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
    let row = webhooks::ensure(&app, scope, &wanted.url, true).await?;
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
    let new = event(
        &app,
        &Announcement {
            scope,
            what: What::Test,
            about: None,
            endpoint: wanted.endpoint,
            callback_url: "",
            poll_url: "",
            started_at_ms: at_ms,
            ended_at_ms: at_ms,
        },
    )?;
    let event = new.id;
    app.store.add_event(scope, new).await?;
    app.bells.deliveries.notify_one();
    Ok((StatusCode::ACCEPTED, Json(TestSent { event })))
}
