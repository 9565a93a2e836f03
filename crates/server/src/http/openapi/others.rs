//! What operators and browsers fetch.

use super::describe::{Door, Doors, Shape};
use serde_json::json;

/// Adds it.
pub fn describe(doors: &mut Doors) {
    let door = |path: &str, summary| Door::new("get", path, "Server", summary).security(json!([]));
    let file = |path, summary| {
        door(path, summary)
            .parameter(
                json!({ "name": "file", "in": "path", "required": true, "schema": { "type": "string" } }),
            )
            .answers_with(200, "The file.")
            .answers_with(304, "What you have is still so.")
            .answers_with(404, "There is no such file.")
    };
    let ready = json!({
        "type": "object",
        "properties": { "status": { "type": "string", "const": "ready" } },
        "required": ["status"],
    });
    let whole = json!({ "type": "object", "required": ["openapi", "paths"] });
    doors.add(
        door("/health", "Whether the store can be read")
            .answers(200, "It can.", Shape::json(ready))
            .answers_with(503, "It cannot."),
    );
    for (path, summary) in [
        ("/", "The widget's page, for an iframe"),
        ("/docs", "This description, for people"),
        ("/tab", "The widget's page in a tab of its own, where its address can be seen"),
        ("/warm", "A page that has the browser fetch the widget's files early"),
    ] {
        doors.add(
            door(path, summary)
                .answers_with(200, "The page.")
                .answers_with(304, "What you have is still so.")
                .answers_with(503, "It is not built."),
        );
    }
    doors.add(
        door("/{short}", "The widget's page, opened by a link")
            .parameter(super::connect::short())
            .answers_with(200, "The page.")
            .answers_with(304, "What you have is still so.")
            .answers_with(404, "There is no such link: the page, which says so.")
            .answers_with(503, "It is not built."),
    );
    doors.add(file("/assets/{file}", "The widget's files"));
    doors.add(file("/embed/{file}", "The loader, as a script or a module"));
    doors.add(file("/docs/{file}", "The files of the description for people"));
    doors.add(
        door("/openapi.json", "This description, for programs")
            .answers(200, "OpenAPI 3.1.", Shape::json(whole))
            .answers_with(304, "What you have is still so."),
    );
}
