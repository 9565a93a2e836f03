//! A customer with a widget that remembers what it was told last, and sends what is typed.

use crate::site::{Answer, Site};
use axum::http::StatusCode;
use egusi_protocol::OpenSession;
use serde_json::{Value, json};

pub const FIRST_BANK: &str = "5d6fe57a4099cc4b210bbeb1";
pub const DOWN_BANK: &str = "33f098c2dd469c68195ba033";

pub struct Customer<'a> {
    pub site: &'a Site,
    pub token: String,
    /// The last answer.
    pub stands: Value,
}

impl<'a> Customer<'a> {
    pub async fn opens(site: &'a Site, options: &OpenSession) -> Self {
        let opened = site.post("/connect/v1/sessions", "", &json!(options)).await;
        assert_eq!(opened.status, StatusCode::OK, "{}", opened.json);
        let token = opened.json["session_token"].as_str().unwrap().to_owned();
        Self { site, token, stands: opened.json }
    }

    /// Opens with ordinary options and chooses a bank that has everything.
    pub async fn at_first_bank(site: &'a Site) -> Self {
        Self::at_first_bank_with(site, &site.options()).await
    }

    pub async fn at_first_bank_with(site: &'a Site, options: &OpenSession) -> Self {
        let mut customer = Self::opens(site, options).await;
        customer.chooses(FIRST_BANK).await;
        customer
    }

    pub async fn chooses(&mut self, institution: &str) {
        self.does("institution", &choice(institution)).await;
    }

    pub async fn signs_in(&mut self, username: &str) {
        self.does("form", &form(username)).await;
    }

    pub async fn answers(&mut self, answer: &str) {
        self.does("answer", &json!({"answer": answer})).await;
    }

    /// A call that works.
    pub async fn does(&mut self, call: &str, body: &Value) {
        let answer = self.sends(call, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{call} {body}: {}", answer.json);
        self.stands = answer.json;
    }

    pub async fn sends(&self, call: &str, body: &Value) -> Answer {
        self.site.post(&format!("/connect/v1/session/{call}"), &self.token, body).await
    }

    /// A call that is refused, with its code and message.
    pub async fn is_refused(&self, call: &str, body: &Value) -> (String, String) {
        let answer = self.sends(call, body).await;
        assert_ne!(answer.status, StatusCode::OK, "{call} {body}: {}", answer.json);
        let text = |name: &str| answer.json[name].as_str().unwrap_or_default().to_owned();
        (text("code"), text("message"))
    }

    pub async fn looks(&self, query: &str) -> Answer {
        self.site.call("GET", &format!("/connect/v1/session{query}"), &self.token, "").await
    }

    pub fn turn(&self) -> u64 {
        self.stands["turn"].as_u64().unwrap()
    }

    pub fn step(&self) -> &Value {
        &self.stands["step"]
    }

    /// Where it stands in a word or two, as the stories tell it.
    pub fn place(&self) -> String {
        let step = self.step();
        if let Some(name) = step.as_str() {
            return name.to_owned();
        }
        let (name, inside) = step.as_object().unwrap().iter().next().unwrap();
        let problem = |problem: &Value| match (problem["code"].as_str(), problem["attempts_left"].as_u64()) {
            (Some(code), Some(left)) => format!(" {code} {left}"),
            (Some(code), None) => format!(" {code}"),
            (None, _) => String::new(),
        };
        match name.as_str() {
            "accounts" => format!("accounts {}", inside["accounts"].as_array().unwrap().len()),
            "challenge" => format!("{}{}", inside["kind"].as_str().unwrap(), problem(&inside["problem"])),
            "failed" => format!("failed{}", problem(inside)),
            "form" => format!("form{}", problem(&inside["problem"])),
            "pending" => inside["kind"].as_str().unwrap_or("working").to_owned(),
            other => other.to_owned(),
        }
    }
}

pub fn choice(institution: &str) -> Value {
    json!({"institution": institution, "consent": {"agreed": true, "language": "en"}})
}

pub fn form(username: &str) -> Value {
    let field = |name: &str, value: &str| json!({"name": name, "value": value});
    json!({"fields": [field("username", username), field("password", "pass_good")]})
}

/// The same body as the answer to a step.
pub fn to_turn(mut body: Value, turn: u64) -> Value {
    body["turn"] = json!(turn);
    body
}
