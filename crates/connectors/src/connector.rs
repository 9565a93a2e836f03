//! The contract every connector keeps, whatever its institutions are reached by.

use crate::report::{Abilities, History, Presence, ReportedAccount};
use async_trait::async_trait;
use egusi_protocol::{
    Challenge, CompanyId, FieldAnswer, Holders, Institution, InstitutionId, PendingKind, Problem, Secret,
    SignInMethod,
};
use std::fmt;

/// Speaks to a set of institutions.
///
/// Every call may be slow or fail; the caller bounds it in time. No method keeps a password: it is
/// exchanged for an [`Access`] and dropped.
#[async_trait]
pub trait Connector: Send + Sync {
    /// The institutions served, the most popular first.
    fn institutions(&self) -> &[Institution];

    /// An institution's line of the list; `None` if this connector does not serve it.
    fn institution(&self, id: InstitutionId) -> Option<&Institution> {
        self.institutions().iter().find(|institution| institution.id == id)
    }

    /// What is known of an institution beyond the customer's list; `None` if this connector does
    /// not serve it.
    fn details(&self, institution: InstitutionId) -> Option<&Details>;

    /// The institution's name in addresses and on an Okra wire.
    fn slug(&self, institution: InstitutionId) -> Option<&str> {
        self.details(institution).map(|details| details.slug.as_str())
    }

    /// The ways to sign in at an institution, the usual one first and never none of them; `None` if
    /// this connector does not serve it.
    fn methods(&self, institution: InstitutionId) -> Option<&[SignInMethod]>;

    /// What is still needed of a customer who gave this access before: a way to sign in that asks
    /// for less, but always for something only the customer knows. `None` where everything is needed.
    fn method_again(&self, access: &Access) -> Option<SignInMethod> {
        let _ = access;
        None
    }

    /// What an institution can tell; `None` if this connector does not serve it.
    fn abilities(&self, institution: InstitutionId) -> Option<Abilities>;

    /// Begins a sign-in with what the customer typed.
    ///
    /// It is done on behalf of a company, which may have its own contract with the institution; the
    /// conversation and the access remember whose they are.
    ///
    /// # Errors
    /// Among others `Internal`, our own fault, if the method is none of [`Connector::methods`].
    async fn begin(&self, sign_in: SignIn<'_>) -> Result<Turn, ConnectorError>;

    /// Begins a sign-in of a customer who gave this access before, with the answers to
    /// [`Connector::method_again`]. An access that leads nowhere any more is answered with
    /// `SignInNeeded`, the customer's fault: then everything is asked.
    async fn begin_again(&self, access: &Access, sign_in: SignIn<'_>) -> Result<Turn, ConnectorError> {
        let _ = (access, sign_in);
        Err(ConnectorError::internal())
    }

    /// Sends the code of a challenge once more, where the challenge says that it can be.
    async fn resend(&self, conversation: &Conversation) -> Result<Turn, ConnectorError> {
        let _ = conversation;
        Err(ConnectorError::internal())
    }

    /// The customer came back from the institution's own page, with what stands in the address
    /// behind our own part: `name=value` pairs as they came, from outside and unchecked.
    async fn returned(
        &self,
        conversation: &Conversation,
        query: &[(String, String)],
    ) -> Result<Turn, ConnectorError> {
        let _ = (conversation, query);
        Err(ConnectorError::internal())
    }

    /// Goes on with the answer to a challenge.
    async fn answer(&self, conversation: &Conversation, answer: &Secret) -> Result<Turn, ConnectorError>;

    /// Asks how a pending conversation stands.
    async fn poll(&self, conversation: &Conversation) -> Result<Turn, ConnectorError>;

    /// Reads the accounts with their balances. An empty list means there is nothing to share.
    ///
    /// # Errors
    /// Among others `SignInNeeded`, the customer's fault, where the institution tells nothing more
    /// until the customer has signed in again.
    async fn accounts(
        &self,
        access: &Access,
        presence: Presence,
    ) -> Result<Vec<ReportedAccount>, ConnectorError>;

    /// Reads what happened on the account of that number, from the one time to the other, both
    /// included, in unix milliseconds. `until_ms` is now: what the account holds today is what the
    /// past is reckoned from. A window longer than [`Abilities::history_days`] is told as far back
    /// as the institution goes.
    ///
    /// # Errors
    /// As of [`Connector::accounts`]; `NoAccounts`, the customer's fault, if the access shows no
    /// account of that number.
    async fn history(
        &self,
        access: &Access,
        number: &str,
        from_ms: i64,
        until_ms: i64,
    ) -> Result<History, ConnectorError>;
}

/// A sign-in to begin.
#[derive(Debug)]
pub struct SignIn<'a> {
    /// On whose behalf.
    pub company: CompanyId,
    /// Where.
    pub institution: InstitutionId,
    /// [`SignInMethod::id`].
    pub method: &'a str,
    /// What was typed.
    pub fields: &'a [FieldAnswer],
    /// Where the institution's own page sends the customer back to, if it comes to that: an address
    /// of this server that is good for this one sign-in. It may be a path alone, for a page of this
    /// server; parameters are added to it and nothing is taken away.
    pub return_to: &'a str,
}

/// What is known of an institution beyond the customer's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// Its name in addresses and on an Okra wire, such as `access-bank`.
    pub slug: String,
}

/// Where a conversation goes next.
#[derive(Debug)]
pub enum Turn {
    /// The institution asks one thing more.
    Ask(Challenge, Conversation),
    /// The institution is at work.
    Pending {
        /// Who is at work.
        kind: PendingKind,
        /// What is happening, in words for the customer; may be empty.
        text: String,
        /// When to ask again.
        retry_after_ms: u32,
        /// State to go on with.
        conversation: Conversation,
    },
    /// The institution's own page asks; [`Connector::returned`] goes on.
    Redirect {
        /// Where the customer goes: `https:`, or a path of this server.
        url: String,
        /// State to go on with.
        conversation: Conversation,
    },
    /// The sign-in is complete.
    Granted(Granted),
}

/// What a finished sign-in leaves.
#[derive(Debug)]
pub struct Granted {
    /// The right to read, to be sealed at rest.
    pub access: Access,
    /// Whose accounts they are.
    pub holder: Holder,
}

/// The state of an unfinished conversation: the connector's own bytes, sealed by the server.
#[derive(Clone, PartialEq, Eq)]
pub struct Conversation(pub Vec<u8>);

/// A right to read without the password: the connector's own bytes, sealed by the server.
#[derive(Clone, PartialEq, Eq)]
pub struct Access(pub Vec<u8>);

impl fmt::Debug for Conversation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Conversation({} bytes)", self.0.len())
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Access({} bytes)", self.0.len())
    }
}

/// Who signed in. The server keeps the two references only as keyed hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The name in the institution's books.
    pub name: String,
    /// The same for one person at every institution (a BVN, say).
    pub person: String,
    /// The same for one sign-in at one institution.
    pub login: String,
    /// A person or a business: [`Holders::Individual`] or [`Holders::Corporate`].
    pub kind: Holders,
    /// By what else a company may know this person. The server keeps them only as keyed hashes.
    pub identifiers: Vec<Identifier>,
}

/// Something by which a person is known outside the institution.
#[derive(Clone, PartialEq, Eq)]
pub struct Identifier {
    /// What it is.
    pub kind: IdentifierKind,
    /// Digits, or an address in small letters.
    pub value: String,
}

impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identifier({:?})", self.kind)
    }
}

/// Sorts of identifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentifierKind {
    /// Bank Verification Number, 11 digits.
    Bvn,
    /// National Identification Number, 11 digits.
    Nin,
    /// Telephone, digits with the country's code and without a plus.
    Phone,
    /// E-mail.
    Email,
}

/// Whose fault a failed call was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// What the customer gave, or the state of the customer's account.
    Customer,
    /// The institution.
    Institution,
    /// Our own side.
    Us,
}

/// A call that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectorError {
    /// Whose fault it was.
    pub fault: Fault,
    /// What to tell the customer.
    pub problem: Problem,
    /// After a wrong answer the same challenge may be answered again with this state; without it
    /// the conversation is over.
    pub retry: Option<(Challenge, Conversation)>,
}

impl ConnectorError {
    /// A call that makes no sense here: nobody's mistake but our own side's.
    pub fn internal() -> Self {
        let problem = Problem::new(egusi_protocol::ProblemCode::Internal);
        Self { fault: Fault::Us, problem, retry: None }
    }
}

impl fmt::Display for ConnectorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({:?})", self.problem.code, self.fault)
    }
}

impl std::error::Error for ConnectorError {}
