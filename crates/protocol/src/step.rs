//! What the customer is asked next. Every call of a session is answered with one [`Step`], so a
//! reload or another device can take up the story where it stands.

use crate::{AvailableSource, BalanceView, Currency, InstitutionId, Problem, Secret};
use serde::{Deserialize, Serialize};

/// Where a session stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Nothing is chosen: show consent and the list of institutions.
    Choose,
    /// Sign-in details are wanted.
    Form(Form),
    /// The institution asks one thing more.
    Challenge(Challenge),
    /// The institution is at work; ask again after the delay.
    Pending(Pending),
    /// The customer picks accounts.
    Accounts(Vec<AccountView>),
    /// Connected.
    Done(Receipt),
    /// This attempt is over; another institution may be chosen.
    Failed(Problem),
}

/// Answer to every call of a session but the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepReply {
    /// What comes next.
    pub step: Step,
}

/// A sign-in form as the institution wants it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Where the customer signs in.
    pub institution: InstitutionId,
    /// In the order to show.
    pub fields: Vec<FormField>,
    /// Why the form is shown again, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    /// Name by which the answer is sent back.
    pub name: String,
    /// What the institution calls it.
    pub label: String,
    /// How it is typed.
    pub kind: FieldKind,
}

codes! {
    /// How a field is typed and kept.
    pub enum FieldKind {
        /// A name the customer is known by; shown while typed, kept over a wrong password.
        Username = "username",
        /// Hidden while typed, emptied after every try.
        Password = "password",
    }
}

/// One further question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// What kind of answer is wanted.
    pub kind: ChallengeKind,
    /// The question in the institution's words, or where a code was sent; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// How many digits a code has; 0 if the answer is free text.
    #[serde(default)]
    pub digits: u8,
    /// Why it is asked again, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

codes! {
    /// Kinds of questions.
    pub enum ChallengeKind {
        /// A code sent to the customer now.
        OneTimeCode = "one_time_code",
        /// A short number the customer knows.
        Pin = "pin",
        /// A question with a free answer.
        Question = "question",
    }
}

/// The institution is at work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// What is happening, in the institution's words; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// When to ask again.
    pub retry_after_ms: u32,
}

/// One account on the list. The full number stays on the server until the customer connects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// Its place in this session's list; what [`ShareAccounts`] names.
    pub pick: u16,
    /// What the institution calls it.
    pub name: String,
    /// Last four digits of its number.
    pub last_four: String,
    /// `Current`, `Savings`, …
    pub kind: String,
    /// What its figures are in.
    pub currency: Currency,
    /// Absent when figures are not to be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<BalanceView>,
}

/// What was connected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Number of accounts shared.
    pub accounts: u16,
    /// JSON text for the host's `onSuccess`. The widget hands it over and does not read it.
    pub host_payload: String,
}

/// Body of `POST /connect/v1/session/institution`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChooseInstitution {
    /// The customer's choice.
    pub institution: InstitutionId,
    /// What the customer agreed to on the first screen.
    pub consent: Consent,
}

/// The agreement the customer gave by going on from the first screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Always true; its presence is the statement.
    pub agreed: bool,
    /// Language of the text that was shown, BCP 47.
    pub language: String,
}

/// Body of `POST /connect/v1/session/form`.
#[derive(Debug, Serialize, Deserialize)]
pub struct SubmitForm {
    /// One for each field of the form.
    pub fields: Vec<FieldAnswer>,
}

/// What was typed into one field.
#[derive(Debug, Serialize, Deserialize)]
pub struct FieldAnswer {
    /// The field's name.
    pub name: String,
    /// What was typed.
    #[serde(serialize_with = "Secret::send")]
    pub value: Secret,
}

/// Body of `POST /connect/v1/session/answer`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Answer {
    /// What was typed.
    #[serde(serialize_with = "Secret::send")]
    pub answer: Secret,
}

/// Body of `POST /connect/v1/session/accounts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareAccounts {
    /// At least one [`AccountView::pick`].
    pub picks: Vec<u16>,
}

impl BalanceView {
    /// Whether the available figure was worked out and not reported.
    pub fn is_derived(&self) -> bool {
        self.source == AvailableSource::Derived
    }
}
