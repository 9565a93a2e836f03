//! The house rules, kept by a machine. One test for each rule; a failure names the file, the line,
//! the rule and what to do.
//!
//! [`tree`] reads the files and states offences, [`rust`] tells code from comments and strings; the
//! rules stand in [`borders`], [`events`], [`shape`], [`types`], [`words`], [`sentences`],
//! [`languages`] and [`routes`].

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

mod borders;
mod events;
mod languages;
mod routes;
mod rust;
mod sentences;
mod shape;
mod tree;
mod types;
mod words;
