//! The one door to institutions: what a connector can do, and the sandbox, which is the first one.
//!
//! Read [`connector`] for the contract, [`report`] for what institutions tell, then [`sandbox`] for
//! an institution that needs no network.
//!
//! Invariant: nothing here knows the store, HTTP or the widget. A conversation's state is opaque
//! bytes to everybody else; the server seals and keeps them, so another process can go on.

pub mod connector;
pub mod report;
pub mod sandbox;

pub use connector::{
    Access, Connector, ConnectorError, Conversation, Details, Fault, Granted, Holder, Identifier,
    IdentifierKind, SignIn, Turn,
};
pub use report::{Abilities, Closing, History, PendingList, Presence, ReportedAccount, ReportedTransaction};
pub use sandbox::{Sandbox, SandboxFiles};
