//! The sandbox of Okra's API: test persons under the name of customers.

use crate::auth::SecretKey;
use crate::error::ApiError;
use crate::http::okra::body::Fields;
use crate::http::okra::{Envelope, OkraError, good};
use crate::okra::page::Pagination;
use crate::okra::person::{OkraPerson, Row, in_okra_words, rows};
use crate::sandbox::persons;
use crate::state::App;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use egusi_connectors::sandbox::Person;
use egusi_protocol::{ErrorCode, ObjectId};
use serde::Serialize;

/// A list of persons.
#[derive(Serialize)]
pub struct Persons {
    #[serde(skip_serializing_if = "Option::is_none")]
    pagination: Option<Pagination>,
    customers: Vec<OkraPerson>,
}

/// One person.
#[derive(Serialize)]
pub struct OnePerson {
    customer: OkraPerson,
}

/// A body of persons: an array, one object, or a form.
pub struct Rows(Vec<Row>);

impl<S: Send + Sync> FromRequest<S> for Rows {
    type Rejection = OkraError;

    async fn from_request(request: Request, state: &S) -> Result<Self, OkraError> {
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|_| ApiError::refused(ErrorCode::TooLarge, "The body is too large"))?;
        Ok(Self(rows(&bytes)))
    }
}

/// `POST sandbox/customers/create`: makes the persons of the body.
pub async fn create(
    State(app): State<App>,
    SecretKey(scope): SecretKey,
    Rows(rows): Rows,
) -> Result<Json<Envelope<Persons>>, OkraError> {
    let drafts = rows.iter().map(|row| row.draft(app.sandbox.as_ref())).collect::<Result<_, _>>()?;
    let made = persons::create(&app, scope, drafts).await.map_err(in_okra_words)?;
    Ok(good("Customers successfully created", Persons { pagination: None, customers: on_wire(&app, made) }))
}

/// `POST sandbox/customers/generate {number, create}`: draws persons; only shows them unless
/// `create` is true.
pub async fn generate(
    State(app): State<App>,
    SecretKey(scope): SecretKey,
    Rows(rows): Rows,
) -> Result<Json<Envelope<Persons>>, OkraError> {
    let (number, is_to_create) = rows.first().unwrap_or(&Row::default()).to_generate()?;
    let drawn = persons::generate(&app, scope, number, is_to_create).await?;
    Ok(good(
        "Customers successfully generated",
        Persons { pagination: None, customers: on_wire(&app, drawn) },
    ))
}

/// `POST sandbox/customers/list {page?, limit?}`: in the order of their usernames.
pub async fn list(
    State(app): State<App>,
    SecretKey(scope): SecretKey,
    fields: Fields,
) -> Result<Json<Envelope<Persons>>, OkraError> {
    let page = fields.page();
    let size = usize::try_from(page.size).unwrap_or(usize::MAX);
    let before = usize::try_from(page.number.saturating_sub(1)).unwrap_or(usize::MAX);
    let (found, total) = persons::list(&app, scope, before.saturating_mul(size), size).await?;
    let pagination = Some(Pagination::new(page, u64::try_from(total).unwrap_or(u64::MAX)));
    Ok(good("Customers successfully retrieved", Persons { pagination, customers: on_wire(&app, found) }))
}

/// `POST sandbox/customers/get {customer}`
pub async fn get(
    State(app): State<App>,
    SecretKey(scope): SecretKey,
    fields: Fields,
) -> Result<Json<Envelope<OnePerson>>, OkraError> {
    let id: ObjectId = fields.id(&["customer", "_id", "id"])?;
    let found = persons::find(&app, scope, id).await?;
    let customer = OkraPerson::new(found, app.sandbox.as_ref());
    Ok(good("Customer successfully retrieved", OnePerson { customer }))
}

fn on_wire(app: &App, persons: Vec<Person>) -> Vec<OkraPerson> {
    persons.into_iter().map(|person| OkraPerson::new(person, app.sandbox.as_ref())).collect()
}
