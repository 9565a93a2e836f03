//! The institutions the sandbox pretends to be, read from one file whose order is their popularity.

use super::SandboxError;
use crate::connector::{Details, InstitutionKind};
use egusi_protocol::{Health, Institution, InstitutionId};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// One row of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: InstitutionId,
    name: String,
    slug: String,
    country: String,
    color: String,
    monogram: String,
    #[serde(default)]
    also: String,
    health: Option<Health>,
    kind: InstitutionKind,
    #[serde(default)]
    corporate: bool,
}

/// Every institution, in order and by id.
#[derive(Debug)]
pub(super) struct Directory {
    list: Vec<Institution>,
    details: HashMap<InstitutionId, (Health, Details)>,
}

impl Directory {
    pub(super) fn read(json: &str) -> Result<Self, SandboxError> {
        let rows: Vec<Row> = serde_json::from_str(json).map_err(|error| SandboxError::Unreadable {
            file: "institutions.json",
            detail: error.to_string(),
        })?;
        let mut list = Vec::with_capacity(rows.len());
        let mut details = HashMap::with_capacity(rows.len());
        let mut slugs = HashSet::with_capacity(rows.len());
        for row in rows {
            check(&row)?;
            let Row { id, name, slug, country, color, monogram, also, health, kind, corporate } = row;
            let flaw = |field, detail: &str| SandboxError::Institution {
                slug: slug.clone(),
                field,
                detail: detail.to_owned(),
            };
            if !slugs.insert(slug.clone()) {
                return Err(flaw("slug", "another row has the same"));
            }
            if details.contains_key(&id) {
                return Err(flaw("id", "another row has the same"));
            }
            let health = health.unwrap_or(Health::Healthy);
            details.insert(id, (health, Details { slug, kind, corporate }));
            list.push(Institution { id, name, monogram, also, color, country, health });
        }
        Ok(Self { list, details })
    }

    pub(super) fn list(&self) -> &[Institution] {
        &self.list
    }

    pub(super) fn details(&self, id: InstitutionId) -> Option<&Details> {
        self.details.get(&id).map(|(_, details)| details)
    }

    /// The country of an institution, two letters.
    pub(super) fn country(&self, id: InstitutionId) -> Option<&str> {
        self.list.iter().find(|institution| institution.id == id).map(|one| one.country.as_str())
    }

    pub(super) fn health(&self, id: InstitutionId) -> Option<Health> {
        self.details.get(&id).map(|(health, _)| *health)
    }
}

fn check(row: &Row) -> Result<(), SandboxError> {
    let expect = |holds: bool, field, detail: &str| {
        if holds {
            Ok(())
        } else {
            Err(SandboxError::Institution { slug: row.slug.clone(), field, detail: detail.to_owned() })
        }
    };
    let slug_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    expect(!row.slug.is_empty() && row.slug.bytes().all(slug_letter), "slug", "letters, digits and hyphens")?;
    expect(!row.name.trim().is_empty(), "name", "may not be empty")?;
    expect((1..=2).contains(&row.monogram.chars().count()), "monogram", "one or two letters")?;
    expect(is_color(&row.color), "color", "written as #rrggbb")?;
    let country = row.country.len() == 2 && row.country.bytes().all(|byte| byte.is_ascii_uppercase());
    expect(country, "country", "two capital letters")?;
    expect(row.health != Some(Health::Unknown), "health", "healthy, degraded or down")
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = r##"{"id":"5d6fe57a4099cc4b210bbec0","name":"A Bank","slug":"a-bank","country":"NG","color":"#114185","monogram":"A","kind":"bank"}"##;

    #[test]
    fn a_wrong_row_is_named_with_its_field() {
        for (from, to, message) in [
            (r#""A Bank""#, r#""""#, "institution a-bank, name: may not be empty"),
            ("#114185", "blue", "institution a-bank, color: written as #rrggbb"),
            (r#""A""#, r#""ABC""#, "institution a-bank, monogram: one or two letters"),
            (r#""NG""#, r#""Nigeria""#, "institution a-bank, country: two capital letters"),
            (
                r#""kind""#,
                r#""health":"poorly","kind""#,
                "institution a-bank, health: healthy, degraded or down",
            ),
        ] {
            let json = format!("[{}]", ROW.replace(from, to));
            assert_eq!(Directory::read(&json).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn two_rows_may_share_neither_slug_nor_id() {
        let same_id = format!("[{ROW},{}]", ROW.replace("a-bank", "b-bank"));
        let same_slug = format!("[{ROW},{}]", ROW.replace("bbec0", "bbec1"));
        assert_eq!(
            Directory::read(&same_id).unwrap_err().to_string(),
            "institution b-bank, id: another row has the same"
        );
        assert_eq!(
            Directory::read(&same_slug).unwrap_err().to_string(),
            "institution a-bank, slug: another row has the same"
        );
    }

    #[test]
    fn a_field_nobody_reads_is_refused() {
        let json = format!("[{}]", ROW.replace("country", "contry"));
        let message = Directory::read(&json).unwrap_err().to_string();
        assert!(message.starts_with("institutions.json: unknown field `contry`"), "{message}");
    }
}
