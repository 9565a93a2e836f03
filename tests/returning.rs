//! Customers who return: known by what the host names them by, asked only what is still needed, and
//! left with the same customer and record; and nobody is known to a stranger.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

#[path = "returning/guest.rs"]
mod guest;
#[path = "returning/quick.rs"]
mod quick;
#[path = "support/site.rs"]
mod site;
#[path = "returning/wanted.rs"]
mod wanted;

use egusi_protocol::OpenSession;
use guest::{BANK, BVN, DAY_MS, EMAIL, Guest, NIN, OTHER_BANK, PHONE, bank, named, sql, sql_text};
use serde_json::{Value, json};
use site::Site;

/// How many rows each visit would add if it were somebody new's.
fn rows(site: &Site) -> [i64; 4] {
    ["customer", "record", "account", "balance"].map(|table| site.rows(table))
}

#[tokio::test]
async fn a_customer_is_known_by_every_name_and_asked_for_the_password_alone() {
    let site = Site::new().await;
    let first = Guest::connects(&site, "user_good", json!({})).await;
    let before = (rows(&site), site.rows("reading"));
    let (id, _) = bank(&site, BANK);
    let names = [
        json!({"id": first["customer_id"]}),
        json!({"bvn": BVN}),
        json!({"nin": NIN}),
        json!({"phone": format!("+{PHONE}")}),
        json!({"email": EMAIL.to_uppercase()}),
        json!({"bvn": BVN.parse::<u64>().unwrap()}),
        json!({"bvn": "22900000000", "email": EMAIL}),
    ];
    for (visits, name) in (1..).zip(names) {
        site.clock.advance(DAY_MS);
        let mut ada = Guest::opens(&site, named(name.clone())).await;
        assert_eq!(ada.opened["setting"]["returning"], json!([id]), "{name}");
        assert_eq!(ada.step, "choose", "{name}");
        ada.chooses(BANK).await;
        assert!(ada.is_return(), "{name}");
        assert_eq!(ada.fields(), ["password"], "{name}");
        ada.sends(&[("password", "pass_good")]).await;
        let again = ada.shares(&[0]).await;
        for key in ["customer_id", "record_id"] {
            assert_eq!(again[key], first[key], "{name}");
        }
        assert_eq!(again["accounts"][0]["id"], first["accounts"][0]["id"], "{name}");
        assert_eq!((rows(&site), site.rows("reading")), (before.0, before.1 + visits), "{name}");
    }
}

#[tokio::test]
async fn who_is_not_known_looks_like_who_was_not_named() {
    let site = Site::new().await;
    Guest::connects(&site, "user_good", json!({})).await;
    let plain = Guest::opens(&site, json!({})).await;
    for name in [
        json!({"id": "5d6fe57a4099cc4b210bbec0"}),
        json!({"bvn": "22900000000"}),
        json!({"nin": BVN}),
        json!({"phone": "08031234567"}),
        json!({"email": "nobody@customer.example"}),
        json!({}),
        json!("[object Map]"),
        json!({"bvn": null}),
    ] {
        let mut stranger = Guest::opens(&site, named(name.clone())).await;
        assert_eq!(stranger.opened, plain.opened, "{name}");
        stranger.chooses(BANK).await;
        assert!(!stranger.is_return(), "{name}");
        assert_eq!(stranger.fields(), ["username", "password"], "{name}");
    }
}

#[tokio::test]
async fn nobody_is_known_to_another_company() {
    let site = Site::new().await;
    let payload = Guest::connects(&site, "user_good", json!({})).await;
    let other = site.another_company().await;
    let theirs =
        OpenSession { key: other.sandbox.public.clone(), token: other.token.to_string(), ..site.options() };
    let plain = Guest::opens_for(&site, &theirs, json!({})).await;
    for name in [json!({"id": payload["customer_id"]}), json!({"bvn": BVN}), json!({"email": EMAIL})] {
        let mut ada = Guest::opens_for(&site, &theirs, named(name.clone())).await;
        assert_eq!(ada.opened, plain.opened, "{name}");
        ada.chooses(BANK).await;
        assert!(!ada.is_return(), "{name}");
    }
}

#[tokio::test]
async fn banks_of_before_come_latest_first_and_only_those_that_are_wanted() {
    let site = Site::new().await;
    for name in [BANK, OTHER_BANK, BANK] {
        site.clock.advance(DAY_MS);
        let mut ada = Guest::opens(&site, json!({})).await;
        ada.signs_in(name, "user_good").await;
        ada.shares(&[0]).await;
    }
    let ((first, slug), (second, _)) = (bank(&site, BANK), bank(&site, OTHER_BANK));
    let returning = async |more: Value| {
        let mut options = named(json!({"bvn": BVN}));
        options.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Guest::opens(&site, options).await.opened["setting"]["returning"].clone()
    };
    assert_eq!(returning(json!({})).await, json!([first, second]));
    assert_eq!(returning(json!({"filter": json!([slug]).to_string()})).await, json!([first]));
    assert_eq!(returning(json!({"countries": ["KE"]})).await, Value::Null);
}

#[tokio::test]
async fn who_returns_may_be_asked_for_everything_and_may_be_somebody_else() {
    let site = Site::new().await;
    let first = Guest::connects(&site, "user_good", json!({})).await;
    let mut other = Guest::opens(&site, named(json!({"bvn": BVN}))).await;
    other.chooses_anew(BANK).await;
    assert_eq!(other.fields(), ["username", "password"]);
    other.sends(&[("username", "user_single"), ("password", "pass_good")]).await;
    let second = other.shares(&[0]).await;
    assert_ne!(second["customer_id"], first["customer_id"]);
    assert_eq!(rows(&site)[..2], [2, 2]);
}

#[tokio::test]
async fn the_short_form_may_be_tried_three_times_and_the_full_one_still_after_that() {
    let site = Site::new().await;
    Guest::connects(&site, "user_good", json!({})).await;
    let mut stranger = Guest::opens(&site, named(json!({"bvn": BVN}))).await;
    stranger.chooses(BANK).await;
    for _ in 0..3 {
        stranger.sends(&[("password", "a-guess")]).await;
        assert_eq!(stranger.step["form"]["problem"]["code"], "wrong_credentials");
    }
    stranger.sends(&[("password", "pass_good")]).await;
    assert_eq!(stranger.problem(), "too_many_attempts", "the right one comes too late");
    stranger.chooses_anew(BANK).await;
    stranger.sends(&[("username", "user_single"), ("password", "pass_good")]).await;
    stranger.shares(&[0]).await;
}

#[tokio::test]
async fn after_a_wrong_password_the_short_form_comes_again() {
    let site = Site::new().await;
    Guest::connects(&site, "user_good", json!({})).await;
    let mut ada = Guest::opens(&site, named(json!({"phone": PHONE}))).await;
    ada.chooses(BANK).await;
    ada.sends(&[("password", "pass_bad")]).await;
    assert_eq!(ada.step["form"]["problem"]["code"], "wrong_credentials");
    assert_eq!((ada.is_return(), ada.fields()), (true, vec!["password"]));
    ada.sends(&[("password", "pass_good")]).await;
    assert_eq!(ada.accounts().len(), 2);
}

#[tokio::test]
async fn what_the_bank_asks_after_the_password_it_asks_again() {
    let site = Site::new().await;
    let mut ada = Guest::opens(&site, json!({})).await;
    ada.signs_in(BANK, "user_otp").await;
    ada.call("answer", json!({"answer": "123456"})).await;
    let first = ada.shares(&[0]).await;
    let mut again = Guest::opens(&site, named(json!({"id": first["customer_id"]}))).await;
    again.chooses(BANK).await;
    again.sends(&[("password", "pass_good")]).await;
    assert_eq!(again.step["challenge"]["kind"], "one_time_code");
    again.call("answer", json!({"answer": "123456"})).await;
    assert_eq!(again.shares(&[0]).await["record_id"], first["record_id"]);
}

#[tokio::test]
async fn a_record_that_wants_a_new_sign_in_is_repaired() {
    let site = Site::new().await;
    let payload = Guest::connects(&site, "user_expired", json!({})).await;
    let record = json!({"record_id": payload["record_id"]});
    site.okra("/v2/balance/check", &record).await;
    let status = || sql_text(&site, "SELECT status FROM record");
    assert_eq!(status(), "sign_in_needed");
    let mut ada = Guest::opens(&site, named(json!({"id": payload["customer_id"]}))).await;
    ada.chooses(BANK).await;
    assert!(ada.is_return());
    ada.sends(&[("password", "pass_good")]).await;
    assert_eq!(ada.shares(&[0]).await["record_id"], payload["record_id"]);
    assert_eq!((status().as_str(), rows(&site)[1]), ("ok", 1));
}

#[tokio::test]
async fn an_access_that_leads_nowhere_is_mended_by_the_full_form() {
    let site = Site::new().await;
    let payload = Guest::connects(&site, "user_good", json!({})).await;
    let mut ada = Guest::opens(&site, named(json!({"bvn": BVN}))).await;
    ada.chooses(BANK).await;
    assert!(ada.is_return());
    sql(&site, "UPDATE record SET access = x'00'");
    ada.sends(&[("password", "pass_good")]).await;
    assert_eq!(ada.step["form"]["problem"]["code"], "sign_in_needed");
    assert_eq!((ada.is_return(), ada.fields()), (false, vec!["username", "password"]));
    ada.sends(&[("username", "user_good"), ("password", "pass_good")]).await;
    assert_eq!(ada.shares(&[0]).await["record_id"], payload["record_id"]);
}

#[tokio::test]
async fn a_customer_is_known_five_times_an_hour() {
    let site = Site::new().await;
    Guest::connects(&site, "user_good", json!({})).await;
    let names = [json!({"bvn": BVN}), json!({"phone": PHONE})];
    let opens = async |at: usize| {
        let ada = Guest::opens(&site, named(names[at % 2].clone())).await;
        !ada.opened["setting"]["returning"].is_null()
    };
    for at in 0..5 {
        assert!(opens(at).await, "{at}");
    }
    let plain = Guest::opens(&site, json!({})).await.opened;
    for name in &names {
        let refused = Guest::opens(&site, named(name.clone())).await;
        assert_eq!(refused.opened, plain, "silently, by whatever name");
    }
    site.clock.advance(3_600_000);
    assert!(opens(0).await);
}

#[tokio::test]
async fn an_id_cannot_be_guessed_from_another() {
    let site = Site::new().await;
    let ada = Guest::connects(&site, "user_good", json!({})).await;
    let bola = Guest::connects(&site, "user_single", json!({})).await;
    // Whoever has an account of their own sees an id, and knows about when another was made.
    let end = |payload: &Value| payload["customer_id"].as_str().unwrap()[14..].to_owned();
    assert_ne!(end(&ada)[..10], end(&bola)[..10], "no part of chance may be the same");
    let start = |payload: &Value| payload["customer_id"].as_str().unwrap()[..14].to_owned();
    assert!(start(&ada) < start(&bola), "and yet the later one comes later");
}

#[tokio::test]
async fn what_names_a_customer_is_nowhere_in_clear() {
    let site = Site::new().await;
    Guest::connects(&site, "user_good", json!({})).await;
    Guest::opens(&site, named(json!({"bvn": BVN, "email": EMAIL}))).await;
    assert_eq!(site.rows("customer_identifier"), 4);
    let files = std::fs::read_dir(site.data.path()).unwrap();
    let everything: Vec<u8> = files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    let holds = |text: &str| everything.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(holds("customer_identifier"), "it is the store that was read");
    for name in [BVN, NIN, PHONE, EMAIL] {
        assert!(!holds(name), "{name}");
    }
}
