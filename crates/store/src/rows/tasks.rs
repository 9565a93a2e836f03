//! Work that was asked for and goes on without the asker, and what calls leave behind so that the
//! same call again is no second one.

use super::Scope;
use egusi_protocol::RecordId;

/// What is to be done about a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskKind {
    /// Read its balances again.
    Balances,
    /// Read its transactions, and with them its balances.
    Transactions,
    /// Read its past for the first time: balances of former months and, if they were asked for,
    /// transactions.
    History,
}

/// How a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskState {
    /// Asked for, or being done.
    Running,
    /// Done.
    Completed,
    /// It came to nothing.
    Failed,
}

/// A record's last task of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Which record.
    pub record: RecordId,
    /// What is to be done.
    pub kind: TaskKind,
    /// How it stands.
    pub state: TaskState,
    /// When it was asked for.
    pub asked_at_ms: i64,
    /// When it ended.
    pub ended_at_ms: Option<i64>,
    /// The code of what went wrong; empty if nothing did.
    pub problem: String,
}

/// A task that is due, taken for one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueTask {
    /// Whose and which world.
    pub scope: Scope,
    /// Which record.
    pub record: RecordId,
    /// What is to be done.
    pub kind: TaskKind,
    /// When it was asked for. A task that is asked for again counts its tries anew, so this and the
    /// number of the try together are the proof that it was taken.
    pub asked_at_ms: i64,
    /// Which try this is, from 1.
    pub attempt: u32,
}

/// What became of a try at a task.
#[derive(Clone, Debug)]
pub enum TaskEnd {
    /// Done.
    Completed,
    /// Tried again at that time.
    Again(i64),
    /// It came to nothing, for the reason of that code.
    Failed(String),
}

/// A call that carries an idempotency key.
#[derive(Clone, Debug)]
pub struct NewCall {
    /// SHA-256 of the caller's key.
    pub key: [u8; 32],
    /// SHA-256 of method, path and body.
    pub fingerprint: [u8; 32],
    /// When.
    pub at_ms: i64,
    /// Until when nobody else works on the same call.
    pub busy_until_ms: i64,
}

/// What is known of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KnownCall {
    /// It is new, or the one before was lost on its way: do it.
    Fresh,
    /// It is being worked on; the answer comes within so many milliseconds.
    Running(i64),
    /// It was done; this was the answer.
    Answered(u16, String),
    /// The key was used for something else.
    Mismatch,
}

/// State that a connector keeps for a company under a name, sealed by whoever writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Raised by every write.
    pub version: i64,
    /// The bytes.
    pub body: Vec<u8>,
}
