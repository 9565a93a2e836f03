//! What a session may be in the middle of. Sealed at rest; a reload takes it up where it stands.

use crate::readings::reading::reading_of;
use crate::sessions::extras::Extras;
use crate::sessions::naming::KeptIdentifier;
use crate::sessions::redirect::Nonce;
use crate::sessions::returning::{Again, KnownRecord};
use crate::state::AppState;
use egusi_connectors::{Connector, Holder, ReportedAccount};
use egusi_protocol::{
    AccountList, AccountView, AvailableSource, BalanceView, Barred, Basis, Challenge, Currency, Form,
    InstitutionId, Pending, Problem, Receipt, Redirect, Setting, Step,
};
use egusi_store::{BlindKey, Reading, ReadingDetail, Scope};
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
    /// The page that embeds the widget, if the browser vouched for one.
    pub host_origin: Option<String>,
    /// The way back from the institution's own page that the sign-in under way was given, until it
    /// is used.
    pub way_back: Option<Nonce>,
    /// How many steps there were; see [`egusi_protocol::StepReply::turn`].
    pub turn: u32,
    /// Blind key of the number of the only account that may be shared.
    pub only_account: Option<BlindKey>,
    /// What earlier visits left.
    pub known: Vec<KnownRecord>,
    /// What is asked of a customer who was here before, in place of everything.
    pub again: Option<Again>,
    /// With what a window without scripts was begun, sealed, where it fills a tab: whoever comes
    /// back from an institution's own page goes on in that tab.
    #[serde(default)]
    pub tab: Option<String>,
    /// Where it stands. [`SessionState::go_to`] changes it.
    pub stage: Stage,
}

/// A session may try so many sign-ins, lest it be used to guess passwords.
pub const SIGN_INS_MAX: u8 = 8;
/// The same while only the part of the form is asked that a returning customer still owes.
pub const SIGN_INS_AGAIN_MAX: u8 = 3;

/// The customer's agreement.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConsentGiven {
    /// When.
    pub at_ms: i64,
    /// Language of the text, BCP 47; empty where it was given at an earlier visit.
    pub language: String,
    /// What was agreed, where it was given at an earlier visit to the same record.
    pub carried: Option<Carried>,
}

/// An earlier agreement, which a session neither widens nor narrows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Until when it holds.
    pub until_ms: i64,
    /// To which products, as the record has them.
    pub products: String,
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
        /// The question, with its times as they were when it was asked.
        challenge: Challenge,
        /// The connector's own bytes.
        conversation: Vec<u8>,
        /// When it was asked, or its code was sent once more.
        asked_at_ms: i64,
    },
    /// The customer is on the institution's own page.
    Redirected {
        /// Where.
        institution: InstitutionId,
        /// Where that page is; safe to go to.
        url: String,
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
    /// By what else they may be known.
    pub identifiers: Vec<KeptIdentifier>,
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
    /// Why it cannot be shared, if it cannot.
    pub barred: Option<Barred>,
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
            | Stage::Redirected { institution, .. }
            | Stage::Pending { institution, .. }
            | Stage::Selecting { institution, .. }
            | Stage::Failed { institution, .. } => Some(*institution),
        }
    }

    /// Goes on to another stage, which is one more turn.
    pub fn go_to(&mut self, stage: Stage) {
        self.turn = self.turn.saturating_add(1);
        self.stage = stage;
    }

    /// What the widget is told about where the session stands, at that time.
    pub fn step(&self, connector: &dyn Connector, now_ms: i64) -> Step {
        match &self.stage {
            Stage::Choosing => Step::Choose,
            Stage::SigningIn { institution, problem } => {
                self.form(connector, *institution, problem.clone()).map_or(Step::Choose, Step::Form)
            }
            Stage::Challenged { challenge, asked_at_ms, .. } => {
                Step::Challenge(at_time(challenge, *asked_at_ms, now_ms))
            }
            Stage::Redirected { url, .. } => Step::Redirect(Redirect { url: url.clone() }),
            Stage::Pending { pending, .. } => Step::Pending(pending.clone()),
            Stage::Selecting { accounts, read_at_ms, .. } => {
                Step::Accounts(AccountList { accounts: self.views(accounts), read_at_ms: *read_at_ms })
            }
            Stage::Failed { problem, .. } => Step::Failed(problem.clone()),
            Stage::Done(receipt) => Step::Done(receipt.clone()),
        }
    }

    /// An institution's form: what is still asked of a customer who was here before, or the ways to
    /// sign in that lead to accounts of the wanted holders; `None` if the institution has left the list.
    pub fn form(
        &self,
        connector: &dyn Connector,
        institution: InstitutionId,
        problem: Option<Problem>,
    ) -> Option<Form> {
        let all = connector.methods(institution)?;
        if let Some(again) = self.again.as_ref().filter(|again| again.institution == institution) {
            return Some(Form { institution, methods: vec![again.method.clone()], is_return: true, problem });
        }
        let wanted = self.setting.filter.holders;
        let mut methods: Vec<_> = all.iter().filter(|method| method.holders.meets(wanted)).cloned().collect();
        if methods.is_empty() {
            // A form is never empty; whose accounts they are is asked again after the sign-in.
            methods = all.to_vec();
        }
        Some(Form { institution, methods, is_return: false, problem })
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
                is_short: self.is_short(account),
                barred: account.barred,
            })
            .collect()
    }

    /// Whether an account is known to hold less than the host means to collect. What is not known is
    /// not little.
    fn is_short(&self, account: &KeptAccount) -> bool {
        let charge = self.setting.charge.filter(|charge| charge.currency == account.currency);
        let available = account.balance.and_then(|balance| balance.available);
        charge.zip(available).is_some_and(|(charge, available)| available < charge.amount_minor)
    }
}

/// A challenge with what is left of its times.
fn at_time(challenge: &Challenge, asked_at_ms: i64, now_ms: i64) -> Challenge {
    Challenge {
        resend_in_s: left_s(challenge.resend_in_s, asked_at_ms, now_ms),
        expires_in_s: left_s(challenge.expires_in_s, asked_at_ms, now_ms),
        ..challenge.clone()
    }
}

/// What is left of so many seconds that began then, rounded up: whoever waits for it is not early.
pub fn left_s(seconds: Option<u16>, since_ms: i64, now_ms: i64) -> Option<u16> {
    let left_ms = since_ms.saturating_add(i64::from(seconds?) * 1000).saturating_sub(now_ms).max(0);
    Some(u16::try_from((left_ms + 999) / 1000).unwrap_or(u16::MAX))
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
        let ReportedAccount { name, number, kind, currency, barred, reported: _, pending: _ } = account;
        Self { name, number, kind, currency, barred, balance: reading.map(KeptBalance::from) }
    }
}

impl KeptHolder {
    /// Keeps what is needed later.
    pub fn of(app: &AppState, scope: Scope, holder: Holder) -> Self {
        let Holder { name, person, login, kind: _, identifiers } = holder;
        Self { name, person, login, identifiers: KeptIdentifier::all(app, scope, &identifiers) }
    }
}
