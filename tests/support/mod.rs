//! A whole server in this process: the real router over a real SQLite file.

#![allow(dead_code)] // Each test binary uses its own part of it.

pub mod caller;
pub mod site;
pub mod traveller;

pub use site::{Answer, Site};

use std::future::poll_fn;
use std::task::Poll;

/// Awaits all of them together, each going on whenever it can.
pub async fn together<T>(all: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<_> = all.map(|one| (Box::pin(one), None)).collect();
    poll_fn(|context| {
        for (one, outcome) in waiting.iter_mut().filter(|(_, outcome)| outcome.is_none()) {
            if let Poll::Ready(value) = one.as_mut().poll(context) {
                *outcome = Some(value);
            }
        }
        if waiting.iter().all(|(_, outcome)| outcome.is_some()) {
            return Poll::Ready(());
        }
        Poll::Pending
    })
    .await;
    waiting.into_iter().map(|(_, outcome)| outcome.unwrap()).collect()
}
