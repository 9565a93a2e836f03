//! Which pages may show the window: everybody's, or those whose origins are registered with an App.
//!
//! The origins of all Apps are kept at hand, since every view of the window's page asks for them.
//! Each time the store is asked, in one row, whether an App was saved since; so what an operator's
//! command or another process changes counts at once.

use crate::apps::origins::{self, OPAQUE};
use clap::ValueEnum;
use egusi_protocol::AppId;
use egusi_store::{AppOrigins, Link, Origins, Scope, Store, StoreError};
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

/// So long a list of origins a header may be; proxies in between allow 8 KB for all headers together.
const LIST_BYTES_MAX: usize = 4096;

/// Whose pages may show the window and open sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Welcome {
    /// Any page's.
    Any,
    /// Those that are registered with an App.
    Registered,
}

/// Who is welcome on this server, and what is known of the registered pages.
pub struct Hosts {
    welcome: Welcome,
    known: RwLock<Arc<Registered>>,
}

impl Hosts {
    /// Knows nothing yet.
    pub fn new(welcome: Welcome) -> Self {
        // A number no store has, so that it is asked.
        let nothing = Registered::of(Origins { saves: -1, apps: Vec::new() });
        Self { welcome, known: RwLock::new(Arc::new(nothing)) }
    }

    /// Whether any page may show the window.
    pub fn is_anyone_welcome(&self) -> bool {
        self.welcome == Welcome::Any
    }

    /// Which pages are registered now.
    ///
    /// # Errors
    /// If the store cannot answer.
    pub async fn registered(&self, store: &dyn Store) -> Result<Arc<Registered>, StoreError> {
        let known = self.at_hand();
        let Some(origins) = store.origins(Some(known.saves)).await? else { return Ok(known) };
        let now = Arc::new(Registered::of(origins));
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = now.clone();
        Ok(now)
    }

    /// Who may show a page of ours that is asked for with this `Referer`.
    ///
    /// # Errors
    /// If the store cannot answer.
    pub async fn framing(&self, store: &dyn Store, referer: Option<&str>) -> Result<Framing, StoreError> {
        match self.welcome {
            Welcome::Any => Ok(Framing::Anyone),
            Welcome::Registered => Ok(self.registered(store).await?.framing(referer)),
        }
    }

    /// Who may show the page of a link: those whom its App allows, and nobody else's pages.
    pub fn framing_of_link(&self, link: &Link, referer: Option<&str>) -> Framing {
        if self.is_anyone_welcome() {
            return Framing::Anyone;
        }
        let Link { scope, company_name: _, app } = link;
        let alone = AppOrigins { scope: *scope, app: app.id, origins: app.allowed_origins.clone() };
        Registered::of(Origins { saves: 0, apps: vec![alone] }).framing(referer)
    }

    /// Who may show a page of ours that stands in a frame of the window's page, whose host is known
    /// by its origin; such a page is asked for by ours, so its `Referer` says nothing of the host.
    ///
    /// Where the store cannot answer, what was known before counts: the page may just say so.
    pub async fn framing_within(&self, store: &dyn Store, host: Option<&str>) -> Framing {
        if self.is_anyone_welcome() {
            return Framing::Anyone;
        }
        let registered = self.registered(store).await.unwrap_or_else(|_| self.at_hand());
        if host == Some(OPAQUE) && registered.is_opaque_allowed {
            return Framing::Anyone;
        }
        within(&host.map(|host| registered.beside(host)).unwrap_or_default())
    }

    /// Who may show a page on which there is nothing to take, whose host is not known: whoever may
    /// show any page of ours.
    pub fn framing_of_notice(&self) -> Framing {
        if self.is_anyone_welcome() {
            return Framing::Anyone;
        }
        match self.at_hand().framing(None) {
            Framing::Only(list) => within(&list),
            Framing::Nobody => within(""),
            Framing::Anyone => Framing::Anyone,
        }
    }

    fn at_hand(&self) -> Arc<Registered> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Our own page and those.
fn within(others: &str) -> Framing {
    Framing::Only(format!("'self' {others}").trim_end().to_owned())
}

/// Who may show a page of ours inside theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Whoever likes.
    Anyone,
    /// Pages of these origins, as `frame-ancestors` lists them.
    Only(String),
    /// No page.
    Nobody,
}

/// The pages that Apps allow, as they were at one time.
pub struct Registered {
    saves: i64,
    apps: Vec<AppOrigins>,
    /// Every origin once, as a policy lists them; none if that is too long.
    list: Option<String>,
    is_opaque_allowed: bool,
}

impl Registered {
    fn of(Origins { saves, apps }: Origins) -> Self {
        let all: BTreeSet<&str> = apps
            .iter()
            .flat_map(|app| &app.origins)
            .map(String::as_str)
            .filter(|one| *one != OPAQUE)
            .collect();
        let list = Some(all.into_iter().collect::<Vec<_>>().join(" "));
        let is_opaque_allowed = apps.iter().any(|app| app.origins.iter().any(|one| one == OPAQUE));
        Self { saves, list: list.filter(|list| list.len() <= LIST_BYTES_MAX), is_opaque_allowed, apps }
    }

    /// Whether a page may open sessions of a company: for the App it names, or for any of them.
    pub fn allows(&self, scope: Scope, named: Option<AppId>, origin: &str) -> bool {
        let mut apps =
            self.apps.iter().filter(|one| one.scope == scope && named.is_none_or(|named| named == one.app));
        apps.any(|one| one.origins.iter().any(|known| known == origin))
    }

    /// A policy cannot name pages that have no origin. Where an App allows those, whoever hides where
    /// they come from is let in, and learns at the opening of a session whether they may.
    fn framing(&self, referer: Option<&str>) -> Framing {
        if referer.is_none() && self.is_opaque_allowed {
            return Framing::Anyone;
        }
        let list = match &self.list {
            Some(list) => list.clone(),
            None => referer.map(|referer| self.beside(referer)).unwrap_or_default(),
        };
        if list.is_empty() { Framing::Nobody } else { Framing::Only(list) }
    }

    /// What the Apps allow that allow the page of this address: it may be shown by another of theirs.
    fn beside(&self, address: &str) -> String {
        let Some(origin) = origins::of_address(address) else { return String::new() };
        let apps = self.apps.iter().filter(|app| app.origins.contains(&origin));
        let all: BTreeSet<&str> =
            apps.flat_map(|app| &app.origins).map(String::as_str).filter(|one| *one != OPAQUE).collect();
        let list = all.into_iter().collect::<Vec<_>>().join(" ");
        if list.len() > LIST_BYTES_MAX { origin } else { list }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egusi_protocol::Environment;

    fn scope(company: u8, env: Environment) -> Scope {
        Scope { company: [company; 12].into(), env }
    }

    fn app(scope: Scope, number: u8, origins: &[&str]) -> AppOrigins {
        let origins = origins.iter().map(|origin| (*origin).to_owned()).collect();
        AppOrigins { scope, app: [number; 12].into(), origins }
    }

    fn registered(apps: Vec<AppOrigins>) -> Registered {
        Registered::of(Origins { saves: 1, apps })
    }

    const SANDBOX: Environment = Environment::Sandbox;

    #[test]
    fn a_page_opens_sessions_of_the_company_and_the_app_that_registered_it() {
        let (ours, theirs) = (scope(1, SANDBOX), scope(2, SANDBOX));
        let live = scope(1, Environment::Production);
        let registered = registered(vec![
            app(ours, 1, &["https://a.example", "null"]),
            app(ours, 2, &["https://b.example"]),
            app(live, 3, &["https://live.example"]),
            app(theirs, 4, &["https://theirs.example"]),
        ]);
        let allows = |scope, named: Option<u8>, origin| {
            registered.allows(scope, named.map(|number| [number; 12].into()), origin)
        };
        assert!(allows(ours, None, "https://a.example") && allows(ours, None, "https://b.example"));
        assert!(allows(ours, Some(1), "https://a.example") && allows(ours, Some(1), "null"));
        assert!(!allows(ours, Some(1), "https://b.example"), "another App's page");
        assert!(!allows(ours, Some(2), "null") && allows(ours, None, "null"));
        assert!(!allows(ours, None, "https://live.example"), "the other world's page");
        assert!(!allows(theirs, None, "https://a.example"), "another company's page");
        assert!(!allows(theirs, Some(1), "https://a.example"), "another company's App");
        assert!(!allows(ours, None, "https://a.example.evil") && !allows(ours, None, ""));
    }

    #[test]
    fn a_policy_lists_every_registered_origin_once() {
        let (one, other) = (scope(1, SANDBOX), scope(2, Environment::Production));
        let some = registered(vec![
            app(one, 1, &["https://b.example", "https://c.example"]),
            app(other, 2, &["https://a.example", "https://b.example"]),
        ]);
        let all = Framing::Only("https://a.example https://b.example https://c.example".to_owned());
        for referer in [None, Some("https://a.example/"), Some("https://evil.example/"), Some("junk")] {
            assert_eq!(some.framing(referer), all, "{referer:?}");
        }
        let none = registered(Vec::new());
        assert_eq!(none.framing(None), Framing::Nobody);
        assert_eq!(none.framing(Some("https://a.example/")), Framing::Nobody);
    }

    #[test]
    fn pages_without_an_origin_are_let_in_where_they_do_not_say_where_they_come_from() {
        let some = registered(vec![app(scope(1, SANDBOX), 1, &["https://a.example", "null"])]);
        assert_eq!(some.framing(None), Framing::Anyone);
        assert_eq!(some.framing(Some("https://x.example/")), Framing::Only("https://a.example".to_owned()));
        let alone = registered(vec![app(scope(1, SANDBOX), 1, &["null"])]);
        assert_eq!(alone.framing(Some("https://x.example/")), Framing::Nobody);
    }

    #[test]
    fn a_list_that_is_too_long_is_narrowed_to_the_apps_of_the_page_that_asks() {
        let many = |company: u8| {
            let origins: Vec<_> = (0..50).map(|n| format!("https://shop-{company}-{n}.example")).collect();
            let mut all: Vec<&str> = origins.iter().map(String::as_str).collect();
            all.push("null");
            app(scope(company, SANDBOX), company, &all)
        };
        let mut registered = registered((1..=4).map(many).collect());
        registered.is_opaque_allowed = false;
        assert!(registered.list.is_none(), "this is what is tested");
        assert_eq!(registered.framing(None), Framing::Nobody);
        assert_eq!(registered.framing(Some("https://evil.example/")), Framing::Nobody);
        let Framing::Only(list) = registered.framing(Some("https://shop-3-7.example/cart")) else {
            panic!("it is registered")
        };
        assert_eq!(list.split(' ').count(), 50);
        assert!(list.split(' ').all(|origin| origin.starts_with("https://shop-3-")), "{list}");
        let huge = (1..=4).map(|number| AppOrigins { scope: scope(1, SANDBOX), ..many(number) });
        let huge = huge.map(|one| AppOrigins {
            origins: one.origins.into_iter().chain(["https://hub.example".to_owned()]).collect(),
            ..one
        });
        let huge = super::Registered::of(Origins { saves: 1, apps: huge.collect() });
        let hub = Framing::Only("https://hub.example".to_owned());
        assert_eq!(huge.framing(Some("https://hub.example/")), hub, "itself alone");
    }
}
