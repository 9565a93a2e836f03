//! The widget as WebAssembly in a real browser, with a server made of one JavaScript function.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.
#![cfg(target_arch = "wasm32")]

mod browser_support;

use browser_support::{Page, options, set};
use egusi::embed::build_with_options;
use egusi::json;
use egusi::money::figure;
use egusi::text::Text;
use egusi_protocol::{
    BalanceView, Currency, Environment, Health, Holders, Institution, OpenSession, Secret, Step, StepReply,
};
use js_sys::{JSON, Object, Reflect};
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn a_customer_connects_and_the_host_hears_it_in_order() {
    let page = Page::with_server();
    build_with_options(&page.options()).unwrap();
    page.press("Continue").await;
    page.find("input[type=search]").await;
    page.press("First Bank").await;
    page.fill("#field-username", "user_good").await;
    page.fill("#field-password", "pass_good").await;
    page.press("Sign in").await;
    page.find("input[type=checkbox]").await.unchecked_into::<web_sys::HtmlElement>().click();
    page.press("Connect").await;
    page.press("Done").await;
    page.until_gone().await;
    assert_eq!(page.heard(), r#"[["onSuccess",[{"record_id":"r1","success":true}]],["onClose",[]]]"#);
    assert_eq!(page.calls(), "sessions institutions institution form accounts");
}

#[wasm_bindgen_test]
async fn the_dialog_is_named_after_the_app_and_stands_in_a_shadow_root() {
    let page = Page::with_server();
    let close = build_with_options(&page.options()).unwrap();
    page.button("Continue").await;
    let dialog = page.find("[role=dialog]").await;
    assert_eq!(dialog.get_attribute("aria-label").as_deref(), Some("Connect your bank to Moringa Market"));
    assert!(
        page.document().query_selector("[role=dialog]").unwrap().is_none(),
        "the page itself sees none of it"
    );
    // The focus moves after the screen is drawn.
    let on_heading =
        |page: &Page| page.root().active_element().is_some_and(|element| element.tag_name() == "H1");
    page.until("the focus on the heading", on_heading).await;
    close.call0(&JsValue::UNDEFINED).unwrap();
    page.until_gone().await;
    assert_eq!(page.heard(), r#"[["onClose",[]]]"#);
}

#[wasm_bindgen_test]
async fn text_from_outside_is_text() {
    let page = Page::with_server();
    let given = page.options();
    set(&given, "name", "<img src=x onerror=alert(1)>");
    let close = build_with_options(&given).unwrap();
    page.button("Continue").await;
    assert!(page.root().query_selector("img").unwrap().is_none());
    assert!(page.text().contains("<img src=x onerror=alert(1)>"));
    close.call0(&JsValue::UNDEFINED).unwrap();
    page.until_gone().await;
}

#[wasm_bindgen_test]
async fn a_typed_password_leaves_its_field_and_is_in_no_attribute() {
    let page = Page::with_server();
    let close = build_with_options(&page.options()).unwrap();
    page.press("Continue").await;
    page.press("First Bank").await;
    page.fill("#field-username", "refuse_me").await;
    page.fill("#field-password", "hunter2-canary").await;
    page.press("Sign in").await;
    page.until("the alert", |page| page.text().contains("did not accept")).await;
    assert!(!page.root().inner_html().contains("canary"));
    let value = |id: &str| {
        page.root().query_selector(id).unwrap().unwrap().unchecked_into::<web_sys::HtmlInputElement>().value()
    };
    assert_eq!((value("#field-username").as_str(), value("#field-password").as_str()), ("refuse_me", ""));
    close.call0(&JsValue::UNDEFINED).unwrap();
    page.until_gone().await;
}

#[wasm_bindgen_test]
fn a_bad_option_is_thrown_and_told() {
    let page = Page::with_server();
    let given = page.options();
    set(&given, "env", "staging");
    let thrown = build_with_options(&given).unwrap_err();
    let message = r#"env: expected "production" or "production-sandbox", got "staging""#;
    assert_eq!(Reflect::get(&thrown, &"message".into()).unwrap(), message);
    assert_eq!(Reflect::get(&thrown, &"code".into()).unwrap(), "invalid_option");
    assert!(page.heard().contains("onError"));
    assert!(page.host().is_none(), "nothing was mounted");
    assert_eq!(page.calls(), "", "nobody was asked");
}

#[wasm_bindgen_test]
fn options_that_are_no_options_are_refused() {
    let message = |options: &JsValue| {
        let thrown = build_with_options(options).unwrap_err();
        Reflect::get(&thrown, &"message".into()).unwrap().as_string().unwrap()
    };
    assert_eq!(message(&JsValue::NULL), "options: expected an object, got null");
    assert_eq!(message(&"x".into()), "options: expected an object, got string");
    let huge = options();
    set(&huge, "meta", "x".repeat(1_000_000));
    assert!(message(&huge).starts_with("options: expected at most 32768 characters of JSON, got 1000"));
}

#[wasm_bindgen_test]
async fn opening_and_closing_again_and_again_leaves_nothing() {
    let page = Page::with_server();
    let cycle = async || {
        let close = build_with_options(&page.options()).unwrap();
        page.press("Continue").await;
        page.find("input[type=search]").await;
        close.call0(&JsValue::UNDEFINED).unwrap();
        page.until_gone().await;
    };
    for _ in 0..10 {
        cycle().await;
    }
    let (memory, listeners) = (page.wasm_bytes(), page.listeners());
    for _ in 0..100 {
        cycle().await;
    }
    // A root that is not pooled leaks some 10 KB a cycle; one more page of memory is no leak.
    let grown = page.wasm_bytes() - memory;
    assert!(grown < 256 * 1024, "the WebAssembly's memory grew by {grown} bytes");
    assert_eq!(page.listeners(), listeners, "listeners were left behind");
}

#[wasm_bindgen_test]
fn figures_keep_every_digit_of_their_currency() {
    let shown = |minor, code: &str, language: &str| {
        let given = Object::new();
        set(&given, "language", language);
        figure(minor, code.parse::<Currency>().unwrap(), &Text::given(&given))
    };
    assert_eq!(shown(21_999_950, "NGN", "en"), "219,999.50");
    assert_eq!(shown(-5, "NGN", "en"), "-0.05");
    assert_eq!(shown(1_000, "XOF", "en"), "1,000");
    assert_eq!(shown(1_234, "KWD", "en"), "1.234");
    assert_eq!(shown(9_007_199_254_740_991, "NGN", "en"), "90,071,992,547,409.91");
    assert_eq!(shown(21_999_950, "NGN", "pt"), "219.999,50");
    // A language that a browser does not know is written as in Nigerian English.
    assert_eq!(shown(21_999_950, "NGN", "pcm"), "219,999.50");
}

#[wasm_bindgen_test]
fn answers_are_read_as_the_server_writes_them() {
    fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, json::Unreadable> {
        json::read(JSON::parse(text).unwrap())
    }
    let form = r#"{"step":{"form":{"institution":"5d6fe57a4099cc4b210bbec0","methods":[{"id":"internet","kind":"internet_banking","fields":[{"name":"username","label":"Username","kind":"username"}]}],"problem":{"code":"wrong_credentials","attempts_left":2}}},"turn":4}"#;
    let Ok(StepReply { step: Step::Form(form), turn: 4, .. }) = read(form) else {
        panic!("a form was expected")
    };
    assert_eq!(form.problem.and_then(|problem| problem.attempts_left), Some(2));
    assert!(matches!(read(r#"{"step":"choose"}"#), Ok(StepReply { step: Step::Choose, turn: 0, .. })));
    let balance: BalanceView =
        read(r#"{"ledger_minor":9007199254740991,"available_minor":null,"source":"ledger_only","more":1}"#)
            .unwrap();
    assert_eq!((balance.ledger_minor, balance.available_minor), (Some(9_007_199_254_740_991), None));
    let bank: Institution = read(
        r##"{"id":"5d6fe57a4099cc4b210bbec0","name":"A","monogram":"A","color":"#000000","country":"NG"}"##,
    )
    .unwrap();
    assert_eq!((bank.health, bank.also.as_str()), (Health::Healthy, ""));
    for broken in [
        r#"{"step":"unheard_of"}"#,
        r#"{"step":{"form":{"institution":"zz","methods":[]}}}"#,
        r#"{"step":{"accounts":{"accounts":[{"pick":70000,"name":"A","last_four":"1","kind":"C","currency":"NGN"}],"read_at_ms":1}}}"#,
        r#"{"step":{"accounts":{"accounts":[{"pick":1.5,"name":"A","last_four":"1","kind":"C","currency":"NGN"}],"read_at_ms":1}}}"#,
        r#"{}"#,
        "null",
        "[]",
        "5",
    ] {
        assert!(read::<StepReply>(broken).is_err(), "{broken}");
    }
}

#[derive(Debug, Deserialize, PartialEq)]
struct Every {
    flag: bool,
    list: Vec<u8>,
    maybe: Option<String>,
}

#[wasm_bindgen_test]
fn values_of_javascript_are_read_by_what_they_are() {
    let value = Object::new();
    set(&value, "flag", true);
    set(&value, "list", JSON::parse("[1,2]").unwrap());
    let every = Every { flag: true, list: vec![1, 2], maybe: None };
    assert_eq!(json::read::<Every>(value.clone().into()), Ok(every));
    set(&value, "list", JSON::parse("[256]").unwrap());
    assert!(json::read::<Every>(value.into()).is_err());
    // What a request writes, an answer's reader understands.
    let open = OpenSession {
        key: "k".into(),
        token: "t".into(),
        show_balance: true,
        garnish: true,
        holders: Some(Holders::Both),
        countries: vec!["NG".into()],
        account_number: Some(Secret::new("2000110042".into())),
        host_origin: Some("https://shop.example".into()),
        ..OpenSession::of_nothing(Environment::Sandbox)
    };
    let write = |open: &OpenSession| {
        let written = serde::Serialize::serialize(open, &serde_wasm_bindgen::Serializer::json_compatible());
        written.unwrap()
    };
    let text = |written: &JsValue| JSON::stringify(written).unwrap().as_string().unwrap();
    let written = write(&open);
    let read = json::read::<OpenSession>(written.clone()).unwrap();
    assert_eq!(text(&write(&read)), text(&written));
    assert!(text(&written).contains("2000110042"));
}
