//! Apps: saved configurations of the widget.

use super::call::{Body, Call};
use super::{Answer, accounts, invalid};
use crate::apps::origins::OPAQUE;
use crate::apps::{self, Draft};
use crate::error::ApiError;
use crate::http::paths::Named;
use crate::v3::app::{App, AppWanted};
use crate::v3::list::List;
use axum::Json;
use axum::http::StatusCode;
use egusi_protocol::{AppId, Currency};

/// `GET /v3/apps`: always all of them, oldest first.
pub async fn list(call: Call) -> Answer<List<App>> {
    let rows = call.app.store.apps(call.scope).await?;
    Ok(Json(List::whole(rows.into_iter().map(|row| App::shown(row, &call.app.settings)).collect())))
}

/// `GET /v3/apps/{id}`
pub async fn one(call: Call, Named(id): Named<AppId>) -> Answer<App> {
    let row = call.app.store.app(call.scope, id).await?;
    Ok(Json(App::shown(row, &call.app.settings)))
}

/// `POST /v3/apps`
pub async fn create(call: Call, Body(wanted): Body<AppWanted>) -> Result<(StatusCode, Json<App>), ApiError> {
    let Call { app, scope, query: () } = call;
    refuse_opaque(&wanted.allowed_origins, &[])?;
    let row = apps::create(&app, scope, draft(wanted)?).await?;
    Ok((StatusCode::CREATED, Json(App::shown(row, &app.settings))))
}

/// `PUT /v3/apps/{id}`: whole; what is left out is removed, but for the link.
pub async fn change(call: Call, Named(id): Named<AppId>, Body(wanted): Body<AppWanted>) -> Answer<App> {
    let Call { app, scope, query: () } = call;
    let before = app.store.app(scope, id).await?;
    refuse_opaque(&wanted.allowed_origins, &before.allowed_origins)?;
    let row = apps::change(&app, scope, id, draft(wanted)?).await?;
    Ok(Json(App::shown(row, &app.settings)))
}

/// Pages without an origin change who may show the window of every company here, so the operator
/// alone lets them in; a company may keep what the operator gave it.
fn refuse_opaque(wanted: &[String], before: &[String]) -> Result<(), ApiError> {
    let has = |origins: &[String]| origins.iter().any(|origin| origin == OPAQUE);
    if has(wanted) && !has(before) {
        let expected = "allowed_origins: expected origins such as https://shop.example";
        return Err(invalid(format!(
            "{expected}; \"{OPAQUE}\" is registered by the operator, with app change"
        )));
    }
    Ok(())
}

fn draft(wanted: AppWanted) -> Result<Draft, ApiError> {
    let AppWanted { name, low_funds, allowed_origins, options, short } = wanted;
    let read = |(currency, text): (Currency, String)| {
        let minor = accounts::threshold(&format!("low_funds.{currency}"), &text, currency)?;
        Ok((currency, minor))
    };
    let low_funds = low_funds.into_iter().map(read).collect::<Result<_, ApiError>>()?;
    Ok(Draft { name, low_funds, allowed_origins, options, short })
}
