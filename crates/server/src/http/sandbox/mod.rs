//! The doors through which tests change what the sandbox holds.
//!
//! [`accounts`] and [`persons`] speak as the rest of our own API does; [`customers`] speaks as
//! Okra's sandbox did.

pub mod accounts;
pub mod customers;
pub mod persons;
