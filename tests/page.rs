//! The widget's page as the server sends it: in whose language, and what it is told so that it need not ask.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

mod support;

use axum::http::StatusCode;
use egusi_server::config::Settings;
use serde_json::{Value, json};
use support::Site;
use support::caller::Whole;

/// Makes an App; gives it as the company sees it.
async fn saved(site: &Site, app: Value) -> Value {
    site.v3("POST", "/v3/apps", &app.to_string()).await.json
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The text of the element in which the page is told what it must know.
fn fact_text(page: &str) -> String {
    let (_, after) = page.split_once(r#"<script type="application/json" id="facts">"#).unwrap();
    after.split_once("</script>").unwrap().0.to_owned()
}

fn facts(page: &Whole) -> Value {
    serde_json::from_str(&fact_text(&text(&page.bytes))).unwrap()
}

#[tokio::test]
async fn the_page_is_told_what_it_would_have_to_ask_for() {
    let operator = "</script><!--short-->\u{2028}&amp;".to_owned();
    let site = Site::with_settings(Settings { operator: operator.clone(), ..Settings::default() }).await;
    let options =
        json!({"name": "</script><script>alert(1)</script>", "callback_url": "https://shop.example/hook"});
    let app = json!({"name": "Shop", "short": "core-flow", "options": options});
    let app = saved(&site, app).await;
    let widget = site.send("GET", "/", &[], "").await;
    assert_eq!(facts(&widget), json!({"operator": operator, "consent_days": 180}));
    let linked = site.send("GET", "/core-flow", &[], "").await;
    let asked = site.send("GET", "/connect/v1/links/core-flow", &[], "").await.json;
    let expected = json!({"operator": operator, "consent_days": 180, "link": asked});
    assert_eq!(facts(&linked), expected, "what asking would have brought, and no more");
    let nowhere = site.send("GET", "/nobody-has-it", &[], "").await;
    assert_eq!(facts(&nowhere)["link"], Value::Null, "and that there is nothing");

    // Sent once, and again when something in it has changed.
    let tag = linked.header("etag").unwrap().to_owned();
    let known = [("if-none-match", tag.as_str())];
    assert_eq!(site.send("GET", "/core-flow", &known, "").await.status, StatusCode::NOT_MODIFIED);
    let changed = json!({"name": "Shop", "options": {"name": "Another"}}).to_string();
    site.v3("PUT", &format!("/v3/apps/{}", app["id"].as_str().unwrap()), &changed).await;
    let changed = site.send("GET", "/core-flow", &known, "").await;
    assert_eq!(facts(&changed)["link"]["options"], json!({"name": "Another"}));

    for path in ["/", "/core-flow", "/nobody-has-it"] {
        let plain = site.send("GET", path, &[], "").await;
        let packed = site.send("GET", path, &[("accept-encoding", "gzip, br")], "").await;
        assert_eq!(packed.header("content-encoding"), Some("br"), "{path}");
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut packed.bytes.as_slice(), &mut unpacked).unwrap();
        assert!(unpacked == plain.bytes, "{path}");
    }
}

#[tokio::test]
async fn the_page_comes_in_one_language_and_says_what_it_depends_on() {
    let site = Site::new().await;
    let app = json!({"name": "Shop", "short": "core-flow", "options": {"language": "ha"}});
    saved(&site, app).await;
    for (path, accepted, tag, dir) in [
        ("/", "", "en", "ltr"),
        ("/", "tlh", "en", "ltr"),
        ("/", "en;q=0.3, fr-CI", "fr", "ltr"),
        ("/?isIframe=true&language=ar-EG", "fr", "ar", "rtl"),
        ("/?language=tlh", "fr", "fr", "ltr"),
        ("/core-flow", "fr", "ha", "ltr"),
        ("/core-flow?language=yo", "fr", "yo", "ltr"),
        ("/nobody-has-it", "sw", "sw", "ltr"),
    ] {
        let page = site.send("GET", path, &[("accept-language", accepted)], "").await;
        let spoken = format!(r#"<html lang="{tag}" dir="{dir}">"#);
        assert!(text(&page.bytes).contains(&spoken), "{path} {accepted}: expected {spoken}");
        assert_eq!(page.header("vary"), Some("accept-encoding, accept-language"), "{path}");
    }
    let french = site.send("GET", "/", &[("accept-language", "fr")], "").await;
    let known = ("if-none-match", french.header("etag").unwrap());
    let again = site.send("GET", "/", &[("accept-language", "fr"), known], "").await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert_eq!(again.header("vary"), Some("accept-encoding, accept-language"));
    let other = site.send("GET", "/", &[("accept-language", "ig"), known], "").await;
    assert_eq!(other.status, StatusCode::OK, "another language is another page");
}
