//! Accounts of a scenario: decimal text in the file, whole minor units once read.

use super::error::Flaw;
use crate::{PendingList, ReportedAccount, ReportedTransaction};
use egusi_ledger::{Pending, Reported, minor_from_text};
use egusi_protocol::{Barred, Currency};
use serde::Deserialize;

/// What the numbers of test persons begin with; they are drawn, and no scenario may be in the way.
pub(super) const PERSONS_NUMBERS: &str = "98";

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
    /// Why it cannot be shared, if it cannot.
    barred: Option<Barred>,
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
        let Self {
            name,
            number,
            kind,
            currency,
            ledger,
            available,
            pending,
            ledger_includes_pending,
            barred,
        } = self;
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
        if number.starts_with(PERSONS_NUMBERS) {
            return Err(Flaw::new("number", "not beginning with 98, as those of test persons do"));
        }
        if matches!(barred, Some(Barred::OtherAccount | Barred::Unknown)) {
            return Err(Flaw::new("barred", "dormant, closed or restricted"));
        }
        let figure = |field: &str, text: Option<String>| {
            text.map(|text| minor_from_text(&text, currency.decimals()))
                .transpose()
                .map_err(|error| Flaw::new(field, error))
        };
        let (pending, sums) = transactions(pending, &number, currency)?;
        let reported = Reported {
            ledger: figure("ledger", ledger)?,
            available: figure("available", available)?,
            pending: sums,
            ledger_includes_pending,
            ..Reported::NOTHING
        };
        reported.settle().map_err(|error| Flaw::new("ledger", error))?;
        Ok(ReportedAccount { name, number, kind, currency, barred, reported, pending })
    }
}

/// The list with its sums. Nothing says when these were begun, as with many an institution.
fn transactions(
    rows: Option<Vec<PendingRow>>,
    number: &str,
    currency: Currency,
) -> Result<(PendingList, Pending), Flaw> {
    let Some(rows) = rows else { return Ok((PendingList::NoFeed, Pending::Unknown)) };
    let mut list = Vec::with_capacity(rows.len());
    for (at, row) in rows.into_iter().enumerate() {
        let PendingRow { description, amount, direction } = row;
        let flaw = |field: &str, detail: String| Flaw::new(format!("pending[{at}].{field}"), detail);
        if description.trim().is_empty() {
            return Err(flaw("description", "may not be empty".to_owned()));
        }
        let amount = minor_from_text(&amount, currency.decimals())
            .map_err(|error| flaw("amount", error.to_string()))?;
        if amount <= 0 {
            return Err(flaw("amount", "more than nothing; its direction says the sign".to_owned()));
        }
        list.push(ReportedTransaction {
            id: format!("{number}-P{at}"),
            amount_minor: match direction {
                Direction::Out => -amount,
                Direction::In => amount,
            },
            description,
            at_ms: None,
        });
    }
    let list = PendingList::Complete(list);
    let sums = list
        .sums(currency)
        .ok_or_else(|| Flaw::new("pending", "the sum of the amounts does not fit 64 bits of minor units"))?;
    Ok((list, sums))
}
