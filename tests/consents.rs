//! The receipt a customer keeps: it is found by its number and by nothing else, and whoever has it ends
//! the sharing, for the company's server too.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

#[path = "consents/ended.rs"]
mod ended;
#[allow(dead_code)] // The stories of those who return need more of it.
#[path = "returning/guest.rs"]
mod guest;
#[path = "consents/pages.rs"]
mod pages;
#[path = "consents/secret.rs"]
mod secret;
#[path = "support/site.rs"]
mod site;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use guest::{BANK, Guest};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use site::Site;

/// A customer who has connected, and what they were handed.
struct Connected {
    number: String,
    payload: Value,
}

impl Connected {
    /// Opens a window with these options and shares the first account.
    async fn now(site: &Site, more: Value) -> Self {
        let mut ada = Guest::opens(site, more).await;
        ada.signs_in(BANK, "user_good").await;
        let payload = ada.shares(&[0]).await;
        Self { number: ada.step["done"]["number"].as_str().unwrap().to_owned(), payload }
    }

    fn record(&self) -> &str {
        self.payload["record_id"].as_str().unwrap()
    }

    fn account(&self) -> &str {
        self.payload["accounts"][0]["id"].as_str().unwrap()
    }
}

/// A page, as a browser gets it.
struct Seen {
    status: StatusCode,
    headers: HeaderMap,
    html: String,
}

impl Seen {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn has(&self, text: &str) -> bool {
        self.html.contains(text)
    }
}

async fn sent(site: &Site, path: &str, headers: &[(&str, &str)], form: &[(&str, &str)]) -> Seen {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let method = if form.is_empty() { "GET" } else { "POST" };
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "connect.example")
        .header("content-type", "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = site.ask(request.body(Body::from(body)).unwrap()).await;
    let (parts, body) = answer.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Seen { status: parts.status, headers: parts.headers, html: String::from_utf8(bytes.to_vec()).unwrap() }
}

/// Sends a form of one of our own pages.
async fn form(site: &Site, path: &str, number: &str) -> Seen {
    sent(site, path, &[("sec-fetch-site", "same-origin")], &[("number", number)]).await
}

/// Stops the sharing, and has said so twice.
async fn stopped(site: &Site, number: &str) -> Seen {
    let ours = [("sec-fetch-site", "same-origin")];
    sent(site, "/consent/stop", &ours, &[("number", number), ("confirm", "yes")]).await
}

/// What the company reads of a record.
async fn record(site: &Site, id: &str) -> Value {
    let secret = site.company.sandbox.secret.expose();
    site.call("GET", &format!("/v3/records/{id}"), secret, "").await.json
}

/// The callback codes of every webhook there is, oldest first.
fn told(site: &Site) -> Vec<String> {
    let database = rusqlite::Connection::open(site.data.path().join("egusi.db")).unwrap();
    let mut events = database.prepare("SELECT body FROM event ORDER BY at_ms, sequence").unwrap();
    let bodies = events.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let code =
        |body: String| serde_json::from_str::<Value>(&body).unwrap()["code"].as_str().unwrap().to_owned();
    bodies.map(|body| code(body.unwrap())).collect()
}

fn nothing() -> Value {
    json!({})
}
