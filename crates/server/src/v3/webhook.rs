//! Webhook endpoints, and each event's way there.

use crate::v3::scalars::{DayOrTime, Id, Time};
use egusi_protocol::{DeliveryId, EndpointId, EventId, RecordId};
use egusi_store::{DeliveryRow, DeliveryState, Endpoint as EndpointRow, EventRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An address that is told events.
#[derive(Debug, Serialize, ToSchema)]
pub struct Endpoint {
    /// Its name.
    #[schema(value_type = Id)]
    id: EndpointId,
    /// Where.
    url: String,
    /// Whether it is told every event, not only those of records that name it.
    standing: bool,
    /// Since when nothing arrived there; null while it works, or nothing waits for it.
    #[schema(required)]
    failing_since: Option<Time>,
    /// Since when nothing is sent there any more; null while something is.
    #[schema(required)]
    disabled_at: Option<Time>,
    /// When it was made.
    created_at: Time,
}

impl From<EndpointRow> for Endpoint {
    fn from(row: EndpointRow) -> Self {
        let EndpointRow {
            id,
            url,
            is_standing,
            secret: _,
            previous: _,
            failing_since_ms,
            disabled_at_ms,
            created_at_ms,
        } = row;
        Self {
            id,
            url,
            standing: is_standing,
            failing_since: failing_since_ms.map(Time),
            disabled_at: disabled_at_ms.map(Time),
            created_at: Time(created_at_ms),
        }
    }
}

/// An endpoint to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndpointWanted {
    /// Where: an https URL of the public internet on port 443 or 8443, or one inside the networks
    /// that the operator of this server calls their own. Without user name and password.
    #[schema(max_length = 2048, pattern = "^https?://[^\\s/@]+(/.*)?$")]
    pub url: String,
}

/// What is to be different about an endpoint.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndpointChanged {
    /// Whether nothing is to be sent there.
    pub disabled: bool,
}

/// What signs the webhooks of an endpoint.
#[derive(Debug, Serialize, ToSchema)]
pub struct EndpointSecret {
    /// `whsec_` and base64, as Standard Webhooks has it.
    #[serde(serialize_with = "egusi_protocol::Secret::send")]
    #[schema(value_type = String)]
    pub secret: egusi_protocol::Secret,
}

/// One event on its way to one endpoint.
#[derive(Debug, Serialize, ToSchema)]
pub struct Delivery {
    /// Its name.
    #[schema(value_type = Id)]
    id: DeliveryId,
    /// Where it goes.
    #[schema(value_type = Id)]
    endpoint: EndpointId,
    /// The endpoint's address.
    url: String,
    /// What is told.
    event: Event,
    /// `waiting`, `delivered` or `exhausted`.
    #[schema(pattern = "^(waiting|delivered|exhausted)$")]
    state: &'static str,
    /// How many tries there were.
    attempts: u32,
    /// When the next try is; null if there is none.
    #[schema(required)]
    due_at: Option<Time>,
    /// When the last try was.
    #[schema(required)]
    last_at: Option<Time>,
    /// The HTTP status of the last try, if there was an answer.
    #[schema(required)]
    last_status: Option<u16>,
    /// Why the last try failed; null if it did not.
    #[schema(required)]
    last_problem: Option<String>,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct Event {
    /// Its name; the `webhook-id` of every try.
    #[schema(value_type = Id)]
    id: EventId,
    /// What happened, such as `balance.read`.
    kind: &'static str,
    /// The record it happened to, if any.
    #[schema(required, value_type = Option<Id>)]
    record: Option<RecordId>,
    /// Its number among the events of its record, from 1; 0 without a record.
    sequence: i64,
    /// When.
    at: Time,
}

impl From<DeliveryRow> for Delivery {
    fn from(row: DeliveryRow) -> Self {
        let DeliveryRow {
            id,
            endpoint,
            url,
            event,
            state,
            attempts,
            due_at_ms,
            last_at_ms,
            last_status,
            last_problem,
        } = row;
        let EventRow { id: event, kind, record, sequence, body: _, at_ms } = event;
        Self {
            id,
            endpoint,
            url,
            event: Event { id: event, kind: kind.as_str(), record, sequence, at: Time(at_ms) },
            state: word_of(state),
            attempts,
            due_at: due_at_ms.map(Time),
            last_at: last_at_ms.map(Time),
            last_status,
            last_problem: Some(last_problem).filter(|problem| !problem.is_empty()),
        }
    }
}

/// The words of a delivery's states.
pub const STATES: &[&str] = &["waiting", "delivered", "exhausted"];

const fn word_of(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Waiting => "waiting",
        DeliveryState::Delivered => "delivered",
        DeliveryState::Exhausted => "exhausted",
    }
}

/// The state of a word.
pub fn state_of(word: &str) -> Option<DeliveryState> {
    let all = [DeliveryState::Waiting, DeliveryState::Delivered, DeliveryState::Exhausted];
    all.into_iter().find(|state| word_of(*state) == word)
}

/// From when on events are to be told again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplaySince {
    /// Of events at this time or later: a day, which begins in UTC, or a time.
    #[schema(value_type = DayOrTime)]
    pub since: String,
}

/// How many deliveries begin anew.
#[derive(Debug, Serialize, ToSchema)]
pub struct Replayed {
    /// The number.
    pub deliveries: u64,
}

/// An event by which a webhook can be seen to arrive.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestWanted {
    /// An endpoint to tell beside the standing ones.
    #[serde(default)]
    #[schema(value_type = Option<Id>)]
    pub endpoint: Option<EndpointId>,
}

/// The event that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct TestSent {
    /// Its name; the `webhook-id` of every try.
    #[schema(value_type = Id)]
    pub event: EventId,
}
