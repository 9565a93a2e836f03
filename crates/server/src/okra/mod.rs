//! The shapes of the Okra wire, with its odd names; nothing outside this module and
//! [`crate::http::okra`] knows them.
//!
//! Known quirks, kept on purpose: an id stands twice (`_id` and `id`), a bank is an institution and
//! an owner is a company, `record` and `owner` are arrays of one, the reference of a domiciliary
//! account is spelt `domicialiary-account`, balances are in major units as JSON numbers.

pub mod balance;
pub mod bank;
pub mod dates;
pub mod major;
pub mod page;
pub mod success;
pub mod time;
pub mod webhook;
