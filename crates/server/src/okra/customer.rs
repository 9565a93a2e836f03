//! A customer as `customers/…` answers it.

use crate::okra::list::List;
use crate::okra::page::Pagination;
use crate::okra::parts::{Bank, BankPart};
use crate::okra::shape::View;
use crate::times::wire_time;
use egusi_protocol::{CompanyId, CustomerId, Environment, RecordId};
use egusi_store::{AccountRow, CustomerRow};
use serde::Serialize;

/// One customer. What Okra knew from an identity product is empty here.
#[derive(Debug, Serialize)]
pub struct OkraCustomer<'a> {
    _id: CustomerId,
    id: CustomerId,
    name: &'a str,
    credentials: Vec<Credential<'a>>,
    record: &'a [RecordId],
    email: [&'static str; 0],
    phone: [&'static str; 0],
    blocked: bool,
    owner: [Owner; 1],
    #[serde(rename = "linkLater")]
    link_later: bool,
    #[serde(rename = "debitLater")]
    debit_later: bool,
    #[serde(rename = "otherInfo")]
    other_info: [&'static str; 0],
    unconnected: bool,
    manual: bool,
    env: Environment,
    created_at: String,
    last_updated: String,
    __v: u8,
}

/// One account of the customer.
#[derive(Debug, Serialize)]
struct Credential<'a> {
    bank: Option<BankPart<'a>>,
    nuban: &'a str,
    #[serde(rename = "accountName")]
    account_name: &'a str,
    connected: bool,
}

#[derive(Debug, Serialize)]
struct Owner {
    _id: CompanyId,
    name: &'static str,
    app_name: &'static str,
}

impl<'a> OkraCustomer<'a> {
    /// Writes a stored customer the way Okra would.
    pub fn new(row: &'a CustomerRow, view: View, bank_of: impl Fn(&AccountRow) -> Option<Bank<'a>>) -> Self {
        let CustomerRow { id, name, created_at_ms, updated_at_ms, records, accounts } = row;
        let View { scope, shape: _ } = view;
        let credential = |account: &'a AccountRow| Credential {
            bank: bank_of(account).map(BankPart::from),
            nuban: &account.number,
            account_name: &account.name,
            connected: account.connected,
        };
        Self {
            _id: *id,
            id: *id,
            name,
            credentials: accounts.iter().map(credential).collect(),
            record: records,
            email: [],
            phone: [],
            blocked: false,
            owner: [Owner { _id: scope.company, name: "", app_name: "" }],
            link_later: false,
            debit_later: false,
            other_info: [],
            unconnected: !accounts.iter().any(|account| account.connected),
            manual: false,
            env: scope.env,
            created_at: wire_time(*created_at_ms),
            last_updated: wire_time(*updated_at_ms),
            __v: 0,
        }
    }
}

/// A page of customers. Older clients look for it one level deeper, newer ones do not, so it stands
/// in both places.
#[derive(Serialize)]
pub struct Customers<'a> {
    total: u64,
    #[serde(flatten)]
    outer: &'a List<OkraCustomer<'a>>,
    data: Inner<'a>,
}

#[derive(Serialize)]
struct Inner<'a> {
    total: u64,
    #[serde(flatten)]
    list: &'a List<OkraCustomer<'a>>,
}

impl<'a> Customers<'a> {
    /// The same list twice.
    pub fn new(list: &'a List<OkraCustomer<'a>>) -> Self {
        let total = list.pagination.as_ref().map_or(0, Pagination::total);
        Self { total, outer: list, data: Inner { total, list } }
    }
}
