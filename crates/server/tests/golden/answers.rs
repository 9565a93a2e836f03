//! What stands around the objects: pages, lists, envelopes, acknowledgements, errors.

use crate::samples::*;
use axum::response::IntoResponse;
use egusi_protocol::{ErrorCode, RecordId};
use egusi_server::error::ApiError;
use egusi_server::http::okra::callback::{Method, polled};
use egusi_server::http::okra::looks::Asked;
use egusi_server::http::okra::{OkraError, good, nothing_here};
use egusi_server::okra::list::List;
use egusi_server::okra::page::Pagination;
use egusi_store::{Page, StoreError, Task, TaskKind, TaskState};
use http_body_util::BodyExt;
use serde_json::json;

fn page(name: &str, number: u32, total: u64) {
    golden(name, &compact(&Pagination::new(Page::numbered(number, 20), total)));
}

#[test]
fn pages() {
    page("page_first", 1, 45);
    page("page_middle", 2, 45);
    page("page_last", 3, 45);
    page("page_empty", 1, 0);
    page("page_full", 1, 20);
    page("page_beyond", 9, 45);
}

#[test]
fn lists_of_both_generations() {
    let pagination = || Some(Pagination::new(Page::numbered(1, 20), 2));
    let list = |pagination, names| compact(&List { pagination, names, rows: vec!["one", "two"] });
    golden("list", &list(pagination(), &["balance"]));
    golden("list_v1_under_both_names", &list(pagination(), &["balance", "balances"]));
    golden("list_v1_products", &list(None, &["balances"]));
}

#[test]
fn the_envelope_of_a_good_answer() {
    golden("envelope", &compact(&good("Balance retrieved successfully", json!({"balance": []})).0));
}

#[test]
fn that_a_look_was_asked_for() {
    let record: RecordId = id(4);
    let callback_url = format!("https://connect.example/v2/callback?record={record}&method=BALANCE");
    let asked = Asked { callback_url, record, method: Method::Balance };
    golden("asked", &compact(&good("Balance checking...", asked).0));
}

#[test]
fn how_a_look_stands() {
    let task = |state, problem: &str| Task {
        record: id(4),
        kind: TaskKind::Balances,
        state,
        asked_at_ms: CONNECTED_AT_MS,
        ended_at_ms: (state != TaskState::Running).then_some(CONNECTED_AT_MS + 1_500),
        problem: problem.into(),
    };
    let list = List { pagination: None, names: &["balance"], rows: vec![json!({"_id": "…"})] };
    let running = polled::<()>(id(4), Method::Balance, Some(task(TaskState::Running, "")), None);
    golden("polled_running", &compact(&running));
    let completed = polled(id(4), Method::Balance, Some(task(TaskState::Completed, "")), Some(list));
    golden("polled_completed", &compact(&completed));
    let failed = task(TaskState::Failed, "sign_in_needed");
    golden("polled_failed", &compact(&polled::<()>(id(4), Method::Balance, Some(failed), None)));
    golden("polled_auth", &compact(&polled(id(4), Method::Auth, None, Some(json!({"auths": []})))));
}

async fn refused(error: OkraError) -> String {
    let body = error.into_response().into_body().collect().await.unwrap();
    String::from_utf8(body.to_bytes().to_vec()).unwrap()
}

#[tokio::test]
async fn the_body_of_a_refusal() {
    let invalid =
        ApiError::refused(ErrorCode::InvalidRequest, "id: expected an id of 24 hex digits, got nothing");
    golden("error", &refused(invalid.into()).await);
    let unauthorized = ApiError::refused(ErrorCode::Unauthorized, "Your secret key is not known");
    golden("error_unauthorized", &refused(unauthorized.into()).await);
    let nothing = nothing_here("/identity/getById".parse().unwrap()).await;
    golden("error_not_supported", &refused(nothing).await);
}

#[tokio::test]
async fn the_detail_of_our_own_faults_stays_inside() {
    let unavailable = StoreError::Unavailable("canary: disk full".into());
    let compact = refused(unavailable.into()).await;
    assert!(!compact.contains("canary"), "{compact}");
    golden("error_unavailable", &compact);
    let internal = refused(ApiError::Internal("canary: balance has no reading".into()).into()).await;
    assert!(!internal.contains("canary"), "{internal}");
    golden("error_internal", &internal);
}
