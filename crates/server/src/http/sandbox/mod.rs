//! The doors of the sandbox, most of which change what it holds.
//!
//! [`bank`] is the own page of its institutions. [`accounts`] and [`persons`] speak as the rest of our
//! own API does; [`customers`] speaks as
//! Okra's sandbox did.

pub mod accounts;
pub mod bank;
pub mod customers;
pub mod persons;
