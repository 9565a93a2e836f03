//! The window without WebAssembly, told in stories against the real router, as a browser without
//! script goes through it: by what its pages offer and by nothing else.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

#[path = "../support/site.rs"]
mod site;

mod browser;
mod hosts;
mod interruptions;
mod languages;
mod own_page;
mod remedies;
mod scenarios;
mod secrets;
