//! What can be said about an answer before it is sent, and what is kept of a form.

use egusi_protocol::{Challenge, FieldAnswer, Form, Secret, SignInMethod};

/// A sign-in form, the way that is chosen, and what was typed into it that is no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What the institution asks.
    pub form: Form,
    /// Which of the form's ways; always one of them, unless the form is broken.
    pub method: usize,
    /// Names and values of the fields that are shown while typed.
    pub kept: Vec<(String, String)>,
}

impl Entry {
    /// A form nobody has typed into.
    pub(crate) fn new(form: Form) -> Self {
        Self { form, method: 0, kept: Vec::new() }
    }

    /// The same institution's form again, with what it says now and what was typed before.
    pub(crate) fn again(self, form: Form) -> Self {
        let is_same = self.form.institution == form.institution && self.form.is_return == form.is_return;
        if is_same && self.method < form.methods.len() { Self { form, ..self } } else { Self::new(form) }
    }

    /// Without the reason of an earlier showing.
    pub(crate) fn without_problem(self) -> Self {
        Self { form: Form { problem: None, ..self.form }, ..self }
    }

    /// The way that is chosen.
    pub fn chosen(&self) -> Option<&SignInMethod> {
        self.form.methods.get(self.method)
    }

    /// What was typed into a field before; nothing of a secret one.
    pub fn kept(&self, field: &str) -> Option<&str> {
        self.kept.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// Remembers what may be remembered.
    pub(crate) fn keep(&mut self, answers: &[FieldAnswer]) {
        let Some(method) = self.chosen() else { return };
        let shown = method.fields.iter().filter(|field| !field.kind.is_secret());
        self.kept = shown
            .filter_map(|field| answers.iter().find(|answer| answer.name == field.name))
            .map(|answer| (answer.name.clone(), answer.value.expose().to_owned()))
            .collect();
    }

    /// Whether every field of the chosen way has an answer.
    pub(crate) fn is_complete(&self, answers: &[FieldAnswer]) -> bool {
        let has_answer =
            |name: &str| answers.iter().any(|answer| answer.name == name && !answer.value.is_empty());
        self.chosen().is_some_and(|method| method.fields.iter().all(|field| has_answer(&field.name)))
    }
}

/// The answer as the institution wants it: a code loses the spaces and dashes people paste with it.
/// `None` if it cannot be right, because it is empty, has the wrong number of digits, or is none of
/// the things that can be chosen.
pub fn clean_answer(challenge: &Challenge, typed: &Secret) -> Option<Secret> {
    if challenge.kind.is_choice() {
        return challenge.options.iter().any(|option| option.id == typed.expose()).then(|| typed.clone());
    }
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
    use egusi_protocol::{ChallengeKind, ChallengeOption};

    fn clean(challenge: &Challenge, typed: &str) -> Option<String> {
        clean_answer(challenge, &Secret::new(typed.into())).map(|answer| answer.expose().to_owned())
    }

    #[test]
    fn a_pasted_code_is_tidied_and_a_short_one_is_not_sent() {
        let code = Challenge::new(ChallengeKind::OneTimeCode, "", 6);
        assert_eq!(clean(&code, " 123-456 ").as_deref(), Some("123456"));
        assert_eq!(clean(&code, "12345"), None);
        assert_eq!(clean(&code, "12345a"), None);
    }

    #[test]
    fn only_what_is_offered_can_be_chosen() {
        let option = ChallengeOption { id: "phone".into(), label: "Phone".into() };
        let device =
            Challenge { options: vec![option], ..Challenge::new(ChallengeKind::Device, "Which?", 0) };
        assert_eq!(clean(&device, "phone").as_deref(), Some("phone"));
        assert_eq!(clean(&device, "fax"), None);
        assert_eq!(clean(&device, ""), None);
    }
}
