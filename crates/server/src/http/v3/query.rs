//! Queries of v3: each address says which parameters it knows; any other is refused by its name.

use super::invalid;
use crate::error::ApiError;
use crate::sessions::opening::quoted;
use crate::times::{STRICT_EXPECTED, strict};
use crate::v3::list::{CURSOR_PATTERN, LIMIT_DEFAULT, LIMIT_MAX, Place};
use crate::v3::webhook::{STATES, state_of};
use egusi_protocol::EndpointId;
use egusi_store::{DeliveryFilter, Filter, Page};
use std::collections::HashMap;
use std::str::FromStr;

/// One parameter of a query.
pub struct Param {
    /// What it is called.
    pub name: &'static str,
    /// What may stand there.
    pub kind: Kind,
    /// What it does, for the description.
    pub about: &'static str,
}

/// What may stand in a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An id.
    Id,
    /// How many rows.
    Limit,
    /// A place in a list.
    Cursor,
    /// A day or a time.
    Time,
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
}

#[allow(non_upper_case_globals)] // Each is named as on the wire, which says its name only once.
mod known {
    use super::{Kind, Param, STATES};
    macro_rules! known {
        ($($name:ident: $kind:expr, $about:literal;)+) => {$(
            pub const $name: Param = Param { name: stringify!($name), kind: $kind, about: $about };
        )+};
    }
    known! {
        account: Kind::Id, "Only of this account.";
        customer: Kind::Id, "Only of this customer.";
        record: Kind::Id, "Only of this record.";
        institution: Kind::Id, "Only at this institution.";
        endpoint: Kind::Id, "Only to this endpoint.";
        from: Kind::Time, "Only at this day or time or later; a day begins in UTC.";
        to: Kind::Time, "Only until this day or time; a day counts to its end.";
        pending: Kind::Flag, "Only those that are not booked yet, or only those that are.";
        readings: Kind::Flag, "Whether every reading is told, at most the newest 366.";
        state: Kind::Word(STATES), "Only those that stand so.";
        limit: Kind::Limit, "How many rows at most.";
        cursor: Kind::Cursor, "The `next` of the page before.";
    }
}

/// What an address reads from its query.
pub trait Query: Sized + Send {
    /// Every parameter it knows.
    const PARAMS: &'static [Param];

    /// Reads those that are there.
    fn read(given: &Given) -> Result<Self, ApiError>;
}

impl Query for () {
    const PARAMS: &'static [Param] = &[];

    fn read(_: &Given) -> Result<Self, ApiError> {
        Ok(())
    }
}

/// Which rows of a list, and how many.
#[derive(Debug)]
pub struct Listing {
    /// Which.
    pub filter: Filter,
    /// How many at most.
    pub limit: u32,
}

impl Listing {
    fn read(given: &Given) -> Result<Self, ApiError> {
        let (from_ms, before_ms) = given.period()?;
        let filter = Filter {
            customer: given.id("customer")?,
            record: given.id("record")?,
            institution: given.id("institution")?,
            account: given.id("account")?,
            is_pending: given.flag("pending")?,
            from_ms: from_ms.unwrap_or(i64::MIN),
            before_ms: before_ms.unwrap_or(i64::MAX),
            after: given.cursor()?.map(|Place(cursor)| cursor),
            ..Filter::ALL
        };
        Ok(Self { filter, limit: given.limit()? })
    }

    /// The page to ask the store for: one row more than is shown tells whether there is another.
    pub const fn page(&self) -> Page {
        Page::first(self.limit + 1)
    }
}

macro_rules! listings {
    ($($(#[$meta:meta])* $query:ident: $($param:ident)+;)+) => {$(
        $(#[$meta])*
        pub struct $query(pub Listing);

        impl Query for $query {
            const PARAMS: &'static [Param] = &[$(known::$param,)+ known::limit, known::cursor];

            fn read(given: &Given) -> Result<Self, ApiError> {
                Listing::read(given).map(Self)
            }
        }
    )+};
}

listings! {
    /// Of `GET /v3/balances`.
    OfBalances: customer record account institution from to;
    /// Of `GET /v3/customers`.
    OfCustomers: institution from to;
    /// Of `GET /v3/records`.
    OfRecords: customer institution from to;
    /// Of `GET /v3/accounts`.
    OfAccounts: customer record institution from to;
    /// Of `GET /v3/transactions`.
    OfTransactions: account customer record institution pending from to;
}

/// Of `GET /v3/webhooks/deliveries`.
pub struct OfDeliveries {
    /// Which.
    pub filter: DeliveryFilter,
    /// How many at most.
    pub limit: u32,
}

impl Query for OfDeliveries {
    const PARAMS: &'static [Param] = &[known::endpoint, known::state, known::limit, known::cursor];

    fn read(given: &Given) -> Result<Self, ApiError> {
        let state = given.one_of("state", STATES)?;
        let filter = DeliveryFilter {
            endpoint: given.id::<EndpointId>("endpoint")?,
            state: state.and_then(state_of),
            after: given.cursor()?.map(|Place(cursor)| cursor),
        };
        Ok(Self { filter, limit: given.limit()? })
    }
}

/// Of `GET /v3/balances/{id}`: whether every reading is told.
pub struct WithReadings(pub bool);

impl Query for WithReadings {
    const PARAMS: &'static [Param] = &[known::readings];

    fn read(given: &Given) -> Result<Self, ApiError> {
        Ok(Self(given.flag("readings")?.unwrap_or(false)))
    }
}

/// A time with its end left out; what is not given is not there.
pub struct Period {
    /// The first moment.
    pub from_ms: Option<i64>,
    /// The first moment after it.
    pub before_ms: Option<i64>,
}

impl Query for Period {
    const PARAMS: &'static [Param] = &[known::from, known::to];

    fn read(given: &Given) -> Result<Self, ApiError> {
        let (from_ms, before_ms) = given.period()?;
        Ok(Self { from_ms, before_ms })
    }
}

/// The parameters that are there, all of them known to the address.
#[derive(Debug)]
pub struct Given(HashMap<String, String>);

impl Given {
    /// Reads a query.
    ///
    /// # Errors
    /// A parameter the address does not know, or one that stands there twice.
    pub fn read(query: &str, known: &[Param]) -> Result<Self, ApiError> {
        let mut given = HashMap::new();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()).into_owned() {
            if !known.iter().any(|param| param.name == name) {
                return Err(invalid(unknown(&name, known)));
            }
            if given.contains_key(&name) {
                return Err(invalid(format!("{name}: expected once, got twice")));
            }
            given.insert(name, value);
        }
        Ok(Self(given))
    }

    fn parsed<T>(
        &self,
        name: &str,
        expected: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, ApiError> {
        let Some(text) = self.0.get(name) else { return Ok(None) };
        let wrong = || invalid(format!("{name}: expected {expected}, got {}", quoted(text)));
        read(text).map(Some).ok_or_else(wrong)
    }

    fn id<Id: FromStr>(&self, name: &str) -> Result<Option<Id>, ApiError> {
        self.parsed(name, "an id of 24 hex digits", |text| text.parse().ok())
    }

    fn flag(&self, name: &str) -> Result<Option<bool>, ApiError> {
        self.parsed(name, "true or false", |text| text.parse().ok())
    }

    fn one_of(&self, name: &str, words: &[&'static str]) -> Result<Option<&'static str>, ApiError> {
        self.parsed(name, &words.join(", "), |text| words.iter().find(|word| **word == text).copied())
    }

    fn limit(&self) -> Result<u32, ApiError> {
        let expected = format!("a number from 1 to {LIMIT_MAX}");
        let in_range = |text: &str| text.parse().ok().filter(|limit| (1..=LIMIT_MAX).contains(limit));
        Ok(self.parsed("limit", &expected, in_range)?.unwrap_or(LIMIT_DEFAULT))
    }

    fn cursor(&self) -> Result<Option<Place>, ApiError> {
        self.parsed("cursor", "the next of the page before", Place::read)
    }

    fn period(&self) -> Result<(Option<i64>, Option<i64>), ApiError> {
        let from_ms =
            self.parsed("from", STRICT_EXPECTED, |text| strict(text).map(|named| named.first_ms))?;
        let before_ms =
            self.parsed("to", STRICT_EXPECTED, |text| strict(text).map(|named| named.after_ms))?;
        Ok((from_ms, before_ms))
    }
}

fn unknown(name: &str, known: &[Param]) -> String {
    let names: Vec<_> = known.iter().map(|param| param.name).collect();
    match names.is_empty() {
        true => format!("query: expected none, got {}", quoted(name)),
        false => format!("query: expected {}, got {}", names.join(", "), quoted(name)),
    }
}

impl Kind {
    /// The JSON schema of what may stand there.
    pub fn schema(self) -> serde_json::Value {
        use serde_json::json;
        match self {
            Self::Id => json!({ "$ref": "#/components/schemas/Id" }),
            Self::Limit => {
                json!({ "type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": LIMIT_DEFAULT })
            }
            Self::Cursor => json!({ "type": "string", "pattern": CURSOR_PATTERN }),
            Self::Time => json!({ "$ref": "#/components/schemas/DayOrTime" }),
            Self::Flag => json!({ "type": "boolean" }),
            Self::Word(words) => json!({ "type": "string", "enum": words }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal<Q: Query>(query: &str) -> String {
        match Given::read(query, Q::PARAMS).and_then(|given| Q::read(&given)) {
            Ok(_) => panic!("{query} was read"),
            Err(error) => error.message().to_owned(),
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (query, message) in [
            ("limit=0", "limit: expected a number from 1 to 100, got \"0\""),
            ("limit=101", "limit: expected a number from 1 to 100, got \"101\""),
            ("limit=5&limit=6", "limit: expected once, got twice"),
            ("customer=", "customer: expected an id of 24 hex digits, got \"\""),
            ("customer=%ff", "customer: expected an id of 24 hex digits, got \"\u{fffd}\""),
            ("cursor=2", "cursor: expected the next of the page before, got \"2\""),
            (
                "from=soon",
                "from: expected a day such as 2026-11-20 or a time such as 2026-11-20T20:45:00Z, got \"soon\"",
            ),
            ("page=2", "query: expected institution, from, to, limit, cursor, got \"page\""),
        ] {
            let got = match query {
                "page=2" => refusal::<OfCustomers>(query),
                _ => refusal::<OfBalances>(query),
            };
            assert_eq!(got, message);
        }
        assert_eq!(refusal::<()>("a=1"), "query: expected none, got \"a\"");
        assert_eq!(refusal::<WithReadings>("readings=yes"), "readings: expected true or false, got \"yes\"");
        assert_eq!(
            refusal::<OfDeliveries>("state=lost"),
            "state: expected waiting, delivered, exhausted, got \"lost\""
        );
    }
}
