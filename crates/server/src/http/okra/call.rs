//! A call of the Okra API: who calls, by which base, with what; and how the usual answers are made.

use super::body::Fields;
use super::{Base, OkraError, Version, address, good};
use crate::auth::SecretKey;
use crate::error::ApiError;
use crate::okra::list::List;
use crate::okra::page::Pagination;
use crate::okra::parts::Bank;
use crate::okra::periodic::{History, Period};
use crate::okra::shape::{Shape, View};
use crate::state::App;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::uri::Authority;
use axum::response::{IntoResponse, Response};
use egusi_protocol::{ErrorCode, InstitutionId};
use egusi_store::{Page, Paged, Scope, StoreError};
use serde::Serialize;

/// What a handler answers.
pub type Answer = Result<Response, OkraError>;

/// What every handler needs of a call.
pub struct Call {
    /// The server.
    pub app: App,
    /// The base path it came by.
    pub base: Base,
    /// Whose key it carries.
    pub scope: Scope,
    /// What it asks.
    pub fields: Fields,
    called: Option<Authority>,
}

impl FromRequest<App> for Call {
    type Rejection = OkraError;

    async fn from_request(request: Request, app: &App) -> Result<Self, OkraError> {
        let (mut parts, body) = request.into_parts();
        let SecretKey(scope) =
            <SecretKey as FromRequestParts<App>>::from_request_parts(&mut parts, app).await?;
        let base = parts.extensions.get::<Base>().copied();
        let base = base.ok_or_else(|| ApiError::Internal("a path of the Okra API without a base".into()))?;
        let called = address::called(&parts);
        let fields = Fields::from_request(Request::from_parts(parts, body), app).await?;
        Ok(Self { app: app.clone(), base, scope, fields, called })
    }
}

impl Call {
    /// The shape of what is found by something.
    pub fn view(&self) -> View {
        let shape = if self.base.version == Version::V1 { Shape::V1 } else { Shape::V2 };
        View { scope: self.scope, shape }
    }

    /// The shape of one of the lists of all under `products/…`.
    pub fn view_of_products(&self) -> View {
        let shape = if self.base.version == Version::V1 { Shape::V1Products } else { Shape::V2 };
        View { scope: self.scope, shape }
    }

    /// An institution, if its connector still lists it.
    pub fn bank(&self, id: InstitutionId) -> Option<Bank<'_>> {
        let connector = self.app.connector(self.scope.env)?;
        let institution = connector.institutions().iter().find(|one| one.id == id)?;
        let details = connector.details(id)?;
        Some(Bank { institution, slug: &details.slug })
    }

    /// The history a call wants, summed up over `from` and `to` where it has them, and never beyond
    /// now. `None` if it wants none.
    pub fn history(&self) -> Result<Option<History>, OkraError> {
        if !self.fields.include_periodic() {
            return Ok(None);
        }
        let (from_ms, before_ms) = self.fields.optional_period()?;
        let until_ms = before_ms.saturating_sub(1).min(self.app.now_ms());
        Ok(Some(History::Shown(Period { from_ms, until_ms })))
    }

    /// The address of ours under which a look at a record is polled.
    pub fn callback_url(&self, record: impl std::fmt::Display, method: &str) -> String {
        let base = address::public_base(&self.app.settings, self.called.as_ref());
        format!("{base}/v2/callback?record={record}&method={method}")
    }
}

/// The pages of what was found, and the rows under their names.
pub fn paged<'r, Row, Shown>(
    found: &'r Paged<Row>,
    page: Page,
    names: &'static [&'static str],
    show: impl FnMut(&'r Row) -> Shown,
) -> List<Shown> {
    let rows = found.rows.iter().map(show).collect();
    List { pagination: Some(Pagination::new(page, found.total)), names, rows }
}

/// A page of one.
pub fn alone<Shown>(names: &'static [&'static str], shown: Shown) -> List<Shown> {
    List { pagination: Some(Pagination::new(Page::numbered(1, 1), 1)), names, rows: vec![shown] }
}

/// A good answer, written.
pub fn answer(message: &'static str, data: impl Serialize) -> Answer {
    Ok(good(message, data).into_response())
}

/// Says what is missing by its name: `Balance not found`.
pub fn not_found(message: &'static str) -> impl Fn(StoreError) -> OkraError {
    move |error| match error {
        StoreError::NotFound => missing(message),
        other => other.into(),
    }
}

/// The refusal of something that is not there.
pub fn missing(message: &'static str) -> OkraError {
    ApiError::refused(ErrorCode::NotFound, message).into()
}
