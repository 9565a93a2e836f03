//! What accounts hold, read again after the customer has gone, and what can be said of it over time.
//!
//! [`look`] asks an institution and writes what it answered; [`tasks`] does so without anybody
//! waiting; [`statistics`] tells averages and extremes.

pub mod look;
pub mod statistics;
pub mod tasks;
