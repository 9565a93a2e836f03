//! The receipt of a consent: a number in a form, a page out.

use super::describe::{Door, Doors, Shape};
use serde_json::{Value, json};

/// Adds its doors.
pub fn describe(doors: &mut Doors) {
    let door = |method, path: &str, summary| Door::new(method, path, "Consent", summary).security(json!([]));
    let form = |more: Value| {
        let number = "The number of the receipt, in whatever way people write it.";
        let mut properties = json!({ "number": { "type": "string", "description": number } });
        if let (Some(all), Value::Object(more)) = (properties.as_object_mut(), more) {
            all.extend(more);
        }
        let schema = Shape::json(json!({ "type": "object", "properties": properties }));
        move |door: Door, about| {
            door.body_as(&["application/x-www-form-urlencoded"], schema, true)
                .answers_with(200, about)
                .answers_with(400, "A page: this is no form, or another site sent it.")
                .answers_with(404, "The form again: there is no receipt with this number.")
                .answers_with(413, "The body has more than 64 KiB.")
                .answers_with(429, "The form again: too many wrong numbers were tried just now.")
        }
    };
    let confirm = "`yes` ends the sharing. Anything else is asked about.";
    let stop = form(json!({ "confirm": { "type": "string", "description": confirm } }));
    doors.add(form(json!({}))(door("post", "/consent", "Shows a receipt"), "The receipt."));
    doors.add(form(json!({}))(
        door("post", "/consent/receipt", "Gives a receipt as a file to keep"),
        "A page that stands alone, as a download.",
    ));
    doors.add(stop(
        door("post", "/consent/stop", "Asks whether to stop the sharing, and stops it"),
        "The question, or the receipt of a sharing that has ended.",
    ));
    for path in ["/consent", "/consent/receipt", "/consent/stop"] {
        let page = "A form for the number of a receipt.";
        doors.add(door("get", path, "Asks for the number of a receipt").answers_with(200, page));
    }
}
