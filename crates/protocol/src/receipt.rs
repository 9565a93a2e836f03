//! What a session leaves the customer: how much was connected, and the number of the receipt, by which
//! whoever has it may see the consent and end it.

use crate::InstitutionId;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use zeroize::Zeroizing;

/// Crockford's digits: no I, L, O or U, which are read as something else.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many digits a number has; five bits each.
const LENGTH: usize = 16;
/// How many of them stand together.
const GROUP: usize = 4;

/// What was connected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Where.
    pub institution: InstitutionId,
    /// Number of accounts shared.
    pub accounts: u16,
    /// JSON text for the host's `onSuccess`. The widget hands it over and does not read it.
    pub host_payload: String,
    /// By which the customer finds the consent again; missing from an older server.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "ReceiptNumber::send_some")]
    pub number: Option<ReceiptNumber>,
}

/// 80 bits as `XXXX-XXXX-XXXX-XXXX`. Like a [`crate::Secret`] it prints nothing of itself, has no
/// `Serialize`, and is wiped when dropped; unlike one it can be compared, because a screen has it.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiptNumber(Zeroizing<String>);

impl ReceiptNumber {
    /// Writes random bits as a number.
    pub fn of(bytes: &[u8; 10]) -> Self {
        let bits = bytes.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
        let digits = (0..LENGTH).rev().map(|at| DIGITS[(bits >> (5 * at)) as usize & 31]);
        Self(Zeroizing::new(grouped(digits)))
    }

    /// Reads what somebody typed: in small letters too, with or without hyphens and spaces, and with
    /// letters that look like digits. Nothing, if it cannot be a number.
    pub fn read(text: &str) -> Option<Self> {
        let mut digits = Zeroizing::new([0_u8; LENGTH]);
        let mut count = 0;
        for letter in text.chars().filter(|letter| !letter.is_whitespace() && !is_dash(*letter)) {
            let digit = u8::try_from(letter.to_ascii_uppercase()).ok().map(|letter| match letter {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            });
            *digits.get_mut(count)? = digit.filter(|digit| DIGITS.contains(digit))?;
            count += 1;
        }
        (count == LENGTH).then(|| Self(Zeroizing::new(grouped(digits.iter().copied()))))
    }

    /// The number, to be shown to whom it was given, or to be looked for.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Writes the number into an answer, where a field asks for it by name.
    ///
    /// # Errors
    /// As the serializer does.
    pub fn send_some<S: Serializer>(number: &Option<Self>, serializer: S) -> Result<S::Ok, S::Error> {
        match number {
            Some(number) => serializer.serialize_str(number.expose()),
            None => serializer.serialize_none(),
        }
    }
}

fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn grouped(digits: impl Iterator<Item = u8>) -> String {
    let mut text = String::with_capacity(LENGTH + LENGTH / GROUP);
    for (at, digit) in digits.enumerate() {
        if at > 0 && at % GROUP == 0 {
            text.push('-');
        }
        text.push(char::from(digit));
    }
    text
}

impl fmt::Debug for ReceiptNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptNumber")
    }
}

/// The widget hands it on as it came.
impl<'de> Deserialize<'de> for ReceiptNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Zeroizing::new(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_written_in_four_groups_and_printed_nowhere() {
        let number = ReceiptNumber::of(&[0x08, 0x86, 0x42, 0x98, 0xe8, 0x4a, 0x96, 0xc6, 0xb9, 0xf0]);
        assert_eq!(number.expose(), "1234-5678-9ABC-DEFG");
        assert_eq!(ReceiptNumber::of(&[0; 10]).expose(), "0000-0000-0000-0000");
        assert_eq!(ReceiptNumber::of(&[255; 10]).expose(), "ZZZZ-ZZZZ-ZZZZ-ZZZZ");
        assert_eq!(format!("{number:?}"), "ReceiptNumber");
    }

    #[test]
    fn a_number_is_read_as_people_write_it() {
        let number = ReceiptNumber::read("0110-5678-9ABC-DEFG").unwrap();
        for text in ["oiLO56789abcdefg", " 0110 5678\u{2013}9abc - DEFG\n", "0-1-1-0-5-6-7-8-9-A-B-C-D-E-F-G"]
        {
            assert_eq!(ReceiptNumber::read(text), Some(number.clone()), "{text}");
        }
        for text in
            ["", "0110-5678-9ABC-DEF", "0110-5678-9ABC-DEFGH", "0110-5678-9ABC-DEFU", "0110-5678-9ABC-DEFé"]
        {
            assert_eq!(ReceiptNumber::read(text), None, "{text}");
        }
    }
}
