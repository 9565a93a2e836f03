//! The few drawn signs: lines of one width in the text's own colour.

use yew::prelude::*;

fn icon(path: &'static str) -> Html {
    of_class("icon", path)
}

/// One that points somewhere, and so the other way where text runs from right to left.
fn pointing(path: &'static str) -> Html {
    of_class("icon points", path)
}

fn of_class(class: &'static str, path: &'static str) -> Html {
    html! {
        <svg {class} viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={path} /></svg>
    }
}

pub fn back() -> Html {
    pointing("M14.5 5 8 12l6.5 7")
}

pub fn close() -> Html {
    icon("m6 6 12 12M18 6 6 18")
}

pub fn globe() -> Html {
    icon("M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16ZM4 12h16M12 4c5 4.5 5 11.5 0 16c-5-4.5-5-11.5 0-16Z")
}

pub fn search() -> Html {
    icon("M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM15.5 15.5 20 20")
}

pub fn warning() -> Html {
    icon("M12 4 2.8 19.5h18.4L12 4ZM12 10v4.5M12 17v.4")
}

pub fn accounts() -> Html {
    icon("M4 9.5 12 5l8 4.5M5.5 18.5h13M7 10v6M12 10v6M17 10v6")
}

pub fn balances() -> Html {
    icon("M4 7h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7Zm0 0 11-3v3M15.5 13h1.5")
}

pub fn transactions() -> Html {
    pointing("M4 8.5h13.5M14 5l3.5 3.5L14 12M20 15.5H6.5M10 12l-3.5 3.5L10 19")
}

pub fn duration() -> Html {
    icon("M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16ZM12 8v4.5l3 2")
}

pub fn lock() -> Html {
    icon("M7 11V8a5 5 0 0 1 10 0v3M6 11h12v8.5H6V11Z")
}

pub fn tick() -> Html {
    html! {
        <svg class="tick" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
            <circle cx="32" cy="32" r="29" />
            <path d="m20 33 8.5 8.5L45 24" />
        </svg>
    }
}
