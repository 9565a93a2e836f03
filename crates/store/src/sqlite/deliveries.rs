//! Queries about deliveries: which are due, who has taken them, what became of them.
//!
//! A delivery that waits has a time at which it is due. Taking it moves that time to the end of the
//! lease, so that what was taken and lost comes again by itself.

use super::columns::{Word, id, word};
use super::{endpoints, events};
use crate::*;
use egusi_protocol::{DeliveryId, EndpointId, EventId, RecordId};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// How deep a list may be paged into; beyond it a page is empty.
const DEPTH_MAX: u32 = 10_000;

/// Why a delivery to a disabled endpoint was never tried.
const IS_DISABLED: &str = "the endpoint is disabled";

impl ToSql for Word<DeliveryState> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(match self.0 {
            DeliveryState::Waiting => "waiting",
            DeliveryState::Delivered => "delivered",
            DeliveryState::Exhausted => "exhausted",
        }))
    }
}

impl FromSql for Word<DeliveryState> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "waiting" => Ok(Self(DeliveryState::Waiting)),
            "delivered" => Ok(Self(DeliveryState::Delivered)),
            "exhausted" => Ok(Self(DeliveryState::Exhausted)),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

/// All that are due, of all companies; read from the index alone, so that a long row of deliveries
/// to an endpoint that has no room is passed over quickly.
pub(super) const DUE: &str = "SELECT company, env, endpoint, id FROM delivery INDEXED BY delivery_due
    WHERE due_at_ms <= ?1 ORDER BY due_at_ms";

/// Whether a delivery is due and no earlier one stands in its way. One that was never tried does so
/// whatever its age, or after a pause of ours everything would go out at once, in no order.
pub(super) const IS_FREE: &str = "SELECT 1 FROM delivery AS own
    WHERE own.company = ?1 AND own.env = ?2 AND own.id = ?3 AND own.due_at_ms <= ?4
    AND NOT EXISTS (
        SELECT 1 FROM delivery AS earlier
        WHERE earlier.company = own.company AND earlier.env = own.env AND earlier.endpoint = own.endpoint
            AND earlier.record = own.record AND earlier.sequence < own.sequence
            AND earlier.due_at_ms IS NOT NULL
            AND (earlier.at_ms >= ?5 OR earlier.attempts = 0
                OR (earlier.attempts = 1 AND earlier.taken_until_ms > ?4)))";

pub(super) const TAKEN: &str = "SELECT count(*) FROM delivery
    WHERE company = ?1 AND env = ?2 AND endpoint = ?3 AND taken_until_ms > ?4";

pub(super) const WAITING: &str = "SELECT 1 FROM delivery
    WHERE company = ?1 AND env = ?2 AND endpoint = ?3 AND due_at_ms IS NOT NULL LIMIT 1";

pub(super) const EXHAUST: &str = "UPDATE delivery
    SET state = 'exhausted', due_at_ms = NULL, taken_until_ms = NULL
    WHERE company = ?1 AND env = ?2 AND endpoint = ?3 AND due_at_ms IS NOT NULL";

pub(super) const REPLAY_SINCE: &str = "UPDATE delivery
    SET state = 'waiting', attempts = 0, due_at_ms = ?5
    WHERE company = ?1 AND env = ?2 AND endpoint = ?3 AND state = 'exhausted' AND at_ms >= ?4";

macro_rules! newest {
    ($entry:literal) => {
        concat!(
            "SELECT id, endpoint, event, at_ms, state, attempts, due_at_ms, last_at_ms, last_status,
                last_problem
            FROM delivery WHERE company = ?1 AND env = ?2 AND state = ?3 AND (at_ms, id) < (?4, ?5)",
            $entry,
            " ORDER BY at_ms DESC, id DESC LIMIT ?6"
        )
    };
}

pub(super) const OF_STATE: &str = newest!("");
pub(super) const OF_ENDPOINT: &str = newest!(" AND endpoint = ?7");

/// A delivery that may be taken.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    scope: Scope,
    endpoint: EndpointId,
    id: DeliveryId,
}

pub(super) fn add(
    db: &Connection,
    scope: Scope,
    endpoint: EndpointId,
    is_enabled: bool,
    event: &EventRow,
) -> Result<(), StoreError> {
    let (state, due_at_ms, problem) = if is_enabled {
        (DeliveryState::Waiting, Some(event.at_ms), "")
    } else {
        (DeliveryState::Exhausted, None, IS_DISABLED)
    };
    let sql = "INSERT INTO delivery (company, env, id, endpoint, event, record, sequence, at_ms, state,
            attempts, due_at_ms, last_problem)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10, ?11)";
    db.prepare_cached(sql)?.execute(params![
        scope.company.bytes(),
        Word(scope.env),
        name(event.id, endpoint).bytes(),
        endpoint.bytes(),
        event.id.bytes(),
        event.record.as_ref().map(RecordId::bytes),
        event.sequence,
        event.at_ms,
        Word(state),
        due_at_ms,
        problem,
    ])?;
    Ok(())
}

/// There is one delivery of an event to an endpoint, so its name follows from theirs; like other
/// ids it begins with the time.
fn name(event: EventId, endpoint: EndpointId) -> DeliveryId {
    let hash = Sha256::new().chain_update(event.bytes()).chain_update(endpoint.bytes()).finalize();
    let mut bytes = *event.bytes();
    bytes[4..].copy_from_slice(&hash[..8]);
    DeliveryId::from(bytes)
}

/// What could be taken now, the longest waiting first. This only reads: most looks find nothing.
pub(super) fn due(db: &Connection, now_ms: i64, most: u32) -> Result<Vec<Candidate>, StoreError> {
    let mut statement = db.prepare_cached(DUE)?;
    let mut rows = statement.query([now_ms])?;
    let mut room = HashMap::new();
    let mut found = Vec::new();
    while found.len() < most as usize
        && let Some(row) = rows.next()?
    {
        let candidate = Candidate {
            scope: Scope { company: id(row, "company")?, env: word(row, "env")? },
            endpoint: id(row, "endpoint")?,
            id: id(row, "id")?,
        };
        let room = match room.entry((candidate.scope, candidate.endpoint)) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => new.insert(room_at(db, candidate, now_ms)?),
        };
        if *room > 0 && is_free(db, candidate, now_ms)? {
            *room -= 1;
            found.push(candidate);
        }
    }
    Ok(found)
}

fn room_at(db: &Connection, candidate: Candidate, now_ms: i64) -> Result<u32, StoreError> {
    let Candidate { scope, endpoint, id: _ } = candidate;
    let values = params![scope.company.bytes(), Word(scope.env), endpoint.bytes(), now_ms];
    let taken: u32 = db.prepare_cached(TAKEN)?.query_row(values, |row| row.get(0))?;
    Ok(IN_FLIGHT_MAX.saturating_sub(taken))
}

fn is_free(db: &Connection, candidate: Candidate, now_ms: i64) -> Result<bool, StoreError> {
    let Candidate { scope, endpoint: _, id } = candidate;
    let young_from_ms = now_ms - ORDER_KEPT_MS;
    let values = params![scope.company.bytes(), Word(scope.env), id.bytes(), now_ms, young_from_ms];
    Ok(db.prepare_cached(IS_FREE)?.exists(values)?)
}

/// Takes those that still may be.
pub(super) fn take(
    db: &Connection,
    candidates: &[Candidate],
    now_ms: i64,
    lease_until_ms: i64,
) -> Result<Vec<DueDelivery>, StoreError> {
    let mut taken = Vec::new();
    for candidate in candidates {
        let Candidate { scope, endpoint, id: delivery } = *candidate;
        let endpoint = endpoints::find(db, scope, endpoint)?;
        let is_enabled = endpoint.disabled_at_ms.is_none();
        if !is_enabled || room_at(db, *candidate, now_ms)? == 0 || !is_free(db, *candidate, now_ms)? {
            continue;
        }
        let sql = "UPDATE delivery SET attempts = attempts + 1, due_at_ms = ?4, taken_until_ms = ?4
            WHERE company = ?1 AND env = ?2 AND id = ?3 RETURNING attempts, event";
        let values = params![scope.company.bytes(), Word(scope.env), delivery.bytes(), lease_until_ms];
        let (attempt, event) = db
            .prepare_cached(sql)?
            .query_row(values, |row| Ok((row.get("attempts")?, id::<EventId>(row, "event")?)))?;
        let event = events::find(db, scope, event)?;
        taken.push(DueDelivery { scope, id: delivery, attempt, endpoint, event });
    }
    Ok(taken)
}

pub(super) fn settle(db: &Connection, scope: Scope, settle: SettleDelivery) -> Result<(), StoreError> {
    let SettleDelivery { id: delivery, attempt, at_ms, status, problem, next } = settle;
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let sql = "SELECT endpoint, attempts = ?4 AND taken_until_ms IS NOT NULL AS is_ours FROM delivery
        WHERE company = ?1 AND env = ?2 AND id = ?3";
    let (endpoint, is_ours) = db
        .prepare_cached(sql)?
        .query_row(params![company, env, delivery.bytes(), attempt], |row| {
            Ok((id::<EndpointId>(row, "endpoint")?, row.get::<_, bool>("is_ours")?))
        })
        .optional()?
        .ok_or(StoreError::NotFound)?;
    if !is_ours {
        return Err(StoreError::Conflict);
    }
    let (state, due_at_ms) = match next {
        NextTry::Delivered => (DeliveryState::Delivered, None),
        NextTry::At(due_at_ms) => (DeliveryState::Waiting, Some(due_at_ms)),
        NextTry::Exhausted | NextTry::Gone => (DeliveryState::Exhausted, None),
    };
    let sql = "UPDATE delivery SET state = ?4, due_at_ms = ?5, taken_until_ms = NULL, last_at_ms = ?6,
            last_status = ?7, last_problem = ?8
        WHERE company = ?1 AND env = ?2 AND id = ?3";
    let values = params![company, env, delivery.bytes(), Word(state), due_at_ms, at_ms, status, problem];
    db.prepare_cached(sql)?.execute(values)?;
    judge(db, scope, endpoint, attempt, at_ms, next)
}

/// What a try says about the endpoint: it works, it fails, or it has failed for too long. It fails no
/// longer when nothing waits for it any more, for silence is no failure; and the first try of a
/// delivery never shows that it failed for too long, for it may be the first after a silence.
fn judge(
    db: &Connection,
    scope: Scope,
    endpoint: EndpointId,
    attempt: u32,
    at_ms: i64,
    next: NextTry,
) -> Result<(), StoreError> {
    if next == NextTry::Delivered {
        return endpoints::set_failing(db, scope, endpoint, None);
    }
    let known = endpoints::find(db, scope, endpoint)?;
    let since_ms = known.failing_since_ms.unwrap_or(at_ms);
    let has_failed_too_long = attempt > 1 && at_ms - since_ms >= FAILING_MAX_MS;
    let is_over = next == NextTry::Exhausted && !has_failed_too_long && !is_awaited(db, scope, endpoint)?;
    endpoints::set_failing(db, scope, endpoint, (!is_over).then_some(since_ms))?;
    if known.disabled_at_ms.is_none() && (next == NextTry::Gone || has_failed_too_long) {
        endpoints::disable(db, scope, endpoint, at_ms)?;
    }
    Ok(())
}

fn is_awaited(db: &Connection, scope: Scope, endpoint: EndpointId) -> Result<bool, StoreError> {
    let values = params![scope.company.bytes(), Word(scope.env), endpoint.bytes()];
    Ok(db.prepare_cached(WAITING)?.exists(values)?)
}

/// Ends all that wait for an endpoint.
pub(super) fn exhaust(db: &Connection, scope: Scope, endpoint: EndpointId) -> Result<(), StoreError> {
    let values = params![scope.company.bytes(), Word(scope.env), endpoint.bytes()];
    db.prepare_cached(EXHAUST)?.execute(values)?;
    Ok(())
}

/// Each state has its own order in the index, so a list of all states is three lists made one.
pub(super) fn matching(
    db: &Connection,
    scope: Scope,
    filter: DeliveryFilter,
    page: Page,
) -> Result<Vec<DeliveryRow>, StoreError> {
    let DeliveryFilter { endpoint, state, after } = filter;
    let Some((skip, end)) = window(page) else { return Ok(Vec::new()) };
    let all = [DeliveryState::Waiting, DeliveryState::Delivered, DeliveryState::Exhausted];
    let wanted = all.into_iter().filter(|one| state.is_none_or(|state| state == *one));
    let Cursor { at_ms, id } = after.unwrap_or(Cursor { at_ms: i64::MAX, id: [u8::MAX; 12] });
    let mut listed = Vec::new();
    for state in wanted {
        let (company, env, endpoint) =
            (scope.company.bytes(), Word(scope.env), endpoint.as_ref().map(EndpointId::bytes));
        let values = params![company, env, Word(state), at_ms, id, end, endpoint];
        let sql = if endpoint.is_some() { OF_ENDPOINT } else { OF_STATE };
        let mut statement = db.prepare_cached(sql)?;
        let used = statement.parameter_count();
        let rows = statement.query_map(&values[..used], listed_row)?;
        listed.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    listed.sort_by_key(|row| std::cmp::Reverse((row.at_ms, row.id)));
    let shown = listed.into_iter().take(end as usize).skip(skip as usize);
    shown.map(|row| row.complete(db, scope)).collect()
}

/// What of a delivery stands in its own row.
struct Listed {
    id: DeliveryId,
    endpoint: EndpointId,
    event: EventId,
    at_ms: i64,
    state: DeliveryState,
    attempts: u32,
    due_at_ms: Option<i64>,
    last_at_ms: Option<i64>,
    last_status: Option<u16>,
    last_problem: String,
}

fn listed_row(row: &Row<'_>) -> rusqlite::Result<Listed> {
    Ok(Listed {
        id: id(row, "id")?,
        endpoint: id(row, "endpoint")?,
        event: id(row, "event")?,
        at_ms: row.get("at_ms")?,
        state: word(row, "state")?,
        attempts: row.get("attempts")?,
        due_at_ms: row.get("due_at_ms")?,
        last_at_ms: row.get("last_at_ms")?,
        last_status: row.get("last_status")?,
        last_problem: row.get("last_problem")?,
    })
}

impl Listed {
    fn complete(self, db: &Connection, scope: Scope) -> Result<DeliveryRow, StoreError> {
        let Self {
            id,
            endpoint,
            event,
            at_ms: _,
            state,
            attempts,
            due_at_ms,
            last_at_ms,
            last_status,
            last_problem,
        } = self;
        Ok(DeliveryRow {
            id,
            endpoint,
            url: endpoints::find(db, scope, endpoint)?.url,
            event: events::find(db, scope, event)?,
            state,
            attempts,
            due_at_ms,
            last_at_ms,
            last_status,
            last_problem,
        })
    }
}

/// How many rows to leave out and where to end; `None` if the page is none or lies too deep.
fn window(page: Page) -> Option<(u32, u32)> {
    let Page { number, size, counted: _ } = page;
    let end = number.checked_mul(size).filter(|end| (1..=DEPTH_MAX).contains(end))?;
    Some((end - size, end))
}

pub(super) fn replay(db: &Connection, scope: Scope, replay: Replay, now_ms: i64) -> Result<u64, StoreError> {
    match replay {
        Replay::One(id) => replay_one(db, scope, id, now_ms),
        Replay::Since(endpoint, from_ms) => {
            if endpoints::find(db, scope, endpoint)?.disabled_at_ms.is_some() {
                return Ok(0);
            }
            let values = params![scope.company.bytes(), Word(scope.env), endpoint.bytes(), from_ms, now_ms];
            Ok(db.prepare_cached(REPLAY_SINCE)?.execute(values)? as u64)
        }
    }
}

/// One that is being tried now is left to that try, and one to a disabled endpoint as it is.
fn replay_one(db: &Connection, scope: Scope, delivery: DeliveryId, now_ms: i64) -> Result<u64, StoreError> {
    let (company, env) = (scope.company.bytes(), Word(scope.env));
    let sql = "SELECT endpoint FROM delivery WHERE company = ?1 AND env = ?2 AND id = ?3";
    let endpoint = db
        .prepare_cached(sql)?
        .query_row(params![company, env, delivery.bytes()], |row| id::<EndpointId>(row, "endpoint"))
        .optional()?
        .ok_or(StoreError::NotFound)?;
    if endpoints::find(db, scope, endpoint)?.disabled_at_ms.is_some() {
        return Err(StoreError::Conflict);
    }
    let sql = "UPDATE delivery SET state = 'waiting', attempts = 0, due_at_ms = ?4, taken_until_ms = NULL
        WHERE company = ?1 AND env = ?2 AND id = ?3
            AND (taken_until_ms IS NULL OR taken_until_ms <= ?4)";
    match db.prepare_cached(sql)?.execute(params![company, env, delivery.bytes(), now_ms])? {
        0 => Err(StoreError::Conflict),
        replayed => Ok(replayed as u64),
    }
}
