//! The server: sessions, the talk with institutions, records and balances, and the doors to them.
//!
//! Read [`http`] first: it lists every door. Behind the widget's doors stands [`sessions`], behind
//! Okra's [`okra`], behind the pages of forms [`plain`]; [`v3`] holds the shapes of our own API. [`state`] is
//! what a request may reach, [`auth`] who may call, [`error`] what goes wrong. [`apps`] are saved
//! configurations, [`hosts`] the pages that may show the window. [`readings`] asks institutions again,
//! [`webhooks`] tells companies what happened; [`sandbox`] is what tests change of its banks.
//! [`bells`] wake whoever waits. [`seal`], [`keys`] and [`clock`] keep secrets, make keys and tell the time, [`times`] reads and writes times,
//! [`words`] says what customers read in their language; [`housekeeping`] is
//! what happens without anybody asking, [`commands`] what an operator asks for.

pub mod apps;
pub mod auth;
pub mod bells;
pub mod clock;
pub mod commands;
pub mod config;
pub mod consents;
pub mod error;
pub mod hosts;
pub mod housekeeping;
pub mod http;
pub mod keys;
pub mod okra;
pub mod plain;
pub mod readings;
pub mod sandbox;
pub mod seal;
pub mod sessions;
pub mod state;
pub mod times;
pub mod v3;
pub mod webhooks;
pub mod words;
