//! With what a window was opened: the host's options, or a short name that stands for them. Every
//! page carries them sealed, so that a session that is over can be begun anew and the host's own
//! sentences stay as the host wrote them.

use crate::error::ApiError;
use crate::state::AppState;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use egusi_options::{OptionError, Options, may_say, read_json};
use egusi_store::TokenHash;
use serde_json::Value;
use std::fmt;
use zeroize::Zeroizing;

/// What it is sealed for; nothing else that is sealed opens as one.
const PLACE: &[u8] = b"options of a plain window 1";

/// What a window was opened with.
#[derive(Clone)]
pub struct Begun {
    given: Value,
    /// The same, checked.
    pub options: Options,
}

impl Begun {
    /// Checks a host's options.
    ///
    /// # Errors
    /// The first one that cannot be used.
    pub fn with(mut given: Value) -> Result<Self, OptionError> {
        let options = read_json(&given)?;
        if let Some(given) = given.as_object_mut() {
            // Checked, but not shown on these pages; it may be long.
            given.remove("logo");
        }
        Ok(Self { given, options })
    }

    /// The host's own sentences of a language, by their names. One that a host may not say is left out, and
    /// keeps nobody from their bank.
    pub fn sentences(&self, language: &str) -> Vec<(String, String)> {
        let own = self.given.get("sentences").and_then(|all| all.get(language)).and_then(Value::as_object);
        let own = own.into_iter().flatten().filter_map(|(name, text)| Some((name, text.as_str()?)));
        let own = own.filter(|(name, text)| may_say(name, text));
        own.map(|(name, text)| (name.clone(), text.to_owned())).collect()
    }

    /// The text a page carries. It goes with the session it began, if there is one, and with no other.
    ///
    /// # Errors
    /// `Internal` if it could not be sealed.
    pub fn sealed(&self, app: &AppState, session: Option<&TokenHash>) -> Result<String, ApiError> {
        let text = Zeroizing::new(self.given.to_string());
        let sealed = app.sealer.seal(&place(session), text.as_bytes());
        let sealed = sealed.map_err(|_| ApiError::Internal("options could not be sealed".into()))?;
        Ok(BASE64_URL_SAFE_NO_PAD.encode(sealed))
    }

    /// Reads what a page carried; `None` if this server did not write it.
    pub fn unsealed(app: &AppState, text: &str, session: Option<&TokenHash>) -> Option<Self> {
        let sealed = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        let plain = Zeroizing::new(app.sealer.open(&place(session), &sealed).ok()?);
        Self::with(serde_json::from_slice(&plain).ok()?).ok()
    }
}

/// It may be about one person, and none of that belongs in a log.
impl fmt::Debug for Begun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Begun")
    }
}

fn place(session: Option<&TokenHash>) -> Vec<u8> {
    [PLACE, session.map_or(&[][..], |session| session.as_slice())].concat()
}
