//! The names by which a customer may be called: how a host writes them, how they are compared and
//! kept, and how often they may be used.
//!
//! Invariant: what names a customer is kept only as a keyed hash.

use crate::sessions::loose;
use crate::state::AppState;
use egusi_connectors::{Identifier, IdentifierKind as TheirKind};
use egusi_protocol::{CustomerId, Secret};
use egusi_store::{BlindKey, IdentifierKind, NewIdentifier, Scope};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// JSON text of `customer` may be so long.
const CUSTOMER_BYTES_MAX: usize = 4096;
/// A customer is known by name so often in [`NAMING_MS`]; Okra opened its widget as often.
const NAMINGS_MAX: usize = 5;
const NAMING_MS: i64 = 3_600_000;

/// By what else the holder of accounts will be known, as a session keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptIdentifier {
    /// The word of its kind.
    kind: String,
    key: BlindKey,
}

impl KeptIdentifier {
    /// What an institution says of a holder; from here on it is only hashes.
    pub fn all(app: &AppState, scope: Scope, theirs: &[Identifier]) -> Vec<Self> {
        let kept = |Identifier { kind, value }: &Identifier| {
            let kind = ours(*kind);
            let key = key(app, scope, kind, &normal(kind, value)?);
            Some(Self { kind: word(kind).to_owned(), key })
        };
        theirs.iter().filter_map(kept).collect()
    }

    /// As the store takes it.
    pub fn row(&self) -> Option<NewIdentifier> {
        let kind = KINDS.into_iter().find(|kind| word(*kind) == self.kind)?;
        Some(NewIdentifier { kind, key: self.key })
    }
}

const KINDS: [IdentifierKind; 4] =
    [IdentifierKind::Bvn, IdentifierKind::Nin, IdentifierKind::Phone, IdentifierKind::Email];

fn ours(theirs: TheirKind) -> IdentifierKind {
    match theirs {
        TheirKind::Bvn => IdentifierKind::Bvn,
        TheirKind::Nin => IdentifierKind::Nin,
        TheirKind::Phone => IdentifierKind::Phone,
        TheirKind::Email => IdentifierKind::Email,
    }
}

/// What a host calls it.
fn word(kind: IdentifierKind) -> &'static str {
    match kind {
        IdentifierKind::Bvn => "bvn",
        IdentifierKind::Nin => "nin",
        IdentifierKind::Phone => "phone",
        IdentifierKind::Email => "email",
    }
}

/// Blind key of an identifier in its one spelling.
pub fn key(app: &AppState, scope: Scope, kind: IdentifierKind, value: &str) -> BlindKey {
    app.sealer.blind(scope, "identifier", &format!("{} {value}", word(kind)))
}

/// A customer as the host names them. It has no `Debug`: nothing of it is to be printed.
pub struct Named {
    /// As this server calls them.
    pub id: Option<CustomerId>,
    /// As others do, each in its one spelling.
    pub identifiers: Vec<(IdentifierKind, String)>,
}

impl Named {
    /// Nothing, where nothing that is read could name anybody.
    pub fn read(text: &Secret) -> Option<Self> {
        if text.expose().len() > CUSTOMER_BYTES_MAX {
            return None;
        }
        let Value::Object(customer) = loose::read(text.expose()) else { return None };
        let said = |name: &str| customer.get(name).and_then(loose::word);
        let identifiers =
            KINDS.into_iter().filter_map(|kind| Some((kind, normal(kind, &said(word(kind))?)?)));
        let named =
            Self { id: said("id").and_then(|id| id.parse().ok()), identifiers: identifiers.collect() };
        (named.id.is_some() || !named.identifiers.is_empty()).then_some(named)
    }
}

/// The customer whom a host names within its `options`, as Okra allowed it too. It is taken out of
/// them: the options are kept and handed on in clear, and what names a customer is not.
pub fn taken_out(options: &mut Option<String>) -> Option<Secret> {
    let Value::Object(mut given) = serde_json::from_str(options.as_deref()?).ok()? else { return None };
    let customer = Secret::new(given.get("customer")?.to_string());
    Named::read(&customer)?;
    given.remove("customer");
    *options = Some(Value::Object(given).to_string());
    Some(customer)
}

/// The one spelling by which an identifier is compared; nothing, if it can be none.
fn normal(kind: IdentifierKind, text: &str) -> Option<String> {
    if kind == IdentifierKind::Email {
        let address = text.trim().to_lowercase();
        return address
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
            .then_some(address);
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match kind {
        IdentifierKind::Phone => phone(&digits),
        _ => (digits.len() == 11).then_some(digits),
    }
}

/// With the country's code and nothing before it. A number without one is a Nigerian number: what
/// hosts hand over is what people typed.
fn phone(digits: &str) -> Option<String> {
    let digits = digits.strip_prefix("00").filter(|rest| !rest.starts_with('0')).unwrap_or(digits);
    let with_code = match (digits.len(), digits.as_bytes()) {
        (11, [b'0', ..]) => format!("234{}", &digits[1..]),
        (10, [b'7'..=b'9', ..]) => format!("234{digits}"),
        (14, [b'2', b'3', b'4', b'0', ..]) => format!("234{}", &digits[4..]),
        (8..=15, _) => digits.to_owned(),
        _ => return None,
    };
    Some(with_code)
}

/// How often each customer was found by a name of late. In memory: a restart forgets an hour.
#[derive(Debug, Default)]
pub struct Namings(Mutex<HashMap<(Scope, CustomerId), Vec<i64>>>);

impl Namings {
    /// Counts an opening and says whether the customer may be known in it. Only who was found is
    /// counted, so there are never more of them than customers.
    pub fn take(&self, scope: Scope, customer: CustomerId, now_ms: i64) -> bool {
        let mut namings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let times = namings.entry((scope, customer)).or_default();
        times.retain(|at_ms| is_of_late(*at_ms, now_ms));
        let may = times.len() < NAMINGS_MAX;
        if may {
            times.push(now_ms);
        }
        may
    }

    /// Forgets whoever was not named of late.
    pub fn forget_idle(&self, now_ms: i64) {
        let mut namings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        namings.retain(|_, times| times.iter().any(|at_ms| is_of_late(*at_ms, now_ms)));
        namings.shrink_to_fit();
    }
}

fn is_of_late(at_ms: i64, now_ms: i64) -> bool {
    now_ms.saturating_sub(at_ms) < NAMING_MS
}

#[cfg(test)]
mod tests {
    use super::*;
    use egusi_protocol::Environment;

    /// What a text names, one line each.
    fn named(text: &str) -> Vec<String> {
        let Some(named) = Named::read(&Secret::new(text.into())) else { return Vec::new() };
        let id = named.id.map(|id| format!("id {id}"));
        id.into_iter()
            .chain(named.identifiers.iter().map(|(kind, value)| format!("{} {value}", word(*kind))))
            .collect()
    }

    #[test]
    fn a_customer_is_named_in_every_spelling() {
        for phone in [
            "08031234567",
            "+234 803 123 4567",
            "2348031234567",
            "8031234567",
            "002348031234567",
            "234 0803 123 4567",
        ] {
            let text = serde_json::json!({"phone": phone}).to_string();
            assert_eq!(named(&text), ["phone 2348031234567"], "{phone}");
        }
        assert_eq!(named(r#"{"phone":2348031234567}"#), ["phone 2348031234567"]);
        assert_eq!(named(r#"{"phone":"+44 20 7946 0000"}"#), ["phone 442079460000"]);
        assert_eq!(named(r#"{"bvn":22222222222}"#), ["bvn 22222222222"]);
        assert_eq!(named(r#"{"nin":"111 1111 1111"}"#), ["nin 11111111111"]);
        assert_eq!(named(r#"{"email":" Ada@Example.NG "}"#), ["email ada@example.ng"]);
        assert_eq!(named("\"'{bvn: 22222222222}'\""), ["bvn 22222222222"]);
        let id = "5d6fe57a4099cc4b210bbec0";
        assert_eq!(named(&format!(r#"{{"id":"{id}"}}"#)), [format!("id {id}")]);
    }

    #[test]
    fn a_customer_within_the_options_is_taken_out_of_them() {
        let taken = |text: &str| {
            let mut options = Some(text.to_owned());
            let customer = taken_out(&mut options);
            (customer.map(|customer| named(customer.expose()).join(" ")), options.unwrap())
        };
        let (customer, left) = taken(r#"{"order":7,"customer":{"bvn":"22222222222"}}"#);
        assert_eq!((customer.as_deref(), left.as_str()), (Some("bvn 22222222222"), r#"{"order":7}"#));
        // The host's own word for something else stays where it is.
        for text in [r#"{"customer":"gold"}"#, r#"{"order":7}"#, "[1]", "\"null\"", ""] {
            assert_eq!(taken(text), (None, text.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_names_nobody_is_nothing() {
        for text in [
            "",
            "{}",
            "null",
            "\"null\"",
            "\"[object Map]\"",
            "[]",
            "7",
            r#"{"id":"ada"}"#,
            r#"{"bvn":"222"}"#,
            r#"{"phone":"call me"}"#,
            r#"{"email":"ada"}"#,
            r#"{"email":"@"}"#,
            r#"{"name":"Ada"}"#,
            r#"{"bvn":null,"phone":"undefined"}"#,
        ] {
            assert_eq!(named(text), [""; 0], "{text}");
        }
        assert!(named(&format!(r#"{{"bvn":"22222222222","x":"{}"}}"#, "x".repeat(4096))).is_empty());
    }

    #[test]
    fn a_customer_is_known_five_times_an_hour() {
        let scope = Scope { company: [1; 12].into(), env: Environment::Sandbox };
        let (one, other) = (CustomerId::from([1; 12]), CustomerId::from([2; 12]));
        let namings = Namings::default();
        assert!((0..5).all(|minute| namings.take(scope, one, minute * 60_000)));
        assert!(!namings.take(scope, one, 5 * 60_000));
        assert!(namings.take(scope, other, 5 * 60_000), "each customer for themselves");
        let others = Scope { company: [2; 12].into(), ..scope };
        assert!(namings.take(others, one, 5 * 60_000), "and each company");
        assert!(!namings.take(scope, one, NAMING_MS - 1));
        assert!(namings.take(scope, one, NAMING_MS), "the first is an hour ago");
        assert!(!namings.take(scope, one, NAMING_MS));
        namings.forget_idle(NAMING_MS + 6 * 60_000);
        assert_eq!(namings.0.lock().unwrap().len(), 1);
        namings.forget_idle(2 * NAMING_MS);
        assert!(namings.0.lock().unwrap().is_empty());
    }
}
