//! How a session begins: the host's options are checked against the company's keys, whole, before
//! anything is written.

use crate::error::ApiError;
use crate::keys;
use crate::sessions::asking::Asker;
use crate::sessions::claim::{IDLE_MS, seal_state};
use crate::sessions::extras::Extras;
use crate::sessions::naming;
use crate::sessions::returning::{Earlier, Who, account_key, number_meant};
use crate::sessions::state::{SessionState, Stage, last_four};
use crate::sessions::wanted::{Offer, account_number, refuse_if_expired};
use crate::state::AppState;
use crate::webhooks::endpoints;
use egusi_protocol::{
    Environment, ErrorCode, Holders, OpenSession, Product, Selection, SessionId, SessionOpened, Setting,
};
use egusi_store::NewSession;
use url::{Host, Url};

/// For how long a company may read after a customer connected. The Okra wire has no such limit;
/// 180 days is the European rule (PSD2), and a limit is what the customer is told.
pub const CONSENT_DAYS: u16 = 180;

const NAME_CHARS_MAX: usize = 80;
const URL_CHARS_MAX: usize = 2048;
/// What this server can deliver today.
const OFFERED: [Product; 3] = [Product::Auth, Product::Balance, Product::Transactions];

/// Opens a session, or says what was expected beside what arrived.
pub async fn open(app: &AppState, mut wanted: OpenSession) -> Result<SessionOpened, ApiError> {
    let asker = Asker::find(app, &mut wanted).await?;
    let Some(connector) = app.connector(wanted.env) else {
        return Err(ApiError::refused(
            ErrorCode::NoInstitutions,
            format!(
                "env: no institution is connected for {}; this server offers production-sandbox",
                wanted.env
            ),
        ));
    };
    asker.admit(app, &wanted).await?;
    let connector = connector.as_ref();
    let now_ms = app.now_ms();
    refuse_if_expired(wanted.exp.as_deref(), now_ms)?;
    let within = naming::taken_out(&mut wanted.options);
    let customer = wanted.customer.take().or(within);
    let extras = Extras::read(app, asker.scope, &wanted).await?;
    let products = checked_products(&wanted.products)?;
    let offer = Offer::read(connector, &wanted, &products, checked_holders(wanted.holders)?)?;
    let number = match account_number(wanted.account_number.as_ref())? {
        Some(given) => Some(number_meant(app, asker.scope, given).await?),
        None => None,
    };
    let mut state = first_state(app, &asker, extras, products, &offer, wanted)?;
    state.setting.account_ending = number.as_ref().map(|number| last_four(number.expose()).to_owned());
    state.only_account = number.as_ref().map(|number| account_key(app, asker.scope, number.expose()));
    let who = Who { customer: customer.as_ref(), account_number: number.as_ref() };
    let earlier = Earlier::find(app, connector, asker.scope, who, &offer, &state.setting.products).await?;
    earlier.put_into(app, connector, asker.scope, &mut state).await?;
    let step = state.step(connector, now_ms);
    let token = keys::random_token().map_err(|error| ApiError::Internal(error.to_string()))?;
    let session = NewSession {
        scope: asker.scope,
        id: state.setting.session,
        token: keys::hash(token.expose()),
        body: seal_state(app, state.setting.session, &state)?,
        created_at_ms: now_ms,
        expires_at_ms: now_ms + IDLE_MS,
    };
    app.store.open_session(session).await?;
    Ok(SessionOpened { session_token: token, setting: state.setting, step, turn: state.turn })
}

fn first_state(
    app: &AppState,
    asker: &Asker,
    extras: Extras,
    products: Vec<Product>,
    offer: &Offer,
    wanted: OpenSession,
) -> Result<SessionState, ApiError> {
    let OpenSession {
        key: _,
        token: _,
        short: _,
        env,
        name,
        products: _,
        show_balance,
        currency: _,
        callback_url,
        redirect_url,
        app_id: _,
        options: _,
        meta: _,
        charge: _,
        garnish: _,
        holders: _,
        filter: _,
        countries: _,
        selection,
        exp: _,
        institution: _,
        account_number: _,
        customer: _,
        host_origin,
    } = wanted;
    let opened_at_ms = app.now_ms();
    let session: SessionId = app.mint.id(opened_at_ms);
    let setting = Setting {
        session,
        name: checked_name(name)?.unwrap_or_else(|| asker.company_name.clone()),
        operator: app.settings.operator.clone(),
        env,
        products,
        show_balance,
        consent_days: CONSENT_DAYS,
        selection: checked_selection(selection)?,
        filter: offer.filter.clone(),
        institution: offer.institution,
        account_ending: None,
        returning: Vec::new(),
        charge: extras.charge,
        redirect_url: checked_url("redirect_url", redirect_url, env)?,
    };
    Ok(SessionState {
        setting,
        callback_url: checked_callback(app, callback_url)?,
        extras,
        opened_at_ms,
        consent: None,
        sign_ins: 0,
        way_back: None,
        turn: 0,
        host_origin: host_origin.filter(|origin| is_origin(origin)),
        only_account: None,
        known: Vec::new(),
        again: None,
        tab: None,
        stage: Stage::Choosing,
    })
}

fn checked_callback(app: &AppState, url: Option<String>) -> Result<Option<String>, ApiError> {
    let url = url.filter(|url| !url.trim().is_empty());
    url.map(|url| endpoints::checked("callback_url", &url, app.webhooks.networks())).transpose()
}

/// What a browser calls an origin, and nothing that could lead elsewhere.
fn is_origin(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https") && url.origin().ascii_serialization() == text
    })
}

/// A name to be shown to the customer.
pub fn checked_name(name: Option<String>) -> Result<Option<String>, ApiError> {
    let name = name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    match &name {
        Some(long) if long.chars().count() > NAME_CHARS_MAX => Err(invalid(format!(
            "name: expected at most {NAME_CHARS_MAX} characters, got {}",
            long.chars().count()
        ))),
        _ => Ok(name),
    }
}

/// A business's accounts must be asked for by name.
pub fn checked_holders(wanted: Option<Holders>) -> Result<Holders, ApiError> {
    match wanted {
        None => Ok(Holders::Individual),
        Some(Holders::Unknown) => {
            Err(invalid("holders: expected individual, corporate or both; got something else".to_owned()))
        }
        Some(holders) => Ok(holders),
    }
}

fn checked_selection(wanted: Option<Selection>) -> Result<Selection, ApiError> {
    match wanted {
        None => Ok(Selection::Multiple),
        Some(Selection::Unknown) => {
            Err(invalid("selection: expected single, multiple or all; got something else".to_owned()))
        }
        Some(selection) => Ok(selection),
    }
}

/// What is asked for, with what is implied.
pub fn checked_products(wanted: &[Product]) -> Result<Vec<Product>, ApiError> {
    if let Some(other) = wanted.iter().find(|product| !OFFERED.contains(product)) {
        let offered = OFFERED.map(Product::as_str).join(", ");
        return Err(ApiError::refused(
            ErrorCode::UnknownProduct,
            format!("products: this server offers {offered}; got {}", quoted(other.as_str())),
        ));
    }
    Ok(OFFERED.into_iter().filter(|product| *product == Product::Auth || wanted.contains(product)).collect())
}

/// A URL a browser or this server may be sent to: https, or plain http to this machine in the sandbox.
pub fn checked_url(option: &str, url: Option<String>, env: Environment) -> Result<Option<String>, ApiError> {
    let Some(text) = url.filter(|url| !url.is_empty()) else { return Ok(None) };
    let refused = || {
        let shape =
            if env == Environment::Sandbox { "an https URL, or http on localhost" } else { "an https URL" };
        invalid(format!("{option}: expected {shape}, without user name or password; got {}", quoted(&text)))
    };
    if text.len() > URL_CHARS_MAX {
        return Err(refused());
    }
    let url = Url::parse(&text).map_err(|_| refused())?;
    let local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let allowed = url.scheme() == "https" || (url.scheme() == "http" && local && env == Environment::Sandbox);
    if !allowed || !url.username().is_empty() || url.password().is_some() {
        return Err(refused());
    }
    Ok(Some(url.into()))
}

fn invalid(message: String) -> ApiError {
    ApiError::refused(ErrorCode::InvalidRequest, message)
}

/// A value from outside, short enough to be repeated in an error.
pub fn quoted(value: &str) -> String {
    const CHARS_MAX: usize = 60;
    if value.chars().count() <= CHARS_MAX {
        return format!("{value:?}");
    }
    let start: String = value.chars().take(CHARS_MAX).collect();
    format!("{start:?}… ({} characters)", value.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_this_machine_in_the_sandbox_are_targets() {
        let check = |url: &str, env| checked_url("redirect_url", Some(url.into()), env).is_ok();
        for (url, sandbox, production) in [
            ("https://shop.example/next?a=1", true, true),
            ("http://localhost:4000/next", true, false),
            ("http://127.0.0.1/next", true, false),
            ("http://[::1]/next", true, false),
            ("http://shop.example/next", false, false),
            ("http://localhost.evil.example/", false, false),
            ("https://user@shop.example/", false, false),
            ("https://user:pass@shop.example/", false, false),
            ("javascript:alert(1)", false, false),
            ("data:text/html,x", false, false),
            ("//shop.example/", false, false),
            ("/next", false, false),
            ("shop.example", false, false),
            ("https://", false, false),
        ] {
            assert_eq!(check(url, Environment::Sandbox), sandbox, "{url} in the sandbox");
            assert_eq!(check(url, Environment::Production), production, "{url} in production");
        }
        assert!(matches!(checked_url("x", Some(String::new()), Environment::Sandbox), Ok(None)));
    }
}
