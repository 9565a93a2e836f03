//! The paths of the Okra API, from a list: what they take is data, and what they answer is one
//! envelope.

use super::describe::{self, Doors, Shape, reference};
use crate::http::okra::doors::{Door, Field};
use serde_json::{Map, Value, json};

/// Under which base they are described, and those that only the sandbox has.
const BASES: [&str; 2] = ["/v2", "/v2/sandbox"];

/// Adds each path of the list that this server serves, for each of its methods.
pub fn describe(doors: &mut Doors, list: &[Door]) {
    for described in list.iter().filter(|described| described.works) {
        let methods = [("get", described.get), ("post", described.post)];
        for (method, _) in methods.into_iter().filter(|(_, is_answered)| *is_answered) {
            doors.add(door(method, described));
        }
    }
}

fn door(method: &'static str, described: &Door) -> describe::Door {
    let Door { path, get: _, post: _, summary, fields, works: _, is_of_sandbox } = described;
    let base = BASES[usize::from(*is_of_sandbox)];
    let door = describe::Door::new(method, &format!("{base}/{path}"), "Okra", summary.trim_end_matches('.'));
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
