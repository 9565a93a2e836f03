//! What accounts hold, read again after the customer has gone, and what can be said of it over time.
//!
//! [`look`] asks an institution and writes what it answered: [`ask`] is the talk, [`draft`] what is
//! written, [`reading`] one account of it, [`crossing`] low funds and [`telling`] who hears of it; [`queue`]
//! lets those who ask at once share a look.
//! [`tasks`] looks without anybody waiting; [`statistics`] tells averages and extremes.

pub mod ask;
pub mod crossing;
pub mod draft;
pub mod look;
pub mod queue;
pub mod reading;
pub mod statistics;
pub mod tasks;
pub mod telling;
