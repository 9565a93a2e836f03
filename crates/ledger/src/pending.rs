//! What is not booked yet: the sums of one complete list of pending transactions (§3.2 rule 5).
//!
//! Sums come from the latest complete list and are never added up over several, so a hold that is
//! gone is simply not counted any more. How each row counts is decided in `rows`.

mod rows;

use crate::balance::Pending;
use egusi_protocol::Currency;
use std::collections::BTreeMap;
use std::fmt;

/// A pending transaction as an institution lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingItem {
    /// The institution's own id, never empty; the connector makes one where there is none.
    pub id: String,
    /// Minor units of `currency`; what leaves is negative.
    pub amount_minor: i64,
    /// What the amount is in; not always the account's currency (§3.5 case 15).
    pub currency: Currency,
    /// The amount in the account's currency where the institution gives it, with the same sign.
    pub booked_minor: Option<i64>,
    /// Our own reference, if the row carries one (case 18).
    pub reference: Option<String>,
    /// The id of the booked transaction it became, where the institution says so (§3.4).
    pub posted_as: Option<String>,
    /// The id of the pending transaction it takes back, where the institution says so (case 10).
    pub reverses: Option<String>,
    /// Whether it changes what is available.
    pub affects: Affects,
}

/// Which figure a pending transaction changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Affects {
    /// The available balance and not the ledger balance, as pending transactions do.
    Available,
    /// No figure; it is listed for information.
    Nothing,
}

/// A booked transaction, as far as it tells which pending one it ends (§3.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostedItem {
    /// The institution's own id.
    pub id: String,
    /// The id of the pending transaction it replaces, where the institution says so.
    pub replaces: Option<String>,
    /// Minor units of the account's currency; what left is negative.
    pub amount_minor: i64,
    /// When it was booked, in unix milliseconds.
    pub at_ms: i64,
}

/// One page of an institution's answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Pending transactions.
    pub pending: Vec<PendingItem>,
    /// Booked ones that came with them.
    pub posted: Vec<PostedItem>,
}

/// A page that did not come, or of which there were more than are fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageFailed;

/// What is known about the lists of one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feed {
    /// The account's currency.
    pub currency: Currency,
    /// Whether a transaction may be in both lists without a link between the rows (case 9). Then
    /// every row without a match counts on the safe side: what leaves counts, what arrives does not.
    pub lists_overlap: bool,
}

/// The sums of one complete list, kept until the next complete one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    sums: Pending,
    is_stale: bool,
    foreign_count: usize,
    shown: BTreeMap<String, i64>,
}

/// Why pages make no snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapshotFlaw {
    /// Not one page came.
    NoPage,
    /// A row has an empty id, so it cannot be told from others.
    EmptyId,
    /// An amount leaves in one currency and arrives in the other.
    SignsDiffer,
    /// A sum leaves 64 bits of minor units.
    TooLarge,
}

impl fmt::Display for SnapshotFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoPage => "pages: expected one at least, got none",
            Self::EmptyId => "id: expected the institution's own, got nothing",
            Self::SignsDiffer => "booked_minor: expected the sign of amount_minor, got the other one",
            Self::TooLarge => "the sums of pending transactions do not fit 64 bits of minor units",
        })
    }
}

impl std::error::Error for SnapshotFlaw {}

impl Snapshot {
    /// There was never a complete list.
    pub const NONE: Self =
        Self { sums: Pending::Unknown, is_stale: false, foreign_count: 0, shown: BTreeMap::new() };

    /// The snapshot a balance was stored with. Its own references are forgotten, so none of our
    /// debits counts as shown by it.
    pub fn remembered(sums: Pending) -> Self {
        Self { sums, ..Self::NONE }
    }

    /// Sums all pages of one answer, in whatever order they and their rows came.
    ///
    /// A row that came twice counts once; a row whose booked transaction is in the same answer
    /// (same id, or a link from either side) does not count; a reversal is netted against what it
    /// takes back; a row in another currency counts only by its booked amount.
    ///
    /// # Errors
    /// [`SnapshotFlaw`]; what was known before stays, see [`Snapshot::after`].
    pub fn of(pages: &[Page], feed: Feed) -> Result<Self, SnapshotFlaw> {
        if pages.is_empty() {
            return Err(SnapshotFlaw::NoPage);
        }
        let rows::Sums { outgoing, incoming, foreign_count, shown } = rows::sums(pages, feed)?;
        let whole = |sum: i128| i64::try_from(sum).map_err(|_| SnapshotFlaw::TooLarge);
        let sums = Pending::Complete { outgoing: whole(outgoing)?, incoming: whole(incoming)? };
        Ok(Self { sums, is_stale: false, foreign_count, shown })
    }

    /// The snapshot after another answer: the new one if every page came and made sense, otherwise
    /// this one, marked stale (§3.5 case 8).
    pub fn after(&self, pages: &[Result<Page, PageFailed>], feed: Feed) -> Self {
        let pages: Result<Vec<Page>, PageFailed> = pages.iter().cloned().collect();
        let next = pages.ok().and_then(|pages| Self::of(&pages, feed).ok());
        next.unwrap_or_else(|| Self { is_stale: true, ..self.clone() })
    }

    /// The sums, for [`Reported`](crate::Reported).
    pub fn sums(&self) -> Pending {
        self.sums
    }

    /// Whether there ever was a complete list.
    pub fn is_complete(&self) -> bool {
        self.sums != Pending::Unknown
    }

    /// Whether a later look failed, so that the sums are those of an earlier one.
    pub fn is_stale(&self) -> bool {
        self.is_stale
    }

    /// How many rows in another currency were left out (§3.5 case 15).
    pub fn foreign_count(&self) -> usize {
        self.foreign_count
    }

    /// How much of our own debit of this reference the institution shows, positive, in minor units.
    pub fn shown_minor(&self, reference: &str) -> i64 {
        self.shown.get(reference).copied().unwrap_or(0)
    }
}
