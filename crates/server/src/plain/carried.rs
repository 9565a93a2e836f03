//! What one page hands to the next: hidden fields of its form.
//!
//! They say where the customer was, and no more: where the session stands the server knows itself,
//! and everything else is checked like a call of the widget.

use crate::error::ApiError;
use crate::plain::begun::Begun;
use crate::state::AppState;
use crate::words::{Words, choice};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use egusi_flow::{Flow, Next, Open, Screen};
use egusi_protocol::Secret;
use egusi_store::TokenHash;

/// What the session's hash is sealed for. The token itself is on no page.
const PLACE: &[u8] = b"session of a plain window 1";

/// The field of the language the customer chose.
pub const LANGUAGE: &str = "language";

/// The fields of a form that was sent. What is in them may be a password.
pub struct Posted(Vec<(String, Secret)>);

impl Posted {
    /// Reads the body of a form.
    pub fn read(body: &[u8]) -> Self {
        let pairs = url::form_urlencoded::parse(body).into_owned();
        Self(pairs.map(|(name, value)| (name, Secret::new(value))).collect())
    }

    /// The first field of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Every field of that name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.expose())
    }
}

/// Where the customer was, so far as the session does not tell it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum At {
    /// Where the session stands.
    #[default]
    Stand,
    /// At the consent with which everything begins.
    Consent,
    /// At the consent before the list.
    ConsentToList,
    /// At the consent before a sign-in as somebody else.
    ConsentAnew,
    /// At the list.
    Banks,
    /// At the sign-in form, whatever came after it.
    SignIn,
}

impl At {
    const ALL: [Self; 6] =
        [Self::Stand, Self::Consent, Self::ConsentToList, Self::ConsentAnew, Self::Banks, Self::SignIn];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Stand => "stand",
            Self::Consent => "consent",
            Self::ConsentToList => "consent-list",
            Self::ConsentAnew => "consent-anew",
            Self::Banks => "banks",
            Self::SignIn => "sign-in",
        }
    }

    /// Where a flow is.
    pub const fn of(open: &Open) -> Self {
        match &open.screen {
            Screen::Consent { next: Next::Named, .. } => Self::Consent,
            Screen::Consent { next: Next::List, .. } => Self::ConsentToList,
            Screen::Consent { next: Next::Anew(_), .. } => Self::ConsentAnew,
            Screen::Choosing { .. } => Self::Banks,
            Screen::SigningIn { .. } => Self::SignIn,
            _ => Self::Stand,
        }
    }
}

/// What a page carries beside what the customer types.
#[derive(Clone, Debug, Default)]
pub struct Carried {
    /// The session, by the hash of its token.
    pub session: Option<TokenHash>,
    /// With what the window was opened.
    pub begun: Option<Begun>,
    /// The language the customer chose on these pages.
    pub language: Option<&'static str>,
    /// The turn of the step that is answered.
    pub turn: Option<u32>,
    /// Where the customer was.
    pub at: At,
    /// The customer went on from the consent of this opening.
    pub has_agreed: bool,
    /// The way to sign in that is chosen.
    pub method: Option<String>,
    /// The figures are hidden.
    pub is_hidden: bool,
    /// The customer has read that an account holds too little.
    pub is_warned: bool,
}

impl Carried {
    /// Reads what a form carried. What makes no sense is as if it were not there.
    pub fn read(app: &AppState, posted: &Posted) -> Self {
        let is_set = |name| posted.get(name) == Some("yes");
        let session = posted.get("session").and_then(|text| unsealed(app, text));
        let at = At::ALL.into_iter().find(|at| posted.get("at") == Some(at.as_str()));
        Self {
            session,
            begun: posted.get("begun").and_then(|text| Begun::unsealed(app, text, session.as_ref())),
            language: Self::language_of(posted),
            turn: posted.get("turn").and_then(|turn| turn.parse().ok()),
            at: at.unwrap_or_default(),
            has_agreed: is_set("agreed"),
            method: posted.get("method").map(str::to_owned),
            is_hidden: is_set("hidden"),
            is_warned: is_set("warned"),
        }
    }

    /// The language a form asks for, if it is spoken.
    pub fn language_of(posted: &Posted) -> Option<&'static str> {
        choice::spoken(posted.get(LANGUAGE)?, Words::tags())
    }

    /// What is kept when another session begins.
    #[must_use]
    pub fn anew(&mut self) -> Self {
        Self { begun: self.begun.take(), language: self.language, ..Self::default() }
    }

    /// What the next page carries, when the flow rests there.
    #[must_use]
    pub fn at(mut self, flow: &Flow) -> Self {
        let Flow::Open(open) = flow else { return Self { at: At::Stand, turn: None, ..self } };
        self.turn = Some(open.turn);
        self.at = At::of(open);
        let entry = open.screen.entry();
        self.method = entry.and_then(|entry| entry.chosen()).map(|method| method.id.clone());
        self.is_hidden = matches!(open.screen, Screen::Selecting { is_hidden: true, .. });
        self
    }

    /// The fields, by name and value.
    ///
    /// # Errors
    /// `Internal` if something could not be sealed.
    pub fn fields(&self, app: &AppState) -> Result<Vec<(&'static str, String)>, ApiError> {
        let mut fields = Vec::new();
        if let Some(session) = &self.session {
            fields.push(("session", sealed(app, session)?));
        }
        if let Some(begun) = &self.begun {
            fields.push(("begun", begun.sealed(app, self.session.as_ref())?));
        }
        fields.extend(self.language.map(|language| (LANGUAGE, language.to_owned())));
        fields.extend(self.turn.map(|turn| ("turn", turn.to_string())));
        fields.push(("at", self.at.as_str().to_owned()));
        fields.extend(self.method.clone().map(|method| ("method", method)));
        for (name, is_set) in
            [("agreed", self.has_agreed), ("hidden", self.is_hidden), ("warned", self.is_warned)]
        {
            fields.extend(is_set.then(|| (name, "yes".to_owned())));
        }
        Ok(fields)
    }
}

/// The text by which a page finds its session again.
///
/// # Errors
/// `Internal` if it could not be sealed.
pub fn sealed(app: &AppState, session: &TokenHash) -> Result<String, ApiError> {
    let sealed = app.sealer.seal(PLACE, session);
    let sealed = sealed.map_err(|_| ApiError::Internal("a session's name could not be sealed".into()))?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(sealed))
}

fn unsealed(app: &AppState, text: &str) -> Option<TokenHash> {
    let sealed = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
    app.sealer.open(PLACE, &sealed).ok()?.as_slice().try_into().ok()
}
