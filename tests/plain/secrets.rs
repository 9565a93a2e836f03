//! What was typed or passed along is on no page after the step it belongs to.

use crate::browser::{Browser, FIRST_BANK, site};
use serde_json::json;

const CANARIES: [&str; 4] = ["canary-password", "908172", "22961218631", "9901001001"];

#[tokio::test]
async fn no_secret_is_ever_on_a_page() {
    let site = site().await;
    let mut customer = Browser::framed(&site);
    let more = json!({"customer": {"bvn": CANARIES[2]}, "account_number": CANARIES[3]});
    customer.at_the_bank(FIRST_BANK, &more).await;
    let mut pages = vec![customer.html.clone()];
    customer.signs_in("user_otp", CANARIES[0]).await;
    pages.push(customer.html.clone());
    customer.signs_in("user_otp", "pass_good").await;
    pages.push(customer.html.clone());
    customer.types("One-time code", CANARIES[1]);
    customer.presses("Continue").await;
    pages.push(customer.html.clone());
    customer.presses("Close").await;
    pages.push(customer.html.clone());
    for html in &pages {
        for canary in CANARIES {
            assert!(!html.contains(canary), "{canary} in {html}");
        }
        assert!(!html.contains("pass_good"), "{html}");
    }
}
