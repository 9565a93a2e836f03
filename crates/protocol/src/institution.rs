//! Where one can connect: banks and wallets, as the customer's list shows them.

use crate::InstitutionId;
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

/// Answer to `GET /connect/v1/institutions`, the most popular first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionList {
    /// Every institution of the environment.
    pub institutions: Vec<Institution>,
}
