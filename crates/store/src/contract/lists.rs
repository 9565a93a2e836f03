//! Promises about lists: which rows they have, in which order, and page by page.

use super::samples::{NOON_MS, account, connection, id, others, reading, scope, visit};
use crate::{
    AccountRow, AmountIs, Cursor, CustomerRow, Filter, NewConnection, PARTS_MAX, Page, RecordRow, Scope,
    Store, Which,
};
use egusi_protocol::{AccountId, BalanceId, Currency, CustomerId, RecordId, RecordStatus};
use std::sync::Arc;

const ALL: Page = Page::numbered(1, 100);

/// Three sign-ins of two people at two institutions. Each account has the number of its record and
/// one more digit: of the first person 101, 102 and 111, of the second 201 and 202.
fn sign_ins() -> [NewConnection; 3] {
    let accounts = |numbers: &[u32]| {
        numbers.iter().map(|number| account(*number, reading(NOON_MS, i64::from(*number)))).collect()
    };
    let mut first = connection(10, accounts(&[101, 102]));
    first.record.options = r#"{"shop":"north","order":7,"tags":["a", "b"]}"#.to_owned();
    first.accounts[1].name = "Account 101".to_owned();
    let mut second = connection(11, accounts(&[111]));
    second.customer = first.customer.clone();
    second.record.institution = id(501);
    second.record.options = r#"{"shop":"north","order":"7"}"#.to_owned();
    second.at_ms = NOON_MS + 1;
    second.accounts[0].number = "0000000201".to_owned();
    let mut third = connection(20, accounts(&[201, 202]));
    third.record.options = r#"{"shop":"south","order":7}"#.to_owned();
    third.at_ms = NOON_MS + 2;
    [first, second, third]
}

async fn all_signed_in(store: &dyn Store, scope: Scope) {
    for (number, sign_in) in (1..).zip(sign_ins()) {
        visit(store, scope, number, sign_in).await.unwrap();
    }
}

/// What each list has for a filter.
#[derive(Debug, PartialEq)]
struct Found {
    customers: Vec<CustomerId>,
    records: Vec<RecordId>,
    accounts: Vec<AccountId>,
    balances: Vec<BalanceId>,
}

async fn found(store: &dyn Store, scope: Scope, filter: &Filter, page: Page) -> Found {
    let customers = store.customers(scope, filter.clone(), page).await.unwrap();
    let records = store.records(scope, filter.clone(), page).await.unwrap();
    let accounts = store.accounts(scope, filter.clone(), page).await.unwrap();
    let balances = store.balances(scope, filter.clone(), page, false).await.unwrap();
    if page == ALL {
        assert_eq!(customers.total, customers.rows.len() as u64);
        assert_eq!(records.total, records.rows.len() as u64);
        assert_eq!(accounts.total, accounts.rows.len() as u64);
        assert_eq!(balances.total, balances.rows.len() as u64);
    }
    Found {
        customers: customers.rows.iter().map(|row| row.id).collect(),
        records: records.rows.iter().map(|row| row.id).collect(),
        accounts: accounts.rows.iter().map(|row| row.id).collect(),
        balances: balances.rows.iter().map(|row| row.id).collect(),
    }
}

/// The balances have the ids of their accounts.
fn rows(customers: &[u32], records: &[u32], accounts: &[u32]) -> Found {
    Found {
        customers: customers.iter().copied().map(id).collect(),
        records: records.iter().copied().map(id).collect(),
        accounts: accounts.iter().copied().map(id).collect(),
        balances: accounts.iter().copied().map(id).collect(),
    }
}

fn of_institution(number: u32) -> Filter {
    Filter { institution: Some(id(number)), ..Filter::ALL }
}

fn of_number(number: &str) -> Filter {
    Filter { account_number: Some(number.to_owned()), ..Filter::ALL }
}

fn of_name(name: &str) -> Filter {
    Filter { account_name: Some(name.to_owned()), ..Filter::ALL }
}

fn of_options(options: &[(&str, &str)]) -> Filter {
    let options = options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Filter { options: options.collect(), ..Filter::ALL }
}

/// Each condition by itself, on each of the lists; no row comes twice.
pub async fn each_condition_finds_what_it_says(store: Arc<dyn Store>) {
    all_signed_in(&*store, scope()).await;
    let stories = [
        (Filter::ALL, rows(&[20, 10], &[20, 11, 10], &[202, 201, 111, 102, 101])),
        (Filter::of_customer(id(10)), rows(&[10], &[11, 10], &[111, 102, 101])),
        (Filter::of_record(id(11)), rows(&[10], &[11], &[111])),
        (Filter::of_account(id(102)), rows(&[10], &[10], &[102])),
        (of_institution(500), rows(&[20, 10], &[20, 10], &[202, 201, 102, 101])),
        (of_institution(501), rows(&[10], &[11], &[111])),
        (of_number("0000000201"), rows(&[20, 10], &[20, 11], &[201, 111])),
        (of_name("Account 101"), rows(&[10], &[10], &[102, 101])),
        (of_options(&[("shop", r#""north""#)]), rows(&[10], &[11, 10], &[111, 102, 101])),
        (of_options(&[("order", "7")]), rows(&[20, 10], &[20, 10], &[202, 201, 102, 101])),
        (of_options(&[("order", r#""7""#)]), rows(&[10], &[11], &[111])),
        (of_options(&[("tags", r#"["a","b"]"#)]), rows(&[10], &[10], &[102, 101])),
        (of_options(&[("shop", r#""north""#), ("order", "7")]), rows(&[10], &[10], &[102, 101])),
    ];
    for (filter, expected) in stories {
        assert_eq!(found(&*store, scope(), &filter, ALL).await, expected, "{filter:?}");
    }
    let nothing = [
        Filter::of_customer(id(99)),
        Filter::of_record(id(99)),
        Filter::of_account(id(99)),
        of_institution(599),
        of_number("000000020"),
        of_name("account 101"),
        of_options(&[("shop", "north")]),
        of_options(&[("order", "8")]),
        Filter { is_pending: Some(false), ..Filter::ALL },
        of_options(&[("shop", r#""south""#), ("order", r#""7""#)]),
    ];
    for filter in nothing {
        assert_eq!(found(&*store, scope(), &filter, ALL).await, rows(&[], &[], &[]), "{filter:?}");
    }
}

/// Of two conditions both must hold, whichever of them the list is entered by.
pub async fn all_conditions_must_hold(store: Arc<dyn Store>) {
    all_signed_in(&*store, scope()).await;
    let conditions = [
        Filter::of_customer(id(10)),
        Filter::of_record(id(10)),
        Filter::of_account(id(101)),
        of_institution(500),
        of_number("0000000101"),
        of_name("Account 101"),
        of_options(&[("shop", r#""north""#)]),
        of_options(&[("order", "7")]),
        Filter { amount: Some(ledger(101)), ..Filter::ALL },
    ];
    let never = [
        Filter::of_customer(id(20)),
        Filter::of_record(id(11)),
        Filter::of_account(id(202)),
        of_institution(501),
        of_number("0000000202"),
        of_name("Account 202"),
        of_options(&[("shop", r#""south""#)]),
        Filter { amount: Some(ledger(202)), ..Filter::ALL },
    ];
    let balances = async |filter: Filter| {
        let page = store.balances(scope(), filter, ALL, false).await.unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    for one in &conditions {
        for other in &conditions {
            let both = balances(and(one, other)).await;
            assert!(both.contains(&id(101)), "{one:?} {other:?}");
        }
    }
    for filter in &never {
        let with_all = conditions.iter().fold(filter.clone(), |all, one| and(one, &all));
        assert_eq!(balances(with_all.clone()).await, [], "{filter:?}");
        let unpaid = Filter { amount: None, ..with_all };
        if filter.amount.is_none() {
            assert_eq!(found(&*store, scope(), &unpaid, ALL).await, rows(&[], &[], &[]), "{filter:?}");
        }
    }
}

/// What both say; of what only one of two can say, the second one's.
fn and(one: &Filter, other: &Filter) -> Filter {
    Filter {
        customer: other.customer.or(one.customer),
        record: other.record.or(one.record),
        institution: other.institution.or(one.institution),
        account: other.account.or(one.account),
        account_number: other.account_number.clone().or(one.account_number.clone()),
        account_name: other.account_name.clone().or(one.account_name.clone()),
        options: one.options.iter().chain(&other.options).cloned().collect(),
        amount: other.amount.or(one.amount),
        ..Filter::ALL
    }
}

/// A visit later the same options find it no more, and the new ones do.
pub async fn a_record_is_found_by_its_present_options(store: Arc<dyn Store>) {
    all_signed_in(&*store, scope()).await;
    let [mut again, _, _] = sign_ins();
    again.record.options = r#"{"shop":"east"}"#.to_owned();
    visit(&*store, scope(), 9, again).await.unwrap();
    let records = async |options| found(&*store, scope(), &of_options(options), ALL).await.records;
    assert_eq!(records(&[("shop", r#""north""#)]).await, [id(11)]);
    assert_eq!(records(&[("order", "7")]).await, [id(20)]);
    assert_eq!(records(&[("shop", r#""east""#)]).await, [id(10)]);
}

/// The same rows in another company or world are in none of these lists.
pub async fn a_list_has_rows_of_its_scope_only(store: Arc<dyn Store>) {
    all_signed_in(&*store, scope()).await;
    let filters = [
        Filter::ALL,
        Filter::of_customer(id(10)),
        Filter::of_record(id(10)),
        Filter::of_account(id(101)),
        of_institution(500),
        of_number("0000000101"),
        of_name("Account 101"),
        of_options(&[("order", "7")]),
    ];
    for other in others() {
        for filter in &filters {
            assert_eq!(found(&*store, other, filter, ALL).await, rows(&[], &[], &[]), "{filter:?}");
        }
    }
}

fn behind(at_ms: i64, id: &[u8; 12]) -> Cursor {
    Cursor { at_ms, id: *id }
}

/// Each list goes on where a page ended, without a gap or a repetition, and counts nothing unasked.
pub async fn a_list_goes_on_behind_a_cursor(store: Arc<dyn Store>) {
    all_signed_in(&*store, scope()).await;
    for filter in [Filter::ALL, Filter::of_customer(id(10)), of_institution(500), of_name("Account 101")] {
        let all = found(&*store, scope(), &filter, ALL).await;
        let (mut customers, mut records, mut accounts, mut balances) = (vec![], vec![], vec![], vec![]);
        let one = Page::first(1);
        let mut next = filter.clone();
        while let Some(row) = store.customers(scope(), next.clone(), one).await.unwrap().rows.pop() {
            customers.push(row.id);
            assert!(customers.len() <= all.customers.len(), "{filter:?}");
            next.after = Some(behind(row.created_at_ms, row.id.bytes()));
        }
        next.after = None;
        while let Some(row) = store.records(scope(), next.clone(), one).await.unwrap().rows.pop() {
            records.push(row.id);
            assert!(records.len() <= all.records.len(), "{filter:?}");
            next.after = Some(behind(row.created_at_ms, row.id.bytes()));
        }
        next.after = None;
        while let Some(row) = store.accounts(scope(), next.clone(), one).await.unwrap().rows.pop() {
            accounts.push(row.id);
            assert!(accounts.len() <= all.accounts.len(), "{filter:?}");
            next.after = Some(behind(row.created_at_ms, row.id.bytes()));
        }
        next.after = None;
        while let Some(row) = store.balances(scope(), next.clone(), one, false).await.unwrap().rows.pop() {
            balances.push(row.id);
            assert!(balances.len() <= all.balances.len(), "{filter:?}");
            next.after = Some(behind(row.created_at_ms, row.id.bytes()));
        }
        assert_eq!(Found { customers, records, accounts, balances }, all, "{filter:?}");
        assert_eq!(store.accounts(scope(), filter, one).await.unwrap().total, 0);
    }
}

/// From its first moment to before its end, of when the row was made.
pub async fn rows_are_found_by_the_time_they_were_made(store: Arc<dyn Store>) {
    all_signed_in(&*store, scope()).await;
    let within = |from_ms, before_ms| Filter {
        from_ms: NOON_MS + from_ms,
        before_ms: NOON_MS + before_ms,
        ..Filter::ALL
    };
    for (filter, expected) in [
        (within(0, 1), rows(&[10], &[10], &[102, 101])),
        (within(1, 2), rows(&[], &[11], &[111])),
        (within(1, 3), rows(&[20], &[20, 11], &[202, 201, 111])),
        (within(3, 9), rows(&[], &[], &[])),
        (Filter { customer: Some(id(10)), ..within(1, 3) }, rows(&[], &[11], &[111])),
    ] {
        assert_eq!(found(&*store, scope(), &filter, ALL).await, expected, "{filter:?}");
    }
}

fn ledger(minor: i64) -> AmountIs {
    AmountIs { which: Which::Ledger, minor_by_decimals: [None, None, Some(minor), None] }
}

/// One amount in words is another number in each currency; what the balance says now is compared.
pub async fn balances_are_found_by_the_amount_in_their_currency(store: Arc<dyn Store>) {
    let mut sign_in = connection(10, vec![]);
    for (number, code, minor) in
        [(1, "JPY", 5), (2, "NGN", 500), (3, "KWD", 5_000), (4, "NGN", 5), (5, "JPY", 500)]
    {
        let mut account = account(number, reading(NOON_MS, minor));
        account.currency = code.parse().unwrap();
        sign_in.accounts.push(account);
    }
    visit(&*store, scope(), 1, sign_in).await.unwrap();
    let found = async |amount, filter: Filter| {
        let filter = Filter { amount: Some(amount), ..filter };
        let page = store.balances(scope(), filter, ALL, false).await.unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.iter().map(|row| row.id).collect::<Vec<BalanceId>>()
    };
    let five = [Some(5), Some(50), Some(500), Some(5_000)];
    let is = |which, minor_by_decimals| AmountIs { which, minor_by_decimals };
    assert_eq!(found(is(Which::Ledger, five), Filter::ALL).await, [3, 2, 1].map(id));
    assert_eq!(found(is(Which::Ledger, five), Filter::of_customer(id(10))).await, [3, 2, 1].map(id));
    assert_eq!(found(is(Which::Ledger, five), Filter::of_account(id(2))).await, [id(2)]);
    assert_eq!(found(is(Which::Ledger, five), Filter::of_account(id(4))).await, []);
    let four = [None, None, Some(400), Some(4_900)];
    assert_eq!(found(is(Which::Available, four), Filter::ALL).await, [3, 2].map(id));
    assert_eq!(found(is(Which::Available, five), Filter::ALL).await, []);
    assert_eq!(found(is(Which::Ledger, [None; 4]), Filter::ALL).await, []);
    for moved in [Which::Debit, Which::Credit] {
        assert_eq!(found(is(moved, five), Filter::ALL).await, []);
    }
    let mut later = connection(10, vec![account(2, reading(NOON_MS + 1, 700))]);
    later.at_ms = NOON_MS + 1;
    visit(&*store, scope(), 2, later).await.unwrap();
    assert_eq!(found(is(Which::Ledger, five), Filter::ALL).await, [3, 1].map(id));
    assert_eq!(found(ledger(700), Filter::ALL).await, [id(2)]);
}

/// Who has more than can be shown is shown with the oldest of them.
pub async fn a_customer_is_shown_with_so_many_parts_at_most(store: Arc<dyn Store>) {
    let numbers = 1..=PARTS_MAX as u32 + 1;
    let accounts = numbers.clone().rev().map(|number| account(number, reading(NOON_MS, 1))).collect();
    visit(&*store, scope(), 1, connection(10, accounts)).await.unwrap();
    let customers = store.customers(scope(), Filter::ALL, ALL).await.unwrap().rows;
    let shown: Vec<AccountId> = customers[0].accounts.iter().map(|account| account.id).collect();
    assert_eq!(shown, numbers.take(PARTS_MAX).map(id).collect::<Vec<_>>());
    assert_eq!(store.accounts(scope(), Filter::ALL, Page::numbered(1, 1)).await.unwrap().total, 201);
}

/// Each row with all that belongs to it, the parts of a customer oldest first.
pub async fn lists_show_what_belongs_to_a_row(store: Arc<dyn Store>) {
    all_signed_in(&*store, scope()).await;
    let records = store.records(scope(), Filter::of_record(id(11)), ALL).await.unwrap().rows;
    let record = RecordRow {
        id: id(11),
        customer: id(10),
        customer_name: "Customer 10".to_owned(),
        institution: id(501),
        products: "auth balance".to_owned(),
        app: None,
        endpoint: None,
        options: r#"{"shop":"north","order":"7"}"#.to_owned(),
        meta: "{}".to_owned(),
        status: RecordStatus::Ok,
        consent_until_ms: NOON_MS + 90 * 86_400_000,
        revoked_at_ms: None,
        created_at_ms: NOON_MS + 1,
        updated_at_ms: NOON_MS + 1,
    };
    assert_eq!(records, [record]);
    let account = AccountRow {
        id: id(111),
        name: "Account 111".to_owned(),
        number: "0000000201".to_owned(),
        kind: "Savings".to_owned(),
        currency: Currency::NGN,
        connected: true,
        customer: id(10),
        customer_name: "Customer 10".to_owned(),
        record: id(11),
        institution: id(501),
        balance: Some(id(111)),
        threshold_minor: None,
        created_at_ms: NOON_MS + 1,
        updated_at_ms: NOON_MS + 1,
    };
    let accounts = store.accounts(scope(), Filter::of_record(id(11)), ALL).await.unwrap().rows;
    assert_eq!(accounts, [account]);
    let mut customers = store.customers(scope(), Filter::of_customer(id(10)), ALL).await.unwrap().rows;
    let customer = customers.pop().unwrap();
    let parts: Vec<AccountId> = customer.accounts.iter().map(|account| account.id).collect();
    assert_eq!((customers.len(), parts), (0, [101, 102, 111].map(id).to_vec()));
    assert_eq!(customer.accounts[2], accounts[0]);
    let CustomerRow { id: who, name, created_at_ms, updated_at_ms, records, accounts: _ } = customer;
    assert_eq!((who, name.as_str()), (id(10), "Customer 10"));
    assert_eq!((created_at_ms, updated_at_ms), (NOON_MS, NOON_MS + 1));
    assert_eq!(records, [10, 11].map(id));
}
