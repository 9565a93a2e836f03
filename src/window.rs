//! Pages beside this one: the institution's own, and the window's in a tab of its own.

use wasm_bindgen::JsValue;

/// By this name the page that the bank sends back to knows that it stands in a window of its own and
/// may close it.
const NAME: &str = "egusi-bank";

/// By this name a second press finds the same tab again.
const TAB_NAME: &str = "egusi-tab";

/// Where the window stands by itself, so that its address can be seen; in the language it speaks now.
pub fn tab(language: &str) -> String {
    ["/tab?language=", language].concat()
}

/// Opens the window's own tab, and says whether the browser allowed it; within the customer's click.
///
/// It is of our origin, and asks this page for the session; see `www/widget/tab.ts`.
pub fn open_tab(language: &str) -> bool {
    let window = web_sys::window();
    let opened = window.and_then(|window| window.open_with_url_and_target(&tab(language), TAB_NAME).ok());
    opened.flatten().is_some()
}

/// What an address of ours begins with.
pub fn host() -> String {
    web_sys::window().and_then(|window| window.location().host().ok()).unwrap_or_default()
}

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
