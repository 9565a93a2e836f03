//! `balance/getById` and `balance/getByCustomer`.

use super::body::Fields;
use super::{Base, Envelope, OkraError, Version, good};
use crate::auth::SecretKey;
use crate::error::ApiError;
use crate::okra::balance::{Bank, OkraBalance};
use crate::okra::page::Pagination;
use crate::state::{App, AppState};
use axum::Json;
use axum::extract::{Extension, State};
use egusi_protocol::ErrorCode;
use egusi_store::{BalanceRow, Page, Scope, StoreError};
use serde::Serialize;

/// What Okra answered, its spelling included.
const RETRIEVED: &str = "Balance retrieved successfully";

/// One balance under `balance`: itself in v2, in v1 a page of one.
#[derive(Serialize)]
#[serde(untagged)]
pub enum One {
    /// v2.
    Alone {
        /// The balance.
        balance: Box<OkraBalance>,
    },
    /// v1.
    Paged(Many),
}

/// A page of balances under `balance`.
#[derive(Serialize)]
pub struct Many {
    pagination: Pagination,
    balance: Vec<OkraBalance>,
}

/// `POST balance/getById {id, includePeriodic?}`
pub async fn get_by_id(
    State(app): State<App>,
    Extension(base): Extension<Base>,
    SecretKey(scope): SecretKey,
    fields: Fields,
) -> Result<Json<Envelope<One>>, OkraError> {
    let row = app.store.balance(scope, fields.id(&["id"])?).await.map_err(|error| match error {
        StoreError::NotFound => ApiError::refused(ErrorCode::NotFound, "Balance not found"),
        other => other.into(),
    })?;
    let balance = okra_balance(&app, scope, row, fields.include_periodic())?;
    Ok(good(
        RETRIEVED,
        match base.version {
            Version::V2 => One::Alone { balance: Box::new(balance) },
            Version::V1 => {
                let pagination = Pagination::new(Page { number: 1, size: 1 }, 1);
                One::Paged(Many { pagination, balance: vec![balance] })
            }
        },
    ))
}

/// `POST balance/getByCustomer {customer, page?, limit?, includePeriodic?}`; one client says `id`.
pub async fn get_by_customer(
    State(app): State<App>,
    SecretKey(scope): SecretKey,
    fields: Fields,
) -> Result<Json<Envelope<Many>>, OkraError> {
    let page = fields.page();
    let found = app.store.balances_of_customer(scope, fields.id(&["customer", "id"])?, page).await?;
    let with_history = fields.include_periodic();
    let balance = found.rows.into_iter().map(|row| okra_balance(&app, scope, row, with_history));
    let balance = balance.collect::<Result<_, _>>()?;
    Ok(good(RETRIEVED, Many { pagination: Pagination::new(page, found.total), balance }))
}

fn okra_balance(
    app: &AppState,
    scope: Scope,
    row: BalanceRow,
    with_history: bool,
) -> Result<OkraBalance, OkraError> {
    let id = row.id;
    let bank = app.connector(scope.env).and_then(|connector| {
        let institution = connector.institutions().iter().find(|one| one.id == row.institution)?;
        Some(Bank { institution, slug: connector.slug(row.institution).unwrap_or_default() })
    });
    OkraBalance::new(row, scope, bank, with_history)
        .ok_or_else(|| ApiError::Internal(format!("balance {id} has no reading")).into())
}
