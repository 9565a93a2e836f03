//! SQLite plans without knowing how many rows there are, and can take a short cut through all of a
//! company; these are the queries where it could.

use super::lists::{Base, query};
use super::migrate::migrate;
use super::{
    accounts, apps, balances, consents, customers, deliveries, endpoints, events, kept, readings, records,
    tasks, transactions, watches,
};
use crate::{AmountIs, Cursor, Filter, Scope, Which};
use egusi_protocol::Environment;
use rusqlite::Connection;

fn db() -> Connection {
    let mut db = Connection::open_in_memory().unwrap();
    migrate(&mut db).unwrap();
    db
}

fn plan(db: &Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let mut steps = statement.raw_query();
    let mut plan = Vec::new();
    while let Some(step) = steps.next().unwrap() {
        plan.push(step.get("detail").unwrap());
    }
    plan
}

/// A step that goes through a table, or through all that a company has in it. What was found by a
/// query within the query is few.
fn is_walk(step: &str) -> bool {
    (step.starts_with("SCAN") && step != "SCAN found") || step.contains("(company=? AND env=?)")
}

#[test]
fn no_query_goes_through_a_whole_company() {
    let db = db();
    let queries = [
        balances::BY_ID,
        readings::NEWEST,
        readings::WITHIN,
        readings::LAST_LEDGER,
        readings::LAST_AVAILABLE,
        accounts::KNOWN,
        accounts::OF_RECORD,
        accounts::OF_CUSTOMER,
        accounts::IDS_OF_RECORD,
        accounts::SHARED_BY_KEY,
        consents::BY_NUMBER,
        consents::STOP,
        customers::RECORDS,
        customers::KNOWN_BY,
        records::BY_ID,
        records::FORGET_OPTIONS,
        watches::BEGIN_ABOVE,
        transactions::BY_ID,
        transactions::PENDING,
        apps::BY_ID,
        apps::BY_SHORT,
        apps::THRESHOLDS,
        apps::ORIGINS,
        kept::NAMES,
        tasks::CLAIM,
    ];
    for sql in queries {
        let plan = plan(&db, sql);
        assert!(!plan.iter().any(|step| is_walk(step)), "{plan:#?} of {sql}");
    }
}

/// Every combination of conditions, by the bits of a number.
fn filter(bits: u32) -> Filter {
    let has = |bit: u32| bits & (1 << bit) != 0;
    let balance_or_movement = if has(8) { Which::Ledger } else { Which::Credit };
    Filter {
        customer: has(0).then(|| [1; 12].into()),
        record: has(1).then(|| [1; 12].into()),
        institution: has(2).then(|| [1; 12].into()),
        account: has(3).then(|| [1; 12].into()),
        account_number: has(4).then(String::new),
        account_name: has(5).then(String::new),
        options: vec![(String::new(), String::new()); (bits >> 6 & 3) as usize % 3],
        amount: (has(8) || has(9))
            .then_some(AmountIs { which: balance_or_movement, minor_by_decimals: [Some(1); 4] }),
        is_pending: has(11).then_some(true),
        from_ms: i64::MIN,
        before_ms: i64::MAX,
        after: has(10).then_some(Cursor { at_ms: 1, id: [1; 12] }),
    }
}

#[test]
fn no_list_goes_through_a_whole_company() {
    let db = db();
    let lists = [
        (Base::Customer, customers::COLUMNS),
        (Base::Record, records::COLUMNS),
        (Base::Account, accounts::COLUMNS),
        (Base::Balance, balances::COLUMNS),
        (Base::Transaction, transactions::COLUMNS),
    ];
    let scope = Scope { company: [1; 12].into(), env: Environment::Production };
    for (base, columns) in lists {
        for bits in 0..1 << 12 {
            let filter = filter(bits);
            let query = query(base, columns, scope, &filter);
            for sql in [&query.page, &query.count] {
                let plan = plan(&db, sql);
                assert!(!plan.iter().any(|step| is_walk(step)), "{plan:#?} of {sql}");
                let goes_through_time =
                    plan.iter().any(|step| step.contains("at_ms>") && !step.contains("account=?"));
                assert_eq!(goes_through_time, is_of_a_time(base, &filter), "{plan:#?} of {sql}");
            }
            if is_of_a_time(base, &filter) {
                let plan = plan(&db, &query.page);
                assert!(!plan.iter().any(|step| step.contains("ORDER BY")), "{plan:#?}");
            }
        }
    }
}

/// Whether nothing narrows a list but its time, so that it is read in the order of time.
fn is_of_a_time(base: Base, filter: &Filter) -> bool {
    let Filter { amount, is_pending, from_ms, before_ms, after, .. } = filter.clone();
    let is_narrowed = matches!(
        (base, amount.map(|amount| amount.which)),
        (Base::Balance, Some(Which::Ledger)) | (Base::Transaction, Some(Which::Credit))
    );
    !is_narrowed && *filter == Filter { amount, is_pending, from_ms, before_ms, after, ..Filter::ALL }
}

#[test]
fn no_query_about_deliveries_goes_through_a_whole_company() {
    let mut db = Connection::open_in_memory().unwrap();
    migrate(&mut db).unwrap();
    let steps = |sql: &str| {
        let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps = statement.raw_query().mapped(|step| step.get::<_, String>("detail"));
        steps.map(Result::unwrap).collect::<Vec<_>>()
    };
    for (sql, indexes) in [
        (endpoints::BY_URL, ["endpoint_url (company=? AND env=? AND url=?)"].as_slice()),
        (events::STANDING, &["endpoint_standing (company=? AND env=?)"]),
        (events::FORGETTABLE, &["event_time (at_ms<?)", "delivery_event (company=? AND env=? AND event=?)"]),
        (deliveries::DUE, &["COVERING INDEX delivery_due (due_at_ms<?)"]),
        (
            deliveries::IS_FREE,
            &[
                "(company=? AND env=? AND id=?)",
                "delivery_order (company=? AND env=? AND endpoint=? AND record=? AND sequence<?)",
            ],
        ),
        (deliveries::TAKEN, &["delivery_taken (company=? AND env=? AND endpoint=? AND taken_until_ms>?)"]),
        (deliveries::WAITING, &["delivery_order (company=? AND env=? AND endpoint=?)"]),
        (deliveries::EXHAUST, &["delivery_order (company=? AND env=? AND endpoint=?)"]),
        (
            deliveries::REPLAY_SINCE,
            &["delivery_endpoint (company=? AND env=? AND endpoint=? AND state=? AND at_ms>?)"],
        ),
        (deliveries::OF_STATE, &["delivery_state (company=? AND env=? AND state=? AND (at_ms,id)<(?,?))"]),
        (
            deliveries::OF_ENDPOINT,
            &["delivery_endpoint (company=? AND env=? AND endpoint=? AND state=? AND (at_ms,id)<(?,?))"],
        ),
    ] {
        let steps = steps(sql);
        let searches: Vec<_> = steps.iter().filter(|step| step.starts_with("SEARCH")).collect();
        assert!(steps.iter().all(|step| !step.starts_with("SCAN") && !step.contains("B-TREE")), "{steps:#?}");
        assert_eq!(searches.len(), indexes.len(), "{steps:#?}");
        for (search, index) in searches.iter().zip(indexes) {
            assert!(search.ends_with(index), "{search} does not go by {index}");
        }
    }
}
