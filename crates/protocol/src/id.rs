//! Names of things: 12 bytes, written as 24 hexadecimal digits like every id on an Okra wire.
//!
//! An id is a name, not a secret: whoever holds one has no right by it alone.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{borrow::Cow, fmt, str::FromStr};

/// The bare 12 bytes: 4 of seconds, 5 of chance, 3 of a counter (the layout of a BSON ObjectId).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectId(pub [u8; 12]);

/// The text was not 24 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseIdError;

impl fmt::Display for ParseIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id is 24 hexadecimal digits")
    }
}

impl std::error::Error for ParseIdError {}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0u8; 24];
        for (at, byte) in self.0.iter().enumerate() {
            text[at * 2] = DIGITS[usize::from(byte >> 4)];
            text[at * 2 + 1] = DIGITS[usize::from(byte & 15)];
        }
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ObjectId {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let digits = text.as_bytes();
        if digits.len() != 24 {
            return Err(ParseIdError);
        }
        let value = |digit: u8| {
            (digit as char).to_digit(16).and_then(|value| u8::try_from(value).ok()).ok_or(ParseIdError)
        };
        let mut bytes = [0u8; 12];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = value(digits[at * 2])? << 4 | value(digits[at * 2 + 1])?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for ObjectId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ObjectId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl SessionId {
    /// What a customer reads to whoever helps them: eight letters and digits of Crockford's base 32,
    /// in two groups. It follows from the id and tells nothing about anybody.
    pub fn support_code(&self) -> String {
        const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        // The quick end of the seconds and the counter: what differs between sessions of one server.
        let [_, _, a, b, _, _, _, _, _, c, d, e] = *self.bytes();
        let number = [a, b, c, d, e].iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte));
        let letter = |at: u32| char::from(LETTERS[(number >> (35 - 5 * at) & 31) as usize]);
        (0..4).map(letter).chain(['-']).chain((4..8).map(letter)).collect()
    }
}

macro_rules! ids {
    ($( $(#[$meta:meta])* $name:ident ),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub ObjectId);

        impl $name {
            /// The bytes, as a store keeps them.
            pub const fn bytes(&self) -> &[u8; 12] {
                &self.0.0
            }
        }

        impl From<[u8; 12]> for $name {
            fn from(bytes: [u8; 12]) -> Self {
                Self(ObjectId(bytes))
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                text.parse().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    )+};
}

ids! {
    /// A business that embeds the widget; on an Okra wire the owner and the client token.
    CompanyId,
    /// A person whose bank is connected.
    CustomerId,
    /// A bank or wallet one can connect to; on an Okra wire a bank.
    InstitutionId,
    /// One permitted opening of the widget.
    SessionId,
    /// The lasting result of one sign-in at one institution.
    RecordId,
    /// One account seen through a record.
    AccountId,
    /// What an account held, as the Balance API names it.
    BalanceId,
    /// One movement of money on an account, posted or pending.
    TransactionId,
    /// One saved configuration of the widget.
    AppId,
    /// An API key, by which it can be named without being shown.
    KeyId,
    /// Something that happened and that webhooks tell.
    EventId,
    /// An address that is told events.
    EndpointId,
    /// One event on its way to one endpoint.
    DeliveryId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_writes() {
        let text = "5d6fe57a4099cc4b210bbec0";
        let id: InstitutionId = text.parse().unwrap();
        assert_eq!(id.to_string(), text);
        assert_eq!("5D6FE57A4099CC4B210BBEC0".parse(), Ok(id));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "5d6f",
            "5d6fe57a4099cc4b210bbec",
            "zd6fe57a4099cc4b210bbec0",
            "5d6fe57a4099cc4b210bbe\u{e9}",
        ] {
            assert_eq!(text.parse::<ObjectId>(), Err(ParseIdError), "{text}");
        }
    }
}
