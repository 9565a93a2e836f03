//! Accounts of a scenario: decimal text in the file, whole minor units once read.

use super::error::Flaw;
use crate::ReportedAccount;
use egusi_ledger::{Pending, Reported, minor_from_text};
use egusi_protocol::Currency;
use serde::Deserialize;

/// One account as the file writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    name: String,
    number: String,
    kind: String,
    currency: String,
    ledger: Option<String>,
    available: Option<String>,
    /// Absent when the institution has no pending feed; otherwise the complete list.
    pending: Option<Vec<PendingRow>>,
    #[serde(default)]
    ledger_includes_pending: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PendingRow {
    description: String,
    amount: String,
    direction: Direction,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Direction {
    In,
    Out,
}

impl Row {
    pub(super) fn read(self) -> Result<ReportedAccount, Flaw> {
        let Self { name, number, kind, currency, ledger, available, pending, ledger_includes_pending } = self;
        let currency: Currency = currency.parse().map_err(|error| Flaw::new("currency", error))?;
        if name.trim().is_empty() {
            return Err(Flaw::new("name", "may not be empty"));
        }
        if kind.trim().is_empty() {
            return Err(Flaw::new("kind", "may not be empty"));
        }
        if number.len() != 10 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Flaw::new("number", "ten digits"));
        }
        let figure = |field: &str, text: Option<String>| {
            text.map(|text| minor_from_text(&text, currency.decimals()))
                .transpose()
                .map_err(|error| Flaw::new(field, error))
        };
        let reported = Reported {
            ledger: figure("ledger", ledger)?,
            available: figure("available", available)?,
            pending: sums(pending, currency)?,
            ledger_includes_pending,
            ..Reported::NOTHING
        };
        reported.settle().map_err(|error| Flaw::new("ledger", error))?;
        Ok(ReportedAccount { name, number, kind, currency, reported })
    }
}

fn sums(rows: Option<Vec<PendingRow>>, currency: Currency) -> Result<Pending, Flaw> {
    let Some(rows) = rows else { return Ok(Pending::Unknown) };
    let (mut outgoing, mut incoming) = (0i64, 0i64);
    for (at, row) in rows.into_iter().enumerate() {
        let flaw = |field: &str, detail: String| Flaw::new(format!("pending[{at}].{field}"), detail);
        if row.description.trim().is_empty() {
            return Err(flaw("description", "may not be empty".to_owned()));
        }
        let amount = minor_from_text(&row.amount, currency.decimals())
            .map_err(|error| flaw("amount", error.to_string()))?;
        if amount <= 0 {
            return Err(flaw("amount", "more than nothing; its direction says the sign".to_owned()));
        }
        let sum = match row.direction {
            Direction::Out => &mut outgoing,
            Direction::In => &mut incoming,
        };
        *sum = sum
            .checked_add(amount)
            .ok_or_else(|| flaw("amount", "the sum does not fit 64 bits of minor units".to_owned()))?;
    }
    Ok(Pending::Complete { outgoing, incoming })
}
