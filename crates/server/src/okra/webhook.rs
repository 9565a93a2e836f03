//! The body of a webhook: the envelope Okra sent for AUTH, and by analogy for everything else.
//!
//! Known quirks: the company's own address is `callbackURL`, the address where it can ask is
//! `callback_url`; the record and the code stand twice; `status` is a word with `is_` before it.
//! `LOW_FUNDS`, `SIGN_IN_NEEDED`, `CONSENT_REVOKED`, the failures and `left_out` are ours.

use crate::okra::balance::OkraBalance;
use crate::okra::major::MajorOnWire;
use crate::okra::parts::Bank;
use crate::okra::shape::{Shape, View};
use crate::okra::success::client_suffix;
use crate::times::wire_time;
use crate::webhooks::events::{About, Announcement, LowFunds, What};
use egusi_protocol::{AccountId, AppId, CompanyId, CustomerId, Environment, InstitutionId, RecordId};
use egusi_store::{BalanceRow, TaskKind};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

/// Standard Webhooks asks for bodies below 20 kB.
pub const BODY_BYTES_MAX: usize = 20_000;
/// What the host gave is repeated as long as it is no longer than this.
const ECHO_BYTES_MAX: usize = 6_000;

#[derive(Serialize)]
struct Envelope<'a> {
    method: &'static str,
    callback_type: &'static str,
    callback_code: String,
    r#type: &'static str,
    code: String,
    #[serde(rename = "callbackURL")]
    company_url: &'a str,
    env: Environment,
    status: &'static str,
    started_at: String,
    ended_at: String,
    message: &'static str,
    meta_responses: Option<()>,
    options: Box<RawValue>,
    meta: Box<RawValue>,
    #[serde(rename = "bankName")]
    bank_name: Option<&'a str>,
    #[serde(rename = "bankType")]
    bank_type: &'static str,
    #[serde(rename = "bankId")]
    bank: Option<InstitutionId>,
    #[serde(rename = "bankSlug")]
    bank_slug: Option<&'a str>,
    record: Option<RecordId>,
    #[serde(rename = "recordId")]
    record_again: Option<RecordId>,
    callback_url: &'a str,
    login_type: &'static str,
    #[serde(rename = "customerId")]
    customer: Option<CustomerId>,
    #[serde(rename = "customerEmail")]
    customer_email: [&'a str; 0],
    country: Option<&'a str>,
    extras: Nothing,
    #[serde(flatten)]
    part: Part<'a>,
    #[serde(skip_serializing_if = "LeftOut::is_nothing")]
    left_out: LeftOut,
    current_project: Option<AppId>,
    owner: CompanyId,
}

/// An empty object.
#[derive(Serialize)]
struct Nothing {}

/// What each kind tells beside the rest.
#[derive(Default, Serialize)]
struct Part<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    auth: Option<Auth>,
    #[serde(skip_serializing_if = "Option::is_none")]
    balances: Option<Vec<Box<RawValue>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    #[serde(rename = "accountId", skip_serializing_if = "Option::is_none")]
    account: Option<AccountId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    low_funds: Option<Funds>,
}

#[derive(Serialize)]
struct Auth {
    #[serde(rename = "clientId")]
    client: String,
    r#type: &'static str,
    status: bool,
    reauth: bool,
    record: Option<RecordId>,
    data: Nothing,
}

/// Amounts in major units, like every balance.
#[derive(Serialize)]
struct Funds {
    threshold: MajorOnWire,
    available_balance: MajorOnWire,
    currency: String,
    crossing: i64,
}

/// What a body has no room for. Balances can be asked for; what the host gave, the host has.
#[derive(Clone, Copy, Default, Serialize)]
struct LeftOut {
    balances: usize,
    options: bool,
    meta: bool,
}

impl LeftOut {
    fn is_nothing(&self) -> bool {
        self.balances == 0 && !self.options && !self.meta
    }
}

/// The body as JSON text, always shorter than [`BODY_BYTES_MAX`].
pub fn body(announcement: &Announcement<'_>) -> serde_json::Result<String> {
    let envelope = envelope(announcement)?;
    let What::BalanceRead(rows) = announcement.what else { return serde_json::to_string(&envelope) };
    with_balances(envelope, announcement, rows)
}

fn envelope<'a>(announcement: &Announcement<'a>) -> serde_json::Result<Envelope<'a>> {
    let Announcement { scope, what, about, endpoint: _, callback_url, poll_url, started_at_ms, ended_at_ms } =
        announcement;
    let Words { method, code, status, message } = words(what);
    let about = about.as_ref();
    let (options, has_options) = echo(about.map_or("{}", |about| about.options))?;
    let (meta, has_meta) = echo(about.map_or("{}", |about| about.meta))?;
    Ok(Envelope {
        method,
        callback_type: method,
        callback_code: code.clone(),
        r#type: "CALLBACK",
        code,
        company_url: callback_url,
        env: scope.env,
        status,
        started_at: wire_time(*started_at_ms),
        ended_at: wire_time(*ended_at_ms),
        message,
        meta_responses: None,
        options,
        meta,
        bank_name: about.map(|about| about.institution.name.as_str()),
        bank_type: "ind",
        bank: about.map(|about| about.institution.id),
        bank_slug: about.map(|about| about.slug),
        record: about.map(|about| about.record),
        record_again: about.map(|about| about.record),
        callback_url: poll_url,
        login_type: "bank",
        customer: about.map(|about| about.customer),
        customer_email: [],
        country: about.map(|about| about.institution.country.as_str()),
        extras: Nothing {},
        part: part(what, about, *ended_at_ms),
        left_out: LeftOut { balances: 0, options: !has_options, meta: !has_meta },
        current_project: about.and_then(|about| about.app),
        owner: scope.company,
    })
}

/// What the host gave, and whether there was room for it.
fn echo(text: &str) -> serde_json::Result<(Box<RawValue>, bool)> {
    if text.len() > ECHO_BYTES_MAX {
        return Ok((RawValue::from_string("{}".to_owned())?, false));
    }
    Ok((RawValue::from_string(text.to_owned())?, true))
}

struct Words {
    method: &'static str,
    code: String,
    status: &'static str,
    message: &'static str,
}

fn words(what: &What<'_>) -> Words {
    const GOOD: &str = "is_success";
    const BAD: &str = "is_failed";
    let (method, code, status, message) = match what {
        What::Connected { .. } => ("AUTH", "AUTH_SUCCESS", GOOD, "Record callback started!"),
        What::BalanceRead(_) => ("BALANCE", "BALANCE_SUCCESS", GOOD, "Balances were read"),
        What::TransactionsRead => ("TRANSACTIONS", "TRANSACTIONS_SUCCESS", GOOD, "Transactions were read"),
        What::RefreshFailed { of: TaskKind::Balances, .. } => {
            ("BALANCE", "BALANCE_FAILED", BAD, "Balances could not be read")
        }
        What::RefreshFailed { of: TaskKind::Transactions | TaskKind::History, .. } => {
            ("TRANSACTIONS", "TRANSACTIONS_FAILED", BAD, "Transactions could not be read")
        }
        What::FundsLow(_) => {
            ("LOW_FUNDS", "LOW_FUNDS", GOOD, "An available balance fell below its threshold")
        }
        What::SignInNeeded => {
            ("SIGN_IN_NEEDED", "SIGN_IN_NEEDED", BAD, "The bank wants the customer to sign in again")
        }
        What::Revoked => ("CONSENT_REVOKED", "CONSENT_REVOKED", GOOD, "The customer stopped the sharing"),
        What::Test => ("TEST", "TEST", GOOD, "A test of your webhook"),
    };
    Words { method, code: code.to_owned(), status, message }
}

fn part<'a>(what: &What<'a>, about: Option<&About<'a>>, at_ms: i64) -> Part<'a> {
    let record = about.map(|about| about.record);
    match what {
        What::Connected { is_return } => Part {
            auth: Some(Auth {
                client: format!("okr-{at_ms}-{}", record.map(client_suffix).unwrap_or_default()),
                r#type: "validate",
                status: true,
                reauth: *is_return,
                record,
                data: Nothing {},
            }),
            ..Part::default()
        },
        What::RefreshFailed { of: _, code } => Part { error: Some(code), ..Part::default() },
        What::FundsLow(LowFunds { account, currency, threshold_minor, available_minor, crossings }) => Part {
            account: Some(*account),
            low_funds: Some(Funds {
                threshold: MajorOnWire::new(Some(*threshold_minor), *currency),
                available_balance: MajorOnWire::new(Some(*available_minor), *currency),
                currency: currency.code().to_owned(),
                crossing: *crossings,
            }),
            ..Part::default()
        },
        What::BalanceRead(_) | What::TransactionsRead | What::SignInNeeded | What::Revoked | What::Test => {
            Part::default()
        }
    }
}

/// As many balances as there is room for, from the first on.
fn with_balances(
    mut envelope: Envelope<'_>,
    announcement: &Announcement<'_>,
    rows: &[BalanceRow],
) -> serde_json::Result<String> {
    envelope.part.balances = Some(Vec::new());
    envelope.left_out.balances = rows.len();
    let mut room = BODY_BYTES_MAX.saturating_sub(serde_json::to_string(&envelope)?.len() + 1);
    let view = View { scope: announcement.scope, shape: Shape::V2 };
    let mut balances = Vec::new();
    for row in rows {
        let bank = announcement.about.as_ref();
        let bank = bank.map(|about| Bank { institution: about.institution, slug: about.slug });
        let balance = to_raw_value(&OkraBalance::new(row, view, bank, None))?;
        let length = balance.get().len() + 1;
        if length > room {
            break;
        }
        room -= length;
        balances.push(balance);
    }
    envelope.left_out.balances = rows.len() - balances.len();
    envelope.part.balances = Some(balances);
    serde_json::to_string(&envelope)
}
