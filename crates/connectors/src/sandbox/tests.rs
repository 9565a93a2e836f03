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
    let (institutions, scenarios) =
        ([("institutions.json", INSTITUTIONS)], [("scenarios.json", json.as_str())]);
    Sandbox::read(&institutions, &scenarios, Arc::new(MemoryBooks::default()))
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
            r#""9999000001""#,
            r#""9899000001""#,
            "scenario user_x, accounts[0].number: not beginning with 98, as those of test persons do",
        ),
        (
            r#""kind": "Current""#,
            r#""kind": "Current", "barred": "other_account""#,
            "scenario user_x, accounts[0].barred: dormant, closed or restricted",
        ),
        (
            r#""1.50""#,
            r#""-1.50""#,
            "scenario user_x, accounts[0].pending[0].amount: more than nothing; its direction says the sign",
        ),
        (
            r#""pin""#,
            r#""riddle""#,
            "scenario user_x, steps[0].ask.kind: one of one_time_code, pin, question, device, choice, image",
        ),
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
fn what_a_customer_could_not_answer_or_be_known_by_is_refused() {
    let options = r#""digits": 0, "options": [{ "id": "a", "label": "A" }, { "id": "b", "label": "B" }]"#;
    let a_choice = |what: &str| {
        SCENARIO
            .replace(r#""kind": "pin""#, r#""kind": "device""#)
            .replace(r#""digits": 4, "answer": "1234""#, what)
    };
    let place = "scenario user_x, steps[0].ask";
    let two = "options: two or more for device and choice, and none for other kinds";
    for (scenario, message) in [
        (a_choice(r#""digits": 0"#), format!("{place}.{two}")),
        (SCENARIO.replace(r#""digits": 4"#, &options.replace('0', "4")), format!("{place}.{two}")),
        (
            a_choice(&options.replace(r#""b""#, r#""a""#)),
            format!("{place}.options: each with an id of its own"),
        ),
        (
            a_choice(&options.replace(r#""b""#, r#""b ""#)),
            format!("{place}.options[1].id: a word without spaces around it"),
        ),
        (
            a_choice(&format!(r#"{options}, "answer": "c""#)),
            format!("{place}.answer: the id of an option, or nothing if every one is right"),
        ),
        (
            SCENARIO.replace("pin", "image"),
            format!(
                "{place}.image: a data:image/ URL of at most 16 KB for kind image, and none for other kinds"
            ),
        ),
        (
            SCENARIO.replace(r#""digits": 4"#, r#""digits": 4, "resend_in_s": 5"#),
            format!("{place}.resend_in_s: only a one_time_code is sent again"),
        ),
        (
            SCENARIO.replace(r#""polls": 2"#, r#""kind": "lunch", "polls": 2"#),
            "scenario user_x, steps[1].wait.kind: working, approval or dialling".to_owned(),
        ),
        (
            SCENARIO.replace(r#""steps""#, r#""bvn": "123", "steps""#),
            "scenario user_x, bvn: eleven digits".to_owned(),
        ),
        (
            SCENARIO.replace(r#""steps""#, r#""phone": "+2340001", "steps""#),
            "scenario user_x, phone: 8 to 15 digits, with the country's code and without a plus".to_owned(),
        ),
        (
            SCENARIO.replace(r#""steps""#, r#""email": "X@customer.example", "steps""#),
            "scenario user_x, email: an address in small letters".to_owned(),
        ),
    ] {
        assert_eq!(read(&[&scenario]).unwrap_err().to_string(), message, "{scenario}");
    }
    assert!(read(&[&a_choice(options)]).is_ok());
}

#[test]
fn a_fault_that_makes_no_sense_is_refused() {
    for (from, to, message) in [
        (r#""customer""#, r#""institution", "times": 0"#, "fault.times: at least 1"),
        (r#""customer""#, r#""customer", "times": 2"#, "fault.times: only for a fault of the institution"),
        (
            r#""fault""#,
            r#""silent": true, "fault""#,
            "silent: not beside a fault: who says nothing tells none",
        ),
    ] {
        let scenario = FAULT.replacen(from, to, 1);
        assert_eq!(read(&[&scenario]).unwrap_err().to_string(), format!("scenario user_y, {message}"));
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
