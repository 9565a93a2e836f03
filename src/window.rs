//! The institution's own page, in a window of its own.

use wasm_bindgen::JsValue;

/// By this name the page that the bank sends back to knows that it stands in a window of its own and
/// may close it.
const NAME: &str = "egusi-bank";

/// Opens an address in a window of its own, and says whether the browser allowed it. It must be
/// called within the customer's click: browsers block what comes later.
///
/// The new page does not learn of this one: how it ended is asked of the server.
pub fn open(url: &str) -> bool {
    let opened =
        web_sys::window().and_then(|window| window.open_with_url_and_target(url, NAME).ok().flatten());
    match opened {
        Some(opened) => {
            // If the page is there already and of another origin, it is severed by the browser.
            let _ = opened.set_opener(&JsValue::NULL);
            true
        }
        None => false,
    }
}
