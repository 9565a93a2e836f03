//! What stands between the password and the accounts: one step of a scenario, as its file writes it.

use super::error::{Flaw, each};
use egusi_protocol::{Challenge, ChallengeKind, ChallengeOption, PendingKind, Secret};
use serde::Deserialize;
use std::collections::HashSet;

/// Stands in the text of a challenge for what was chosen before.
pub(super) const CHOSEN: &str = "{chosen}";
/// After so many seconds a code can be sent once more, unless the scenario says otherwise.
const RESEND_IN_S: u16 = 30;
/// So many seconds a code is good, unless the scenario says otherwise.
const EXPIRES_IN_S: u16 = 300;
/// A picture travels in the answer to a call, so it has to be small.
const IMAGE_BYTES_MAX: usize = 16 * 1024;

/// One thing that happens after the password is right.
#[derive(Debug)]
pub(super) enum ScenarioStep {
    /// The institution asks. Without an answer every one of the options is right.
    Ask { challenge: Challenge, answer: Option<Secret> },
    /// The institution, or the customer elsewhere, works until it is asked for the `polls`th time.
    Wait { kind: PendingKind, polls: u32, retry_after_ms: u32, texts: Vec<String> },
    /// The institution's own page asks whether the customer agrees.
    OwnPage,
}

impl ScenarioStep {
    /// A code that was sent, with the usual times.
    pub(super) fn code_sent(text: &str, answer: Secret) -> Self {
        let digits = u8::try_from(answer.expose().len()).unwrap_or_default();
        let mut challenge = Challenge::new(ChallengeKind::OneTimeCode, text, digits);
        challenge.resend_in_s = Some(RESEND_IN_S);
        challenge.expires_in_s = Some(EXPIRES_IN_S);
        Self::Ask { challenge, answer: Some(answer) }
    }
}

/// A step as the file writes it.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Row {
    Ask(AskRow),
    Wait(WaitRow),
    OwnPage,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskRow {
    kind: ChallengeKind,
    text: String,
    #[serde(default)]
    digits: u8,
    #[serde(default)]
    options: Vec<OptionRow>,
    #[serde(default)]
    image: String,
    answer: Option<String>,
    /// 0 if it cannot be sent again.
    resend_in_s: Option<u16>,
    /// 0 if the institution does not say.
    expires_in_s: Option<u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionRow {
    id: String,
    label: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WaitRow {
    #[serde(default = "working")]
    kind: PendingKind,
    polls: u32,
    retry_after_ms: u32,
    texts: Vec<String>,
}

fn working() -> PendingKind {
    PendingKind::Working
}

impl Row {
    pub(super) fn read(self) -> Result<ScenarioStep, Flaw> {
        match self {
            Self::Ask(ask) => ask.read().map_err(|flaw| flaw.within("ask")),
            Self::Wait(wait) => wait.read().map_err(|flaw| flaw.within("wait")),
            Self::OwnPage => Ok(ScenarioStep::OwnPage),
        }
    }
}

impl AskRow {
    fn read(self) -> Result<ScenarioStep, Flaw> {
        let Self { kind, text, digits, options, image, answer, resend_in_s, expires_in_s } = self;
        if kind == ChallengeKind::Unknown {
            let words: Vec<_> = ChallengeKind::ALL.iter().map(|kind| kind.as_str()).collect();
            return Err(Flaw::new("kind", format!("one of {}", words.join(", "))));
        }
        let is_code = kind == ChallengeKind::OneTimeCode;
        if resend_in_s.is_some() && !is_code {
            return Err(Flaw::new("resend_in_s", "only a one_time_code is sent again"));
        }
        check_image(kind, &image)?;
        let options = each("options", options, OptionRow::read)?;
        check_options(kind, &options)?;
        let answer = if kind.is_choice() {
            check_choice(digits, answer.as_deref(), &options)?;
            answer
        } else {
            Some(typed_answer(digits, answer.unwrap_or_default())?)
        };
        let some = |given: Option<u16>, usual| given.unwrap_or(if is_code { usual } else { 0 });
        let seconds = |count: u16| (count > 0).then_some(count);
        let challenge = Challenge {
            options,
            image,
            resend_in_s: seconds(some(resend_in_s, RESEND_IN_S)),
            expires_in_s: seconds(some(expires_in_s, EXPIRES_IN_S)),
            ..Challenge::new(kind, text, digits)
        };
        Ok(ScenarioStep::Ask { challenge, answer: answer.map(Secret::new) })
    }
}

/// An answer that cannot be typed would make a scenario nobody can finish.
fn typed_answer(digits: u8, answer: String) -> Result<String, Flaw> {
    let fits = digits == 0
        || (answer.len() == usize::from(digits) && answer.bytes().all(|byte| byte.is_ascii_digit()));
    if answer.trim().is_empty() || answer.trim() != answer || !fits {
        return Err(Flaw::new("answer", "as many digits as asked for, or any text if digits is 0"));
    }
    Ok(answer)
}

fn check_choice(digits: u8, answer: Option<&str>, options: &[ChallengeOption]) -> Result<(), Flaw> {
    if digits != 0 {
        return Err(Flaw::new("digits", "0 where something is chosen"));
    }
    let is_option = |answer| options.iter().any(|option| option.id == answer);
    if answer.is_some_and(|answer| !is_option(answer)) {
        return Err(Flaw::new("answer", "the id of an option, or nothing if every one is right"));
    }
    Ok(())
}

fn check_options(kind: ChallengeKind, options: &[ChallengeOption]) -> Result<(), Flaw> {
    if kind.is_choice() != (options.len() >= 2) || (!kind.is_choice() && !options.is_empty()) {
        return Err(Flaw::new("options", "two or more for device and choice, and none for other kinds"));
    }
    let ids: HashSet<&str> = options.iter().map(|option| option.id.as_str()).collect();
    if ids.len() != options.len() {
        return Err(Flaw::new("options", "each with an id of its own"));
    }
    Ok(())
}

fn check_image(kind: ChallengeKind, image: &str) -> Result<(), Flaw> {
    let is_wanted = kind == ChallengeKind::Image;
    let fits = image.starts_with("data:image/") && image.len() <= IMAGE_BYTES_MAX;
    if is_wanted != fits || (!is_wanted && !image.is_empty()) {
        let expected = "a data:image/ URL of at most 16 KB for kind image, and none for other kinds";
        return Err(Flaw::new("image", expected));
    }
    Ok(())
}

impl OptionRow {
    fn read(self) -> Result<ChallengeOption, Flaw> {
        let Self { id, label } = self;
        if id.trim().is_empty() || id.trim() != id {
            return Err(Flaw::new("id", "a word without spaces around it"));
        }
        if label.trim().is_empty() {
            return Err(Flaw::new("label", "may not be empty"));
        }
        Ok(ChallengeOption { id, label })
    }
}

impl WaitRow {
    fn read(self) -> Result<ScenarioStep, Flaw> {
        let Self { kind, polls, retry_after_ms, texts } = self;
        if kind == PendingKind::Unknown {
            return Err(Flaw::new("kind", "working, approval or dialling"));
        }
        if polls == 0 {
            return Err(Flaw::new("polls", "at least 1"));
        }
        if texts.is_empty() {
            return Err(Flaw::new("texts", "at least one"));
        }
        Ok(ScenarioStep::Wait { kind, polls, retry_after_ms, texts })
    }
}
