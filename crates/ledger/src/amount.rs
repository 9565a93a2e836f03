//! Decimal text to minor units, exactly: nothing is ever rounded, and no float is involved.

use std::fmt;

/// Why a decimal text is no amount of its currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Not of the form `-12345.67`.
    NotDecimal,
    /// More decimals than the currency has, and they are not zeros.
    TooPrecise,
    /// Larger than 64 bits of minor units hold.
    TooLarge,
    /// Negative, though a mark beside it already says whether it is credit or debit.
    TwiceSigned,
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotDecimal => "an amount is decimal text such as 1234.50",
            Self::TooPrecise => "the amount has more decimals than its currency",
            Self::TooLarge => "the amount does not fit 64 bits of minor units",
            Self::TwiceSigned => "an amount with a credit or debit mark has no sign of its own",
        })
    }
}

impl std::error::Error for AmountError {}

/// Reads an amount in major units: `("-40000.5", 2)` is `-4000050`.
///
/// Decimals beyond the currency's must be zeros, because some institutions send five of them;
/// anything else would have to be rounded and is refused.
pub fn minor_from_text(text: &str, decimals: u8) -> Result<i64, AmountError> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(part) {
        return Err(AmountError::NotDecimal);
    }
    let decimals = usize::from(decimals);
    let (kept, beyond) = part.split_at(part.len().min(decimals));
    if beyond.bytes().any(|digit| digit != b'0') {
        return Err(AmountError::TooPrecise);
    }
    let padding = decimals - kept.len();
    let mut minor: i64 = 0;
    for digit in whole.bytes().chain(kept.bytes()).chain(std::iter::repeat_n(b'0', padding)) {
        let digit = i64::from(digit - b'0');
        // Counted downwards, because the smallest i64 has no positive counterpart.
        minor =
            minor.checked_mul(10).and_then(|minor| minor.checked_sub(digit)).ok_or(AmountError::TooLarge)?;
    }
    if negative { Ok(minor) } else { minor.checked_neg().ok_or(AmountError::TooLarge) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egusi_protocol::major_text;
    use proptest::prelude::*;

    #[test]
    fn each_currency_keeps_its_own_precision() {
        for (text, decimals, expected) in [
            ("1000.00", 0, Ok(1000)),
            ("1.234", 3, Ok(1234)),
            ("10.005", 2, Err(AmountError::TooPrecise)),
            ("250000", 2, Ok(25_000_000)),
            ("-0.00", 2, Ok(0)),
            ("-40000.5", 2, Ok(-4_000_050)),
            ("1.50000", 2, Ok(150)),
            ("-92233720368547758.08", 2, Ok(i64::MIN)),
            ("92233720368547758.08", 2, Err(AmountError::TooLarge)),
        ] {
            assert_eq!(minor_from_text(text, decimals), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_decimal_is_refused() {
        for text in ["", "-", ".", "1.", ".5", "1e3", "1,000", "NaN", "--1", "+1", " 1", "٣"] {
            assert_eq!(minor_from_text(text, 2), Err(AmountError::NotDecimal), "{text}");
        }
    }

    proptest! {
        #[test]
        fn printed_and_read_back_it_is_the_same(minor: i64, decimals in 0u8..=3) {
            prop_assert_eq!(minor_from_text(&major_text(minor, decimals), decimals), Ok(minor));
        }
    }
}
