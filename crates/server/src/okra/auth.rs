//! An authentication as `auth/…` answers it: the sign-in, so it has the id of its record.

use crate::okra::parts::{Bank, BankPart, Named};
use crate::okra::shape::{Shape, View};
use crate::times::wire_time;
use egusi_protocol::{AppId, CompanyId, CustomerId, Environment, InstitutionId, RecordId, RecordStatus};
use egusi_store::RecordRow;
use serde::Serialize;

/// One authentication. `validated` says that the sign-in still holds.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum OkraAuth<'a> {
    /// Nearly everywhere.
    Whole(Box<Whole<'a>>),
    /// In the list of all of v1.
    Product(Product<'a>),
}

/// An authentication with all that is known of it.
#[derive(Debug, Serialize)]
pub struct Whole<'a> {
    _id: RecordId,
    id: RecordId,
    record: RecordId,
    bank: Option<BankPart<'a>>,
    customer: Named<'a, CustomerId>,
    validated: bool,
    current_project: Option<AppId>,
    projects: Vec<AppId>,
    owner: CompanyId,
    env: Environment,
    created_at: String,
    last_updated: String,
    __v: u8,
}

/// An authentication in the list of all of v1.
#[derive(Debug, Serialize)]
pub struct Product<'a> {
    _id: RecordId,
    id: RecordId,
    validated: bool,
    record: RecordPart<'a>,
    created_at: String,
    last_updated: String,
}

#[derive(Debug, Serialize)]
struct RecordPart<'a> {
    _id: RecordId,
    bank: Option<Named<'a, InstitutionId>>,
    env: Environment,
    owner: CompanyId,
    customer: CustomerId,
}

impl<'a> OkraAuth<'a> {
    /// Writes a stored record the way Okra would write its authentication.
    pub fn new(row: &'a RecordRow, view: View, bank: Option<Bank<'a>>) -> Self {
        let View { scope, shape } = view;
        let validated = row.status == RecordStatus::Ok;
        let (created_at, last_updated) = (wire_time(row.created_at_ms), wire_time(row.updated_at_ms));
        match shape {
            Shape::V1Products => Self::Product(Product {
                _id: row.id,
                id: row.id,
                validated,
                record: RecordPart {
                    _id: row.id,
                    bank: bank.map(Bank::named),
                    env: scope.env,
                    owner: scope.company,
                    customer: row.customer,
                },
                created_at,
                last_updated,
            }),
            Shape::V1 | Shape::V2 => Self::Whole(Box::new(Whole {
                _id: row.id,
                id: row.id,
                record: row.id,
                bank: bank.map(BankPart::from),
                customer: Named { _id: row.customer, name: &row.customer_name },
                validated,
                current_project: row.app,
                projects: row.app.into_iter().collect(),
                owner: scope.company,
                env: scope.env,
                created_at,
                last_updated,
                __v: 0,
            })),
        }
    }
}
