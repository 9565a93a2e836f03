//! Low funds: which thresholds a new balance fell below, and where each watch stands after it.

use super::telling::event_id;
use egusi_ledger::watch;
use egusi_protocol::{AccountId, Currency, EventId};
use egusi_store::{Rule, Watch, WatchChange};

/// A threshold that an available balance fell below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// Which account.
    pub account: AccountId,
    /// Whose threshold.
    pub cause: Cause,
    /// What the amounts are in.
    pub currency: Currency,
    /// The threshold, in minor units.
    pub threshold_minor: i64,
    /// What is available, in minor units.
    pub available_minor: i64,
    /// How many times it fell below this threshold, this time included.
    pub number: i64,
}

/// Whose threshold it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The account's own.
    Account,
    /// The App's.
    App,
    /// The amount that the host means to collect, at a connection.
    Charge,
}

impl Crossing {
    /// The name of its event, made of what it is: told twice, it is still one event. The occasion
    /// tells charges of the same amount apart.
    pub fn event_id(&self, occasion: &[u8]) -> EventId {
        let cause = match self.cause {
            Cause::Account => b'a',
            Cause::App => b'p',
            Cause::Charge => b'c',
        };
        event_id(&[
            b"low funds",
            self.account.bytes(),
            &[cause],
            &self.threshold_minor.to_be_bytes(),
            &self.number.to_be_bytes(),
            occasion,
        ])
    }
}

/// What a new available balance does to the watches of an account. Unknown, it does nothing.
pub fn cross(
    account: AccountId,
    currency: Currency,
    watches: &[Watch],
    available_minor: Option<i64>,
) -> (Vec<WatchChange>, Vec<Crossing>) {
    let (mut changes, mut crossings) = (Vec::new(), Vec::new());
    for Watch { rule, threshold_minor, is_low, crossings: count } in watches.iter().copied() {
        let before = watch::Watch { is_low, crossings: count };
        let (after, crossed) = watch::step(before, threshold_minor, available_minor);
        if after != before {
            let watch::Watch { is_low, crossings } = after;
            changes.push(WatchChange { account, rule, is_low, crossings });
        }
        if let (Some(crossed), Some(available_minor)) = (crossed, available_minor) {
            let cause = match rule {
                Rule::Account => Cause::Account,
                Rule::App => Cause::App,
            };
            let number = crossed.number;
            crossings.push(Crossing { account, cause, currency, threshold_minor, available_minor, number });
        }
    }
    (changes, crossings)
}
