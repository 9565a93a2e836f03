//! Every door of the server, on one page, grouped by who knocks.

pub mod connect;
pub mod headers;
pub mod json;
pub mod okra;
pub mod pages;

use crate::error::ApiError;
use crate::state::App;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Router, middleware};
use egusi_protocol::ErrorCode;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

/// No body a client has reason to send is larger.
pub const BODY_BYTES_MAX: usize = 64 * 1024;
/// Longer than any step of a sign-in may take (30 s), shorter than a browser waits.
const REQUEST_LIMIT: Duration = Duration::from_secs(50);

/// The whole server as a service, for a socket or for a test.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(for_operators())
        .merge(for_browsers())
        .nest("/connect/v1", for_the_widget())
        .nest("/v2/sandbox", for_okra_clients())
        .nest("/sandbox/v2", for_okra_clients())
        .nest("/v2", for_okra_clients())
        .fallback(nothing_here)
        .layer(middleware::map_response(headers::for_every_answer))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, REQUEST_LIMIT))
        .layer(CatchPanicLayer::new())
        .with_state(app)
}

fn for_operators() -> Router<App> {
    Router::new().route("/health", get(pages::health))
}

fn for_browsers() -> Router<App> {
    Router::new()
        .route("/", get(pages::widget))
        .route("/assets/{file}", get(pages::asset))
        .route("/embed/{file}", get(pages::embed))
}

fn for_the_widget() -> Router<App> {
    Router::new()
        .route("/institutions", get(connect::institutions::list))
        .route("/sessions", post(connect::session::open))
        .route("/session", get(connect::session::look).delete(connect::session::end))
        .route("/session/institution", post(connect::session::choose_institution))
        .route("/session/form", post(connect::session::submit_form))
        .route("/session/answer", post(connect::session::answer_challenge))
        .route("/session/poll", post(connect::session::poll))
        .route("/session/accounts", post(connect::session::share_accounts))
}

fn for_okra_clients() -> Router<App> {
    Router::new()
        .route("/balance/getById", post(okra::balances::get_by_id))
        .route("/balance/getByCustomer", post(okra::balances::get_by_customer))
        .fallback(okra::nothing_here)
}

async fn nothing_here() -> ApiError {
    ApiError::refused(ErrorCode::NotFound, "There is nothing at this address.")
}
