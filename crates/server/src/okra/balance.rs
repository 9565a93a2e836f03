//! A balance as `balance/getById` and its kin answer it (v2).

use crate::okra::major::MajorOnWire;
use crate::okra::time::wire_time;
use egusi_protocol::{
    AccountId, AvailableSource, BalanceId, CompanyId, CustomerId, Environment, Institution, RecordId,
};
use egusi_store::{BalanceRow, Reading, Scope};
use serde::Serialize;

/// One balance. `available_balance` is null where the institution gives no ground for one;
/// `available_source`, which Okra never had, says which case it is.
#[derive(Debug, Serialize)]
pub struct OkraBalance {
    _id: BalanceId,
    id: BalanceId,
    account: OkraAccount,
    available_balance: MajorOnWire,
    ledger_balance: MajorOnWire,
    available_source: AvailableSource,
    currency: String,
    customer: OkraCustomer,
    connected: bool,
    owner: [CompanyId; 1],
    projects: [CompanyId; 0],
    record: [OkraRecord; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    periodic: Option<OkraPeriodic>,
    env: Environment,
    created_at: String,
    last_updated: String,
    __v: u8,
}

#[derive(Debug, Serialize)]
struct OkraAccount {
    _id: AccountId,
    bank: Option<OkraBank>,
    nuban: String,
    name: String,
}

/// No logo and no icon: they are trademarks, and the colours are enough for a monogram.
#[derive(Debug, Serialize)]
struct OkraBank {
    _id: egusi_protocol::InstitutionId,
    name: String,
    slug: String,
    colors: OkraColors,
    logo: &'static str,
    icon: &'static str,
}

#[derive(Debug, Serialize)]
struct OkraColors {
    primary: String,
    accent: String,
    button: String,
}

#[derive(Debug, Serialize)]
struct OkraCustomer {
    _id: CustomerId,
    name: String,
}

#[derive(Debug, Serialize)]
struct OkraRecord {
    _id: RecordId,
    owner: CompanyId,
}

/// Every reading, oldest first. Okra declared the two lists and never filled them; each element
/// here is an amount in major units with its time.
#[derive(Debug, Serialize)]
struct OkraPeriodic {
    available_balance: Vec<OkraReading>,
    ledger_balance: Vec<OkraReading>,
}

#[derive(Debug, Serialize)]
struct OkraReading {
    amount: MajorOnWire,
    date: String,
}

/// The institution of a balance, if its connector still lists it.
pub struct Bank<'a> {
    /// Its line of the list.
    pub institution: &'a Institution,
    /// Its slug.
    pub slug: &'a str,
}

impl OkraBalance {
    /// Writes a stored balance the way Okra would.
    pub fn new(row: BalanceRow, scope: Scope, bank: Option<Bank<'_>>, include_periodic: bool) -> Self {
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
            record_status: _,
            institution: _,
            created_at_ms,
            current,
            readings,
        } = row;
        let major = |minor| MajorOnWire::new(minor, currency);
        let history = |pick: fn(&Reading) -> Option<i64>| {
            let known = readings.iter().filter(|reading| pick(reading).is_some());
            known
                .map(|reading| OkraReading { amount: major(pick(reading)), date: wire_time(reading.at_ms) })
                .collect()
        };
        Self {
            _id: id,
            id,
            account: OkraAccount {
                _id: account,
                bank: bank.map(okra_bank),
                nuban: account_number,
                name: account_name,
            },
            available_balance: major(current.available_minor),
            ledger_balance: major(current.ledger_minor),
            available_source: current.source,
            currency: currency.code().to_owned(),
            customer: OkraCustomer { _id: customer, name: customer_name },
            connected,
            owner: [scope.company],
            projects: [],
            record: [OkraRecord { _id: record, owner: scope.company }],
            periodic: include_periodic.then(|| OkraPeriodic {
                available_balance: history(|reading| reading.available_minor),
                ledger_balance: history(|reading| reading.ledger_minor),
            }),
            env: scope.env,
            created_at: wire_time(created_at_ms),
            last_updated: wire_time(current.at_ms),
            __v: 0,
        }
    }
}

fn okra_bank(bank: Bank<'_>) -> OkraBank {
    let color = || bank.institution.color.clone();
    OkraBank {
        _id: bank.institution.id,
        name: bank.institution.name.clone(),
        slug: bank.slug.to_owned(),
        colors: OkraColors { primary: color(), accent: color(), button: color() },
        logo: "",
        icon: "",
    }
}
