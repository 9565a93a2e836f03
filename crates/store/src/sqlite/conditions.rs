//! What must be so of the rows of a list beside whose they are: their amounts, whether they are
//! booked, and their times.

use super::lists::{Base, Values};
use crate::{AmountIs, Cursor, Filter, Which};
use rusqlite::types::Value;

/// What is so of no row.
pub(super) const NEVER: &str = "0";

/// The figure is found by any of its meanings, and then must be the one of the account's currency.
/// A list that has no such figure has no row that matches.
pub(super) fn amount_tests(values: &mut Values, base: Base, amount: AmountIs) -> String {
    let AmountIs { which, minor_by_decimals } = amount;
    let (column, sign) = match (base, which) {
        (Base::Balance, Which::Ledger) => ("balance.ledger_minor", 0),
        (Base::Balance, Which::Available) => ("balance.available_minor", 0),
        (Base::Transaction, Which::Debit) => ("bank_transaction.amount_minor", -1),
        (Base::Transaction, Which::Credit) => ("bank_transaction.amount_minor", 1),
        _ => return NEVER.to_owned(),
    };
    // A movement is looked for by how much moved, which is more than nothing.
    let signed = |minor: i64| match sign {
        0 => Some(minor),
        sign => (minor > 0).then_some(minor * sign),
    };
    let [none, one, two, three] =
        minor_by_decimals.map(|minor| values.put(minor.and_then(signed).map_or(Value::Null, Value::Integer)));
    format!(
        "{column} IN ({none}, {one}, {two}, {three}) AND +{column} = CASE account.decimals
            WHEN 0 THEN {none} WHEN 1 THEN {one} WHEN 2 THEN {two} ELSE {three} END"
    )
}

/// Only movements are pending or booked; of anything else there is neither.
pub(super) fn pending_test(values: &mut Values, base: Base, is_pending: bool) -> String {
    match base {
        Base::Transaction => format!("+bank_transaction.is_pending = {}", values.put(is_pending)),
        Base::Customer | Base::Record | Base::Account | Base::Balance => format!("+{NEVER}"),
    }
}

/// Rows behind a cursor are those of its moment with smaller ids, and all that are older.
pub(super) fn time_tests(values: &mut Values, base: Base, filter: &Filter, plus: &str) -> Vec<String> {
    let Filter { from_ms, before_ms, after, .. } = filter;
    let (table, at) = (base.table(), base.at());
    let end_ms = after.map_or(*before_ms, |after| after.at_ms.saturating_add(1).min(*before_ms));
    let mut tests = vec![
        format!("{plus}{table}.{at} >= {}", values.put(*from_ms)),
        format!("{plus}{table}.{at} < {}", values.put(end_ms)),
    ];
    if let Some(Cursor { at_ms, id }) = after {
        let (at_ms, id) = (values.put(*at_ms), values.put(id.to_vec()));
        tests.push(format!("(+{table}.{at} < {at_ms} OR +{table}.id < {id})"));
    }
    tests
}
