//! Calls as clients in the wild write them, and what is said of those that cannot be read.

use crate::support::Site;
use crate::support::traveller::connected;
use crate::world::{World, send};
use axum::http::StatusCode;
use egusi_server::http::okra::doors::OKRA_DOORS;
use serde_json::{Value, json};

#[tokio::test]
async fn a_call_without_what_it_needs_says_so_shortly() {
    let site = Site::new().await;
    for (path, body, message) in [
        ("balance/getByAccount", json!({}), "account_id: expected an id of 24 hex digits, got nothing"),
        (
            "balance/getByDate",
            json!({"from": "2027-01-15"}),
            "to: expected a date such as 2026-11-20 or 2026-11-20 20:45:00, got nothing",
        ),
        (
            "balance/getByDate",
            json!({"from": "soon", "to": "later"}),
            "from: expected a date such as 2026-11-20 or 2026-11-20 20:45:00, got something else",
        ),
        (
            "balance/process",
            json!({"from": "2027-01-15", "to": "2027-01-15", "account_id": "x"}),
            "account_id: expected an id of 24 hex digits, got something else",
        ),
    ] {
        let answer = site.okra(&format!("/v2/{path}"), &body).await;
        assert_eq!(
            (answer.status, answer.json["message"].as_str()),
            (StatusCode::BAD_REQUEST, Some(message)),
            "{path}"
        );
        assert!(answer.json.to_string().len() <= 120, "{path}: {}", answer.json.to_string().len());
    }
}

#[tokio::test]
async fn two_slashes_are_one() {
    let site = Site::new().await;
    let payload = connected(&site).await;
    let ask = json!({"customer": payload["customer_id"]});
    let answer = site.okra("//v2//balance/getByCustomer", &ask).await;
    assert_eq!(answer.json["data"]["pagination"]["totalDocs"], 1);
}

/// Doors that answer the same when they are asked again.
fn readable() -> impl Iterator<Item = &'static str> {
    let asks_again =
        |path: &str| path.ends_with("check") || path.ends_with("refresh") || path.ends_with("periodic");
    let doors = OKRA_DOORS.iter().filter(|door| door.works && door.post && !door.is_of_sandbox);
    doors.map(|door| door.path).filter(move |path| !asks_again(path))
}

fn as_form(fields: &Value) -> String {
    let mut form = String::new();
    for (name, value) in fields.as_object().unwrap() {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let text: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        form.push_str(&format!("{name}={text}&"));
    }
    form
}

#[tokio::test]
async fn every_path_reads_bodies_of_every_kind() {
    let world = World::new().await;
    let key = world.site.company.sandbox.secret.expose();
    for path in readable() {
        let mut fields = world.fields(world.id_at(path));
        if path.starts_with("banks") {
            fields["id"] = json!(crate::world::BANK);
        }
        if path.ends_with("find-customers-by") {
            fields["value"] = json!("Ada Sample");
        }
        if path.starts_with("transaction") && path.ends_with("getByType") {
            (fields["type"], fields["value"]) = (json!("debit"), json!("40000.50"));
        }
        let path = format!("/v2/{path}");
        let expected = world.site.post(&path, key, &fields).await;
        assert_eq!(expected.status, StatusCode::OK, "{path}: {}", expected.json);
        let mut texts = fields.clone();
        for (_, value) in texts.as_object_mut().unwrap() {
            *value = json!(value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        }
        texts["includePeriodic"] = json!("");
        texts["<limit>"] = json!("<class 'int'>");
        texts["pdf"] = json!("");
        let form = as_form(&fields);
        let bearer = format!("Bearer {key}");
        for (kind, headers, body) in [
            (
                "text",
                vec![("authorization", bearer.as_str()), ("content-type", "text/plain")],
                texts.to_string(),
            ),
            (
                "form",
                vec![("authorization", &bearer), ("content-type", "application/x-www-form-urlencoded")],
                form.clone(),
            ),
            (
                "form called JSON",
                vec![("authorization", key), ("content-type", "application/json;charset=utf-8")],
                form.clone(),
            ),
        ] {
            let answer = send(&world.site, "POST", &path, &headers, &body).await;
            assert_eq!(answer.json, expected.json, "{path} as {kind}");
        }
        let in_query = format!("{path}?{form}");
        let answer = send(&world.site, "POST", &in_query, &[("authorization", &bearer)], "").await;
        assert_eq!(answer.json, expected.json, "{path} in the query");
    }
}

#[tokio::test]
async fn a_call_without_any_body_gets_the_first_page() {
    let world = World::new().await;
    for path in readable().filter(|path| path.starts_with("products/") && !path.contains("process")) {
        let path = format!("/v2/{path}");
        let key = world.site.company.sandbox.secret.expose();
        let answer = world.site.call("POST", &path, key, "").await;
        let is_good = if path.contains("/all/") || path.ends_with("ByBank") { 400 } else { 200 };
        assert_eq!(answer.status, is_good, "{path}: {}", answer.json);
    }
}

#[tokio::test]
async fn more_options_than_a_connection_can_have_are_refused() {
    let site = Site::new().await;
    let many: serde_json::Map<_, _> = (0..4_000).map(|at| (at.to_string(), json!(at))).collect();
    for path in ["balance/byOptions", "auth/byOptions", "transactions/byOptions"] {
        let answer = site.okra(&format!("/v2/{path}"), &json!({"options": many})).await;
        assert_eq!(
            (answer.status, answer.json["message"].as_str()),
            (
                StatusCode::BAD_REQUEST,
                Some("options: expected an object with 1 to 32 names, got something else")
            ),
            "{path}"
        );
    }
}
