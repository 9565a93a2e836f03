//! Small parts that many objects of the Okra wire share.

use crate::times::wire_time;
use egusi_protocol::{CompanyId, Health, Institution, InstitutionId, RecordStatus};
use serde::Serialize;

/// A thing by its id and name.
#[derive(Debug, Serialize)]
pub struct Named<'a, Id> {
    pub(super) _id: Id,
    pub(super) name: &'a str,
}

/// The institution of a thing, if its connector still lists it.
#[derive(Clone, Copy, Debug)]
pub struct Bank<'a> {
    /// Its line of the list.
    pub institution: &'a Institution,
    /// Its slug.
    pub slug: &'a str,
}

/// A bank inside another object. No logo and no icon: they are trademarks, and the colours are
/// enough for a monogram.
#[derive(Debug, Serialize)]
pub struct BankPart<'a> {
    _id: InstitutionId,
    name: &'a str,
    slug: &'a str,
    colors: Colors<'a>,
    logo: &'static str,
    icon: &'static str,
    v2_logo: &'static str,
    v2_icon: &'static str,
    status: Health,
}

#[derive(Debug, Serialize)]
struct Colors<'a> {
    primary: &'a str,
    accent: &'a str,
    button: &'a str,
    icon: &'a str,
}

impl<'a> From<Bank<'a>> for BankPart<'a> {
    fn from(bank: Bank<'a>) -> Self {
        let Institution {
            id,
            name,
            monogram: _,
            also: _,
            color,
            country: _,
            kind: _,
            holders: _,
            lacks: _,
            health,
        } = bank.institution;
        Self {
            _id: *id,
            name,
            slug: bank.slug,
            colors: Colors { primary: color, accent: color, button: color, icon: color },
            logo: "",
            icon: "",
            v2_logo: "",
            v2_icon: "",
            status: *health,
        }
    }
}

impl<'a> Bank<'a> {
    /// Its id and name alone.
    pub(super) fn named(self) -> Named<'a, InstitutionId> {
        Named { _id: self.institution.id, name: &self.institution.name }
    }
}

/// How a record stands. Okra's four fields tell it for transactions and for the work on a record;
/// `state`, which Okra never had, says whether the customer must sign in again, or has ended the sharing.
#[derive(Debug, Serialize)]
pub struct RecordState {
    state: RecordStatus,
    transactions: Looks,
    process: Process,
}

#[derive(Debug, Serialize)]
struct Looks {
    last_success_at: Option<String>,
    last_fail_at: Option<String>,
}

#[derive(Debug, Serialize)]
struct Process {
    running: bool,
    completed: bool,
}

impl RecordState {
    /// What is known: when the institution last answered, when it last refused.
    pub(super) fn new(state: RecordStatus, answered_at_ms: Option<i64>, refused_at_ms: Option<i64>) -> Self {
        let completed = state == RecordStatus::Ok;
        let transactions = Looks {
            last_success_at: answered_at_ms.map(wire_time),
            last_fail_at: refused_at_ms.map(wire_time),
        };
        Self { state, transactions, process: Process { running: false, completed } }
    }
}

/// The companies a customer shares an account with: ours, or none.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum SharedWith {
    /// Shared.
    Us([CompanyId; 1]),
    /// Not shared.
    Nobody([CompanyId; 0]),
}

impl SharedWith {
    /// The company, if the account is shared.
    pub(super) fn new(connected: bool, company: CompanyId) -> Self {
        if connected { Self::Us([company]) } else { Self::Nobody([]) }
    }
}
