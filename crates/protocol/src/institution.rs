//! Where one can connect: banks and wallets, as the customer's list shows them.

use crate::{InstitutionId, Product};
use serde::{Deserialize, Serialize};

codes! {
    /// How an institution has been answering lately.
    pub enum Health {
        /// Works.
        Healthy = "healthy",
        /// Works sometimes; the customer is warned.
        Degraded = "degraded",
        /// Does not work; it cannot be chosen.
        Down = "down",
    }
}

codes! {
    /// What sort of house an institution is.
    pub enum InstitutionKind {
        /// A commercial bank.
        Bank = "bank",
        /// A merchant bank.
        Merchant = "merchant",
        /// A microfinance bank.
        Microfinance = "microfinance",
        /// A mortgage bank.
        Mortgage = "mortgage",
        /// A payment service bank.
        PaymentService = "payment_service",
        /// A finance company.
        Finance = "finance",
        /// A wallet.
        Wallet = "wallet",
        /// Exists only here, for tests.
        Test = "test",
    }
}

codes! {
    /// Whose accounts: a person's, a business's, or either.
    pub enum Holders {
        /// Persons.
        Individual = "individual",
        /// Businesses.
        Corporate = "corporate",
        /// Both.
        Both = "both",
    }
}

impl Holders {
    /// Whether the two have anybody in common.
    pub fn meets(self, other: Self) -> bool {
        self == other || self == Self::Both || other == Self::Both
    }
}

/// One line of the customer's list. No logo: a monogram on the institution's colour stands for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Institution {
    /// Its name on the wire.
    pub id: InstitutionId,
    /// What people call it.
    pub name: String,
    /// One or two letters drawn in place of a logo.
    pub monogram: String,
    /// Further words people search it by, such as `GTB`; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub also: String,
    /// The colour behind the monogram, `#rrggbb`.
    pub color: String,
    /// The country it serves, ISO 3166-1 alpha-2.
    pub country: String,
    /// Left out of the wire for a bank, as most of the popular ones are.
    #[serde(default = "bank", skip_serializing_if = "is_bank")]
    pub kind: InstitutionKind,
    /// Whose accounts it keeps; left out where it serves persons alone.
    #[serde(default = "persons", skip_serializing_if = "is_persons")]
    pub holders: Holders,
    /// Products it cannot deliver; nearly always none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<Product>,
    /// Left out of the wire while healthy, which nearly all are.
    #[serde(default = "healthy", skip_serializing_if = "is_healthy")]
    pub health: Health,
}

fn healthy() -> Health {
    Health::Healthy
}

fn is_healthy(health: &Health) -> bool {
    *health == Health::Healthy
}

fn bank() -> InstitutionKind {
    InstitutionKind::Bank
}

fn is_bank(kind: &InstitutionKind) -> bool {
    *kind == InstitutionKind::Bank
}

fn persons() -> Holders {
    Holders::Individual
}

fn is_persons(holders: &Holders) -> bool {
    *holders == Holders::Individual
}

/// Which institutions an opening is for. The widget lists by it and the server refuses by it, so
/// the rule stands here, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionFilter {
    /// ISO 3166-1 alpha-2; empty for every country.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// Empty for every kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<InstitutionKind>,
    /// Only these; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<InstitutionId>,
    /// It must deliver each of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<Product>,
    /// It must keep accounts of such holders.
    pub holders: Holders,
}

impl InstitutionFilter {
    /// Whether the institution may be chosen in this opening.
    pub fn admits(&self, institution: &Institution) -> bool {
        let in_country = self.countries.is_empty() || self.countries.contains(&institution.country);
        let of_kind = self.kinds.is_empty() || self.kinds.contains(&institution.kind);
        let named = self.only.is_empty() || self.only.contains(&institution.id);
        let delivers = !self.products.iter().any(|product| institution.lacks.contains(product));
        in_country && of_kind && named && delivers && self.holders.meets(institution.holders)
    }
}

/// Answer to `GET /connect/v1/institutions`, the most popular first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionList {
    /// Every institution of the environment.
    pub institutions: Vec<Institution>,
}
