//! The shapes of the Okra wire, with its odd names; nothing outside this module and
//! [`crate::http::okra`] knows them.
//!
//! Known quirks, kept on purpose: an id stands twice (`_id` and `id`), a bank is an institution and
//! an owner is a company, `record` and `owner` are arrays of one, the reference of a domiciliary
//! account is spelt `domicialiary-account`, balances are in major units as JSON numbers.

pub mod account;
pub mod auth;
pub mod balance;
pub mod bank;
pub mod customer;
pub mod list;
pub mod major;
pub mod page;
pub mod parts;
pub mod periodic;
pub mod person;
pub mod record;
pub mod shape;
pub mod success;
pub mod transaction;
pub mod webhook;
