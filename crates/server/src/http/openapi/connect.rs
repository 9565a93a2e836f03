//! The doors of the widget. Their shapes are golden files of the protocol; here stand the bodies.

use super::describe::{Door, Doors, Shape, reference};
use crate::v3::scalars::ID_PATTERN;
use egusi_protocol::{Environment, Product};
use serde_json::{Value, json};

const TAG: &str = "Widget";

/// Adds them.
pub fn describe(doors: &mut Doors) {
    let envs: Vec<_> = Environment::ALL.iter().map(|env| env.as_str()).collect();
    let list = json!({
        "type": "object",
        "properties": { "institutions": { "type": "array", "items": { "type": "object" } } },
        "required": ["institutions"],
    });
    let institutions = Door::new("get", "/connect/v1/institutions", TAG, "The list of institutions")
        .parameter(json!({
            "name": "env", "in": "query", "required": true, "schema": { "type": "string", "enum": envs },
        }))
        .answers(200, "The most popular first.", Shape::json(list))
        .refuses(&[400, 409])
        .security(json!([]));
    doors.add(institutions.otherwise(reference("responses", "Refused")));
    let open = Door::new("post", "/connect/v1/sessions", TAG, "Opens a session")
        .body(Shape::json(options()))
        .answers(200, "Its token, and where it stands.", Shape::json(opened()))
        .refuses(&[401, 409])
        .security(json!([]));
    doors.add(open.otherwise(reference("responses", "Refused")));
    for (method, path, summary, body) in turns() {
        let door = Door::new(method, &format!("/connect/v1/session{path}"), TAG, summary);
        let door = match body {
            Some(body) => door.body(Shape::json(body)),
            None => door,
        };
        let door = door
            .answers(200, "Where the session stands.", Shape::json(stands()))
            .refuses(&[401, 409, 503])
            .security(json!([{ "sessionToken": [] }]));
        doors.add(door.otherwise(reference("responses", "Refused")));
    }
}

fn turns() -> [(&'static str, &'static str, &'static str, Option<Value>); 7] {
    let consent = object(json!({ "agreed": { "type": "boolean" }, "language": { "type": "string" } }));
    let id = json!({ "type": "string", "pattern": ID_PATTERN });
    let institution = object(json!({ "institution": id, "consent": consent }));
    let field = object(json!({ "name": { "type": "string" }, "value": { "type": "string" } }));
    let form = object(json!({ "fields": { "type": "array", "items": field } }));
    let answer = object(json!({ "answer": { "type": "string" } }));
    let pick = json!({ "type": "integer", "minimum": 0, "maximum": u16::MAX });
    let picks = object(json!({ "picks": { "type": "array", "items": pick } }));
    [
        ("get", "", "Where it stands, for a reload", None),
        ("delete", "", "Ends it", None),
        ("post", "/institution", "Consents, and chooses where", Some(institution)),
        ("post", "/form", "Sends the sign-in form", Some(form)),
        ("post", "/answer", "Answers a challenge", Some(answer)),
        ("post", "/poll", "How a pending sign-in stands", None),
        ("post", "/accounts", "Connects the accounts picked", Some(picks)),
    ]
}

/// An object that has all of these fields, and may have others.
fn object(properties: Value) -> Value {
    let required: Vec<_> =
        properties.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

fn options() -> Value {
    let products: Vec<_> = Product::ALL.iter().map(|product| product.as_str()).collect();
    let text = json!({ "type": ["string", "null"] });
    json!({
        "type": "object",
        "properties": {
            "key": { "type": "string", "description": "A public key, a UUID." },
            "token": { "type": "string", "description": "The client token." },
            "env": { "type": "string", "enum": Environment::ALL.iter().map(|env| env.as_str()).collect::<Vec<_>>() },
            "products": { "type": "array", "items": { "type": "string", "enum": products } },
            "show_balance": { "type": "boolean" },
            "name": text,
            "currency": text,
            "callback_url": text,
            "redirect_url": text,
            "app_id": text,
            "options": text,
            "meta": text,
            "charge": text,
            "host_origin": text,
        },
        "required": ["key", "token", "env", "products", "show_balance"],
    })
}

fn opened() -> Value {
    object(json!({
        "session_token": { "type": "string" },
        "setting": { "type": "object" },
        "step": { "type": "object" },
    }))
}

fn stands() -> Value {
    object(json!({ "step": { "type": "object" } }))
}
