//! What can be said about an answer before it is sent.

use egusi_protocol::{Challenge, FieldAnswer, Form, Secret};

/// Whether every field of the form has an answer.
pub(crate) fn is_complete(form: &Form, answers: &[FieldAnswer]) -> bool {
    form.fields
        .iter()
        .all(|field| answers.iter().any(|answer| answer.name == field.name && !answer.value.is_empty()))
}

/// The answer as the institution wants it: a code loses the spaces and dashes people paste with it.
/// `None` if it cannot be right, because it is empty or has the wrong number of digits.
pub fn clean_answer(challenge: &Challenge, typed: &Secret) -> Option<Secret> {
    if challenge.digits == 0 {
        let text = typed.expose().trim();
        return (!text.is_empty()).then(|| Secret::new(text.to_owned()));
    }
    let digits: String =
        typed.expose().chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
    let digits = Secret::new(digits);
    let right = digits.expose().len() == usize::from(challenge.digits)
        && digits.expose().bytes().all(|byte| byte.is_ascii_digit());
    right.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use egusi_protocol::ChallengeKind;

    #[test]
    fn a_pasted_code_is_tidied_and_a_short_one_is_not_sent() {
        let code =
            Challenge { kind: ChallengeKind::OneTimeCode, text: String::new(), digits: 6, problem: None };
        let clean = |typed: &str| {
            clean_answer(&code, &Secret::new(typed.into())).map(|answer| answer.expose().to_owned())
        };
        assert_eq!(clean(" 123-456 ").as_deref(), Some("123456"));
        assert_eq!(clean("12345"), None);
        assert_eq!(clean("12345a"), None);
    }
}
