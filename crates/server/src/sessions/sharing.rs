//! How a session ends well: the accounts picked become a customer, a record, accounts and
//! balances, with the webhooks that tell of it, and the session is done, in one transaction.

use crate::consents;
use crate::error::ApiError;
use crate::okra::success::{SharedAccount, SharedConnection, success_payload};
use crate::sessions::claim::{Claimed, Outcome, advance};
use crate::sessions::rows::{Around, Known, connection};
use crate::sessions::state::{KeptAccount, KeptHolder, Stage};
use crate::sessions::turns::{is_behind, wrong_step};
use crate::state::App;
use crate::webhooks::endpoints;
use egusi_protocol::{ErrorCode, InstitutionId, Receipt, Selection as HowMany, ShareAccounts};
use egusi_store::{
    BalanceRow, Filter, KnownConnection, KnownQuery, NewAccount, NewBalance, NewConnection, Page, StoreError,
};
use std::collections::BTreeSet;

/// Two sessions of one customer may finish at once; the slower one reads again and joins.
const TRIES: usize = 4;
/// More accounts than one person has at one institution.
const BALANCES_MAX: u32 = 1_000;

/// What the stage before the end holds.
pub struct Selection {
    /// Where.
    pub institution: InstitutionId,
    /// Who signed in.
    pub holder: KeptHolder,
    /// The right to read, the connector's own bytes.
    pub access: Vec<u8>,
    /// When the accounts were read.
    pub read_at_ms: i64,
    /// The accounts.
    pub accounts: Vec<KeptAccount>,
    /// The places of those that are shared.
    pub picks: BTreeSet<u16>,
}

/// The customer picked accounts.
pub async fn share(app: &App, claimed: &mut Claimed, sent: ShareAccounts) -> Result<Outcome, ApiError> {
    let ShareAccounts { turn, picks } = sent;
    // The same answer again, with its turn or without: the first one may have been lost on its way.
    if is_behind(&claimed.state, turn)? || matches!(claimed.state.stage, Stage::Done(_)) {
        return Ok(Outcome::Unchanged);
    }
    let selection = select(&claimed.state.stage, &picks)?;
    refuse_other_picks(claimed.state.setting.selection, &selection)?;
    let scope = claimed.row.scope;
    let query = KnownQuery {
        customer: app.sealer.blind(scope, "person", &selection.holder.person),
        record: app.sealer.blind(scope, "login", &selection.holder.login),
    };
    let around = around(app, claimed).await?;
    let picking = claimed.state.clone();
    let number = consents::fresh_number()?;
    let consent = consents::kept(app, claimed, &selection, &number)?;
    for _ in 0..TRIES {
        let known = app.store.known_connection(scope, query.clone()).await?;
        if consent.is_carried && known.is_revoked {
            return Err(ended_meanwhile());
        }
        let before = balances_before(app, claimed, &known).await?;
        let earlier = Known { known, before };
        let connection = connection(app, claimed, &selection, &query, &earlier, &around, consent.clone())?;
        let host_payload = payload(app, claimed, &selection, &connection)?;
        let shared = u16::try_from(selection.picks.len()).unwrap_or(u16::MAX);
        let institution = selection.institution;
        let number = Some(number.clone());
        claimed.state.go_to(Stage::Done(Receipt { institution, accounts: shared, host_payload, number }));
        match app.store.finish_session(scope, advance(app, claimed)?, connection).await {
            Ok(()) => {
                app.bells.deliveries.notify_one();
                app.bells.tasks.notify_one();
                return Ok(Outcome::Written);
            }
            Err(StoreError::Conflict) => claimed.state = picking.clone(),
            Err(error) => return Err(error.into()),
        }
    }
    Err(ApiError::Unavailable("a connection met another of the same customer too often".into()))
}

/// The agreement by which this session was opened has ended since; a new window asks for another.
fn ended_meanwhile() -> ApiError {
    ApiError::refused(ErrorCode::SessionExpired, "The sharing was stopped meanwhile. Open the widget again.")
}

/// Where events go, and from which amount on an App's accounts hold too little.
async fn around(app: &App, claimed: &Claimed) -> Result<Around, ApiError> {
    let scope = claimed.row.scope;
    let endpoint = match &claimed.state.callback_url {
        Some(url) => Some(endpoints::ensure(app, scope, url, false).await?),
        None => None,
    };
    let thresholds = match claimed.state.extras.app {
        Some(id) => match app.store.app(scope, id).await {
            Ok(found) => found.low_funds,
            Err(StoreError::NotFound) => Vec::new(),
            Err(error) => return Err(error.into()),
        },
        None => Vec::new(),
    };
    Ok(Around { endpoint: endpoint.map(|endpoint| (endpoint.id, endpoint.url)), thresholds })
}

/// The balances of a customer who was here before.
async fn balances_before(
    app: &App,
    claimed: &Claimed,
    known: &KnownConnection,
) -> Result<Vec<BalanceRow>, ApiError> {
    let Some(record) = known.record else { return Ok(Vec::new()) };
    let page = Page::first(BALANCES_MAX);
    Ok(app.store.balances(claimed.row.scope, Filter::of_record(record), page, false).await?.rows)
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

/// What cannot be shared stays where it is, however it was picked.
fn refuse_other_picks(how_many: HowMany, selection: &Selection) -> Result<(), ApiError> {
    let (accounts, picks) = (&selection.accounts, &selection.picks);
    if how_many == HowMany::Single && picks.len() != 1 {
        let message = format!("picks: expected exactly one account, got {}", picks.len());
        return Err(ApiError::refused(ErrorCode::InvalidRequest, message));
    }
    let barred = |pick: &u16| accounts.get(usize::from(*pick))?.barred;
    match picks.iter().find_map(barred) {
        None => Ok(()),
        Some(why) => Err(ApiError::refused(
            ErrorCode::InvalidRequest,
            format!("picks: expected accounts that can be shared; got one that is barred ({why})"),
        )),
    }
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
    let NewAccount { id, key: _, name: _, number, kind, currency, connected, is_left: _, balance } = account;
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
