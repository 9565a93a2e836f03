//! A session: one permitted opening of the widget, from the host's options to a finished record.
//!
//! Read [`state`] for what a session may be in the middle of, [`opening`] for how it begins,
//! [`extras`] for what the host passes along,
//! [`turns`] for the talk with the institution, [`sharing`] for how it ends and [`rows`] for what it
//! leaves. [`claim`] is how a
//! call takes a session and puts it back.

pub mod claim;
pub mod extras;
pub mod opening;
pub mod rows;
pub mod sharing;
pub mod state;
pub mod turns;
