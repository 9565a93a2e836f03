//! The window without WebAssembly: forms in, pages out.

use super::describe::{Door, Doors, Shape};
use serde_json::{Value, json};

/// Adds it.
pub fn describe(doors: &mut Doors) {
    let door = |method, path: &str, summary| Door::new(method, path, "Widget", summary).security(json!([]));
    let form = |properties: Value| {
        let schema = Shape::json(json!({ "type": "object", "properties": properties }));
        move |door: Door| {
            door.body_as(&["application/x-www-form-urlencoded"], schema, true)
                .answers_with(200, "The page that comes next.")
                .answers_with(400, "A page: it cannot be opened, or leads nowhere any more.")
                .answers_with(413, "The body has more than 64 KiB.")
        }
    };
    let text = |about: &str| json!({ "type": "string", "description": about });
    let opening = form(json!({
        "options": text("The options of `buildWithOptions`, as JSON text."),
        "ref": text("A link's name, in place of them."),
    }));
    let step = form(json!({
        "session": text("The session, sealed."),
        "begun": text("What the window was opened with, sealed."),
        "turn": text("The turn of the step that is answered; what is behind changes nothing."),
        "do": text("The button that was pressed. Other fields are those of the page it stood on."),
    }));
    let nothing = "A page: there is nothing at this address without a form.";
    doors.add(opening(door("post", "/plain/open", "Opens the window without WebAssembly")));
    doors.add(
        door("get", "/plain/open", "What somebody finds who types the address").answers_with(400, nothing),
    );
    doors.add(step(door("post", "/plain", "The form of every page of that window")));
    doors.add(door("get", "/plain", "What somebody finds who types that address").answers_with(400, nothing));
    doors.add(
        door("get", "/plain/tell.js", "Hands what the host must hear to the page around it")
            .answers_with(200, "The script."),
    );
}
