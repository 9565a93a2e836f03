//! Wrong data is refused when the sandbox starts, by a message its author can act on.

use super::*;
use crate::sandbox::books::MemoryBooks;

const INSTITUTIONS: &str = "[]";
const SCENARIO: &str = r#"{
    "username": "user_x", "holder": "Xola Sample",
    "steps": [
        { "ask": { "kind": "pin", "text": "", "digits": 4, "answer": "1234" } },
        { "wait": { "polls": 2, "retry_after_ms": 10, "texts": ["Wait"] } }
    ],
    "accounts": [{
        "name": "Current", "number": "9999000001", "kind": "Current", "currency": "NGN", "ledger": "10.00",
        "pending": [{ "description": "Card", "amount": "1.50", "direction": "out" }]
    }]
}"#;
const FAULT: &str = r#"{
    "username": "user_y", "holder": "Yemi Sample", "fault": { "whose": "customer", "code": "account_locked" }
}"#;

fn read(scenarios: &[&str]) -> Result<Sandbox, SandboxError> {
    let json = format!(r#"{{ "password": "p", "scenarios": [{}] }}"#, scenarios.join(","));
    Sandbox::read(INSTITUTIONS, &json, Arc::new(MemoryBooks::default()))
}

#[test]
fn good_data_is_read() {
    assert!(read(&[SCENARIO, FAULT]).is_ok());
    assert!(Sandbox::new(Arc::new(MemoryBooks::default())).is_ok());
}

#[test]
fn bad_data_is_refused_by_scenario_and_field() {
    for (from, to, message) in [
        (
            r#""10.00""#,
            r#""ten""#,
            "scenario user_x, accounts[0].ledger: an amount is decimal text such as 1234.50",
        ),
        (
            r#""10.00""#,
            r#""10.005""#,
            "scenario user_x, accounts[0].ledger: the amount has more decimals than its currency",
        ),
        (
            r#""ledger": "10.00""#,
            r#""available": "99999999999999999999""#,
            "scenario user_x, accounts[0].available: the amount does not fit 64 bits of minor units",
        ),
        (
            r#", "ledger": "10.00""#,
            "",
            "scenario user_x, accounts[0].ledger: the institution reported neither a ledger nor an available balance",
        ),
        (
            r#""NGN""#,
            r#""XXX""#,
            "scenario user_x, accounts[0].currency: a currency is an ISO 4217 code such as NGN",
        ),
        (r#""9999000001""#, r#""99""#, "scenario user_x, accounts[0].number: ten digits"),
        (
            r#""1.50""#,
            r#""-1.50""#,
            "scenario user_x, accounts[0].pending[0].amount: more than nothing; its direction says the sign",
        ),
        (r#""pin""#, r#""riddle""#, "scenario user_x, steps[0].ask.kind: one_time_code, pin or question"),
        (
            r#""1234""#,
            r#""12345""#,
            "scenario user_x, steps[0].ask.answer: as many digits as asked for, or any text if digits is 0",
        ),
        (r#""polls": 2"#, r#""polls": 0"#, "scenario user_x, steps[1].wait.polls: at least 1"),
        (r#"["Wait"]"#, "[]", "scenario user_x, steps[1].wait.texts: at least one"),
        (r#""Xola Sample""#, r#"" ""#, "scenario user_x, holder: may not be empty"),
        (r#""user_x""#, r#""user_x ""#, "scenario user_x , username: a word without spaces around it"),
    ] {
        let scenario = SCENARIO.replace(from, to);
        assert_ne!(scenario, SCENARIO, "{from} is not in the sample");
        assert_eq!(read(&[&scenario]).unwrap_err().to_string(), message);
    }
}

#[test]
fn an_unknown_fault_is_refused() {
    let scenario = FAULT.replace("account_locked", "account_frozen");
    assert_eq!(
        read(&[&scenario]).unwrap_err().to_string(),
        "scenario user_y, fault.code: the code of a problem, such as account_locked"
    );
}

#[test]
fn sums_of_pending_transactions_may_not_leave_64_bits() {
    let huge = r#"{ "description": "Card", "amount": "92233720368547758.07", "direction": "out" }, { "desc"#;
    let scenario = SCENARIO.replace(r#"{ "desc"#, huge);
    assert_eq!(
        read(&[&scenario]).unwrap_err().to_string(),
        "scenario user_x, accounts[0].pending: the sum of the amounts does not fit 64 bits of minor units"
    );
}

#[test]
fn two_scenarios_may_not_share_a_username() {
    assert_eq!(
        read(&[SCENARIO, SCENARIO]).unwrap_err().to_string(),
        "scenario user_x, username: another scenario has the same"
    );
}

#[test]
fn two_accounts_may_not_share_a_number() {
    assert_eq!(
        read(&[SCENARIO, &SCENARIO.replace("user_x", "user_z")]).unwrap_err().to_string(),
        "scenario user_z, accounts[0].number: another account has the same"
    );
}

#[test]
fn a_field_nobody_reads_is_refused_with_its_place() {
    let message = read(&[&SCENARIO.replace("ledger", "leger")]).unwrap_err().to_string();
    assert!(message.starts_with("scenarios.json: unknown field `leger`"), "{message}");
}
