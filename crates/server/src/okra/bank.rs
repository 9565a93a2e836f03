//! A bank as `banks/list` and `banks/getById` answer it.

use crate::times::wire_time;
use egusi_connectors::{Connector, Details};
use egusi_protocol::{Health, Holders, Institution, InstitutionId};
use serde::Serialize;

/// When the sandbox's list was made, 2026-11-20. Typed clients want a date that is not null.
const LISTED_AT_MS: i64 = 1_795_132_800_000;

/// One bank. Fields for pictures are empty: logos are trademarks, and the colours are enough for a
/// monogram.
#[derive(Debug, Serialize)]
pub struct OkraBank<'a> {
    _id: InstitutionId,
    id: InstitutionId,
    name: &'a str,
    slug: &'a str,
    icon: &'static str,
    logo: &'static str,
    png_logo: &'static str,
    v2_icon: &'static str,
    v2_logo: &'static str,
    products: [&'static str; 2],
    colors: OkraColors<'a>,
    #[serde(rename = "secretQuestionOrOtp")]
    asks_more: bool,
    #[serde(rename = "secretQuestionOrOtpMobile")]
    asks_more_mobile: bool,
    #[serde(rename = "secretQuestionOrOtpCorp")]
    asks_more_corporate: bool,
    payments: Nothing,
    ussd: bool,
    countries: [&'a str; 1],
    corporate: bool,
    individual: bool,
    status: Health,
    sortcode: &'static str,
    alt_sortcode: &'static str,
    created_at: String,
    last_updated: String,
}

#[derive(Debug, Serialize)]
struct OkraColors<'a> {
    primary: &'a str,
    accent: &'a str,
    bg: &'a str,
    button: &'a str,
    icon: &'a str,
}

/// An empty object.
#[derive(Debug, Serialize)]
struct Nothing {}

impl<'a> OkraBank<'a> {
    /// Writes an institution of a connector the way Okra would.
    pub fn new(institution: &'a Institution, details: &'a Details) -> Self {
        let Institution {
            id,
            name,
            monogram: _,
            also: _,
            color,
            country,
            kind: _,
            holders,
            lacks: _,
            health,
        } = institution;
        let Details { slug } = details;
        let color = color.as_str();
        Self {
            _id: *id,
            id: *id,
            name,
            slug,
            icon: "",
            logo: "",
            png_logo: "",
            v2_icon: "",
            v2_logo: "",
            products: ["auth", "balance"],
            colors: OkraColors { primary: color, accent: color, bg: color, button: color, icon: color },
            asks_more: true,
            asks_more_mobile: false,
            asks_more_corporate: false,
            payments: Nothing {},
            ussd: false,
            countries: [country],
            corporate: holders.meets(Holders::Corporate),
            individual: holders.meets(Holders::Individual),
            status: *health,
            sortcode: "",
            alt_sortcode: "",
            created_at: wire_time(LISTED_AT_MS),
            last_updated: wire_time(LISTED_AT_MS),
        }
    }

    /// All banks of a connector, the most popular first.
    pub fn all(connector: &'a dyn Connector) -> Vec<Self> {
        let known =
            |institution: &'a Institution| Some(Self::new(institution, connector.details(institution.id)?));
        connector.institutions().iter().filter_map(known).collect()
    }
}
