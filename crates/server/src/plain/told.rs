//! What the host must hear, in the words of the widget's page, as JSON that stands on the page until
//! the page around it takes it over.

use crate::times::wire_time;
use egusi_flow::{Happening, HostEvent};
use egusi_protocol::HostEventName;
use serde_json::{Map, Value, json};

/// The messages of what happened, in order. Where the browser is to go on to another page, the host
/// hears of that before the end, which is the last it listens to.
pub fn messages(said: &[HostEvent], go_to: Option<&str>, now_ms: i64) -> Vec<Value> {
    let mut messages = Vec::new();
    for event in said {
        match event {
            HostEvent::Happened(happening) => messages.push(happened(happening, now_ms)),
            HostEvent::Success(payload) => messages.push(success(payload)),
            HostEvent::Error { code, message } => messages.push(json!({ "error": message, "code": code })),
            HostEvent::BeforeClose => messages.push(json!({ "beforeClose": true })),
            HostEvent::Close => {
                messages.extend(go_to.map(|url| json!({ "redirect": url })));
                messages.push(json!({ "close": true }));
            }
        }
    }
    messages
}

/// Every key is there, null where it does not apply.
fn happened(happening: &Happening, now_ms: i64) -> Value {
    let Happening { name, place, session, institution, institution_name, .. } = happening;
    let Happening { method, challenge, problem, remedy, accounts, .. } = happening;
    json!({
        "event": true,
        "event_name": name.as_str(),
        "step": place.as_str(),
        "session_id": session.map(|id| id.to_string()),
        "institution_id": institution.map(|id| id.to_string()),
        "institution_name": institution_name,
        "method": method,
        "challenge": challenge.map(|kind| kind.as_str()),
        "problem": problem.map(|code| code.as_str()),
        "remedy": remedy.map(|remedy| remedy.as_str()),
        "accounts": accounts,
        "timestamp": wire_time(now_ms),
    })
}

fn success(payload: &str) -> Value {
    // The server made it itself, and it is an object.
    let mut payload: Map<String, Value> = serde_json::from_str(payload).unwrap_or_default();
    payload.insert("success".to_owned(), Value::Bool(true));
    Value::Object(payload)
}

/// Whether the host has not heard of it before, when a session is merely looked at again.
pub fn is_news(event: &HostEvent) -> bool {
    !matches!(event, HostEvent::Happened(happening) if happening.name == HostEventName::Resumed)
}

/// As the text of a script element: no sign of it can end the element.
pub fn as_element(messages: &[Value]) -> String {
    Value::from(messages).to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_last_and_no_text_leaves_the_element() {
        let said = [
            HostEvent::Success(r#"{"name":"</script><script>alert(1)//"}"#.into()),
            HostEvent::BeforeClose,
            HostEvent::Close,
        ];
        let messages = messages(&said, Some("https://shop.example/"), 0);
        let keys = ["success", "beforeClose", "redirect", "close"];
        assert_eq!(messages.len(), keys.len());
        assert!(messages.iter().zip(keys).all(|(message, key)| message.get(key).is_some()));
        let text = as_element(&messages);
        assert!(!text.contains('<'));
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), Value::from(messages));
    }
}
