//! Balances, and lists of them.

use crate::support::Site;
use crate::support::traveller::{Traveller, connected};
use axum::http::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn a_balance_is_exact_text_in_major_units_with_its_source() {
    let site = Site::new().await;
    let payload = connected(&site).await;
    let list = site.read("/v3/balances").await;
    assert_eq!(list["next"], Value::Null);
    let balance = &list["data"][0];
    let expected = json!({
        "id": balance["id"],
        "account": payload["accounts"][0]["id"],
        "account_name": balance["account_name"],
        "account_number": balance["account_number"],
        "connected": true,
        "customer": payload["customer_id"],
        "customer_name": balance["customer_name"],
        "record": payload["record_id"],
        "record_status": "ok",
        "institution": "5d6fe57a4099cc4b210bbeb1",
        "currency": "NGN",
        "current": {
            "at": "2027-01-15T08:00:00.000Z",
            "ledger": balance["current"]["ledger"],
            "available": balance["current"]["available"],
            "available_source": "reported",
            "basis": "interim",
            "is_stale": false,
            "pending_out": balance["current"]["pending_out"],
            "pending_in": balance["current"]["pending_in"],
            "credit_limit": null,
            "minimum": null,
        },
        "created_at": "2027-01-15T08:00:00.000Z",
    });
    assert_eq!(*balance, expected);
    for amount in ["ledger", "available"] {
        let text = balance["current"][amount].as_str().unwrap();
        assert_eq!(text.split_once('.').map(|(_, part)| part.len()), Some(2), "{amount}: {text}");
    }
    let one = site.read(&format!("/v3/balances/{}", balance["id"].as_str().unwrap())).await;
    assert_eq!(one, *balance);
    let with = site.read(&format!("/v3/balances/{}?readings=true", balance["id"].as_str().unwrap())).await;
    assert_eq!(with["readings"], json!([balance["current"]]));
}

#[tokio::test]
async fn a_list_is_read_page_by_page_to_its_end() {
    let site = Site::new().await;
    let mut customer = Traveller::arrives(&site, site.options()).await;
    customer.signs_in("First Bank of Nigeria", "user_good", "pass_good").await;
    let count = customer.connects(&[0, 1]).await["accounts"].as_array().unwrap().len();
    let all = site.read("/v3/balances?limit=100").await;
    assert_eq!(all["data"].as_array().unwrap().len(), count);

    let mut path = "/v3/balances?limit=1".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = site.read(&path).await;
        assert_eq!(page["data"].as_array().unwrap().len(), 1);
        seen.push(page["data"][0].clone());
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/v3/balances?limit=1&cursor={next}");
    }
    assert_eq!(Value::from(seen), all["data"]);
}

#[tokio::test]
async fn a_list_is_narrowed_by_what_is_known_of_its_rows() {
    let site = Site::new().await;
    let payload = connected(&site).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let (customer, account) = (text(&payload["customer_id"]), text(&payload["accounts"][0]["id"]));
    let count = async |query: String| {
        site.read(&format!("/v3/balances?{query}")).await["data"].as_array().unwrap().len()
    };
    for query in [
        format!("customer={customer}"),
        format!("account={account}&from=2027-01-15&to=2027-01-15"),
        "from=2027-01-15T07:59:59Z&to=2027-01-15T08:00:00Z".to_owned(),
        "to=9999-12-31".to_owned(),
    ] {
        assert_eq!(count(query.clone()).await, 1, "{query}");
    }
    for query in
        [format!("customer={account}"), "from=2027-01-16".to_owned(), "to=2027-01-15T07:59:59Z".to_owned()]
    {
        assert_eq!(count(query.clone()).await, 0, "{query}");
    }
}

#[tokio::test]
async fn a_query_that_makes_no_sense_is_refused_by_name() {
    let site = Site::new().await;
    for (query, beginning) in [
        ("page=2", "query: expected customer, record, account, institution, from, to, limit, cursor, got"),
        ("limit=1000", "limit: expected a number from 1 to 100, got \"1000\""),
        ("cursor=AAAA", "cursor: expected the next of the page before, got \"AAAA\""),
        ("customer=me", "customer: expected an id of 24 hex digits, got \"me\""),
        ("from=yesterday", "from: expected a day such as 2026-11-20"),
        ("customer=%ff", "customer: expected an id of 24 hex digits"),
    ] {
        let answer = site.v3_with("GET", &format!("/v3/balances?{query}"), &[], "").await;
        assert_eq!((answer.status, answer.code()), (StatusCode::BAD_REQUEST, "invalid_request"), "{query}");
        assert!(answer.message().starts_with(beginning), "{query}: {}", answer.message());
    }
    let one = site.v3_with("GET", "/v3/institutions?limit=5", &[], "").await;
    assert_eq!(one.message(), "query: expected none, got \"limit\"");
}

#[tokio::test]
async fn institutions_are_those_of_the_keys_world() {
    let site = Site::new().await;
    let list = site.read("/v3/institutions").await;
    assert!(list["data"].as_array().unwrap().len() >= 200);
    let first = &list["data"][0];
    assert_eq!((first["country"].as_str(), first["health"].as_str()), (Some("NG"), Some("healthy")));
    let live = format!("Bearer {}", site.company.production.secret.expose());
    let none = site.send("GET", "/v3/institutions", &[("authorization", &live)], "").await;
    assert_eq!(none.json, json!({"data": [], "next": null}));
}
