//! What can go wrong: problems the customer sees, and errors the caller of an endpoint gets.

use serde::{Deserialize, Serialize};

codes! {
    /// Why the connection did not go on. What the customer may do about it is decided in `flow`.
    pub enum ProblemCode {
        /// The institution did not accept the sign-in details.
        WrongCredentials = "wrong_credentials",
        /// The institution did not accept the code or answer.
        WrongAnswer = "wrong_answer",
        /// The answer cannot be right: it has the wrong number of digits, or is empty. The widget
        /// finds this itself; the server never sends it.
        IncompleteAnswer = "incomplete_answer",
        /// The code was right once, and is too old now.
        CodeExpired = "code_expired",
        /// Too many wrong answers; this attempt is over.
        TooManyAttempts = "too_many_attempts",
        /// The account is locked at the institution.
        AccountLocked = "account_locked",
        /// The sign-in worked, but there is no account that can be shared.
        NoAccounts = "no_accounts",
        /// Business accounts were not asked for.
        CorporateNotAllowed = "corporate_not_allowed",
        /// A business was asked for, and this is a person's account.
        IndividualNotAllowed = "individual_not_allowed",
        /// The sign-in worked, but the account that was asked for is not among its accounts.
        AccountMismatch = "account_mismatch",
        /// The customer said no on the institution's own page.
        Denied = "denied",
        /// The connection to the institution broke; a new try may get through.
        InstitutionUnreachable = "institution_unreachable",
        /// The institution does not answer.
        InstitutionDown = "institution_down",
        /// The institution says it is under maintenance.
        InstitutionMaintenance = "institution_maintenance",
        /// The institution took longer than the limit.
        InstitutionTimeout = "institution_timeout",
        /// The institution's answer made no sense.
        InstitutionUnreadable = "institution_unreadable",
        /// The institution wants the customer to sign in again before it tells anything.
        SignInNeeded = "sign_in_needed",
        /// The session is too old or was ended.
        SessionExpired = "session_expired",
        /// The server could not be reached.
        Unreachable = "unreachable",
        /// Our own fault.
        Internal = "internal",
    }
}

codes! {
    /// Why an endpoint refused a call.
    pub enum ErrorCode {
        /// The body or a value in it is not what was expected.
        InvalidRequest = "invalid_request",
        /// The public key is not one of this server's.
        UnknownKey = "unknown_key",
        /// The client token is not one of this server's, or not the key's.
        UnknownToken = "unknown_token",
        /// The key belongs to the other environment.
        WrongEnvironment = "wrong_environment",
        /// No saved configuration has that short name.
        UnknownLink = "unknown_link",
        /// The page around the widget is not one the company has registered.
        OriginNotAllowed = "origin_not_allowed",
        /// A product of that name does not exist or is not offered.
        UnknownProduct = "unknown_product",
        /// The date the host set as the widget's last has passed.
        WidgetExpired = "widget_expired",
        /// No institution serves this environment.
        NoInstitutions = "no_institutions",
        /// The address exists, but not for this HTTP method.
        MethodNotAllowed = "method_not_allowed",
        /// The body is larger than the limit.
        TooLarge = "too_large",
        /// The session token is missing, unknown, expired or used up.
        SessionExpired = "session_expired",
        /// Another call of this session is being worked on.
        SessionBusy = "session_busy",
        /// The session is not at a step where this call makes sense.
        WrongStep = "wrong_step",
        /// Nothing is there, or it is not yours.
        NotFound = "not_found",
        /// Missing or wrong secret key.
        Unauthorized = "unauthorized",
        /// The key is good, but may not be used this way.
        Forbidden = "forbidden",
        /// The call is known, and this server does not do it.
        NotSupported = "not_supported",
        /// More calls than this key may make; `Retry-After` says when to go on.
        RateLimited = "rate_limited",
        /// Something is in the way: somebody was faster, or the same call is still being worked on.
        Conflict = "conflict",
        /// The idempotency key was used with another body before.
        IdempotencyMismatch = "idempotency_mismatch",
        /// The institution wants the customer to sign in again.
        SignInNeeded = "sign_in_needed",
        /// The customer stopped the sharing.
        ConsentRevoked = "consent_revoked",
        /// The institution did not answer, or not with sense.
        InstitutionFailed = "institution_failed",
        /// The server cannot work right now; trying again later may help.
        Unavailable = "unavailable",
        /// Our own fault; the log has the detail.
        Internal = "internal",
    }
}

/// A problem, as a session's step carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What went wrong.
    pub code: ProblemCode,
    /// How many tries the institution still allows, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempts_left: Option<u8>,
}

impl Problem {
    /// A problem about which nothing more is known.
    pub const fn new(code: ProblemCode) -> Self {
        Self { code, attempts_left: None }
    }
}

/// The body of every error of the widget's API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// Stable; programs branch on it.
    pub code: ErrorCode,
    /// For people who integrate: what was expected beside what arrived, never a secret.
    pub message: String,
}
