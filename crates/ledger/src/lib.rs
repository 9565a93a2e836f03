//! Money and balances: arithmetic on whole minor units, no clock, no I/O.
//!
//! [`amount`] reads decimal text exactly and [`normal`] gives it our sign, [`balance`] decides what
//! may be called available, [`reading`] which of two readings is the current one, [`watch`] when
//! funds are low, [`statistics`] what the average was.

pub mod amount;
pub mod balance;
pub mod normal;
pub mod reading;
pub mod statistics;
pub mod watch;

pub use amount::{AmountError, minor_from_text};
pub use balance::{Balance, NoBalance, Pending, Reported};
pub use normal::{Indicator, Side, flipped, minor_from_marked, minor_from_minor_text, of_side};
pub use reading::{SharedKey, refuse_shared_keys, supersedes};
pub use statistics::{Figures, Point};
pub use watch::{Crossing, Watch};
