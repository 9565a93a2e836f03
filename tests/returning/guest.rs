//! A customer whose widget speaks to the server, call by call: what is on the wire is what counts
//! here, and what is not on it.

use crate::site::{Answer, Site};
use axum::http::StatusCode;
use egusi_protocol::OpenSession;
use serde_json::{Value, json};

pub const BANK: &str = "First Bank of Nigeria";
pub const OTHER_BANK: &str = "Zenith Bank";
pub const DAY_MS: i64 = 86_400_000;
/// By what else `user_good` is known; see `docs/sandbox.md`.
pub const BVN: &str = "22961218631";
pub const NIN: &str = "99043802628";
pub const PHONE: &str = "2340006267846";
pub const EMAIL: &str = "user_good@customer.example";

/// The id and the slug of the bank of that name.
pub fn bank(site: &Site, name: &str) -> (String, String) {
    let connector = site.app.connector(egusi_protocol::Environment::Sandbox).unwrap();
    let bank = connector.institutions().iter().find(|bank| bank.name == name).unwrap();
    (bank.id.to_string(), connector.slug(bank.id).unwrap().to_owned())
}

/// Changes the database behind the server's back.
pub fn sql(site: &Site, sql: &str) {
    database(site).execute(sql, []).unwrap();
}

/// One text of the database.
pub fn sql_text(site: &Site, sql: &str) -> String {
    database(site).query_row(sql, [], |row| row.get(0)).unwrap()
}

fn database(site: &Site) -> rusqlite::Connection {
    rusqlite::Connection::open(site.data.path().join("egusi.db")).unwrap()
}

/// Tries to open a widget with these options beside the usual ones.
pub async fn tries(site: &Site, options: &OpenSession, more: Value) -> Answer {
    let mut options = serde_json::to_value(options).unwrap();
    options.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    site.post("/connect/v1/sessions", "", &options).await
}

/// What an opening that names a customer says.
pub fn named(customer: Value) -> Value {
    json!({"customer": customer.to_string()})
}

pub struct Guest<'a> {
    site: &'a Site,
    token: String,
    /// Answer to the opening, without what is drawn by lot.
    pub opened: Value,
    /// Where the session stands.
    pub step: Value,
}

impl<'a> Guest<'a> {
    pub async fn opens(site: &'a Site, more: Value) -> Self {
        Self::opens_for(site, &site.options(), more).await
    }

    /// Opens the widget of whoever these options belong to.
    pub async fn opens_for(site: &'a Site, options: &OpenSession, more: Value) -> Self {
        let answer = tries(site, options, more).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.json);
        let mut opened = answer.json;
        let token = opened["session_token"].take().as_str().unwrap().to_owned();
        opened["setting"]["session"].take();
        let step = opened["step"].clone();
        Self { site, token, opened, step }
    }

    /// Opens as before and goes through everything: the first of the accounts is shared.
    pub async fn connects(site: &Site, username: &str, more: Value) -> Value {
        let mut guest = Guest::opens(site, more).await;
        guest.signs_in(BANK, username).await;
        guest.shares(&[0]).await
    }

    pub async fn signs_in(&mut self, bank: &str, username: &str) {
        self.chooses(bank).await;
        self.sends(&[("username", username), ("password", "pass_good")]).await;
    }

    pub async fn chooses(&mut self, name: &str) {
        let (id, _) = bank(self.site, name);
        self.call("institution", json!({"institution": id, "consent": {"agreed": true, "language": "en"}}))
            .await;
    }

    /// Chooses, and wants to be asked for everything.
    pub async fn chooses_anew(&mut self, name: &str) {
        let (id, _) = bank(self.site, name);
        let consent = json!({"agreed": true, "language": "en"});
        self.call("institution", json!({"institution": id, "consent": consent, "anew": true})).await;
    }

    pub async fn sends(&mut self, fields: &[(&str, &str)]) {
        let fields: Vec<_> =
            fields.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        self.call("form", json!({"fields": fields})).await;
    }

    /// Shares these accounts and gives the host's payload.
    pub async fn shares(&mut self, picks: &[u16]) -> Value {
        self.call("accounts", json!({"picks": picks})).await;
        let payload = self.step["done"]["host_payload"].as_str();
        serde_json::from_str(payload.unwrap_or_else(|| panic!("not connected: {}", self.step))).unwrap()
    }

    /// A call of the session that must succeed.
    pub async fn call(&mut self, call: &str, body: Value) {
        let answer = self.tries(call, &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{call}: {}", answer.json);
        self.step = answer.json["step"].clone();
    }

    pub async fn tries(&self, call: &str, body: &Value) -> Answer {
        self.site.post(&format!("/connect/v1/session/{call}"), &self.token, body).await
    }

    /// The names of the fields of the form that is out.
    pub fn fields(&self) -> Vec<&str> {
        let methods = self.step["form"]["methods"].as_array();
        let methods = methods.unwrap_or_else(|| panic!("no form is out: {}", self.step));
        methods[0]["fields"].as_array().unwrap().iter().map(|field| field["name"].as_str().unwrap()).collect()
    }

    pub fn is_return(&self) -> bool {
        self.step["form"]["is_return"] == true
    }

    /// The accounts that are listed.
    pub fn accounts(&self) -> &Vec<Value> {
        self.step["accounts"]["accounts"].as_array().unwrap_or_else(|| panic!("no accounts: {}", self.step))
    }

    /// What keeps the session from going on.
    pub fn problem(&self) -> &Value {
        &self.step["failed"]["code"]
    }
}
