//! The history of a balance: every reading, and what it came to over a time.
//!
//! Okra declared two lists and never filled them. Here each element is an amount in major units with
//! its time, and `summary` tells the average, the least and the most of the time asked for.

use crate::okra::major::MajorOnWire;
use crate::readings::statistics::{Figures, of_readings};
use crate::times::wire_time;
use egusi_protocol::Currency;
use egusi_store::Reading;
use serde::Serialize;

/// The history of one balance.
#[derive(Debug, Serialize)]
pub struct Periodic {
    available_balance: Vec<Point>,
    ledger_balance: Vec<Point>,
    summary: Summary,
}

/// One reading of one figure.
#[derive(Debug, Serialize)]
struct Point {
    amount: MajorOnWire,
    date: String,
}

/// Both figures over a time; null where nothing was known in it.
#[derive(Debug, Serialize)]
struct Summary {
    available_balance: Option<OverTime>,
    ledger_balance: Option<OverTime>,
}

/// One figure over a time.
#[derive(Debug, Serialize)]
struct OverTime {
    average: MajorOnWire,
    minimum: MajorOnWire,
    maximum: MajorOnWire,
    readings: usize,
    from: String,
    to: String,
}

/// What a summary rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum History {
    /// The readings that are shown, over a time.
    Shown(Period),
    /// More readings than are shown, counted already.
    Counted {
        /// Booked money.
        ledger: Option<Figures>,
        /// Usable money.
        available: Option<Figures>,
    },
}

/// The time a summary is asked for, in unix milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its beginning; what was known before counts from here on.
    pub from_ms: i64,
    /// Its end, not later than now.
    pub until_ms: i64,
}

impl Periodic {
    /// From the readings of a balance, oldest first.
    pub(super) fn new(readings: &[Reading], currency: Currency, history: History) -> Self {
        let of_available = |reading: &Reading| reading.available_minor;
        let of_ledger = |reading: &Reading| reading.ledger_minor;
        let (ledger, available) = match history {
            History::Shown(Period { from_ms, until_ms }) => of_readings(readings, from_ms, until_ms),
            History::Counted { ledger, available } => (ledger, available),
        };
        Self {
            available_balance: points(readings, currency, of_available),
            ledger_balance: points(readings, currency, of_ledger),
            summary: Summary {
                available_balance: available.map(|figures| over_time(figures, currency)),
                ledger_balance: ledger.map(|figures| over_time(figures, currency)),
            },
        }
    }
}

fn points(readings: &[Reading], currency: Currency, pick: fn(&Reading) -> Option<i64>) -> Vec<Point> {
    let known = readings.iter().filter(|reading| pick(reading).is_some());
    let point =
        |reading| Point { amount: MajorOnWire::new(pick(reading), currency), date: wire_time(reading.at_ms) };
    known.map(point).collect()
}

fn over_time(figures: Figures, currency: Currency) -> OverTime {
    let Figures { average_minor, minimum_minor, maximum_minor, from_ms, until_ms, readings } = figures;
    let major = |minor| MajorOnWire::new(Some(minor), currency);
    OverTime {
        average: major(average_minor),
        minimum: major(minimum_minor),
        maximum: major(maximum_minor),
        readings,
        from: wire_time(from_ms),
        to: wire_time(until_ms),
    }
}
