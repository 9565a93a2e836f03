//! The number is the whole key, so it is in nobody's hands but the customer's.

use crate::guest::Guest;
use crate::site::Site;
use crate::{BANK, Connected, form, nothing, stopped};

/// Every file the server keeps, as it lies on the disk.
fn files(site: &Site) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(site.data.path()).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect()
}

#[tokio::test]
async fn the_number_is_told_to_the_window_and_kept_nowhere() {
    let site = Site::new().await;
    let connected = Connected::now(&site, nothing()).await;
    let number = &connected.number;
    assert_eq!((number.len(), number.matches('-').count()), (19, 3), "{number}");
    assert!(!connected.payload.to_string().contains(number), "the host's page does not learn it");
    form(&site, "/consent", number).await;
    stopped(&site, number).await;
    for (path, bytes) in files(&site) {
        for spelling in [number.clone(), number.replace('-', ""), number.to_lowercase()] {
            let is_there = bytes.windows(spelling.len()).any(|window| window == spelling.as_bytes());
            assert!(!is_there, "the number lies in {path}");
        }
    }
}

#[tokio::test]
async fn what_a_receipt_tells_lies_sealed() {
    let site = Site::new().await;
    Connected::now(&site, nothing()).await;
    let database = rusqlite::Connection::open(site.data.path().join("egusi.db")).unwrap();
    let facts: Vec<u8> = database.query_row("SELECT facts FROM consent", [], |row| row.get(0)).unwrap();
    assert!(!facts.windows(6).any(|window| window == b"Market"));
    // Put behind another number it opens no more.
    let other = vec![7_u8; 32];
    database.execute("UPDATE consent SET number = ?1", [other]).unwrap();
    assert!(form(&site, "/consent", "0000-0000-0000-0000").await.has("There is no receipt"));
}

#[tokio::test]
async fn an_answer_that_was_lost_gives_the_same_number_again() {
    let site = Site::new().await;
    let mut ada = Guest::opens(&site, nothing()).await;
    ada.signs_in(BANK, "user_good").await;
    ada.shares(&[0]).await;
    let number = ada.step["done"]["number"].clone();
    ada.shares(&[0]).await;
    assert_eq!(ada.step["done"]["number"], number);
    assert_eq!(site.rows("consent"), 1);
}

#[tokio::test]
async fn each_session_has_a_number_of_its_own() {
    let site = Site::new().await;
    let first = Connected::now(&site, nothing()).await;
    let second = Connected::now(&site, nothing()).await;
    assert_ne!(first.number, second.number);
    assert_eq!(first.record(), second.record());
    let page = form(&site, "/consent", &second.number).await;
    assert!(!page.has("You have agreed again"));
}
