//! Webhooks as a receiver meets them: what arrives, what is sent again, and where nothing ever goes.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

mod borders;
mod receiver;
mod site;

use axum::http::HeaderMap;
use egusi_server::clock::Clock;
use egusi_server::webhooks::endpoints;
use egusi_store::{DeliveryState, EndpointChange, Replay};
use receiver::{Receiver, Reply, Seen};
use site::Site;
use standardwebhooks::Webhook;

/// The official library is content with what arrived.
fn verify(secret: &str, seen: &Seen) -> Result<(), String> {
    let headers: HeaderMap = ["webhook-id", "webhook-timestamp", "webhook-signature"]
        .map(|name| (name.parse().unwrap(), seen.header(name).parse().unwrap()))
        .into_iter()
        .collect();
    let theirs = Webhook::new(secret).unwrap();
    theirs.verify(seen.body.as_bytes(), &headers).map_err(|error| error.to_string())
}

#[tokio::test]
async fn an_event_arrives_signed_as_it_was_written() {
    let (site, receiver) = (Site::new(), Receiver::new(&[]).await);
    let endpoint = site.endpoint(&receiver.url()).await;
    let event = site.happen(1).await;
    assert_eq!(site.round().await, 1);
    let [seen] = &receiver.seen()[..] else { panic!("one request") };
    verify(&site.secret(endpoint.id).await, seen).unwrap();
    assert_eq!(seen.body, event.body);
    assert_eq!(seen.id(), format!("evt_{}", event.id));
    assert_eq!(seen.at_s(), site.clock.now_ms() / 1000);
    assert_eq!(seen.header("content-type"), "application/json");
    assert_eq!((seen.header("egusi-event"), seen.header("egusi-sequence")), ("balance.read", "1"));
    let delivery = site.delivery().await;
    assert_eq!((delivery.state, delivery.last_status), (DeliveryState::Delivered, Some(200)));
    assert_eq!(site.round().await, 0);
}

#[tokio::test]
async fn whatever_breaks_the_event_comes_again_until_it_arrives() {
    let troubles = [
        (Reply::Status(500, ""), Some(500), "status 500"),
        (Reply::Close, None, "no answer that could be read"),
        (Reply::Hang, None, "no answer in time"),
        (Reply::Status(404, ""), Some(404), "status 404"),
    ];
    let replies: Vec<_> = troubles.iter().map(|(reply, ..)| reply.clone()).collect();
    let (site, receiver) = (Site::new(), Receiver::new(&replies).await);
    let secret = site.secret(site.endpoint(&receiver.url()).await.id).await;
    let event = site.happen(1).await;
    for (_, status, problem) in troubles {
        assert_eq!(site.round().await, 1);
        let delivery = site.delivery().await;
        assert_eq!((delivery.last_status, delivery.last_problem.as_str()), (status, problem));
        assert_eq!(site.round().await, 0, "it is not due yet");
        site.wait_until_due().await;
    }
    assert_eq!(site.round().await, 1);
    let delivery = site.delivery().await;
    assert_eq!((delivery.state, delivery.attempts), (DeliveryState::Delivered, 5));
    assert_eq!(delivery.last_problem, "");
    let seen = receiver.seen();
    assert_eq!(seen.len(), 5);
    assert!(seen.iter().all(|one| one.id() == format!("evt_{}", event.id) && one.body == event.body));
    assert!(seen.is_sorted_by(|one, next| one.at_s() < next.at_s()), "each try has its own time");
    verify(&secret, &seen[0]).unwrap();
    let resigned = Webhook::new(&secret).unwrap();
    for one in &seen {
        let expected = resigned.sign(one.id(), one.at_s(), one.body.as_bytes()).unwrap();
        assert_eq!(one.header("webhook-signature"), expected);
    }
}

#[tokio::test]
async fn nobody_listening_is_a_failure_like_any_other() {
    let (site, receiver) = (Site::new(), Receiver::new(&[]).await);
    // A port that was free a moment ago, and that this test's own socket does not listen on.
    let bound = tokio::net::TcpSocket::new_v4().unwrap();
    bound.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    site.endpoint(&format!("http://{}/", bound.local_addr().unwrap())).await;
    site.happen(1).await;
    assert_eq!(site.round().await, 1);
    let delivery = site.delivery().await;
    assert_eq!(
        (delivery.state, delivery.last_problem.as_str()),
        (DeliveryState::Waiting, "connection refused")
    );
    assert_eq!(receiver.connections(), 0);
}

#[tokio::test]
async fn an_endpoint_that_is_gone_is_left_alone() {
    let (site, receiver) = (Site::new(), Receiver::new(&[Reply::Status(410, "")]).await);
    let endpoint = site.endpoint(&receiver.url()).await;
    site.happen(1).await;
    site.happen(1).await;
    site.round().await;
    let gone = site.app.store.endpoint(site.scope(), endpoint.id).await.unwrap();
    assert_eq!(gone.disabled_at_ms, Some(site.clock.now_ms()));
    assert!(site.deliveries().await.iter().all(|delivery| delivery.state == DeliveryState::Exhausted));
    site.happen(1).await;
    site.clock.advance(86_400_000);
    assert_eq!(site.round().await, 0);
    assert_eq!(receiver.seen().len(), 1);
    let back = EndpointChange::Disabled(None);
    site.app.store.change_endpoint(site.scope(), endpoint.id, back).await.unwrap();
    let missed = Replay::Since(endpoint.id, 0);
    let replayed = site.app.store.replay_deliveries(site.scope(), missed, site.clock.now_ms()).await;
    assert_eq!(replayed, Ok(3), "what happened meanwhile is not lost");
    while site.round().await > 0 {}
    assert_eq!(receiver.seen().len(), 4);
}

#[tokio::test]
async fn a_busy_receiver_says_when_to_come_again() {
    let replies = [
        Reply::Status(429, "retry-after: 600\r\n"),
        Reply::Status(503, "retry-after: 99999999\r\n"),
        Reply::Status(500, "retry-after: 9999\r\n"),
    ];
    let (site, receiver) = (Site::new(), Receiver::new(&replies).await);
    site.endpoint(&receiver.url()).await;
    site.happen(1).await;
    site.round().await;
    assert_eq!(site.wait_until_due().await, 600_000);
    site.round().await;
    assert_eq!(site.wait_until_due().await, 86_400_000, "not for ever");
    site.round().await;
    assert!(site.wait_until_due().await < 40 * 60_000, "only who is busy may put it off");
    site.round().await;
    assert_eq!(site.delivery().await.state, DeliveryState::Delivered);
}

#[tokio::test]
async fn after_ten_tries_it_is_listed_as_exhausted_and_can_be_replayed() {
    let replies = vec![Reply::Status(500, ""); 10];
    let (site, receiver) = (Site::new(), Receiver::new(&replies).await);
    site.endpoint(&receiver.url()).await;
    site.happen(1).await;
    let begun_ms = site.clock.now_ms();
    for _ in 0..9 {
        assert_eq!(site.round().await, 1);
        site.wait_until_due().await;
    }
    assert_eq!(site.round().await, 1);
    let delivery = site.delivery().await;
    assert_eq!((delivery.state, delivery.attempts, delivery.due_at_ms), (DeliveryState::Exhausted, 10, None));
    let hours = (site.clock.now_ms() - begun_ms) as f64 / 3_600_000.0;
    assert!((64.0..87.0).contains(&hours), "{hours} hours");
    site.clock.advance(30 * 86_400_000);
    assert_eq!(site.round().await, 0);
    let replay = Replay::One(delivery.id);
    let replayed = site.app.store.replay_deliveries(site.scope(), replay, site.clock.now_ms()).await;
    assert_eq!(replayed, Ok(1));
    assert_eq!(site.round().await, 1);
    assert_eq!(site.delivery().await.state, DeliveryState::Delivered);
    assert_eq!(receiver.seen().len(), 11);
}

#[tokio::test]
async fn events_of_a_record_arrive_in_order() {
    let (site, receiver) = (Site::new(), Receiver::new(&[Reply::Status(500, "")]).await);
    site.endpoint(&receiver.url()).await;
    let mut expected = Vec::new();
    for _ in 0..3 {
        expected.push(format!("evt_{}", site.happen(1).await.id));
    }
    assert_eq!(site.round().await, 1, "the others wait for the first");
    site.clock.advance(6_000);
    while site.round().await > 0 {}
    let seen = receiver.seen();
    let ids: Vec<_> = seen.iter().map(Seen::id).collect();
    assert_eq!(ids, [&expected[0], &expected[0], &expected[1], &expected[2]]);
    let numbers: Vec<_> = seen.iter().map(|one| one.header("egusi-sequence")).collect();
    assert_eq!(numbers, ["1", "1", "2", "3"]);
}

#[tokio::test]
async fn a_restart_loses_nothing_that_was_taken() {
    let (site, receiver) = (Site::new(), Receiver::new(&[]).await);
    let endpoint = site.endpoint(&receiver.url()).await;
    site.happen(1).await;
    site.happen(2).await;
    let now_ms = site.clock.now_ms();
    // As if the process had been killed after taking one and before sending it.
    let taken = site.app.store.claim_deliveries(now_ms, now_ms + 60_000, 1).await.unwrap();
    assert_eq!(taken.len(), 1);
    let site = site.restarted();
    assert_eq!(site.round().await, 1);
    site.clock.advance(60_000);
    assert_eq!(site.round().await, 1);
    assert!(site.deliveries().await.iter().all(|delivery| delivery.state == DeliveryState::Delivered));
    let secret = site.secret(endpoint.id).await;
    assert_eq!(receiver.seen().len(), 2);
    verify(&secret, &receiver.seen()[0]).unwrap();
}

#[tokio::test]
async fn two_secrets_sign_for_a_day() {
    let (site, receiver) = (Site::new(), Receiver::new(&[]).await);
    let endpoint = site.endpoint(&receiver.url()).await.id;
    let before = site.secret(endpoint).await;
    let after = endpoints::rotate(&site.app, site.scope(), endpoint).await.unwrap();
    assert_eq!(site.secret(endpoint).await, after.expose());
    assert_ne!(before, after.expose());
    site.happen(1).await;
    site.round().await;
    let [seen] = &receiver.seen()[..] else { panic!("one request") };
    verify(&before, seen).unwrap();
    verify(after.expose(), seen).unwrap();
    site.clock.advance(endpoints::PREVIOUS_SIGNS_MS);
    site.happen(1).await;
    site.round().await;
    assert_eq!(receiver.seen()[1].header("webhook-signature").split(' ').count(), 1);
}

#[tokio::test]
async fn a_receiver_that_never_ends_its_answer_has_answered() {
    let (site, receiver) = (Site::new(), Receiver::new(&[Reply::Drip]).await);
    site.endpoint(&receiver.url()).await;
    site.happen(1).await;
    site.round().await;
    assert_eq!(site.delivery().await.state, DeliveryState::Delivered);
}

#[tokio::test]
async fn secrets_lie_sealed_and_no_secret_is_shared() {
    let (site, receiver) = (Site::new(), Receiver::new(&[]).await);
    let first = site.endpoint(&receiver.url()).await;
    let second = site.endpoint(&format!("{}&again=1", receiver.url())).await;
    let [one, two] = [site.secret(first.id).await, site.secret(second.id).await];
    assert_ne!(one, two);
    let Site { app, clock: _, data } = site;
    drop(app);
    let database = std::fs::read(data.path().join("egusi.db")).unwrap();
    for secret in [one, two] {
        let bare = secret.trim_start_matches("whsec_").as_bytes();
        assert!(!database.windows(bare.len()).any(|window| window == bare), "a secret is stored in clear");
    }
}
