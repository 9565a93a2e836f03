//! How a [`Filter`] becomes a query, and how a page of its rows is read.
//!
//! Every list enters by one table and walks from there to the others along their keys. Which one,
//! is decided here and not by SQLite, which knows nothing of how many rows there are: CROSS JOIN
//! keeps the order of the tables, and a plus before a column keeps SQLite from entering by it.
//! The text is put together from fragments that are written here, the values are bound.

use super::conditions::{NEVER, amount_tests, pending_test, time_tests};
use crate::{Filter, Page, Paged, Scope, StoreError};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

/// Whose rows a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    Customer,
    Record,
    Account,
    Balance,
    Transaction,
}

impl Base {
    pub(super) fn table(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Record => "record",
            Self::Account => "account",
            Self::Balance => "balance",
            Self::Transaction => "bank_transaction",
        }
    }

    /// The column that orders the list, together with the id.
    pub(super) fn at(self) -> &'static str {
        match self {
            Self::Customer | Self::Record | Self::Account | Self::Balance => "created_at_ms",
            Self::Transaction => "at_ms",
        }
    }

    /// Whether its rows are of one account each.
    fn has_account(self) -> bool {
        matches!(self, Self::Account | Self::Balance | Self::Transaction)
    }
}

/// What the rows of two tables have in common when they belong together.
const LINKS: [(&str, &str, &str); 4] = [
    ("record", "customer", "customer.id = record.customer"),
    ("record", "account", "account.record = record.id"),
    ("account", "balance", "balance.account = account.id"),
    ("account", "bank_transaction", "bank_transaction.account = account.id"),
];

/// The rows of a page, and how many there are; `page` has one more value, the LIMIT.
pub(super) struct Query {
    pub(super) page: String,
    pub(super) count: String,
    values: Vec<Value>,
}

/// By which table a list is entered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    Base,
    Record,
    Account,
}

impl Entry {
    /// The narrowest that the filter allows.
    fn of(base: Base, filter: &Filter) -> Self {
        if filter.account.is_some() {
            if base.has_account() { Self::Base } else { Self::Account }
        } else if filter.record.is_some() || filter.customer.is_some() {
            Self::Record
        } else if filter.account_number.is_some() || filter.account_name.is_some() {
            Self::Account
        } else if !filter.options.is_empty() || filter.institution.is_some() {
            Self::Record
        } else {
            Self::Base
        }
    }
}

/// The values of a query, in the order of their numbers.
pub(super) struct Values(Vec<Value>);

impl Values {
    /// Every table is asked for the scope by the numbers 1 and 2.
    fn of(scope: Scope) -> Self {
        let company = Value::Blob(scope.company.bytes().to_vec());
        Self(vec![company, Value::Text(scope.env.as_str().to_owned())])
    }

    /// Takes a value and gives its place in the text.
    pub(super) fn put(&mut self, value: impl Into<Value>) -> String {
        self.0.push(value.into());
        format!("?{}", self.0.len())
    }
}

/// Lets one column be entered by: the first that asks, if any may.
struct Door(bool);

impl Door {
    fn plus(&mut self) -> &'static str {
        if std::mem::replace(&mut self.0, false) { "" } else { "+" }
    }
}

/// Where the rows of a list come from.
#[derive(Default)]
struct Source {
    /// A query of the ids by which the first table is entered, if it is not entered by itself.
    found: Option<String>,
    /// The tables, in the order in which they are to be visited.
    tables: Vec<&'static str>,
    /// What must be so.
    tests: Vec<String>,
}

impl Source {
    /// FROM and WHERE, of those tables that are asked for.
    fn text(&self, is_asked: impl Fn(&str) -> bool) -> String {
        let tables: Vec<_> = self.tables.iter().copied().filter(|table| is_asked(table)).collect();
        let mut tests: Vec<_> =
            tables.iter().map(|table| format!("{table}.company = ?1 AND {table}.env = ?2")).collect();
        let are_here = |one: &str, other: &str| tables.contains(&one) && tables.contains(&other);
        let links = LINKS.iter().filter(|(one, other, _)| are_here(one, other));
        tests.extend(links.map(|(_, _, link)| (*link).to_owned()));
        tests.extend(self.tests.iter().cloned());
        let found = match &self.found {
            Some(found) => format!("({found}) AS found CROSS JOIN "),
            None => String::new(),
        };
        format!("FROM {found}{} WHERE {}", tables.join(" CROSS JOIN "), tests.join(" AND "))
    }

    fn text_of_all(&self) -> String {
        self.text(|_| true)
    }
}

/// A list of a filter's rows, newest first. `columns` may name the customer, the record and the
/// account of each row, and the scope by `?1` and `?2`.
pub(super) fn query(base: Base, columns: &str, scope: Scope, filter: &Filter) -> Query {
    let mut values = Values::of(scope);
    let entry = Entry::of(base, filter);
    let mut source = match base {
        Base::Customer => customers(&mut values, filter, entry),
        Base::Record => records(&mut values, filter, entry),
        Base::Account | Base::Balance | Base::Transaction => accounts(&mut values, base, filter, entry),
    };
    let asks_record = source.tests.iter().any(|test| test.contains("record."));
    let asks_account = asks_record || source.tests.iter().any(|test| test.contains("account."));
    let amount = filter.amount.map(|amount| amount_tests(&mut values, base, amount));
    let is_known = amount.as_ref().is_some_and(|tests| tests != NEVER);
    let by_amount = is_known && entry == Entry::Base && filter.account.is_none();
    source.tests.extend(amount.map(|tests| if by_amount { tests } else { format!("+{tests}") }));
    let plus = if entry == Entry::Base && !by_amount { "" } else { "+" };
    source.tests.extend(filter.is_pending.map(|is_pending| pending_test(&mut values, base, is_pending)));
    source.tests.extend(time_tests(&mut values, base, filter, plus));
    let (table, at) = (base.table(), base.at());
    let limit = values.0.len() + 1;
    let page = format!(
        "SELECT {columns} {} ORDER BY {plus}{table}.{at} DESC, {table}.id DESC LIMIT ?{limit}",
        source.text_of_all()
    );
    // A count leaves out the tables that no test asks.
    let is_asked = |asked: &str| match asked {
        "customer" => base == Base::Customer,
        "record" => base == Base::Record || asks_record,
        "account" => base == Base::Account || asks_account || filter.amount.is_some(),
        _ => true,
    };
    let count = format!("SELECT count(*) {}", source.text(is_asked));
    Query { page, count, values: values.0 }
}

/// Accounts, and what hangs on them.
fn accounts(values: &mut Values, base: Base, filter: &Filter, entry: Entry) -> Source {
    let mut source = Source::default();
    test_record(&mut source, values, filter, Door(entry == Entry::Record));
    let (leaf, own) = match base {
        Base::Balance => (Some("balance"), "balance.account"),
        Base::Transaction => (Some("bank_transaction"), "bank_transaction.account"),
        Base::Customer | Base::Record | Base::Account => (None, "account.id"),
    };
    test_account(&mut source, values, filter, own, Door(entry != Entry::Record));
    let tables = match entry {
        Entry::Base => [leaf, Some("account"), Some("record"), Some("customer")],
        Entry::Account => [Some("account"), Some("record"), leaf, Some("customer")],
        // A record has one customer, who is looked up once and not for each of its rows.
        Entry::Record => [Some("record"), Some("customer"), Some("account"), leaf],
    };
    source.tables.extend(tables.into_iter().flatten());
    source
}

/// Records. One that is looked for by its accounts may have several that match.
fn records(values: &mut Values, filter: &Filter, entry: Entry) -> Source {
    let mut source = Source { tables: vec!["record", "customer"], ..Source::default() };
    test_record(&mut source, values, filter, Door(entry == Entry::Record));
    let mut inner = Source { tables: vec!["account"], ..Source::default() };
    test_account(&mut inner, values, filter, "account.id", Door(true));
    if !inner.tests.is_empty() {
        let ids = format!("SELECT DISTINCT +account.record AS id {}", inner.text_of_all());
        source.find("record", ids, entry == Entry::Account);
    }
    source
}

/// Customers. One who is looked for by their records and accounts may have several that match.
fn customers(values: &mut Values, filter: &Filter, entry: Entry) -> Source {
    let mut source = Source { tables: vec!["customer"], ..Source::default() };
    if let Some(customer) = filter.customer {
        source.tests.push(format!("customer.id = {}", values.put(customer.bytes().to_vec())));
    }
    let asks_account =
        filter.account.is_some() || filter.account_number.is_some() || filter.account_name.is_some();
    let asks_record = filter.record.is_some() || filter.institution.is_some() || !filter.options.is_empty();
    if asks_account || asks_record {
        let tables = match entry {
            _ if !asks_account => vec!["record"],
            Entry::Account => vec!["account", "record"],
            Entry::Record | Entry::Base => vec!["record", "account"],
        };
        let mut inner = Source { tables, ..Source::default() };
        test_record(&mut inner, values, filter, Door(entry == Entry::Record));
        test_account(&mut inner, values, filter, "account.id", Door(entry == Entry::Account));
        let ids = format!("SELECT DISTINCT +record.customer AS id {}", inner.text_of_all());
        source.find("customer", ids, filter.customer.is_none());
    }
    source
}

impl Source {
    /// Wants the ids of a table to be among those of a query; if it may be entered by them, it is.
    fn find(&mut self, table: &str, ids: String, may_enter: bool) {
        if may_enter {
            self.found = Some(ids);
            self.tests.push(format!("{table}.id = found.id"));
        } else {
            self.tests.push(format!("+{table}.id IN ({ids})"));
        }
    }
}

fn test_record(source: &mut Source, values: &mut Values, filter: &Filter, mut door: Door) {
    if let Some(record) = filter.record {
        let record = values.put(record.bytes().to_vec());
        source.tests.push(format!("{}record.id = {record}", door.plus()));
    }
    if let Some(customer) = filter.customer {
        let customer = values.put(customer.bytes().to_vec());
        source.tests.push(format!("{}record.customer = {customer}", door.plus()));
    }
    for (name, value) in &filter.options {
        let (name, value) = (values.put(name.clone()), values.put(value.clone()));
        let ids = format!(
            "SELECT record AS id FROM record_option
            WHERE company = ?1 AND env = ?2 AND name = {name} AND value = {value}"
        );
        source.find("record", ids, door.plus().is_empty());
    }
    if let Some(institution) = filter.institution {
        let institution = values.put(institution.bytes().to_vec());
        source.tests.push(format!("{}record.institution = {institution}", door.plus()));
    }
}

/// `own` is the column that holds the account's id in the table by which it is best found.
fn test_account(source: &mut Source, values: &mut Values, filter: &Filter, own: &str, mut door: Door) {
    if let Some(account) = filter.account {
        let account = values.put(account.bytes().to_vec());
        source.tests.push(format!("{}{own} = {account}", door.plus()));
    }
    if let Some(number) = &filter.account_number {
        let number = values.put(number.clone());
        source.tests.push(format!("{}account.number = {number}", door.plus()));
    }
    if let Some(name) = &filter.account_name {
        let name = values.put(name.clone());
        source.tests.push(format!("{}account.name = {name}", door.plus()));
    }
}

/// How deep a list may be paged into; beyond it a page is empty.
const DEPTH_MAX: u64 = 10_000;

/// Reads a page of a list. It is read from the first row on, so a page that is not full tells by itself
/// how many rows there are; they are counted only if there may be more.
pub(super) fn rows<T>(
    db: &Connection,
    query: &Query,
    page: Page,
    mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Paged<T>, StoreError> {
    let mut rows = Vec::new();
    let mut position = 0;
    let window = window(page);
    if let Some((skip, end)) = window {
        let mut statement = db.prepare_cached(&query.page)?;
        let end = Value::Integer(end);
        let mut found = statement.query(params_from_iter(query.values.iter().chain([&end])))?;
        while let Some(row) = found.next()? {
            position += 1;
            if position > skip {
                rows.push(read(row)?);
            }
        }
    }
    let total: i64 = match window {
        _ if !page.counted => 0,
        Some((_, end)) if position < end => position,
        _ => {
            let mut count = db.prepare_cached(&query.count)?;
            count.query_row(params_from_iter(&query.values), |row| row.get(0))?
        }
    };
    Ok(Paged { rows, total: total.unsigned_abs() })
}

/// Whether a list is sure to be read in a moment: a page of what one customer, record or account has.
pub(super) fn is_short(filter: &Filter, page: Page) -> bool {
    const ROWS_MAX: u32 = 100;
    let is_of_one = filter.customer.is_some() || filter.record.is_some() || filter.account.is_some();
    is_of_one && page.number.saturating_mul(page.size) <= ROWS_MAX
}

/// How many rows come before the page and how many up to its end; `None` for a page that is empty
/// or too deep.
fn window(page: Page) -> Option<(i64, i64)> {
    let Page { number, size, counted: _ } = page;
    let end = u64::from(number) * u64::from(size);
    if end == 0 || end > DEPTH_MAX {
        return None;
    }
    let end = i64::try_from(end).ok()?;
    Some((end - i64::from(size), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_a_window_that_ends_at_the_depth() {
        let window = |number, size| window(Page::numbered(number, size));
        assert_eq!(window(1, 20), Some((0, 20)));
        assert_eq!(window(3, 20), Some((40, 60)));
        assert_eq!(window(500, 20), Some((9_980, 10_000)));
        for (number, size) in [(501, 20), (0, 20), (1, 0), (u32::MAX, u32::MAX)] {
            assert_eq!(window(number, size), None);
        }
    }
}
