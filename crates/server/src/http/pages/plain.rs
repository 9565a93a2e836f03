//! Small pages this server writes itself, for customers who come from an institution's own page.
//!
//! No part of them is fetched, none may be framed, and whatever they show from outside is escaped:
//! the policy allows the one style and the one script by their hashes and nothing else.

use crate::error::ApiError;
use crate::words::{ENGLISH, Words};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use egusi_protocol::ErrorCode;
use sha2::{Digest, Sha256};

const FRAME: &str = include_str!("frame.html");
const STYLE: &str = include_str!("plain.css");
const CLOSE: &str = include_str!("close.js");
const RETURNED: &str = include_str!("returned.html");
const WAY_BACK: &str = include_str!("way-back.html");
const TROUBLE: &str = include_str!("trouble.html");
const GO_ON: &str = include_str!("go-on.html");
const BANK: &str = include_str!("bank.html");

/// What a page may do beside being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum May {
    /// Nothing.
    Nothing,
    /// Close its own window.
    Close,
    /// Send its form to this server.
    Ask,
}

/// The page of somebody who came back: how it went, by the names of a heading and a sentence; the name of
/// who asked; and the page they began on, if it is known.
pub fn returned(words: &Words, (title, what): (&str, &str), company: &str, origin: Option<&str>) -> Response {
    let go = words.fill("returned.go", &[("name", company)]);
    let mut body = filled(RETURNED, &[("what", words.say(what)), ("go", &go)]);
    if let Some(origin) = origin {
        let back = words.fill("returned.back", &[("name", company)]);
        body +=
            &filled(WAY_BACK, &[("origin", origin), ("gone", words.say("returned.gone")), ("back", &back)]);
    }
    page(words, StatusCode::OK, words.say(title), &body, May::Close)
}

/// The same where the window had made room for the institution's page: it goes on in this tab, by a
/// form that names the session and with what it was begun, both sealed.
pub fn goes_on(words: &Words, (title, what): (&str, &str), session: &str, begun: &str) -> Response {
    let holes = [
        ("what", words.say(what)),
        ("session", session),
        ("begun", begun),
        ("language", words.language()),
        ("go", words.say("consent.go")),
    ];
    page(words, StatusCode::OK, words.say(title), &filled(GO_ON, &holes), May::Ask)
}

/// The page of an address that leads nowhere.
pub fn trouble(words: &Words, error: &ApiError) -> Response {
    let (status, title, what) = match error.code() {
        ErrorCode::SessionBusy => (StatusCode::CONFLICT, "consent.busy", "trouble.busy"),
        ErrorCode::Internal | ErrorCode::Unavailable => {
            // The detail goes to the log.
            let _ = error.message();
            (error.status(), "trouble.ours.title", "trouble.ours")
        }
        _ => (StatusCode::BAD_REQUEST, "trouble.nowhere.title", "trouble.nowhere"),
    };
    let body = filled(TROUBLE, &[("what", words.say(what)), ("how", words.say("trouble.how"))]);
    page(words, status, words.say(title), &body, May::Nothing)
}

/// The page of a sandbox's institution that asks the customer. A bank speaks its own language.
pub fn bank(institution: &str, company: &str, state: &str) -> Response {
    let body = filled(BANK, &[("institution", institution), ("company", company), ("state", state)]);
    page(Words::of(ENGLISH), StatusCode::OK, institution, &body, May::Ask)
}

fn page(words: &Words, status: StatusCode, title: &str, body: &str, may: May) -> Response {
    let script = if may == May::Close { format!("<script>{CLOSE}</script>\n") } else { String::new() };
    let parts = [
        ("language", words.language().into()),
        ("direction", words.direction().into()),
        ("title", escaped(title)),
        ("style", STYLE.into()),
        ("body", body.into()),
        ("script", script),
    ];
    let parts = parts.each_ref().map(|(name, text)| (*name, text.as_str()));
    let html = replaced(FRAME, &parts);
    let mut answer = (status, [(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
    if let Ok(policy) = HeaderValue::try_from(policy(may)) {
        answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    // They stand in a window that somebody else's page opened, and must be able to close it.
    let opener = HeaderName::from_static("cross-origin-opener-policy");
    answer.headers_mut().insert(opener, HeaderValue::from_static("unsafe-none"));
    answer
}

fn policy(may: May) -> String {
    let script = if may == May::Close { hash(CLOSE) } else { "'none'".to_owned() };
    let form = if may == May::Ask { "'self'" } else { "'none'" };
    format!(
        "default-src 'none'; style-src {}; script-src {script}; form-action {form}; base-uri 'none'; \
         frame-ancestors 'none'",
        hash(STYLE)
    )
}

/// A text of a page, as its policy names it.
pub fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// A part of a page with texts from outside in their places.
fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, text)| (*name, escaped(text))).collect();
    replaced(template, &values.iter().map(|(name, text)| (*name, text.as_str())).collect::<Vec<_>>())
}

/// Read once from start to end, so that no value is searched for places.
fn replaced(template: &str, values: &[(&str, &str)]) -> String {
    let mut parts = template.split("{{");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").unwrap_or(("", part));
        text += values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        text += rest;
    }
    text
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '"' => safe += "&quot;",
            '\'' => safe += "&#39;",
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;

    const SIGNED: (&str, &str) = ("returned.signed.title", "returned.signed");

    async fn read(answer: Response) -> (String, String) {
        let policy = answer.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        (policy, String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn text_from_outside_stays_text() {
        let nasty = r#"<script>alert("1")</script>{{state}}'&"#;
        let (_, html) = read(bank(nasty, nasty, "the-state")).await;
        assert!(!html.contains("<script") && html.contains("&lt;script&gt;alert(&quot;1&quot;)"), "{html}");
        assert_eq!(html.matches("the-state").count(), 1, "a value is no template");
        assert!(html.contains("This is a sandbox, not a real bank."));
        let (_, html) = read(returned(Words::of("en"), SIGNED, nasty, Some(r#"https://a"b"#))).await;
        assert_eq!(html.matches("<script").count(), 1, "our own alone");
        assert!(html.contains(r#"href="https://a&quot;b""#), "{html}");
    }

    #[tokio::test]
    async fn the_policy_names_the_style_and_the_script_that_are_there() {
        let (policy, html) = read(returned(Words::of("en"), SIGNED, "Moringa Market", None)).await;
        for (open, close, of) in
            [("<style>", "</style>", "style-src"), ("<script>", "</script>", "script-src")]
        {
            let inside = html.split_once(open).unwrap().1.split_once(close).unwrap().0;
            assert!(policy.contains(&format!("{of} {}", hash(inside))), "{of} in {policy}");
        }
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        let (policy, _) = read(bank("Harmattan Bank", "Moringa Market", "x")).await;
        assert!(policy.contains("form-action 'self'") && policy.contains("script-src 'none'"), "{policy}");
    }
}
