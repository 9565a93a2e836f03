//! The Okra wire, frozen: the shapes that clients of the Okra API and of okra-js already read.
//!
//! The files are compared to the letter, because on this wire the order of keys and the digits of
//! a number matter: a PHP client cuts `message` out of the text, and an amount must never have
//! been a float. Where a change is meant, run with `EGUSI_UPDATE_GOLDEN=1` and read the difference.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

#[path = "golden/answers.rs"]
mod answers;
#[path = "golden/balances.rs"]
mod balances;
#[path = "golden/neighbours.rs"]
mod neighbours;
#[path = "golden/pretty.rs"]
mod pretty;
#[path = "golden/samples.rs"]
mod samples;
#[path = "golden/success.rs"]
mod success;
