//! What was changed about an account: it lies over what the account was made with, so that what the
//! books say is always the beginning and all that was posted since.
//!
//! Everything here is pure; `desk` reads and writes the books around it.

use super::books::BooksError;
use crate::{PendingList, ReportedAccount, ReportedTransaction};
use serde::{Deserialize, Serialize};
use std::fmt;

const POSTED_MAX: usize = 1000;
const PENDING_MAX: usize = 200;
const DESCRIPTION_CHARS_MAX: usize = 200;

/// Why the sandbox was not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// There is no such account or person.
    NotFound,
    /// The text says `<field>: expected X, got Y`.
    Refused(String),
    /// Others changed the same thing again and again; trying once more may help.
    Busy,
    /// The books cannot be read or written now.
    Books(BooksError),
}

impl EditError {
    pub(super) fn refused(field: &str, expected: &str, got: impl fmt::Display) -> Self {
        Self::Refused(format!("{field}: expected {expected}, got {got}"))
    }
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("the sandbox has nothing by that name"),
            Self::Refused(text) => f.write_str(text),
            Self::Busy => f.write_str("somebody else is changing the same thing"),
            Self::Books(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for EditError {}

impl From<BooksError> for EditError {
    fn from(error: BooksError) -> Self {
        Self::Books(error)
    }
}

/// What an account is to hold, in minor units; what is not given stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NewFigures {
    /// Booked money.
    pub ledger: Option<i64>,
    /// What the institution calls available, or that it says nothing about it any more.
    pub available: Option<NewAvailable>,
}

/// What the institution is to say of available money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewAvailable {
    /// This, in minor units.
    Is(i64),
    /// Nothing.
    NotReported,
}

/// A movement of money to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMovement {
    /// Whether it is not booked yet.
    pub is_pending: bool,
    /// Minor units, not 0; negative if money leaves.
    pub amount_minor: i64,
    /// What the institution says it is, 1 to 200 characters.
    pub description: String,
    /// When, not after now; without it a posted one happens now, and a pending one does not say.
    pub at_ms: Option<i64>,
}

/// All that was changed about one account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct AccountBook {
    /// The username of the person it was made for; none for a scenario's.
    owner: Option<String>,
    /// Added to what the books said in the beginning.
    posted: Vec<Entry>,
    /// In place of the pending transactions of the beginning.
    pending: Option<Vec<Entry>>,
    available: Available,
    pending_is_broken: bool,
    /// How many movements were ever added; their ids count on.
    added: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Available {
    /// As in the beginning, moved by what was posted since.
    #[default]
    AsBefore,
    /// So much, had nothing been posted: what is posted later moves it too.
    Is(i64),
    NotReported,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    id: String,
    amount_minor: i64,
    description: String,
    at_ms: Option<i64>,
}

impl AccountBook {
    /// An account of a person, as yet unchanged.
    pub(super) fn of(username: &str) -> Self {
        Self { owner: Some(username.to_owned()), ..Self::default() }
    }

    /// The username of the person it was made for.
    pub(super) fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
    }

    /// What was posted by hand.
    pub(super) fn posted(&self) -> Vec<ReportedTransaction> {
        self.posted.iter().cloned().map(Entry::reported).collect()
    }

    /// The account as it is now.
    pub(super) fn over(&self, base: &ReportedAccount) -> Result<ReportedAccount, EditError> {
        let too_large = || EditError::refused("amount", "figures that fit 64 bits of minor units", "more");
        let moved = self.moved().ok_or_else(too_large)?;
        let mut account = base.clone();
        account.reported.ledger = match base.reported.ledger {
            Some(ledger) => Some(ledger.checked_add(moved).ok_or_else(too_large)?),
            None => (!self.posted.is_empty()).then_some(moved),
        };
        let available = match self.available {
            Available::AsBefore => base.reported.available,
            Available::Is(available) => Some(available),
            Available::NotReported => None,
        };
        account.reported.available = match available {
            Some(available) => Some(available.checked_add(moved).ok_or_else(too_large)?),
            None => None,
        };
        if let Some(pending) = &self.pending {
            account.pending = PendingList::Complete(pending.iter().cloned().map(Entry::reported).collect());
        }
        if self.pending_is_broken {
            account.pending = PendingList::Incomplete;
        }
        account.reported.pending = account.pending.sums(account.currency).ok_or_else(too_large)?;
        account.reported.settle().map_err(|_| {
            EditError::refused("available", "an amount while no ledger balance is reported", "nothing")
        })?;
        Ok(account)
    }

    /// The sum of what was posted.
    fn moved(&self) -> Option<i64> {
        self.posted.iter().try_fold(0i64, |sum, entry| sum.checked_add(entry.amount_minor))
    }

    /// Sets what the account holds. What the books say changes by a posted transaction, so that the
    /// past still adds up; that moves a reported available balance too, unless it is given as well.
    pub(super) fn set_figures(
        mut self,
        base: &ReportedAccount,
        figures: NewFigures,
        now_ms: i64,
    ) -> Result<Self, EditError> {
        let NewFigures { ledger, available } = figures;
        if ledger.is_none() && available.is_none() {
            return Err(EditError::refused("ledger", "an amount here or in available", "neither"));
        }
        if let Some(wanted) = ledger {
            let before = self.over(base)?.reported.ledger;
            let too_large = || EditError::refused("ledger", "an amount whose change fits 64 bits", wanted);
            let change = wanted.checked_sub(before.unwrap_or_default()).ok_or_else(too_large)?;
            if change != 0 || before.is_none() {
                let entry = self.entry(base, change, "Balance set by hand".to_owned(), Some(now_ms));
                self.post(entry)?;
            }
        }
        match available {
            None => {}
            Some(NewAvailable::NotReported) => self.available = Available::NotReported,
            Some(NewAvailable::Is(wanted)) => {
                let without = self.moved().and_then(|moved| wanted.checked_sub(moved));
                self.available = Available::Is(without.ok_or_else(|| {
                    EditError::refused("available", "an amount that fits 64 bits of minor units", wanted)
                })?);
            }
        }
        self.over(base)?;
        Ok(self)
    }

    /// Adds a movement, and says which.
    pub(super) fn add(
        mut self,
        base: &ReportedAccount,
        movement: NewMovement,
        now_ms: i64,
    ) -> Result<(Self, ReportedTransaction), EditError> {
        let NewMovement { is_pending, amount_minor, description, at_ms } = movement;
        if amount_minor == 0 {
            return Err(EditError::refused("amount", "an amount that moves money", "0"));
        }
        let description = description.trim().to_owned();
        let chars = description.chars().count();
        if !(1..=DESCRIPTION_CHARS_MAX).contains(&chars) {
            return Err(EditError::refused("description", "1 to 200 characters", chars));
        }
        if at_ms.is_some_and(|at_ms| !(0..=now_ms).contains(&at_ms)) {
            return Err(EditError::refused("at", "a time from 1970 until now", "another"));
        }
        let at_ms = if is_pending { at_ms } else { at_ms.or(Some(now_ms)) };
        let entry = self.entry(base, amount_minor, description, at_ms);
        let added = entry.clone().reported();
        if is_pending {
            self.await_entry(base, entry)?;
        } else {
            self.post(entry)?;
        }
        self.over(base)?;
        Ok((self, added))
    }

    /// Takes all pending transactions away. The list is complete and empty then, even where there
    /// was none before.
    pub(super) fn clear_pending(mut self, base: &ReportedAccount) -> Result<Self, EditError> {
        self.pending = Some(Vec::new());
        self.over(base)?;
        Ok(self)
    }

    /// Lets the list of pending transactions fail half-way from now on, or work again.
    pub(super) fn break_pending(mut self, is_broken: bool) -> Self {
        self.pending_is_broken = is_broken;
        self
    }

    fn entry(
        &mut self,
        base: &ReportedAccount,
        amount_minor: i64,
        description: String,
        at_ms: Option<i64>,
    ) -> Entry {
        self.added = self.added.saturating_add(1);
        Entry { id: format!("{}-H{}", base.number, self.added), amount_minor, description, at_ms }
    }

    fn post(&mut self, entry: Entry) -> Result<(), EditError> {
        if self.posted.len() >= POSTED_MAX {
            return Err(EditError::refused("transactions", "at most 1000 posted by hand", "one more"));
        }
        self.posted.push(entry);
        Ok(())
    }

    fn await_entry(&mut self, base: &ReportedAccount, entry: Entry) -> Result<(), EditError> {
        let list = self.pending.get_or_insert_with(|| match &base.pending {
            PendingList::Complete(list) => list.iter().cloned().map(Entry::of).collect(),
            PendingList::NoFeed | PendingList::Incomplete => Vec::new(),
        });
        if list.len() >= PENDING_MAX {
            return Err(EditError::refused("transactions", "at most 200 pending", "one more"));
        }
        list.push(entry);
        Ok(())
    }
}

impl Entry {
    fn of(transaction: ReportedTransaction) -> Self {
        let ReportedTransaction { id, amount_minor, description, at_ms } = transaction;
        Self { id, amount_minor, description, at_ms }
    }

    fn reported(self) -> ReportedTransaction {
        let Self { id, amount_minor, description, at_ms } = self;
        ReportedTransaction { id, amount_minor, description, at_ms }
    }
}
