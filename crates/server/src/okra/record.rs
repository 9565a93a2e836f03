//! A record as `products/records` answers it.

use crate::okra::parts::{Bank, BankPart, Named, RecordState};
use crate::okra::shape::View;
use crate::times::wire_time;
use egusi_protocol::{AppId, CompanyId, CustomerId, Environment, RecordId, RecordStatus};
use egusi_store::RecordRow;
use serde::Serialize;
use serde_json::value::RawValue;

/// One record.
#[derive(Debug, Serialize)]
pub struct OkraRecord<'a> {
    _id: RecordId,
    id: RecordId,
    #[serde(rename = "usedProduct")]
    used: Used,
    status: RecordState,
    products: Vec<&'a str>,
    billable_products: [&'static str; 0],
    source: &'static str,
    limit: u8,
    currency: &'static str,
    bank: Option<BankPart<'a>>,
    customer: Named<'a, CustomerId>,
    owner: CompanyId,
    current_project: Option<AppId>,
    projects: Vec<AppId>,
    options: &'a RawValue,
    meta: &'a RawValue,
    consent_until: String,
    env: Environment,
    created_at: String,
    last_updated: String,
    __v: u8,
}

/// Which products were asked for.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Used {
    periodic_transactions: Counted,
    guarantors: Counted,
    directors: Counted,
    auth: bool,
    balance: bool,
    accounts: bool,
    transactions: bool,
    income: bool,
    identity: bool,
    direct_debit: bool,
}

#[derive(Debug, Serialize)]
struct Counted {
    status: bool,
    number: u8,
}

impl<'a> OkraRecord<'a> {
    /// Writes a stored record the way Okra would.
    pub fn new(row: &'a RecordRow, view: View, bank: Option<Bank<'a>>) -> Self {
        let RecordRow {
            id,
            customer,
            customer_name,
            institution: _,
            products,
            app,
            endpoint: _,
            options,
            meta,
            status,
            consent_until_ms,
            revoked_at_ms: _,
            created_at_ms,
            updated_at_ms,
        } = row;
        let products: Vec<_> = products.split_ascii_whitespace().collect();
        let at_ms = Some(*updated_at_ms);
        let (answered_at_ms, refused_at_ms) = match status {
            RecordStatus::Ok => (at_ms, None),
            RecordStatus::SignInNeeded | RecordStatus::Revoked | RecordStatus::Unknown => (None, at_ms),
        };
        Self {
            _id: *id,
            id: *id,
            used: used(&products),
            status: RecordState::new(*status, answered_at_ms, refused_at_ms),
            products,
            billable_products: [],
            source: "integration",
            limit: 24,
            currency: "",
            bank: bank.map(BankPart::from),
            customer: Named { _id: *customer, name: customer_name },
            owner: view.scope.company,
            current_project: *app,
            projects: app.iter().copied().collect(),
            options: json(options),
            meta: json(meta),
            consent_until: wire_time(*consent_until_ms),
            env: view.scope.env,
            created_at: wire_time(*created_at_ms),
            last_updated: wire_time(*updated_at_ms),
            __v: 0,
        }
    }
}

fn used(products: &[&str]) -> Used {
    let none = || Counted { status: false, number: 0 };
    let has = |product| products.contains(&product);
    Used {
        periodic_transactions: none(),
        guarantors: none(),
        directors: none(),
        // Implied by every other product.
        auth: true,
        balance: has("balance"),
        accounts: true,
        transactions: has("transactions"),
        income: has("income"),
        identity: has("identity"),
        direct_debit: has("payment"),
    }
}

/// Stored JSON text as it is; what is none, which only damage can cause, as null.
fn json(text: &str) -> &RawValue {
    serde_json::from_str(text).unwrap_or(RawValue::NULL)
}
