//! Saved configurations and the links that open them: what a company saves, what everybody may see of
//! it, and what a session opened by a link is.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

mod support;

use axum::http::StatusCode;
use egusi_protocol::{Environment, OpenSession, Product};
use egusi_server::config::Settings;
use serde_json::{Value, json};
use support::Site;
use support::caller::Whole;
use support::traveller::Traveller;

const SESSIONS: &str = "/connect/v1/sessions";

/// Makes an App; gives it as the company sees it.
async fn saved(site: &Site, app: Value) -> Value {
    site.v3("POST", "/v3/apps", &app.to_string()).await.json
}

/// What a widget asks for that was opened by a link and told nothing else.
fn by_link(site: &Site, short: &Value) -> OpenSession {
    let short = Some(short.as_str().unwrap().to_owned());
    let nothing =
        OpenSession { short, name: None, key: String::new(), token: String::new(), ..site.options() };
    OpenSession { products: Vec::new(), show_balance: false, host_origin: None, ..nothing }
}

async fn opened(site: &Site, wanted: &OpenSession) -> Value {
    let answer = site.post(SESSIONS, "", &json!(wanted)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.json);
    answer.json
}

async fn refused(site: &Site, app: Value) -> Whole {
    let answer = site.v3_with("POST", "/v3/apps", &[], &app.to_string()).await;
    assert!(answer.status.is_client_error(), "{app}: {}", answer.json);
    answer
}

#[tokio::test]
async fn an_app_has_a_link_that_was_made_or_chosen() {
    let public_url = "https://connect.example".parse().ok();
    let site = Site::with_settings(Settings { public_url, ..Settings::default() }).await;
    let made = saved(&site, json!({"name": "Shop"})).await;
    let short = made["short"].as_str().unwrap();
    assert_eq!(short.len(), 9);
    assert_eq!(made["link"], format!("https://connect.example/{short}"));
    assert_eq!((&made["allowed_origins"], &made["options"]), (&json!([]), &json!({})));
    let chosen = saved(&site, json!({"name": "Shop", "short": "core-flow"})).await;
    assert_eq!(chosen["link"], "https://connect.example/core-flow");

    let path = format!("/v3/apps/{}", chosen["id"].as_str().unwrap());
    let renamed = site.v3("PUT", &path, r#"{"name":"Market"}"#).await.json;
    assert_eq!(renamed["short"], "core-flow", "a link does not change because nobody repeats it");
    let moved = site.v3("PUT", &path, r#"{"name":"Market","short":"other"}"#).await.json;
    assert_eq!(moved["short"], "other");
    assert_eq!(site.read(&path).await, moved);

    let site = Site::new().await;
    let nowhere = saved(&site, json!({"name": "Shop", "short": "core-flow"})).await;
    assert_eq!((&nowhere["short"], &nowhere["link"]), (&json!("core-flow"), &Value::Null));
}

#[tokio::test]
async fn a_name_is_one_links_on_the_whole_server() {
    let site = Site::new().await;
    saved(&site, json!({"name": "Shop", "short": "core-flow"})).await;
    let other = site.another_company().await;
    let theirs = format!("Bearer {}", other.sandbox.secret.expose());
    let headers = [("authorization", theirs.as_str()), ("content-type", "application/json")];
    let taken = site.send("POST", "/v3/apps", &headers, r#"{"name":"Mine","short":"core-flow"}"#).await;
    assert_eq!((taken.status, taken.code()), (StatusCode::CONFLICT, "conflict"));
    let expected = r#"short: expected a name that no other App of this server has, and no other company had; got "core-flow""#;
    assert_eq!(taken.message(), expected);
    assert_eq!(site.send("GET", "/v3/apps", &headers, "").await.json["data"], json!([]));
    for (short, message) in [
        ("ab", "short: expected 3 to 40 letters, digits, hyphens or underscores"),
        ("a/../b", "short: expected 3 to 40 letters"),
        ("Docs", "short: expected a name that is not an address of the server itself; got \"Docs\""),
    ] {
        let answer = refused(&site, json!({"name": "Shop", "short": short})).await;
        assert!(answer.message().starts_with(message), "{short}: {}", answer.message());
    }
}

#[tokio::test]
async fn saved_options_are_checked_when_they_are_saved() {
    let site = Site::new().await;
    for (options, message) in [
        (json!({"key": "x"}), "options.key: cannot be saved, because the link itself says whose it is"),
        (json!({"token": "x"}), "options.token: cannot be saved"),
        (json!({"env": "production"}), "options.env: cannot be saved"),
        (
            json!({"customer": {"bvn": "1"}}),
            "options.customer: cannot be saved, because it is about one person",
        ),
        (json!({"reauth_account": "0123456789"}), "options.reauth_account: cannot be saved"),
        (json!({"account_number": "0123456789"}), "options.account_number: cannot be saved"),
        (json!({"options": {"customer": {"id": "1"}}}), "options.options.customer: cannot be saved"),
        (json!({"clientName": "x"}), "options.clientName: an older name; write name"),
        (
            json!({"colour": "red"}),
            r#"options: expected options of buildWithOptions that are read, by their names in docs/options.md; got "colour""#,
        ),
        (json!({"showBalance": "true"}), r#"options.showBalance: expected true or false; got "true""#),
        (json!({"products": "auth"}), r#"options.products: expected a list of texts; got "auth""#),
        (
            json!({"products": ["identity"]}),
            r#"options.products: this server offers auth, balance, transactions; got "identity""#,
        ),
        (
            json!({"products": ["money"]}),
            r#"options.products: expected words such as auth and balance; got "money""#,
        ),
        (json!({"name": " "}), "options.name: expected a text that is not empty"),
        (json!({"name": "x".repeat(81)}), "options.name: expected at most 80 characters, got 81"),
        (
            json!({"connectMessage": "x".repeat(201)}),
            "options.connectMessage: expected a text of at most 200",
        ),
        (json!({"logo": "http://shop.example/logo.png"}), "options.logo: expected an https URL"),
        (json!({"support_email": "Call 0800 123"}), "options.support_email: expected an e-mail address"),
        (json!({"redirect_url": "javascript:alert(1)"}), "options.redirect_url: expected an https URL"),
        (json!({"callback_url": "http://10.0.0.1/"}), "options.callback_url: expected an https URL"),
        (json!({"account_type": "everybody"}), "options.account_type: expected individual, corporate, both"),
        (json!({"selection_type": "none"}), "options.selection_type: expected single, multiple, some, all"),
        (json!({"countries": ["Nigeria"]}), "options.countries: expected codes of two letters"),
        (json!({"institution": "nobody-bank"}), "options.institution: expected the id or slug"),
        (json!({"filter": {"banks": ["nobody-bank"]}}), "options.filter.banks: expected slugs"),
        (json!({"exp": "tomorrow"}), "options.exp: expected a date"),
        (json!({"charge": {"amount": -5}}), "options.charge.amount: expected a whole number"),
        (json!({"meta": "x".repeat(4097)}), "options.meta: expected at most 4096 bytes"),
        (
            json!({"logo": format!("data:image/png;base64,{}", "A".repeat(33_000))}),
            "options: expected at most 32000 bytes",
        ),
    ] {
        let answer = refused(&site, json!({"name": "Shop", "options": options})).await;
        assert!(answer.message().starts_with(message), "{options}: {}", answer.message());
    }
    let nothing_left = json!({"countries": ["JP"]});
    let answer = refused(&site, json!({"name": "Shop", "options": nothing_left})).await;
    assert_eq!(answer.code(), "no_institutions", "{}", answer.json);
    assert!(answer.message().starts_with("options.countries: JP leaves no institution"));
    let none = refused(&site, json!({"name": "Shop", "options": []})).await;
    assert!(none.message().starts_with("options: invalid type"), "{}", none.message());
    assert_eq!(site.read("/v3/apps").await["data"], json!([]), "nothing half-made");
}

/// So that none is forgotten when the window learns to read a new one.
#[tokio::test]
async fn every_option_that_the_window_reads_can_be_saved_or_is_refused_by_name() {
    let site = Site::new().await;
    let table = std::fs::read_to_string("www/widget/options-known.ts").unwrap();
    let read = table.split_once("READ").unwrap().1.split_once("};").unwrap().0;
    let mut names = Vec::new();
    for line in read.lines().filter(|line| line.contains(": {")) {
        names.push(line.trim().split(':').next().unwrap());
        names.extend(line.split('"').skip(1).step_by(2));
    }
    assert!(
        names.len() > 35 && names.contains(&"success_url") && names.contains(&"reauth_bank"),
        "{names:?}"
    );
    for name in names {
        let answer = refused(&site, json!({"name": "Shop", "options": {name: null}})).await;
        let said = answer.message();
        assert!(said.starts_with(&format!("options.{name}: ")), "{name}: {said}");
        let is_saved = said.contains(": expected ") && said.ends_with("; got null");
        assert!(is_saved || said.contains("cannot be saved") || said.contains("an older name"), "{said}");
    }
}

/// Everything that may be saved, as it may be written.
fn everything() -> Value {
    json!({
        "name": "Moringa Market", "products": ["auth", "balance"], "showBalance": true, "currency": "NGN",
        "logo": "https://shop.example/logo.svg", "filter": {"industry_type": "all", "banks": ["kuda-bank"]},
        "countries": ["NG"], "account_type": "both", "isCorporate": false, "selection_type": "single",
        "multi_account": false, "exp": "2027-12-31", "institution": "kuda-bank", "options": {"shelf": 7},
        "meta": ["anything"], "charge": {"amount": 50_000, "currency": "NGN"}, "garnish": true,
        "connectMessage": "Which account?", "widget_success": "Thanks", "widget_failed": "Pity",
        "success_title": "Done", "success_message": "Thanks again", "continue_cta": "Back",
        "support_email": "help@shop.example", "callback_url": "https://shop.example/hook",
        "redirect_url": "https://shop.example/next", "language": "pcm", "color": "#0b6b3a", "mode": "dark",
        "appearance": {"variables": {"borderRadius": "4px"}}, "sentences": {"en": {"banks.title": "Your bank?"}},
    })
}

#[tokio::test]
async fn everybody_sees_what_a_link_opens_but_not_where_webhooks_go() {
    let site = Site::new().await;
    let app = saved(&site, json!({"name": "Shop", "short": "core-flow", "options": everything()})).await;
    assert_eq!(app["options"], everything(), "the company sees all of it");
    let seen = site.send("GET", "/connect/v1/links/core-flow", &[], "").await;
    let mut options = everything();
    options.as_object_mut().unwrap().remove("callback_url");
    let expected = json!({"app_id": app["id"], "env": "production-sandbox", "options": options});
    assert_eq!((seen.status, &seen.json), (StatusCode::OK, &expected));
    assert_eq!(seen.header("cache-control"), Some("no-store"));
    for nobody in ["core-flow2", "CORE-FLOW", "%2e%2e", "x", "%ff"] {
        let answer = site.send("GET", &format!("/connect/v1/links/{nobody}"), &[], "").await;
        assert_eq!((answer.status, answer.code()), (StatusCode::NOT_FOUND, "unknown_link"), "{nobody}");
        assert!(answer.message().starts_with("ref: expected the name of a link of this server; got"));
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn a_link_opens_the_page_and_says_when_it_leads_nowhere() {
    let site = Site::new().await;
    saved(&site, json!({"name": "Shop", "short": "core-flow"})).await;
    let widget = site.send("GET", "/", &[], "").await;
    assert_eq!(widget.status, StatusCode::OK, "cargo xtask dist comes before");
    let linked = site.send("GET", "/core-flow?&withOptions=true&isIframe=true", &[], "").await;
    assert_eq!(linked.status, StatusCode::OK);
    assert_eq!(linked.header("cache-control"), Some("no-cache"));
    let (page, linked) = (text(&widget.bytes), text(&linked.bytes));
    let way =
        r#"<form method="post" action="/plain/open"><input type="hidden" name="ref" value="core-flow">"#;
    assert!(linked.contains(way), "with a way to this link that needs no script");
    assert!(!page.contains("<form") && !page.contains("<!--"), "which the page for everybody has not");
    let tag = widget.header("etag").unwrap();
    let nowhere = site.send("GET", "/tTthfNrpC", &[("if-none-match", tag)], "").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    assert_eq!(
        text(&nowhere.bytes).split("<script").next(),
        page.split("<script").next(),
        "the page says it"
    );
    assert_eq!(nowhere.header("cache-control"), Some("no-store"));
    assert_eq!(nowhere.header("etag"), None);
    for no_link in ["/favicon.ico", "/ab", "/a%20b", "/%ff"] {
        let answer = site.send("GET", no_link, &[], "").await;
        assert_eq!((answer.status, answer.code()), (StatusCode::NOT_FOUND, "not_found"), "{no_link}");
    }
    assert!(site.send("GET", "/health", &[], "").await.json["status"] == "ready", "our own doors come first");
}

#[tokio::test]
async fn a_session_of_a_link_is_what_was_saved() {
    let site = Site::new().await;
    let app = json!({"name": "Shop", "options": everything(), "low_funds": {"NGN": "99999999"}});
    let app = saved(&site, app).await;
    let session = opened(&site, &by_link(&site, &app["short"])).await;
    let setting = &session["setting"];
    assert_eq!(setting["name"], "Moringa Market");
    assert_eq!(setting["products"], json!(["auth", "balance"]));
    assert_eq!(setting["selection"], "single");
    assert_eq!(setting["redirect_url"], "https://shop.example/next");
    assert_eq!(setting["charge"]["amount_minor"], 50_000);
    assert_eq!(setting["filter"]["holders"], "both");
    assert_eq!(setting["filter"]["only"].as_array().unwrap().len(), 1);
    assert_eq!(setting["institution"], setting["filter"]["only"][0]);
}

#[tokio::test]
async fn what_a_page_says_counts_over_what_was_saved() {
    let site = Site::new().await;
    let options = json!({
        "name": "Saved", "products": ["auth", "transactions"], "selection_type": "single",
        "redirect_url": "https://shop.example/saved",
    });
    let app = saved(&site, json!({"name": "Shop", "options": options})).await;
    let said = OpenSession {
        name: Some("Said".into()),
        products: vec![Product::Auth, Product::Balance],
        redirect_url: Some("https://shop.example/said".into()),
        ..by_link(&site, &app["short"])
    };
    let setting = opened(&site, &said).await["setting"].clone();
    assert_eq!(setting["name"], "Said");
    assert_eq!(setting["products"], json!(["auth", "balance"]));
    assert_eq!(setting["redirect_url"], "https://shop.example/said");
    assert_eq!(setting["selection"], "single", "nobody said anything else");
}

/// The record is the App's, its webhooks go where the App says, and its thresholds hold.
#[tokio::test]
async fn what_is_connected_by_a_link_belongs_to_its_app() {
    let site = Site::new().await;
    let options = json!({"callback_url": "https://shop.example/hook", "products": ["balance"], "options": {"shelf": 7}});
    let app = json!({"name": "Shop", "options": options, "low_funds": {"NGN": "999999999"}});
    let app = saved(&site, app).await;
    let mut customer = Traveller::arrives(&site, by_link(&site, &app["short"])).await;
    customer.signs_in("First Bank of Nigeria", "user_good", "pass_good").await;
    let payload = customer.connects(&[0]).await;
    let record = site.read(&format!("/v3/records/{}", payload["record_id"].as_str().unwrap())).await;
    assert_eq!((&record["app"], &record["options"]), (&app["id"], &json!({"shelf": 7})));
    let endpoints = site.read("/v3/webhooks/endpoints").await["data"].clone();
    assert_eq!(endpoints[0]["url"], "https://shop.example/hook");
    let told: i64 = site.rows("delivery");
    assert!(told >= 3, "AUTH, BALANCE and the low funds, but {told}");

    let other = OpenSession {
        callback_url: Some("https://shop.example/other".into()),
        app_id: Some("5d8a35224d8113507c7521ac".into()),
        ..by_link(&site, &app["short"])
    };
    let mut customer = Traveller::arrives(&site, other).await;
    customer.signs_in("Kuda Bank", "user_good", "pass_good").await;
    let payload = customer.connects(&[0]).await;
    let record = site.read(&format!("/v3/records/{}", payload["record_id"].as_str().unwrap())).await;
    assert_eq!(record["app"], app["id"], "a page cannot put it to another App");
    let endpoints = site.read("/v3/webhooks/endpoints").await["data"].clone();
    assert_eq!(endpoints[1]["url"], "https://shop.example/other", "it can say where its own webhooks go");
}

#[tokio::test]
async fn a_link_that_leads_nowhere_or_to_the_other_world_opens_nothing() {
    let site = Site::new().await;
    let app = saved(&site, json!({"name": "Shop", "options": {"exp": "2027-01-14"}})).await;
    let good = by_link(&site, &app["short"]);
    let live = format!("Bearer {}", site.company.production.secret.expose());
    let headers = [("authorization", live.as_str()), ("content-type", "application/json")];
    site.send("POST", "/v3/apps", &headers, r#"{"name":"Live","short":"live-flow"}"#).await;
    let to = |short: &str| OpenSession { short: Some(short.into()), ..good.clone() };
    let elsewhere = OpenSession { env: Environment::Production, ..good.clone() };
    let live = OpenSession { env: Environment::Production, ..to("live-flow") };
    for (wanted, status, code, message) in [
        (
            to("nobody"),
            404,
            "unknown_link",
            r#"ref: expected the name of a link of this server; got "nobody""#,
        ),
        (to(" "), 401, "unknown_key", r#"key: expected a public key of this server, a UUID; got """#),
        (elsewhere, 400, "wrong_environment", "env: this link belongs to production-sandbox; got production"),
        (
            to("live-flow"),
            400,
            "wrong_environment",
            "env: this link belongs to production; got production-sandbox",
        ),
        (live, 409, "no_institutions", "env: no institution is connected for production"),
        (good.clone(), 410, "widget_expired", "exp: the last day of this widget was 2027-01-14"),
    ] {
        let answer = site.post(SESSIONS, "", &json!(wanted)).await;
        assert_eq!((answer.status.as_u16(), answer.json["code"].as_str()), (status, Some(code)), "{message}");
        let said = answer.json["message"].as_str().unwrap();
        assert!(said.starts_with(message), "expected {message:?}, got {said:?}");
    }
    assert_eq!(site.rows("session"), 0);
}
