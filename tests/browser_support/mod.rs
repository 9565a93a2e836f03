//! A page with a fake server, and eyes and hands in the widget's shadow root.

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, JSON, Object, Reflect, WebAssembly};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, ShadowRoot};

/// So many turns of the browser's event loop are waited for something; the fake server answers at once.
const TURNS_MAX: u32 = 2_000;

/// The test's page.
pub struct Page {
    heard: Array,
}

/// Sets a property of an object.
pub fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    Reflect::set(object, &name.into(), &value.into()).unwrap();
}

/// Ordinary options without callbacks.
pub fn options() -> Object {
    let options = Object::new();
    set(&options, "key", "c81f3e05-7a5c-5727-8d33-1113a3c7a5e4");
    set(&options, "token", "5d8a35224d8113507c7521ac");
    set(&options, "name", "Moringa Market");
    set(&options, "env", "production-sandbox");
    let text = Object::new();
    set(&text, "language", "en");
    let sentences = include_str!("../../www/text/widget/en.json");
    set(&text, "sentences", JSON::parse(sentences).unwrap());
    set(&options, "text", text);
    set(&options, "styles", include_str!("../../www/widget/widget.css"));
    options
}

impl Page {
    /// A page whose network is the fake server.
    pub fn with_server() -> Self {
        js_sys::eval(include_str!("server.js")).unwrap();
        let page = Self { heard: Array::new() };
        // A test that failed before leaves its widget; the next one is not to meet it.
        while let Some(left) = page.host() {
            left.remove();
        }
        page
    }

    /// Ordinary options whose callbacks are written down with all their arguments.
    pub fn options(&self) -> Object {
        let options = options();
        let listener =
            Function::new_with_args("heard, name", "return (...given) => { heard.push([name, given]); }");
        for name in ["onSuccess", "onError", "onClose"] {
            set(&options, name, listener.call2(&JsValue::NULL, &self.heard, &name.into()).unwrap());
        }
        options
    }

    pub fn heard(&self) -> String {
        JSON::stringify(&self.heard).unwrap().into()
    }

    /// The calls the server got, in order.
    pub fn calls(&self) -> String {
        let calls: Array =
            Reflect::get(&js_sys::global(), &"callsOfTheTest".into()).unwrap().unchecked_into();
        calls.join(" ").into()
    }

    pub fn document(&self) -> Document {
        web_sys::window().unwrap().document().unwrap()
    }

    /// The widget's element, if it is on the page.
    pub fn host(&self) -> Option<Element> {
        self.document().query_selector("egusi-widget").unwrap()
    }

    pub fn root(&self) -> ShadowRoot {
        self.host().and_then(|host| host.shadow_root()).expect("the widget is on the page")
    }

    pub fn text(&self) -> String {
        self.root().text_content().unwrap_or_default()
    }

    /// Lets the browser work until the condition holds.
    pub async fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        for _ in 0..TURNS_MAX {
            if holds(self) {
                return;
            }
            TimeoutFuture::new(0).await;
        }
        panic!(
            "waited in vain for {what}; the widget shows: {}",
            self.host().map_or_else(String::new, |_| self.text())
        );
    }

    pub async fn until_gone(&self) {
        self.until("the widget to go", |page| page.host().is_none()).await;
    }

    pub async fn find(&self, selector: &str) -> Element {
        self.until(selector, |page| page.look(selector).is_some()).await;
        self.look(selector).unwrap()
    }

    fn look(&self, selector: &str) -> Option<Element> {
        self.host()?.shadow_root()?.query_selector(selector).unwrap()
    }

    /// The enabled button whose text begins so.
    pub async fn button(&self, text: &str) -> HtmlElement {
        self.until(text, |page| page.look_for_button(text).is_some()).await;
        self.look_for_button(text).unwrap()
    }

    fn look_for_button(&self, text: &str) -> Option<HtmlElement> {
        let buttons = self.host()?.shadow_root()?.query_selector_all("button:not([disabled])").unwrap();
        let mut all = (0..buttons.length()).filter_map(|at| buttons.get(at)?.dyn_into::<HtmlElement>().ok());
        all.find(|button| button.text_content().unwrap_or_default().trim().starts_with(text))
    }

    pub async fn press(&self, text: &str) {
        self.button(text).await.click();
    }

    pub async fn fill(&self, selector: &str, text: &str) {
        self.find(selector).await.unchecked_into::<HtmlInputElement>().set_value(text);
    }

    /// How large the WebAssembly's memory is.
    pub fn wasm_bytes(&self) -> u32 {
        let memory: WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
        let buffer: js_sys::ArrayBuffer = memory.buffer().unchecked_into();
        buffer.byte_length()
    }

    /// How many listeners were added and not taken away.
    pub fn listeners(&self) -> i32 {
        let count = Reflect::get(&js_sys::global(), &"listenersOfTheTest".into()).unwrap();
        count.as_f64().map_or(0, |count| count as i32)
    }
}
