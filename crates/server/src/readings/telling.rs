//! What is told of a record, at a connection and at every look after it.

use super::crossing::Crossing;
use crate::error::ApiError;
use crate::state::App;
use crate::webhooks::events::{About, Announcement, LowFunds, What, event};
use egusi_protocol::{AppId, CustomerId, EndpointId, EventId, InstitutionId, RecordId};
use egusi_store::{FullRecord, NewEvent, RecordRow, Scope, TaskKind};
use sha2::{Digest, Sha256};

/// The record that something is told of, and who hears it.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Whose and which world.
    pub scope: Scope,
    /// The record.
    pub record: RecordId,
    /// The person.
    pub customer: CustomerId,
    /// Where.
    pub institution: InstitutionId,
    /// The App it was made through, if any.
    pub app: Option<AppId>,
    /// The host's `options`, as JSON text.
    pub options: String,
    /// The host's `meta`, as JSON text.
    pub meta: String,
    /// The record's own endpoint.
    pub endpoint: Option<EndpointId>,
    /// The endpoint's address; empty if there is none.
    pub callback_url: String,
    /// When what led to this was asked for.
    pub started_at_ms: i64,
    /// When the task was asked for that this is done for, if it is one.
    pub asked_at_ms: Option<i64>,
}

impl Subject {
    /// A record that is there.
    ///
    /// # Errors
    /// If the store cannot say where its events go.
    pub async fn of(
        app: &App,
        scope: Scope,
        full: &FullRecord,
        asked_at_ms: Option<i64>,
    ) -> Result<Self, ApiError> {
        let RecordRow { id, customer, institution, app: made_through, endpoint, options, meta, .. } =
            &full.row;
        let callback_url = match endpoint {
            Some(endpoint) => app.store.endpoint(scope, *endpoint).await?.url,
            None => String::new(),
        };
        Ok(Self {
            scope,
            record: *id,
            customer: *customer,
            institution: *institution,
            app: *made_through,
            options: options.clone(),
            meta: meta.clone(),
            endpoint: *endpoint,
            callback_url,
            started_at_ms: asked_at_ms.unwrap_or_else(|| app.now_ms()),
            asked_at_ms,
        })
    }

    /// The event of something that happened.
    ///
    /// # Errors
    /// `Internal` if the institution is not listed any more, or the body cannot be written.
    pub fn event(&self, app: &App, at_ms: i64, what: What<'_>) -> Result<NewEvent, ApiError> {
        let gone = || ApiError::Internal("an institution is not listed any more".into());
        let connector = app.connector(self.scope.env).ok_or_else(gone)?;
        let institution = connector.institution(self.institution).ok_or_else(gone)?;
        let poll_url = app.settings.poll_url(self.record, poll_method(&what));
        event(
            app,
            &Announcement {
                scope: self.scope,
                what,
                about: Some(About {
                    record: self.record,
                    customer: self.customer,
                    institution,
                    slug: connector.slug(self.institution).unwrap_or_default(),
                    app: self.app,
                    options: &self.options,
                    meta: &self.meta,
                }),
                endpoint: self.endpoint,
                callback_url: &self.callback_url,
                poll_url: &poll_url,
                started_at_ms: self.started_at_ms,
                ended_at_ms: at_ms,
            },
        )
    }

    /// The event of a crossing; its id is the crossing's own, so that it is told once.
    ///
    /// # Errors
    /// As of [`Self::event`].
    pub fn low_funds(
        &self,
        app: &App,
        at_ms: i64,
        crossing: &Crossing,
        occasion: &[u8],
    ) -> Result<NewEvent, ApiError> {
        let Crossing { account, cause: _, currency, threshold_minor, available_minor, number } = *crossing;
        let funds = LowFunds { account, currency, threshold_minor, available_minor, crossings: number };
        let event = self.event(app, at_ms, What::FundsLow(funds))?;
        Ok(NewEvent { id: crossing.event_id(occasion), ..event })
    }
}

/// By which word the company asks how this stands.
const fn poll_method(what: &What<'_>) -> &'static str {
    match what {
        What::Connected { .. } => "AUTH",
        What::TransactionsRead
        | What::RefreshFailed { of: TaskKind::Transactions | TaskKind::History, .. } => "TRANSACTIONS",
        What::BalanceRead(_)
        | What::RefreshFailed { of: TaskKind::Balances, .. }
        | What::FundsLow(_)
        | What::SignInNeeded
        | What::Revoked
        | What::Test => "BALANCE",
    }
}

/// The name of an event that is made of what it tells: told again, it is still one event.
pub fn event_id(parts: &[&[u8]]) -> EventId {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let digest: [u8; 32] = hash.finalize().into();
    let mut id = [0; 12];
    id.copy_from_slice(&digest[..12]);
    EventId::from(id)
}

/// The name of what a task tells, however often it is done because a worker was lost.
pub fn task_event_id(what: &[u8], record: RecordId, kind: TaskKind, asked_at_ms: i64) -> EventId {
    let kind: &[u8] = match kind {
        TaskKind::Balances => b"balances",
        TaskKind::Transactions => b"transactions",
        TaskKind::History => b"history",
    };
    event_id(&[what, record.bytes(), kind, &asked_at_ms.to_be_bytes()])
}
