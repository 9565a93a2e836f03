//! Accounts, authentications, transactions, customers and records of a connection.

use crate::V1;
use crate::world::{BANK, World};
use axum::http::StatusCode;
use egusi_server::http::okra::doors::OKRA_DOORS;
use serde_json::{Value, json};

/// Asks for lists; each must have, under the name, a row of the id, and only so many.
async fn are_found(world: &World, name: &str, id: &Value, many: u64, calls: &[(&str, Value)]) {
    for (path, body) in calls {
        let data = world.okra(path, body).await;
        let rows = data[name].as_array().unwrap_or_else(|| panic!("{path} has no {name}: {data}"));
        assert!(rows.iter().any(|row| row["_id"] == *id && row["id"] == *id), "{path} {body}: {data}");
        assert_eq!(data["pagination"]["totalDocs"], many, "{path} {body}");
    }
}

/// The same calls about something else find nothing.
async fn are_not_found(world: &World, name: &str, calls: &[(&str, Value)]) {
    for (path, body) in calls {
        assert_eq!(world.okra(path, body).await[name], json!([]), "{path} {body}");
    }
}

#[tokio::test]
async fn accounts_are_found_by_everything_that_is_known_of_them() {
    let world = World::new().await;
    let World { customer, account, balance, .. } = &world;
    let (today, tomorrow) = (json!({"from": "2027-01-15", "to": "2027-01-15"}), "2027-01-16");
    let both = [
        ("accounts/getByCustomer", json!({"customer": customer})),
        ("accounts/getByDate", today),
        ("accounts/getByCustomerDate", json!({"customer": customer, "from": "2027-01-15", "to": tomorrow})),
        ("accounts/getByBank", json!({"bank": BANK})),
        ("products/accounts", json!({})),
    ];
    are_found(&world, "accounts", account, 2, &both).await;
    let one = [
        ("accounts/getById", json!({"id": account})),
        ("accounts/getByBalance", json!({"balance": balance})),
        ("accounts/getByName", json!({"name": "Everyday Current"})),
    ];
    are_found(&world, "accounts", account, 1, &one).await;
    let none = [
        ("accounts/getByCustomer", json!({"customer": account})),
        ("accounts/getByDate", json!({"from": tomorrow, "to": tomorrow})),
        ("accounts/getByBank", json!({"bank": account})),
        ("accounts/getByName", json!({"name": "Everyday"})),
    ];
    are_not_found(&world, "accounts", &none).await;
    let details = world.okra("accounts/getAccountDetails", &json!({"account": account})).await;
    assert_eq!((&details["_id"], &details["customer"], &details["balance"]), (account, customer, balance));
    assert_eq!((&details["name"], &details["nuban"]), (&json!("Ada Sample"), &json!("9901001001")));
    let rows = world.okra("products/accounts", &json!({})).await;
    let unshared =
        rows["accounts"].as_array().unwrap().iter().find(|row| row["connected"] == json!([])).unwrap();
    assert_eq!((&unshared["nuban"], &unshared["balance"]), (&json!("******1002"), &Value::Null));
}

#[tokio::test]
async fn an_authentication_has_the_id_of_its_record() {
    let world = World::new().await;
    let World { customer, record, .. } = &world;
    let calls = [
        ("auth/getById", json!({"id": record})),
        ("auth/getByCustomer", json!({"customer": customer})),
        ("auth/getByDate", json!({"from": "2027/01/15", "to": "2027/01/15"})),
        ("auth/getByCustomerDate", json!({"customer": customer, "from": "2027-01-15", "to": "2027-01-15"})),
        ("auth/getByBank", json!({"bank": BANK})),
        ("auth/byOptions", json!({"options": {"order": 42}})),
        ("products/auths", json!({})),
    ];
    are_found(&world, "auths", record, 1, &calls).await;
    let none = [
        ("auth/getByBank", json!({"bank": record})),
        ("auth/byOptions", json!({"options": {"order": 42, "till": "B 2"}})),
    ];
    are_not_found(&world, "auths", &none).await;
    let v1 = world.site.okra("/v1/products/auths", &json!({})).await.json["data"]["auths"][0].clone();
    assert_eq!((&v1["record"]["_id"], &v1["record"]["bank"]["_id"]), (record, &json!(BANK)));
}

#[tokio::test]
async fn transactions_are_found_by_everything_that_is_known_of_them() {
    let world = World::new().await;
    let World { customer, account, record, transaction, .. } = &world;
    let today = json!({"from": "2027-01-15", "to": "2027-01-15"});
    for name in ["transactions", "transaction"] {
        let path = |rest: &str| format!("{name}/{rest}");
        let both = [
            (path("getByAccount"), json!({"account": account})),
            (path("getByBank"), json!({"bank": BANK})),
            (path("getByNuban"), json!({"nuban": "9901001001"})),
            (path("getByCustomer"), json!({"customer": customer})),
            (path("getByDate"), today.clone()),
            (
                path("getByCustomerDate"),
                json!({"customer_id": customer, "from": "2027-01-15", "to": "2027-01-15"}),
            ),
            (path("byOptions"), json!({"options": {"till": "A 1"}})),
            (path("byRecord"), json!({"record_id": record})),
            (path("process"), json!({"account": account})),
            ("products/transactions".into(), json!({})),
        ];
        let both = both.each_ref().map(|(path, body)| (path.as_str(), body.clone()));
        are_found(&world, "transaction", transaction, 2, &both).await;
        let one = [
            (path("getById"), json!({"id": transaction})),
            (path("getByType"), json!({"type": "debit", "value": "40000.50"})),
            (path("getByType"), json!({"type": "debit", "amount": 40_000.5})),
        ];
        let one = one.each_ref().map(|(path, body)| (path.as_str(), body.clone()));
        are_found(&world, "transaction", transaction, 1, &one).await;
        let none = [
            (path("getByType"), json!({"type": "credit", "value": "40000.50"})),
            (path("process"), json!({"account": account, "to": "2027-01-14"})),
        ];
        let none = none.each_ref().map(|(path, body)| (path.as_str(), body.clone()));
        are_not_found(&world, "transaction", &none).await;
    }
    let pending = json!({"type": "credit", "value": 10_000});
    let pending = world.okra("transactions/getByType", &pending).await["transaction"][0].clone();
    assert_eq!((&pending["pending"], &pending["cleared_date"]), (&json!(true), &Value::Null));
    assert_eq!((&pending["credit"], &pending["debit"]), (&json!(10_000), &Value::Null));
}

#[tokio::test]
async fn customers_are_listed_and_found_by_name_and_by_id() {
    let world = World::new().await;
    let World { customer, record, .. } = &world;
    for (path, body) in [
        ("customers/list", json!({"page": 1, "limit": 1})),
        ("customers/find-customers-by", json!({"key": "name", "value": "ada sample"})),
        ("customers/find-customers-by", json!({"key": "_id", "value": customer})),
    ] {
        let data = world.okra(path, &body).await;
        // okra-node reads one level deeper, other clients do not.
        for data in [&data, &data["data"]] {
            assert_eq!(
                (&data["total"], &data["customers"][0]["_id"]),
                (&json!(1), customer),
                "{path} {body}"
            );
            assert_eq!(data["pagination"]["totalDocs"], 1, "{path} {body}");
        }
    }
    let nobody = json!({"key": "name", "value": "Ada"});
    assert_eq!(world.okra("customers/find-customers-by", &nobody).await["total"], 0);
    let one = world.okra("customers/get", &json!({"customer": customer})).await["customer"].clone();
    assert_eq!((&one["name"], &one["record"]), (&json!("Ada Sample"), &json!([record])));
    assert_eq!(one["credentials"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn records_are_found_with_all_that_came_of_them() {
    let world = World::new().await;
    let World { customer, record, account, balance, transaction, .. } = &world;
    let calls = [
        ("products/records", json!({})),
        ("products/records/getByCustomerByBank", json!({"customer": customer, "bank": BANK})),
        ("products/records/getByCustomerByBank", json!({"customer": customer})),
    ];
    are_found(&world, "records", record, 1, &calls).await;
    let one = world.okra("products/records/get", &json!({"record_id": record})).await;
    assert_eq!((&one["pagination"], &one["records"]["_id"]), (&Value::Null, record));
    assert_eq!(one["records"]["options"], json!({"order": 42, "till": "A 1"}));
    assert_eq!(one["records"]["meta"], json!({"cart": [7]}));
    for (path, body) in [
        ("products/all/byRecord", json!({"record_id": record})),
        ("products/all/byCustomer", json!({"customer_id": customer})),
    ] {
        let all = world.okra(path, &body).await;
        assert_eq!((&all["auths"][0]["_id"], &all["balance"][0]["_id"]), (record, balance), "{path}");
        for (name, id) in [("accounts", account), ("transaction", transaction)] {
            assert!(all[name].as_array().unwrap().iter().any(|row| row["_id"] == *id), "{path} {name}");
        }
    }
    let products = world.okra("products/list", &json!({})).await;
    assert_eq!(products["products"], json!(["auth", "balance", "transactions"]));
}

#[tokio::test]
async fn lists_of_all_have_no_pages_in_v1() {
    let world = World::new().await;
    for (path, name) in [
        ("products/balances", "balances"),
        ("products/accounts", "accounts"),
        ("products/auths", "auths"),
        ("products/transactions", "transaction"),
        ("products/records", "records"),
    ] {
        for base in V1 {
            let data = world.site.okra(&format!("{base}/{path}"), &json!({})).await.json["data"].clone();
            assert_eq!(data["pagination"], Value::Null, "{base}/{path}");
            assert!(!data[name].as_array().unwrap().is_empty(), "{base}/{path}");
        }
    }
}

#[tokio::test]
async fn what_is_somebody_elses_answers_like_what_is_missing() {
    let world = World::new().await;
    let stranger = world.site.another_company().await;
    let key = stranger.sandbox.secret.expose();
    let missing = json!("65f0c0ffee00000000000001");
    for door in OKRA_DOORS.iter().filter(|door| door.works && door.post && !door.is_of_sandbox) {
        let path = format!("/v2/{}", door.path);
        let theirs = world.fields(world.id_at(door.path));
        let mut none = world.fields(&missing);
        for name in ["customer", "customer_id", "account", "account_id", "record_id", "record", "balance"] {
            none[name] = missing.clone();
        }
        let (got, expected) =
            (world.site.post(&path, key, &theirs).await, world.site.post(&path, key, &none).await);
        assert_eq!((got.status, &got.json), (expected.status, &expected.json), "{path}");
        if got.status == StatusCode::OK {
            let text = got.json.to_string();
            for id in [&world.customer, &world.record, &world.account, &world.balance, &world.transaction] {
                assert!(!text.contains(id.as_str().unwrap()), "{path}: {text}");
            }
        }
    }
}
