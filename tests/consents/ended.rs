//! What a stopped sharing means for the company, for the customer who comes back, and for nobody else.

use crate::guest::{BVN, Guest, bank, named};
use crate::site::Site;
use crate::{BANK, Connected, form, nothing, record, stopped, told};
use axum::http::StatusCode;
use egusi_protocol::OpenSession;
use egusi_server::readings::tasks;
use serde_json::{Value, json};

#[tokio::test]
async fn the_company_can_read_no_more_and_keeps_what_it_read() {
    let site = Site::new().await;
    let connected = Connected::now(&site, nothing()).await;
    let (id, account) = (connected.record().to_owned(), connected.account().to_owned());
    let customer = connected.payload["customer_id"].clone();
    assert_eq!(record(&site, &id).await["revoked_at"], Value::Null);
    let balances = site.okra("/v2/sandbox/balance/getByCustomer", &json!({"customer": customer})).await.json;
    stopped(&site, &connected.number).await;

    let after = record(&site, &id).await;
    assert_eq!(
        (&after["status"], &after["revoked_at"]),
        (&json!("revoked"), &json!("2027-01-15T08:00:00.000Z"))
    );
    let secret = site.company.sandbox.secret.expose();
    for (path, body) in [
        (format!("/v3/records/{id}/refresh"), r#"{"what":"balances"}"#),
        (format!("/v3/accounts/{account}/check"), ""),
    ] {
        let refused = site.call("POST", &path, secret, body).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{path}: {}", refused.json);
        assert_eq!(refused.json["code"], "consent_revoked", "{path}");
    }
    for path in ["balance/refresh", "balance/check", "products/balance/periodic"] {
        for body in [json!({"record_id": id}), json!({"account_id": account})] {
            let refused = site.okra(&format!("/v2/sandbox/{path}"), &body).await;
            assert_eq!(refused.status, StatusCode::CONFLICT, "{path}: {}", refused.json);
            assert_eq!(refused.json["message"], "The customer has stopped sharing this", "{path}");
        }
    }
    let still = site.okra("/v2/sandbox/balance/getByCustomer", &json!({"customer": customer})).await.json;
    let figure = |answer: &Value| answer["data"]["balance"][0]["available_balance"].clone();
    assert!(figure(&balances).is_number(), "{balances}");
    assert_eq!(figure(&still), figure(&balances), "what was read stays");
    assert_eq!(site.rows("reading"), 1);
    let access: Vec<u8> = rusqlite::Connection::open(site.data.path().join("egusi.db"))
        .unwrap()
        .query_row("SELECT access FROM record", [], |row| row.get(0))
        .unwrap();
    assert!(access.is_empty(), "nothing is left by which the bank could be asked");
}

#[tokio::test]
async fn the_company_is_told_once_and_what_was_to_be_read_is_not() {
    let site = Site::new().await;
    let connected = Connected::now(&site, nothing()).await;
    let before = told(&site);
    stopped(&site, &connected.number).await;
    stopped(&site, &connected.number).await;
    assert_eq!(tasks::round(&site.app).await.unwrap(), 0, "the past that was to be read is not");
    let after = told(&site);
    assert_eq!(after[..before.len()], before);
    assert_eq!(after[before.len()..], ["CONSENT_REVOKED"]);
}

#[tokio::test]
async fn a_look_that_is_under_way_when_it_stops_leaves_nothing() {
    let site = Site::new().await;
    let connected = Connected::now(&site, nothing()).await;
    let due = site.store.claim_tasks(i64::MAX / 2, i64::MAX, 9).await.unwrap();
    assert_eq!(due.len(), 1, "the past is being read");
    stopped(&site, &connected.number).await;
    let looked =
        egusi_server::readings::look::look(&site.app, due[0].scope, due[0].record, due[0].kind, None);
    assert!(matches!(looked.await, Err(egusi_server::readings::look::LookError::Revoked)));
    assert_eq!(site.rows("reading"), 1);
}

#[tokio::test]
async fn nobody_elses_sharing_ends_with_it() {
    let site = Site::new().await;
    let connected = Connected::now(&site, nothing()).await;
    let mut tunde = Guest::opens(&site, nothing()).await;
    tunde.signs_in(BANK, "user_single").await;
    let his = tunde.shares(&[0]).await;
    let other = site.another_company().await;
    let theirs =
        OpenSession { key: other.sandbox.public.clone(), token: other.token.to_string(), ..site.options() };
    let mut ada = Guest::opens_for(&site, &theirs, nothing()).await;
    ada.signs_in(BANK, "user_good").await;
    let elsewhere = ada.shares(&[0]).await;
    stopped(&site, &connected.number).await;
    assert_eq!(record(&site, his["record_id"].as_str().unwrap()).await["status"], "ok");
    let path = format!("/v3/records/{}", elsewhere["record_id"].as_str().unwrap());
    let read = site.call("GET", &path, other.sandbox.secret.expose(), "").await.json;
    assert_eq!((&read["status"], &read["revoked_at"]), (&json!("ok"), &Value::Null));
    let page = form(&site, "/consent", ada.step["done"]["number"].as_str().unwrap()).await;
    assert!(page.has("What you share"));
}

#[tokio::test]
async fn one_receipt_of_a_record_ends_all_of_it() {
    let site = Site::new().await;
    let first = Connected::now(&site, nothing()).await;
    site.clock.advance(3 * 86_400_000);
    let second = Connected::now(&site, nothing()).await;
    let page = form(&site, "/consent", &first.number).await;
    assert!(page.has("You have agreed again since then, on 18 January 2027"), "{}", page.html);
    stopped(&site, &first.number).await;
    assert!(form(&site, "/consent", &second.number).await.has("Stopped on"));
    assert_eq!(record(&site, second.record()).await["status"], "revoked");
}

#[tokio::test]
async fn who_stopped_is_a_stranger_until_they_agree_anew() {
    let site = Site::new().await;
    let first = Connected::now(&site, nothing()).await;
    let number = first.payload["accounts"][0]["nuban"].clone();
    let quick = json!({"institution": bank(&site, BANK).1, "account_number": number});
    stopped(&site, &first.number).await;
    let plain = Guest::opens(&site, nothing()).await;
    for by in [named(json!({"bvn": BVN})), named(json!({"id": first.payload["customer_id"]}))] {
        let mut ada = Guest::opens(&site, by).await;
        assert_eq!(ada.opened, plain.opened);
        ada.chooses(BANK).await;
        assert!(!ada.is_return(), "everything is asked");
    }
    let mut ada = Guest::opens(&site, quick).await;
    assert_eq!(ada.step, "choose", "they are asked to agree first");
    ada.signs_in(BANK, "user_good").await;
    let again = ada.shares(&[0]).await;
    assert_eq!(again["record_id"], first.payload["record_id"]);
    let now = record(&site, first.record()).await;
    assert_eq!((&now["status"], &now["revoked_at"]), (&json!("ok"), &Value::Null));
    assert!(form(&site, "/consent", &first.number).await.has("Stopped on"), "the old receipt stays ended");
    stopped(&site, &first.number).await;
    assert_eq!(record(&site, first.record()).await["status"], "ok", "and ends nothing more");
}

#[tokio::test]
async fn an_agreement_that_ends_during_the_quick_way_is_not_gone_on_with() {
    let site = Site::new().await;
    let first = Connected::now(&site, nothing()).await;
    let number = first.payload["accounts"][0]["nuban"].clone();
    let quick = json!({"institution": bank(&site, BANK).1, "account_number": number});
    let mut ada = Guest::opens(&site, quick).await;
    assert!(ada.is_return());
    ada.sends(&[("password", "pass_good")]).await;
    assert!(!ada.accounts().is_empty());
    stopped(&site, &first.number).await;
    let refused = ada.tries("accounts", &json!({"picks": [0]})).await;
    assert_eq!(
        (refused.status, &refused.json["code"]),
        (StatusCode::UNAUTHORIZED, &json!("session_expired"))
    );
    assert_eq!(record(&site, first.record()).await["status"], "revoked");
}
