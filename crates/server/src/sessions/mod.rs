//! A session: one permitted opening of the widget, from the host's options to a finished record.
//!
//! Read [`state`] for what a session may be in the middle of, [`opening`] for how it begins,
//! [`asking`] for who asks and whether their page may,
//! [`extras`] for what the host passes along, [`wanted`] for what it wants of institutions,
//! [`returning`] for who was here before, [`turns`] for the talk with the institution, [`heard`] for what its answers lead to, [`redirect`]
//! for the way to its own page and back, [`sharing`] for how it ends and [`rows`] for what it
//! leaves. [`claim`] is how a call takes a session and puts it back, [`waiting`] how one is looked at.

pub mod asking;
pub mod claim;
pub mod extras;
pub mod heard;
pub mod loose;
pub mod naming;
pub mod opening;
pub mod redirect;
pub mod returning;
pub mod rows;
pub mod sharing;
pub mod state;
pub mod turns;
pub mod waiting;
pub mod wanted;
