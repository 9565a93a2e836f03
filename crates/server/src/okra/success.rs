//! What the host's `onSuccess` receives, as widget 3 of Okra sent it.

use crate::okra::major::MajorOnWire;
use egusi_protocol::{AccountId, Currency, CustomerId, Environment, Institution, InstitutionId, RecordId};
use serde::Serialize;
use serde_json::value::RawValue;

/// A finished connection, in our words.
pub struct SharedConnection<'a> {
    /// Where.
    pub institution: &'a Institution,
    /// The institution's slug.
    pub slug: &'a str,
    /// Which world.
    pub env: Environment,
    /// When.
    pub at_ms: i64,
    /// Where events go.
    pub callback_url: Option<&'a str>,
    /// JSON text of the host's `meta`, handed back as it came.
    pub meta: &'a str,
    /// The person.
    pub customer: CustomerId,
    /// The person's name.
    pub holder: &'a str,
    /// The sign-in.
    pub record: RecordId,
    /// All its accounts; those not picked carry no figure and no full number.
    pub accounts: Vec<SharedAccount<'a>>,
}

/// One account of a finished connection.
pub struct SharedAccount<'a> {
    /// The account.
    pub id: AccountId,
    /// Its number, masked if it was not picked.
    pub number: &'a str,
    /// `Current`, `Savings`, …
    pub kind: &'a str,
    /// What it is kept in.
    pub currency: Currency,
    /// Whether it was picked.
    pub connected: bool,
    /// Booked money in minor units.
    pub ledger_minor: Option<i64>,
    /// Usable money in minor units.
    pub available_minor: Option<i64>,
}

#[derive(Serialize)]
struct Payload<'a> {
    auth: Auth<'a>,
    callback_url: &'a str,
    meta: Box<RawValue>,
    accounts: Vec<Account<'a>>,
    record_id: RecordId,
    record: RecordId,
    bank_id: InstitutionId,
    customer_id: CustomerId,
    payment_authorization: Option<()>,
    authorization_id: Option<()>,
    #[serde(rename = "authorizationId")]
    authorization_id_again: Option<()>,
    done: bool,
    success: bool,
}

#[derive(Serialize)]
struct Auth<'a> {
    bank_details: BankDetails<'a>,
    bank_id: InstitutionId,
    #[serde(rename = "clientId")]
    client_id: String,
    customer_id: CustomerId,
    login_type: &'static str,
    status: bool,
    r#type: &'static str,
}

#[derive(Serialize)]
struct BankDetails<'a> {
    _id: InstitutionId,
    name: &'a str,
    slug: &'a str,
    r#type: &'static str,
}

#[derive(Serialize)]
struct Account<'a> {
    available_balance: MajorOnWire,
    ledger_balance: MajorOnWire,
    currency: String,
    name: &'a str,
    nuban: &'a str,
    r#ref: String,
    status: &'static str,
    r#type: &'a str,
    env: Environment,
    customer: CustomerId,
    #[serde(rename = "accountId")]
    account_id: AccountId,
    id: AccountId,
    connected: bool,
}

/// The payload as JSON text. Accounts that were picked come first: integrators read `accounts[0]`.
pub fn success_payload(connection: &SharedConnection<'_>) -> serde_json::Result<String> {
    let institution = connection.institution;
    let mut accounts: Vec<_> = connection.accounts.iter().collect();
    accounts.sort_by_key(|account| !account.connected);
    serde_json::to_string(&Payload {
        auth: Auth {
            bank_details: BankDetails {
                _id: institution.id,
                name: &institution.name,
                slug: connection.slug,
                r#type: "ind",
            },
            bank_id: institution.id,
            client_id: format!("okr-{}-{}", connection.at_ms, client_suffix(connection.record)),
            customer_id: connection.customer,
            login_type: "web",
            status: true,
            r#type: "validate",
        },
        callback_url: connection.callback_url.unwrap_or_default(),
        meta: RawValue::from_string(connection.meta.to_owned())?,
        accounts: accounts.into_iter().map(|account| okra_account(connection, account)).collect(),
        record_id: connection.record,
        record: connection.record,
        bank_id: institution.id,
        customer_id: connection.customer,
        payment_authorization: None,
        authorization_id: None,
        authorization_id_again: None,
        done: true,
        success: true,
    })
}

fn okra_account<'a>(connection: &SharedConnection<'a>, account: &SharedAccount<'a>) -> Account<'a> {
    Account {
        available_balance: MajorOnWire::new(account.available_minor, account.currency),
        ledger_balance: MajorOnWire::new(account.ledger_minor, account.currency),
        currency: account.currency.code().to_owned(),
        name: connection.holder,
        nuban: account.number,
        r#ref: reference(account.kind),
        status: "active",
        r#type: account.kind,
        env: connection.env,
        customer: connection.customer,
        account_id: account.id,
        id: account.id,
        connected: account.connected,
    }
}

/// `Current` is `current-account`; Okra's spelling of domiciliary is kept, since clients compare it.
fn reference(kind: &str) -> String {
    match kind {
        "Domiciliary" => "domicialiary-account".into(),
        kind => format!("{}-account", kind.to_ascii_lowercase().replace(' ', "-")),
    }
}

/// Okra's client id ends in 21 characters. Ours are the last of the record's id: its beginning is
/// only the time.
pub(super) fn client_suffix(record: RecordId) -> String {
    record.to_string().split_off(24 - 21)
}
