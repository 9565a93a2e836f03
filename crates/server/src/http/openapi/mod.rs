//! The description of every door, in OpenAPI 3.1: for people at `/docs`, for programs as it is.
//!
//! Shapes and queries come from the types that read and write them; what stands beside them, a file
//! for each group of callers, is compared with the routes by a test.

mod connect;
mod consent;
mod describe;
mod okra;
mod others;
mod plain;
mod sandbox;
mod v3;

use crate::http::okra::doors::OKRA_DOORS;
use crate::v3::scalars;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use describe::Doors;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// Written once; it is the same for everybody.
static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| document().to_string().into());

/// `GET /openapi.json`
pub async fn serve() -> Response {
    ([(CONTENT_TYPE, "application/json")], DOCUMENT.clone()).into_response()
}

/// The whole description.
pub fn document() -> Value {
    let mut doors = Doors::default();
    v3::describe(&mut doors);
    sandbox::describe(&mut doors);
    okra::describe(&mut doors, OKRA_DOORS);
    connect::describe(&mut doors);
    others::describe(&mut doors);
    plain::describe(&mut doors);
    consent::describe(&mut doors);
    let (paths, mut schemas) = doors.into_parts();
    for (name, schema) in scalars::schemas() {
        schemas.insert(name.to_owned(), schema);
    }
    schemas.insert("Error".to_owned(), describe::error_schema());
    schemas.insert("OkraError".to_owned(), okra::error_schema());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Egusi",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Bank accounts, connected with their owners' consent, and what they hold.",
            "description": ABOUT,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "This server." }],
        "security": [{ "secretKey": [] }],
        "tags": TAGS.map(|(name, about)| json!({ "name": name, "description": about })),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": describe::refusals(),
            "parameters": describe::parameters(),
            "headers": describe::headers(),
            "securitySchemes": {
                "secretKey": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A secret key, `sk_test_…` or `sk_live_…`. It decides whose data is seen and in \
                        which world. It belongs on your server: one that a browser's page sends is refused.",
                },
                "sessionToken": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token of one opening of the widget.",
                },
            },
        },
    })
}

const ABOUT: &str = "\
Every answer carries `x-request-id`; send one of your own (1 to 64 letters, digits, `-` or `_`) and it is kept.

Under `/v3`, amounts are exact decimal text in major units and times are RFC 3339. Lists are read with `limit` and \
`cursor`. A query or a body with a name nobody knows is refused by that name. A write may carry `Idempotency-Key`: \
the same call again within a day is not done again, and its answer says `idempotent-replayed: true`. A read carries \
`ETag`; send it as `If-None-Match` and an answer you have is a 304. A key has so many calls a minute; a 429 says in \
`Retry-After` when to go on.

The paths of the Okra API are described under `/v2`; they are the same under `/v2/sandbox`, `/sandbox/v2`, `/v1` and \
`/sandbox/v1`, where v1 has some shapes of its own.";

const TAGS: [(&str, &str); 11] = [
    ("Balances", "What accounts hold, now and over time."),
    ("Customers", "Who connected, through which sign-ins."),
    ("Transactions", "Movements of money."),
    ("Institutions", "Where one can connect."),
    ("Apps", "Saved configurations of the widget."),
    ("Webhooks", "What your server is told without asking."),
    ("Sandbox", "What tests change of the sandbox's banks. For sandbox keys only."),
    ("Okra", "For clients of the Okra API."),
    ("Widget", "What the widget calls; not for your server."),
    ("Consent", "What customers see and end of what they agreed to; not for your server."),
    ("Server", "For operators and browsers."),
];
