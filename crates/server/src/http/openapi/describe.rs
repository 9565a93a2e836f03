//! How a door is described: what it takes, what it answers, what it refuses.

use crate::http::v3::query::Param;
use egusi_protocol::ErrorCode;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

/// All doors, and the shapes they name.
#[derive(Default)]
pub struct Doors {
    paths: BTreeMap<String, Map<String, Value>>,
    schemas: BTreeMap<String, Value>,
}

impl Doors {
    /// Adds a door.
    pub fn add(&mut self, door: Door) {
        let Door { method, path, operation, schemas } = door;
        self.schemas.extend(schemas);
        self.paths.entry(path).or_default().insert(method.to_owned(), Value::Object(operation));
    }

    /// Paths and schemas.
    pub fn into_parts(self) -> (Value, Map<String, Value>) {
        let paths = self.paths.into_iter().map(|(path, item)| (path, Value::Object(item))).collect();
        (Value::Object(paths), self.schemas.into_iter().collect())
    }
}

/// A shape, and the shapes it names.
pub struct Shape {
    schema: Value,
    named: Vec<(String, Value)>,
}

impl Shape {
    /// What a type says of itself.
    pub fn of<T: ToSchema>() -> Self {
        let mut named = Vec::new();
        T::schemas(&mut named);
        named.push((T::name().into_owned(), <T as PartialSchema>::schema()));
        let named = named.into_iter().map(|(name, schema)| (name, written(&schema))).collect();
        Self { schema: reference("schemas", &T::name()), named }
    }

    /// A page of such.
    pub fn list<T: ToSchema>() -> Self {
        let Self { schema, named } = Self::of::<T>();
        let next = "What to ask for as `cursor` to go on; null at the end.";
        let schema = json!({
            "type": "object",
            "properties": {
                "data": { "type": "array", "items": schema },
                "next": { "type": ["string", "null"], "description": next },
            },
            "required": ["data", "next"],
        });
        Self { schema, named }
    }

    /// A shape that no type of ours describes.
    pub const fn json(schema: Value) -> Self {
        Self { schema, named: Vec::new() }
    }
}

fn written(schema: &RefOr<Schema>) -> Value {
    // A schema is made of texts and numbers, which can always be written.
    serde_json::to_value(schema).unwrap_or_default()
}

/// One door: a path, called with a method.
pub struct Door {
    method: &'static str,
    path: String,
    operation: Map<String, Value>,
    schemas: Vec<(String, Value)>,
}

impl Door {
    /// A door under a tag, with what it does in a few words. Ids in its path are described by it.
    pub fn new(method: &'static str, path: &str, tag: &str, summary: &str) -> Self {
        let mut operation = Map::new();
        operation.insert("tags".into(), json!([tag]));
        operation.insert("summary".into(), json!(summary));
        operation.insert("operationId".into(), json!(name_of(method, path)));
        operation.insert("parameters".into(), json!([]));
        operation.insert("responses".into(), json!({}));
        let door = Self { method, path: path.to_owned(), operation, schemas: Vec::new() };
        if path.contains("{id}") {
            door.parameter(reference("parameters", "Id")).refuses(&[400, 404])
        } else {
            door
        }
    }

    /// More of what it does.
    pub fn about(self, text: &str) -> Self {
        self.with("description", json!(text))
    }

    /// What it reads from the query.
    pub fn query(self, params: &[Param]) -> Self {
        let described = params.iter().map(|Param { name, kind, about }| {
            json!({ "name": name, "in": "query", "description": about, "schema": kind.schema() })
        });
        let door = described.fold(self, Self::parameter);
        if params.is_empty() { door } else { door.refuses(&[400]) }
    }

    /// One more parameter.
    pub fn parameter(mut self, parameter: Value) -> Self {
        if let Some(parameters) = self.operation.get_mut("parameters").and_then(Value::as_array_mut) {
            parameters.push(parameter);
        }
        self
    }

    /// The body it takes.
    pub fn body(self, shape: Shape) -> Self {
        self.body_as(&["application/json"], shape, true).refuses(&[400, 413])
    }

    /// The same, where several ways to write it are taken, or none.
    pub fn body_as(mut self, kinds: &[&str], shape: Shape, is_required: bool) -> Self {
        self.schemas.extend(shape.named);
        let content: Map<_, _> =
            kinds.iter().map(|kind| ((*kind).to_owned(), json!({ "schema": shape.schema }))).collect();
        self.with("requestBody", json!({ "required": is_required, "content": content }))
    }

    /// A good answer.
    pub fn answers(mut self, status: u16, about: &str, shape: Shape) -> Self {
        self.schemas.extend(shape.named);
        let content = json!({ "application/json": { "schema": shape.schema } });
        self.response(&status.to_string(), json!({ "description": about, "content": content }))
    }

    /// An answer whose body is not described.
    pub fn answers_with(self, status: u16, about: &str) -> Self {
        self.response(&status.to_string(), json!({ "description": about }))
    }

    /// Refusals in our own shape.
    pub fn refuses(self, statuses: &[u16]) -> Self {
        statuses.iter().fold(self, |door, status| {
            let name =
                REFUSALS.iter().find(|(known, ..)| known == status).map_or("Refused", |(_, name, _)| name);
            door.response(&status.to_string(), reference("responses", name))
        })
    }

    /// Any other answer.
    pub fn otherwise(self, response: Value) -> Self {
        self.response("default", response)
    }

    /// Who may call, if it is not a secret key.
    pub fn security(self, security: Value) -> Self {
        self.with("security", security)
    }

    /// What every door behind the gate of v3 has.
    pub fn behind_the_gate(self) -> Self {
        let door = match self.method {
            "get" => self.tagged(),
            _ => self.parameter(reference("parameters", "IdempotencyKey")).refuses(&[400, 409, 422]),
        };
        door.refuses(&[401, 403, 429, 503]).otherwise(reference("responses", "Refused"))
    }

    fn tagged(mut self) -> Self {
        let responses = self.operation.get_mut("responses");
        if let Some(good) = responses.and_then(|responses| responses.get_mut("200")) {
            good["headers"] = json!({ "ETag": reference("headers", "ETag") });
        }
        self.response("304", json!({ "description": "What you have is still so." }))
    }

    fn response(mut self, status: &str, response: Value) -> Self {
        if let Some(responses) = self.operation.get_mut("responses").and_then(Value::as_object_mut) {
            responses.insert(status.to_owned(), response);
        }
        self
    }

    fn with(mut self, name: &str, value: Value) -> Self {
        self.operation.insert(name.to_owned(), value);
        self
    }
}

/// A name for programs: `get` and the words of the path.
fn name_of(method: &str, path: &str) -> String {
    let words = path.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(method.to_owned(), |name, word| format!("{name}_{word}"))
}

/// A reference to a component.
pub fn reference(kind: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{kind}/{name}") })
}

const REFUSALS: [(u16, &str, &str); 9] = [
    (400, "Invalid", "Something in the call is not what was expected; the message names it."),
    (401, "Unauthorized", "There is no secret key of this server in the call."),
    (403, "Forbidden", "The key is good, but may not be used this way; the message says why."),
    (404, "NotFound", "Nothing is there by that name, or it is somebody else's."),
    (409, "Conflict", "Something is in the way, or the same call is still being worked on."),
    (413, "TooLarge", "The body has more than 64 KiB."),
    (422, "Mismatch", "The idempotency key was used for another call."),
    (429, "TooMany", "More calls than this key may make."),
    (503, "Unavailable", "The server, or the institution that was asked, cannot work right now."),
];

/// The refusals, by name.
pub fn refusals() -> Value {
    let content = json!({ "application/json": { "schema": reference("schemas", "Error") } });
    let refusal = |about: &str| json!({ "description": about, "content": content });
    let mut all: Map<_, _> =
        REFUSALS.iter().map(|(_, name, about)| ((*name).to_owned(), refusal(about))).collect();
    for name in ["TooMany", "Conflict"] {
        all[name]["headers"] = json!({ "Retry-After": reference("headers", "RetryAfter") });
    }
    all.insert("Refused".into(), refusal("Any other refusal."));
    Value::Object(all)
}

/// Parameters that many doors have.
pub fn parameters() -> Value {
    json!({
        "Id": { "name": "id", "in": "path", "required": true, "schema": reference("schemas", "Id") },
        "IdempotencyKey": {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "Any text of yours, new for each call: the same call again is then not done again.",
            "schema": { "type": "string", "pattern": "^[!-~]{1,255}$" },
        },
    })
}

/// Headers that many answers have.
pub fn headers() -> Value {
    json!({
        "ETag": {
            "description": "What the answer is known by; send it as `If-None-Match`.",
            "schema": { "type": "string" },
        },
        "RetryAfter": {
            "description": "In how many seconds the same call may succeed.",
            "schema": { "type": "integer" },
        },
    })
}

/// The error of v3 and of the widget's API.
pub fn error_schema() -> Value {
    let codes: Vec<_> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
    json!({
        "type": "object",
        "description": "Why a call was refused.",
        "properties": {
            "code": { "type": "string", "enum": codes, "description": "Stable; programs branch on it." },
            "message": { "type": "string", "description": "For people: what was expected beside what arrived." },
        },
        "required": ["code", "message"],
    })
}
