//! The shapes of v3: what companies' servers read and send, each defined once and described by the
//! OpenAPI file through its own type.
//!
//! [`scalars`] holds amounts, times and the pattern of ids; [`list`] pages; the rest is a file for
//! each subject. A row of the store becomes a shape by `From`, destructured whole, so that a new
//! column is noticed here.

pub mod account;
pub mod app;
pub mod balance;
pub mod customer;
pub mod institution;
pub mod list;
pub mod record;
pub mod scalars;
pub mod statistics;
pub mod transaction;
pub mod webhook;
