//! What the customer is asked next. Every call of a session is answered with one [`Step`], so a
//! reload or another device can take up the story where it stands.

use crate::{
    AvailableSource, BalanceView, Currency, Holders, InstitutionId, Problem, Receipt, Resumed, Secret,
};
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
    /// The customer goes to the institution's own page; wait for the session to go on.
    Redirect(Redirect),
    /// The customer picks accounts.
    Accounts(AccountList),
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
    /// How many steps there were. What the customer sends carries the number of the step it
    /// answers; where the session has gone on since, nothing is done twice and the answer is where
    /// it stands.
    #[serde(default)]
    pub turn: u32,
    /// Another call of this session is still being worked on; the step is the one before it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_busy: bool,
    /// Only where it was asked for, with `?resume=true`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resumed: Option<Resumed>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// A sign-in form as the institution wants it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Where the customer signs in.
    pub institution: InstitutionId,
    /// The ways to sign in, the usual one first; never empty.
    pub methods: Vec<SignInMethod>,
    /// The customer connected here before, and only what is still needed is asked.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_return: bool,
    /// Why the form is shown again, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// One way to sign in at an institution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInMethod {
    /// Name by which it is chosen.
    pub id: String,
    /// What sort of way it is.
    pub kind: MethodKind,
    /// Whose accounts it leads to; left out for persons'.
    #[serde(default = "persons", skip_serializing_if = "is_persons")]
    pub holders: Holders,
    /// What the customer must know or do, in the institution's words; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// In the order to show; none where the institution's own page asks.
    pub fields: Vec<FormField>,
}

fn persons() -> Holders {
    Holders::Individual
}

fn is_persons(holders: &Holders) -> bool {
    *holders == Holders::Individual
}

codes! {
    /// Sorts of ways to sign in.
    pub enum MethodKind {
        /// As on the institution's web site.
        InternetBanking = "internet_banking",
        /// As in the institution's app.
        MobileApp = "mobile_app",
        /// By dialling a short code on the telephone the institution knows.
        Ussd = "ussd",
        /// On the institution's own page.
        OwnPage = "own_page",
    }
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
        /// A telephone number; shown and kept like a username.
        Phone = "phone",
        /// Hidden digits, emptied after every try.
        Pin = "pin",
        /// Any other text; shown and kept.
        Text = "text",
    }
}

impl FieldKind {
    /// Whether what is typed must not be seen nor kept. What is not known is treated so.
    pub fn is_secret(self) -> bool {
        matches!(self, Self::Password | Self::Pin | Self::Unknown)
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
    /// What can be chosen, for the kinds that are a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<ChallengeOption>,
    /// A picture to look at, a `data:image/` URL; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub image: String,
    /// A new code can be asked for in so many seconds; absent if it cannot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resend_in_s: Option<u16>,
    /// The answer is good for so many seconds more; absent if the institution does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in_s: Option<u16>,
    /// Why it is asked again, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

impl Challenge {
    /// A question about which nothing more is known.
    pub fn new(kind: ChallengeKind, text: impl Into<String>, digits: u8) -> Self {
        Self {
            kind,
            text: text.into(),
            digits,
            options: Vec::new(),
            image: String::new(),
            resend_in_s: None,
            expires_in_s: None,
            problem: None,
        }
    }
}

/// One thing that can be chosen; its id is the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChallengeOption {
    /// What is sent back.
    pub id: String,
    /// What the customer reads.
    pub label: String,
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
        /// Which device a code goes to, or which one approves.
        Device = "device",
        /// One of several things.
        Choice = "choice",
        /// What is seen on a picture.
        Image = "image",
    }
}

impl ChallengeKind {
    /// Whether one of the options is the answer.
    pub fn is_choice(self) -> bool {
        matches!(self, Self::Device | Self::Choice)
    }
}

/// The institution is at work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// What is happening, in the institution's words; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Who is at work: the institution, left out of the wire, or the customer elsewhere.
    #[serde(default = "working", skip_serializing_if = "is_working")]
    pub kind: PendingKind,
    /// When to ask again.
    pub retry_after_ms: u32,
}

fn working() -> PendingKind {
    PendingKind::Working
}

fn is_working(kind: &PendingKind) -> bool {
    *kind == PendingKind::Working
}

codes! {
    /// What is waited for.
    pub enum PendingKind {
        /// The institution.
        Working = "working",
        /// The customer, who approves in the institution's app.
        Approval = "approval",
        /// The customer, who dials a code.
        Dialling = "dialling",
    }
}

/// The institution's own page asks the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redirect {
    /// `https:`, or a path of this server.
    pub url: String,
}

/// The accounts of a sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountList {
    /// In the institution's order.
    pub accounts: Vec<AccountView>,
    /// When the institution told of them, unix milliseconds.
    pub read_at_ms: i64,
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
    /// It is known to hold less than the host means to collect.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_short: bool,
    /// Why it cannot be shared, if it cannot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barred: Option<Barred>,
}

codes! {
    /// Why an account cannot be shared.
    pub enum Barred {
        /// Nothing has moved on it for so long that the institution has put it to sleep.
        Dormant = "dormant",
        /// It is closed.
        Closed = "closed",
        /// The institution allows nothing with it.
        Restricted = "restricted",
        /// The host asked for another one.
        OtherAccount = "other_account",
    }
}

/// Body of `POST /connect/v1/session/institution`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChooseInstitution {
    /// The customer's choice.
    pub institution: InstitutionId,
    /// What the customer agreed to on the first screen.
    pub consent: Consent,
    /// Ask for everything, even where the customer was here before.
    #[serde(default, skip_serializing_if = "is_false")]
    pub anew: bool,
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
    /// The step that is answered; see [`StepReply::turn`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<u32>,
    /// [`SignInMethod::id`]; the first one if it is empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub method: String,
    /// One for each field of the method.
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
    /// The step that is answered; see [`StepReply::turn`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<u32>,
    /// What was typed, or the id of what was chosen.
    #[serde(serialize_with = "Secret::send")]
    pub answer: Secret,
}

/// Body of `POST /connect/v1/session/resend`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resend {
    /// The step whose code did not come; see [`StepReply::turn`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<u32>,
}

/// Body of `POST /connect/v1/session/accounts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareAccounts {
    /// The step that is answered; see [`StepReply::turn`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<u32>,
    /// At least one [`AccountView::pick`].
    pub picks: Vec<u16>,
}

impl BalanceView {
    /// Whether the available figure was worked out and not reported.
    pub fn is_derived(&self) -> bool {
        self.source == AvailableSource::Derived
    }
}
