//! What hosts and their wrappers send, and what comes of it.

use super::{HostTexts, Loose, Options, read_json};
use egusi_protocol::{Environment, Holders, Product, Secret, Selection};
use serde_json::{Value, json};

const KEY: &str = "c81f3e05-7a5c-5727-8d33-1113a3c7a5e4";
const TOKEN: &str = "5d8a35224d8113507c7521ac";

fn check_all(mut more: Value) -> Result<Options, String> {
    let options = more.as_object_mut().unwrap();
    options.entry("key").or_insert(KEY.into());
    options.entry("token").or_insert(TOKEN.into());
    read_json(&more).map_err(|error| error.to_string())
}

fn read(options: Value) -> Options {
    check_all(options).unwrap()
}

fn exposed(secret: Option<&Secret>) -> Option<&str> {
    secret.map(Secret::expose)
}

#[test]
fn the_usual_options_are_read() {
    let options = read(json!({
        "name": "Moringa Market", "env": "production-sandbox", "products": ["auth", "balance"], "showBalance": true,
        "currency": "NGN", "logo": "https://shop.example/logo.png", "callback_url": "https://shop.example/hook",
        "redirect_url": "https://shop.example/next", "onSuccess": null, "source": "integration", "iframeData": true,
    }));
    assert_eq!(options.open.products, [Product::Auth, Product::Balance]);
    assert_eq!(options.open.env, Environment::Sandbox);
    assert!(options.open.show_balance);
    assert_eq!(options.open.name.as_deref(), Some("Moringa Market"));
    assert_eq!(options.open.callback_url.as_deref(), Some("https://shop.example/hook"));
    assert_eq!(options.open.redirect_url.as_deref(), Some("https://shop.example/next"));
    assert_eq!(options.logo.as_deref(), Some("https://shop.example/logo.png"));
}

#[test]
fn a_page_of_opaque_origin_is_not_the_same_as_no_page() {
    let origin = |given: Value| read(given).open.host_origin;
    assert_eq!(origin(json!({"hostOrigin": "null"})).as_deref(), Some("null"));
    assert_eq!(
        origin(json!({"hostOrigin": "https://shop.example"})).as_deref(),
        Some("https://shop.example")
    );
    assert_eq!(origin(json!({})), None);
}

#[test]
fn only_the_word_itself_is_production() {
    assert_eq!(read(json!({"env": "production"})).open.env, Environment::Production);
    assert_eq!(read(json!({"env": "sandbox"})).open.env, Environment::Sandbox);
    assert_eq!(read(json!({})).open.env, Environment::Sandbox);
    assert!(check_all(json!({"env": "Production"})).is_err());
}

#[test]
fn the_junk_of_wrappers_counts_as_missing() {
    let junk = [
        json!("null"),
        json!("'null'"),
        json!("undefined"),
        json!("NULL"),
        json!(""),
        json!(" "),
        json!("''"),
        json!([]),
        json!({}),
        json!("[]"),
        json!("{}"),
        json!("'[object Object]'"),
        json!("[object Map]"),
        json!(null),
    ];
    let names = [
        "name",
        "clientName",
        "okraKey",
        "env",
        "products",
        "showBalance",
        "currency",
        "logo",
        "callback_url",
        "webhook",
        "redirect_url",
        "success_url",
        "app_id",
        "garnish",
        "account_type",
        "isCorporate",
        "corporate",
        "countries",
        "country",
        "selection_type",
        "multi_account",
        "multiAccount",
        "exp",
        "institution",
        "reauth_bank",
        "account_number",
        "reauth_account",
        "filter",
        "filters",
        "customer",
        "connectMessage",
        "widget_success",
        "widget_failed",
        "success_title",
        "success_message",
        "continue_cta",
        "support_email",
    ];
    let nothing = format!("{:?}", read(json!({})));
    for junk in junk {
        let all = names.iter().map(|name| ((*name).to_owned(), junk.clone())).collect();
        assert_eq!(format!("{:?}", read(Value::Object(all))), nothing, "{junk}");
    }
    assert_eq!(read(json!({})).open.products, [Product::Auth]);
}

#[test]
fn a_bad_option_shows_what_was_expected_beside_what_arrived() {
    for (options, error) in [
        (json!({"key": null}), "key: expected the public key of your company, a UUID, got nothing"),
        (
            json!({"token": 0.5}),
            "token: expected the client token of your company, 24 hexadecimal digits, got a number",
        ),
        (json!({"env": "staging"}), r#"env: expected "production" or "production-sandbox", got "staging""#),
        (json!({"env": {"a": 1}}), r#"env: expected "production" or "production-sandbox", got an object"#),
        (
            json!({"products": ["auth", "horoscope"]}),
            r#"products: expected words among auth, balance, identity, income, transactions, payment, got "horoscope""#,
        ),
        (
            json!({"products": {"a": 1}}),
            "products: expected words among auth, balance, identity, income, transactions, payment, got an object",
        ),
        (json!({"showBalance": "maybe"}), r#"showBalance: expected true or false, got "maybe""#),
        (json!({"garnish": 2}), r#"garnish: expected true or false, got "2""#),
        (json!({"name": ["a"]}), "name: expected a text, got a list"),
        (json!({"clientName": true}), "clientName: expected a text, got true"),
        (
            json!({"logo": "javascript:alert(1)"}),
            r#"logo: expected an https URL or a data:image URL, got "javascript:alert(1)""#,
        ),
        (
            json!({"selection_type": "none"}),
            r#"selection_type: expected single, multiple, some or all, got "none""#,
        ),
        (
            json!({"account_type": "joint"}),
            r#"account_type: expected individual, corporate or both, got "joint""#,
        ),
        (
            json!({"countries": ["NG", "Kenya"]}),
            r#"countries: expected countries by two letters, such as "NG", got "Kenya""#,
        ),
        (json!({"country": "ñ"}), r#"country: expected countries by two letters, such as "NG", got "ñ""#),
        (
            json!({"support_email": "write to us"}),
            r#"support_email: expected an e-mail address, got "write to us""#,
        ),
        (
            json!({"support_email": "a@shop.example?bcc=b@shop.example"}),
            r#"support_email: expected an e-mail address, got "a@shop.example?bcc=b@shop.example""#,
        ),
    ] {
        assert_eq!(check_all(options).err().as_deref(), Some(error));
    }
    let long = check_all(json!({"env": "x".repeat(1000)})).unwrap_err();
    assert!(long.len() < 200, "{long}");
}

#[test]
fn both_spellings_are_heard() {
    let options = read(json!({
        "key": "", "okraKey": "k2", "clientName": "Old Shop", "products": "balance", "corporate": "true",
        "multiAccount": false, "filters": {"banks": ["a"]}, "country": "ng", "webhook": "https://shop.example/hook",
        "success_url": "https://shop.example/next", "reauth_bank": "kuda-bank", "reauth_account": "0012345678",
    }));
    assert_eq!(options.open.key, "k2");
    assert_eq!(options.open.name.as_deref(), Some("Old Shop"));
    assert_eq!(options.open.products, [Product::Balance]);
    assert_eq!(options.open.holders, Some(Holders::Corporate));
    assert_eq!(options.open.selection, Some(Selection::Single));
    assert_eq!(options.open.filter.as_deref(), Some(r#"{"banks":["a"]}"#));
    assert_eq!(options.open.countries, ["NG"]);
    assert_eq!(options.open.callback_url.as_deref(), Some("https://shop.example/hook"));
    assert_eq!(options.open.redirect_url.as_deref(), Some("https://shop.example/next"));
    assert_eq!(options.open.institution.as_deref(), Some("kuda-bank"));
    assert_eq!(exposed(options.open.account_number.as_ref()), Some("0012345678"));
    assert_eq!(read(json!({"products": ["payments"]})).open.products, [Product::Payment]);
}

#[test]
fn the_first_spelling_counts_where_both_are_there() {
    let options = read(json!({
        "institution": "access-bank", "reauth_bank": "kuda-bank", "account_number": "1", "reauth_account": "2",
        "filter": [], "filters": "{banks: [a]}",
    }));
    assert_eq!(options.open.institution.as_deref(), Some("access-bank"));
    assert_eq!(exposed(options.open.account_number.as_ref()), Some("1"));
    assert_eq!(options.open.filter.as_deref(), Some(r#""{banks: [a]}""#));
}

#[test]
fn holders_come_from_either_option_and_the_fuller_one_wins() {
    for (options, holders) in [
        (json!({}), None),
        (json!({"isCorporate": false}), None),
        (json!({"isCorporate": true}), Some(Holders::Corporate)),
        (json!({"corporate": "True"}), Some(Holders::Corporate)),
        (json!({"account_type": "individual", "isCorporate": true}), Some(Holders::Individual)),
        (json!({"account_type": "Corporate"}), Some(Holders::Corporate)),
        (json!({"account_type": "both", "isCorporate": true}), Some(Holders::Both)),
    ] {
        assert_eq!(read(options.clone()).open.holders, holders, "{options}");
    }
}

#[test]
fn the_selection_comes_from_either_option_and_the_fuller_one_wins() {
    for (options, selection) in [
        (json!({}), None),
        (json!({"multi_account": true}), Some(Selection::Multiple)),
        (json!({"multi_account": "false"}), Some(Selection::Single)),
        (json!({"multiAccount": 1}), Some(Selection::Multiple)),
        (json!({"selection_type": "single", "multi_account": true}), Some(Selection::Single)),
        (json!({"selection_type": "some"}), Some(Selection::Multiple)),
        (json!({"selection_type": "multiple", "multi_account": false}), Some(Selection::Multiple)),
        (json!({"selection_type": "all"}), Some(Selection::All)),
    ] {
        assert_eq!(read(options.clone()).open.selection, selection, "{options}");
    }
}

#[test]
fn lists_come_as_lists_as_one_word_and_as_dart_text() {
    for products in [
        json!(["auth", "balance"]),
        json!("[auth, balance]"),
        json!("auth,balance"),
        json!(r#"["auth","balance"]"#),
        json!("'[auth, balance]'"),
    ] {
        let read = read(json!({"products": products})).open.products;
        assert_eq!(read, [Product::Auth, Product::Balance], "{products}");
    }
    assert_eq!(read(json!({"countries": "[NG, KE]"})).open.countries, ["NG", "KE"]);
}

#[test]
fn whole_numbers_are_texts_and_no_digit_is_guessed() {
    let number = |number: Value| read(json!({"reauth_account": number})).open.account_number;
    assert_eq!(exposed(number(json!(9_901_001_001_u64)).as_ref()), Some("9901001001"));
    assert_eq!(exposed(number(json!(9_007_199_254_740_991_u64)).as_ref()), Some("9007199254740991"));
    assert_eq!(exposed(number(json!("0012345678")).as_ref()), Some("0012345678"));
    for guess in [json!(9_007_199_254_740_992_u64), json!(1.5), json!(1e300)] {
        let refused = check_all(json!({"account_number": guess})).unwrap_err();
        assert_eq!(refused, "account_number: expected a text, got a number");
    }
    assert_eq!(Loose::from_number(f64::NAN), Loose::Other("a number"));
    assert_eq!(Loose::from_number(f64::INFINITY), Loose::Other("a number"));
    assert_eq!(Loose::from_number(-0.0), Loose::Text("0".into()));
}

#[test]
fn what_only_the_server_can_read_is_handed_on_as_json() {
    let options = read(json!({
        "options": {"order": 7}, "meta": "x", "charge": false, "filter": "{industry_type: all, banks: [a, b]}",
        "customer": {"bvn": "22000000001"},
    }));
    assert_eq!(options.open.options.as_deref(), Some(r#"{"order":7}"#));
    assert_eq!(options.open.meta.as_deref(), Some(r#""x""#));
    assert_eq!(options.open.charge.as_deref(), Some("false"));
    assert_eq!(options.open.filter.as_deref(), Some(r#""{industry_type: all, banks: [a, b]}""#));
    assert_eq!(exposed(options.open.customer.as_ref()), Some(r#"{"bvn":"22000000001"}"#));
    assert!(read(json!({"customer": false, "filter": false})).open.customer.is_none());
    assert!(!format!("{options:?}").contains("22000000001"));
}

#[test]
fn a_date_counts_by_its_day() {
    assert_eq!(read(json!({"exp": "2030-12-31"})).open.exp.as_deref(), Some("2030-12-31"));
    assert_eq!(read(json!({"exp": "2030-12-31T10:00:00.000Z"})).open.exp.as_deref(), Some("2030-12-31"));
    // A `Date` of a page is an object whose JSON is a text.
    assert_eq!(Loose::from_object(Some(r#""2030-12-31T""#)), Loose::Text("2030-12-31T".into()));
    assert_eq!(Loose::from_object(None), Loose::Other("an object"));
    assert_eq!(Loose::from_object(Some("")), Loose::Missing);
}

#[test]
fn the_hosts_own_sentences_are_taken_as_they_are_if_they_are_short() {
    let long = "ẹ".repeat(200);
    let texts = read(json!({
        "connectMessage": "Which <b>account</b>?", "widget_success": long, "widget_failed": "Ring us.",
        "success_title": 7, "success_message": "All set", "continue_cta": "Back to the shop",
        "support_email": "help+bank@shop.example",
    }))
    .texts;
    assert_eq!(
        texts,
        HostTexts {
            connect_message: Some("Which <b>account</b>?".into()),
            widget_success: Some(long),
            widget_failed: Some("Ring us.".into()),
            success_title: Some("7".into()),
            success_message: Some("All set".into()),
            continue_cta: Some("Back to the shop".into()),
            support_email: Some("help+bank@shop.example".into()),
        }
    );
    // Where two options are wrong, the first of the table is told.
    let refused = check_all(json!({"support_email": "x", "key": ""})).unwrap_err();
    assert!(refused.starts_with("key: "), "{refused}");
    let refused = check_all(json!({"success_title": "x".repeat(201)})).unwrap_err();
    assert!(refused.starts_with("success_title: expected at most 200 characters, got \"xxx"), "{refused}");
}

#[test]
fn what_is_no_object_or_too_long_is_no_options() {
    let refused = |given: Value| read_json(&given).err().map(|error| error.to_string());
    assert_eq!(refused(json!([])).as_deref(), Some("options: expected an object, got nothing"));
    assert_eq!(refused(json!("x")).as_deref(), Some("options: expected an object, got \"x\""));
    let long = refused(json!({"name": "x".repeat(40_000)})).unwrap();
    assert!(long.starts_with("options: expected at most 32768 characters of JSON, got 40"), "{long}");
}

#[test]
fn a_language_is_a_tag_whether_or_not_it_is_spoken() {
    let language = |text: &str| check_all(json!({ "language": text })).map(|options| options.language);
    for tag in ["fr", "en-NG", "ha-Latn-NG", "pcm", "tlh", "ar-u-nu-latn", "PT-br"] {
        assert_eq!(language(tag), Ok(Some(tag.to_owned())), "{tag}");
    }
    assert_eq!(language(" null "), Ok(None));
    for text in ["f", "en_NG", "français", "1a", "fr-", "-fr", "fr--CI", "fr CI", "fr-<script>", "abcdefghi"]
    {
        let expected =
            format!("language: expected a language tag, such as \"fr\" or \"en-NG\", got \"{text}\"");
        assert_eq!(language(text), Err(expected));
    }
    assert!(language(&["en", &"-abcdefgh".repeat(4)].concat()).is_err());
}
