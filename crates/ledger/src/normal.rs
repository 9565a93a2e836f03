//! Other people's signs and units turned into ours (§3.3): what leaves or is owed is negative.

use crate::amount::{AmountError, minor_from_text};

/// The mark beside an unsigned amount, as Open Banking UK writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indicator {
    /// The holder has or receives it.
    Credit,
    /// The holder owes or spends it.
    Debit,
}

/// On which side of the holder's books an account stands, as FDX writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The holder has what is on it.
    Asset,
    /// The holder owes what is on it.
    Liability,
}

/// Reads an unsigned amount in major units and gives it the sign of its mark. Nothing with a debit
/// mark, or written `-0.00`, is plain nothing (§3.5 case 20).
///
/// # Errors
/// [`AmountError::TwiceSigned`] if the amount has a sign of its own, and those of
/// [`minor_from_text`].
pub fn minor_from_marked(text: &str, decimals: u8, mark: Indicator) -> Result<i64, AmountError> {
    let minor = minor_from_text(text, decimals)?;
    if minor < 0 {
        return Err(AmountError::TwiceSigned);
    }
    match mark {
        Indicator::Credit => Ok(minor),
        Indicator::Debit => flipped(minor),
    }
}

/// Reads an amount in minor units, as payments are written on Okra's wire (kobo): `"150"` is `150`.
/// Decimals are accepted only if they are zeros.
///
/// # Errors
/// Those of [`minor_from_text`].
pub fn minor_from_minor_text(text: &str) -> Result<i64, AmountError> {
    minor_from_text(text, 0)
}

/// An amount of an account whose positive figures are owed money if it is a liability (FDX, and
/// Plaid's credit accounts).
///
/// # Errors
/// [`AmountError::TooLarge`] for the smallest 64 bit number, which has no counterpart.
pub fn of_side(minor: i64, side: Side) -> Result<i64, AmountError> {
    match side {
        Side::Asset => Ok(minor),
        Side::Liability => flipped(minor),
    }
}

/// A transaction whose positive amounts leave the account (Plaid).
///
/// # Errors
/// [`AmountError::TooLarge`] for the smallest 64 bit number, which has no counterpart.
pub fn flipped(minor: i64) -> Result<i64, AmountError> {
    minor.checked_neg().ok_or(AmountError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_gives_the_sign_and_suffers_no_second_one() {
        for (text, mark, expected) in [
            ("12.5", Indicator::Credit, Ok(1250)),
            ("12.5", Indicator::Debit, Ok(-1250)),
            ("-12.5", Indicator::Debit, Err(AmountError::TwiceSigned)),
            ("-12.5", Indicator::Credit, Err(AmountError::TwiceSigned)),
            ("12.505", Indicator::Debit, Err(AmountError::TooPrecise)),
        ] {
            assert_eq!(minor_from_marked(text, 2, mark), expected, "{text} {mark:?}");
        }
    }

    #[test]
    fn owed_money_is_negative_and_so_is_what_leaves() {
        assert_eq!(of_side(500, Side::Asset), Ok(500));
        assert_eq!(of_side(500, Side::Liability), Ok(-500));
        assert_eq!(flipped(-20), Ok(20));
        assert_eq!(flipped(i64::MIN), Err(AmountError::TooLarge));
    }

    #[test]
    fn minor_units_are_whole() {
        assert_eq!(minor_from_minor_text("150"), Ok(150));
        assert_eq!(minor_from_minor_text("150.5"), Err(AmountError::TooPrecise));
    }
}
