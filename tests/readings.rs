//! What an account holds is read again, later and without the customer: on demand, by a task, and
//! after a connection; and it is told when it falls too low.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

mod support;

use axum::http::StatusCode;
use egusi_connectors::{PendingList, ReportedAccount};
use egusi_ledger::Reported;
use egusi_protocol::Product;
use egusi_server::readings::ask::Asked;
use egusi_server::readings::telling::Subject;
use egusi_server::readings::{draft, tasks};
use egusi_store::{DeliveryFilter, Page, TaskKind};
use serde_json::{Value, json};
use support::traveller::Traveller;
use support::{Site, together};

const BANK: &str = "First Bank of Nigeria";
const DAY_MS: i64 = 86_400_000;

/// Connects the first account of a scenario; gives the host's payload.
async fn connected(site: &Site, username: &str, products: &[Product], more: Value) -> Value {
    let mut options = site.options();
    options.products = products.to_vec();
    let text = |name: &str| more.get(name).map(Value::to_string);
    options.callback_url = Some("https://shop.example/hooks/bank".into());
    (options.options, options.meta, options.charge) = (text("options"), text("meta"), text("charge"));
    options.app_id = more["app_id"].as_str().map(str::to_owned);
    let mut customer = Traveller::arrives(site, options).await;
    customer.signs_in(BANK, username, "pass_good").await;
    customer.connects(&[0]).await
}

const BALANCE: &[Product] = &[Product::Auth, Product::Balance];
const ALL: &[Product] = &[Product::Auth, Product::Balance, Product::Transactions];

/// Does every task that is due, and those that follow from it.
async fn work(site: &Site) {
    while tasks::round(&site.app).await.unwrap() > 0 {}
}

/// The bodies of every webhook so far, oldest first.
async fn told(site: &Site) -> Vec<Value> {
    let page = Page::first(100);
    let deliveries = site.store.deliveries(site.scope(), DeliveryFilter::default(), page).await.unwrap();
    let mut events: Vec<_> = deliveries.into_iter().map(|row| row.event).collect();
    events.sort_by_key(|event| (event.at_ms, event.sequence));
    events.iter().map(|event| serde_json::from_str(&event.body).unwrap()).collect()
}

async fn codes(site: &Site) -> Vec<String> {
    told(site).await.iter().map(|body| body["callback_code"].as_str().unwrap().to_owned()).collect()
}

async fn sandbox(site: &Site, account: &Value, part: &str, body: Value) {
    let path = format!("/v3/sandbox/accounts/{}/{part}", account.as_str().unwrap());
    let answer = site.okra(&path, &body).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.json);
}

async fn balance(site: &Site, payload: &Value) -> Value {
    let answer = site.okra("/v2/balance/getByCustomer", &json!({"customer": payload["customer_id"]})).await;
    answer.json["data"]["balance"][0].clone()
}

#[tokio::test]
async fn a_check_asks_the_institution_again_and_makes_a_new_reading() {
    let site = Site::new().await;
    let payload = connected(&site, "user_good", BALANCE, json!({})).await;
    let account = &payload["accounts"][0]["id"];
    let before = balance(&site, &payload).await;
    site.clock.advance(DAY_MS);
    sandbox(&site, account, "balance", json!({"ledger": "500.25", "available": "400.10"})).await;
    assert_eq!(balance(&site, &payload).await["available_balance"], before["available_balance"]);

    let ask = json!({"record_id": payload["record_id"], "account_id": account});
    let checked = site.okra("/v2/balance/check", &ask).await;
    assert_eq!(checked.status, StatusCode::OK, "{}", checked.json);
    let after = balance(&site, &payload).await;
    assert_eq!((&after["available_balance"], &after["ledger_balance"]), (&json!(400.1), &json!(500.25)));
    assert_eq!(after["_id"], before["_id"], "the same balance");
    assert_eq!(after["created_at"], before["created_at"]);
    let dates: Vec<_> = after["periodic"]["available_balance"].as_array().unwrap().to_vec();
    assert_eq!(dates.len(), 2, "both readings are kept");
}

#[tokio::test]
async fn a_refresh_is_acknowledged_done_later_and_done_once_a_minute() {
    let site = Site::new().await;
    let payload = connected(&site, "user_good", BALANCE, json!({})).await;
    let account = &payload["accounts"][0]["id"];
    work(&site).await;
    sandbox(&site, account, "balance", json!({"ledger": "9.00", "available": "7.00"})).await;
    let ask = json!({"account_id": account, "record_id": payload["record_id"]});
    let acknowledged = site.okra("/v2/balance/refresh", &ask).await;
    assert_eq!(acknowledged.json["message"], "Balance checking...");
    let data = &acknowledged.json["data"];
    assert_eq!((&data["method"], &data["record"]), (&json!("BALANCE"), &payload["record_id"]));
    let poll = data["callback_url"].as_str().unwrap();
    let poll = poll.split_once("/v2/").unwrap().1;
    let key = site.company.sandbox.secret.expose();
    let unfinished = site.call("GET", &format!("/v2/{poll}"), key, "").await;
    assert_eq!(unfinished.status, StatusCode::OK, "{}", unfinished.json);

    work(&site).await;
    assert_eq!(balance(&site, &payload).await["available_balance"], 7);
    let finished = site.call("GET", &format!("/v2/{poll}"), key, "").await;
    assert!(finished.json.to_string().contains("\"available_balance\":7"), "{}", finished.json);

    // Within the minute it is the same task; after it, another.
    sandbox(&site, account, "balance", json!({"ledger": "9.00", "available": "6.00"})).await;
    site.okra("/v2/products/balance/refresh", &ask).await;
    work(&site).await;
    assert_eq!(balance(&site, &payload).await["available_balance"], 7);
    site.clock.advance(60_001);
    site.okra("/v2/products/balance/refresh", &ask).await;
    work(&site).await;
    assert_eq!(balance(&site, &payload).await["available_balance"], 6);
    assert_eq!(
        codes(&site).await,
        ["AUTH_SUCCESS", "BALANCE_SUCCESS", "BALANCE_SUCCESS", "BALANCE_SUCCESS"],
        "one webhook for the connection's balance, and one for each refresh"
    );
}

#[tokio::test]
async fn a_refresh_that_was_asked_for_survives_a_restart() {
    let site = Site::new().await;
    let payload = connected(&site, "user_good", BALANCE, json!({})).await;
    let account = payload["accounts"][0]["id"].clone();
    work(&site).await;
    sandbox(&site, &account, "balance", json!({"ledger": "3.00", "available": "3.00"})).await;
    site.okra("/v2/balance/refresh", &json!({"record_id": payload["record_id"]})).await;
    let site = site.restarted().await;
    work(&site).await;
    assert_eq!(balance(&site, &payload).await["available_balance"], 3);
}

#[tokio::test]
async fn the_past_is_read_after_a_connection() {
    let site = Site::new().await;
    let payload = connected(&site, "user_good", ALL, json!({"options": {"order": "A-7"}, "meta": [1]})).await;
    let before = balance(&site, &payload).await;
    assert_eq!(before["periodic"]["ledger_balance"].as_array().unwrap().len(), 1);
    work(&site).await;
    let after = balance(&site, &payload).await;
    let closings = after["periodic"]["ledger_balance"].as_array().unwrap();
    assert!(closings.len() >= 24, "24 months of closing balances, got {}", closings.len());
    assert_eq!(after["ledger_balance"], before["ledger_balance"], "the past does not change the present");
    assert_eq!(after["available_balance"], before["available_balance"]);
    let customer = json!({"customer": payload["customer_id"], "limit": 100});
    let transactions = site.okra("/v2/transactions/getByCustomer", &customer).await.json["data"].clone();
    assert!(
        transactions["pagination"]["totalDocs"].as_u64().unwrap() > 100,
        "{}",
        transactions["pagination"]
    );

    // A second look does not make a second of anything.
    site.clock.advance(61_000);
    site.okra("/v2/transactions/refresh", &json!({"account_id": payload["accounts"][0]["id"]})).await;
    work(&site).await;
    let again = site.okra("/v2/transactions/getByCustomer", &customer).await.json["data"].clone();
    assert_eq!(again["pagination"]["totalDocs"], transactions["pagination"]["totalDocs"]);
    let told = told(&site).await;
    assert!(told.iter().all(|body| body["options"]["order"] == "A-7" && body["meta"] == json!([1])));
    assert_eq!(told.last().unwrap()["callback_code"], "TRANSACTIONS_SUCCESS");
}

#[tokio::test]
async fn a_bank_that_wants_a_new_sign_in_is_told_once_and_a_new_sign_in_mends_it() {
    let site = Site::new().await;
    let payload = connected(&site, "user_expired", BALANCE, json!({})).await;
    let ask = json!({"record_id": payload["record_id"]});
    for _ in 0..2 {
        let refused = site.okra("/v2/balance/check", &ask).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.json);
        assert!(refused.json["message"].as_str().unwrap().contains("sign in again"), "{}", refused.json);
    }
    assert_eq!(codes(&site).await, ["AUTH_SUCCESS", "BALANCE_SUCCESS", "SIGN_IN_NEEDED"]);
    let state = |balance: &Value| balance["record"][0]["status"]["state"].clone();
    assert_eq!(state(&balance(&site, &payload).await), "sign_in_needed");
    let again = connected(&site, "user_expired", BALANCE, json!({})).await;
    assert_eq!(again["record_id"], payload["record_id"], "the same record");
    assert_eq!(state(&balance(&site, &payload).await), "ok");
}

#[tokio::test]
async fn the_end_of_the_consent_ends_the_looks() {
    let site = Site::new().await;
    let payload = connected(&site, "user_good", BALANCE, json!({})).await;
    site.clock.advance(181 * DAY_MS);
    let refused = site.okra("/v2/balance/check", &json!({"record_id": payload["record_id"]})).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn low_funds_are_told_once_for_each_way_down() {
    let site = Site::new().await;
    let payload = connected(&site, "user_good", BALANCE, json!({})).await;
    let account = &payload["accounts"][0]["id"];
    let key = site.company.sandbox.secret.expose();
    let path = format!("/v3/accounts/{}/threshold", account.as_str().unwrap());
    let set = site.call("PUT", &path, key, r#"{"amount":"1000.00"}"#).await;
    assert!(set.status.is_success(), "{}", set.json);
    // Down, trembling below, a little above, clearly above, down again.
    for available in ["999.99", "10.00", "1000.00", "1049.99", "1050.00", "5.00"] {
        sandbox(&site, account, "balance", json!({"ledger": "2000.00", "available": available})).await;
        site.clock.advance(1_000);
        site.okra("/v2/balance/check", &json!({"record_id": payload["record_id"]})).await;
    }
    let low: Vec<_> =
        told(&site).await.into_iter().filter(|body| body["callback_code"] == "LOW_FUNDS").collect();
    let heard: Vec<_> = low
        .iter()
        .map(|body| (&body["low_funds"]["available_balance"], &body["low_funds"]["crossing"]))
        .collect();
    assert_eq!(heard, [(&json!(999.99), &json!(1)), (&json!(5), &json!(2))]);
    assert_eq!(low[0]["accountId"], *account);
    assert_eq!(low[0]["low_funds"]["threshold"], 1000);
}

#[tokio::test]
async fn the_charge_of_a_connect_and_the_threshold_of_an_app_tell_of_low_funds_too() {
    let site = Site::new().await;
    let key = site.company.sandbox.secret.expose();
    let app = site.call("POST", "/v3/apps", key, r#"{"name":"Shop","low_funds":{"NGN":"400.00"}}"#).await;
    assert!(app.status.is_success(), "{}", app.json);
    // 350.00 is available: below the App's 400.00 and below the 500.00 (50,000 kobo) to collect.
    let more = json!({"app_id": app.json["id"], "charge": {"amount": "50000", "currency": "NGN"}});
    connected(&site, "user_low", BALANCE, more).await;
    let low: Vec<_> =
        told(&site).await.into_iter().filter(|body| body["callback_code"] == "LOW_FUNDS").collect();
    let thresholds: Vec<_> = low.iter().map(|body| body["low_funds"]["threshold"].clone()).collect();
    assert_eq!(thresholds, [json!(400), json!(500)]);
    assert_eq!(low[0]["current_project"], app.json["id"]);
    // Unknown is not low.
    connected(&site, "user_ledgeronly", BALANCE, json!({"charge": {"amount": 99_999_999_999_i64}})).await;
    assert_eq!(codes(&site).await.iter().filter(|code| *code == "LOW_FUNDS").count(), 2);
}

#[tokio::test]
async fn a_pending_list_that_breaks_leaves_the_last_good_one_standing() {
    let site = Site::new().await;
    let payload = connected(&site, "user_noavailable", BALANCE, json!({})).await;
    let account = &payload["accounts"][0]["id"];
    sandbox(&site, account, "pending", json!({"fails": true})).await;
    site.clock.advance(1_000);
    site.okra("/v2/balance/check", &json!({"record_id": payload["record_id"]})).await;
    let after = balance(&site, &payload).await;
    assert_eq!(
        (&after["available_balance"], &after["available_source"]),
        (&json!(219_999.5), &json!("derived"))
    );
    let key = site.company.sandbox.secret.expose();
    let ours = site.call("GET", &format!("/v3/balances/{}", after["_id"].as_str().unwrap()), key, "").await;
    assert_eq!(ours.json["current"]["is_stale"], true, "{}", ours.json);
}

#[tokio::test]
async fn a_refresh_that_comes_to_nothing_says_why() {
    let site = Site::new().await;
    let payload = connected(&site, "user_good", BALANCE, json!({})).await;
    work(&site).await;
    let ask = json!({"record_id": payload["record_id"]});
    let record = payload["record_id"].as_str().unwrap();
    let wanted = site.okra(&format!("/v3/sandbox/records/{record}/require-sign-in"), &json!({})).await;
    assert!(wanted.status.is_success(), "{}", wanted.json);
    site.clock.advance(61_000);
    site.okra("/v2/balance/refresh", &ask).await;
    work(&site).await;
    let key = site.company.sandbox.secret.expose();
    let poll = site.call("GET", &format!("/v2/callback?record={record}&method=BALANCE"), key, "").await;
    assert!(poll.json.to_string().contains("sign_in_needed"), "{}", poll.json);
    assert_eq!(codes(&site).await, ["AUTH_SUCCESS", "BALANCE_SUCCESS", "SIGN_IN_NEEDED", "BALANCE_FAILED"]);
}

#[tokio::test]
async fn averages_count_each_amount_for_as_long_as_it_stood() {
    let site = Site::new().await;
    let payload = connected(&site, "user_single", BALANCE, json!({})).await;
    let account = &payload["accounts"][0]["id"];
    for (available, days) in [("100.00", 1), ("400.00", 2)] {
        sandbox(&site, account, "balance", json!({"ledger": "500.00", "available": available})).await;
        site.okra("/v2/balance/check", &json!({"record_id": payload["record_id"]})).await;
        site.clock.advance(days * DAY_MS);
    }
    // One day at 100 and two at 400: 300 on average.
    let key = site.company.sandbox.secret.expose();
    let from = "2027-01-15T08:00:00Z";
    for of in [format!("accounts/{}", account.as_str().unwrap()), {
        format!("customers/{}", payload["customer_id"].as_str().unwrap())
    }] {
        let answer = site.call("GET", &format!("/v3/{of}/statistics?from={from}"), key, "").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.json);
        let text = answer.json.to_string();
        for figure in [r#""average":"300.00""#, r#""minimum":"100.00""#, r#""maximum":"400.00""#] {
            assert!(text.contains(figure), "{figure} is not in {text}");
        }
    }
}

#[tokio::test]
async fn what_the_customer_did_not_agree_to_is_not_asked_for() {
    let site = Site::new().await;
    let payload = connected(&site, "user_good", &[Product::Auth], json!({})).await;
    let record = json!({"record_id": payload["record_id"]});
    for path in ["balance/check", "balance/refresh", "transactions/refresh"] {
        let refused = site.okra(&format!("/v2/{path}"), &record).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{path}: {}", refused.json);
        assert!(
            refused.json["message"].as_str().unwrap().contains("without the product"),
            "{}",
            refused.json
        );
    }
    assert_eq!(codes(&site).await, ["AUTH_SUCCESS"], "and nothing is told of what was not done");
}

#[tokio::test]
async fn an_account_that_is_not_shared_any_more_is_not_looked_at_and_not_counted() {
    let site = Site::new().await;
    let mut both = Traveller::arrives(&site, site.options()).await;
    both.signs_in(BANK, "user_good", "pass_good").await;
    let payload = both.connects(&[0, 1]).await;
    let unshared = payload["accounts"][1]["id"].clone();
    connected(&site, "user_good", BALANCE, json!({})).await;
    let ask = json!({"record_id": payload["record_id"], "account_id": unshared});
    let refused = site.okra("/v2/balance/check", &ask).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.json);
    site.clock.advance(DAY_MS);
    let key = site.company.sandbox.secret.expose();
    let path = format!("/v3/customers/{}/statistics", payload["customer_id"].as_str().unwrap());
    let together = site.call("GET", &path, key, "").await.json["currencies"].clone();
    assert_eq!(together[0]["accounts"], 1, "{together}");
}

#[tokio::test]
async fn those_who_ask_at_once_share_a_look() {
    let site = Site::new().await;
    let payload = connected(&site, "user_good", BALANCE, json!({})).await;
    let ask = json!({"record_id": payload["record_id"], "account_id": payload["accounts"][0]["id"]});
    let all = (0..40).map(|_| site.okra("/v2/balance/check", &ask));
    let answers = together(all).await;
    assert!(answers.iter().all(|answer| answer.status == StatusCode::OK), "everybody is answered");
}

#[tokio::test]
async fn a_poll_for_auth_counts_its_one_and_a_slash_at_the_end_is_nothing() {
    let site = Site::new().await;
    let payload = connected(&site, "user_good", BALANCE, json!({})).await;
    work(&site).await;
    let poll = format!("/v2/callback?record={}&method=AUTH", payload["record_id"].as_str().unwrap());
    let answer = site.call("GET", &poll, site.company.sandbox.secret.expose(), "").await;
    assert_eq!(answer.json["data"]["pagination"]["totalDocs"], 1, "{}", answer.json);
    let listed = site.okra("/v2/products/balances/", &json!({})).await;
    assert_eq!(listed.status, StatusCode::OK, "{}", listed.json);
}

#[tokio::test]
async fn a_late_answer_is_kept_but_crosses_no_threshold_and_is_not_told() {
    let site = Site::new().await;
    let payload = connected(&site, "user_good", BALANCE, json!({})).await;
    let account = payload["accounts"][0]["id"].as_str().unwrap();
    let key = site.company.sandbox.secret.expose();
    site.call("PUT", &format!("/v3/accounts/{account}/threshold"), key, r#"{"amount":"1000.00"}"#).await;
    let record = payload["record_id"].as_str().unwrap().parse().unwrap();
    let full = site.store.full_record(site.scope(), record).await.unwrap();
    let shared = full.accounts.iter().find(|account| account.row.connected).unwrap();
    let low = ReportedAccount {
        name: shared.row.name.clone(),
        number: shared.row.number.clone(),
        kind: shared.row.kind.clone(),
        currency: shared.row.currency,
        barred: None,
        reported: Reported::new(Some(100), Some(100)),
        pending: PendingList::NoFeed,
    };
    let subject = Subject::of(&site.app, site.scope(), &full, None).await.unwrap();
    let now_ms = shared.current.unwrap().at_ms;
    for (at_ms, is_news) in [(now_ms - 1, false), (now_ms + 1, true)] {
        let access = full.access.clone();
        let asked = Asked { accounts: vec![low.clone()], pasts: vec![], known: vec![], access, at_ms };
        let update = draft::balances(&site.app, &full, &asked, &subject, TaskKind::Balances).unwrap();
        assert_eq!(update.readings[0].readings.len(), 1, "the answer is kept");
        assert_eq!(update.watches.len(), usize::from(is_news), "{at_ms}");
        let told: Value = serde_json::from_str(&update.events[0].body).unwrap();
        assert_eq!(told["balances"].as_array().unwrap().len(), usize::from(is_news), "{at_ms}");
    }
}
