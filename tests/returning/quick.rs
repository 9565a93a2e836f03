//! The quick way: a bank and the number of an account, which may be all a host has.

use crate::guest::{BANK, BVN, DAY_MS, Guest, OTHER_BANK, bank, sql, sql_text, tries};
use crate::site::Site;
use axum::http::StatusCode;
use serde_json::{Value, json};

/// The account that is shared, by its full number.
fn number(payload: &Value) -> &str {
    payload["accounts"][0]["nuban"].as_str().unwrap()
}

fn quick(site: &Site, number: &str) -> Value {
    json!({"institution": bank(site, BANK).1, "account_number": number})
}

#[tokio::test]
async fn a_known_account_opens_at_the_form_and_reads_a_fresh_balance() {
    let site = Site::new().await;
    let first = Guest::connects(&site, "user_good", json!({})).await;
    let until = || sql_text(&site, "SELECT CAST(consent_until_ms AS TEXT) FROM record");
    let (before, readings) = (until(), site.rows("reading"));
    site.clock.advance(30 * DAY_MS);
    let mut ada = Guest::opens(&site, quick(&site, number(&first))).await;
    assert_eq!((ada.is_return(), ada.fields(), &ada.opened["turn"]), (true, vec!["password"], &json!(1)));
    assert_eq!(ada.opened["setting"]["account_ending"], number(&first)[6..]);
    assert!(!ada.opened.to_string().contains(number(&first)), "the number does not come back");
    ada.call("form", json!({"turn": 1, "fields": [{"name": "password", "value": "wrong"}]})).await;
    assert_eq!(ada.step["form"]["problem"]["code"], "wrong_credentials");
    assert!(ada.is_return());
    ada.sends(&[("password", "pass_good")]).await;
    let barred: Vec<_> = ada.accounts().iter().map(|account| account["barred"].clone()).collect();
    assert_eq!(barred, [Value::Null, json!("other_account")]);
    let again = ada.shares(&[0]).await;
    assert_eq!((&again["record_id"], &again["customer_id"]), (&first["record_id"], &first["customer_id"]));
    assert_eq!(site.rows("reading"), readings + 1);
    assert_eq!(["customer", "record", "account", "balance"].map(|table| site.rows(table)), [1, 1, 2, 1]);
    assert_eq!(until(), before, "nobody agreed to a longer time");
}

#[tokio::test]
async fn without_an_agreement_that_holds_the_customer_is_asked_first() {
    let site = Site::new().await;
    let first = Guest::connects(&site, "user_good", json!({})).await;
    let more = json!(["auth", "balance", "transactions"]);
    let mut options = quick(&site, number(&first));
    options["products"] = more;
    let ada = Guest::opens(&site, options).await;
    assert_eq!(ada.step, "choose", "more is asked for than was agreed to");
    let down = bank(&site, "Egusi Down Bank").1;
    let ada = Guest::opens(&site, json!({"institution": down, "account_number": number(&first)})).await;
    assert_eq!(ada.step, "choose", "that bank is not the account's");
    site.clock.advance(180 * DAY_MS);
    let mut ada = Guest::opens(&site, quick(&site, number(&first))).await;
    assert_eq!(ada.step, "choose", "the agreement is over");
    ada.chooses(BANK).await;
    assert!(ada.is_return(), "but less is asked");
}

#[tokio::test]
async fn an_agreement_that_would_end_before_the_session_is_not_carried_over() {
    let site = Site::new().await;
    let first = Guest::connects(&site, "user_good", json!({})).await;
    site.clock.advance(180 * DAY_MS - 31 * 60_000);
    assert!(Guest::opens(&site, quick(&site, number(&first))).await.is_return());
    site.clock.advance(2 * 60_000);
    let ada = Guest::opens(&site, quick(&site, number(&first))).await;
    assert_eq!(ada.step, "choose", "it could be over before the account is shared");
}

#[tokio::test]
async fn the_quick_way_leaves_the_other_accounts_as_they_were() {
    let site = Site::new().await;
    let mut ada = Guest::opens(&site, json!({})).await;
    ada.signs_in(BANK, "user_good").await;
    let first = ada.shares(&[0, 1]).await;
    let shared = || sql_text(&site, "SELECT GROUP_CONCAT(number, ' ') FROM account WHERE connected = 1");
    let before = shared();
    assert_eq!(before.len(), 21, "two full numbers: {before}");
    let mut ada = Guest::opens(&site, quick(&site, number(&first))).await;
    ada.sends(&[("password", "pass_good")]).await;
    let again = ada.shares(&[0]).await;
    assert_eq!(again["accounts"][0]["id"], first["accounts"][0]["id"]);
    assert_eq!(again["accounts"][1]["connected"], false, "the page hears of the one it asked for");
    assert_eq!(shared(), before, "nobody was asked about the other one");
    let mut ada = Guest::opens(&site, quick(&site, number(&first))).await;
    ada.chooses(BANK).await;
    ada.sends(&[("password", "pass_good")]).await;
    ada.shares(&[0]).await;
    assert_eq!(shared(), number(&first), "a new agreement is to this account alone");
}

#[tokio::test]
async fn who_asks_for_less_on_the_quick_way_takes_nothing_from_the_agreement() {
    let site = Site::new().await;
    let first = Guest::connects(&site, "user_good", json!({})).await;
    let agreed = || sql_text(&site, "SELECT products FROM record");
    let before = agreed();
    let mut options = quick(&site, number(&first));
    options["products"] = json!(["auth"]);
    let mut ada = Guest::opens(&site, options).await;
    ada.sends(&[("password", "pass_good")]).await;
    ada.shares(&[0]).await;
    assert_eq!(agreed(), before);
    let looked = site.okra("/v2/balance/check", &json!({"record_id": first["record_id"]})).await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.json);
}

#[tokio::test]
async fn of_two_who_share_an_account_the_one_who_is_named_is_meant() {
    let site = Site::new().await;
    let first = Guest::connects(&site, "user_good", json!({})).await;
    Guest::connects(&site, "user_single", json!({})).await;
    // As if both had the account, and the other one had connected it last.
    sql(
        &site,
        "UPDATE account SET (key, number) = (SELECT key, number FROM account WHERE connected = 1 ORDER BY id LIMIT 1)
         WHERE id = (SELECT MAX(id) FROM account WHERE connected = 1)",
    );
    let mut options = quick(&site, number(&first));
    options["customer"] = json!(json!({"bvn": BVN}).to_string());
    let mut ada = Guest::opens(&site, options).await;
    assert!(ada.is_return());
    ada.sends(&[("password", "pass_good")]).await;
    assert_eq!(ada.shares(&[0]).await["record_id"], first["record_id"]);
}

#[tokio::test]
async fn an_agreement_is_not_carried_over_to_somebody_else() {
    let site = Site::new().await;
    let first = Guest::connects(&site, "user_good", json!({})).await;
    let mut other = Guest::opens(&site, quick(&site, number(&first))).await;
    assert!(other.is_return());
    // As if the one who signs in now shared the account with the one who agreed.
    sql(&site, "UPDATE record SET key = zeroblob(32)");
    other.sends(&[("password", "pass_good")]).await;
    assert_eq!(other.problem(), "account_mismatch");
    other.chooses(BANK).await;
    other.sends(&[("password", "pass_good")]).await;
    assert_eq!(other.accounts().len(), 2, "who agrees may go on");
}

#[tokio::test]
async fn an_account_nobody_shared_is_nobodys() {
    let site = Site::new().await;
    let mut ada = Guest::opens(&site, json!({})).await;
    ada.signs_in(BANK, "user_good").await;
    let unshared = ada.accounts()[1]["last_four"].clone();
    let first = ada.shares(&[0]).await;
    let (_, slug) = bank(&site, OTHER_BANK);
    let elsewhere = json!({"institution": slug, "account_number": number(&first)});
    assert_eq!(Guest::opens(&site, elsewhere).await.step, "choose");
    // The number of the account that was not shared follows the one that was.
    let hidden = (number(&first).parse::<u64>().unwrap() + 1).to_string();
    assert!(unshared == hidden[6..], "{unshared} of {hidden}");
    let mut stranger = Guest::opens(&site, quick(&site, &hidden)).await;
    assert_eq!(stranger.step, "choose");
    stranger.chooses(BANK).await;
    assert!(!stranger.is_return());
}

#[tokio::test]
async fn only_the_account_that_was_asked_for_is_shared() {
    let site = Site::new().await;
    let first = Guest::connects(&site, "user_good", json!({})).await;
    let spaced = format!("{} {}-{}", &number(&first)[..4], &number(&first)[4..7], &number(&first)[7..]);
    let mut ada = Guest::opens(&site, json!({"account_number": spaced})).await;
    assert_eq!(ada.step, "choose", "the number alone opens nothing");
    ada.signs_in(BANK, "user_good").await;
    for picks in [json!([1]), json!([0, 1])] {
        let refused = ada.tries("accounts", &json!({"picks": picks})).await;
        assert_eq!(
            (refused.status, &refused.json["code"]),
            (StatusCode::BAD_REQUEST, &json!("invalid_request"))
        );
    }
    assert_eq!(ada.shares(&[0]).await["record_id"], first["record_id"]);

    let mut other = Guest::opens(&site, quick(&site, number(&first))).await;
    other.chooses_anew(BANK).await;
    other.sends(&[("username", "user_single"), ("password", "pass_good")]).await;
    assert_eq!(other.problem(), "account_mismatch");
    assert_eq!(site.rows("customer"), 1, "nothing was shared");
}

#[tokio::test]
async fn an_account_is_also_named_by_its_id() {
    let site = Site::new().await;
    let first = Guest::connects(&site, "user_good", json!({})).await;
    let id = first["accounts"][0]["id"].as_str().unwrap();
    let ada = Guest::opens(&site, quick(&site, id)).await;
    assert_eq!(
        (ada.is_return(), &ada.opened["setting"]["account_ending"]),
        (true, &json!(number(&first)[6..]))
    );
    let unshared = first["accounts"][1]["id"].as_str().unwrap();
    assert_eq!(Guest::opens(&site, quick(&site, unshared)).await.step, "choose");
}

#[tokio::test]
async fn the_quick_way_counts_as_naming() {
    let site = Site::new().await;
    let first = Guest::connects(&site, "user_good", json!({})).await;
    for _ in 0..4 {
        let both = json!({"institution": bank(&site, BANK).0, "account_number": number(&first),
            "customer": json!({"bvn": BVN}).to_string()});
        assert!(Guest::opens(&site, both).await.is_return(), "two names of one customer count once");
    }
    assert!(Guest::opens(&site, quick(&site, number(&first))).await.is_return());
    assert_eq!(Guest::opens(&site, quick(&site, number(&first))).await.step, "choose");
    let named = Guest::opens(&site, json!({"customer": json!({"bvn": BVN}).to_string()})).await;
    assert_eq!(named.opened["setting"]["returning"], Value::Null);
}

#[tokio::test]
async fn a_number_that_is_none_is_not_repeated() {
    let site = Site::new().await;
    let answer = tries(&site, &site.options(), json!({"account_number": "12345"})).await;
    assert_eq!((answer.status, &answer.json["code"]), (StatusCode::BAD_REQUEST, &json!("invalid_request")));
    let message = answer.json["message"].as_str().unwrap();
    assert!(message.starts_with("account_number: expected") && !message.contains("12345"), "{message}");
}
