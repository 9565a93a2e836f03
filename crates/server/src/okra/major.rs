//! A balance as the Okra wire has it: a JSON number in major units (naira, not kobo).
//!
//! The number is written from integers digit by digit. Payment amounts are in minor units on the
//! same wire and must never be made by this type.

use egusi_protocol::{Currency, major_text};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// An amount in major units, or null where it is not known.
#[derive(Clone, Copy, Debug)]
pub struct MajorOnWire {
    minor: Option<i64>,
    decimals: u8,
}

impl MajorOnWire {
    /// From minor units of a currency.
    pub fn new(minor: Option<i64>, currency: Currency) -> Self {
        Self { minor, decimals: currency.decimals() }
    }
}

impl Serialize for MajorOnWire {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(minor) = self.minor else { return serializer.serialize_none() };
        let text = major_text(minor, self.decimals);
        // 29180.00 goes out as 29180: typed clients read whole amounts into integers.
        let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        RawValue::from_string(text.to_owned()).map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_balance_is_exact_and_without_idle_zeros() {
        let json = |minor, code: &str| {
            serde_json::to_string(&MajorOnWire::new(minor, code.parse().unwrap())).unwrap()
        };
        assert_eq!(json(Some(21_999_950), "NGN"), "219999.5");
        assert_eq!(json(Some(2_918_000), "NGN"), "29180");
        assert_eq!(json(Some(-5), "NGN"), "-0.05");
        assert_eq!(json(Some(0), "NGN"), "0");
        assert_eq!(json(Some(1000), "XOF"), "1000");
        assert_eq!(json(Some(1_234), "KWD"), "1.234");
        assert_eq!(json(Some(9_007_199_254_740_993), "NGN"), "90071992547409.93");
        assert_eq!(json(None, "NGN"), "null");
    }
}
