//! The past of an account: for 24 months, movements that always come out the same, and what the
//! books said at the end of each month, reckoned back from what they say now.
//!
//! A month's movements belong to the account's number and the month alone, so they keep their ids
//! and amounts however often and whenever they are asked for. Since the sandbox has no clock, the
//! books say the same every day unless somebody changes them; the past is told to fit the day on
//! which it is asked for.

use super::calendar::{
    DAY_MS, HOUR_MS, MINUTE_MS, month_of, month_start_ms, within_calendar, year_and_month,
};
use super::seed::Seed;
use crate::{Closing, History, ReportedAccount, ReportedTransaction};
use serde::{Deserialize, Serialize};

/// So many whole months lie before the present one.
const MONTHS: i64 = 24;
/// The same in days, as little as 24 months can be.
pub(super) const DAYS: u16 = 730;

const SPENDING: [&str; 8] = [
    "Card payment, Market Road Stores",
    "Airtime",
    "Electricity tokens",
    "Transfer to rent account",
    "Ride across town",
    "Card payment, Harbour Pharmacy",
    "Cash withdrawal",
    "Data bundle",
];
const MOVING: [&str; 3] = ["Transfer to current account", "Standing order out", "Account charges"];

/// How much happens on an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Volume {
    /// Six to eight debits a month.
    Low,
    /// Ten to fourteen.
    #[default]
    Medium,
    /// Sixteen to twenty.
    High,
}

impl Volume {
    fn debits(self) -> (i64, i64) {
        match self {
            Self::Low => (6, 8),
            Self::Medium => (10, 14),
            Self::High => (16, 20),
        }
    }
}

/// What happened from the one time to the other, both included.
///
/// `base` is the account as it was before anybody changed it, `posted` what was added by hand, and
/// `ledger_now` what the books say at `until_ms`, if they say anything.
pub(super) fn told(
    base: &ReportedAccount,
    volume: Volume,
    posted: Vec<ReportedTransaction>,
    ledger_now: Option<i64>,
    from_ms: i64,
    until_ms: i64,
) -> History {
    let until_ms = within_calendar(until_ms);
    let this_month = month_of(until_ms);
    let first_month = (this_month - MONTHS).max(0);
    let mut all = posted;
    for month in first_month..=this_month {
        all.extend(movements(base, volume, month));
    }
    all.retain(|one| one.at_ms.is_some_and(|at_ms| at_ms <= until_ms));
    all.sort_by(|one, other| (one.at_ms, &one.id).cmp(&(other.at_ms, &other.id)));
    let closings = ledger_now.map(|ledger| closings(&all, ledger, first_month, this_month));
    let from_ms = from_ms.max(month_start_ms(first_month));
    all.retain(|one| one.at_ms.is_some_and(|at_ms| at_ms >= from_ms));
    let mut closings = closings.unwrap_or_default();
    closings.retain(|one| one.at_ms >= from_ms);
    History { transactions: all, closings }
}

/// The ends of the months before the present one: what the books say now, less all that came after.
fn closings(all: &[ReportedTransaction], ledger_now: i64, first_month: i64, this_month: i64) -> Vec<Closing> {
    let mut later = all.iter().rev().peekable();
    let mut ledger = i128::from(ledger_now);
    let mut closings = Vec::new();
    for month in (first_month..this_month).rev() {
        let at_ms = month_start_ms(month + 1) - 1;
        while let Some(one) = later.next_if(|one| one.at_ms.is_some_and(|moved_ms| moved_ms > at_ms)) {
            ledger -= i128::from(one.amount_minor);
        }
        // What leaves 64 bits is nothing that any books could say.
        closings.extend(i64::try_from(ledger).map(|ledger_minor| Closing { at_ms, ledger_minor }));
    }
    closings.reverse();
    closings
}

/// What happens on an account in a month: money comes on the 25th, and leaves in small parts.
fn movements(base: &ReportedAccount, volume: Volume, month: i64) -> Vec<ReportedTransaction> {
    let (year, month_of_year) = year_and_month(month);
    let name = format!("{year:04}{month_of_year:02}");
    let mut seed = Seed::of(&[&base.number, &name]);
    let is_current = base.kind.eq_ignore_ascii_case("current");
    let (comes, leaves): (_, &[&str]) =
        if is_current { ("Salary", &SPENDING) } else { ("Standing order in", &MOVING) };
    let income = percent(scale(base), seed.between(20, 30));
    let (least, most) = volume.debits();
    let debits = seed.between(least, most);
    let start_ms = month_start_ms(month);
    let movement = |at: i64, amount_minor: i64, description: &str, at_ms: i64| ReportedTransaction {
        id: format!("{}-{name}-{at:02}", base.number),
        amount_minor,
        description: description.to_owned(),
        at_ms: Some(at_ms),
    };
    let mut all = Vec::new();
    let paid_ms = start_ms + 24 * DAY_MS + 7 * HOUR_MS + seed.between(0, 59) * MINUTE_MS;
    all.push(movement(0, income, comes, paid_ms));
    for at in 1..=debits {
        // On the average all of the income is spent, so that the books neither fill nor empty.
        let amount = percent(income / debits, seed.between(40, 160)).max(1);
        let day_ms = start_ms + seed.between(0, 27) * DAY_MS;
        let at_ms = day_ms + seed.between(8, 20) * HOUR_MS + seed.between(0, 59) * MINUTE_MS;
        all.push(movement(at, -amount, seed.one_of(leaves), at_ms));
    }
    all
}

/// The size of the amounts on an account: what it holds, but not next to nothing.
fn scale(base: &ReportedAccount) -> i64 {
    let held = base.reported.ledger.or(base.reported.available).unwrap_or_default();
    let little = 100 * 10i64.pow(u32::from(base.currency.decimals()));
    held.saturating_abs().max(little)
}

fn percent(amount: i64, percent: i64) -> i64 {
    i64::try_from(i128::from(amount) * i128::from(percent) / 100).unwrap_or(amount)
}
