//! The widget's page: one file for each language, and in it what the page must know of this server.
//!
//! What it must know, the *facts*, is written into the page, so that nothing of it is asked for by a second
//! round trip: who runs the window, for how long a consent holds, and what was saved behind a link. A page
//! that is the same for many is compressed once and kept.

use super::files::{Dist, has, tag_of, text_of};
use crate::hosts::Framing;
use crate::http::connect::institutions::accepts_brotli;
use crate::http::connect::links::Saved;
use crate::http::framing::{self, Policy};
use crate::http::plain::form_for_link;
use crate::sessions::opening::CONSENT_DAYS;
use crate::state::App;
use crate::words::{ENGLISH, Words, choice};
use axum::extract::RawQuery;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use rust_embed::EmbeddedFile;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Where the facts stand.
const FACTS: &str = "<!--facts-->";

/// Where the page of a link says that it needs JavaScript, it offers the way that needs none.
const PLAIN_WAY: &str = "<!--short-->";

/// The page depends on both.
const VARIES: &str = "accept-encoding, accept-language";

/// A page of the widget.
pub struct Window {
    language: &'static str,
    /// The link that was followed.
    short: Option<String>,
    /// What it leads to; the page says itself where that is nothing.
    link: Option<Value>,
}

/// The language of a page: what its address asks for, what is saved, or what the browser prefers.
pub fn language(RawQuery(query): &RawQuery, saved: Option<&str>, headers: &HeaderMap) -> &'static str {
    let pairs = url::form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes());
    let asked: Vec<_> = pairs.filter(|(name, _)| name == "language").map(|(_, tag)| tag).collect();
    let wanted = asked.iter().map(AsRef::as_ref).chain(saved);
    choice::choose(wanted, &choice::accepted(headers), Words::tags())
}

/// The policy of the widget's pages, if they are built. The shell without WebAssembly stands in a frame of
/// ours, and is asked for by a form.
pub fn policy() -> Option<Policy> {
    let policy = text_of("widget/policy.txt")?;
    Some(Policy::read(&policy).with("frame-src", "'self'").with("form-action", "'self'"))
}

/// What is said where they are not.
pub fn missing() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, "The widget is not built. Run: cargo xtask dist").into_response()
}

impl Window {
    /// The page for whoever brings options of their own.
    pub const fn new(language: &'static str) -> Self {
        Self { language, short: None, link: None }
    }

    /// The page of a link; nothing may be saved behind it.
    pub fn of_link(language: &'static str, short: &str, saved: Option<&Saved>) -> Self {
        let link = saved.and_then(|saved| serde_json::to_value(saved).ok());
        Self { language, short: Some(short.to_owned()), link }
    }

    /// The page as it is sent. One that leads nowhere is not kept by the browser.
    pub async fn answer(
        &self,
        app: &App,
        status: StatusCode,
        framing: &Framing,
        headers: &HeaderMap,
    ) -> Response {
        let (Some(policy), Some(file)) = (policy(), file_of(self.language)) else { return missing() };
        let (facts, way) = (self.facts(app), self.plain_way());
        let hash = Sha256::new_with_prefix(file.metadata.sha256_hash());
        let hash = hash.chain_update(&facts).chain_update([0]).chain_update(&way);
        // A browser may keep the policy of a page it need not fetch again, so a tag is of both.
        let tagged = hash.clone().chain_update(policy.clone().framed_by(framing).text());
        let tag = tag_of(tagged.finalize().into());
        let is_there = status == StatusCode::OK;
        let mut answer = if is_there && has(headers, &tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let html = move || written(&file, &facts, &way);
            // Whatever a link brings along is another page for each of them.
            let is_for_many = self.link.is_none();
            let body = if is_for_many {
                kept(hash.finalize().into(), html).await
            } else {
                Body::made(&html(), QUICK).into()
            };
            body.answer(status, headers)
        };
        let caching = if is_there { "no-cache" } else { "no-store" };
        for (name, value) in
            [(CACHE_CONTROL, Some(caching)), (VARY, Some(VARIES)), (ETAG, is_there.then_some(&*tag))]
        {
            if let Some(Ok(value)) = value.map(TryInto::try_into) {
                answer.headers_mut().insert(name, value);
            }
        }
        framing::put(answer.headers_mut(), &policy, framing, !app.hosts.is_anyone_welcome());
        answer
    }

    /// An element that no script runs and no text in it can end.
    fn facts(&self, app: &App) -> String {
        let mut facts = json!({ "operator": app.settings.operator, "consent_days": CONSENT_DAYS });
        if self.short.is_some() {
            facts["link"] = self.link.clone().unwrap_or_default();
        }
        let text = facts.to_string().replace('<', "\\u003c");
        format!(r#"<script type="application/json" id="facts">{text}</script>"#)
    }

    fn plain_way(&self) -> String {
        let short = self.short.as_deref().filter(|_| self.link.is_some());
        short.map(|short| form_for_link(short, Words::of(self.language))).unwrap_or_default()
    }
}

/// The page in a language; in English, or as it was built before there were languages, if there is none.
fn file_of(language: &str) -> Option<EmbeddedFile> {
    let own = [format!("widget/index.{language}.html"), format!("widget/index.{ENGLISH}.html")];
    own.iter().find_map(|path| Dist::get(path)).or_else(|| Dist::get("widget/index.html"))
}

/// Facts first: no text of theirs can be taken for the other place.
fn written(file: &EmbeddedFile, facts: &str, way: &str) -> String {
    String::from_utf8_lossy(&file.data).replacen(FACTS, facts, 1).replacen(PLAIN_WAY, way, 1)
}

/// How hard brotli tries for one answer, and for what is kept.
const QUICK: i32 = 5;
const BEST: i32 = 11;

/// A page with its compressed form.
struct Body {
    plain: Bytes,
    brotli: Bytes,
}

impl Body {
    fn made(html: &str, quality: i32) -> Self {
        let settings = brotli::enc::BrotliEncoderParams { quality, ..Default::default() };
        let mut brotli = Vec::new();
        // Writing into memory does not fail, and what is empty is not sent.
        let _ = brotli::BrotliCompress(&mut html.as_bytes(), &mut brotli, &settings);
        Self { plain: html.to_owned().into(), brotli: brotli.into() }
    }

    fn answer(&self, status: StatusCode, headers: &HeaderMap) -> Response {
        let kind = [(CONTENT_TYPE, "text/html; charset=utf-8")];
        if accepts_brotli(headers) && !self.brotli.is_empty() {
            return (status, kind, [(CONTENT_ENCODING, "br")], self.brotli.clone()).into_response();
        }
        (status, kind, self.plain.clone()).into_response()
    }
}

type Kept = HashMap<[u8; 32], Arc<Body>>;

/// Pages that are the same for many, by what they are made of: a few for each language.
static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);
/// More than one server has; where a test runs many in one process, they begin anew.
const KEPT_MAX: usize = 64;

async fn kept(hash: [u8; 32], html: impl FnOnce() -> String + Send + 'static) -> Arc<Body> {
    let known = || KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(body) = known().get(&hash) {
        return body.clone();
    }
    let made = tokio::task::spawn_blocking(move || Arc::new(Body::made(&html(), BEST))).await;
    let body = made.unwrap_or_else(|_| Arc::new(Body { plain: Bytes::new(), brotli: Bytes::new() }));
    let mut kept = known();
    if kept.len() >= KEPT_MAX {
        kept.clear();
    }
    kept.insert(hash, body.clone());
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> RawQuery {
        RawQuery(Some(text.to_owned()))
    }

    #[test]
    fn an_address_asks_before_what_is_saved_and_that_before_the_browser() {
        let mut headers = HeaderMap::new();
        headers.insert("accept-language", "en;q=0.5".parse().unwrap());
        assert_eq!(language(&query("isIframe=true&language=en-NG"), Some("tlh"), &headers), "en");
        assert_eq!(language(&query("language=tlh&language"), Some("tlh"), &headers), "en");
        assert_eq!(language(&RawQuery(None), None, &HeaderMap::new()), "en");
    }

    #[test]
    fn each_fact_stands_in_its_place_and_none_ends_the_element() {
        let file = EmbeddedFile { data: b"<a><!--facts--><b><!--short--></b>".into(), metadata: metadata() };
        assert_eq!(written(&file, "<f>", "<w>"), "<a><f><b><w></b>");
        assert_eq!(written(&file, "", ""), "<a><b></b>");
    }

    fn metadata() -> rust_embed::Metadata {
        rust_embed::Metadata::__rust_embed_new([0; 32], None, None, "text/html")
    }
}
