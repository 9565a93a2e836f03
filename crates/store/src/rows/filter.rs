//! How lists are asked for: which rows, and which page of them.

use egusi_protocol::{AccountId, CustomerId, InstitutionId, RecordId};

/// Which rows of a list are wanted; every condition that is given must hold.
///
/// Every list knows all of them but the amount. The time is that at which the row was made; for
/// transactions, that at which the money moved; for series, that of the readings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Of this record.
    pub record: Option<RecordId>,
    /// At this institution.
    pub institution: Option<InstitutionId>,
    /// Of this account, or having it.
    pub account: Option<AccountId>,
    /// Of the accounts of exactly this number, or having one.
    pub account_number: Option<String>,
    /// Of the accounts of exactly this name, or having one.
    pub account_name: Option<String>,
    /// The host's `options` at the opening had all of these: name and value as compact JSON.
    pub options: Vec<(String, String)>,
    /// Balances that say just this now, or transactions of just this amount. A list that has no such
    /// amount has no row that matches.
    pub amount: Option<AmountIs>,
    /// Transactions that are not booked yet, or those that are; of anything else there is neither.
    pub is_pending: Option<bool>,
    /// At this time or later.
    pub from_ms: i64,
    /// Before this time.
    pub before_ms: i64,
    /// Behind this row of the list, for whoever goes on where a page ended.
    pub after: Option<Cursor>,
}

impl Filter {
    /// Everything.
    pub const ALL: Self = Self {
        customer: None,
        record: None,
        institution: None,
        account: None,
        account_number: None,
        account_name: None,
        options: Vec::new(),
        amount: None,
        is_pending: None,
        from_ms: i64::MIN,
        before_ms: i64::MAX,
        after: None,
    };

    /// What is one customer's.
    pub fn of_customer(customer: CustomerId) -> Self {
        Self { customer: Some(customer), ..Self::ALL }
    }

    /// What is one account's.
    pub fn of_account(account: AccountId) -> Self {
        Self { account: Some(account), ..Self::ALL }
    }

    /// What came of one sign-in.
    pub fn of_record(record: RecordId) -> Self {
        Self { record: Some(record), ..Self::ALL }
    }
}

/// An amount that is looked for. What was written in major units is another number of minor units
/// in each currency, so there is one for each number of decimals; `None` where it cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountIs {
    /// Which amount.
    pub which: Which,
    /// In minor units, for currencies of 0, 1, 2 and 3 decimals.
    pub minor_by_decimals: [Option<i64>; 4],
}

/// Which amount of a row is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// A balance's booked money.
    Ledger,
    /// A balance's usable money.
    Available,
    /// What a transaction took away, as a positive number.
    Debit,
    /// What a transaction brought.
    Credit,
}

/// A place in a list that is ordered by time and id, the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The time of the last row seen.
    pub at_ms: i64,
    /// Its id.
    pub id: [u8; 12],
}

/// A page of a list, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Which, from 1.
    pub number: u32,
    /// How many rows it has at most.
    pub size: u32,
    /// Whether all rows are to be counted, which costs a walk through them.
    pub counted: bool,
}

impl Page {
    /// A page by its number, with the count of all rows.
    pub const fn numbered(number: u32, size: u32) -> Self {
        Self { number, size, counted: true }
    }

    /// The first rows of a list, uncounted; what comes next is asked for by [`Filter::after`].
    pub const fn first(size: u32) -> Self {
        Self { number: 1, size, counted: false }
    }
}

/// Rows of one page and how many there are on all pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paged<T> {
    /// This page's.
    pub rows: Vec<T>,
    /// On all pages; 0 if they were not to be counted.
    pub total: u64,
}
