//! Movements of money on accounts.

use crate::v3::scalars::{CurrencyCode, Id, Major, Time};
use egusi_protocol::{AccountId, Currency, CustomerId, InstitutionId, RecordId, TransactionId};
use egusi_store::TransactionRow;
use serde::Serialize;
use utoipa::ToSchema;

/// A movement of money on an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Transaction {
    /// Its name.
    #[schema(value_type = Id)]
    id: TransactionId,
    /// The account.
    #[schema(value_type = Id)]
    account: AccountId,
    /// What the institution calls the account.
    account_name: String,
    /// The account's number.
    account_number: String,
    /// The person.
    #[schema(value_type = Id)]
    customer: CustomerId,
    /// The person's name.
    customer_name: String,
    /// The sign-in through which it was read.
    #[schema(value_type = Id)]
    record: RecordId,
    /// Where.
    #[schema(value_type = Id)]
    institution: InstitutionId,
    /// What the amount is in.
    #[schema(value_type = CurrencyCode)]
    currency: Currency,
    /// Negative if money left the account.
    amount: Major,
    /// Whether it is not booked yet.
    pending: bool,
    /// What the institution says it is.
    description: String,
    /// When the money moved, or will have.
    at: Time,
    /// When it was first seen.
    created_at: Time,
}

impl From<TransactionRow> for Transaction {
    fn from(row: TransactionRow) -> Self {
        let TransactionRow {
            id,
            account,
            account_name,
            account_number,
            customer,
            customer_name,
            record,
            institution,
            currency,
            is_pending,
            amount_minor,
            description,
            at_ms,
            created_at_ms,
        } = row;
        Self {
            id,
            account,
            account_name,
            account_number,
            customer,
            customer_name,
            record,
            institution,
            currency,
            amount: Major::new(amount_minor, currency),
            pending: is_pending,
            description,
            at: Time(at_ms),
            created_at: Time(created_at_ms),
        }
    }
}
