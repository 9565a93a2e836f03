//! A transaction as `transactions/…` answers it.

use crate::okra::major::MajorOnWire;
use crate::okra::parts::{Bank, BankPart, Named};
use crate::okra::shape::View;
use crate::times::wire_time;
use egusi_protocol::{AccountId, CompanyId, Currency, CustomerId, Environment, RecordId, TransactionId};
use egusi_store::TransactionRow;
use serde::Serialize;

/// An empty list.
type Nothing = [&'static str; 0];

/// One transaction: either `debit` or `credit` is an amount in major units, the other is null.
/// `pending`, which Okra never had, says that it is not booked yet; it has no `cleared_date` then.
#[derive(Debug, Serialize)]
pub struct OkraTransaction<'a> {
    _id: TransactionId,
    id: TransactionId,
    notes: Notes<'a>,
    pending: bool,
    debit: MajorOnWire,
    credit: MajorOnWire,
    currency: Currency,
    trans_date: String,
    cleared_date: Option<String>,
    unformatted_trans_date: String,
    unformatted_cleared_date: Option<String>,
    r#ref: TransactionId,
    branch: &'static str,
    code: &'static str,
    bank: Option<BankPart<'a>>,
    customer: Named<'a, CustomerId>,
    account: Named<'a, AccountId>,
    record: [RecordId; 1],
    owner: [CompanyId; 1],
    fetched: Nothing,
    manual: bool,
    reconciled: bool,
    env: Environment,
    created_at: String,
    last_updated: String,
    __v: u8,
}

/// What the institution says of it. Okra guessed at places and people; we do not.
#[derive(Debug, Serialize)]
struct Notes<'a> {
    desc: &'a str,
    topics: Nothing,
    places: Nothing,
    people: Nothing,
    actions: Nothing,
    subjects: Nothing,
    prepositions: Nothing,
}

impl<'a> OkraTransaction<'a> {
    /// Writes a stored transaction the way Okra would.
    pub fn new(row: &'a TransactionRow, view: View, bank: Option<Bank<'a>>) -> Self {
        let TransactionRow {
            id,
            account,
            account_name,
            account_number: _,
            customer,
            customer_name,
            record,
            institution: _,
            currency,
            is_pending,
            amount_minor,
            description,
            at_ms,
            created_at_ms,
        } = row;
        let View { scope, shape: _ } = view;
        let major = |minor| MajorOnWire::new(minor, *currency);
        let left = *amount_minor < 0;
        let cleared = || (!is_pending).then(|| wire_time(*at_ms));
        Self {
            _id: *id,
            id: *id,
            notes: notes(description),
            pending: *is_pending,
            debit: major(left.then(|| amount_minor.saturating_neg())),
            credit: major((!left).then_some(*amount_minor)),
            currency: *currency,
            trans_date: wire_time(*at_ms),
            cleared_date: cleared(),
            unformatted_trans_date: wire_time(*at_ms),
            unformatted_cleared_date: cleared(),
            r#ref: *id,
            branch: "",
            code: "",
            bank: bank.map(BankPart::from),
            customer: Named { _id: *customer, name: customer_name },
            account: Named { _id: *account, name: account_name },
            record: [*record],
            owner: [scope.company],
            fetched: [],
            manual: false,
            reconciled: false,
            env: scope.env,
            created_at: wire_time(*created_at_ms),
            last_updated: wire_time(*created_at_ms),
            __v: 0,
        }
    }
}

fn notes(desc: &str) -> Notes<'_> {
    Notes { desc, topics: [], places: [], people: [], actions: [], subjects: [], prepositions: [] }
}
