//! Where no webhook ever goes, whatever names answer and receivers say.

use crate::receiver::{Receiver, Reply};
use crate::site::Site;
use async_trait::async_trait;
use egusi_protocol::ErrorCode;
use egusi_server::webhooks::endpoints;
use egusi_server::webhooks::guard::{Guard, Names, Networks, Reach};
use egusi_store::DeliveryState;
use reqwest::dns::Resolve;
use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

/// Answers each question after the other as it was told, the last answer for ever.
struct ToldNames(Mutex<VecDeque<Vec<IpAddr>>>);

impl ToldNames {
    fn new(answers: &[&[&str]]) -> Arc<Self> {
        let parse = |answer: &&[&str]| answer.iter().map(|address| address.parse().unwrap()).collect();
        Arc::new(Self(Mutex::new(answers.iter().map(parse).collect())))
    }

    fn left(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

#[async_trait]
impl Names for ToldNames {
    async fn addresses(&self, _: &str) -> std::io::Result<Vec<IpAddr>> {
        let mut answers = self.0.lock().unwrap();
        let answer = answers.front().unwrap().clone();
        if answers.len() > 1 {
            answers.pop_front();
        }
        Ok(answer)
    }
}

const OUT_OF_REACH: &str = "the address is not one webhooks may go to";
/// Private, allowed in these tests, and nobody is there.
const NOBODY: &str = "10.255.255.1";

/// A name with these answers, of an operator who allows 10.0.0.0/8 alone; the canary is on this
/// machine, which is not allowed, at the port of the URL.
async fn try_name(answers: &[&[&str]], tries: usize) -> (Vec<String>, usize) {
    let canary = Receiver::new(&[]).await;
    let site = Site::with(&["10.0.0.0/8"], ToldNames::new(answers));
    site.endpoint(&format!("http://hooks.example:{}/", canary.address.port())).await;
    site.happen(1).await;
    let mut problems = Vec::new();
    for _ in 0..tries {
        assert_eq!(site.round().await, 1);
        problems.push(site.delivery().await.last_problem);
        site.wait_until_due().await;
    }
    (problems, canary.connections())
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_followed() {
    for answer in [["127.0.0.1"].as_slice(), &[NOBODY, "127.0.0.1"], &["127.0.0.1", NOBODY], &["::1", NOBODY]]
    {
        let (problems, connections) = try_name(&[answer], 1).await;
        assert_eq!((problems, connections), (vec![OUT_OF_REACH.to_owned()], 0), "{answer:?}");
    }
}

/// The address that was looked at is the one that is used, so the second answer is looked at too.
#[tokio::test]
async fn a_name_that_changes_its_answer_gains_nothing() {
    let (problems, connections) = try_name(&[&[NOBODY], &["127.0.0.1"]], 2).await;
    assert_ne!(problems[0], OUT_OF_REACH);
    assert_eq!(problems[1], OUT_OF_REACH);
    assert_eq!(connections, 0);
}

#[tokio::test]
async fn each_name_is_looked_up_once_for_a_try() {
    let receiver = Receiver::new(&[]).await;
    let names = ToldNames::new(&[&["127.0.0.1"], &["10.255.255.1"], &["10.255.255.2"]]);
    let site = Site::with(&["127.0.0.1"], names.clone());
    site.endpoint(&format!("http://hooks.example:{}/", receiver.address.port())).await;
    site.happen(1).await;
    site.round().await;
    assert_eq!(site.delivery().await.state, DeliveryState::Delivered);
    assert_eq!(names.left(), 2);
    assert_eq!(receiver.seen()[0].header("host"), format!("hooks.example:{}", receiver.address.port()));
}

#[tokio::test]
async fn the_resolver_gives_out_public_addresses_alone() {
    let resolve = async |answer: &[&str]| {
        let guard = Guard {
            names: ToldNames::new(&[answer]),
            networks: Arc::new(Networks::default()),
            reach: Reach::Anywhere,
        };
        guard.resolve("shop.example".parse().unwrap()).await.ok().map(Iterator::count)
    };
    assert_eq!(resolve(&["9.9.9.9", "2620:fe::fe"]).await, Some(2));
    for bad in
        ["127.0.0.1", "169.254.169.254", "10.0.0.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fd00::1"]
    {
        assert_eq!(resolve(&[bad]).await, None, "{bad}");
        assert_eq!(resolve(&["9.9.9.9", bad]).await, None, "{bad}");
        assert_eq!(resolve(&[bad, "9.9.9.9"]).await, None, "{bad}");
    }
}

#[tokio::test]
async fn a_redirect_is_a_failure_and_is_not_followed() {
    let canary = Receiver::new(&[]).await;
    let receiver = Receiver::new(&[Reply::Redirect(canary.address)]).await;
    let site = Site::new();
    site.endpoint(&receiver.url()).await;
    site.happen(1).await;
    site.round().await;
    let delivery = site.delivery().await;
    assert_eq!((delivery.state, delivery.last_problem.as_str()), (DeliveryState::Waiting, "status 307"));
    assert_eq!((receiver.connections(), canary.connections()), (1, 0));
}

/// What was allowed when the endpoint was made is looked at again at every try.
#[tokio::test]
async fn an_operator_may_take_a_network_back() {
    let receiver = Receiver::new(&[]).await;
    let site = Site::new();
    let url = receiver.url();
    let endpoint = site.endpoint(&url).await;
    site.happen(1).await;
    let Site { app, clock: _, data: _data } = &site;
    let stricter = egusi_server::webhooks::send::Sender::new(&[]).unwrap();
    let [due] = &app.store.claim_deliveries(i64::MAX - 1, i64::MAX, 1).await.unwrap()[..] else { panic!() };
    let outcome = stricter.send(&endpoint.url, &due.event, &[], 0).await;
    assert_eq!(outcome.problem, OUT_OF_REACH);
    assert_eq!(receiver.connections(), 0);
}

#[tokio::test]
async fn an_address_that_is_not_allowed_makes_no_endpoint() {
    let site = Site::with(&[], ToldNames::new(&[&["9.9.9.9"]]));
    for url in [
        "http://shop.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://shop.example:22/",
        "hooks",
        "",
    ] {
        let refused = endpoints::ensure(&site.app, site.scope(), url, false).await.unwrap_err();
        assert_eq!(refused.code(), ErrorCode::InvalidRequest, "{url}");
        let text = refused.message();
        assert!(
            text.starts_with("url: expected an https URL") && text.ends_with(&format!("got {url:?}")),
            "{text}"
        );
    }
    assert_eq!(site.app.store.endpoints(site.scope()).await, Ok(vec![]));
    assert!(endpoints::ensure(&site.app, site.scope(), "https://shop.example/hook", false).await.is_ok());
}

/// Whoever answers without TLS, or with it and a certificate nobody vouches for, is not spoken to.
#[tokio::test]
async fn https_is_really_https() {
    let receiver = Receiver::new(&[]).await;
    let site = Site::new();
    site.endpoint(&receiver.url().replace("http://", "https://")).await;
    site.happen(1).await;
    site.round().await;
    let delivery = site.delivery().await;
    assert_eq!(delivery.state, DeliveryState::Waiting);
    assert!(!delivery.last_problem.is_empty() && delivery.last_status.is_none());
    assert_eq!(receiver.seen().len(), 0);
}
