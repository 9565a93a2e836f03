//! What an account may be said to hold: reported, else derived, else honestly unknown.

use egusi_protocol::AvailableSource;
use std::fmt;

/// What an institution told us about one account, in minor units, untouched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported {
    /// Booked money; positive if the holder has it.
    pub ledger: Option<i64>,
    /// What the institution itself calls available.
    pub available: Option<i64>,
    /// What is known of pending transactions.
    pub pending: Pending,
    /// Whether `ledger` already counts pending transactions (memo posting).
    pub ledger_includes_pending: bool,
}

/// Pending transactions, as sums of one complete and successful list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    /// There is no list, or only a part of it.
    Unknown,
    /// Sums of the whole list, both positive.
    Complete {
        /// Money about to leave.
        outgoing: i64,
        /// Money about to arrive.
        incoming: i64,
    },
}

/// A balance with its source named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Booked money.
    pub ledger: Option<i64>,
    /// Money the holder can use; `None` when it cannot be known.
    pub available: Option<i64>,
    /// Where `available` came from.
    pub source: AvailableSource,
}

/// The institution gave no figure from which a balance can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoBalance;

impl fmt::Display for NoBalance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the institution reported neither a ledger nor an available balance")
    }
}

impl std::error::Error for NoBalance {}

impl Reported {
    /// Makes a balance: a reported available balance is never adjusted, a missing one is derived
    /// only from a complete list, and otherwise it stays unknown.
    ///
    /// # Errors
    /// [`NoBalance`] if both figures are missing, or if the sums leave 64 bits.
    pub fn settle(self) -> Result<Balance, NoBalance> {
        if let Some(available) = self.available {
            return Ok(Balance {
                ledger: self.ledger,
                available: Some(available),
                source: AvailableSource::Reported,
            });
        }
        let ledger = self.ledger.ok_or(NoBalance)?;
        let derived = |available| Balance {
            ledger: Some(ledger),
            available: Some(available),
            source: AvailableSource::Derived,
        };
        if self.ledger_includes_pending {
            return Ok(derived(ledger));
        }
        match self.pending {
            Pending::Complete { outgoing, incoming } => ledger
                .checked_sub(outgoing)
                .and_then(|rest| rest.checked_add(incoming))
                .map(derived)
                .ok_or(NoBalance),
            Pending::Unknown => {
                Ok(Balance { ledger: Some(ledger), available: None, source: AvailableSource::LedgerOnly })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LEDGER: Reported = Reported {
        ledger: Some(25_000_000),
        available: None,
        pending: Pending::Unknown,
        ledger_includes_pending: false,
    };

    fn complete(outgoing: i64, incoming: i64) -> Pending {
        Pending::Complete { outgoing, incoming }
    }

    #[test]
    fn case_1_a_reported_available_balance_is_untouched_by_pending_transactions() {
        let balance = Reported { available: Some(100), pending: complete(40, 0), ..LEDGER }.settle().unwrap();
        assert_eq!((balance.available, balance.source), (Some(100), AvailableSource::Reported));
    }

    #[test]
    fn case_2_a_ledger_balance_alone_leaves_available_unknown() {
        let balance = LEDGER.settle().unwrap();
        assert_eq!((balance.available, balance.source), (None, AvailableSource::LedgerOnly));
    }

    #[test]
    fn case_3_no_figure_at_all_is_refused() {
        assert_eq!(Reported { ledger: None, pending: complete(1, 1), ..LEDGER }.settle(), Err(NoBalance));
    }

    #[test]
    fn case_4_pending_debits_may_exceed_the_ledger() {
        let balance = Reported { ledger: Some(10), pending: complete(40, 0), ..LEDGER }.settle().unwrap();
        assert_eq!((balance.available, balance.source), (Some(-30), AvailableSource::Derived));
    }

    #[test]
    fn the_sandbox_account_without_available_balance_adds_up() {
        let balance = Reported { pending: complete(4_000_050, 1_000_000), ..LEDGER }.settle().unwrap();
        assert_eq!(balance.available, Some(21_999_950));
    }

    #[test]
    fn a_ledger_that_counts_pending_transactions_is_the_available_balance() {
        let balance =
            Reported { ledger_includes_pending: true, pending: complete(40, 0), ..LEDGER }.settle().unwrap();
        assert_eq!((balance.available, balance.source), (Some(25_000_000), AvailableSource::Derived));
    }

    proptest! {
        #[test]
        fn one_more_pending_debit_lowers_available_by_exactly_that(
            ledger in -1_000_000_000i64..1_000_000_000, out in 0i64..1_000_000, more in 0i64..1_000_000,
        ) {
            let with = |outgoing| {
                Reported { ledger: Some(ledger), pending: complete(outgoing, 7), ..LEDGER }.settle().unwrap().available.unwrap()
            };
            prop_assert_eq!(with(out) - with(out + more), more);
        }
    }
}
