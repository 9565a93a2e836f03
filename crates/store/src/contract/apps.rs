//! Promises about Apps, the links that find them and the pages they allow.

use super::companies::company;
use super::samples::{NOON_MS, id, others, scope};
use crate::{AppOrigins, AppRow, Link, Origins, Scope, Store, StoreError};
use egusi_protocol::Currency;
use std::sync::Arc;

/// An App of that number, with these thresholds.
pub(super) fn app(number: u32, low_funds: &[(&str, i64)]) -> AppRow {
    let low_funds = low_funds.iter().map(|(code, minor)| (code.parse().unwrap(), *minor));
    AppRow {
        id: id(number),
        name: format!("App {number}"),
        short: format!("short-{number}"),
        allowed_origins: Vec::new(),
        options: "{}".to_owned(),
        low_funds: low_funds.collect(),
        created_at_ms: NOON_MS,
        updated_at_ms: NOON_MS,
    }
}

/// An App that allows these pages.
fn shown_by(number: u32, origins: &[&str]) -> AppRow {
    AppRow {
        allowed_origins: origins.iter().map(|origin| (*origin).to_owned()).collect(),
        ..app(number, &[])
    }
}

/// An App is found as it was saved last; when it was made does not change.
pub async fn an_app_is_saved_again_and_again(store: Arc<dyn Store>) {
    assert_eq!(store.app(scope(), id(600)).await, Err(StoreError::NotFound));
    store.save_app(scope(), app(600, &[("USD", 7), ("JPY", 5), ("NGN", -500)])).await.unwrap();
    let in_order = app(600, &[("JPY", 5), ("NGN", -500), ("USD", 7)]);
    assert_eq!(store.app(scope(), id(600)).await, Ok(in_order));
    let mut changed = app(600, &[("NGN", 300)]);
    changed.name = "Renamed".to_owned();
    changed.short = "Another_1".to_owned();
    changed.options = r#"{"name":"Shop"}"#.to_owned();
    changed.allowed_origins = vec!["https://a.example".to_owned(), "null".to_owned()];
    changed.created_at_ms = NOON_MS + 9;
    changed.updated_at_ms = NOON_MS + 9;
    store.save_app(scope(), changed.clone()).await.unwrap();
    changed.created_at_ms = NOON_MS;
    assert_eq!(changed.low_funds, [(Currency::NGN, 300)]);
    assert_eq!(store.app(scope(), id(600)).await, Ok(changed));
}

/// Those of this company and world alone.
pub async fn apps_are_listed_oldest_first(store: Arc<dyn Store>) {
    assert_eq!(store.apps(scope()).await, Ok(vec![]));
    let [one, mut two, three] = [app(601, &[("NGN", 1)]), app(602, &[]), app(603, &[("NGN", 3), ("USD", 4)])];
    two.created_at_ms = NOON_MS - 1;
    for app in [&three, &one, &two] {
        store.save_app(scope(), app.clone()).await.unwrap();
    }
    assert_eq!(store.apps(scope()).await, Ok(vec![two, one, three]));
    for other in others() {
        assert_eq!(store.apps(other).await, Ok(vec![]));
        assert_eq!(store.app(other, id(601)).await, Err(StoreError::NotFound));
    }
}

/// Pages in the order of the alphabet and each once; those that are not named again are gone.
pub async fn an_app_allows_the_pages_it_was_saved_with_last(store: Arc<dyn Store>) {
    store
        .save_app(scope(), shown_by(600, &["https://b.example", "null", "https://a.example", "null"]))
        .await
        .unwrap();
    let origins = async || store.app(scope(), id(600)).await.unwrap().allowed_origins;
    assert_eq!(origins().await, ["https://a.example", "https://b.example", "null"]);
    store.save_app(scope(), shown_by(600, &["https://c.example"])).await.unwrap();
    assert_eq!(origins().await, ["https://c.example"]);
}

/// Before anything else is known of who comes; letter by letter.
pub async fn a_link_finds_the_app_of_any_company(store: Arc<dyn Store>) {
    store.create_company(company(1, 10)).await.unwrap();
    let scope = Scope { company: id(1), ..scope() };
    store.save_app(scope, shown_by(600, &["https://a.example"])).await.unwrap();
    let found =
        Link { scope, company_name: "Company 1".to_owned(), app: shown_by(600, &["https://a.example"]) };
    assert_eq!(store.link("short-600").await, Ok(found));
    for other in ["", "short-60", "short-6000", "SHORT-600", "short_600", "%"] {
        assert_eq!(store.link(other).await, Err(StoreError::NotFound), "{other}");
    }
    store.save_app(scope, AppRow { short: "renamed".to_owned(), ..app(600, &[]) }).await.unwrap();
    assert_eq!(store.link("short-600").await, Err(StoreError::NotFound));
    assert_eq!(store.link("renamed").await.unwrap().app.id, id(600));
}

/// Whoever comes second, even of another company or world, leaves nothing.
pub async fn a_short_name_is_one_apps_on_the_whole_server(store: Arc<dyn Store>) {
    store.save_app(scope(), app(600, &[])).await.unwrap();
    for scope in others().into_iter().chain([scope()]) {
        let late = AppRow { short: "short-600".to_owned(), ..shown_by(601, &["https://a.example"]) };
        assert_eq!(store.save_app(scope, late).await, Err(StoreError::Conflict));
        assert_eq!(store.app(scope, id(601)).await, Err(StoreError::NotFound));
    }
    assert_eq!(store.origins(None).await.unwrap().unwrap().apps, []);
    assert_eq!(store.save_app(scope(), app(600, &[("NGN", 1)])).await, Ok(()), "its own name is no conflict");
}

/// Links live on in letters: a name that was given up leads nowhere, and to nobody else.
pub async fn a_short_name_that_was_given_up_is_no_other_companys(store: Arc<dyn Store>) {
    store.save_app(scope(), app(600, &[])).await.unwrap();
    store.save_app(scope(), AppRow { short: "renamed".to_owned(), ..app(600, &[]) }).await.unwrap();
    assert_eq!(store.link("short-600").await.map(|_| ()), Err(StoreError::NotFound));
    for scope in others().into_iter().filter(|other| other.company != scope().company) {
        let late = AppRow { short: "short-600".to_owned(), ..app(601, &[]) };
        assert_eq!(store.save_app(scope, late).await, Err(StoreError::Conflict));
    }
    let again = AppRow { short: "short-600".to_owned(), ..app(602, &[]) };
    assert_eq!(store.save_app(scope(), again).await, Ok(()), "its own company may have it again");
}

/// Of every company and world together, and told again only when something was saved.
pub async fn the_pages_of_all_apps_are_told_when_they_may_have_changed(store: Arc<dyn Store>) {
    let Origins { saves, apps } = store.origins(None).await.unwrap().unwrap();
    assert_eq!(apps, []);
    assert_eq!(store.origins(Some(saves)).await, Ok(None));
    let [other, world] = others();
    store.save_app(scope(), app(600, &[])).await.unwrap();
    store.save_app(scope(), shown_by(601, &["null", "https://a.example"])).await.unwrap();
    store.save_app(other, shown_by(602, &["https://a.example"])).await.unwrap();
    store.save_app(world, shown_by(603, &["http://localhost:3000"])).await.unwrap();
    let now = store.origins(Some(saves)).await.unwrap().unwrap();
    let expected = |scope, number, origins: &[&str]| AppOrigins {
        scope,
        app: id(number),
        origins: origins.iter().map(|origin| (*origin).to_owned()).collect(),
    };
    let mut expected = vec![
        expected(scope(), 601, &["https://a.example", "null"]),
        expected(other, 602, &["https://a.example"]),
        expected(world, 603, &["http://localhost:3000"]),
    ];
    expected.sort_by_key(|one| one.app);
    let mut apps = now.apps;
    apps.sort_by_key(|one| one.app);
    assert_eq!(apps, expected);
    assert_eq!(store.origins(Some(now.saves)).await, Ok(None));
    store.save_app(scope(), app(601, &[])).await.unwrap();
    let last = store.origins(Some(now.saves)).await.unwrap().unwrap();
    assert_eq!(last.apps.len(), 2);
}
