//! What an institution's answer, or its silence, leads to.

use crate::error::ApiError;
use crate::sessions::claim::{Claimed, Outcome, connector_of};
use crate::sessions::redirect;
use crate::sessions::returning;
use crate::sessions::state::{KeptAccount, KeptHolder, SessionState, Stage};
use crate::state::App;
use egusi_connectors::{Access, Connector, ConnectorError, Fault, Granted, Presence, ReportedAccount, Turn};
use egusi_protocol::{Holders, InstitutionId, Pending, Problem, ProblemCode, Product};
use std::future::Future;

/// A turn; where it completed the sign-in, with the accounts it leads to.
enum Heard {
    Turn(Turn),
    Accounts(Granted, Vec<ReportedAccount>),
}

/// Waits for the institution's answer and goes where it leads. One step is the answer and, after a
/// sign-in, the accounts: both together are bounded in time.
pub async fn take_turn(
    app: &App,
    claimed: &mut Claimed,
    institution: InstitutionId,
    answer: impl Future<Output = Result<Turn, ConnectorError>>,
) -> Result<Outcome, ApiError> {
    let connector = connector_of(app, &claimed.row)?;
    let heard = limited(app, heard(connector, claimed.state.setting.filter.holders, answer)).await;
    let now_ms = app.now_ms();
    let scope = claimed.row.scope;
    let state = &mut claimed.state;
    let stage = match heard {
        Ok(Heard::Turn(turn)) => asked(state, institution, turn, now_ms),
        Ok(Heard::Accounts(Granted { access, holder }, mut accounts)) => {
            if returning::is_who_was_meant(app, scope, state, &holder.login, &mut accounts).await? {
                let holder = KeptHolder::of(app, scope, holder);
                told(state, institution, access, holder, accounts, now_ms)
            } else {
                Stage::Failed { institution, problem: Problem::new(ProblemCode::AccountMismatch) }
            }
        }
        Err(error) if error.problem.code == ProblemCode::SignInNeeded && state.again.take().is_some() => {
            // What was asked was not enough, so everything is.
            Stage::SigningIn { institution, problem: Some(error.problem) }
        }
        Err(error) => after_failure(state, institution, error, now_ms),
    };
    state.go_to(stage);
    Ok(Outcome::Advance)
}

async fn heard(
    connector: &dyn Connector,
    wanted: Holders,
    answer: impl Future<Output = Result<Turn, ConnectorError>>,
) -> Result<Heard, ConnectorError> {
    match answer.await? {
        Turn::Granted(granted) => {
            // Accounts that were not asked for are not even read.
            refuse_other_holders(wanted, granted.holder.kind)?;
            let accounts = connector.accounts(&granted.access, Presence::Customer).await?;
            Ok(Heard::Accounts(granted, accounts))
        }
        turn => Ok(Heard::Turn(turn)),
    }
}

fn refuse_other_holders(wanted: Holders, kind: Holders) -> Result<(), ConnectorError> {
    let code = match (wanted, kind) {
        (Holders::Individual, Holders::Corporate) => ProblemCode::CorporateNotAllowed,
        (Holders::Corporate, Holders::Individual) => ProblemCode::IndividualNotAllowed,
        _ => return Ok(()),
    };
    Err(ConnectorError { fault: Fault::Customer, problem: Problem::new(code), retry: None })
}

/// The stage of a turn that asks for something more.
fn asked(state: &SessionState, institution: InstitutionId, turn: Turn, now_ms: i64) -> Stage {
    match turn {
        Turn::Ask(challenge, conversation) => {
            Stage::Challenged { institution, challenge, conversation: conversation.0, asked_at_ms: now_ms }
        }
        Turn::Pending { kind, text, retry_after_ms, conversation } => Stage::Pending {
            institution,
            pending: Pending { kind, text, retry_after_ms },
            conversation: conversation.0,
        },
        Turn::Redirect { url, conversation } if redirect::is_safe(&url) && state.way_back.is_some() => {
            Stage::Redirected { institution, url, conversation: conversation.0 }
        }
        Turn::Redirect { .. } => {
            tracing::error!(%institution, "a connector sends a customer where none may be sent");
            Stage::Failed { institution, problem: Problem::new(ProblemCode::InstitutionUnreadable) }
        }
        // Accounts were read after it, so it does not come here.
        Turn::Granted(_) => Stage::Failed { institution, problem: Problem::new(ProblemCode::Internal) },
    }
}

/// The stage of a sign-in that is complete.
fn told(
    state: &SessionState,
    institution: InstitutionId,
    Access(access): Access,
    holder: KeptHolder,
    accounts: Vec<ReportedAccount>,
    now_ms: i64,
) -> Stage {
    if accounts.iter().all(|account| account.barred.is_some()) {
        return Stage::Failed { institution, problem: Problem::new(ProblemCode::NoAccounts) };
    }
    let with_balance = state.setting.products.contains(&Product::Balance);
    let accounts =
        accounts.into_iter().map(|account| KeptAccount::from_reported(account, with_balance)).collect();
    Stage::Selecting { institution, holder, access, read_at_ms: now_ms, accounts }
}

/// Where a connector's failure leaves the session.
fn after_failure(
    state: &SessionState,
    institution: InstitutionId,
    error: ConnectorError,
    now_ms: i64,
) -> Stage {
    if error.fault == Fault::Us {
        tracing::error!(code = %error.problem.code, "the connector failed on our side");
    }
    if let Some((challenge, conversation)) = error.retry {
        // It is the code of before that is asked for again, and it has not become younger.
        let asked_at_ms = match &state.stage {
            Stage::Challenged { asked_at_ms, .. } => *asked_at_ms,
            _ => now_ms,
        };
        return Stage::Challenged { institution, challenge, conversation: conversation.0, asked_at_ms };
    }
    match error.problem.code {
        ProblemCode::WrongCredentials => Stage::SigningIn { institution, problem: Some(error.problem) },
        _ => Stage::Failed { institution, problem: error.problem },
    }
}

/// Bounds a connector's call in time.
pub async fn limited<T>(
    app: &App,
    call: impl Future<Output = Result<T, ConnectorError>>,
) -> Result<T, ConnectorError> {
    tokio::time::timeout(app.settings.bank_timeout(), call).await.unwrap_or_else(|_| {
        Err(ConnectorError {
            fault: Fault::Institution,
            problem: Problem::new(ProblemCode::InstitutionTimeout),
            retry: None,
        })
    })
}
