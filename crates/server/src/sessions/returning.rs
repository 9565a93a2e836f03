//! Customers who were here before: how a host names one, and what of the earlier visits is found.
//!
//! Invariants: who is not found looks like who was never asked for, and costs the same questions to
//! the store. Whoever has ended the sharing is nobody who was here before. No access leaves the server, nor
//! does a session keep one: it keeps names of records.

use crate::error::ApiError;
use crate::sessions::claim::TOTAL_MS;
use crate::sessions::naming::{self, Named};
use crate::sessions::state::{Carried, ConsentGiven, SessionState, Stage};
use crate::sessions::wanted::{self, Offer};
use crate::state::AppState;
use egusi_connectors::{Access, Connector, ConnectorError, Fault, ReportedAccount};
use egusi_protocol::{
    AccountId, Barred, CustomerId, Health, InstitutionId, Problem, ProblemCode, Product, RecordId, Secret,
    SignInMethod,
};
use egusi_store::{BlindKey, Filter, KnownQuery, Page, RecordRow, Scope, StoreError};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// So many records of one customer are looked at.
const RECORDS_MAX: u32 = 100;
/// Who is never anybody: asked for where nobody was found, so that both ways are as long.
const NOBODY: [u8; 12] = [0; 12];

/// A record of the customer, and where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownRecord {
    /// Which.
    pub record: RecordId,
    /// Where.
    pub institution: InstitutionId,
}

/// What is known of whoever the host named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Records by which less may be asked: the one that is meant first, then the latest.
    pub known: Vec<KnownRecord>,
    /// Where the customer connected before, the latest first, of what this opening is for.
    pub returning: Vec<InstitutionId>,
    /// The agreement that was given for the record that is meant, if it covers what is asked for now.
    pub agreed: Option<Carried>,
}

/// The host's options that say who comes.
#[derive(Clone, Copy, Debug)]
pub struct Who<'a> {
    /// JSON text of `customer`.
    pub customer: Option<&'a Secret>,
    /// A number of an account, bare.
    pub account_number: Option<&'a Secret>,
}

impl Earlier {
    /// Looks for what earlier visits left.
    ///
    /// # Errors
    /// If the store cannot work.
    pub async fn find(
        app: &AppState,
        connector: &dyn Connector,
        scope: Scope,
        who: Who<'_>,
        offer: &Offer,
        products: &[Product],
    ) -> Result<Self, ApiError> {
        let now_ms = app.now_ms();
        let named = match who.customer {
            Some(text) => records_of_named(app, scope, text).await?,
            None => None,
        };
        let meant = match (who.account_number, offer.institution) {
            (Some(number), Some(institution)) => {
                let whose = named.as_ref().map(|(customer, _)| *customer);
                record_of_account(app, scope, number, institution, whose).await?
            }
            _ => None,
        };
        // An opening counts once for each customer, by however many names they are called.
        let mut counted = HashMap::new();
        let mut may_be_known = |customer: CustomerId| {
            *counted.entry(customer).or_insert_with(|| app.namings.take(scope, customer, now_ms))
        };
        let named = named.filter(|(customer, _)| may_be_known(*customer));
        let meant = meant.filter(|row| may_be_known(row.customer));
        let mut earlier = Self::default();
        // It must hold to the end of the session, or accounts could be shared without any.
        let end_ms = now_ms + TOTAL_MS;
        if let Some(row) = meant {
            let holds = row.consent_until_ms > end_ms && covers(&row, products);
            earlier.agreed =
                holds.then(|| Carried { until_ms: row.consent_until_ms, products: row.products.clone() });
            earlier.add(&row);
        }
        for row in named.map(|(_, rows)| rows).unwrap_or_default() {
            let institution = connector.institution(row.institution);
            if institution.is_some_and(|institution| offer.filter.admits(institution)) {
                earlier.add(&row);
                if !earlier.returning.contains(&row.institution) {
                    earlier.returning.push(row.institution);
                }
            }
        }
        Ok(earlier)
    }

    /// Puts what is known into a session that begins. Where an earlier agreement still holds there is
    /// nothing to say before the form.
    ///
    /// # Errors
    /// If the store cannot work.
    pub async fn put_into(
        self,
        app: &AppState,
        connector: &dyn Connector,
        scope: Scope,
        state: &mut SessionState,
    ) -> Result<(), ApiError> {
        let Self { known, returning, agreed } = self;
        (state.known, state.setting.returning) = (known, returning);
        let at = state.setting.institution.and_then(|institution| connector.institution(institution));
        let Some((carried, at)) = agreed.zip(at) else { return Ok(()) };
        if at.health == Health::Down {
            return Ok(());
        }
        // Nobody was asked anything now, so the agreement ends when it would have ended; in which
        // language its text was is not kept with a record.
        let language = String::new();
        state.consent = Some(ConsentGiven { at_ms: state.opened_at_ms, language, carried: Some(carried) });
        state.again = Again::at(app, connector, scope, &state.known, at.id).await?;
        state.go_to(Stage::SigningIn { institution: at.id, problem: None });
        Ok(())
    }

    fn add(&mut self, row: &RecordRow) {
        let known = KnownRecord { record: row.id, institution: row.institution };
        if !self.known.contains(&known) {
            self.known.push(known);
        }
    }
}

/// Whether an earlier agreement was to all that is asked for now.
fn covers(row: &RecordRow, products: &[Product]) -> bool {
    products.iter().all(|product| row.products.split(' ').any(|word| word == product.as_str()))
}

/// The records of the customer whom the host names, the latest visit first.
async fn records_of_named(
    app: &AppState,
    scope: Scope,
    text: &Secret,
) -> Result<Option<(CustomerId, Vec<RecordRow>)>, ApiError> {
    let Some(Named { id, identifiers }) = Named::read(text) else { return Ok(None) };
    let mut customers: Vec<_> = id.into_iter().collect();
    for (kind, value) in identifiers {
        let key = naming::key(app, scope, kind, &value);
        let found = app.store.customer_known_by(scope, kind, key).await?;
        customers.push(found.unwrap_or(CustomerId::from(NOBODY)));
    }
    let mut found = None;
    for customer in customers {
        let filter = Filter::of_customer(customer);
        let mut rows = app.store.records(scope, filter, Page::first(RECORDS_MAX)).await?.rows;
        rows.retain(|row| row.revoked_at_ms.is_none());
        // An agreement is as long for everybody, so the one that ends last was given last.
        rows.sort_by_key(|row| std::cmp::Reverse(row.consent_until_ms));
        if found.is_none() && !rows.is_empty() {
            found = Some((customer, rows));
        }
    }
    Ok(found)
}

/// The number that is meant: Okra's integrators also name an account by its id.
///
/// # Errors
/// If the store cannot work.
pub async fn number_meant(app: &AppState, scope: Scope, given: Secret) -> Result<Secret, ApiError> {
    let Ok(id) = given.expose().parse::<AccountId>() else { return Ok(given) };
    let found = app.store.accounts(scope, Filter::of_account(id), Page::first(1)).await?.rows.pop();
    let shared = found.filter(|account| account.connected);
    Ok(shared.map_or(given, |account| Secret::new(wanted::bare_number(&account.number))))
}

/// The record through which an account of that number is shared at the institution: that of the
/// customer who is named, where several persons share the account.
async fn record_of_account(
    app: &AppState,
    scope: Scope,
    number: &Secret,
    institution: InstitutionId,
    whose: Option<CustomerId>,
) -> Result<Option<RecordRow>, ApiError> {
    let mut accounts =
        app.store.accounts_shared_by_key(scope, account_key(app, scope, number.expose())).await?;
    accounts.retain(|account| account.institution == institution);
    let theirs = accounts.iter().find(|account| Some(account.customer) == whose);
    let account = theirs.or(accounts.first());
    let record = account.map_or(RecordId::from(NOBODY), |account| account.record);
    match app.store.full_record(scope, record).await {
        Ok(full) => Ok(Some(full.row).filter(|row| row.revoked_at_ms.is_none())),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A sign-in of somebody who was here before, of whom less is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Again {
    /// The record whose access is used.
    pub record: RecordId,
    /// Where.
    pub institution: InstitutionId,
    /// What is still asked.
    pub method: SignInMethod,
}

impl Again {
    /// What is still needed at an institution of whoever has these records; nothing, where
    /// everything is.
    ///
    /// # Errors
    /// If the store cannot work.
    pub async fn at(
        app: &AppState,
        connector: &dyn Connector,
        scope: Scope,
        known: &[KnownRecord],
        institution: InstitutionId,
    ) -> Result<Option<Self>, ApiError> {
        let Some(known) = known.iter().find(|known| known.institution == institution) else {
            return Ok(None);
        };
        let record = known.record;
        let access = access(app, scope, record).await?;
        let method = access.and_then(|access| connector.method_again(&access));
        Ok(method.map(|method| Self { record, institution, method }))
    }
}

/// The right to read that an earlier visit left. One that cannot be opened any more is as good as
/// none: then everything is asked.
///
/// # Errors
/// If the store cannot work.
pub async fn access(app: &AppState, scope: Scope, record: RecordId) -> Result<Option<Access>, ApiError> {
    let full = match app.store.full_record(scope, record).await {
        Ok(full) => full,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    if full.row.revoked_at_ms.is_some() {
        return Ok(None);
    }
    match app.sealer.open(full.row.id.bytes(), &full.access) {
        Ok(access) => Ok(Some(Access(access.to_vec()))),
        Err(_) => {
            tracing::warn!(record = %full.row.id, "the seal of an access is broken");
            Ok(None)
        }
    }
}

/// What a connector says of an access that is good for nothing any more.
pub fn leads_nowhere() -> ConnectorError {
    let problem = Problem::new(ProblemCode::SignInNeeded);
    ConnectorError { fault: Fault::Customer, problem, retry: None }
}

/// Bars every account but the one that the host asked for, and tells whether the sign-in is one that
/// was meant: it shows that account, and an agreement that was carried over is its own record's.
///
/// # Errors
/// If the store cannot work.
pub async fn is_who_was_meant(
    app: &AppState,
    scope: Scope,
    state: &SessionState,
    login: &str,
    accounts: &mut [ReportedAccount],
) -> Result<bool, ApiError> {
    if let Some(only) = state.only_account {
        let is_other = |account: &ReportedAccount| {
            account_key(app, scope, &wanted::bare_number(&account.number)) != only
        };
        if accounts.iter().all(is_other) {
            return Ok(false);
        }
        for account in accounts.iter_mut().filter(|account| is_other(account)) {
            account.barred = Some(Barred::OtherAccount);
        }
    }
    let is_carried = state.consent.as_ref().is_some_and(|consent| consent.carried.is_some());
    if !is_carried {
        return Ok(true);
    }
    // Two persons may share an account; only one of them has agreed.
    let query = KnownQuery { customer: [0; 32], record: app.sealer.blind(scope, "login", login) };
    let record = app.store.known_connection(scope, query).await?.record;
    Ok(record.is_some() && record == state.known.first().map(|known| known.record))
}

/// Blind key of the number of an account, as its row has it.
pub fn account_key(app: &AppState, scope: Scope, number: &str) -> BlindKey {
    app.sealer.blind(scope, "account", number)
}
