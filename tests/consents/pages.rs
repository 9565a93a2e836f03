//! What the pages of a receipt show, to whom, and what they answer to everybody else.

use crate::guest::{DAY_MS, Guest};
use crate::site::Site;
use crate::{BANK, Connected, form, nothing, sent, stopped};
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn a_receipt_tells_what_is_shared_with_whom_and_until_when() {
    let site = Site::new().await;
    let connected = Connected::now(&site, nothing()).await;
    let page = form(&site, "/consent", &connected.number).await;
    assert_eq!(page.status, StatusCode::OK);
    let full = connected.payload["accounts"][0]["nuban"].as_str().unwrap();
    let ending = format!("ending {}", &full[full.len() - 4..]);
    for text in [
        "What you share",
        "Moringa Market",
        BANK,
        "Egusi",
        &ending,
        "Names and numbers of the accounts you choose",
        "Their balances",
        "2027-01-15",
        "2027-07-14",
        &connected.number,
        "https://connect.example/consent",
        "Sandbox: no real bank",
    ] {
        assert!(page.has(text), "{text} is missing: {}", page.html);
    }
    for text in [full, "Payments in and out", "user_good", "Adaeze", "<script"] {
        assert!(!page.has(text), "{text} has no business on a receipt");
    }
    for (name, value) in [
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("set-cookie", ""),
    ] {
        assert_eq!(page.header(name), value, "{name}");
    }
    let policy = page.header("content-security-policy");
    for part in ["default-src 'none'", "style-src 'sha256-", "frame-ancestors 'none'", "form-action 'self'"] {
        assert!(policy.contains(part), "{part} in {policy}");
    }
}

#[tokio::test]
async fn a_number_is_read_however_it_is_typed() {
    let site = Site::new().await;
    let Connected { number, .. } = Connected::now(&site, nothing()).await;
    let bare = number.replace('-', "").to_lowercase();
    for typed in
        [bare.clone(), bare.replace('0', "o").replace('1', "l"), format!(" {} ", number.replace('-', " "))]
    {
        assert_eq!(form(&site, "/consent", &typed).await.status, StatusCode::OK, "{typed}");
    }
}

#[tokio::test]
async fn a_wrong_number_and_one_that_is_none_are_answered_alike() {
    let site = Site::new().await;
    Connected::now(&site, nothing()).await;
    let without = |html: &str, typed: &str| html.replace(&format!(r#" value="{typed}""#), "");
    let unknown = form(&site, "/consent", "0000-0000-0000-0000").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.has("There is no receipt with this number"));
    assert!(unknown.has(r#"value="0000-0000-0000-0000""#), "it is there to be mended");
    let long = "9".repeat(41);
    for (path, typed, shown) in [
        ("/consent", "UUUU", "UUUU"),
        ("/consent", " ", " "),
        ("/consent", "", ""),
        ("/consent", long.as_str(), ""),
        ("/consent", "<b title=\"&\">", "&lt;b title=&quot;&amp;&quot;&gt;"),
        ("/consent/receipt", "0000-0000-0000-0000", "0000-0000-0000-0000"),
        ("/consent/stop", "0000-0000-0000-0000", "0000-0000-0000-0000"),
    ] {
        let other = form(&site, path, typed).await;
        assert_eq!(other.status, unknown.status, "{path} {typed}");
        let same = without(&unknown.html, "0000-0000-0000-0000");
        assert_eq!(without(&other.html, shown), same, "{path} {typed}");
    }
}

#[tokio::test]
async fn whoever_guesses_is_slowed_and_nobody_else() {
    let site = Site::new().await;
    let Connected { number, .. } = Connected::now(&site, nothing()).await;
    for _ in 0..120 {
        assert_eq!(form(&site, "/consent", "0000").await.status, StatusCode::NOT_FOUND);
    }
    let slowed = form(&site, "/consent", "0000").await;
    assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(slowed.has("Too many wrong numbers") && slowed.header("retry-after") == "1", "{}", slowed.html);
    assert_eq!(form(&site, "/consent", &number).await.status, StatusCode::OK);
    site.clock.advance(60_000);
    assert_eq!(form(&site, "/consent", "0000").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_types_an_address_is_asked_for_a_number() {
    let site = Site::new().await;
    for path in ["/consent", "/consent/receipt", "/consent/stop"] {
        let page = sent(&site, path, &[], &[]).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.has(r#"action="/consent""#) && page.has("Enter the number on your receipt"), "{path}");
    }
}

#[tokio::test]
async fn a_receipt_can_be_kept_as_a_file_that_stands_alone() {
    let site = Site::new().await;
    let Connected { number, .. } = Connected::now(&site, nothing()).await;
    let file = form(&site, "/consent/receipt", &number).await;
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"receipt.html\"");
    for text in [number.as_str(), BANK, "https://connect.example/consent", "Ends by itself on", "<style>"] {
        assert!(file.has(text), "{text}");
    }
    for text in ["<form", "<script", "src=", "<link", "href="] {
        assert!(!file.has(text), "{text} needs more than the file");
    }
}

#[tokio::test]
async fn another_sites_page_may_lead_here_and_can_end_nothing() {
    let site = Site::new().await;
    let connected = Connected::now(&site, nothing()).await;
    let number = [("number", connected.number.as_str()), ("confirm", "yes")];
    for strange in ["cross-site", "same-site"] {
        let strange = [("sec-fetch-site", strange)];
        for path in ["/consent/stop", "/consent/receipt"] {
            let refused = sent(&site, path, &strange, &number).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{path}");
            assert!(!refused.has(&connected.number), "{path}");
        }
        assert_eq!(sent(&site, "/consent", &strange, &number).await.status, StatusCode::OK);
    }
    assert!(form(&site, "/consent", &connected.number).await.has("What you share"));
}

#[tokio::test]
async fn it_is_asked_before_anything_stops_and_said_again_afterwards() {
    let site = Site::new().await;
    let Connected { number, .. } = Connected::now(&site, nothing()).await;
    let asked = form(&site, "/consent/stop", &number).await;
    assert!(asked.has("Stop sharing with Moringa Market?") && asked.has("Go on sharing"));
    assert!(form(&site, "/consent", &number).await.has("What you share"), "nothing has happened yet");
    let over = stopped(&site, &number).await;
    assert!(over.has("This sharing has ended") && over.has("can no longer read these accounts"));
    assert!(over.has("Stopped on") && !over.has("Stop sharing"), "{}", over.html);
    site.clock.advance(DAY_MS);
    let again = stopped(&site, &number).await;
    assert_eq!(again.html, over.html, "the day on which it was stopped stays");
    assert_eq!(form(&site, "/consent/stop", &number).await.html, over.html, "there is nothing to ask about");
}

#[tokio::test]
async fn an_agreement_that_is_over_says_so() {
    let site = Site::new().await;
    let Connected { number, .. } = Connected::now(&site, nothing()).await;
    site.clock.advance(181 * DAY_MS);
    let page = form(&site, "/consent", &number).await;
    assert!(page.has("This sharing has ended") && page.has("Ended by itself on") && page.has("2027-07-14"));
    assert!(!page.has("Stop sharing"));
}

#[tokio::test]
async fn a_receipt_speaks_the_language_of_the_consent_and_then_the_browsers() {
    let site = Site::new().await;
    let arabic = [("accept-language", "ar"), ("sec-fetch-site", "same-origin")];
    for (agreed, lang) in [("fr", r#"<html lang="fr" dir="ltr">"#), ("tlh", r#"<html lang="ar" dir="rtl">"#)]
    {
        let mut ada = Guest::opens(&site, nothing()).await;
        let consent = json!({"agreed": true, "language": agreed});
        let choice = json!({"institution": crate::guest::bank(&site, BANK).0, "consent": consent});
        ada.call("institution", choice).await;
        ada.sends(&[("username", "user_good"), ("password", "pass_good")]).await;
        ada.shares(&[0]).await;
        let number = ada.step["done"]["number"].as_str().unwrap();
        let page = sent(&site, "/consent", &arabic, &[("number", number)]).await;
        assert!(page.has(lang) && page.has(number), "{agreed}: {}", page.html);
    }
    let page = sent(&site, "/consent", &arabic, &[]).await;
    assert!(page.has(r#"<html lang="ar" dir="rtl">"#), "before a number is known");
}
