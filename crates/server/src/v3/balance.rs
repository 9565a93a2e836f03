//! What an account holds, now and at every reading.

use crate::v3::scalars::{CurrencyCode, Id, Major, Time};
use egusi_protocol::{AccountId, BalanceId, Currency, CustomerId, InstitutionId, RecordId};
use egusi_store::{BalanceRow, Reading, ReadingDetail};
use serde::Serialize;
use utoipa::ToSchema;

/// What an account holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct Balance {
    /// Its name.
    #[schema(value_type = Id)]
    id: BalanceId,
    /// The account.
    #[schema(value_type = Id)]
    account: AccountId,
    /// What the institution calls the account.
    account_name: String,
    /// The account's full number.
    account_number: String,
    /// Whether the customer shares the account.
    connected: bool,
    /// The person.
    #[schema(value_type = Id)]
    customer: CustomerId,
    /// The person's name.
    customer_name: String,
    /// The sign-in through which it is read.
    #[schema(value_type = Id)]
    record: RecordId,
    /// `ok`, or `sign_in_needed` while the institution tells nothing until the customer signs in again.
    #[schema(pattern = "^(ok|sign_in_needed)$")]
    record_status: &'static str,
    /// Where the account is kept.
    #[schema(value_type = Id)]
    institution: InstitutionId,
    /// What the amounts are in.
    #[schema(value_type = CurrencyCode)]
    currency: Currency,
    /// The latest reading.
    current: BalanceReading,
    /// Every reading, oldest first, at most the newest 366; only where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    readings: Option<Vec<BalanceReading>>,
    /// When the account was first read.
    created_at: Time,
}

/// What an account held at a time.
#[derive(Debug, Serialize, ToSchema)]
pub struct BalanceReading {
    /// When it was so.
    at: Time,
    /// Booked money; null if the institution does not say.
    #[schema(required)]
    ledger: Option<Major>,
    /// Money the customer can use; null if it cannot be known.
    #[schema(required)]
    available: Option<Major>,
    /// `reported` by the institution, `derived` from the ledger balance and a complete list of
    /// pending transactions, or `ledger_only`: then `available` is null.
    #[schema(pattern = "^(reported|derived|ledger_only)$")]
    available_source: &'static str,
    /// `interim`, or `closing` for the books at the end of a day.
    #[schema(pattern = "^(interim|closing)$")]
    basis: &'static str,
    /// Whether the pending transactions are those of an earlier look, because this one failed.
    is_stale: bool,
    /// Money about to leave, where the list of pending transactions is complete.
    #[schema(required)]
    pending_out: Option<Major>,
    /// Money about to arrive.
    #[schema(required)]
    pending_in: Option<Major>,
    /// A credit line, which is in neither figure.
    #[schema(required)]
    credit_limit: Option<Major>,
    /// What must stay on the account.
    #[schema(required)]
    minimum: Option<Major>,
}

impl From<BalanceRow> for Balance {
    fn from(row: BalanceRow) -> Self {
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
            institution,
            created_at_ms,
            current,
            readings,
        } = row;
        let readings: Vec<_> =
            readings.into_iter().map(|reading| BalanceReading::new(reading, currency)).collect();
        Self {
            id,
            account,
            account_name,
            account_number,
            connected,
            customer,
            customer_name,
            record,
            record_status: record_status.as_str(),
            institution,
            currency,
            current: BalanceReading::new(current, currency),
            readings: (!readings.is_empty()).then_some(readings),
            created_at: Time(created_at_ms),
        }
    }
}

impl BalanceReading {
    fn new(reading: Reading, currency: Currency) -> Self {
        let Reading { ledger_minor, available_minor, source, at_ms, detail } = reading;
        let ReadingDetail {
            basis,
            is_stale,
            pending_out_minor,
            pending_in_minor,
            limit_minor,
            minimum_minor,
        } = detail;
        let major = |minor: Option<i64>| minor.map(|minor| Major::new(minor, currency));
        Self {
            at: Time(at_ms),
            ledger: major(ledger_minor),
            available: major(available_minor),
            available_source: source.as_str(),
            basis: basis.as_str(),
            is_stale,
            pending_out: major(pending_out_minor),
            pending_in: major(pending_in_minor),
            credit_limit: major(limit_minor),
            minimum: major(minimum_minor),
        }
    }
}
