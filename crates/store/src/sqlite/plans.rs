//! SQLite plans without knowing how many rows there are, and can take a short cut through all of a
//! company; these are the queries where it could.

use super::balances::{BY_ID, NEWEST_READINGS, OF_ACCOUNT, OF_COMPANY, OF_CUSTOMER};
use super::connections::KNOWN_ACCOUNTS;
use super::migrate::migrate;
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
