//! How a session ends well: the accounts picked become a customer, a record, accounts and
//! balances, and the session is done, in one transaction.

use crate::error::ApiError;
use crate::okra::success::{SharedAccount, SharedConnection, success_payload};
use crate::sessions::claim::{Claimed, Outcome, advance};
use crate::sessions::opening::CONSENT_DAYS;
use crate::sessions::state::{KeptAccount, KeptHolder, Stage, last_four};
use crate::sessions::turns::wrong_step;
use crate::state::App;
use egusi_protocol::{ErrorCode, InstitutionId, Product, Receipt};
use egusi_store::{
    KnownConnection, KnownQuery, NewAccount, NewBalance, NewConnection, NewCustomer, NewRecord, Reading,
    ReadingDetail, StoreError,
};
use std::collections::BTreeSet;

const DAY_MS: i64 = 86_400_000;
/// Two sessions of one customer may finish at once; the slower one reads again and joins.
const TRIES: usize = 4;

/// What the stage before the end holds.
struct Selection {
    institution: InstitutionId,
    holder: KeptHolder,
    access: Vec<u8>,
    read_at_ms: i64,
    accounts: Vec<KeptAccount>,
    picks: BTreeSet<u16>,
}

/// The customer picked accounts.
pub async fn share(app: &App, claimed: &mut Claimed, picks: Vec<u16>) -> Result<Outcome, ApiError> {
    if matches!(claimed.state.stage, Stage::Done(_)) {
        // The same answer again: the first one may have been lost on its way.
        return Ok(Outcome::Advance);
    }
    let selection = select(&claimed.state.stage, &picks)?;
    let scope = claimed.row.scope;
    let query = KnownQuery {
        customer: app.sealer.blind(scope, "person", &selection.holder.person),
        record: app.sealer.blind(scope, "login", &selection.holder.login),
    };
    let before = claimed.state.stage.clone();
    for _ in 0..TRIES {
        let known = app.store.known_connection(scope, query.clone()).await?;
        let connection = connection(app, claimed, &selection, &query, &known)?;
        let host_payload = payload(app, claimed, &selection, &connection)?;
        let shared = u16::try_from(selection.picks.len()).unwrap_or(u16::MAX);
        claimed.state.stage = Stage::Done(Receipt { accounts: shared, host_payload });
        match app.store.finish_session(scope, advance(app, claimed)?, connection).await {
            Ok(()) => return Ok(Outcome::Written),
            Err(StoreError::Conflict) => claimed.state.stage = before.clone(),
            Err(error) => return Err(error.into()),
        }
    }
    Err(ApiError::Unavailable("a connection met another of the same customer too often".into()))
}

fn select(stage: &Stage, picks: &[u16]) -> Result<Selection, ApiError> {
    let Stage::Selecting { institution, holder, access, read_at_ms, accounts } = stage else {
        return Err(wrong_step("accounts can be picked"));
    };
    let picks: BTreeSet<u16> = picks.iter().copied().collect();
    let count = accounts.len();
    if picks.is_empty() || picks.iter().any(|pick| usize::from(*pick) >= count) {
        let got: Vec<_> = picks.iter().take(20).collect();
        return Err(ApiError::refused(
            ErrorCode::InvalidRequest,
            format!("picks: expected one or more of the {count} accounts, counted from 0; got {got:?}"),
        ));
    }
    Ok(Selection {
        institution: *institution,
        holder: holder.clone(),
        access: access.clone(),
        read_at_ms: *read_at_ms,
        accounts: accounts.clone(),
        picks,
    })
}

fn connection(
    app: &App,
    claimed: &Claimed,
    selection: &Selection,
    query: &KnownQuery,
    known: &KnownConnection,
) -> Result<NewConnection, ApiError> {
    let now_ms = claimed.now_ms;
    let record = known.record.unwrap_or_else(|| app.mint.id(now_ms));
    let access = app
        .sealer
        .seal(record.bytes(), &selection.access)
        .map_err(|_| ApiError::Internal("an access could not be sealed".into()))?;
    let products: Vec<_> =
        claimed.state.setting.products.iter().map(|product| Product::as_str(*product)).collect();
    let accounts = (0..).zip(&selection.accounts).map(|(pick, account)| {
        let key = app.sealer.blind(claimed.row.scope, "account", &account.number);
        let before = known.accounts.iter().find(|known| known.key == key);
        let connected = selection.picks.contains(&pick);
        NewAccount {
            id: before.map_or_else(|| app.mint.id(now_ms), |known| known.id),
            key,
            name: account.name.clone(),
            number: if connected { account.number.clone() } else { masked(&account.number) },
            kind: account.kind.clone(),
            currency: account.currency,
            connected,
            balance: account.balance.filter(|_| connected).map(|balance| NewBalance {
                id: before.and_then(|known| known.balance).unwrap_or_else(|| app.mint.id(now_ms)),
                reading: Reading {
                    ledger_minor: balance.ledger,
                    available_minor: balance.available,
                    source: balance.source,
                    at_ms: selection.read_at_ms,
                    detail: ReadingDetail::NONE,
                },
            }),
        }
    });
    Ok(NewConnection {
        at_ms: now_ms,
        customer: NewCustomer {
            id: known.customer.unwrap_or_else(|| app.mint.id(now_ms)),
            key: query.customer,
            name: selection.holder.name.clone(),
        },
        record: NewRecord {
            id: record,
            key: query.record,
            institution: selection.institution,
            access,
            products: products.join(" "),
            endpoint: None,
            app: None,
            options: "{}".to_owned(),
            meta: "{}".to_owned(),
            consent_until_ms: now_ms + i64::from(CONSENT_DAYS) * DAY_MS,
        },
        accounts: accounts.collect(),
        events: Vec::new(),
        watches: Vec::new(),
        then: None,
    })
}

/// The host's payload, from exactly the rows that are written.
fn payload(
    app: &App,
    claimed: &Claimed,
    selection: &Selection,
    connection: &NewConnection,
) -> Result<String, ApiError> {
    let connector = app
        .connector(claimed.row.scope.env)
        .ok_or_else(|| ApiError::Internal("a session of a world without connectors".into()))?;
    let institution = connector
        .institutions()
        .iter()
        .find(|institution| institution.id == selection.institution)
        .ok_or_else(|| ApiError::Internal("an institution left the list during a session".into()))?;
    let shared = SharedConnection {
        institution,
        slug: connector.slug(selection.institution).unwrap_or_default(),
        env: claimed.row.scope.env,
        at_ms: claimed.now_ms,
        callback_url: claimed.state.callback_url.as_deref(),
        meta: &claimed.state.extras.meta,
        customer: connection.customer.id,
        holder: &selection.holder.name,
        record: connection.record.id,
        accounts: connection.accounts.iter().map(shared_account).collect(),
    };
    success_payload(&shared).map_err(|error| ApiError::Internal(error.to_string()))
}

fn shared_account(account: &NewAccount) -> SharedAccount<'_> {
    let NewAccount { id, key: _, name: _, number, kind, currency, connected, balance } = account;
    let reading = balance.as_ref().map(|NewBalance { id: _, reading }| reading);
    SharedAccount {
        id: *id,
        number,
        kind,
        currency: *currency,
        connected: *connected,
        ledger_minor: reading.and_then(|reading| reading.ledger_minor),
        available_minor: reading.and_then(|reading| reading.available_minor),
    }
}

/// An account that was not picked is known by its last digits alone.
fn masked(number: &str) -> String {
    let hidden = number.chars().count().saturating_sub(4);
    format!("{}{}", "*".repeat(hidden), last_four(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_that_was_not_picked_keeps_its_last_digits_only() {
        assert_eq!(masked("2000110042"), "******0042");
        assert_eq!(masked("42"), "42");
    }
}
