//! A balance as `balance/getById` and its kin answer it.

use crate::okra::major::MajorOnWire;
use crate::okra::parts::{Bank, BankPart, Named, RecordState, SharedWith};
use crate::okra::periodic::{History, Periodic};
use crate::okra::shape::{Shape, View};
use crate::times::wire_time;
use egusi_protocol::{
    AccountId, AvailableSource, BalanceId, CompanyId, Currency, CustomerId, Environment, InstitutionId,
    RecordId,
};
use egusi_store::BalanceRow;
use serde::Serialize;

/// One balance. `available_balance` is null where the institution gives no ground for one;
/// `available_source`, which Okra never had, says which case it is.
#[derive(Debug, Serialize)]
pub struct OkraBalance<'a> {
    _id: BalanceId,
    id: BalanceId,
    account: AccountPart<'a>,
    available_balance: MajorOnWire,
    ledger_balance: MajorOnWire,
    available_source: AvailableSource,
    currency: Currency,
    customer: Named<'a, CustomerId>,
    connected: Connected,
    owner: [CompanyId; 1],
    projects: [CompanyId; 0],
    record: RecordPart,
    #[serde(skip_serializing_if = "Option::is_none")]
    periodic: Option<Periodic>,
    env: Environment,
    created_at: String,
    last_updated: String,
    __v: u8,
}

/// The account: the more a generation knew of it, the more is told.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum AccountPart<'a> {
    V2 { _id: AccountId, bank: Option<BankPart<'a>>, nuban: &'a str, name: &'a str },
    V1 { _id: AccountId, name: &'a str },
    V1Products { _id: AccountId, bank: Option<Named<'a, InstitutionId>>, nuban: &'a str, name: &'a str },
}

/// Whether the customer shares the account: a claim, or in v1 with whom.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Connected {
    Claim(bool),
    With(SharedWith),
}

/// The sign-in: in v1 only its id.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum RecordPart {
    V2([StatedRecord; 1]),
    V1([RecordId; 1]),
}

#[derive(Debug, Serialize)]
struct StatedRecord {
    _id: RecordId,
    status: RecordState,
    owner: CompanyId,
}

impl<'a> OkraBalance<'a> {
    /// Writes a stored balance the way Okra would, with its history if it is wanted.
    pub fn new(row: &'a BalanceRow, view: View, bank: Option<Bank<'a>>, history: Option<History>) -> Self {
        let BalanceRow {
            id,
            account,
            account_name,
            account_number,
            currency,
            connected,
            customer,
            customer_name,
            record,
            record_status,
            institution: _,
            created_at_ms,
            current,
            readings,
        } = row;
        let View { scope, shape } = view;
        let (_id, name, nuban) = (*account, account_name.as_str(), account_number.as_str());
        Self {
            _id: *id,
            id: *id,
            account: match shape {
                Shape::V2 => AccountPart::V2 { _id, bank: bank.map(BankPart::from), nuban, name },
                Shape::V1 => AccountPart::V1 { _id, name },
                Shape::V1Products => {
                    AccountPart::V1Products { _id, bank: bank.map(Bank::named), nuban, name }
                }
            },
            available_balance: MajorOnWire::new(current.available_minor, *currency),
            ledger_balance: MajorOnWire::new(current.ledger_minor, *currency),
            available_source: current.source,
            currency: *currency,
            customer: Named { _id: *customer, name: customer_name },
            connected: match shape {
                Shape::V2 | Shape::V1Products => Connected::Claim(*connected),
                Shape::V1 => Connected::With(SharedWith::new(*connected, scope.company)),
            },
            owner: [scope.company],
            projects: [],
            record: match shape {
                Shape::V2 => RecordPart::V2([StatedRecord {
                    _id: *record,
                    status: RecordState::new(*record_status, Some(current.at_ms), None),
                    owner: scope.company,
                }]),
                Shape::V1 | Shape::V1Products => RecordPart::V1([*record]),
            },
            periodic: history.map(|history| Periodic::new(readings, *currency, history)),
            env: scope.env,
            created_at: wire_time(*created_at_ms),
            last_updated: wire_time(current.at_ms),
            __v: 0,
        }
    }
}
