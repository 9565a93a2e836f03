//! The doors through which tests change what the sandbox holds.

use super::describe::{Door, Doors, Shape, reference};
use egusi_protocol::EventKind;
use serde_json::{Value, json};

const TAG: &str = "Sandbox";
/// What can be told.
const EVENTS: &[EventKind] = EventKind::ALL;

/// Adds them.
pub fn describe(doors: &mut Doors) {
    for door in accounts().into_iter().chain(persons()) {
        doors.add(door.behind_the_gate());
    }
}

fn accounts() -> Vec<Door> {
    let amount = json!({ "type": "string", "description": "Decimal text in major units." });
    let amount_or_null = json!({ "type": ["string", "null"], "description": "Decimal text in major units." });
    let account =
        || Shape::json(json!({ "type": "object", "description": "The account as its bank reports it." }));
    let door = |method, rest: &str, summary| Door::new(method, &format!("/v3/sandbox{rest}"), TAG, summary);
    vec![
        door("post", "/accounts/{id}/balance", "Sets what an account holds")
            .body(object(json!({ "ledger": amount_or_null, "available": amount_or_null }), &[]))
            .answers(200, "The account.", account()),
        door("post", "/accounts/{id}/transactions", "Adds a transaction")
            .body(object(
                json!({
                    "amount": amount,
                    "description": { "type": "string" },
                    "pending": { "type": "boolean", "default": false },
                    "at": { "type": ["string", "null"], "format": "date-time" },
                }),
                &["amount", "description"],
            ))
            .answers(201, "The transaction.", Shape::json(json!({ "type": "object" }))),
        door(
            "post",
            "/accounts/{id}/pending",
            "Lets the list of pending transactions break off, or mends it",
        )
        .body(object(json!({ "fails": { "type": "boolean" } }), &["fails"]))
        .answers(200, "The account.", account()),
        door("delete", "/accounts/{id}/pending", "Empties the list of pending transactions").answers(
            200,
            "The account.",
            account(),
        ),
        door("post", "/records/{id}/require-sign-in", "Lets the bank want a new sign-in")
            .answers_with(204, "It does."),
        door("post", "/records/{id}/simulate", "Tells an event as if it had happened")
            .body(object(json!({ "event": { "type": "string", "enum": EVENTS } }), &["event"]))
            .answers(202, "It is on its way.", Shape::json(json!({ "type": "object" }))),
    ]
}

fn persons() -> Vec<Door> {
    let text = |pattern: &str| json!({ "type": ["string", "null"], "pattern": pattern });
    let digits = text("^[0-9]{4,8}$");
    let person = json!({
        "username": text(r"^[^\s\x00-\x1f\x7f]{1,64}$"),
        "password": text("^.{1,100}$"),
        "name": text(r"^\S(.{0,98}\S)?$"),
        "institutions": { "type": "array", "items": reference("schemas", "Id"), "maxItems": 20 },
        "kind": { "type": "string", "enum": ["individual", "corporate"] },
        "accounts": { "type": ["integer", "null"], "minimum": 1, "maximum": 5 },
        "volume": { "type": "string", "enum": ["low", "medium", "high"] },
        "one_time_code": digits,
        "pin": digits,
        "token": digits,
        "asked_for": { "enum": ["one_time_code", "pin", "token", null] },
    });
    let number = |name: &str, about: &str| {
        let schema = json!({ "type": "integer", "minimum": 0, "maximum": u64::MAX });
        json!({ "name": name, "in": "query", "description": about, "schema": schema })
    };
    let page = json!({
        "type": "object",
        "properties": {
            "persons": { "type": "array", "items": { "type": "object" } },
            "total": { "type": "integer" },
        },
        "required": ["persons", "total"],
    });
    vec![
        Door::new("get", "/v3/sandbox/persons", TAG, "Lists test persons")
            .parameter(number("skip", "How many to leave out."))
            .parameter(number("limit", "How many at most; 100."))
            .refuses(&[400])
            .answers(200, "In the order of their usernames.", Shape::json(page)),
        Door::new("post", "/v3/sandbox/persons", TAG, "Makes a test person")
            .about("What is left out is drawn.")
            .body(object(person, &[]))
            .answers(201, "With all that signs them in.", Shape::json(json!({ "type": "object" }))),
    ]
}

/// A body without fields nobody knows.
fn object(properties: Value, required: &[&str]) -> Shape {
    Shape::json(json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    }))
}
