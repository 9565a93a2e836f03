//! The words on the wire between the widget and the server, each defined once.
//!
//! Read in this order: [`environment`] and [`code`] hold the small vocabularies, [`id`] the names
//! of things, [`secret`] what must not be printed, [`money`] what an account holds,
//! [`institution`] where one can connect, [`event`] what a company's server is told,
//! [`host_event`] what the page around the widget hears, [`session`] how a widget opens and what it is told,
//! [`step`] what the customer is asked next, [`problem`] what can go wrong.
//!
//! Invariant: nothing here knows a browser, a database or a socket. The dependencies are serde
//! and zeroize, and a golden JSON file tests every type (`tests/golden.rs`).

#[macro_use]
mod code;
mod environment;
mod event;
mod host_event;
mod id;
mod institution;
mod money;
mod problem;
mod receipt;
mod secret;
mod session;
mod step;

pub use environment::{Environment, Product};
pub use event::{EventKind, RecordStatus};
pub use host_event::HostEventName;
pub use id::{
    AccountId, AppId, BalanceId, CompanyId, CustomerId, DeliveryId, EndpointId, EventId, InstitutionId,
    KeyId, ObjectId, ParseIdError, RecordId, SessionId, TransactionId,
};
pub use institution::{Health, Holders, Institution, InstitutionFilter, InstitutionKind, InstitutionList};
pub use money::{AvailableSource, BalanceView, Basis, Currency, UnknownCurrency, major_text};
pub use problem::{ErrorBody, ErrorCode, Problem, ProblemCode};
pub use receipt::{Receipt, ReceiptNumber};
pub use secret::Secret;
pub use session::{ChargeView, OpenSession, Resumed, Selection, SessionOpened, Setting};
pub use step::{
    AccountList, AccountView, Answer, Barred, Challenge, ChallengeKind, ChallengeOption, ChooseInstitution,
    Consent, FieldAnswer, FieldKind, Form, FormField, MethodKind, Pending, PendingKind, Redirect, Resend,
    ShareAccounts, SignInMethod, Step, StepReply, SubmitForm,
};
