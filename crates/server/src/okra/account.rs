//! An account as `accounts/…` answers it.

use crate::okra::parts::{Bank, BankPart, Named, SharedWith};
use crate::okra::shape::View;
use crate::times::wire_time;
use egusi_protocol::{
    AccountId, BalanceId, CompanyId, Currency, CustomerId, Environment, Health, Holders, Institution,
    InstitutionId, RecordId,
};
use egusi_store::AccountRow;
use serde::Serialize;

/// One account. The number of one that is not shared is masked.
#[derive(Debug, Serialize)]
pub struct OkraAccount<'a> {
    _id: AccountId,
    id: AccountId,
    name: &'a str,
    nuban: &'a str,
    r#type: &'a str,
    currency: Currency,
    bank: Option<BankPart<'a>>,
    balance: Option<BalanceId>,
    customer: Named<'a, CustomerId>,
    connected: SharedWith,
    owner: [CompanyId; 1],
    projects: [CompanyId; 0],
    record: [RecordId; 1],
    manual: bool,
    env: Environment,
    created_at: String,
    last_updated: String,
    __v: u8,
}

impl<'a> OkraAccount<'a> {
    /// Writes a stored account the way Okra would.
    pub fn new(row: &'a AccountRow, view: View, bank: Option<Bank<'a>>) -> Self {
        let AccountRow {
            id,
            name,
            number,
            kind,
            currency,
            connected,
            customer,
            customer_name,
            record,
            institution: _,
            balance,
            threshold_minor: _,
            created_at_ms,
            updated_at_ms,
        } = row;
        let View { scope, shape: _ } = view;
        Self {
            _id: *id,
            id: *id,
            name,
            nuban: number,
            r#type: kind,
            currency: *currency,
            bank: bank.map(BankPart::from),
            balance: *balance,
            customer: Named { _id: *customer, name: customer_name },
            connected: SharedWith::new(*connected, scope.company),
            owner: [scope.company],
            projects: [],
            record: [*record],
            manual: false,
            env: scope.env,
            created_at: wire_time(*created_at_ms),
            last_updated: wire_time(*updated_at_ms),
            __v: 0,
        }
    }
}

/// An account as `accounts/getAccountDetails` answers it: under the holder's name, with more about
/// the bank and only the customer's id.
#[derive(Debug, Serialize)]
pub struct OkraAccountDetails<'a> {
    _id: AccountId,
    id: AccountId,
    name: &'a str,
    nuban: &'a str,
    bank: Option<BankDetails<'a>>,
    r#type: &'a str,
    customer: CustomerId,
    env: Environment,
    created_at: String,
    last_updated: String,
    __v: u8,
    balance: Option<BalanceId>,
    projects: [CompanyId; 0],
    manual: bool,
    currency: Currency,
}

/// Okra told here whether a bank asks a second factor; that is known only while somebody signs in.
#[derive(Debug, Serialize)]
struct BankDetails<'a> {
    _id: InstitutionId,
    name: &'a str,
    slug: &'a str,
    colors: Colors<'a>,
    icon: &'static str,
    inverted_logo: &'static str,
    v2_icon: &'static str,
    v2_logo: &'static str,
    status: bool,
    #[serde(rename = "isMFA")]
    asks_more: bool,
    #[serde(rename = "mfaType")]
    asks_more_by: &'static str,
    corp: bool,
}

#[derive(Debug, Serialize)]
struct Colors<'a> {
    primary: &'a str,
    accent: &'a str,
    bg: &'a str,
    button: &'a str,
    icon: &'a str,
}

impl<'a> OkraAccountDetails<'a> {
    /// Writes a stored account the way Okra would.
    pub fn new(row: &'a AccountRow, view: View, bank: Option<Bank<'a>>) -> Self {
        let AccountRow {
            id,
            name: _,
            number,
            kind,
            currency,
            connected: _,
            customer,
            customer_name,
            record: _,
            institution: _,
            balance,
            threshold_minor: _,
            created_at_ms,
            updated_at_ms,
        } = row;
        Self {
            _id: *id,
            id: *id,
            name: customer_name,
            nuban: number,
            bank: bank.map(bank_details),
            r#type: kind,
            customer: *customer,
            env: view.scope.env,
            created_at: wire_time(*created_at_ms),
            last_updated: wire_time(*updated_at_ms),
            __v: 0,
            balance: *balance,
            projects: [],
            manual: false,
            currency: *currency,
        }
    }
}

fn bank_details(bank: Bank<'_>) -> BankDetails<'_> {
    let Bank { institution, slug } = bank;
    let Institution { id, name, monogram: _, also: _, color, country: _, kind: _, holders, lacks: _, health } =
        institution;
    BankDetails {
        _id: *id,
        name,
        slug,
        colors: Colors { primary: color, accent: color, bg: color, button: color, icon: color },
        icon: "",
        inverted_logo: "",
        v2_icon: "",
        v2_logo: "",
        status: *health != Health::Down,
        asks_more: false,
        asks_more_by: "none",
        corp: holders.meets(Holders::Corporate),
    }
}
