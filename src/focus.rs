//! Where the keyboard is: at the new screen's beginning, and never outside the modal.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, ShadowRoot};

const FOCUSABLE: &str = "button:not([disabled]), input:not([disabled]), select, a[href]";

/// Puts the focus on the last thing of that kind, which a screen reader then reads: what is asked on
/// top of a screen comes after it. Says whether there is one.
pub fn enter(root: &ShadowRoot, kind: &str) -> bool {
    let found = root.query_selector_all(kind).ok();
    let target = found.and_then(|all| all.item(all.length().checked_sub(1)?));
    let target = target.as_ref().and_then(|target| target.dyn_ref::<HtmlElement>());
    // An element that is gone again needs no focus.
    target.is_some_and(|target| target.focus().is_ok())
}

/// Keeps Tab within the modal: after the last thing comes the first.
pub fn keep_inside(root: &ShadowRoot, key: &KeyboardEvent) {
    let Ok(list) = root.query_selector_all(FOCUSABLE) else { return };
    let at = |index| list.item(index).and_then(|node| node.dyn_into::<HtmlElement>().ok());
    let (Some(first), Some(last)) = (at(0), at(list.length().saturating_sub(1))) else { return };
    let active = root.active_element();
    let is_active = |element: &HtmlElement| active.as_ref() == Some(element.as_ref());
    let wrap_to = match (key.shift_key(), is_active(&first), is_active(&last)) {
        (true, true, _) => last,
        (false, _, true) => first,
        _ => return,
    };
    key.prevent_default();
    let _ = wrap_to.focus();
}
