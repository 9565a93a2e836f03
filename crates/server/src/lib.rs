//! The server: sessions, the talk with institutions, records and balances, and the doors to them.
//!
//! Read [`http`] first: it lists every door. Behind the widget's doors stands [`sessions`], behind
//! Okra's [`okra`]. [`state`] is what a request may reach, [`auth`] who may call, [`error`] what
//! goes wrong. [`readings`] asks institutions again, [`webhooks`] tells companies what happened.
//! [`seal`], [`keys`] and [`clock`] keep secrets, make keys and tell the time;
//! [`housekeeping`] is what happens without anybody asking.

pub mod auth;
pub mod clock;
pub mod config;
pub mod error;
pub mod housekeeping;
pub mod http;
pub mod keys;
pub mod okra;
pub mod readings;
pub mod seal;
pub mod sessions;
pub mod state;
pub mod webhooks;
