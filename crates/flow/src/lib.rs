//! The connect flow: what the customer sees next, decided without a browser, a clock or a socket.
//!
//! Read [`Flow`] for the states, [`Event`] for what may happen, [`Effect`] for what may be asked of
//! the outside, then [`Flow::update`], where the three meet. [`Directory`] finds an institution,
//! [`Remedy`] names the ways out of a problem.
//!
//! Invariants:
//! - `update` is total and pure: a pair that makes no sense changes nothing and asks for nothing.
//! - Every answer carries the [`Ticket`] of its question; an answer to an older question is ignored.
//! - No secret is ever in a state. What was typed passes through one effect and is gone.
//! - The host hears exactly what `Effect::Tell` says, in that order.

mod answering;
mod catalogue;
mod clock;
mod directory;
mod effect;
mod event;
mod form;
mod network;
mod opening;
mod place;
mod problem;
mod screen;
mod search;
mod telling;
mod update;

pub use catalogue::Catalogue;
pub use clock::Clock;
pub use directory::Directory;
pub use effect::{Effect, HostEvent};
pub use event::{CallFailure, Event, Opened};
pub use form::{Entry, clean_answer};
pub use place::Place;
pub use problem::{Remedy, remedies, remedies_at_the_only_one};
pub use screen::{Flow, Next, Open, Opening, Screen, Window};
pub use search::Index;
pub use telling::Happening;
pub use update::Turn;

/// The number of a question, so that a late answer to an older one can be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(u32);

/// Hands out tickets; a flow owns one and never gives the same number twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tickets(u32);

impl Tickets {
    fn next(&mut self) -> Ticket {
        self.0 = self.0.wrapping_add(1);
        Ticket(self.0)
    }
}
