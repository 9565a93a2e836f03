//! The window without WebAssembly in every language: which one it speaks, and that it speaks no other.

use crate::browser::{Browser, FIRST_BANK, site};
use crate::own_page::{get, says};
use axum::body::Body;
use axum::http::Request;
use egusi_server::words::Words;
use serde_json::{Map, Value, json};

/// The English sentences that are something else in a language; but for what English is called in the list.
fn english_alone(words: &Words) -> Vec<String> {
    let files = [include_str!("../../www/text/widget/en.json"), include_str!("../../www/text/pages/en.json")];
    let sentences =
        files.into_iter().flat_map(|file| serde_json::from_str::<Map<String, Value>>(file).unwrap());
    let foreign = sentences.filter(|(name, text)| name != "language.name" && words.say(name) != text);
    foreign.map(|(_, text)| text.as_str().unwrap().to_owned()).collect()
}

/// What is the same on every page of a window in that language.
fn look(customer: &Browser, words: &Words) {
    let html = |name| customer.attribute("html", name);
    let seen = customer.seen();
    assert_eq!(html("lang").as_deref(), Some(words.language()), "{seen}");
    assert_eq!(html("dir").as_deref(), Some(words.direction()), "{seen}");
    let english = english_alone(words);
    let slipped: Vec<_> = customer.texts().into_iter().filter(|text| english.contains(text)).collect();
    assert_eq!(slipped, Vec::<String>::new(), "{}: {seen}", words.language());
}

#[tokio::test]
async fn from_the_consent_to_the_end_in_every_language() {
    let site = site().await;
    assert_eq!(Words::tags(), ["en", "pcm", "ha", "yo", "ig", "fr", "pt", "sw", "ar"]);
    for words in Words::all() {
        let holes = [("name", "Moringa Market"), ("bank", FIRST_BANK), ("count", "1")];
        let fill = |name: &str| words.fill(name, &holes);
        let mut customer = Browser::framed(&site);
        customer.opens(&json!({"language": format!("{}-NG", words.language())})).await;
        look(&customer, words);
        assert_eq!(customer.heading(), fill("consent.title"));
        customer.presses(words.say("consent.go")).await;
        look(&customer, words);
        customer.types(words.say("banks.search"), FIRST_BANK);
        customer.presses(words.say("plain.find")).await;
        look(&customer, words);
        assert_eq!(customer.all("[role=status]"), [words.count("banks.count", 1, &holes)]);
        customer.presses(FIRST_BANK).await;
        look(&customer, words);
        for password in ["not-it", "pass_good"] {
            customer.types("Username", "user_otp");
            customer.types("Password", password);
            customer.presses(words.say("signin.go")).await;
            look(&customer, words);
        }
        customer.types(words.say("challenge.code.label"), "123456");
        customer.presses(words.say("challenge.go")).await;
        look(&customer, words);
        assert_eq!(customer.heading(), words.say("accounts.title"));
        customer.ticks("Everyday Current");
        customer.presses(words.say("accounts.go")).await;
        look(&customer, words);
        assert_eq!(customer.heading(), words.say("done.title"));
        assert_eq!(customer.all("main p")[0], words.count("done.shared", 1, &holes));
        customer.presses(words.say("done.go")).await;
        look(&customer, words);
        assert_eq!(customer.heading(), words.say("plain.closed"));
    }
}

#[tokio::test]
async fn figures_are_written_as_the_language_writes_them() {
    let site = site().await;
    for (tag, figure, direction) in [
        ("en", "1,350.00", "ltr"),
        ("fr", "1\u{202f}350,00", "ltr"),
        ("pt", "1.350,00", "ltr"),
        ("ar", "1,350.00", "rtl"),
    ] {
        let words = Words::of(tag);
        let mut customer = Browser::framed(&site);
        customer.accepts = tag;
        customer.opens(&json!({})).await;
        customer.presses(words.say("consent.go")).await;
        customer.presses(FIRST_BANK).await;
        customer.types("Username", "user_low");
        customer.types("Password", "pass_good");
        customer.presses(words.say("signin.go")).await;
        assert!(customer.html.contains(figure), "{tag}: {:?}", customer.all(".balance"));
        assert_eq!(customer.attribute("html", "dir").as_deref(), Some(direction));
    }
}

#[tokio::test]
async fn the_customers_choice_counts_before_the_hosts_and_that_before_the_browsers() {
    let site = site().await;
    let spoken = |customer: &Browser| customer.attribute("html", "lang").unwrap();
    let mut customer = Browser::framed(&site);
    customer.accepts = "tlh, sw;q=0.2, pt-BR;q=0.8";
    customer.opens(&json!({})).await;
    assert_eq!(spoken(&customer), "pt");
    customer.opens(&json!({"language": "tlh"})).await;
    assert_eq!(spoken(&customer), "pt", "what is not spoken gives way");
    customer.opens(&json!({"language": "fr-CI"})).await;
    assert_eq!(spoken(&customer), "fr");
    customer.opens(&json!({"language": "fr_CI"})).await;
    assert_eq!(customer.heard.last().unwrap()["code"], "invalid_option");
    assert_eq!(spoken(&customer), "pt");

    customer.opens(&json!({"language": "fr-CI"})).await;
    let french = Words::of("fr");
    customer.presses(french.say("consent.go")).await;
    customer.presses(FIRST_BANK).await;
    let names = customer.all("select option");
    assert_eq!(names, Words::all().iter().map(Words::name).collect::<Vec<_>>(), "each by its own name");
    let heard = customer.heard.len();
    customer.types(french.say("language.choose"), "ha");
    customer.presses(french.say("plain.speak")).await;
    let hausa = Words::of("ha");
    look(&customer, hausa);
    assert_eq!(customer.heading(), hausa.fill("signin.title", &[("bank", FIRST_BANK)]), "where it was");
    assert_eq!(customer.heard.len(), heard, "which is nothing to the host");
    customer.types("Username", "user_good");
    customer.types("Password", "pass_good");
    customer.presses(hausa.say("signin.go")).await;
    look(&customer, hausa);
    customer.presses(hausa.say("back")).await;
    customer.presses(hausa.say("close")).await;
    assert_eq!(customer.all("select"), Vec::<String>::new(), "asked whether to leave, nobody looks for it");
    look(&customer, hausa);
}

/// The window's language is known by the consent: the bank's own page may be shown by another browser.
#[tokio::test]
async fn whoever_comes_back_from_the_bank_reads_the_language_they_agreed_in() {
    let site = site().await;
    let yoruba = Words::of("yo");
    for dest in ["document", "iframe"] {
        let mut customer = Browser::framed(&site);
        customer.dest = dest;
        customer.opens(&json!({})).await;
        customer.types("Language", "yo");
        customer.presses("Change language").await;
        customer.presses(yoruba.say("consent.go")).await;
        customer.presses(FIRST_BANK).await;
        customer.types("Username", "user_redirect");
        customer.types("Password", "pass_good");
        customer.presses(yoruba.say("signin.go")).await;
        let link = customer.attribute("a.primary", "href").unwrap();
        let back = says(&site, &link, "approve").await;
        customer.asks(get(&back)).await;
        look(&customer, yoruba);
        assert_eq!(customer.heading(), yoruba.say("returned.signed.title"));
        if dest == "document" {
            customer.presses(yoruba.say("consent.go")).await;
            look(&customer, yoruba);
            assert_eq!(customer.heading(), yoruba.say("accounts.title"));
        }
        // Used up, and nobody knows whose it was: the browser says what its reader reads.
        let request = Request::builder().uri(&back).header("accept-language", "ar-SD").body(Body::empty());
        customer.asks(request.unwrap()).await;
        look(&customer, Words::of("ar"));
        assert_eq!(customer.heading(), Words::of("ar").say("trouble.nowhere.title"));
    }
}

#[tokio::test]
async fn a_host_says_single_sentences_itself_in_the_language_they_are_written_in() {
    let site = site().await;
    let own = json!({
        "fr": {"banks.title": "Où est votre <compte>, chez {name} ?", "nothing.there": "x"},
        "en": {"banks.title": "Where is your account?"},
    });
    let mut customer = Browser::framed(&site);
    customer.opens(&json!({"language": "fr", "sentences": own})).await;
    customer.presses(Words::of("fr").say("consent.go")).await;
    assert_eq!(customer.heading(), "Où est votre <compte>, chez {name} ?", "as text, and no hole is filled");
    customer.types(Words::of("fr").say("language.choose"), "pt");
    customer.presses(Words::of("fr").say("plain.speak")).await;
    assert_eq!(customer.heading(), Words::of("pt").say("banks.title"), "of which the host says nothing");
    customer.types(Words::of("pt").say("language.choose"), "en");
    customer.presses(Words::of("pt").say("plain.speak")).await;
    assert_eq!(customer.heading(), "Where is your account?");
    let unsafe_words = json!({"consent.never": "Trust us", "banks.title": "Where is {it"});
    customer.opens(&json!({"sentences": {"en": unsafe_words}})).await;
    assert!(customer.html.contains("money cannot be moved") && !customer.html.contains("Trust us"));
    customer.presses("Continue").await;
    assert_eq!(customer.heading(), "Choose your bank");
}
