//! SQLite plans without knowing how many rows there are, and can take a short cut through all of a
//! company; these are the queries where it could.

use super::balances::{BY_ID, NEWEST_READINGS, OF_ACCOUNT, OF_COMPANY, OF_CUSTOMER};
use super::connections::KNOWN_ACCOUNTS;
use super::migrate::migrate;
use super::{deliveries, endpoints, events};
use rusqlite::Connection;

#[test]
fn no_query_goes_through_a_whole_company() {
    let mut db = Connection::open_in_memory().unwrap();
    migrate(&mut db).unwrap();
    let ways = [OF_ACCOUNT, OF_CUSTOMER, OF_COMPANY];
    let ways = ways.iter().flat_map(|way| [way.page, way.count]);
    for sql in ways.chain([BY_ID, NEWEST_READINGS, KNOWN_ACCOUNTS]) {
        let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let mut steps = statement.raw_query();
        while let Some(step) = steps.next().unwrap() {
            let step: String = step.get("detail").unwrap();
            assert!(!step.starts_with("SCAN") && !step.contains("env=?)"), "{step} in {sql}");
        }
    }
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
