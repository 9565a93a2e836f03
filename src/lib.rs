//! Egusi's widget: a modal in which a person connects a bank account to a web page.
//!
//! Read [`options`] for what a page may ask, [`embed`] for how it is opened and what is heard back,
//! [`app`] for the one component with a state, [`views`] for the screens, [`api`] for the only place
//! that fetches, [`json`] and [`list`] for how answers are read, [`text`] for the sentences, `speech` for
//! where they come from, [`money`] for figures and times, and [`window`] for a bank's own page. What the customer sees next is not
//! decided here but in the crate `egusi_flow`.
//!
//! Invariants: views never fetch; `api` never sees the flow; text from outside becomes text nodes,
//! never markup; nothing here touches the browser's storage.

pub mod api;
pub mod app;
pub mod embed;
pub mod focus;
pub mod json;
pub mod list;
pub mod money;
mod mount;
mod network;
pub mod options;
mod speech;
pub mod text;
pub mod views;
pub mod window;
