//! The talk between a widget and the server, told in stories against the real router, in the JSON
//! that goes over the wire.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

#[path = "../support/site.rs"]
mod site;

mod accounts;
mod challenges;
mod customer;
mod own_page;
mod rules;
mod scenarios;
mod turns;
