//! What the host wants of institutions, of the account and of the time in which the widget opens.

use crate::error::ApiError;
use crate::sessions::loose;
use crate::sessions::opening::quoted;
use crate::times;
use egusi_connectors::Connector;
use egusi_protocol::{
    ErrorCode, Holders, Institution, InstitutionFilter, InstitutionId, InstitutionKind, OpenSession, Product,
    Secret,
};
use serde_json::Value;
use std::collections::HashMap;

/// Where a host that names no country does its business.
const HOME: &str = "NG";
/// JSON text of `filter` may be so long.
const FILTER_BYTES_MAX: usize = 16_384;
const DAY_MS: i64 = 86_400_000;

/// Which institutions are offered, and at which the widget opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which may be chosen.
    pub filter: InstitutionFilter,
    /// Where to go straight from the consent.
    pub institution: Option<InstitutionId>,
}

impl Offer {
    /// Reads what came with an opening; products and holders are those that were checked already.
    ///
    /// # Errors
    /// `InvalidRequest`, naming the option, if something is meant and cannot be used;
    /// `NoInstitutions`, if nothing is left to choose, naming the option that leaves nothing.
    pub fn read(
        connector: &dyn Connector,
        wanted: &OpenSession,
        products: &[Product],
        holders: Holders,
    ) -> Result<Self, ApiError> {
        let names = Names::of(connector);
        let FilterWords { kinds, banks } = filter_words(wanted.filter.as_deref())?;
        let only = only(&names, &banks)?;
        let institution = institution(&names, connector, wanted.institution.as_deref())?;
        let filter = InstitutionFilter {
            countries: countries(&wanted.countries, &only, institution)?,
            kinds,
            only,
            products: products.to_vec(),
            holders,
        };
        if let Some(named) = institution {
            refuse_if_not_admitted(named, &filter)?;
        }
        refuse_if_nothing_is_left(connector.institutions(), &filter)?;
        Ok(Self { filter, institution: institution.map(|named| named.id) })
    }
}

/// Every institution by what a host may call it.
struct Names(HashMap<String, InstitutionId>);

impl Names {
    fn of(connector: &dyn Connector) -> Self {
        let list = connector.institutions();
        let mut names = HashMap::with_capacity(list.len() * 3);
        for institution in list {
            names.insert(institution.id.to_string(), institution.id);
            if let Some(slug) = connector.slug(institution.id) {
                names.insert(slug.to_lowercase(), institution.id);
            }
        }
        for institution in list {
            // Of two that are called the same, the more popular one is meant.
            names.entry(institution.name.to_lowercase()).or_insert(institution.id);
        }
        Self(names)
    }

    fn find(&self, word: &str) -> Option<InstitutionId> {
        self.0.get(&word.to_lowercase()).copied()
    }
}

/// What a filter says, in its own words.
struct FilterWords {
    kinds: Vec<InstitutionKind>,
    banks: Vec<String>,
}

fn filter_words(text: Option<&str>) -> Result<FilterWords, ApiError> {
    let text = text.unwrap_or_default();
    if text.len() > FILTER_BYTES_MAX {
        let got = text.len();
        return Err(invalid(format!("filter: expected at most {FILTER_BYTES_MAX} bytes of JSON, got {got}")));
    }
    Ok(match loose::read(text) {
        Value::Array(banks) => FilterWords { kinds: Vec::new(), banks: bank_words(&banks) },
        Value::Object(filter) => {
            let kind = filter.get("industry_type").and_then(loose::word).unwrap_or_default();
            let banks = match filter.get("banks") {
                Some(Value::Array(banks)) => bank_words(banks),
                Some(one) => bank_words(std::slice::from_ref(one)),
                None => Vec::new(),
            };
            FilterWords { kinds: kinds(&kind), banks }
        }
        _ => FilterWords { kinds: Vec::new(), banks: Vec::new() },
    })
}

/// A word that is no kind of ours, such as `all`, is every kind.
fn kinds(word: &str) -> Vec<InstitutionKind> {
    match InstitutionKind::from_word(&word.to_lowercase().replace([' ', '-'], "_")) {
        InstitutionKind::Unknown => Vec::new(),
        kind => vec![kind],
    }
}

/// A bank may also come as Okra's API lists it.
fn bank_words(banks: &[Value]) -> Vec<String> {
    let name = |bank: &Value| match bank {
        Value::Object(bank) => ["id", "slug", "name"].into_iter().find_map(|key| loose::word(bank.get(key)?)),
        word => loose::word(word),
    };
    banks.iter().filter_map(name).collect()
}

/// What is not known here is left out; but a host that named some and gets none is told.
fn only(names: &Names, banks: &[String]) -> Result<Vec<InstitutionId>, ApiError> {
    const SHOWN: usize = 5;
    let mut only: Vec<InstitutionId> = Vec::new();
    for id in banks.iter().filter_map(|bank| names.find(bank)) {
        if !only.contains(&id) {
            only.push(id);
        }
    }
    if only.is_empty() && !banks.is_empty() {
        let got: Vec<_> = banks.iter().take(SHOWN).map(|bank| quoted(bank)).collect();
        let more = if banks.len() > SHOWN { ", …" } else { "" };
        return Err(invalid(format!(
            "filter.banks: expected slugs of institutions of this server; got {}{more}",
            got.join(", ")
        )));
    }
    Ok(only)
}

fn institution<'a>(
    names: &Names,
    connector: &'a dyn Connector,
    word: Option<&str>,
) -> Result<Option<&'a Institution>, ApiError> {
    let Some(word) = word.and_then(loose::meant) else { return Ok(None) };
    let found = names.find(word).and_then(|id| connector.institution(id));
    found.map(Some).ok_or_else(|| {
        invalid(format!(
            "institution: expected the id or slug of an institution of this server; got {}",
            quoted(word)
        ))
    })
}

/// Who is named is meant, wherever they are; so the country that nobody wrote excludes nobody.
fn countries(
    wanted: &[String],
    only: &[InstitutionId],
    institution: Option<&Institution>,
) -> Result<Vec<String>, ApiError> {
    let mut countries: Vec<String> = Vec::new();
    for word in wanted.iter().filter_map(|word| loose::meant(word)) {
        if word.len() != 2 || !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            let got = quoted(word);
            return Err(invalid(format!(
                "countries: expected codes of two letters (ISO 3166-1 alpha-2) such as NG; got {got}"
            )));
        }
        let code = word.to_ascii_uppercase();
        if !countries.contains(&code) {
            countries.push(code);
        }
    }
    if countries.is_empty() && only.is_empty() {
        countries.push(institution.map_or(HOME, |named| &named.country).to_owned());
    }
    Ok(countries)
}

/// The parts of a filter in the order in which they are named: each lets through what the filter
/// does, and all that the other parts keep out.
fn parts(filter: &InstitutionFilter) -> [(&'static str, String, InstitutionFilter); 5] {
    let all = InstitutionFilter {
        countries: Vec::new(),
        kinds: Vec::new(),
        only: Vec::new(),
        products: Vec::new(),
        holders: Holders::Both,
    };
    let InstitutionFilter { countries, kinds, only, products, holders } = filter.clone();
    let words = |words: &[&str]| words.join(", ");
    let kind_words = words(&kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>());
    let product_words = words(&products.iter().map(|product| product.as_str()).collect::<Vec<_>>());
    [
        ("countries", countries.join(", "), InstitutionFilter { countries, ..all.clone() }),
        ("filter.industry_type", kind_words, InstitutionFilter { kinds, ..all.clone() }),
        ("filter.banks", "the list".to_owned(), InstitutionFilter { only, ..all.clone() }),
        ("products", product_words, InstitutionFilter { products, ..all.clone() }),
        ("account_type", holders.as_str().to_owned(), InstitutionFilter { holders, ..all }),
    ]
}

fn refuse_if_not_admitted(named: &Institution, filter: &InstitutionFilter) -> Result<(), ApiError> {
    match parts(filter).into_iter().find(|(_, _, part)| !part.admits(named)) {
        None => Ok(()),
        Some((option, value, _)) => Err(invalid(format!(
            "institution: expected one that the other options leave; {} is excluded by {option} ({value})",
            quoted(&named.name)
        ))),
    }
}

fn refuse_if_nothing_is_left(list: &[Institution], filter: &InstitutionFilter) -> Result<(), ApiError> {
    let mut left: Vec<&Institution> = list.iter().collect();
    for (option, value, part) in parts(filter) {
        left.retain(|institution| part.admits(institution));
        if left.is_empty() {
            let alone = !list.iter().any(|institution| part.admits(institution));
            let beside = if alone { "" } else { ", together with the other options" };
            return Err(ApiError::refused(
                ErrorCode::NoInstitutions,
                format!("{option}: {value} leaves no institution of this server{beside}"),
            ));
        }
    }
    Ok(())
}

/// The widget does not open any more when the day that the host set, in UTC, is over.
///
/// # Errors
/// `WidgetExpired`; `InvalidRequest` if it is no date.
pub fn refuse_if_expired(exp: Option<&str>, now_ms: i64) -> Result<(), ApiError> {
    let Some(text) = exp.and_then(loose::meant) else { return Ok(()) };
    let Some(named) = times::lenient(text) else {
        let expected = times::LENIENT_EXPECTED;
        return Err(invalid(format!("exp: expected {expected}; got {}", quoted(text))));
    };
    if now_ms.div_euclid(DAY_MS) > named.first_ms.div_euclid(DAY_MS) {
        let day = times::wire_time(named.first_ms);
        return Err(ApiError::refused(
            ErrorCode::WidgetExpired,
            format!("exp: the last day of this widget was {}", day.get(..10).unwrap_or_default()),
        ));
    }
    Ok(())
}

/// The number of the only account that may be shared, bare.
///
/// # Errors
/// `InvalidRequest` if it cannot be a number of an account; it is not repeated.
pub fn account_number(given: Option<&Secret>) -> Result<Option<Secret>, ApiError> {
    let Some(text) = given.and_then(|given| loose::meant(given.expose())) else { return Ok(None) };
    let number = bare_number(text);
    if !(10..=34).contains(&number.len()) || !number.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(invalid("account_number: expected 10 to 34 digits and letters".to_owned()));
    }
    Ok(Some(Secret::new(number)))
}

/// A number of an account without what people put in to read it by.
pub fn bare_number(text: &str) -> String {
    let letters = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '\u{2011}'..='\u{2014}'));
    letters.map(|letter| letter.to_ascii_uppercase()).collect()
}

fn invalid(message: String) -> ApiError {
    ApiError::refused(ErrorCode::InvalidRequest, message)
}

#[cfg(test)]
mod tests;
