//! Test persons, as our own API shows them.

use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::json::Body;
use crate::sandbox::persons::{self, Draft};
use crate::state::App;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use egusi_connectors::ReportedAccount;
use egusi_connectors::sandbox::{AskedFor, NewPerson, Person, PersonKind, Volume};
use egusi_protocol::{Currency, ErrorCode, InstitutionId, ObjectId, Secret};
use serde::{Deserialize, Serialize};

/// How many persons a page has if the caller does not say, and at most.
const PAGE: usize = 100;

/// Body of `POST /v3/sandbox/persons`; what it leaves out is drawn.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreatePerson {
    username: Option<String>,
    password: Option<Secret>,
    name: Option<String>,
    #[serde(default)]
    institutions: Vec<InstitutionId>,
    #[serde(default)]
    kind: PersonKind,
    accounts: Option<u8>,
    #[serde(default)]
    volume: Volume,
    one_time_code: Option<Secret>,
    pin: Option<Secret>,
    token: Option<Secret>,
    asked_for: Option<AskedFor>,
}

/// A person with all that signs them in.
#[derive(Debug, Serialize)]
pub struct PersonReply {
    id: ObjectId,
    username: String,
    #[serde(serialize_with = "Secret::send")]
    password: Secret,
    name: String,
    institutions: Vec<InstitutionId>,
    kind: PersonKind,
    volume: Volume,
    #[serde(serialize_with = "Secret::send")]
    one_time_code: Secret,
    #[serde(serialize_with = "Secret::send")]
    pin: Secret,
    #[serde(serialize_with = "Secret::send")]
    token: Secret,
    asked_for: Option<AskedFor>,
    accounts: Vec<AccountOfPerson>,
}

/// An account of a person.
#[derive(Debug, Serialize)]
pub struct AccountOfPerson {
    name: String,
    number: String,
    kind: String,
    currency: Currency,
}

/// A page of persons, in the order of their usernames.
#[derive(Debug, Serialize)]
pub struct PersonsReply {
    persons: Vec<PersonReply>,
    total: usize,
}

/// `POST /v3/sandbox/persons`
pub async fn create(
    State(app): State<App>,
    Caller { scope, .. }: Caller,
    Body(body): Body<CreatePerson>,
) -> Result<(StatusCode, Json<PersonReply>), ApiError> {
    let CreatePerson { username, password, name, institutions, kind, accounts, volume, .. } = body;
    let CreatePerson { one_time_code, pin, token, asked_for, .. } = body;
    let draft = Draft {
        username,
        password,
        name,
        institutions,
        kind,
        accounts,
        volume,
        one_time_code,
        pin,
        token,
        asked_for,
    };
    let mut made = persons::create(&app, scope, vec![draft]).await?;
    let person = made.pop().ok_or_else(|| ApiError::Internal("a person was made and is not there".into()))?;
    Ok((StatusCode::CREATED, Json(reply(person))))
}

/// `GET /v3/sandbox/persons?skip=&limit=`
pub async fn list(
    State(app): State<App>,
    Caller { scope, .. }: Caller,
    RawQuery(query): RawQuery,
) -> Result<Json<PersonsReply>, ApiError> {
    let query = query.unwrap_or_default();
    let (skip, limit) = (number(&query, "skip")?.unwrap_or(0), number(&query, "limit")?.unwrap_or(PAGE));
    let (found, total) = persons::list(&app, scope, skip, limit.min(PAGE)).await?;
    Ok(Json(PersonsReply { persons: found.into_iter().map(reply).collect(), total }))
}

/// A number of the query, if it is there.
fn number(query: &str, name: &str) -> Result<Option<usize>, ApiError> {
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    let text = pairs.find(|(known, _)| known == name).map(|(_, text)| text);
    text.map(|text| text.parse()).transpose().map_err(|_| {
        let message = format!("{name}: expected a whole number, got something else");
        ApiError::refused(ErrorCode::InvalidRequest, message)
    })
}

fn reply(person: Person) -> PersonReply {
    let Person { id, made, accounts } = person;
    let NewPerson { username, password, name, institutions, kind, accounts: _, volume, .. } = made;
    let NewPerson { one_time_code, pin, token, asked_for, .. } = made;
    let account = |account: ReportedAccount| {
        let ReportedAccount { name, number, kind, currency, barred: _, reported: _, pending: _ } = account;
        AccountOfPerson { name, number, kind, currency }
    };
    PersonReply {
        id,
        username,
        password,
        name,
        institutions,
        kind,
        volume,
        one_time_code,
        pin,
        token,
        asked_for,
        accounts: accounts.into_iter().map(account).collect(),
    }
}
