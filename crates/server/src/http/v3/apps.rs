//! Apps: saved configurations of the widget.

use super::call::{Body, Call};
use super::{Answer, accounts, invalid};
use crate::error::ApiError;
use crate::http::paths::Named;
use crate::v3::app::{App, AppWanted};
use crate::v3::list::List;
use axum::Json;
use axum::http::StatusCode;
use egusi_protocol::{AppId, Currency};
use egusi_store::AppRow;

const NAME_CHARS_MAX: usize = 80;

/// `GET /v3/apps`: always all of them, oldest first.
pub async fn list(call: Call) -> Answer<List<App>> {
    let rows = call.app.store.apps(call.scope).await?;
    Ok(Json(List::whole(rows.into_iter().map(App::from).collect())))
}

/// `GET /v3/apps/{id}`
pub async fn one(call: Call, Named(id): Named<AppId>) -> Answer<App> {
    let row = call.app.store.app(call.scope, id).await?;
    Ok(Json(row.into()))
}

/// `POST /v3/apps`
pub async fn create(call: Call, Body(wanted): Body<AppWanted>) -> Result<(StatusCode, Json<App>), ApiError> {
    let Call { app, scope, query: () } = call;
    let (name, low_funds) = checked(wanted)?;
    let now_ms = app.now_ms();
    let id = app.mint.id(now_ms);
    let row = AppRow { id, name, low_funds, created_at_ms: now_ms, updated_at_ms: now_ms };
    app.store.save_app(scope, row.clone()).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// `PUT /v3/apps/{id}`: whole; a threshold that is left out is removed.
pub async fn change(call: Call, Named(id): Named<AppId>, Body(wanted): Body<AppWanted>) -> Answer<App> {
    let Call { app, scope, query: () } = call;
    let before = app.store.app(scope, id).await?;
    let (name, low_funds) = checked(wanted)?;
    let row =
        AppRow { id, name, low_funds, created_at_ms: before.created_at_ms, updated_at_ms: app.now_ms() };
    app.store.save_app(scope, row.clone()).await?;
    Ok(Json(row.into()))
}

fn checked(wanted: AppWanted) -> Result<(String, Vec<(Currency, i64)>), ApiError> {
    let AppWanted { name, low_funds } = wanted;
    let name = name.trim().to_owned();
    let characters = name.chars().count();
    if !(1..=NAME_CHARS_MAX).contains(&characters) {
        return Err(invalid(format!("name: expected 1 to {NAME_CHARS_MAX} characters, got {characters}")));
    }
    let read = |(currency, text): (Currency, String)| {
        let minor = accounts::threshold(&format!("low_funds.{currency}"), &text, currency)?;
        Ok((currency, minor))
    };
    let low_funds = low_funds.into_iter().map(read).collect::<Result<_, ApiError>>()?;
    Ok((name, low_funds))
}
