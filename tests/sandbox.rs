//! What whoever tests may change about the sandbox, through its doors, and what comes of it.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

mod support;

use axum::http::StatusCode;
use egusi_connectors::{Access, Presence};
use egusi_protocol::{Holders, OpenSession, ProblemCode, RecordId};
use serde_json::{Value, json};
use support::traveller::{Traveller, connected};
use support::{Answer, Site};

const BANK: &str = "First Bank of Nigeria";

async fn ours(site: &Site, method: &str, path: &str, body: &Value) -> Answer {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    site.call(method, &format!("/v3/sandbox/{path}"), site.company.sandbox.secret.expose(), &body).await
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value}"))
}

/// What the bank says when nobody is there: the sign-in problem, if that is its answer.
async fn unattended(site: &Site, record: &str) -> Result<i64, ProblemCode> {
    let record: RecordId = record.parse().unwrap();
    let found = site.store.full_record(site.scope(), record).await.unwrap();
    let access = Access(site.app.sealer.open(record.bytes(), &found.access).unwrap().to_vec());
    let accounts = site.app.sandbox.accounts(&access, Presence::Nobody).await;
    accounts.map(|accounts| accounts[0].reported.ledger.unwrap()).map_err(|error| error.problem.code)
}

#[tokio::test]
async fn a_balance_set_by_hand_is_what_the_bank_says_from_then_on() {
    let site = Site::new().await;
    let payload = connected(&site).await;
    let (account, record) = (text(&payload["accounts"][0], "id"), text(&payload, "record_id"));
    let path = format!("accounts/{account}/balance");
    let answer = ours(&site, "POST", &path, &json!({"ledger": "700.50", "available": "650"})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.json);
    assert_eq!(
        answer.json,
        json!({
            "account": account, "currency": "NGN", "ledger": "700.50", "available": "650.00",
            "available_source": "reported", "pending_list": "none", "pending": [],
        })
    );
    assert_eq!(unattended(&site, record).await, Ok(70_050));
    // A bank that says nothing of available money leaves it to be derived from a complete list.
    let answer = ours(&site, "POST", &path, &json!({"available": null})).await;
    assert_eq!(
        (&answer.json["available"], text(&answer.json, "available_source")),
        (&Value::Null, "ledger_only")
    );
    let path = format!("accounts/{account}/transactions");
    let fuel = json!({"amount": "-100.25", "description": "Fuel", "pending": true});
    let answer = ours(&site, "POST", &path, &fuel).await;
    assert_eq!((answer.status, text(&answer.json, "amount")), (StatusCode::CREATED, "-100.25"));
    assert_eq!((&answer.json["at"], text(&answer.json, "currency")), (&Value::Null, "NGN"));
    let bread = json!({"amount": "-0.50", "description": "Bread", "at": "2027-01-14T10:00:00+01:00"});
    let answer = ours(&site, "POST", &path, &bread).await;
    assert_eq!(text(&answer.json, "at"), "2027-01-14T09:00:00.000Z");
    let fails = ours(&site, "POST", &format!("accounts/{account}/pending"), &json!({"fails": true})).await;
    assert_eq!(text(&fails.json, "pending_list"), "incomplete");
    let works = ours(&site, "POST", &format!("accounts/{account}/pending"), &json!({"fails": false})).await;
    assert_eq!((text(&works.json, "ledger"), text(&works.json, "available")), ("700.00", "599.75"));
    assert_eq!(text(&works.json["pending"][0], "description"), "Fuel");
    let cleared = ours(&site, "DELETE", &format!("accounts/{account}/pending"), &Value::Null).await;
    assert_eq!((text(&cleared.json, "available"), &cleared.json["pending"]), ("700.00", &json!([])));
    let site = site.restarted().await;
    assert_eq!(unattended(&site, record).await, Ok(70_000));
}

#[tokio::test]
async fn a_customer_who_signs_in_again_shows_the_company_the_new_balance() {
    let site = Site::new().await;
    let payload = connected(&site).await;
    let path = format!("accounts/{}/balance", text(&payload["accounts"][0], "id"));
    ours(&site, "POST", &path, &json!({"ledger": "9.99", "available": "8.88"})).await;
    let payload = connected(&site).await;
    let body = json!({"customer": payload["customer_id"]});
    let balance = site.okra("/v2/balance/getByCustomer", &body).await.json["data"]["balance"][0].clone();
    assert_eq!(
        (balance["ledger_balance"].to_string(), balance["available_balance"].to_string()),
        ("9.99".into(), "8.88".into())
    );
}

#[tokio::test]
async fn a_record_wants_a_new_sign_in_until_the_customer_has_signed_in() {
    let site = Site::new().await;
    let record = text(&connected(&site).await, "record_id").to_owned();
    assert!(unattended(&site, &record).await.is_ok());
    let answer = ours(&site, "POST", &format!("records/{record}/require-sign-in"), &Value::Null).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    let site = site.restarted().await;
    assert_eq!(unattended(&site, &record).await, Err(ProblemCode::SignInNeeded));
    assert_eq!(text(&connected(&site).await, "record_id"), record);
    assert!(unattended(&site, &record).await.is_ok());
}

#[tokio::test]
async fn a_test_person_is_made_in_every_spelling_and_connects() {
    let site = Site::new().await;
    for (at, path) in [
        "/v2/sandbox/customers/create",
        "/v2/sandbox/sandbox/customers/create",
        "/sandbox/v2/customers/create",
        "/sandbox/v2/sandbox/customers/create",
        "/sandbox/v1/customers/create",
        "/v1/sandbox/customers/create",
    ]
    .into_iter()
    .enumerate()
    {
        let username = format!("faith{at}");
        let body = json!([{
            "noOfAccount": "2", "name": "Faith Smith", "bank": BANK, "username": username, "password": "secret!",
            "type": "ind", "volume": "high", "identity": 100, "internetSpeed": 2, "challenge": "otp",
        }]);
        let answer = site.okra(path, &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.json);
        let person = answer.json["data"]["customers"][0].clone();
        assert_eq!(person["_id"], person["customer"]);
        assert_eq!(
            (text(&person["identity"], "name"), text(&person["identity"], "type")),
            ("Faith Smith", "ind")
        );
        assert_eq!(text(&person["identity"], "bvn").len(), 11);
        let account = &person["account"];
        assert_eq!((text(account, "username"), text(account, "password")), (username.as_str(), "secret!"));
        assert_eq!(
            (text(account, "bank"), text(&account["bankDetails"], "name")),
            ("5d6fe57a4099cc4b210bbeb1", BANK)
        );
        assert_eq!(account["nuban"].as_array().unwrap().len(), 2);
        let lengths = ["OTP", "pin", "token"].map(|code| text(account, code).len());
        assert_eq!(lengths, [6, 4, 6]);
        let mut customer = Traveller::arrives(&site, site.options()).await;
        customer.signs_in(BANK, &username, "secret!").await;
        customer.answers(text(account, "OTP")).await;
        let payload = customer.connects(&[0, 1]).await;
        assert_eq!(payload["accounts"][0]["nuban"], account["nuban"][0], "{path}");
        let path = format!("accounts/{}/balance", text(&payload["accounts"][1], "id"));
        let answer = ours(&site, "POST", &path, &json!({"ledger": "1"})).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.json);
    }
}

#[tokio::test]
async fn test_persons_are_generated_listed_and_found_by_their_company_alone() {
    let site = Site::new().await;
    let shown = site.okra("/v2/sandbox/customers/generate", &json!({"number": "3", "create": false})).await;
    assert_eq!(shown.json["data"]["customers"].as_array().unwrap().len(), 3, "{}", shown.json);
    let base = "/v2/sandbox/sandbox/customers";
    let listed = site.okra(&format!("{base}/list"), &json!({})).await;
    assert_eq!(listed.json["data"]["customers"], json!([]));
    let made = site.okra(&format!("{base}/generate"), &json!({"number": 3, "create": "True"})).await;
    let made = made.json["data"]["customers"].as_array().unwrap().clone();
    let page = site.okra(&format!("{base}/list"), &json!({"page": "2", "limit": "2"})).await;
    assert_eq!(page.json["data"]["pagination"]["totalDocs"], 3);
    assert_eq!(page.json["data"]["customers"].as_array().unwrap().len(), 1);
    let other = site.another_company().await;
    for person in &made {
        let body = json!({"customer": person["_id"]});
        let found = site.okra(&format!("{base}/get"), &body).await;
        assert_eq!(found.json["data"]["customer"], *person);
        let theirs = site.post(&format!("{base}/get"), other.sandbox.secret.expose(), &body).await;
        assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    }
    let answer = ours(&site, "GET", "persons?limit=2&skip=1", &Value::Null).await;
    assert_eq!((answer.json["persons"].as_array().unwrap().len(), &answer.json["total"]), (2, &json!(3)));
}

#[tokio::test]
async fn a_person_of_our_own_api_is_drawn_as_far_as_nothing_is_said_and_lies_sealed() {
    let site = Site::new().await;
    let drawn = ours(&site, "POST", "persons", &json!({})).await;
    assert_eq!(drawn.status, StatusCode::CREATED, "{}", drawn.json);
    assert_eq!(text(&drawn.json, "kind"), "individual");
    let body = json!({
        "username": "joseph", "password": "canary-4711", "name": "Joseph Johnson", "kind": "corporate",
        "accounts": 5, "volume": "low", "pin": "9911", "asked_for": "pin",
        "institutions": ["5d6fe57a4099cc4b210bbeb1", "5d6fe57a4099cc4b210bbec0"],
    });
    let made = ours(&site, "POST", "persons", &body).await.json;
    assert_eq!((text(&made, "pin"), made["accounts"].as_array().unwrap().len()), ("9911", 5));
    let site = site.restarted().await;
    for bank in [BANK, "Access Bank"] {
        let for_businesses = OpenSession { holders: Some(Holders::Corporate), ..site.options() };
        let mut customer = Traveller::arrives(&site, for_businesses).await;
        customer.signs_in(bank, "joseph", "canary-4711").await;
        customer.answers("9911").await;
        assert_eq!(customer.seen.last().map(String::as_str), Some("accounts(5)"), "{bank}");
    }
    for file in ["egusi.db", "egusi.db-wal"] {
        let bytes = std::fs::read(site.data.path().join(file)).unwrap_or_default();
        for secret in ["canary-4711", "Joseph Johnson"] {
            assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret} in {file}");
        }
    }
}

#[tokio::test]
async fn neither_a_production_key_nor_another_company_changes_the_sandbox() {
    let site = Site::new().await;
    let payload = connected(&site).await;
    let (account, record) = (text(&payload["accounts"][0], "id"), text(&payload, "record_id"));
    let doors = [
        ("POST", format!("/v3/sandbox/accounts/{account}/balance"), json!({"ledger": "1"})),
        (
            "POST",
            format!("/v3/sandbox/accounts/{account}/transactions"),
            json!({"amount": "1", "description": "x"}),
        ),
        ("POST", format!("/v3/sandbox/accounts/{account}/pending"), json!({"fails": true})),
        ("DELETE", format!("/v3/sandbox/accounts/{account}/pending"), Value::Null),
        ("POST", format!("/v3/sandbox/records/{record}/require-sign-in"), Value::Null),
        ("GET", "/v3/sandbox/persons".to_owned(), Value::Null),
        ("POST", "/v3/sandbox/persons".to_owned(), json!({})),
        ("POST", "/v2/sandbox/customers/create".to_owned(), json!({"username": "a", "password": "b"})),
        ("POST", "/v2/sandbox/customers/generate".to_owned(), json!({"number": 1})),
        ("POST", "/v2/sandbox/sandbox/customers/list".to_owned(), json!({})),
        ("POST", "/v2/sandbox/sandbox/customers/get".to_owned(), json!({"customer": record})),
    ];
    let other = site.another_company().await;
    for (method, path, body) in &doors {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let answer = site.call(method, path, site.company.production.secret.expose(), &body).await;
        let message = "This key opens production; the sandbox wants a sandbox secret key";
        assert_eq!(
            (answer.status, text(&answer.json, "message")),
            (StatusCode::FORBIDDEN, message),
            "{path}"
        );
        assert!(answer.json.to_string().len() <= 120, "{path}");
        assert_eq!(site.call(method, path, "", &body).await.status, StatusCode::UNAUTHORIZED, "{path}");
        if path.contains(account) || path.contains(record) {
            let answer = site.call(method, path, other.sandbox.secret.expose(), &body).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.json);
        }
    }
    assert!(unattended(&site, record).await.is_ok());
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_by_field() {
    let site = Site::new().await;
    let payload = connected(&site).await;
    let account = text(&payload["accounts"][0], "id").to_owned();
    let hidden = text(&payload["accounts"][1], "id").to_owned();
    for (path, body, status, message) in [
        ("balance", json!({}), 400, "ledger: expected an amount here or in available, got neither"),
        (
            "balance",
            json!({"ledger": "1.005"}),
            400,
            "ledger: expected an amount in NGN with at most 2 decimals, got something else",
        ),
        (
            "transactions",
            json!({"amount": "0.00", "description": "x"}),
            400,
            "amount: expected an amount that moves money, got 0",
        ),
        (
            "transactions",
            json!({"amount": "1", "description": "x", "at": "tomorrow"}),
            400,
            "at: expected a time such as 2026-11-20T20:45:00Z, got something else",
        ),
        (
            "transactions",
            json!({"amount": "1", "description": "x", "at": "2027-01-16T00:00:00Z"}),
            400,
            "at: expected a time from 1970 until now, got another",
        ),
    ] {
        let answer = ours(&site, "POST", &format!("accounts/{account}/{path}"), &body).await;
        assert_eq!((answer.status.as_u16(), text(&answer.json, "message")), (status, message), "{body}");
    }
    let answer = ours(&site, "POST", &format!("accounts/{hidden}/balance"), &json!({"ledger": "1"})).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.json);
    let answer = ours(&site, "POST", "accounts/xyz/balance", &json!({"ledger": "1"})).await;
    assert_eq!(text(&answer.json, "message"), "id: expected 24 hex digits in the path, got something else");
    for (body, message) in [
        (json!([]), "body: expected 1 to 10 persons, got 0"),
        (json!({}), "username: expected a text, got nothing"),
        (
            json!({"username": "a", "password": "b", "noOfAccount": 6}),
            "noOfAccount: expected 1 to 5, got something else",
        ),
        (
            json!({"username": "a", "password": "b", "bank": "Nowhere"}),
            "bank: expected a bank's id or name, got another",
        ),
        (
            json!({"username": "a", "password": "b", "OTP": "x"}),
            "OTP: expected 4 to 8 digits, got something else",
        ),
        (
            json!({"username": "user_good", "password": "b"}),
            "username: expected one that nobody has, got one that is taken",
        ),
        (
            json!([{"username": "a", "password": "b"}, {"username": "a", "password": "b"}]),
            "username: expected one for each person, got one twice",
        ),
    ] {
        let answer = site.okra("/sandbox/v2/customers/create", &body).await;
        assert_eq!((answer.status.as_u16(), text(&answer.json, "message")), (400, message), "{body}");
        assert!(answer.json.to_string().len() <= 120);
    }
    assert_eq!(ours(&site, "GET", "persons", &Value::Null).await.json["total"], 0);
}

#[tokio::test]
async fn a_test_person_is_found_where_okra_node_asks() {
    let site = Site::new().await;
    let made =
        site.okra("/v2/sandbox/customers/create", &json!([{"username": "amina", "password": "pw"}])).await;
    let id = made.json["data"]["customers"][0]["_id"].clone();
    for path in ["/v2/sandbox/customers/get", "/v2/sandbox/sandbox/customers/get"] {
        let found = site.okra(path, &json!({"customer": id})).await;
        assert_eq!(found.json["data"]["customer"]["_id"], id, "{path}: {}", found.json);
    }
    let other = site.another_company().await;
    let body = json!({"customer": id});
    let theirs = site.post("/v2/sandbox/customers/get", other.sandbox.secret.expose(), &body).await;
    assert_eq!(
        (theirs.status, theirs.json["message"].as_str()),
        (StatusCode::NOT_FOUND, Some("Customer not found"))
    );
}
