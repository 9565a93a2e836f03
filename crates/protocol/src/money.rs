//! Money on the wire: a whole number of minor units and the currency that gives it meaning.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{borrow::Cow, fmt, str::FromStr};

codes! {
    /// Where an available balance came from.
    pub enum AvailableSource {
        /// The institution said it.
        Reported = "reported",
        /// Computed from the ledger balance and a complete list of pending transactions.
        Derived = "derived",
        /// Only a ledger balance is known, so there is no available balance.
        LedgerOnly = "ledger_only",
    }
}

codes! {
    /// What kind of figure a ledger balance is.
    pub enum Basis {
        /// What the books said at that moment.
        Interim = "interim",
        /// What the books said at the end of a day.
        Closing = "closing",
    }
}

/// What an account holds, in minor units of the account's currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BalanceView {
    /// Booked money, pending transactions left out; `None` if the institution does not say.
    pub ledger_minor: Option<i64>,
    /// Money the customer can use, net of pending transactions; `None` if it cannot be known.
    pub available_minor: Option<i64>,
    /// Where `available_minor` came from.
    pub source: AvailableSource,
}

/// An ISO 4217 currency this system knows the minor unit of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

/// The text is no ISO 4217 code of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCurrency;

impl fmt::Display for UnknownCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a currency is an ISO 4217 code such as NGN")
    }
}

impl std::error::Error for UnknownCurrency {}

/// Codes by the number of decimals of their minor unit (ISO 4217, list one).
const NO_DECIMALS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
const THREE_DECIMALS: &str = "BHD IQD JOD KWD LYD OMR TND";
const TWO_DECIMALS: &str = "AED AOA AUD BRL BWP CAD CDF CHF CNY CVE CZK DKK DZD EGP ERN ETB EUR \
    GBP GHS GMD HKD HUF ILS INR KES LRD LSL MAD MRU MUR MWK MXN MZN NAD NGN NOK NZD PLN QAR RON \
    SAR SCR SDG SEK SGD SHP SLE SOS SSP STN SZL THB TRY TWD TZS USD ZAR ZMW";

impl Currency {
    /// The naira, in which Okra's world keeps its accounts.
    pub const NGN: Self = Self(*b"NGN");

    /// Every currency there is here, in no order that means anything.
    pub fn all() -> impl Iterator<Item = Self> {
        let codes = [TWO_DECIMALS, NO_DECIMALS, THREE_DECIMALS].into_iter();
        codes.flat_map(str::split_ascii_whitespace).filter_map(|code| code.parse().ok())
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many decimals an amount in major units has: 0, 2 or 3.
    pub fn decimals(&self) -> u8 {
        if lists(NO_DECIMALS, self.code()) {
            0
        } else if lists(THREE_DECIMALS, self.code()) {
            3
        } else {
            2
        }
    }
}

fn lists(codes: &str, code: &str) -> bool {
    codes.split_ascii_whitespace().any(|known| known == code)
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(text: &str) -> Result<Self, UnknownCurrency> {
        let letters: [u8; 3] = text.as_bytes().try_into().map_err(|_| UnknownCurrency)?;
        let code = letters.map(|letter| letter.to_ascii_uppercase());
        let known = std::str::from_utf8(&code).is_ok_and(|code| {
            [TWO_DECIMALS, NO_DECIMALS, THREE_DECIMALS].iter().any(|codes| lists(codes, code))
        });
        if known { Ok(Self(code)) } else { Err(UnknownCurrency) }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// An amount in major units as exact decimal text: `(-4000050, 2)` is `-40000.50`.
pub fn major_text(minor: i64, decimals: u8) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let digits = minor.unsigned_abs().to_string();
    let decimals = usize::from(decimals);
    if decimals == 0 {
        return format!("{sign}{digits}");
    }
    let digits = format!("{digits:0>width$}", width = decimals + 1);
    let (whole, part) = digits.split_at(digits.len() - decimals);
    format!("{sign}{whole}.{part}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_agree_with_iso_4217() {
        let codes = [NO_DECIMALS, TWO_DECIMALS, THREE_DECIMALS].join(" ");
        for code in codes.split_ascii_whitespace() {
            let iso = iso_currency::Currency::from_code(code)
                .unwrap_or_else(|| panic!("{code} is not in ISO 4217"));
            let ours: Currency = code.parse().unwrap();
            assert_eq!(Some(u16::from(ours.decimals())), iso.exponent(), "{code}");
        }
    }

    #[test]
    fn an_unknown_code_is_refused() {
        for text in ["", "NG", "naira", "XXX", "₦₦₦"] {
            assert_eq!(text.parse::<Currency>(), Err(UnknownCurrency), "{text}");
        }
    }

    #[test]
    fn major_text_is_exact_at_every_size() {
        for (minor, decimals, text) in [
            (0, 2, "0.00"),
            (5, 2, "0.05"),
            (-5, 2, "-0.05"),
            (-4_000_050, 2, "-40000.50"),
            (1_234, 3, "1.234"),
            (1_000, 0, "1000"),
            (i64::MIN, 2, "-92233720368547758.08"),
        ] {
            assert_eq!(major_text(minor, decimals), text);
        }
    }
}
