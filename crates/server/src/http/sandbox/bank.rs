//! The own page of the sandbox's institutions: what a real bank would show on its own address.

use crate::error::ApiError;
use crate::http::pages::plain;
use crate::sessions::claim::connector_of;
use crate::sessions::redirect::{WayBack, awaited, used_up};
use crate::state::App;
use crate::words::{ENGLISH, Words};
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use egusi_connectors::sandbox::{APPROVED, DENIED};
use egusi_protocol::Environment;

/// `GET /sandbox/bank?state=…`
pub async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let shown = async {
        let state = value(query.as_deref().unwrap_or_default().as_bytes(), "state")?;
        let (institution, company) = who(&app, &state).await?;
        Ok(plain::bank(&institution, &company, &state))
    };
    shown.await.unwrap_or_else(|error: ApiError| plain::trouble(Words::of(ENGLISH), &error))
}

/// `POST /sandbox/bank`, the form of that page.
pub async fn answer(State(app): State<App>, body: Bytes) -> Response {
    let answered = async {
        let state = value(&body, "state")?;
        who(&app, &state).await?;
        let (name, said) = match value(&body, "answer")?.as_str() {
            "approve" => APPROVED,
            "deny" => DENIED,
            _ => return Err(used_up()),
        };
        // A path, whatever address the customer knows this server by.
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("state", &state)
            .append_pair(name, said)
            .finish();
        Ok(Redirect::to(&format!("/connect/v1/return?{query}")).into_response())
    };
    answered.await.unwrap_or_else(|error| plain::trouble(Words::of(ENGLISH), &error))
}

fn value(form: &[u8], name: &str) -> Result<String, ApiError> {
    let mut pairs = url::form_urlencoded::parse(form);
    pairs.find(|(known, _)| known == name).map(|(_, value)| value.into_owned()).ok_or_else(used_up)
}

/// The names of the institution and of who asks, while a sign-in of the sandbox waits for an answer.
async fn who(app: &App, state: &str) -> Result<(String, String), ApiError> {
    let (row, session) = awaited(app, WayBack::read(app, state)?).await?;
    if row.scope.env != Environment::Sandbox {
        return Err(used_up());
    }
    let connector = connector_of(app, &row)?;
    let institution = session.institution().and_then(|id| connector.institution(id)).ok_or_else(used_up)?;
    Ok((institution.name.clone(), session.setting.name))
}
