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
            let schema = schema_of(about);
            let required = is_required;
            door.parameter(json!({
                "name": name, "in": "query", "required": required, "description": about, "schema": schema,
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
    let door = door.answers(200, "What was asked for, as `data`.", Shape::json(envelope)).otherwise(error);
    // Pages of Okra's clients ask for banks before they have a key.
    if path.starts_with("banks/") { door.security(json!([{}, { "secretKey": [] }])) } else { door }
}

fn needs(fields: &[Field]) -> bool {
    fields.iter().any(|(_, _, is_required)| *is_required)
}

/// Fields beside these are ignored.
fn body(fields: &[Field]) -> Shape {
    let described = |(name, about, _): &Field| {
        let mut schema = schema_of(about);
        schema["description"] = json!(about);
        ((*name).to_owned(), schema)
    };
    let properties: Map<String, Value> = fields.iter().map(described).collect();
    let required: Vec<_> =
        fields.iter().filter(|(_, _, is_required)| *is_required).map(|(name, ..)| name).collect();
    Shape::json(json!({ "type": "object", "properties": properties, "required": required }))
}

/// What may stand in a field, as far as the words about it say; the rest may be a number, a flag or
/// a text.
fn schema_of(about: &str) -> Value {
    let begins = |words: &[&str]| words.iter().any(|word| about.starts_with(word));
    if begins(&["Id of", "Its id"]) {
        return reference("schemas", "Id");
    }
    if begins(&["First day", "Last day", "From when", "Until when"]) {
        return reference("schemas", "DayOrTime");
    }
    if begins(&["An object"]) {
        return json!({ "type": "object" });
    }
    if begins(&["Amount in major units"]) {
        return json!({ "type": "string", "pattern": r"^[0-9]{1,13}(\.[0-9]{1,2})?$" });
    }
    match words_of(about) {
        Some(words) => json!({ "type": "string", "enum": words }),
        None => json!({}),
    }
}

/// The words of a text such as "`debit` or `credit`."
fn words_of(about: &str) -> Option<Vec<&str>> {
    let list = about.split([':', '.']).next().unwrap_or_default();
    let words = list.split(", ").flat_map(|part| part.split(" or "));
    words.map(|word| word.strip_prefix('`')?.strip_suffix('`')).collect()
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
