//! Figures as the customer's language writes them, through the browser's own `Intl`.

use egusi_protocol::{Currency, major_text};
use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// An amount without its currency, in the language's own digits and separators.
///
/// The amount goes in as decimal text, which `Intl` reads exactly, so no figure is ever a float.
pub fn figure(minor: i64, currency: Currency, language: &str) -> String {
    let exact = major_text(minor, currency.decimals());
    let settings = Object::new();
    let decimals = JsValue::from(currency.decimals());
    for setting in ["minimumFractionDigits", "maximumFractionDigits"] {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&settings, &setting.into(), &decimals);
    }
    let format: Function =
        Intl::NumberFormat::new(&Array::of1(&language.into()), &settings).format().unchecked_into();
    format
        .call1(&JsValue::UNDEFINED, &exact.as_str().into())
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or(exact)
}
