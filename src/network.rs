//! Whether the device has a network, as far as the browser knows.

use egusi_flow::Event;
use wasm_bindgen::prelude::*;
use yew::Callback;

const NEWS: [&str; 2] = ["online", "offline"];

/// Tells of the network until it is dropped.
pub struct Network(Closure<dyn Fn()>);

impl Network {
    /// Listens, and tells at once where there is no network now.
    pub fn listen(send: &Callback<Event>) -> Self {
        if !is_there() {
            send.emit(Event::NetworkGone);
        }
        let send = send.clone();
        let heard = Closure::new(move || {
            send.emit(if is_there() { Event::NetworkBack } else { Event::NetworkGone });
        });
        for name in NEWS {
            if let Some(window) = web_sys::window() {
                // Adding a listener cannot fail.
                let _ = window.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
            }
        }
        Self(heard)
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        for name in NEWS {
            if let Some(window) = web_sys::window() {
                let _ = window.remove_event_listener_with_callback(name, self.0.as_ref().unchecked_ref());
            }
        }
    }
}

fn is_there() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}
