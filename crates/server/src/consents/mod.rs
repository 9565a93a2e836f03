//! Consents: what a customer agreed to, kept behind the number of a receipt, shown to whoever has the
//! number and ended by them.
//!
//! Invariants: the number is told to the customer's window and kept nowhere but in its sealed session and
//! as a hash; what the receipt tells lies sealed, for that number. A number that cannot be one costs the
//! same look into the store as one that is unknown.

pub mod views;

use crate::clock::random_bytes;
use crate::error::ApiError;
use crate::keys;
use crate::readings::telling::Subject;
use crate::sessions::claim::{Claimed, connector_of};
use crate::sessions::opening::CONSENT_DAYS;
use crate::sessions::sharing::Selection;
use crate::sessions::state::{ConsentGiven, KeptAccount, last_four};
use crate::state::{App, AppState};
use crate::webhooks::events::{self, Announcement, What};
use egusi_protocol::{Currency, Environment, Product, ReceiptNumber};
use egusi_store::{ConsentHash, ConsentRow, NewConsent, NewEvent, Revocation, StoreError};
use serde::{Deserialize, Serialize};

const DAY_MS: i64 = 86_400_000;

/// What a receipt tells, beside its times: as it was when the customer agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Who asked, as the customer was told.
    pub name: String,
    /// Who runs this server.
    pub operator: String,
    /// The institution.
    pub institution: String,
    /// What is read.
    pub products: Vec<Product>,
    /// The accounts that are shared.
    pub accounts: Vec<FactAccount>,
    /// The language of the consent (BCP 47); empty where an earlier one goes on.
    pub language: String,
}

/// An account on a receipt: enough to know one's own by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactAccount {
    /// `Current`, `Savings`, …
    pub kind: String,
    /// What it is kept in.
    pub currency: Currency,
    /// The end of its number.
    pub last_four: String,
}

/// A consent, found by the number of its receipt.
pub struct Receipt {
    /// The number, as it is written.
    pub number: ReceiptNumber,
    /// What the customer agreed to.
    pub facts: Facts,
    row: ConsentRow,
}

/// How the sharing stands of which a receipt tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The company may read.
    Open {
        /// Until then, if nobody ends it.
        until_ms: i64,
        /// The customer agreed once more since, at that time; one end ends both.
        again_ms: Option<i64>,
    },
    /// The time was over.
    Over {
        /// Since then.
        at_ms: i64,
    },
    /// The customer ended it.
    Stopped {
        /// When.
        at_ms: i64,
    },
}

/// A number that nobody has.
///
/// # Errors
/// If the machine has no randomness.
pub fn fresh_number() -> Result<ReceiptNumber, ApiError> {
    let bytes = random_bytes().map_err(|error| ApiError::Internal(error.to_string()))?;
    Ok(ReceiptNumber::of(&bytes))
}

/// The consent that a session leaves when it finishes.
///
/// # Errors
/// If the facts cannot be sealed.
pub fn kept(
    app: &AppState,
    claimed: &Claimed,
    selection: &Selection,
    number: &ReceiptNumber,
) -> Result<NewConsent, ApiError> {
    let state = &claimed.state;
    let given = state.consent.as_ref();
    let carried = given.and_then(|given| given.carried.as_ref());
    let asked = given.map_or(claimed.now_ms, |given| given.at_ms);
    // Every agreement is as long, so the end of an earlier one tells when it was given.
    let agreed_at_ms = carried.map_or(asked, |carried| carried.until_ms - i64::from(CONSENT_DAYS) * DAY_MS);
    let products = match carried {
        Some(carried) => carried.products.split_ascii_whitespace().map(Product::from_word).collect(),
        None => state.setting.products.clone(),
    };
    let institution = connector_of(app, &claimed.row)?.institution(selection.institution);
    let picked = |account: (u16, &KeptAccount)| {
        let (pick, KeptAccount { kind, currency, number, .. }) = account;
        let last_four = last_four(number).to_owned();
        selection.picks.contains(&pick).then(|| FactAccount {
            kind: kind.clone(),
            currency: *currency,
            last_four,
        })
    };
    let facts = Facts {
        name: state.setting.name.clone(),
        operator: state.setting.operator.clone(),
        institution: institution.map(|institution| institution.name.clone()).unwrap_or_default(),
        products,
        accounts: (0..).zip(&selection.accounts).filter_map(picked).collect(),
        language: given.map(|ConsentGiven { language, .. }| language.clone()).unwrap_or_default(),
    };
    let hash = hash(number.expose());
    let text = serde_json::to_vec(&facts).map_err(|error| ApiError::Internal(error.to_string()))?;
    let facts = app.sealer.seal(&hash, &text);
    let facts = facts.map_err(|_| ApiError::Internal("a consent could not be sealed".into()))?;
    Ok(NewConsent { number: hash, agreed_at_ms, is_carried: carried.is_some(), facts })
}

/// A number has 80 random bits, so a fast hash is enough.
fn hash(number: &str) -> ConsentHash {
    keys::hash(number)
}

impl Receipt {
    /// The receipt of a number that somebody typed; nothing for one that is unknown or cannot be one.
    ///
    /// # Errors
    /// If the store cannot work, or the seal of the facts is broken.
    pub async fn find(app: &AppState, typed: &str) -> Result<Option<Self>, ApiError> {
        let number = ReceiptNumber::read(typed);
        let hash = hash(number.as_ref().map_or(typed, ReceiptNumber::expose));
        let found = match app.store.consent(hash).await {
            Ok(row) => Some(row),
            Err(StoreError::NotFound) => None,
            Err(error) => return Err(error.into()),
        };
        let Some((number, row)) = number.zip(found) else { return Ok(None) };
        let broken =
            || ApiError::Internal("the seal of a consent is broken; was the key file changed?".into());
        let text = app.sealer.open(&hash, &row.facts).map_err(|_| broken())?;
        let facts = serde_json::from_slice(&text).map_err(|_| broken())?;
        Ok(Some(Self { number, facts, row }))
    }

    /// When the customer agreed.
    pub const fn agreed_at_ms(&self) -> i64 {
        self.row.agreed_at_ms
    }

    /// Whether it is of the sandbox, where nothing is real.
    pub fn is_of_sandbox(&self) -> bool {
        self.row.scope.env == Environment::Sandbox
    }

    /// How the sharing stands at that time.
    pub const fn standing(&self, now_ms: i64) -> Standing {
        let ConsentRow { until_ms, again_at_ms, stopped_at_ms, .. } = self.row;
        match stopped_at_ms {
            Some(at_ms) => Standing::Stopped { at_ms },
            None if until_ms <= now_ms => Standing::Over { at_ms: until_ms },
            None => Standing::Open { until_ms, again_ms: again_at_ms },
        }
    }

    /// Whether there is anything to end.
    pub const fn is_open(&self, now_ms: i64) -> bool {
        matches!(self.standing(now_ms), Standing::Open { .. })
    }

    /// Ends the sharing, with the webhooks that tell of it; and says how it stands then. What has ended
    /// stays as it is.
    ///
    /// # Errors
    /// If the store cannot work.
    pub async fn stop(mut self, app: &App) -> Result<Self, ApiError> {
        let at_ms = app.now_ms();
        if !self.is_open(at_ms) {
            return Ok(self);
        }
        let number = hash(self.number.expose());
        let revocation = Revocation { number, at_ms, event: self.event(app, at_ms).await? };
        if app.store.revoke(self.row.scope, revocation).await? {
            app.bells.deliveries.notify_one();
        }
        self.row = app.store.consent(number).await?;
        Ok(self)
    }

    /// The customer's wish does not wait for an institution that has left the list: then the event names
    /// the record alone.
    async fn event(&self, app: &App, at_ms: i64) -> Result<NewEvent, ApiError> {
        let ConsentRow { scope, record, .. } = self.row;
        let full = app.store.full_record(scope, record).await?;
        let subject = Subject::of(app, scope, &full, None).await?;
        if let Ok(event) = subject.event(app, at_ms, What::Revoked) {
            return Ok(event);
        }
        let bare = Announcement {
            scope,
            what: What::Revoked,
            about: None,
            endpoint: subject.endpoint,
            callback_url: &subject.callback_url,
            poll_url: "",
            started_at_ms: at_ms,
            ended_at_ms: at_ms,
        };
        Ok(NewEvent { record: Some(record), ..events::event(app, &bare)? })
    }
}
