//! The ways to sign in that an institution offers, written in its row as single words.

use super::{PASSWORD, USERNAME};
use egusi_protocol::{FieldKind, FormField, Holders, MethodKind, SignInMethod};

/// The method of a customer who was here before.
pub(super) const AGAIN: &str = "again";
const INTERNET: &str = "internet";
const MOBILE: &str = "mobile";
const USSD: &str = "ussd";
const BUSINESS: &str = "business";

/// The methods of an institution by the words of its row, the usual one first; what was expected if
/// that cannot be.
pub(super) fn of(
    name: &str,
    holders: Holders,
    words: Option<&[String]>,
) -> Result<Vec<SignInMethod>, &'static str> {
    if holders == Holders::Corporate {
        // There is one door for businesses, so nothing is left to say.
        return if words.is_none() { Ok(vec![business()]) } else { Err("none where holders is corporate") };
    }
    let usual = [INTERNET.to_owned()];
    let words = words.unwrap_or(&usual);
    if words.first().map(String::as_str) != Some(INTERNET) {
        return Err("internet first, and then others");
    }
    let mut methods: Vec<SignInMethod> = Vec::with_capacity(words.len() + 1);
    for word in words {
        if methods.iter().any(|method| method.id == *word) {
            return Err("each of them once");
        }
        methods.push(match word.as_str() {
            INTERNET => method(INTERNET, MethodKind::InternetBanking, String::new(), both_fields()),
            MOBILE => {
                let text = format!("With the username and password of the app of {name}.");
                method(MOBILE, MethodKind::MobileApp, text, both_fields())
            }
            USSD => method(USSD, MethodKind::Ussd, DIALLING.to_owned(), vec![username()]),
            _ => return Err("internet, mobile or ussd"),
        });
    }
    if holders == Holders::Both {
        methods.push(business());
    }
    Ok(methods)
}

/// What a customer is told who signs in by dialling. The short code is no bank's.
pub(super) const DIALLING: &str =
    "Dial *000*1# on the telephone your bank knows, and follow it. Then go on here.";

/// What is asked of a customer who was here before, whoever's accounts they are.
pub(super) fn again() -> SignInMethod {
    let kind = MethodKind::InternetBanking;
    SignInMethod { holders: Holders::Both, ..method(AGAIN, kind, String::new(), vec![password()]) }
}

fn business() -> SignInMethod {
    let usual = method(BUSINESS, MethodKind::InternetBanking, String::new(), both_fields());
    SignInMethod { holders: Holders::Corporate, ..usual }
}

fn method(id: &str, kind: MethodKind, text: String, fields: Vec<FormField>) -> SignInMethod {
    SignInMethod { id: id.to_owned(), kind, holders: Holders::Individual, text, fields }
}

fn both_fields() -> Vec<FormField> {
    vec![username(), password()]
}

fn username() -> FormField {
    FormField { name: USERNAME.into(), label: "Username".into(), kind: FieldKind::Username }
}

fn password() -> FormField {
    FormField { name: PASSWORD.into(), label: "Password".into(), kind: FieldKind::Password }
}
