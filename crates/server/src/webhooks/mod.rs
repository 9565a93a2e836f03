//! Webhooks: what companies are told without asking.
//!
//! [`events`] writes what is told, in the transaction of the change it tells; from there on
//! [`deliver`] carries it. [`send`] makes one try: [`target`] says where one may go, [`guard`] sees
//! to it that a name leads nowhere else, [`sign`] signs. [`schedule`] says when the next try is.
//! [`endpoints`] makes addresses and their secrets.
//!
//! Invariants: no body goes to an address that was not vetted, and no reply is kept; an event
//! arrives at least once or is listed as exhausted; the same event has the same `webhook-id` on
//! every try.

pub mod deliver;
pub mod endpoints;
pub mod events;
pub mod guard;
pub mod schedule;
pub mod send;
pub mod sign;
pub mod target;
