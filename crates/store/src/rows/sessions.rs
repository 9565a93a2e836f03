//! Openings of the widget.

use super::Scope;
use egusi_protocol::SessionId;

/// SHA-256 of a session token.
pub type TokenHash = [u8; 32];
/// A session to open.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Whose and which world.
    pub scope: Scope,
    /// Its name.
    pub id: SessionId,
    /// Hash of its token.
    pub token: TokenHash,
    /// Sealed state.
    pub body: Vec<u8>,
    /// When.
    pub created_at_ms: i64,
    /// When it ends if nothing happens.
    pub expires_at_ms: i64,
}

/// A session, found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Whose and which world.
    pub scope: Scope,
    /// Its name.
    pub id: SessionId,
    /// Raised by every claim.
    pub version: i64,
    /// Until when a call has it for itself; 0 if none has.
    pub busy_until_ms: i64,
    /// Sealed state.
    pub body: Vec<u8>,
    /// When it was opened.
    pub created_at_ms: i64,
    /// When it ends if nothing happens.
    pub expires_at_ms: i64,
}

/// A claimed session's next state.
#[derive(Clone, Debug)]
pub struct AdvanceSession {
    /// Its name.
    pub id: SessionId,
    /// The version the claim gave.
    pub version: i64,
    /// Sealed state.
    pub body: Vec<u8>,
    /// When it ends if nothing happens.
    pub expires_at_ms: i64,
}
