//! What a session may be in the middle of. Sealed at rest; a reload takes it up where it stands.

use crate::readings::reading::reading_of;
use crate::sessions::extras::Extras;
use egusi_connectors::{Connector, ConnectorError, Fault, Holder, ReportedAccount};
use egusi_protocol::{
    AccountView, AvailableSource, BalanceView, Basis, Challenge, Currency, Form, InstitutionId, Pending,
    Problem, ProblemCode, Receipt, Setting, Step,
};
use egusi_store::{Reading, ReadingDetail};
use serde::{Deserialize, Serialize};

/// A session's whole state.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SessionState {
    /// What the widget was told.
    pub setting: Setting,
    /// Where events of this connection go.
    pub callback_url: Option<String>,
    /// What the host passed along for its own ends.
    pub extras: Extras,
    /// When it was opened.
    pub opened_at_ms: i64,
    /// When the customer agreed, and in which language the text was.
    pub consent: Option<ConsentGiven>,
    /// How many sign-ins were tried; see [`SIGN_INS_MAX`].
    pub sign_ins: u8,
    /// Where it stands.
    pub stage: Stage,
}

/// A session may try so many sign-ins, lest it be used to guess passwords.
pub const SIGN_INS_MAX: u8 = 8;

/// The customer's agreement.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConsentGiven {
    /// When.
    pub at_ms: i64,
    /// Language of the text, BCP 47.
    pub language: String,
}

/// Where a session stands. Each stage carries only its own data.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Stage {
    /// Nothing is chosen.
    Choosing,
    /// The form is out.
    SigningIn {
        /// Where.
        institution: InstitutionId,
        /// Why it is out again.
        problem: Option<Problem>,
    },
    /// A challenge is out.
    Challenged {
        /// Where.
        institution: InstitutionId,
        /// The question.
        challenge: Challenge,
        /// The connector's own bytes.
        conversation: Vec<u8>,
    },
    /// The institution is at work.
    Pending {
        /// Where.
        institution: InstitutionId,
        /// What the customer is told.
        pending: Pending,
        /// The connector's own bytes.
        conversation: Vec<u8>,
    },
    /// The customer picks accounts.
    Selecting {
        /// Where.
        institution: InstitutionId,
        /// Who signed in.
        holder: KeptHolder,
        /// The right to read, the connector's own bytes.
        access: Vec<u8>,
        /// When the accounts were read.
        read_at_ms: i64,
        /// The accounts.
        accounts: Vec<KeptAccount>,
    },
    /// The attempt is over.
    Failed {
        /// Where.
        institution: InstitutionId,
        /// Why.
        problem: Problem,
    },
    /// Connected.
    Done(Receipt),
}

/// Who signed in, kept until the customer has picked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptHolder {
    /// The name in the institution's books.
    pub name: String,
    /// The same for one person everywhere.
    pub person: String,
    /// The same for one sign-in at one institution.
    pub login: String,
}

/// An account that may be picked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptAccount {
    /// What the institution calls it.
    pub name: String,
    /// Its full number.
    pub number: String,
    /// `Current`, `Savings`, …
    pub kind: String,
    /// What it is kept in.
    pub currency: Currency,
    /// Its figures, if balances were asked for and the institution gave any.
    pub balance: Option<KeptBalance>,
}

/// A settled balance in minor units: a reading without its time, which is the stage's.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct KeptBalance {
    ledger: Option<i64>,
    available: Option<i64>,
    source: AvailableSource,
    is_stale: bool,
    pending_out: Option<i64>,
    pending_in: Option<i64>,
    limit: Option<i64>,
    minimum: Option<i64>,
}

impl SessionState {
    /// The institution the session is at, if it is at one.
    pub fn institution(&self) -> Option<InstitutionId> {
        match &self.stage {
            Stage::Choosing | Stage::Done(_) => None,
            Stage::SigningIn { institution, .. }
            | Stage::Challenged { institution, .. }
            | Stage::Pending { institution, .. }
            | Stage::Selecting { institution, .. }
            | Stage::Failed { institution, .. } => Some(*institution),
        }
    }

    /// What the widget is told about where the session stands.
    pub fn step(&self, connector: &dyn Connector) -> Step {
        match &self.stage {
            Stage::Choosing => Step::Choose,
            Stage::SigningIn { institution, problem } => match connector.form(*institution) {
                Some(fields) => {
                    Step::Form(Form { institution: *institution, fields, problem: problem.clone() })
                }
                None => Step::Choose,
            },
            Stage::Challenged { challenge, .. } => Step::Challenge(challenge.clone()),
            Stage::Pending { pending, .. } => Step::Pending(pending.clone()),
            Stage::Selecting { accounts, .. } => Step::Accounts(self.views(accounts)),
            Stage::Failed { problem, .. } => Step::Failed(problem.clone()),
            Stage::Done(receipt) => Step::Done(receipt.clone()),
        }
    }

    /// What the customer sees of each account: never the full number, and no figure unless wanted.
    fn views(&self, accounts: &[KeptAccount]) -> Vec<AccountView> {
        let shown = self.setting.show_balance;
        (0..)
            .zip(accounts)
            .map(|(pick, account)| AccountView {
                pick,
                name: account.name.clone(),
                last_four: last_four(&account.number).to_owned(),
                kind: account.kind.clone(),
                currency: account.currency,
                balance: account.balance.filter(|_| shown).map(KeptBalance::view),
            })
            .collect()
    }
}

/// The last four characters of a number, or all of a shorter one.
pub fn last_four(number: &str) -> &str {
    let start = number.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
    &number[start..]
}

impl KeptBalance {
    fn view(self) -> BalanceView {
        BalanceView { ledger_minor: self.ledger, available_minor: self.available, source: self.source }
    }

    /// The reading that was made at that time.
    pub fn reading(self, at_ms: i64) -> Reading {
        let Self { ledger, available, source, is_stale, pending_out, pending_in, limit, minimum } = self;
        Reading {
            ledger_minor: ledger,
            available_minor: available,
            source,
            at_ms,
            detail: ReadingDetail {
                basis: Basis::Interim,
                is_stale,
                pending_out_minor: pending_out,
                pending_in_minor: pending_in,
                limit_minor: limit,
                minimum_minor: minimum,
            },
        }
    }
}

impl From<Reading> for KeptBalance {
    fn from(reading: Reading) -> Self {
        let Reading { ledger_minor, available_minor, source, at_ms: _, detail } = reading;
        let ReadingDetail {
            basis: _,
            is_stale,
            pending_out_minor,
            pending_in_minor,
            limit_minor,
            minimum_minor,
        } = detail;
        Self {
            ledger: ledger_minor,
            available: available_minor,
            source,
            is_stale,
            pending_out: pending_out_minor,
            pending_in: pending_in_minor,
            limit: limit_minor,
            minimum: minimum_minor,
        }
    }
}

impl KeptAccount {
    /// Settles what was reported; an account without any figure keeps none, and is still an account.
    pub fn from_reported(account: ReportedAccount, with_balance: bool) -> Self {
        // The time stands with the stage, for all its accounts.
        let reading = reading_of(&account, None, 0).ok().filter(|_| with_balance);
        let ReportedAccount { name, number, kind, currency, reported: _, pending: _ } = account;
        Self { name, number, kind, currency, balance: reading.map(KeptBalance::from) }
    }
}

impl From<Holder> for KeptHolder {
    fn from(holder: Holder) -> Self {
        let Holder { name, person, login } = holder;
        Self { name, person, login }
    }
}

/// Where a connector's failure leaves the session.
pub fn after_failure(institution: InstitutionId, error: ConnectorError) -> Stage {
    if error.fault == Fault::Us {
        tracing::error!(code = %error.problem.code, "the connector failed on our side");
    }
    if let Some((challenge, conversation)) = error.retry {
        return Stage::Challenged { institution, challenge, conversation: conversation.0 };
    }
    match error.problem.code {
        ProblemCode::WrongCredentials => Stage::SigningIn { institution, problem: Some(error.problem) },
        _ => Stage::Failed { institution, problem: error.problem },
    }
}
