//! Credit lines, and what a payment may count on.

use crate::balance::{Balance, Pending, Reported};
use egusi_protocol::AvailableSource;

/// Whose money an account holds (§3.5 case 13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountKind {
    /// The holder's own.
    Depository,
    /// The institution's: the ledger balance is what is owed, and so negative.
    CreditCard,
}

/// What kind of credit line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitKind {
    /// The account may go below nothing.
    Overdraft,
    /// Credit agreed beside the account, or a card's.
    CreditLine,
}

/// A credit line, and which of the institution's figures contain it (§3.1, §3.2 rule 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The whole line, used or not, in minor units; never negative.
    pub amount_minor: i64,
    /// What kind it is.
    pub kind: LimitKind,
    /// Whether the available balance the institution reports contains the line.
    pub is_in_available: bool,
    /// Whether the ledger balance it reports contains the line.
    pub is_in_ledger: bool,
}

impl Limit {
    /// An overdraft that is in neither figure.
    pub const fn overdraft(amount_minor: i64) -> Self {
        Self { amount_minor, kind: LimitKind::Overdraft, is_in_available: false, is_in_ledger: false }
    }

    /// A credit line that is in neither figure.
    pub const fn credit_line(amount_minor: i64) -> Self {
        Self { kind: LimitKind::CreditLine, ..Self::overdraft(amount_minor) }
    }
}

/// Whether a payment may use the overdraft; both have to say so (§3.2 rule 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overdraft {
    /// The contract with the institution allows it.
    pub contract_allows: bool,
    /// The caller asks for it.
    pub caller_asks: bool,
}

impl Overdraft {
    /// The overdraft stays untouched.
    pub const NO: Self = Self { contract_allows: false, caller_asks: false };
}

impl Reported {
    /// What is left of the credit line (§3.5 case 12); `None` without a line or if it cannot be
    /// known. Of a card that is its available balance.
    pub fn limit_available(self) -> Option<i64> {
        let line = self.limit?.amount_minor;
        let available = self.settle().ok()?.available?;
        match self.kind {
            AccountKind::Depository => Some(line.saturating_add(available.min(0)).max(0)),
            AccountKind::CreditCard => Some(available),
        }
    }

    /// What a payment may count on (§3.2 rule 4); internal, never shown as available, never below
    /// nothing. `None` on a credit card and where nothing is certain.
    ///
    /// Money about to arrive is not counted until it is booked. Minimum and lien are taken off even
    /// if the institution may have done so already: too little is refused politely, too much bounces.
    /// Whoever charges asks the institution anew first if the figures are old (rule 6).
    ///
    /// `own_inflight_minor` is what we have sent and the institution does not show, see
    /// [`own_inflight`](crate::own_inflight).
    pub fn chargeable(self, own_inflight_minor: i64, overdraft: Overdraft) -> Option<i64> {
        let Balance { ledger: _, available, source } = self.settle().ok()?;
        if self.kind == AccountKind::CreditCard {
            return None;
        }
        let unbooked = match (source, self.pending) {
            (AvailableSource::Derived, Pending::Complete { outgoing: _, incoming }) => incoming,
            // The ledger counts pending transactions, and nobody says how many of them arrive.
            (AvailableSource::Derived, Pending::Unknown) if self.ledger_includes_pending => return None,
            _ => 0,
        };
        let line = match self.limit {
            Some(limit)
                if limit.kind == LimitKind::Overdraft
                    && overdraft.contract_allows
                    && overdraft.caller_asks =>
            {
                limit.amount_minor
            }
            _ => 0,
        };
        // Nothing that is meant to be taken off may add, whatever its sign.
        let kept = [self.minimum.unwrap_or(0), self.hold.unwrap_or(0), own_inflight_minor];
        let kept: i128 = kept.into_iter().map(|amount| i128::from(amount.max(0))).sum();
        let rest = i128::from(available?) - i128::from(unbooked) + i128::from(line) - kept;
        Some(i64::try_from(rest.max(0)).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_overdraft_is_used_only_if_contract_and_caller_say_so() {
        let reported = Reported { limit: Some(Limit::overdraft(500)), ..Reported::new(None, Some(-100)) };
        for (contract_allows, caller_asks, expected) in
            [(false, false, 0), (true, false, 0), (false, true, 0), (true, true, 400)]
        {
            let overdraft = Overdraft { contract_allows, caller_asks };
            assert_eq!(reported.chargeable(0, overdraft), Some(expected), "{overdraft:?}");
        }
        let line = Reported { limit: Some(Limit::credit_line(500)), ..reported };
        assert_eq!(line.chargeable(0, Overdraft { contract_allows: true, caller_asks: true }), Some(0));
    }

    #[test]
    fn a_memo_posting_ledger_without_a_list_lets_nothing_be_charged() {
        let ledger = Reported { ledger_includes_pending: true, ..Reported::new(Some(900), None) };
        assert_eq!(ledger.chargeable(0, Overdraft::NO), None);
        let listed = Reported { pending: Pending::Complete { outgoing: 40, incoming: 300 }, ..ledger };
        assert_eq!(listed.chargeable(0, Overdraft::NO), Some(600));
    }

    #[test]
    fn a_negative_deduction_adds_nothing() {
        let reported = Reported { minimum: Some(-5), hold: Some(-5), ..Reported::new(None, Some(100)) };
        assert_eq!(reported.chargeable(-5, Overdraft::NO), Some(100));
    }

    #[test]
    fn what_is_left_of_a_line_ends_at_nothing_and_at_the_line() {
        let with =
            |available| Reported { limit: Some(Limit::overdraft(500)), ..Reported::new(Some(0), available) };
        for (available, expected) in [(Some(700), Some(500)), (Some(-900), Some(0)), (None, None)] {
            assert_eq!(with(available).limit_available(), expected, "{available:?}");
        }
        assert_eq!(Reported::new(None, Some(1)).limit_available(), None);
    }
}
