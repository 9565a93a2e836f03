//! Money and balances: arithmetic on whole minor units, no clock, no I/O.
//!
//! [`amount`] reads decimal text exactly, [`balance`] decides what may be called available.

pub mod amount;
pub mod balance;

pub use amount::{AmountError, minor_from_text};
pub use balance::{Balance, NoBalance, Pending, Reported};
