//! What webhooks tell: events, the endpoints they go to, and each one's way there.

use egusi_protocol::*;

/// Something that happened, to be told in the same transaction as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// Its name; the `webhook-id` of every try. An event whose id is there already is not added
    /// again.
    pub id: EventId,
    /// What happened.
    pub kind: EventKind,
    /// The record it happened to, if any.
    pub record: Option<RecordId>,
    /// The endpoint of the record, told beside the company's standing ones.
    pub endpoint: Option<EndpointId>,
    /// JSON text, sent as it is.
    pub body: String,
    /// When.
    pub at_ms: i64,
}

/// For how long a record's events are told one after the other; see [`crate::Store::claim_deliveries`].
pub const ORDER_KEPT_MS: i64 = 300_000;

/// How many deliveries to one endpoint are taken at a time, by everybody together.
pub const IN_FLIGHT_MAX: u32 = 4;

/// An endpoint at which nothing arrived for this long, though something waited all the time, is
/// disabled when the next try fails that is not a delivery's first.
pub const FAILING_MAX_MS: i64 = 5 * 86_400_000;

/// An endpoint to make, unless one of the same URL is there.
#[derive(Clone, Debug)]
pub struct NewEndpoint {
    /// Its name, if it is new.
    pub id: EndpointId,
    /// Where.
    pub url: String,
    /// Whether it is told every event of the company, not only those of records that name it.
    pub is_standing: bool,
    /// Sealed secret, if it is new.
    pub secret: Vec<u8>,
    /// When.
    pub at_ms: i64,
}

/// An endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its name.
    pub id: EndpointId,
    /// Where.
    pub url: String,
    /// Whether it is told every event of the company.
    pub is_standing: bool,
    /// Sealed secret.
    pub secret: Vec<u8>,
    /// The sealed secret before, which still signs beside the new one until then.
    pub previous: Option<(Vec<u8>, i64)>,
    /// Since when nothing arrived there; `None` while it works, or nothing waits for it.
    pub failing_since_ms: Option<i64>,
    /// Since when nothing is sent there any more.
    pub disabled_at_ms: Option<i64>,
    /// When it was made.
    pub created_at_ms: i64,
}

/// What is to be different about an endpoint.
#[derive(Clone, Debug)]
pub enum EndpointChange {
    /// A new sealed secret; the one before signs along until the given time.
    Secret(Vec<u8>, i64),
    /// Told every event of the company, or not.
    Standing(bool),
    /// Not told anything any more, which began at the given time, and what waits for it is
    /// exhausted; `None` lets it be told again.
    Disabled(Option<i64>),
}

/// A delivery that is due, taken for one try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueDelivery {
    /// Whose and which world.
    pub scope: Scope,
    /// Its name.
    pub id: DeliveryId,
    /// Which try this is, from 1; also the proof that it was taken, see [`SettleDelivery::attempt`].
    pub attempt: u32,
    /// Where it goes.
    pub endpoint: Endpoint,
    /// What is told.
    pub event: EventRow,
}

use super::Scope;

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// Its name.
    pub id: EventId,
    /// What happened.
    pub kind: EventKind,
    /// The record it happened to, if any.
    pub record: Option<RecordId>,
    /// Its number among the events of its record, from 1; 0 without a record.
    pub sequence: i64,
    /// JSON text.
    pub body: String,
    /// When.
    pub at_ms: i64,
}

/// What became of a try.
#[derive(Clone, Debug)]
pub struct SettleDelivery {
    /// Which delivery.
    pub id: DeliveryId,
    /// The try it was taken for; `Conflict` if somebody else has taken it since.
    pub attempt: u32,
    /// When.
    pub at_ms: i64,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// Why it failed, in a few words; empty if it did not.
    pub problem: String,
    /// What comes next.
    pub next: NextTry,
}

/// What comes after a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextTry {
    /// It arrived.
    Delivered,
    /// Another try at that time.
    At(i64),
    /// No more tries.
    Exhausted,
    /// The endpoint wants no more of anything: it is disabled, and what waits for it is exhausted.
    Gone,
}

/// How a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeliveryState {
    /// A try is due, now or later.
    Waiting,
    /// It arrived.
    Delivered,
    /// Every try failed, or the endpoint was disabled: before the event, then there was no try.
    Exhausted,
}

/// A delivery, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRow {
    /// Its name.
    pub id: DeliveryId,
    /// Where it goes.
    pub endpoint: EndpointId,
    /// The endpoint's address.
    pub url: String,
    /// What is told.
    pub event: EventRow,
    /// How it stands.
    pub state: DeliveryState,
    /// How many tries there were.
    pub attempts: u32,
    /// When the next try is, if there is one.
    pub due_at_ms: Option<i64>,
    /// When the last try was.
    pub last_at_ms: Option<i64>,
    /// The HTTP status of the last try.
    pub last_status: Option<u16>,
    /// Why the last try failed, or why there was none; empty if it did not fail.
    pub last_problem: String,
}

/// Which deliveries are wanted; every condition that is given must hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeliveryFilter {
    /// To this endpoint.
    pub endpoint: Option<EndpointId>,
    /// That stand so.
    pub state: Option<DeliveryState>,
    /// Behind this row of the list.
    pub after: Option<super::Cursor>,
}

/// Which deliveries are to be tried again from the beginning. Those to a disabled endpoint are left
/// as they are, and one that is being tried just now is left to that try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replay {
    /// This one, whether it arrived or not.
    One(DeliveryId),
    /// All that are exhausted, to this endpoint, of events at that time or later; none if it is
    /// disabled.
    Since(EndpointId, i64),
}
