//! Test persons: made by whoever tests, each with a username, a password and codes of their own.

use crate::clock::random_bytes;
use crate::error::ApiError;
use crate::sandbox::company_of;
use crate::state::App;
use egusi_connectors::Connector;
use egusi_connectors::sandbox::{AskedFor, NewPerson, Person, PersonKind, Volume};
use egusi_protocol::{ErrorCode, InstitutionId, ObjectId, Secret};
use egusi_store::Scope;
use std::collections::BTreeSet;

/// How many persons one call may make.
pub const AT_ONCE_MAX: usize = 10;

const FIRST_NAMES: [&str; 12] = [
    "Amina", "Bayo", "Chinwe", "Dele", "Esther", "Folake", "Gbenga", "Halima", "Ikenna", "Joy", "Kunle",
    "Ladi",
];
const LAST_NAMES: [&str; 8] = ["Sample", "Muster", "Specimen", "Proof", "Trial", "Draft", "Model", "Pattern"];

/// A person as far as the caller says; the rest is drawn.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// By what they sign in.
    pub username: Option<String>,
    /// With what.
    pub password: Option<Secret>,
    /// Their name in the bank's books.
    pub name: Option<String>,
    /// Where they are known; none for the first institution of the list.
    pub institutions: Vec<InstitutionId>,
    /// A person or a business.
    pub kind: PersonKind,
    /// How many accounts; one if it is not said.
    pub accounts: Option<u8>,
    /// How much happens on them.
    pub volume: Volume,
    /// The one-time code that is right.
    pub one_time_code: Option<Secret>,
    /// The PIN that is right.
    pub pin: Option<Secret>,
    /// The number on their token that is right.
    pub token: Option<Secret>,
    /// What they are asked for at the sign-in, if anything.
    pub asked_for: Option<AskedFor>,
}

/// Makes persons. All of them are checked before the first is made.
///
/// # Errors
/// `Forbidden` for a key of production, `InvalidRequest` by field.
pub async fn create(app: &App, scope: Scope, drafts: Vec<Draft>) -> Result<Vec<Person>, ApiError> {
    let company = company_of(scope)?;
    if !(1..=AT_ONCE_MAX).contains(&drafts.len()) {
        let text = format!("body: expected 1 to {AT_ONCE_MAX} persons, got {}", drafts.len());
        return Err(ApiError::refused(ErrorCode::InvalidRequest, text));
    }
    let mut checked = Vec::with_capacity(drafts.len());
    let mut usernames = BTreeSet::new();
    for draft in drafts {
        let person = app.sandbox_desk.check_person(company, completed(app, draft)?).await?;
        if !usernames.insert(person.username.clone()) {
            let text = "username: expected one for each person, got one twice";
            return Err(ApiError::refused(ErrorCode::InvalidRequest, text));
        }
        checked.push(person);
    }
    let mut made = Vec::with_capacity(checked.len());
    for person in checked {
        made.push(app.sandbox_desk.create_person(company, person).await?);
    }
    Ok(made)
}

/// Draws so many persons, and makes them if that is wanted.
///
/// # Errors
/// As of [`create`].
pub async fn generate(
    app: &App,
    scope: Scope,
    number: usize,
    is_to_create: bool,
) -> Result<Vec<Person>, ApiError> {
    let company = company_of(scope)?;
    if !(1..=AT_ONCE_MAX).contains(&number) {
        let text = format!("number: expected 1 to {AT_ONCE_MAX}, got {number}");
        return Err(ApiError::refused(ErrorCode::InvalidRequest, text));
    }
    let drafts: Vec<_> = (0..number).map(|_| Draft { accounts: Some(2), ..Draft::default() }).collect();
    if is_to_create {
        return create(app, scope, drafts).await;
    }
    let shown = drafts.into_iter().map(|draft| {
        let person = completed(app, draft)?;
        Ok(app.sandbox_desk.preview_person(company, person)?)
    });
    shown.collect()
}

/// Some of the persons in the order of their usernames, and how many there are in all.
///
/// # Errors
/// `Forbidden` for a key of production.
pub async fn list(
    app: &App,
    scope: Scope,
    skip: usize,
    most: usize,
) -> Result<(Vec<Person>, usize), ApiError> {
    let company = company_of(scope)?;
    let usernames = app.sandbox_desk.usernames(company).await?;
    let mut persons = Vec::new();
    for username in usernames.iter().skip(skip).take(most) {
        persons.push(app.sandbox_desk.person(company, username).await?);
    }
    Ok((persons, usernames.len()))
}

/// The person of that id.
///
/// # Errors
/// `Forbidden` for a key of production, `NotFound`.
pub async fn find(app: &App, scope: Scope, id: ObjectId) -> Result<Person, ApiError> {
    Ok(app.sandbox_desk.person_by_id(company_of(scope)?, id).await?)
}

fn completed(app: &App, draft: Draft) -> Result<NewPerson, ApiError> {
    let Draft { username, password, name, institutions, kind, accounts, volume, .. } = draft;
    let Draft { one_time_code, pin, token, asked_for, .. } = draft;
    let first = app.sandbox_desk.institutions().first().map(|institution| institution.id);
    let institutions = if institutions.is_empty() { first.into_iter().collect() } else { institutions };
    let drawn_name =
        || -> Result<String, ApiError> { Ok(format!("{} {}", one_of(&FIRST_NAMES)?, one_of(&LAST_NAMES)?)) };
    Ok(NewPerson {
        username: username.map_or_else(|| Ok(format!("sandbox_{}", digits(8)?)), Ok::<_, ApiError>)?,
        password: password.map_or_else(|| digits(10).map(|text| Secret::new(format!("pass_{text}"))), Ok)?,
        name: name.map_or_else(drawn_name, Ok)?,
        institutions,
        kind,
        accounts: accounts.unwrap_or(1),
        volume,
        one_time_code: one_time_code.map_or_else(|| digits(6).map(Secret::new), Ok)?,
        pin: pin.map_or_else(|| digits(4).map(Secret::new), Ok)?,
        token: token.map_or_else(|| digits(6).map(Secret::new), Ok)?,
        asked_for,
    })
}

/// So many digits, at most 16, by chance. Each is the rest of a byte, which is fair enough here.
fn digits(count: usize) -> Result<String, ApiError> {
    let bytes = random_bytes::<16>().map_err(|error| ApiError::Internal(error.to_string()))?;
    Ok(bytes.iter().take(count).map(|byte| char::from(b'0' + byte % 10)).collect())
}

fn one_of<'a>(names: &[&'a str]) -> Result<&'a str, ApiError> {
    let [byte] = random_bytes::<1>().map_err(|error| ApiError::Internal(error.to_string()))?;
    let at = usize::from(byte) % names.len().max(1);
    Ok(names.get(at).copied().unwrap_or_default())
}
