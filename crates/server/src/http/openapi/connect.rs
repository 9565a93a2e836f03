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
    doors.add(link());
    let open = Door::new("post", "/connect/v1/sessions", TAG, "Opens a session")
        .body(Shape::json(options()))
        .answers(200, "Its token, and where it stands.", Shape::json(opened()))
        .refuses(&[401, 403, 404, 409, 410])
        .security(json!([]));
    doors.add(open.otherwise(reference("responses", "Refused")));
    doors.add(a_call(look()));
    for (method, path, summary, body) in turns() {
        let door = Door::new(method, &format!("/connect/v1/session{path}"), TAG, summary);
        doors.add(a_call(match body {
            Some(body) => door.body(Shape::json(body)),
            None => door,
        }));
    }
    for door in pages() {
        doors.add(door);
    }
}

fn link() -> Door {
    let envs: Vec<_> = Environment::ALL.iter().map(|env| env.as_str()).collect();
    let saved = object(json!({
        "app_id": { "type": "string", "pattern": ID_PATTERN },
        "env": { "type": "string", "enum": envs },
        "options": { "type": "object" },
    }));
    Door::new("get", "/connect/v1/links/{short}", TAG, "What a link opens")
        .about("The options that are saved with an App, without its `callback_url`.")
        .parameter(short())
        .answers(200, "The saved configuration.", Shape::json(saved))
        .refuses(&[404])
        .security(json!([]))
        .otherwise(reference("responses", "Refused"))
}

/// The name of a link, as a part of a path.
pub fn short() -> Value {
    json!({ "name": "short", "in": "path", "required": true, "schema": { "type": "string" } })
}

/// What every call of a session has.
fn a_call(door: Door) -> Door {
    door.answers(200, "Where the session stands.", Shape::json(stands()))
        .refuses(&[401, 409, 503])
        .security(json!([{ "sessionToken": [] }]))
        .otherwise(reference("responses", "Refused"))
}

fn look() -> Door {
    let resume = "Also what a widget that was loaded anew shows: the setting, and the form behind the step.";
    let after = "Waits, at most 25 s, until the session has gone past this turn, or until a call of it that \
        is being worked on is done.";
    let turn = json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX });
    Door::new("get", "/connect/v1/session", TAG, "Where it stands, for a reload and for a wait")
        .parameter(json!({
            "name": "resume", "in": "query", "description": resume, "schema": { "type": "boolean" },
        }))
        .parameter(json!({ "name": "after", "in": "query", "description": after, "schema": turn }))
        .refuses(&[400])
}

fn turns() -> [(&'static str, &'static str, &'static str, Option<Value>); 7] {
    let text = json!({ "type": "string" });
    let consent = object(json!({ "agreed": { "type": "boolean" }, "language": text }));
    let id = json!({ "type": "string", "pattern": ID_PATTERN });
    let institution = object(json!({ "institution": id, "consent": consent }));
    let institution = with(institution, json!({ "anew": { "type": "boolean" } }));
    let field = object(json!({ "name": text, "value": text }));
    let form = answering(object(json!({ "fields": { "type": "array", "items": field } })));
    let form = with(form, json!({ "method": text }));
    let answer = answering(object(json!({ "answer": text })));
    let pick = json!({ "type": "integer", "minimum": 0, "maximum": u16::MAX });
    let picks = answering(object(json!({ "picks": { "type": "array", "items": pick } })));
    [
        ("delete", "", "Ends it", None),
        ("post", "/institution", "Consents, and chooses where", Some(institution)),
        ("post", "/form", "Sends the sign-in form", Some(form)),
        ("post", "/answer", "Answers a challenge", Some(answer)),
        ("post", "/resend", "Has the code of a challenge sent once more", Some(answering(object(json!({}))))),
        ("post", "/poll", "How a pending sign-in stands", None),
        ("post", "/accounts", "Connects the accounts picked", Some(picks)),
    ]
}

/// What customers' browsers open beside the widget.
fn pages() -> [Door; 3] {
    let state = json!({
        "name": "state", "in": "query", "required": true, "schema": { "type": "string" },
        "description": "Which sign-in it belongs to; good once.",
    });
    let page = |method, path, summary| {
        let door = Door::new(method, path, TAG, summary).security(json!([]));
        door.answers_with(400, "A page: the address has been used, or is too old.")
    };
    let back =
        page("get", "/connect/v1/return", "Where an institution's own page sends the customer back to");
    let bank = page("get", "/sandbox/bank", "The own page of the sandbox's institutions");
    let form = object(json!({
        "state": { "type": "string" },
        "answer": { "type": "string", "enum": ["approve", "deny"] },
    }));
    [
        back.parameter(state.clone())
            .answers_with(200, "A page: how it went, and where to go on.")
            .answers_with(409, "A page: the answer is being worked on."),
        bank.parameter(state).answers_with(200, "The page that asks."),
        page("post", "/sandbox/bank", "What was pressed on that page")
            .body_as(&["application/x-www-form-urlencoded"], Shape::json(form), true)
            .answers_with(303, "The way back.")
            .answers_with(413, "The body has more than 64 KiB."),
    ]
}

/// A body that answers a step; one that is behind changes nothing.
fn answering(body: Value) -> Value {
    let turn = json!({
        "type": ["integer", "null"], "minimum": 0, "maximum": u32::MAX,
        "description": "The turn that is answered. Where the session has gone on since, nothing is done.",
    });
    with(body, json!({ "turn": turn }))
}

/// The same object with fields that may be left out.
fn with(mut body: Value, more: Value) -> Value {
    if let (Some(known), Value::Object(more)) = (body["properties"].as_object_mut(), more) {
        known.extend(more);
    }
    body
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
            "garnish": { "type": "boolean" },
            "holders": { "type": ["string", "null"], "enum": ["individual", "corporate", "both", null] },
            "filter": text,
            "countries": { "type": "array", "items": { "type": "string" } },
            "selection": { "type": ["string", "null"], "enum": ["single", "multiple", "all", null] },
            "exp": text,
            "institution": text,
            "account_number": text,
            "customer": text,
            "host_origin": text,
            "ref": text,
        },
        "required": ["env", "products", "show_balance"],
    })
}

fn opened() -> Value {
    object(json!({
        "session_token": { "type": "string" },
        "setting": { "type": "object" },
        "step": step(),
        "turn": { "type": "integer", "minimum": 0 },
    }))
}

fn stands() -> Value {
    let stands = object(json!({ "step": step(), "turn": { "type": "integer", "minimum": 0 } }));
    with(stands, json!({ "is_busy": { "type": "boolean" }, "resumed": { "type": "object" } }))
}

/// The step of a session where nothing is chosen is a bare word.
fn step() -> Value {
    json!({ "type": ["object", "string"] })
}
