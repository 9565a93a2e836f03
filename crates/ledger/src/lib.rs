//! Money and balances: arithmetic on whole minor units, no clock, no I/O.
//!
//! In the order money takes: [`amount`] reads decimal text exactly and [`normal`] gives it our sign,
//! [`pending`] sums one complete list of what is not booked yet, [`inflight`] takes from our own
//! debits what the institution shows already, [`balance`] decides what may be called available and
//! [`credit`] what may be charged, [`reading`] which of two readings is the current one, [`watch`]
//! when funds are low, [`statistics`] what the average was.
//!
//! Numbers such as §3.2 and "case 9" are those of Egusi's money semantics, whose cases are the tests
//! in `tests/cases`.

pub mod amount;
pub mod balance;
pub mod credit;
pub mod inflight;
pub mod normal;
pub mod pending;
pub mod reading;
pub mod statistics;
pub mod watch;

pub use amount::{AmountError, minor_from_text};
pub use balance::{Balance, NoBalance, Pending, Reported};
pub use credit::{AccountKind, Limit, LimitKind, Overdraft};
pub use inflight::{OwnDebit, own_inflight};
pub use normal::{Indicator, Side, flipped, minor_from_marked, minor_from_minor_text, of_side};
pub use pending::{Affects, Feed, Page, PageFailed, PendingItem, PostedItem, Snapshot, SnapshotFlaw};
pub use reading::{SharedKey, refuse_shared_keys, supersedes};
pub use statistics::{Figures, Point};
pub use watch::{Crossing, Watch};
