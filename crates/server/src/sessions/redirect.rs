//! The way to an institution's own page and back.
//!
//! The address the customer comes back to carries a sealed text: the hash by which the session is
//! found, and a number drawn for this one sign-in. It opens nothing but the way back, is good once,
//! and is worth nothing when the session has gone on by another way.

use crate::clock::random_bytes;
use crate::error::ApiError;
use crate::sessions::claim::{open_state, unknown_session};
use crate::sessions::state::{SessionState, Stage};
use crate::state::AppState;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use egusi_protocol::ErrorCode;
use egusi_store::{Session, TokenHash};
use url::Url;

/// What the texts are sealed for; nothing else that is sealed opens as one.
const PLACE: &[u8] = b"way back from an institution 1";
const HASH_BYTES: usize = 32;
const NONCE_BYTES: usize = 16;

/// A number drawn for one sign-in.
pub type Nonce = [u8; NONCE_BYTES];

/// Which sign-in an address belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct WayBack {
    /// The session, by the hash of its token.
    pub session: TokenHash,
    /// The sign-in.
    pub nonce: Nonce,
}

/// Draws a number for a sign-in.
///
/// # Errors
/// `Internal` if the machine has no randomness.
pub fn fresh_nonce() -> Result<Nonce, ApiError> {
    random_bytes().map_err(|error| ApiError::Internal(error.to_string()))
}

impl WayBack {
    /// Where the institution sends the customer: a whole address if the operator has said under
    /// which one this server is reached, or else a path.
    ///
    /// # Errors
    /// `Internal` if it could not be sealed.
    pub fn address(self, app: &AppState) -> Result<String, ApiError> {
        let Self { session, nonce } = self;
        let sealed = app
            .sealer
            .seal(PLACE, &[session.as_slice(), &nonce].concat())
            .map_err(|_| ApiError::Internal("a way back could not be sealed".into()))?;
        let path = format!("/connect/v1/return?state={}", BASE64_URL_SAFE_NO_PAD.encode(sealed));
        let base = app.settings.public_url.as_ref();
        Ok(base.and_then(|base| base.join(&path).ok()).map_or(path, String::from))
    }

    /// Reads what came back in an address.
    ///
    /// # Errors
    /// `SessionExpired` if this server did not write it.
    pub fn read(app: &AppState, state: &str) -> Result<Self, ApiError> {
        let sealed = BASE64_URL_SAFE_NO_PAD.decode(state).map_err(|_| used_up())?;
        let plain = app.sealer.open(PLACE, &sealed).map_err(|_| used_up())?;
        let (session, nonce) = plain.split_at_checked(HASH_BYTES).ok_or_else(used_up)?;
        let session = session.try_into().map_err(|_| used_up())?;
        Ok(Self { session, nonce: nonce.try_into().map_err(|_| used_up())? })
    }
}

/// The session that waits for that way back, looked at without taking it.
///
/// # Errors
/// `SessionExpired` if it does not wait for it, or not any more.
pub async fn awaited(app: &AppState, way_back: WayBack) -> Result<(Session, SessionState), ApiError> {
    let row = app.store.session(way_back.session).await.map_err(unknown_session)?;
    let state = open_state(app, &row, app.now_ms())?;
    if is_awaited(&state, way_back.nonce) { Ok((row, state)) } else { Err(used_up()) }
}

/// Whether a sign-in waits for the customer to come back by that way.
pub fn is_awaited(state: &SessionState, nonce: Nonce) -> bool {
    matches!(state.stage, Stage::Redirected { .. }) && state.way_back == Some(nonce)
}

/// The address leads nowhere, or not any more. Why is not told.
pub fn used_up() -> ApiError {
    ApiError::refused(ErrorCode::SessionExpired, "This address has been used, or is too old.")
}

/// Whether a browser may be sent there: `https:`, or a path of this server.
pub fn is_safe(url: &str) -> bool {
    if let Some(path) = url.strip_prefix('/') {
        // Browsers read a backslash as a slash, and drop what is no character of an address.
        let leads_elsewhere = path.starts_with(['/', '\\']);
        return !leads_elsewhere && !url.contains(|letter: char| letter.is_control() || letter == '\\');
    }
    Url::parse(url)
        .is_ok_and(|url| url.scheme() == "https" && url.username().is_empty() && url.password().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_sent_to_https_and_to_paths_of_this_server_alone() {
        for (url, is_good) in [
            ("/sandbox/bank?state=abc", true),
            ("https://bank.example/authorize?client=1", true),
            ("//evil.example/", false),
            ("/\\evil.example/", false),
            ("/\t/evil.example/", false),
            ("/a\\b", false),
            ("http://bank.example/", false),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("https://bank@evil.example/", false),
            ("bank.example", false),
            ("", false),
        ] {
            assert_eq!(is_safe(url), is_good, "{url:?}");
        }
    }
}
