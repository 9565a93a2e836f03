//! By what else people of the sandbox are known: made-up numbers that always come out the same.
//!
//! Invariant: none can be a real person's. No network has numbers behind +234 000, and mail to
//! `customer.example` goes nowhere.

use super::error::Flaw;
use super::seed::Seed;
use crate::{Identifier, IdentifierKind};

/// What a scenario's file may set; what it leaves out is made up.
pub(super) struct Known {
    pub(super) bvn: Option<String>,
    pub(super) nin: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) email: Option<String>,
}

impl Known {
    /// All four, those given as they are.
    pub(super) fn read(self, username: &str) -> Result<Vec<Identifier>, Flaw> {
        let mut identifiers = made_up(username, &[username]);
        let Self { bvn, nin, phone, email } = self;
        for (given, identifier) in [bvn, nin, phone, email].into_iter().zip(&mut identifiers) {
            if let Some(value) = given {
                check(identifier.kind, &value)?;
                identifier.value = value;
            }
        }
        Ok(identifiers)
    }
}

/// BVN, NIN, telephone and e-mail, in this order, of whoever is named so.
pub(super) fn made_up(username: &str, names: &[&str]) -> Vec<Identifier> {
    let digits = |what: &str, most: i64| Seed::of(&[names, &[what]].concat()).between(0, most);
    let identifier = |kind, value| Identifier { kind, value };
    vec![
        identifier(IdentifierKind::Bvn, format!("229{:08}", digits("bvn", 99_999_999))),
        identifier(IdentifierKind::Nin, format!("99{:09}", digits("nin", 999_999_999))),
        identifier(IdentifierKind::Phone, format!("234000{:07}", digits("phone", 9_999_999))),
        identifier(IdentifierKind::Email, email(username, digits("email", 999_999))),
    ]
}

fn email(username: &str, number: i64) -> String {
    let safe = |letter: char| match letter.to_ascii_lowercase() {
        letter @ ('a'..='z' | '0'..='9' | '_') => letter,
        _ => '-',
    };
    let name: String = username.chars().map(safe).collect();
    // Two names may look the same once made safe, and are still two people.
    let told_apart = if name == username { String::new() } else { format!("-{number:06}") };
    format!("{name}{told_apart}@customer.example")
}

fn check(kind: IdentifierKind, value: &str) -> Result<(), Flaw> {
    let is_digits = value.bytes().all(|byte| byte.is_ascii_digit());
    let is_address = value.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    let is_small = !value.chars().any(|letter| letter.is_whitespace() || letter.is_uppercase());
    let (field, holds, expected) = match kind {
        IdentifierKind::Bvn => ("bvn", is_digits && value.len() == 11, "eleven digits"),
        IdentifierKind::Nin => ("nin", is_digits && value.len() == 11, "eleven digits"),
        IdentifierKind::Phone => {
            let fits = is_digits && (8..=15).contains(&value.len());
            ("phone", fits, "8 to 15 digits, with the country's code and without a plus")
        }
        IdentifierKind::Email => ("email", is_address && is_small, "an address in small letters"),
    };
    if holds { Ok(()) } else { Err(Flaw::new(field, expected)) }
}
