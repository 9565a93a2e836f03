//! What an account may be said to hold: reported, else derived, else honestly unknown.
//!
//! The rules are those of Egusi's money semantics: a reported available balance is final, a missing
//! one is derived only from a complete list of pending transactions, a credit line is never shown as
//! the holder's own money.

use crate::credit::{AccountKind, Limit};
use egusi_protocol::AvailableSource;
use std::fmt;

/// What an institution told us about one account, in minor units, untouched (§3.1).
///
/// Write `Reported { ledger, pending, ..Reported::NOTHING }` for what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported {
    /// Booked money; positive if the holder has it, negative if it is owed.
    pub ledger: Option<i64>,
    /// What the institution itself calls available.
    pub available: Option<i64>,
    /// What is known of pending transactions.
    pub pending: Pending,
    /// Whether `ledger` already counts pending transactions (memo posting; §3.2 rule 2).
    pub ledger_includes_pending: bool,
    /// Whether the connector declares that, without a list of pending transactions, the ledger
    /// balance is what the holder can use (§3.5 case 2). A complete list outdoes the declaration.
    pub ledger_equals_available: bool,
    /// Whether the holder's own money lies here or borrowed money is drawn from it (case 13).
    pub kind: AccountKind,
    /// The overdraft or credit line, and which figures contain it (rule 3).
    pub limit: Option<Limit>,
    /// What must stay on the account; it counts in [`Reported::chargeable`] alone (case 19).
    pub minimum: Option<i64>,
    /// What a lien keeps from being used; it counts in [`Reported::chargeable`] alone (case 19).
    pub hold: Option<i64>,
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
    /// Where `available` came from; `LedgerOnly` exactly if there is none.
    pub source: AvailableSource,
}

/// The institution gave no figures from which a balance can be made (§3.5 case 3). What was known
/// before stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoBalance;

impl fmt::Display for NoBalance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the institution reported neither a ledger nor an available balance")
    }
}

impl std::error::Error for NoBalance {}

impl Reported {
    /// An institution that said nothing, of an account of the holder's own money.
    pub const NOTHING: Self = Self {
        ledger: None,
        available: None,
        pending: Pending::Unknown,
        ledger_includes_pending: false,
        ledger_equals_available: false,
        kind: AccountKind::Depository,
        limit: None,
        minimum: None,
        hold: None,
    };

    /// The two figures alone.
    pub const fn new(ledger: Option<i64>, available: Option<i64>) -> Self {
        Self { ledger, available, ..Self::NOTHING }
    }

    /// Makes a balance (§3.2 rules 1 to 3): of a reported available balance nothing is ever taken
    /// but a credit line it contains, a missing one is derived only from a complete list, and
    /// otherwise it stays unknown.
    ///
    /// # Errors
    /// [`NoBalance`] if both figures are missing, if a sum of pending transactions or a limit is
    /// negative, or if the result leaves 64 bits.
    pub fn settle(self) -> Result<Balance, NoBalance> {
        if !self.is_sound() {
            return Err(NoBalance);
        }
        let ledger = self.own_ledger()?;
        let balance = |available, source| Balance { ledger, available, source };
        if let Some(available) = self.own_available()? {
            return Ok(balance(Some(available), AvailableSource::Reported));
        }
        match self.derived(ledger.ok_or(NoBalance)?) {
            Some(derived) => {
                let available = i64::try_from(derived).map_err(|_| NoBalance)?;
                Ok(balance(Some(available), AvailableSource::Derived))
            }
            None => Ok(balance(None, AvailableSource::LedgerOnly)),
        }
    }

    /// Sums and limits are sizes; one below nothing was misread, and its sign is not guessed.
    fn is_sound(&self) -> bool {
        let has_sound_sums = match self.pending {
            Pending::Unknown => true,
            Pending::Complete { outgoing, incoming } => outgoing >= 0 && incoming >= 0,
        };
        has_sound_sums && self.limit.is_none_or(|limit| limit.amount_minor >= 0)
    }

    fn own_ledger(&self) -> Result<Option<i64>, NoBalance> {
        let line = self.limit.filter(|limit| limit.is_in_ledger);
        less(self.ledger, line)
    }

    /// On a credit card the line is what there is to use, so nothing is taken off.
    fn own_available(&self) -> Result<Option<i64>, NoBalance> {
        let line = self.limit.filter(|limit| limit.is_in_available && self.kind == AccountKind::Depository);
        less(self.available, line)
    }

    /// Rule 2 and, for a card, case 13: the limit less what is owed and pending.
    fn derived(&self, ledger: i64) -> Option<i128> {
        let line = match self.kind {
            AccountKind::Depository => 0,
            AccountKind::CreditCard => i128::from(self.limit?.amount_minor),
        };
        let booked = i128::from(ledger) + line;
        match self.pending {
            _ if self.ledger_includes_pending => Some(booked),
            Pending::Complete { outgoing, incoming } => {
                Some(booked - i128::from(outgoing) + i128::from(incoming))
            }
            Pending::Unknown => self.ledger_equals_available.then_some(booked),
        }
    }
}

fn less(figure: Option<i64>, line: Option<Limit>) -> Result<Option<i64>, NoBalance> {
    let taken = line.map_or(0, |limit| limit.amount_minor);
    figure.map(|figure| figure.checked_sub(taken).ok_or(NoBalance)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEDGER: Reported = Reported::new(Some(25_000_000), None);

    fn complete(outgoing: i64, incoming: i64) -> Pending {
        Pending::Complete { outgoing, incoming }
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

    #[test]
    fn a_credit_line_in_the_ledger_is_taken_out_before_anything_is_derived() {
        let limit = Limit { is_in_ledger: true, ..Limit::overdraft(500) };
        let reported = Reported { limit: Some(limit), pending: complete(40, 0), ..Reported::NOTHING };
        let balance = Reported { ledger: Some(800), ..reported }.settle().unwrap();
        assert_eq!((balance.ledger, balance.available), (Some(300), Some(260)));
    }

    #[test]
    fn sums_and_limits_below_nothing_are_refused() {
        let limit = Some(Limit::overdraft(-1));
        for misread in [
            Reported { pending: complete(-1, 0), ..LEDGER },
            Reported { pending: complete(0, -1), ..LEDGER },
            Reported { limit, ..LEDGER },
        ] {
            assert_eq!(misread.settle(), Err(NoBalance));
        }
    }

    #[test]
    fn results_beyond_64_bits_are_refused_not_wrapped() {
        let line = Limit { is_in_available: true, ..Limit::overdraft(1) };
        for beyond in [
            Reported { ledger: Some(i64::MIN), pending: complete(1, 0), ..LEDGER },
            Reported { ledger: Some(i64::MAX), pending: complete(0, 1), ..LEDGER },
            Reported { available: Some(i64::MIN), limit: Some(line), ..LEDGER },
        ] {
            assert_eq!(beyond.settle(), Err(NoBalance));
            assert_eq!(beyond.chargeable(0, crate::Overdraft::NO), None);
        }
    }
}
