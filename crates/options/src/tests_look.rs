//! The look and the sentences of hosts: what is taken, and what is said of the rest.

use super::{Mode, read_json_strictly};
use serde_json::{Value, json};

fn with(name: &str, value: Value) -> Result<Mode, String> {
    let mut options = json!({"ref": "a-link"});
    options[name] = value;
    read_json_strictly(&options).map(|options| options.mode).map_err(|error| error.to_string())
}

fn refused(name: &str, value: Value) -> String {
    with(name, value).unwrap_err()
}

#[test]
fn a_mode_is_light_or_dark_and_else_the_systems() {
    for (word, mode) in [
        (json!("light"), Mode::Light),
        (json!("Dark"), Mode::Dark),
        (json!("system"), Mode::System),
        (json!("primary"), Mode::System),
        (json!("sparkling"), Mode::System),
        (json!(7), Mode::System),
        (json!(["dark"]), Mode::System),
        (json!(null), Mode::System),
    ] {
        assert_eq!(with("mode", word.clone()), Ok(mode), "{word}");
    }
}

#[test]
fn a_colour_is_never_refused() {
    for color in [json!("#0b6b3a"), json!("red"), json!(7), json!(["x"]), json!({"r": 1}), json!(true)] {
        assert!(with("color", color).is_ok());
    }
}

#[test]
fn an_appearance_is_taken_as_it_is_documented() {
    for variables in [
        json!({}),
        json!({"colorPrimary": "#0Bf", "colorBackground": "#ffffff", "colorText": "rgb(1, 2,255)"}),
        json!({"colorTextSecondary": "rgb(1 2 3)", "colorDanger": "#a00"}),
        json!({"fontFamily": "\"Segoe UI\", Noto-Sans, sans-serif", "fontSizeBase": "20px"}),
        json!({"borderRadius": "0px", "spacingUnit": "3.5px", "fontSizeBase": 14}),
        json!({"borderRadius": "24.0px"}),
    ] {
        assert!(with("appearance", json!({"variables": variables})).is_ok(), "{variables}");
    }
    for nothing in [json!(null), json!({}), json!("null"), json!(false)] {
        assert!(with("appearance", nothing).is_ok());
    }
}

#[test]
fn a_bad_appearance_is_refused_with_what_was_expected_beside_what_arrived() {
    let of = |variable: &str, value: Value| refused("appearance", json!({"variables": {variable: value}}));
    let color = "appearance: expected a colour such as \"#0b6b3a\" or \"rgb(11, 107, 58)\", got ";
    for bad in
        ["red", "#12", "#12345g", "rgb(1,2)", "rgb(1,2,256)", "rgb(1,2,3,4)", "url(//x.example)", "rgb(a)"]
    {
        assert_eq!(of("colorText", json!(bad)), format!("{color}{bad} for colorText"));
    }
    assert_eq!(of("colorPrimary", json!(null)), format!("{color}no text for colorPrimary"));
    assert!(
        of("fontFamily", json!("x; src: url(//x.example)")).contains("names of the system's font families")
    );
    assert!(
        of("fontSizeBase", json!("13px")).contains("a size from 14px to 20px, got 13px for fontSizeBase")
    );
    for bad in ["20.5px", "1rem", "px", "-3px", "400px", "1e1px", ""] {
        assert!(of("fontSizeBase", json!(bad)).contains("a size from 14px to 20px"), "{bad}");
    }
    assert!(of("borderRadius", json!("25px")).contains("a size from 0px to 24px"));
    assert!(of("spacingUnit", json!("2px")).contains("a size from 3px to 6px"));

    let unknown = of("colorPrimry", json!("#000"));
    assert!(unknown.starts_with("appearance: expected {variables: {…}} of colorPrimary, colorBackground"));
    assert!(unknown.ends_with("got colorPrimry"), "{unknown}");
    assert!(refused("appearance", json!({"rules": {".x": "y"}})).ends_with("got .x"));
    assert!(refused("appearance", json!({"theme": "night"})).ends_with("got theme"));
    assert!(refused("appearance", json!({"variables": "x"})).ends_with("got variables"));
    assert!(refused("appearance", json!("night")).ends_with("got \"night\""));
}

#[test]
fn sentences_are_taken_by_language_and_name() {
    let good = json!({
        "en": {"banks.title": "Pick your bank, {name}", "done.shared.other": "{count} and {name}", "consent.go": "Yes"},
        "pcm": {"consent.busy": "x".repeat(200)}, "pt-BR": {}, "zh-Hans": {"no.such_one": "is harmless"},
    });
    assert!(with("sentences", good).is_ok());
}

#[test]
fn what_protects_the_customer_stays_in_our_words() {
    for name in [
        "consent.title",
        "consent.never",
        "consent.long.one",
        "consent.going",
        "signin.where",
        "signin.reads.other",
        "tab.open",
        "receipt.title",
        "done.until.one",
        "done.receipt",
        "sandbox",
        "language.dir",
    ] {
        let said = refused("sentences", json!({"en": {name: "Trust me"}}));
        let expected =
            "sentences: expected no sentence that tells the customer what is agreed to and what is safe";
        assert_eq!(said, format!("{expected}, got en: {name}"));
    }
}

#[test]
fn a_bad_sentence_is_refused_by_its_name() {
    let said = |text: Value| refused("sentences", json!({"en": {"banks.title": text}}));
    for bad in [
        json!(""),
        json!("x".repeat(201)),
        json!(null),
        json!({"a": "b"}),
        json!("a {b"),
        json!("a }"),
        json!("{A}"),
        json!("{}"),
        json!("{a {b}"),
    ] {
        let expected = "sentences: expected a text of at most 200 characters, with holes such as {name}, got en: banks.title";
        assert_eq!(said(bad), expected);
    }
    assert!(refused("sentences", json!({"banks.title": "x"})).contains("languages by their tags"));
    assert!(refused("sentences", json!({"english": {"a": "b"}})).ends_with("got english"));
    assert!(refused("sentences", json!({"en": "x"})).contains("names of sentences"));
    assert!(refused("sentences", json!({"en": {"Banks": "x"}})).ends_with("got en: Banks"));
    assert!(refused("sentences", json!("x")).contains("languages by their tags"));
}
