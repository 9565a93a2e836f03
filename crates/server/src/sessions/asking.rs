//! Who asks a customer: a company by its public key, or one of its Apps by the name of its link. And
//! whether the page that shows the window may.

use crate::apps::{origins, saved};
use crate::auth::known_key;
use crate::error::ApiError;
use crate::sessions::extras::known_app;
use crate::sessions::opening::quoted;
use crate::state::AppState;
use egusi_protocol::{AppId, CompanyId, ErrorCode, OpenSession};
use egusi_store::{KeyKind, Link, Scope, StoreError};

/// Whose session it will be.
pub struct Asker {
    /// The company, and the world.
    pub scope: Scope,
    /// What the company is called.
    pub company_name: String,
    /// Whether a link was followed.
    is_linked: bool,
}

impl Asker {
    /// Finds out who asks. What was saved with a link's App fills what the opening leaves out.
    ///
    /// # Errors
    /// What was expected of the key, the token, the link or the world.
    pub async fn find(app: &AppState, wanted: &mut OpenSession) -> Result<Self, ApiError> {
        match wanted.short.as_deref().map(str::trim).filter(|short| !short.is_empty()) {
            Some(short) => {
                let link = find_link(app, short).await?;
                Self::of_link(link, wanted)
            }
            None => Self::of_key(app, wanted).await,
        }
    }

    fn of_link(link: Link, wanted: &mut OpenSession) -> Result<Self, ApiError> {
        let Link { scope, company_name, app } = link;
        if wanted.env != scope.env {
            let text = format!("env: this link belongs to {}; got {}", scope.env, wanted.env);
            return Err(ApiError::refused(ErrorCode::WrongEnvironment, text));
        }
        wanted.app_id = Some(app.id.to_string());
        saved::fill(&saved::read(&app.options), wanted);
        Ok(Self { scope, company_name, is_linked: true })
    }

    async fn of_key(app: &AppState, wanted: &OpenSession) -> Result<Self, ApiError> {
        let unknown_key = || {
            ApiError::refused(
                ErrorCode::UnknownKey,
                format!("key: expected a public key of this server, a UUID; got {}", quoted(&wanted.key)),
            )
        };
        let key = match known_key(app, &wanted.key).await {
            Ok(key) if key.kind == KeyKind::Public => key,
            Ok(_) => {
                return Err(ApiError::refused(
                    ErrorCode::UnknownKey,
                    "key: expected a public key, got a secret key. Secret keys stay on your server: revoke this one, it has been in a browser",
                ));
            }
            Err(StoreError::NotFound) => return Err(unknown_key()),
            Err(error) => return Err(error.into()),
        };
        if wanted.token.parse::<CompanyId>() != Ok(key.scope.company) {
            return Err(ApiError::refused(
                ErrorCode::UnknownToken,
                format!(
                    "token: expected the client token that belongs to this key; got {}",
                    quoted(&wanted.token)
                ),
            ));
        }
        if wanted.env != key.scope.env {
            return Err(ApiError::refused(
                ErrorCode::WrongEnvironment,
                format!("env: this key belongs to {}; got {}", key.scope.env, wanted.env),
            ));
        }
        Ok(Self { scope: key.scope, company_name: key.company_name, is_linked: false })
    }

    /// Refuses an opening from a page that is not registered, where this server asks for that.
    ///
    /// # Errors
    /// `OriginNotAllowed`, with what was expected, but never with what is registered.
    pub async fn admit(&self, app: &AppState, wanted: &OpenSession) -> Result<(), ApiError> {
        if app.hosts.is_anyone_welcome() {
            return Ok(());
        }
        let origin = wanted.host_origin.as_deref();
        if origin.is_none() && self.is_linked {
            // A page of its own, which nobody embeds.
            return Ok(());
        }
        let named: Option<AppId> = known_app(app, self.scope, wanted.app_id.as_deref()).await?;
        let registered = app.hosts.registered(app.store.as_ref()).await?;
        if origin.is_some_and(|origin| registered.allows(self.scope, named, origin)) {
            return Ok(());
        }
        let whose = match named {
            Some(_) => "with this App".to_owned(),
            None => format!("with an App of this company for {}", self.scope.env),
        };
        let got = match origin {
            Some(origins::OPAQUE) => "a page that has no origin (null)".to_owned(),
            Some(origin) => quoted(origin),
            None => "none".to_owned(),
        };
        let text = format!("host_origin: expected a page whose origin is registered {whose}; got {got}");
        Err(ApiError::refused(ErrorCode::OriginNotAllowed, text))
    }
}

/// The App of a link, whoever asks.
///
/// # Errors
/// `UnknownLink`.
pub async fn find_link(app: &AppState, short: &str) -> Result<Link, ApiError> {
    match app.store.link(short).await {
        Err(StoreError::NotFound) => {
            let text = format!("ref: expected the name of a link of this server; got {}", quoted(short));
            Err(ApiError::refused(ErrorCode::UnknownLink, text))
        }
        found => Ok(found?),
    }
}
