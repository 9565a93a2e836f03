//! Which pages may show the window, and what every answer tells a browser about itself.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

mod support;

use axum::http::StatusCode;
use egusi_protocol::{Environment, OpenSession};
use egusi_server::config::Settings;
use egusi_server::hosts::{Framing, Welcome};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use support::Site;
use support::caller::Whole;

const SHOP: &str = "https://shop.example";

async fn strict() -> Site {
    Site::with_settings(Settings { hosts: Some(Welcome::Registered), ..Settings::default() }).await
}

/// Makes an App of the company that allows these pages; gives it.
async fn app(site: &Site, origins: &[&str]) -> Value {
    if origins.contains(&"null") {
        return by_the_operator(site, origins).await;
    }
    let body = json!({"name": "Shop", "allowed_origins": origins});
    site.v3("POST", "/v3/apps", &body.to_string()).await.json
}

/// As the command does it, which may let in pages without an origin.
async fn by_the_operator(site: &Site, origins: &[&str]) -> Value {
    let draft = egusi_server::apps::Draft {
        name: "Shop".to_owned(),
        low_funds: Vec::new(),
        allowed_origins: origins.iter().map(|&origin| origin.to_owned()).collect(),
        options: serde_json::Map::new(),
        short: None,
    };
    let row = egusi_server::apps::create(&site.app, site.scope(), draft).await.unwrap();
    site.v3("GET", &format!("/v3/apps/{}", row.id), "").await.json
}

async fn page(site: &Site, path: &str, referer: Option<&str>) -> Whole {
    let headers: Vec<_> = referer.map(|referer| ("referer", referer)).into_iter().collect();
    site.send("GET", path, &headers, "").await
}

/// Who may show a page, as its policy says.
fn ancestors(page: &Whole) -> Option<&str> {
    let policy = page.header("content-security-policy").unwrap();
    let mut said = policy.split("; ").filter_map(|directive| directive.strip_prefix("frame-ancestors "));
    let first = said.next();
    assert_eq!(said.next(), None, "said twice");
    first
}

async fn code_of_opening(site: &Site, change: impl Fn(&mut OpenSession)) -> String {
    let mut wanted = site.options();
    change(&mut wanted);
    let answer = site.post("/connect/v1/sessions", "", &json!(wanted)).await;
    match answer.status {
        StatusCode::OK => "opened".to_owned(),
        _ => {
            format!("{} {}", answer.json["code"].as_str().unwrap(), answer.json["message"].as_str().unwrap())
        }
    }
}

#[tokio::test]
async fn a_server_with_nothing_but_its_sandbox_is_shown_by_anyone() {
    let site = Site::new().await;
    let made = app(&site, &[SHOP]).await;
    for path in ["/".to_owned(), format!("/{}", made["short"].as_str().unwrap()), "/nobody".to_owned()] {
        let shown = page(&site, &path, Some("https://anybody.example/")).await;
        assert_eq!(ancestors(&shown), None, "{path}");
        assert_eq!(shown.header("x-frame-options"), None, "{path}");
        assert_eq!(shown.header("vary"), Some("accept-encoding, accept-language"), "{path}");
    }
    for origin in [Some("https://anybody.example"), Some("null"), None] {
        let opened = code_of_opening(&site, |wanted| wanted.host_origin = origin.map(str::to_owned)).await;
        assert_eq!(opened, "opened", "{origin:?}");
    }
}

#[tokio::test]
async fn a_server_of_registered_pages_is_shown_by_them_alone() {
    let site = strict().await;
    let nobody = page(&site, "/", None).await;
    assert_eq!(ancestors(&nobody), Some("'none'"), "until somebody registers one");
    assert_eq!(nobody.header("x-frame-options"), Some("DENY"));
    let tag = nobody.header("etag").unwrap().to_owned();

    let made = app(&site, &[SHOP, "http://localhost:3000"]).await;
    let path = format!("/{}", made["short"].as_str().unwrap());
    for path in ["/", "/?isIframe=true&withOptions=true", &path, "/nobody"] {
        let shown = page(&site, path, Some("https://anybody.example/")).await;
        assert_eq!(ancestors(&shown), Some("http://localhost:3000 https://shop.example"), "{path}");
        assert_eq!(shown.header("x-frame-options"), None, "{path}");
        let vary: Vec<_> = shown.headers.get_all("vary").iter().collect();
        assert_eq!(vary, ["accept-encoding, accept-language", "referer"], "{path}");
    }
    let again = site.send("GET", "/", &[("if-none-match", &tag)], "").await;
    assert_eq!(again.status, StatusCode::OK, "another policy is another page");

    let id = made["id"].as_str().unwrap();
    site.v3("PUT", &format!("/v3/apps/{id}"), r#"{"name":"Shop"}"#).await;
    assert_eq!(ancestors(&page(&site, "/", None).await), Some("'none'"), "what is not named again is gone");
}

/// As when the operator's command changes an App while the server runs.
#[tokio::test]
async fn what_another_process_registers_counts_at_once() {
    let site = strict().await;
    assert_eq!(ancestors(&page(&site, "/", None).await), Some("'none'"));
    let other = egusi_store::SqliteStore::open(&site.data.path().join("egusi.db")).unwrap();
    let row = egusi_store::AppRow {
        id: [7; 12].into(),
        name: "Shop".to_owned(),
        short: "core-flow".to_owned(),
        allowed_origins: vec![SHOP.to_owned()],
        options: "{}".to_owned(),
        low_funds: Vec::new(),
        created_at_ms: 1,
        updated_at_ms: 1,
    };
    egusi_store::Store::save_app(&other, site.scope(), row).await.unwrap();
    assert_eq!(ancestors(&page(&site, "/", None).await), Some(SHOP));
}

#[tokio::test]
async fn pages_without_an_origin_are_let_in_only_where_they_are_registered_and_say_nothing() {
    let site = strict().await;
    app(&site, &[SHOP, "null"]).await;
    assert_eq!(ancestors(&page(&site, "/", None).await), None);
    assert_eq!(ancestors(&page(&site, "/", Some("https://evil.example/")).await), Some(SHOP));
    let hidden =
        code_of_opening(&site, |wanted| wanted.host_origin = Some("https://evil.example".into())).await;
    assert!(hidden.starts_with("origin_not_allowed"), "who hides gets a window that opens nothing: {hidden}");
    assert_eq!(code_of_opening(&site, |wanted| wanted.host_origin = Some("null".into())).await, "opened");
}

#[tokio::test]
async fn a_session_is_opened_from_a_page_of_the_company_and_world_whose_key_it_is() {
    let site = strict().await;
    let from =
        |origin: &'static str| move |wanted: &mut OpenSession| wanted.host_origin = Some(origin.into());
    let refused = |whose: &str, got: &str| {
        format!(
            "origin_not_allowed host_origin: expected a page whose origin is registered {whose}; got {got}"
        )
    };
    let company = "with an App of this company for production-sandbox";
    let before = code_of_opening(&site, from(SHOP)).await;
    assert_eq!(before, refused(company, r#""https://shop.example""#), "none is registered yet");

    let (one, two) = (app(&site, &[SHOP]).await, app(&site, &["https://two.example"]).await);
    let bare = app(&site, &[]).await;
    for origin in [SHOP, "https://two.example"] {
        assert_eq!(code_of_opening(&site, from(origin)).await, "opened", "{origin}");
    }
    let named = |id: &Value, origin: &'static str| {
        let id = id.as_str().unwrap().to_owned();
        move |wanted: &mut OpenSession| {
            wanted.app_id = Some(id.clone());
            wanted.host_origin = Some(origin.into());
        }
    };
    assert_eq!(code_of_opening(&site, named(&one["id"], SHOP)).await, "opened");
    let of_app = refused("with this App", r#""https://shop.example""#);
    assert_eq!(code_of_opening(&site, named(&two["id"], SHOP)).await, of_app);
    assert_eq!(code_of_opening(&site, named(&bare["id"], SHOP)).await, of_app);
    let unknown = json!("5d8a35224d8113507c7521ac");
    assert_eq!(code_of_opening(&site, named(&unknown, SHOP)).await, "opened", "an id that counts as none");

    for (origin, got) in [
        ("https://evil.example", r#""https://evil.example""#),
        ("https://shop.example.evil.example", r#""https://shop.example.evil.example""#),
        ("http://shop.example", r#""http://shop.example""#),
        ("https://shop.example/", r#""https://shop.example/""#),
        ("null", "a page that has no origin (null)"),
        ("", r#""""#),
    ] {
        assert_eq!(code_of_opening(&site, from(origin)).await, refused(company, got));
    }
    assert_eq!(code_of_opening(&site, |wanted| wanted.host_origin = None).await, refused(company, "none"));
    let other = site.another_company().await;
    let theirs = code_of_opening(&site, |wanted| {
        wanted.key.clone_from(&other.sandbox.public);
        wanted.token = other.token.to_string();
        wanted.host_origin = Some(SHOP.into());
    });
    assert_eq!(theirs.await, refused(company, r#""https://shop.example""#), "another company's page");
    assert_eq!(site.rows("session"), 4);
}

#[tokio::test]
async fn a_link_is_opened_by_its_own_apps_pages_or_by_itself() {
    let site = strict().await;
    let (mine, _) = (app(&site, &[SHOP]).await, app(&site, &["https://two.example"]).await);
    let by_link = |origin: Option<&'static str>| {
        let short = mine["short"].as_str().unwrap().to_owned();
        move |wanted: &mut OpenSession| {
            wanted.short = Some(short.clone());
            wanted.key.clear();
            wanted.token.clear();
            wanted.host_origin = origin.map(str::to_owned);
        }
    };
    assert_eq!(code_of_opening(&site, by_link(None)).await, "opened", "a page of its own");
    assert_eq!(code_of_opening(&site, by_link(Some(SHOP))).await, "opened");
    let path = format!("/{}", mine["short"].as_str().unwrap());
    assert_eq!(ancestors(&page(&site, &path, None).await), Some(SHOP), "its App's pages alone");
    app(&site, &["null"]).await;
    assert_eq!(ancestors(&page(&site, &path, None).await), Some(SHOP), "whatever other Apps allow");
    assert_eq!(ancestors(&page(&site, "/nobody", None).await), None);
    for origin in ["https://two.example", "https://evil.example", "null"] {
        let said = code_of_opening(&site, by_link(Some(origin))).await;
        assert!(said.starts_with("origin_not_allowed") && said.contains("with this App"), "{origin}: {said}");
    }
}

/// It changes who may show the window of everybody on this server.
#[tokio::test]
async fn a_company_lets_in_no_pages_without_an_origin_by_itself() {
    let site = strict().await;
    let body = json!({"name": "Shop", "allowed_origins": [SHOP, "null"]}).to_string();
    let refused = site.v3_with("POST", "/v3/apps", &[], &body).await;
    assert_eq!(refused.code(), "invalid_request");
    assert!(refused.message().contains("registered by the operator"), "{}", refused.message());
    let own = app(&site, &[SHOP]).await;
    let path = format!("/v3/apps/{}", own["id"].as_str().unwrap());
    assert_eq!(site.v3_with("PUT", &path, &[], &body).await.code(), "invalid_request");
    let given = app(&site, &[SHOP, "null"]).await;
    let path = format!("/v3/apps/{}", given["id"].as_str().unwrap());
    let kept = site.v3("PUT", &path, &body).await;
    assert_eq!(
        (kept.status, &kept.json["allowed_origins"]),
        (StatusCode::OK, &json!([SHOP, "null"])),
        "it keeps what it was given"
    );
}

/// The host of a page within a page is the window's host, which the session knows.
#[tokio::test]
async fn a_page_within_the_window_is_shown_by_the_window_in_its_own_host() {
    let site = strict().await;
    app(&site, &[SHOP, "https://also.example"]).await;
    app(&site, &["https://two.example"]).await;
    let within = async |host| site.app.hosts.framing_within(site.store.as_ref(), host).await;
    let only = |list: &str| Framing::Only(list.to_owned());
    assert_eq!(within(Some(SHOP)).await, only("'self' https://also.example https://shop.example"));
    assert_eq!(within(Some("https://evil.example")).await, only("'self'"));
    assert_eq!(within(None).await, only("'self'"), "the window is a page of its own");
    assert_eq!(within(Some("null")).await, only("'self'"));
    app(&site, &["null"]).await;
    assert_eq!(within(Some("null")).await, Framing::Anyone, "no policy can name it");
    let open = Site::new().await;
    let anyone = open.app.hosts.framing_within(open.store.as_ref(), Some(SHOP)).await;
    assert_eq!(anyone, Framing::Anyone);
}

/// The same of another world's Apps, which is another list.
#[tokio::test]
async fn a_page_of_the_sandbox_is_none_of_production() {
    let site = strict().await;
    app(&site, &[SHOP]).await;
    let registered = site.app.hosts.registered(site.store.as_ref()).await.unwrap();
    let live = egusi_store::Scope { env: Environment::Production, ..site.scope() };
    assert!(registered.allows(site.scope(), None, SHOP) && !registered.allows(live, None, SHOP));
}

/// What a browser is told by each answer, by what kind of answer it is.
fn judge(answer: &Whole, what: &str, is_tls: bool) {
    let header = |name: &str| answer.header(name);
    assert_eq!(header("x-content-type-options"), Some("nosniff"), "{what}");
    assert_eq!(header("referrer-policy"), Some("no-referrer"), "{what}");
    assert_eq!(header("strict-transport-security"), is_tls.then_some("max-age=63072000"), "{what}");
    let is_for_anyone = what.contains(" /embed/");
    let reach = if is_for_anyone { "cross-origin" } else { "same-origin" };
    assert_eq!(header("cross-origin-resource-policy"), Some(reach), "{what}");
    assert_eq!(header("access-control-allow-origin"), is_for_anyone.then_some("*"), "{what}");
    if !answer.status.is_success() || what.contains("/connect/v1/session") || what.contains("/v2/") {
        assert_eq!(header("cache-control"), Some("no-store"), "{what}");
    }
    let is_page = header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
    let opener = match () {
        () if !is_page => None,
        // A window that a host's page opened must be able to close itself.
        () if what.contains("/sandbox/bank") || what.contains("/connect/v1/return") => Some("unsafe-none"),
        // A tab and the window that opened it must know each other.
        () if what.ends_with(" /tab") => Some("unsafe-none"),
        // The page of trouble is one for all these.
        () if what.contains(" /consent") && !answer.status.is_success() => {
            header("cross-origin-opener-policy")
        }
        () => Some("same-origin-allow-popups"),
    };
    assert_eq!(header("cross-origin-opener-policy"), opener, "{what}");
    assert_eq!(header("origin-agent-cluster"), is_page.then_some("?1"), "{what}");
    let permissions = header("permissions-policy");
    assert_eq!(permissions.is_some(), is_page, "{what}");
    for feature in permissions.iter().flat_map(|list| list.split(", ")) {
        assert!(feature.ends_with("=()"), "{what} may use {feature}");
    }
    let policy = header("content-security-policy").unwrap_or_default();
    assert_eq!(policy.starts_with("default-src 'none'; "), is_page, "{what}: {policy}");
    for word in ["'unsafe-inline'", "'unsafe-eval'", "*", "http:", "data:text"] {
        assert!(!policy.contains(word), "{what}: {policy}");
    }
}

#[tokio::test]
async fn every_door_tells_browsers_to_keep_out_what_does_not_belong() {
    for is_tls in [false, true] {
        let scheme = if is_tls { "https" } else { "http" };
        let public_url = format!("{scheme}://connect.example").parse().ok();
        let site = Site::with_settings(Settings { public_url, ..Settings::default() }).await;
        let document = site.send("GET", "/openapi.json", &[], "").await.json;
        let mut kinds = BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            let fits = path
                .replace("{id}", "5d6fe57a4099cc4b210bbec0")
                .replace("{short}", "nobody")
                .replace("/embed/{file}", "/embed/egusi.js")
                .replace("{file}", "x");
            for method in item.as_object().unwrap().keys() {
                let answer = site.v3_with(&method.to_uppercase(), &fits, &[], "").await;
                judge(&answer, &format!("{method} {fits}"), is_tls);
                let kind = answer.header("content-type").unwrap_or_default();
                kinds.insert(kind.split(';').next().unwrap().to_owned());
            }
        }
        for kind in ["text/html", "application/json", "text/javascript"] {
            assert!(kinds.contains(kind), "{kind} is not among {kinds:?}");
        }
        for nowhere in ["/nowhere/at/all", "/v3/nowhere", "/v2/nowhere"] {
            judge(&site.send("GET", nowhere, &[], "").await, nowhere, is_tls);
        }
    }
}

#[tokio::test]
async fn the_window_may_frame_and_send_forms_to_its_own_server_alone() {
    let site = Site::new().await;
    let policy = page(&site, "/", None).await.header("content-security-policy").unwrap().to_owned();
    let directives: Vec<_> = policy.split("; ").collect();
    for expected in ["frame-src 'self'", "form-action 'self'", "base-uri 'none'", "object-src 'none'"] {
        assert_eq!(directives.iter().filter(|one| **one == expected).count(), 1, "{expected} in {policy}");
    }
    for name in ["frame-src", "form-action", "script-src", "require-trusted-types-for"] {
        let count = directives.iter().filter(|one| one.split(' ').next() == Some(name)).count();
        assert_eq!(count, 1, "{name} in {policy}");
    }
}

#[tokio::test]
async fn the_loader_is_fetched_again_soon_and_never_read_by_hash() {
    let site = Site::new().await;
    let loader = site.send("GET", "/embed/egusi.js", &[], "").await;
    assert_eq!(loader.status, StatusCode::OK, "cargo xtask dist comes before");
    assert_eq!(loader.header("cache-control"), Some("public, max-age=300"));
    let missing = site.send("GET", "/embed/egusi-wPZp8x0Bq1Aa.js", &[], "").await;
    assert_eq!((missing.status, missing.header("cache-control")), (StatusCode::NOT_FOUND, Some("no-store")));
}
