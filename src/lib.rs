//! Egusi's widget: a modal in which a person connects a bank account to a web page.
//!
//! Read [`options`] for what a page may ask, [`embed`] for how it is opened and what is heard back,
//! [`app`] for the one component with a state, [`views`] for the screens, [`api`] for the only place
//! that fetches, [`json`] for how answers are read, [`text`] for the sentences and [`money`] for
//! figures. What the customer sees next is not decided here but in the crate `egusi_flow`.
//!
//! Invariants: views never fetch; `api` never sees the flow; text from outside becomes text nodes,
//! never markup; nothing is kept in the browser's storage.

pub mod api;
pub mod app;
pub mod embed;
pub mod focus;
pub mod json;
pub mod money;
mod mount;
pub mod options;
pub mod text;
pub mod views;
