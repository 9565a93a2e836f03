//! The talk with the institution about a record that is there: what it lists now, and the past.

use super::look::LookError;
use crate::error::ApiError;
use crate::sessions::heard::limited;
use crate::state::App;
use egusi_connectors::{Access, Connector, ConnectorError, Fault, History, Presence, ReportedAccount};
use egusi_protocol::{AccountId, ProblemCode};
use egusi_store::{BalanceRow, Filter, FullRecord, Page, Scope, TaskKind};

const DAY_MS: i64 = 86_400_000;
/// A pending transaction posts within days, rarely after 14; so far back a later look begins.
const OVERLAP_MS: i64 = 14 * DAY_MS;

/// More accounts than one person has at one institution.
const BALANCES_MAX: u32 = 1_000;

/// What the institution answered.
pub struct Asked {
    /// The accounts it lists.
    pub accounts: Vec<ReportedAccount>,
    /// What it told of the past of accounts that are shared, if that was asked for.
    pub pasts: Vec<Past>,
    /// The balances as they were before.
    pub known: Vec<BalanceRow>,
    /// The sealed access with which this was asked.
    pub access: Vec<u8>,
    /// When the accounts were told.
    pub at_ms: i64,
}

/// The past of one account.
pub struct Past {
    /// Which account.
    pub account: AccountId,
    /// What the institution told.
    pub history: History,
}

/// Asks what the kind of look needs to know.
pub async fn institution(
    app: &App,
    scope: Scope,
    full: &FullRecord,
    kind: TaskKind,
) -> Result<Asked, LookError> {
    if full.row.consent_until_ms <= app.now_ms() {
        return Err(LookError::SignInNeeded);
    }
    let broken = |_| LookError::Ours(ApiError::Internal("the seal of an access is broken".into()));
    let access = app.sealer.open(full.row.id.bytes(), &full.access).map_err(broken)?;
    let access = Access(access.to_vec());
    let connector = app.connector(scope.env).ok_or_else(|| {
        LookError::Ours(ApiError::Internal("a record of a world without connectors".into()))
    })?;
    let accounts = limited(app, connector.accounts(&access, Presence::Nobody)).await.map_err(look_error)?;
    // Figures are as old as the answer, not as the question.
    let at_ms = app.now_ms();
    if accounts.is_empty() {
        // Somebody who has shared accounts has some; an empty list says more of the bank than of them.
        return Err(LookError::Institution(ProblemCode::InstitutionUnreadable));
    }
    let mut pasts = Vec::new();
    if kind != TaskKind::Balances {
        for account in full.accounts.iter().filter(|account| account.row.connected) {
            let from_ms = past_from_ms(app, scope, connector.as_ref(), full, account.row.id, at_ms).await?;
            let history = connector.history(&access, &account.row.number, from_ms, at_ms);
            let history = limited(app, history).await.map_err(look_error)?;
            pasts.push(Past { account: account.row.id, history });
        }
    }
    let known = app.store.balances(scope, Filter::of_record(full.row.id), Page::first(BALANCES_MAX), false);
    Ok(Asked { accounts, pasts, known: known.await?.rows, access: full.access.clone(), at_ms })
}

/// From where the past is to be told: from the last transaction that is known, or as far back as
/// the institution goes.
async fn past_from_ms(
    app: &App,
    scope: Scope,
    connector: &dyn Connector,
    full: &FullRecord,
    account: AccountId,
    now_ms: i64,
) -> Result<i64, LookError> {
    let newest = app.store.transactions(scope, Filter::of_account(account), Page::first(1)).await?;
    let days = connector.abilities(full.row.institution).map_or(0, |abilities| abilities.history_days);
    let oldest_ms = now_ms - i64::from(days) * DAY_MS;
    Ok(newest.rows.first().map_or(oldest_ms, |row| (row.at_ms - OVERLAP_MS).max(oldest_ms)))
}

fn look_error(error: ConnectorError) -> LookError {
    match (error.problem.code, error.fault) {
        // An access is a key that was good once: whatever the institution has against it, only the
        // customer can mend it.
        (ProblemCode::SignInNeeded, _) | (_, Fault::Customer) => LookError::SignInNeeded,
        (code, Fault::Institution) => LookError::Institution(code),
        (code, Fault::Us) => {
            LookError::Ours(ApiError::Internal(format!("the connector failed on our side: {code}")))
        }
    }
}
