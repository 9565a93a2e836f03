//! The balances of a company, one by its id or as lists.

use super::body::Fields;
use super::{Base, Envelope, OkraError, Version, good};
use crate::auth::SecretKey;
use crate::error::ApiError;
use crate::okra::balance::{Bank, OkraBalance};
use crate::okra::page::Pagination;
use crate::state::{App, AppState};
use axum::Json;
use axum::extract::{Extension, FromRequest, FromRequestParts, Request, State};
use egusi_protocol::ErrorCode;
use egusi_store::{BalanceRow, Filter, Page, Scope, StoreError};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

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

/// A page of balances.
pub struct Many {
    pagination: Pagination,
    balances: Vec<OkraBalance>,
    names: Names,
}

impl Serialize for Many {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { pagination, balances, names } = self;
        let mut fields = serializer.serialize_map(None)?;
        // In v1 this one list had no pages, and a client refuses any.
        fields.serialize_entry("pagination", &(*names != Names::Many).then_some(pagination))?;
        if *names != Names::Many {
            fields.serialize_entry("balance", balances)?;
        }
        if *names != Names::One {
            fields.serialize_entry("balances", balances)?;
        }
        fields.end()
    }
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
    let balance = okra_balance(&app, scope, row, fields.include_periodic());
    Ok(good(
        RETRIEVED,
        match base.version {
            Version::V2 => One::Alone { balance: Box::new(balance) },
            Version::V1 => {
                let pagination = Pagination::new(Page::numbered(1, 1), 1);
                One::Paged(Many { pagination, balances: vec![balance], names: Names::One })
            }
        },
    ))
}

/// `POST balance/getByCustomer {customer}`; one client says `id`.
pub async fn get_by_customer(call: Call) -> Listed {
    let customer = call.fields.id(&["customer", "id"])?;
    call.list(Filter::of_customer(customer), Names::One).await
}

/// `POST balance/getByAccount {account_id}`, in v1 `{account}`.
pub async fn get_by_account(call: Call) -> Listed {
    let account = call.fields.id(&["account_id", "account", "id"])?;
    call.list(Filter::of_account(account), Names::One).await
}

/// `POST balance/getByDate {from, to}`: the balances made in that time.
pub async fn get_by_date(call: Call) -> Listed {
    let (from_ms, before_ms) = call.fields.period()?;
    let filter = Filter { from_ms, before_ms, ..Filter::ALL };
    call.list(filter, Names::Both).await
}

/// `POST balance/getByCustomerDate {customer, from, to}`
pub async fn get_by_customer_date(call: Call) -> Listed {
    let customer = call.fields.id(&["customer", "id"])?;
    let (from_ms, before_ms) = call.fields.period()?;
    let filter = Filter { from_ms, before_ms, ..Filter::of_customer(customer) };
    call.list(filter, Names::One).await
}

/// `POST products/balances`: all of the company.
pub async fn list(call: Call) -> Listed {
    call.list(Filter::ALL, Names::Many).await
}

/// `POST balance/process {account_id?, customer_id?, from, to}` and its aliases.
pub async fn process(call: Call) -> Listed {
    let (from_ms, before_ms) = call.fields.period()?;
    let filter = Filter {
        customer: call.fields.optional_id(&["customer_id", "customer"])?,
        account: call.fields.optional_id(&["account_id", "account"])?,
        from_ms,
        before_ms,
        ..Filter::ALL
    };
    call.list(filter, Names::One).await
}

/// A list, or why there is none.
type Listed = Result<Json<Envelope<Many>>, OkraError>;

/// What every list needs of a call.
pub struct Call {
    app: App,
    base: Base,
    scope: Scope,
    fields: Fields,
}

impl FromRequest<App> for Call {
    type Rejection = OkraError;

    async fn from_request(request: Request, app: &App) -> Result<Self, OkraError> {
        let (mut parts, body) = request.into_parts();
        let SecretKey(scope) =
            <SecretKey as FromRequestParts<App>>::from_request_parts(&mut parts, app).await?;
        let base = parts.extensions.get::<Base>().copied();
        let base = base.ok_or_else(|| ApiError::Internal("a path of the Okra API without a base".into()))?;
        let fields = Fields::from_request(Request::from_parts(parts, body), app).await?;
        Ok(Self { app: app.clone(), base, scope, fields })
    }
}

impl Call {
    async fn list(self, filter: Filter, names: Names) -> Listed {
        let Self { app, base, scope, fields } = self;
        let page = fields.page();
        let found = app.store.balances(scope, filter, page, true).await?;
        let with_history = fields.include_periodic();
        let balances = found.rows.into_iter().map(|row| okra_balance(&app, scope, row, with_history));
        let pagination = Pagination::new(page, found.total);
        let many = Many { pagination, balances: balances.collect(), names: names.of(base.version) };
        Ok(good(RETRIEVED, many))
    }
}

/// Under which name a list stands: `balance` nearly everywhere, in v1 sometimes `balances`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Names {
    /// `balance`.
    One,
    /// `balance`, in v1 also `balances`: a PHP client reads the one there, others the other.
    Both,
    /// `balance`, in v1 only `balances`, and no pages.
    Many,
}

impl Names {
    fn of(self, version: Version) -> Self {
        if version == Version::V1 { self } else { Self::One }
    }
}

fn okra_balance(app: &AppState, scope: Scope, row: BalanceRow, with_history: bool) -> OkraBalance {
    let bank = app.connector(scope.env).and_then(|connector| {
        let institution = connector.institutions().iter().find(|one| one.id == row.institution)?;
        Some(Bank { institution, slug: connector.slug(row.institution).unwrap_or_default() })
    });
    OkraBalance::new(row, scope, bank, with_history)
}
