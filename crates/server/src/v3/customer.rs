//! The persons whose accounts are connected.

use crate::v3::account::Account;
use crate::v3::scalars::{Id, Time};
use egusi_protocol::{CustomerId, RecordId};
use egusi_store::CustomerRow;
use serde::Serialize;
use utoipa::ToSchema;

/// A person whose accounts are connected.
#[derive(Debug, Serialize, ToSchema)]
pub struct Customer {
    /// Their name on the wire.
    #[schema(value_type = Id)]
    id: CustomerId,
    /// Their name in the institution's books.
    name: String,
    /// Their records, oldest first, at most 200.
    #[schema(value_type = Vec<Id>)]
    records: Vec<RecordId>,
    /// Their accounts, oldest first, at most 200.
    accounts: Vec<Account>,
    /// When they first connected.
    created_at: Time,
    /// When they last did.
    updated_at: Time,
}

impl From<CustomerRow> for Customer {
    fn from(row: CustomerRow) -> Self {
        let CustomerRow { id, name, created_at_ms, updated_at_ms, records, accounts } = row;
        Self {
            id,
            name,
            records,
            accounts: accounts.into_iter().map(Account::from).collect(),
            created_at: Time(created_at_ms),
            updated_at: Time(updated_at_ms),
        }
    }
}
