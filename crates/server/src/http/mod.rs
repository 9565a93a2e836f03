//! Every door of the server, on one page, grouped by who knocks.

pub mod bodies;
pub mod connect;
pub mod consent;
pub mod etag;
pub mod failures;
pub mod framing;
pub mod headers;
pub mod idempotency;
pub mod json;
pub mod okra;
pub mod openapi;
pub mod pages;
pub mod paths;
pub mod plain;
pub mod rate;
pub mod request_id;
pub mod sandbox;
pub mod v3;

use crate::error::ApiError;
use crate::http::okra::{Base, Version};
use crate::state::App;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post, put};
use axum::{Extension, Router, middleware};
use egusi_protocol::{Environment, ErrorCode};
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

/// No body a client has reason to send is larger.
pub const BODY_BYTES_MAX: usize = 64 * 1024;
/// Longer than any step of a sign-in may take (40 s), shorter than a browser waits.
const REQUEST_LIMIT: Duration = Duration::from_secs(50);

/// The whole server as a service, for a socket or for a test.
pub fn router(app: App) -> Router {
    // One stack and not a layer each: every layer of a router is one more box around every door.
    let around = ServiceBuilder::new()
        .layer(middleware::from_fn_with_state(app.clone(), request_id::name))
        .layer(TraceLayer::new_for_http().make_span_with(request_id::span))
        .layer(CatchPanicLayer::custom(failures::broke_off))
        .layer(middleware::map_response(failures::in_words))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, REQUEST_LIMIT))
        .layer(middleware::from_fn(bodies::arrived))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::map_response_with_state(app.clone(), headers::for_every_answer));
    let doors = Router::new()
        .merge(for_operators())
        .merge(for_browsers())
        .merge(for_browsers_without_webassembly())
        .nest("/v3", for_servers(&app))
        .nest("/connect/v1", for_the_widget())
        .nest("/v2/sandbox", for_okra_clients(Version::V2, Environment::Sandbox))
        .nest("/sandbox/v2", for_okra_clients(Version::V2, Environment::Sandbox))
        .nest("/v2", for_okra_clients(Version::V2, Environment::Production))
        .nest("/sandbox/v1", for_okra_clients(Version::V1, Environment::Sandbox))
        .nest("/v1", for_okra_clients(Version::V1, Environment::Production))
        .fallback(nothing_here)
        .method_not_allowed_fallback(not_this_way)
        .layer(around)
        .with_state(app);
    // Before any door is looked for, so it stands around the router and not inside it.
    let tidied = ServiceBuilder::new().map_request(paths::collapse_slashes).service(doors);
    Router::new().fallback_service(tidied)
}

fn for_operators() -> Router<App> {
    Router::new().route("/health", get(pages::health))
}

fn for_browsers() -> Router<App> {
    Router::new()
        .route("/", get(pages::widget))
        .route("/{short}", get(pages::link))
        .route("/warm", get(pages::warm))
        .route("/tab", get(pages::tab))
        .route("/assets/{file}", get(pages::asset))
        .route("/embed/{file}", get(pages::embed))
        .route("/docs", get(pages::docs))
        .route("/docs/{file}", get(pages::docs_file))
        .route("/consent", get(consent::ask).post(consent::show))
        .route("/consent/receipt", get(consent::ask).post(consent::save))
        .route("/consent/stop", get(consent::ask).post(consent::stop))
        .route("/sandbox/bank", get(sandbox::bank::show).post(sandbox::bank::answer))
        .route("/openapi.json", get(openapi::serve).layer(middleware::from_fn(etag::tag)))
}

fn for_browsers_without_webassembly() -> Router<App> {
    Router::new()
        .route("/plain/open", get(plain::nothing).post(plain::open))
        .route("/plain", get(plain::nothing).post(plain::go_on))
        .route("/plain/tell.js", get(plain::tell))
}

fn for_the_widget() -> Router<App> {
    Router::new()
        .route("/institutions", get(connect::institutions::list))
        .route("/links/{short}", get(connect::links::show))
        .route("/sessions", post(connect::session::open))
        .route("/session", get(connect::session::look).delete(connect::session::end))
        .route("/session/institution", post(connect::session::choose_institution))
        .route("/session/form", post(connect::session::submit_form))
        .route("/session/answer", post(connect::session::answer_challenge))
        .route("/session/resend", post(connect::session::resend_code))
        .route("/session/poll", post(connect::session::poll))
        .route("/session/accounts", post(connect::session::share_accounts))
        .route("/return", get(connect::returned::page))
}

/// Our own API for companies' servers. Whoever comes is asked who they are, then whether they have
/// made this call before, then whether they know the answer already.
fn for_servers(app: &App) -> Router<App> {
    let admit = middleware::from_fn_with_state(app.clone(), v3::gate::admit);
    let once = middleware::from_fn_with_state(app.clone(), idempotency::once);
    Router::new()
        .merge(for_readers())
        .merge(for_watchers())
        .nest("/sandbox", for_the_sandbox())
        .route_layer(middleware::from_fn(etag::tag))
        .route_layer(once)
        .route_layer(admit)
}

fn for_readers() -> Router<App> {
    Router::new()
        .route("/institutions", get(v3::institutions::list))
        .route("/customers", get(v3::customers::list))
        .route("/customers/{id}", get(v3::customers::one))
        .route("/customers/{id}/statistics", get(v3::customers::statistics))
        .route("/records", get(v3::records::list))
        .route("/records/{id}", get(v3::records::one))
        .route("/records/{id}/refresh", get(v3::records::refreshes).post(v3::records::refresh))
        .route("/accounts", get(v3::accounts::list))
        .route("/accounts/{id}", get(v3::accounts::one))
        .route("/accounts/{id}/statistics", get(v3::accounts::statistics))
        .route("/accounts/{id}/check", post(v3::accounts::check))
        .route("/balances", get(v3::balances::list))
        .route("/balances/{id}", get(v3::balances::one))
        .route("/transactions", get(v3::transactions::list))
        .route("/transactions/{id}", get(v3::transactions::one))
}

fn for_watchers() -> Router<App> {
    Router::new()
        .route(
            "/accounts/{id}/threshold",
            put(v3::accounts::set_threshold).delete(v3::accounts::remove_threshold),
        )
        .route("/apps", get(v3::apps::list).post(v3::apps::create))
        .route("/apps/{id}", get(v3::apps::one).put(v3::apps::change))
        .route("/webhooks/endpoints", get(v3::endpoints::list).post(v3::endpoints::ensure))
        .route("/webhooks/endpoints/{id}", get(v3::endpoints::one).patch(v3::endpoints::change))
        .route("/webhooks/endpoints/{id}/secret", get(v3::endpoints::secret))
        .route("/webhooks/endpoints/{id}/rotate", post(v3::endpoints::rotate))
        .route("/webhooks/endpoints/{id}/replay", post(v3::deliveries::replay_since))
        .route("/webhooks/deliveries", get(v3::deliveries::list))
        .route("/webhooks/deliveries/{id}/replay", post(v3::deliveries::replay))
        .route("/webhooks/test", post(v3::endpoints::test))
}

/// The bases differ in the shapes of their answers, and in the world shown to those without a key.
fn for_okra_clients(version: Version, env: Environment) -> Router<App> {
    Router::new()
        .route("/banks/list", get(okra::banks::list).post(okra::banks::list))
        .route("/banks/getById", get(okra::banks::get_by_id).post(okra::banks::get_by_id))
        .route("/callback", get(okra::callback::poll).post(okra::callback::poll))
        .merge(okra_balances())
        .merge(okra_accounts())
        .merge(okra_auths())
        .merge(okra_transactions())
        .merge(okra_transactions_of_v1())
        .merge(okra_customers())
        .merge(okra_records())
        .merge(for_test_persons(version, env))
        .fallback(okra::nothing_here)
        .method_not_allowed_fallback(okra::not_this_way)
        .layer(Extension(Base { version, env }))
}

fn okra_balances() -> Router<App> {
    Router::new()
        .route("/balance/getById", post(okra::balances::get_by_id))
        .route("/balance/getBalanceById", post(okra::balances::get_by_id))
        .route("/balance/getByCustomer", post(okra::balances::get_by_customer))
        .route("/balance/getByAccount", post(okra::balances::get_by_account))
        .route("/balance/getByType", post(okra::balances::get_by_type))
        .route("/balance/getByDate", post(okra::balances::get_by_date))
        .route("/balance/getByCustomerDate", post(okra::balances::get_by_customer_date))
        .route("/balance/byOptions", post(okra::balances::by_options))
        .route("/products/balances", post(okra::balances::list_all))
        .route("/balance/process", post(okra::balances::process))
        .route("/products/balance/process", post(okra::balances::process))
        .route("/transactions/balance/process", post(okra::balances::process))
        .route("/transaction/balance/process", post(okra::balances::process))
        .route("/balance/check", post(okra::looks::check_balance))
        .route("/balance/refresh", post(okra::looks::refresh_balance))
        .route("/products/balance/refresh", post(okra::looks::refresh_balance))
        .route("/products/balance/periodic", post(okra::looks::refresh_balance))
}

fn okra_accounts() -> Router<App> {
    Router::new()
        .route("/accounts/getById", post(okra::accounts::get_by_id))
        .route("/accounts/getAccountDetails", post(okra::accounts::get_details))
        .route("/accounts/getByCustomer", post(okra::accounts::get_by_customer))
        .route("/accounts/getByDate", post(okra::accounts::get_by_date))
        .route("/accounts/getByCustomerDate", post(okra::accounts::get_by_customer_date))
        .route("/accounts/getByBalance", post(okra::accounts::get_by_balance))
        .route("/accounts/getByBank", post(okra::accounts::get_by_bank))
        .route("/accounts/getByName", post(okra::accounts::get_by_name))
        .route("/products/accounts", post(okra::accounts::list_all))
}

fn okra_auths() -> Router<App> {
    Router::new()
        .route("/auth/getById", post(okra::auths::get_by_id))
        .route("/auth/getByCustomer", post(okra::auths::get_by_customer))
        .route("/auth/getByDate", post(okra::auths::get_by_date))
        .route("/auth/getByCustomerDate", post(okra::auths::get_by_customer_date))
        .route("/auth/getByBank", post(okra::auths::get_by_bank))
        .route("/auth/byOptions", post(okra::auths::by_options))
        .route("/products/auths", post(okra::auths::list_all))
}

fn okra_transactions() -> Router<App> {
    Router::new()
        .route("/transactions/getById", post(okra::transactions::get_by_id))
        .route("/transactions/getByAccount", post(okra::transactions::get_by_account))
        .route("/transactions/getByBank", post(okra::transactions::get_by_bank))
        .route("/transactions/getByType", post(okra::transactions::get_by_type))
        .route("/transactions/getByNuban", post(okra::transactions::get_by_nuban))
        .route("/transactions/getByCustomer", post(okra::transactions::get_by_customer))
        .route("/transactions/getByDate", post(okra::transactions::get_by_date))
        .route("/transactions/getByCustomerDate", post(okra::transactions::get_by_customer_date))
        .route("/transactions/byOptions", post(okra::transactions::by_options))
        .route("/transactions/byRecord", post(okra::transactions::by_record))
        .route("/transactions/process", post(okra::transactions::process))
        .route("/transactions/refresh", post(okra::looks::refresh_transactions))
        .route("/products/transactions", post(okra::transactions::list_all))
        .route("/products/transactions/periodic", post(okra::looks::refresh_transactions))
}

/// The same in the singular, as the first generation had them.
fn okra_transactions_of_v1() -> Router<App> {
    Router::new()
        .route("/transaction/getById", post(okra::transactions::get_by_id))
        .route("/transaction/getByAccount", post(okra::transactions::get_by_account))
        .route("/transaction/getByBank", post(okra::transactions::get_by_bank))
        .route("/transaction/getByType", post(okra::transactions::get_by_type))
        .route("/transaction/getByNuban", post(okra::transactions::get_by_nuban))
        .route("/transaction/getByCustomer", post(okra::transactions::get_by_customer))
        .route("/transaction/getByDate", post(okra::transactions::get_by_date))
        .route("/transaction/getByCustomerDate", post(okra::transactions::get_by_customer_date))
        .route("/transaction/byOptions", post(okra::transactions::by_options))
        .route("/transaction/byRecord", post(okra::transactions::by_record))
        .route("/transaction/process", post(okra::transactions::process))
        .route("/transaction/refresh", post(okra::looks::refresh_transactions))
}

fn okra_customers() -> Router<App> {
    Router::new()
        .route("/customers/list", post(okra::customers::list))
        .route("/customers/get", post(okra::customers::get))
        .route("/customers/find-customers-by", post(okra::customers::find_by))
}

fn okra_records() -> Router<App> {
    Router::new()
        .route("/products/records", post(okra::records::list_all))
        .route("/products/records/get", post(okra::records::get))
        .route("/products/records/getByCustomerByBank", post(okra::records::get_by_customer_and_bank))
        .route("/products/all/byRecord", post(okra::records::all_by_record))
        .route("/products/all/byCustomer", post(okra::records::all_by_customer))
        .route("/products/list", post(okra::records::products))
}

/// Okra's names for them. Under `/v2` alone they would be the short names under `/v2/sandbox`,
/// where lists are of the customers who have connected.
fn for_test_persons(version: Version, env: Environment) -> Router<App> {
    let by_full_names = Router::new()
        .route("/sandbox/customers/create", post(sandbox::customers::create))
        .route("/sandbox/customers/generate", post(sandbox::customers::generate))
        .route("/sandbox/customers/list", post(sandbox::customers::list))
        .route("/sandbox/customers/get", post(sandbox::customers::get));
    match (version, env) {
        (Version::V2, Environment::Production) => Router::new(),
        (_, Environment::Sandbox) => by_full_names
            .route("/customers/create", post(sandbox::customers::create))
            .route("/customers/generate", post(sandbox::customers::generate)),
        (_, _) => by_full_names,
    }
}

fn for_the_sandbox() -> Router<App> {
    Router::new()
        .route("/accounts/{id}/balance", post(sandbox::accounts::set_balance))
        .route("/accounts/{id}/transactions", post(sandbox::accounts::add_transaction))
        .route(
            "/accounts/{id}/pending",
            post(sandbox::accounts::set_pending).delete(sandbox::accounts::clear_pending),
        )
        .route("/records/{id}/require-sign-in", post(sandbox::accounts::require_sign_in))
        .route("/records/{id}/simulate", post(sandbox::accounts::simulate))
        .route("/persons", get(sandbox::persons::list).post(sandbox::persons::create))
}

async fn not_this_way() -> ApiError {
    ApiError::refused(ErrorCode::MethodNotAllowed, "This address is there, but not for this method.")
}

async fn nothing_here() -> ApiError {
    ApiError::refused(ErrorCode::NotFound, "There is nothing at this address.")
}
