//! The page of the sandbox's own on which a customer approves or denies, and what it sends back.
//!
//! The server shows it; what stands here is what both have to agree on.

use super::{fault, internal};
use crate::{ConnectorError, Fault};
use egusi_protocol::ProblemCode;

/// Where the page is; its address says which sign-in it belongs to, in `state`.
pub const OWN_PAGE: &str = "/sandbox/bank";
/// What is added to the return address of a customer who approves.
pub const APPROVED: (&str, &str) = ("code", "approved");
/// What is added to the return address of a customer who denies.
pub const DENIED: (&str, &str) = ("error", "access_denied");

/// The `state` of a return address with its name, as it stands there.
pub(super) fn state_of(return_to: &str) -> Option<&str> {
    let (_, query) = return_to.split('#').next()?.split_once('?')?;
    query.split('&').find(|pair| pair.len() > "state=".len() && pair.starts_with("state="))
}

/// The address of the page for a sign-in.
pub(super) fn address(state: &str) -> Result<String, ConnectorError> {
    if state.is_empty() { Err(internal()) } else { Ok(format!("{OWN_PAGE}?{state}")) }
}

/// Whether the customer approved; anything but one clear answer is an institution's nonsense.
pub(super) fn check(query: &[(String, String)]) -> Result<(), ConnectorError> {
    let said: Vec<_> = query
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| [APPROVED.0, DENIED.0].contains(name))
        .collect();
    match said.as_slice() {
        [one] if *one == APPROVED => Ok(()),
        [one] if *one == DENIED => Err(fault(Fault::Customer, ProblemCode::Denied)),
        _ => Err(fault(Fault::Institution, ProblemCode::InstitutionUnreadable)),
    }
}
