//! The institutions the sandbox pretends to be, read from files whose order is their popularity.

use super::{SandboxError, methods};
use crate::connector::Details;
use egusi_protocol::{Health, Holders, Institution, InstitutionId, InstitutionKind, Product, SignInMethod};
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
    #[serde(default = "persons")]
    holders: Holders,
    /// Words of [`methods`]; without it the one most people use.
    methods: Option<Vec<String>>,
    #[serde(default)]
    lacks: Vec<Product>,
}

fn persons() -> Holders {
    Holders::Individual
}

/// What is known of one institution beside its line.
#[derive(Debug)]
struct Entry {
    health: Health,
    details: Details,
    methods: Vec<SignInMethod>,
}

/// Every institution, in order and by id.
#[derive(Debug)]
pub(super) struct Directory {
    list: Vec<Institution>,
    details: HashMap<InstitutionId, Entry>,
}

impl Directory {
    /// Reads the files one after the other; no id and no slug may come twice.
    pub(super) fn read(files: &[(&'static str, &str)]) -> Result<Self, SandboxError> {
        let mut directory = Self { list: Vec::new(), details: HashMap::new() };
        let mut slugs = HashSet::new();
        for (file, json) in files {
            let rows: Vec<Row> = serde_json::from_str(json)
                .map_err(|error| SandboxError::Unreadable { file, detail: error.to_string() })?;
            for row in rows {
                check(&row)?;
                if !slugs.insert(row.slug.clone()) {
                    return Err(flaw(&row, "slug", "another row has the same"));
                }
                directory.add(row)?;
            }
        }
        Ok(directory)
    }

    fn add(&mut self, row: Row) -> Result<(), SandboxError> {
        if self.details.contains_key(&row.id) {
            return Err(flaw(&row, "id", "another row has the same"));
        }
        let methods = methods::of(&row.name, row.holders, row.methods.as_deref())
            .map_err(|expected| flaw(&row, "methods", expected))?;
        let Row { id, name, slug, country, color, monogram, also, health, kind, holders, methods: _, lacks } =
            row;
        let health = health.unwrap_or(Health::Healthy);
        self.details.insert(id, Entry { health, details: Details { slug }, methods });
        self.list.push(Institution {
            id,
            name,
            monogram,
            also,
            color,
            country,
            kind,
            holders,
            lacks,
            health,
        });
        Ok(())
    }

    pub(super) fn list(&self) -> &[Institution] {
        &self.list
    }

    pub(super) fn details(&self, id: InstitutionId) -> Option<&Details> {
        self.details.get(&id).map(|entry| &entry.details)
    }

    pub(super) fn methods(&self, id: InstitutionId) -> Option<&[SignInMethod]> {
        self.details.get(&id).map(|entry| entry.methods.as_slice())
    }

    /// The country of an institution, two letters.
    pub(super) fn country(&self, id: InstitutionId) -> Option<&str> {
        self.institution(id).map(|one| one.country.as_str())
    }

    /// The customer's line of an institution.
    pub(super) fn institution(&self, id: InstitutionId) -> Option<&Institution> {
        self.list.iter().find(|institution| institution.id == id)
    }

    /// Whether an institution can deliver a product; `None` if there is no such institution.
    pub(super) fn delivers(&self, id: InstitutionId, product: Product) -> Option<bool> {
        self.institution(id).map(|one| !one.lacks.contains(&product))
    }

    pub(super) fn health(&self, id: InstitutionId) -> Option<Health> {
        self.details.get(&id).map(|entry| entry.health)
    }
}

fn flaw(row: &Row, field: &'static str, expected: &str) -> SandboxError {
    SandboxError::Institution { slug: row.slug.clone(), field, detail: expected.to_owned() }
}

fn check(row: &Row) -> Result<(), SandboxError> {
    let expect =
        |holds: bool, field, detail: &str| if holds { Ok(()) } else { Err(flaw(row, field, detail)) };
    let slug_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    expect(!row.slug.is_empty() && row.slug.bytes().all(slug_letter), "slug", "letters, digits and hyphens")?;
    expect(!row.name.trim().is_empty(), "name", "may not be empty")?;
    expect((1..=2).contains(&row.monogram.chars().count()), "monogram", "one or two letters")?;
    expect(is_color(&row.color), "color", "written as #rrggbb")?;
    let country = row.country.len() == 2 && row.country.bytes().all(|byte| byte.is_ascii_uppercase());
    expect(country, "country", "two capital letters")?;
    expect(row.health != Some(Health::Unknown), "health", "healthy, degraded or down")?;
    let kinds: Vec<_> = InstitutionKind::ALL.iter().map(|kind| kind.as_str()).collect();
    expect(row.kind != InstitutionKind::Unknown, "kind", &format!("one of {}", kinds.join(", ")))?;
    expect(row.holders != Holders::Unknown, "holders", "individual, corporate or both")?;
    let distinct: HashSet<_> = row.lacks.iter().collect();
    let products = !distinct.contains(&Product::Unknown) && distinct.len() == row.lacks.len();
    expect(products, "lacks", "names of products such as transactions, each once")
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = r##"{"id":"5d6fe57a4099cc4b210bbec0","name":"A Bank","slug":"a-bank","country":"NG","color":"#114185","monogram":"A","kind":"bank"}"##;

    fn read(json: &str) -> Result<Directory, SandboxError> {
        Directory::read(&[("institutions.json", json)])
    }

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
            (
                r#""bank""#,
                r#""shop""#,
                "institution a-bank, kind: one of bank, merchant, microfinance, mortgage, payment_service, \
                 finance, wallet, test",
            ),
            (
                r#""kind""#,
                r#""holders":"all","kind""#,
                "institution a-bank, holders: individual, corporate or both",
            ),
            (
                r#""kind""#,
                r#""lacks":["loans"],"kind""#,
                "institution a-bank, lacks: names of products such as transactions, each once",
            ),
            (
                r#""kind""#,
                r#""methods":[],"kind""#,
                "institution a-bank, methods: internet first, and then others",
            ),
            (
                r#""kind""#,
                r#""methods":["ussd","internet"],"kind""#,
                "institution a-bank, methods: internet first, and then others",
            ),
            (
                r#""kind""#,
                r#""methods":["internet","fax"],"kind""#,
                "institution a-bank, methods: internet, mobile or ussd",
            ),
            (
                r#""kind""#,
                r#""methods":["internet","internet"],"kind""#,
                "institution a-bank, methods: each of them once",
            ),
            (
                r#""kind""#,
                r#""holders":"corporate","methods":["internet"],"kind""#,
                "institution a-bank, methods: none where holders is corporate",
            ),
        ] {
            let json = format!("[{}]", ROW.replace(from, to));
            assert_eq!(read(&json).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn two_rows_may_share_neither_slug_nor_id() {
        let same_id = format!("[{ROW},{}]", ROW.replace("a-bank", "b-bank"));
        let same_slug = format!("[{ROW},{}]", ROW.replace("bbec0", "bbec1"));
        assert_eq!(
            read(&same_id).unwrap_err().to_string(),
            "institution b-bank, id: another row has the same"
        );
        assert_eq!(
            read(&same_slug).unwrap_err().to_string(),
            "institution a-bank, slug: another row has the same"
        );
    }

    #[test]
    fn a_field_nobody_reads_is_refused() {
        let json = format!("[{}]", ROW.replace("country", "contry"));
        let message = read(&json).unwrap_err().to_string();
        assert!(message.starts_with("institutions.json: unknown field `contry`"), "{message}");
    }
}
