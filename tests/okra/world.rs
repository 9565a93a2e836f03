//! A company with one connection that has everything: options, a balance, transactions.

use crate::support::traveller::Traveller;
use crate::support::{Answer, Site};
use axum::body::Body;
use axum::http::Request;
use egusi_protocol::{AccountId, OpenSession, RecordStatus};
use egusi_store::{NewTransaction, NewTransactions, RecordUpdate};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

/// When the test's clock stands: 2027-01-15 08:00 UTC.
pub const NOW_MS: i64 = 1_800_000_000_000;
/// The connection's bank.
pub const BANK: &str = "5d6fe57a4099cc4b210bbeb1";

pub struct World {
    pub site: Site,
    pub customer: Value,
    pub record: Value,
    pub account: Value,
    pub balance: Value,
    pub transaction: Value,
}

impl World {
    /// Ada Sample shares her first account with First Bank; 40000.50 left it, 10000 will come.
    pub async fn new() -> Self {
        let site = Site::new().await;
        let options = OpenSession {
            options: Some(r#"{"order":42,"till":"A 1"}"#.into()),
            meta: Some(r#"{"cart":[7]}"#.into()),
            ..site.options()
        };
        let mut ada = Traveller::arrives(&site, options).await;
        ada.signs_in("First Bank of Nigeria", "user_good", "pass_good").await;
        let payload = ada.connects(&[0]).await;
        let customer = payload["customer_id"].clone();
        let balances = site.okra("/v2/balance/getByCustomer", &json!({"customer": customer})).await;
        let mut world = Self {
            customer,
            record: payload["record_id"].clone(),
            account: payload["accounts"][0]["id"].clone(),
            balance: balances.json["data"]["balance"][0]["_id"].clone(),
            transaction: Value::Null,
            site,
        };
        world.transaction = world.moves_money().await;
        world
    }

    /// Gives the id of the transaction that is booked.
    async fn moves_money(&self) -> Value {
        let Self { site, .. } = self;
        let record = id(&self.record);
        let account: AccountId = id(&self.account);
        let moved = |key: u8, amount_minor, description: &str| NewTransaction {
            id: site.app.mint.id(NOW_MS),
            key: [key; 32],
            amount_minor,
            description: description.into(),
            at_ms: NOW_MS,
        };
        let left = moved(1, -4_000_050, "POS/MORINGA MARKET");
        let id = json!(left.id);
        let coming = moved(2, 1_000_000, "TRANSFER FROM BISI");
        let full = site.store.full_record(site.scope(), record).await.unwrap();
        let update = RecordUpdate {
            record,
            version: full.version,
            at_ms: NOW_MS,
            status: RecordStatus::Ok,
            access: None,
            readings: vec![],
            transactions: vec![NewTransactions { account, pending: Some(vec![coming]), posted: vec![left] }],
            watches: vec![],
            events: vec![],
        };
        site.store.update_record(site.scope(), update).await.unwrap();
        id
    }

    /// A call with the company's key under the newest base.
    pub async fn okra(&self, path: &str, body: &Value) -> Value {
        let answer = self.site.okra(&format!("/v2/{path}"), body).await;
        assert_eq!(answer.status, 200, "{path} {body}: {}", answer.json);
        answer.json["data"].clone()
    }

    /// Every field that a call of the API may ask for, each saying the true thing; `id` is the given.
    pub fn fields(&self, id: &Value) -> Value {
        json!({
            "id": id, "customer": self.customer, "customer_id": self.customer, "account": self.account,
            "account_id": self.account, "record_id": self.record, "record": self.record,
            "balance": self.balance, "bank": BANK, "name": "Everyday Current", "nuban": "9901001001",
            "from": "2027-01-15", "to": "2027-01-15", "type": "ledger_balance", "value": "10045210.75",
            "options": {"order": 42}, "method": "BALANCE", "key": "name", "page": 1, "limit": 20,
        })
    }

    /// The id that `id` means at a path.
    pub fn id_at(&self, path: &str) -> &Value {
        match path.split('/').next().unwrap() {
            "balance" => &self.balance,
            "accounts" => &self.account,
            "transactions" | "transaction" => &self.transaction,
            _ => &self.record,
        }
    }
}

/// An id out of an answer.
pub fn id<Id: std::str::FromStr>(value: &Value) -> Id {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{value} is no id"))
}

/// A request with headers of its own.
pub async fn send(site: &Site, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body.to_owned())).unwrap();
    let answer = site.router.clone().oneshot(request).await.unwrap();
    let status = answer.status();
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    Answer { status, json: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
}
