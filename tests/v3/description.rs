//! The OpenAPI file: served to everybody, whole, and true of what the server answers.

use crate::support::Site;
use axum::http::StatusCode;
use serde_json::Value;
use std::collections::BTreeSet;

fn fits(path: &str) -> String {
    path.replace("{id}", "5d6fe57a4099cc4b210bbec0").replace("{file}", "x")
}

#[tokio::test]
async fn the_description_is_for_everybody_and_need_not_be_sent_twice() {
    let site = Site::new().await;
    let answer = site.send("GET", "/openapi.json", &[], "").await;
    assert_eq!((answer.status, &answer.json["openapi"]), (StatusCode::OK, &"3.1.0".into()));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let tag = answer.header("etag").unwrap().to_owned();
    let again = site.send("GET", "/openapi.json", &[("if-none-match", &tag)], "").await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn every_reference_leads_somewhere_and_every_schema_is_used() {
    let site = Site::new().await;
    let document = site.send("GET", "/openapi.json", &[], "").await.json;
    let mut named = BTreeSet::new();
    references(&document, &mut named);
    for reference in &named {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    for name in document["components"]["schemas"].as_object().unwrap().keys() {
        assert!(named.contains(&format!("#/components/schemas/{name}")), "{name} is used nowhere");
    }
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            found.extend(object.get("$ref").and_then(Value::as_str).map(str::to_owned));
            object.values().for_each(|value| references(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test]
async fn a_wrong_method_hears_the_right_ones() {
    let site = Site::new().await;
    let document = site.send("GET", "/openapi.json", &[], "").await.json;
    for (path, item) in document["paths"].as_object().unwrap() {
        let described: BTreeSet<String> =
            item.as_object().unwrap().keys().map(|method| method.to_uppercase()).collect();
        let answer = site.v3_with("TRACE", &fits(path), &[], "").await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "TRACE {path}");
        let allowed = answer.header("allow").unwrap().split(',').filter(|method| *method != "HEAD");
        let allowed: BTreeSet<String> = allowed.map(str::to_owned).collect();
        assert_eq!(allowed, described, "{path}");
    }
}

#[tokio::test]
async fn no_door_of_v3_opens_without_a_key() {
    let site = Site::new().await;
    let document = site.send("GET", "/openapi.json", &[], "").await.json;
    let mut doors = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if !path.starts_with("/v3/") {
                continue;
            }
            assert!(operation.get("security").is_none(), "{path} is under the key of all");
            let answer = site.send(&method.to_uppercase(), &fits(path), &[], "").await;
            assert_eq!((answer.status, answer.code()), (StatusCode::UNAUTHORIZED, "unauthorized"), "{path}");
            assert!(operation["responses"]["401"].is_object(), "{path}");
            doors += 1;
        }
    }
    assert!(doors >= 35, "{doors}");
}
