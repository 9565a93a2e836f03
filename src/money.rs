//! Figures and times as the customer's language writes them, through the browser's own `Intl`.

use crate::text::Text;
use egusi_protocol::{Currency, major_text};
use js_sys::{Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// An amount without its currency, in the language's own digits and separators.
///
/// The amount goes in as decimal text, which `Intl` reads exactly, so no figure is ever a float.
pub fn figure(minor: i64, currency: Currency, text: &Text) -> String {
    let exact = major_text(minor, currency.decimals());
    let decimals = JsValue::from(currency.decimals());
    let settings = settings(&[("minimumFractionDigits", &decimals), ("maximumFractionDigits", &decimals)]);
    let format = Intl::NumberFormat::new(&text.locales(), &settings).format();
    written(&format.unchecked_into(), &exact.as_str().into()).unwrap_or(exact)
}

/// A time of the day as the language writes it, in the customer's own time zone.
pub fn time_of_day(at_ms: i64, text: &Text) -> Option<String> {
    let settings = settings(&[("timeStyle", &"short".into())]);
    let format = Intl::DateTimeFormat::new(&text.locales(), &settings).format();
    // Exact until the year 287396.
    written(&format.unchecked_into(), &JsValue::from(at_ms as f64))
}

fn settings(pairs: &[(&str, &JsValue)]) -> Object {
    let settings = Object::new();
    for (name, value) in pairs {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&settings, &(*name).into(), value);
    }
    settings
}

fn written(format: &Function, value: &JsValue) -> Option<String> {
    format.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}
