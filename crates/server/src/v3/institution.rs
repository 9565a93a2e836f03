//! Where one can connect.

use crate::v3::scalars::Id;
use egusi_connectors::Details;
use egusi_protocol::{Holders, Institution as Line, InstitutionId};
use serde::Serialize;
use utoipa::ToSchema;

/// A bank or wallet one can connect to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Institution {
    /// Its name.
    #[schema(value_type = Id)]
    id: InstitutionId,
    /// What people call it.
    name: String,
    /// Its name in addresses.
    slug: String,
    /// The country it serves, ISO 3166-1 alpha-2.
    country: String,
    /// `healthy`, `degraded` or `down`.
    #[schema(pattern = "^(healthy|degraded|down)$")]
    health: &'static str,
    /// Whether businesses sign in there too.
    corporate: bool,
    /// One or two letters to draw in place of a logo.
    monogram: String,
    /// The colour behind the monogram, `#rrggbb`.
    color: String,
}

impl Institution {
    /// From its line of the list and what else is known of it.
    pub fn new(line: &Line, details: &Details) -> Self {
        let Line { id, name, monogram, also: _, color, country, kind: _, holders, lacks: _, health } = line;
        let Details { slug } = details;
        Self {
            id: *id,
            name: name.clone(),
            slug: slug.clone(),
            country: country.clone(),
            health: health.as_str(),
            corporate: holders.meets(Holders::Corporate),
            monogram: monogram.clone(),
            color: color.clone(),
        }
    }
}
