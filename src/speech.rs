//! What a page hands in beside the host's options: the styles, the sentences of one language, and a way to those
//! of others. The page needs them before the WebAssembly is here, so they are not in it.

use crate::app::{Language, Speak};
use crate::text::Text;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What a page hands in beside the host's options.
pub struct Speech {
    /// The sentences to open with.
    pub text: Text,
    /// The languages to choose from; none where there is no choice.
    pub languages: Vec<Language>,
    /// Brings the sentences of one of them.
    pub speak: Speak,
    /// Text of the style sheet.
    pub styles: String,
}

impl Speech {
    /// Reads `styles`, `text`, `languages` and `onLanguage`.
    pub fn read(options: &JsValue) -> Self {
        let of = |name: &str| Reflect::get(options, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let bring = of("onLanguage").dyn_into::<Function>().ok();
        let speak = move |tag: &str| -> std::pin::Pin<Box<dyn Future<Output = Option<Text>>>> {
            let promised =
                bring.as_ref().and_then(|bring| bring.call1(&JsValue::UNDEFINED, &tag.into()).ok());
            let promised = promised.map(|promised| JsFuture::from(Promise::resolve(&promised)));
            // Where the network failed the window goes on speaking as it did.
            Box::pin(async move { Some(Text::given(&promised?.await.ok()?)) })
        };
        let styles = of("styles").as_string().unwrap_or_default();
        let languages = languages(&of("languages"));
        Self { text: Text::given(&of("text")), languages, speak: Box::new(speak), styles }
    }
}

fn languages(list: &JsValue) -> Vec<Language> {
    let rows = list.dyn_ref::<Array>().map(|list| list.iter().collect::<Vec<_>>()).unwrap_or_default();
    rows.into_iter()
        .filter_map(|row| {
            let row = row.dyn_into::<Array>().ok()?;
            Some(Language { tag: row.get(0).as_string()?, name: row.get(1).as_string()? })
        })
        .collect()
}
