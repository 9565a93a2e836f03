//! The paths of the Okra API, from a list: what they take is data, and what they answer is one
//! envelope.

use super::describe::{Door, Doors, Shape, reference};
use serde_json::{Map, Value, json};

const BASE: &str = "/v2";

/// A field of a call: its name, what it is, and whether the call needs it.
pub type Field = (&'static str, &'static str, bool);

/// A path of the Okra API.
pub struct Described {
    /// Below the base, without a slash before it; `{id}` stands for one part that differs.
    pub path: &'static str,
    /// Whether `GET` is answered, with the fields in the query.
    pub get: bool,
    /// Whether `POST` is answered, with the fields in the body.
    pub post: bool,
    /// What it does, in a few words.
    pub summary: &'static str,
    /// What it takes.
    pub fields: &'static [Field],
}

const ID: Field = ("id", "Its id.", true);
const FROM: Field = ("from", "First day or moment, UTC.", true);
const TO: Field = ("to", "Last day or moment, UTC; a day counts to its end.", true);
const PAGE: Field = ("page", "Which page, from 1.", false);
const LIMIT: Field = ("limit", "How many on a page, at most 100; 20 without it.", false);

const fn post(path: &'static str, summary: &'static str, fields: &'static [Field]) -> Described {
    Described { path, get: false, post: true, summary, fields }
}

const IN_TIME: &[Field] = &[FROM, TO, PAGE, LIMIT];

/// The paths this server serves.
pub const DOORS: &[Described] = &[
    Described {
        path: "banks/list",
        get: true,
        post: true,
        summary: "Every bank, never paged; no key needed.",
        fields: &[],
    },
    Described {
        path: "banks/getById",
        get: true,
        post: true,
        summary: "One bank; no key needed.",
        fields: &[ID],
    },
    post("balance/getById", "One balance.", &[ID]),
    post("balance/getBalanceById", "One balance.", &[ID]),
    post(
        "balance/getByCustomer",
        "Balances of a customer.",
        &[("customer", "Id of a customer.", true), PAGE, LIMIT],
    ),
    post(
        "balance/getByAccount",
        "Balances of an account.",
        &[("account_id", "Id of an account.", true), PAGE, LIMIT],
    ),
    post("balance/getByDate", "Balances made in a time.", IN_TIME),
    post(
        "balance/getByCustomerDate",
        "Balances of a customer, made in a time.",
        &[("customer", "Id of a customer.", true), FROM, TO],
    ),
    post("products/balances", "All balances.", &[PAGE, LIMIT]),
    post("balance/process", "Balances made in a time.", IN_TIME),
    post("products/balance/process", "Balances made in a time.", IN_TIME),
    post("transactions/balance/process", "Balances made in a time.", IN_TIME),
    post("transaction/balance/process", "Balances made in a time.", IN_TIME),
];

/// Adds each path of the list, for each of its methods.
pub fn describe(doors: &mut Doors, list: &[Described]) {
    for described in list {
        let methods = [("get", described.get), ("post", described.post)];
        for (method, _) in methods.into_iter().filter(|(_, is_answered)| *is_answered) {
            doors.add(door(method, described));
        }
    }
}

fn door(method: &'static str, described: &Described) -> Door {
    let Described { path, get: _, post: _, summary, fields } = described;
    let door = Door::new(method, &format!("{BASE}/{path}"), "Okra", summary.trim_end_matches('.'));
    let door = match method {
        "get" => fields.iter().fold(door, |door, (name, about, is_required)| {
            let schema = json!({ "type": "string" });
            let (place, required) = ("query", is_required);
            door.parameter(json!({
                "name": name, "in": place, "required": required, "description": about, "schema": schema,
            }))
        }),
        _ => door.body_as(
            &["application/json", "application/x-www-form-urlencoded"],
            body(fields),
            needs(fields),
        ),
    };
    let envelope = json!({
        "type": "object",
        "properties": {
            "status": { "type": "string", "const": "success" },
            "message": { "type": "string" },
            "data": { "type": ["object", "array"] },
        },
        "required": ["status", "message", "data"],
    });
    let error = json!({
        "description": "Why it was refused, in a few words.",
        "content": { "application/json": { "schema": reference("schemas", "OkraError") } },
    });
    door.answers(200, "What was asked for, as `data`.", Shape::json(envelope)).otherwise(error)
}

fn needs(fields: &[Field]) -> bool {
    fields.iter().any(|(_, _, is_required)| *is_required)
}

/// Fields may be numbers, flags or texts, and others beside them are ignored.
fn body(fields: &[Field]) -> Shape {
    let properties: Map<String, Value> =
        fields.iter().map(|(name, about, _)| ((*name).to_owned(), json!({ "description": about }))).collect();
    let required: Vec<_> =
        fields.iter().filter(|(_, _, is_required)| *is_required).map(|(name, ..)| name).collect();
    Shape::json(json!({ "type": "object", "properties": properties, "required": required }))
}

/// The error of the Okra wire.
pub fn error_schema() -> Value {
    json!({
        "type": "object",
        "description": "Why a call was refused, in Okra's shape.",
        "properties": {
            "status": { "type": "string", "const": "error" },
            "name": { "type": "string" },
            "message": { "type": "string" },
        },
        "required": ["status", "message"],
    })
}
