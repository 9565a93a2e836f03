//! Calls the API as a company's server does, and looks at all of the answer.

use super::Site;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

/// An answer with its headers.
pub struct Whole {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub json: Value,
}

impl Whole {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The code of an error.
    pub fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }

    /// The text of an error.
    pub fn message(&self) -> &str {
        self.json["message"].as_str().unwrap_or_default()
    }
}

impl Site {
    /// Any call at all.
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Whole {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Whole { status: parts.status, headers: parts.headers, bytes, json }
    }

    /// The authorization header of the company's sandbox key.
    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.company.sandbox.secret.expose())
    }

    /// A call of v3 with the company's sandbox key and further headers.
    pub async fn v3_with(&self, method: &str, path: &str, more: &[(&str, &str)], body: &str) -> Whole {
        let bearer = self.bearer();
        let mut headers = vec![("authorization", bearer.as_str())];
        if !body.is_empty() {
            headers.push(("content-type", "application/json"));
        }
        headers.extend(more);
        self.send(method, path, &headers, body).await
    }

    /// A call of v3 that must succeed.
    pub async fn v3(&self, method: &str, path: &str, body: &str) -> Whole {
        let answer = self.v3_with(method, path, &[], body).await;
        assert!(answer.status.is_success(), "{method} {path}: {} {}", answer.status, answer.json);
        answer
    }

    /// What there is to read.
    pub async fn read(&self, path: &str) -> Value {
        self.v3("GET", path, "").await.json
    }

    /// Changes the database behind the server's back.
    pub fn sql(&self, sql: &str) {
        self.database().execute(sql, []).unwrap();
    }

    /// One text of the database.
    pub fn sql_text(&self, sql: &str) -> String {
        self.database().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    fn database(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.data.path().join("egusi.db")).unwrap()
    }
}
