//! What a company's server finds under `/v3`, told in stories against the whole server.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

#[path = "../support/mod.rs"]
mod support;

mod calls;
mod connection;
mod description;
mod gate;
mod looks;
mod money;
mod names;
mod webhooks;
