//! Accounts, and the thresholds companies set for them.

use crate::v3::scalars::{CurrencyCode, Id, Major, Time};
use egusi_protocol::{AccountId, BalanceId, Currency, CustomerId, InstitutionId, RecordId};
use egusi_store::AccountRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One account seen through a record.
#[derive(Debug, Serialize, ToSchema)]
pub struct Account {
    /// Its name.
    #[schema(value_type = Id)]
    id: AccountId,
    /// What the institution calls it.
    name: String,
    /// Its number; masked if the customer does not share it.
    number: String,
    /// `Current`, `Savings`, …
    kind: String,
    /// What it is kept in.
    #[schema(value_type = CurrencyCode)]
    currency: Currency,
    /// Whether the customer shares it.
    connected: bool,
    /// The person.
    #[schema(value_type = Id)]
    customer: CustomerId,
    /// The person's name.
    customer_name: String,
    /// The sign-in through which it is read.
    #[schema(value_type = Id)]
    record: RecordId,
    /// Where it is kept.
    #[schema(value_type = Id)]
    institution: InstitutionId,
    /// Its balance, if one was ever read.
    #[schema(required, value_type = Option<Id>)]
    balance: Option<BalanceId>,
    /// The threshold of your own for this account, if you set one.
    #[schema(required)]
    threshold: Option<Major>,
    /// When it was first seen.
    created_at: Time,
    /// When it last changed.
    updated_at: Time,
}

impl From<AccountRow> for Account {
    fn from(row: AccountRow) -> Self {
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
            institution,
            balance,
            threshold_minor,
            created_at_ms,
            updated_at_ms,
        } = row;
        Self {
            id,
            name,
            number,
            kind,
            currency,
            connected,
            customer,
            customer_name,
            record,
            institution,
            balance,
            threshold: threshold_minor.map(|minor| Major::new(minor, currency)),
            created_at: Time(created_at_ms),
            updated_at: Time(updated_at_ms),
        }
    }
}

/// Below which available balance you want to be told.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// In major units of the account's currency, with no more decimals than it has.
    #[schema(pattern = r"^[0-9]{1,13}(\.[0-9]{1,3})?$", example = "500.00")]
    pub amount: String,
}
