//! Brings a file's schema to this version, and refuses a file whose past it does not know.

use super::error::unavailable;
use crate::StoreError;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use sha2::{Digest, Sha256};

/// One step of the schema. A step that was ever released is never edited; a new one is added.
struct Migration {
    version: i64,
    name: &'static str,
    sql: &'static str,
}

macro_rules! migrations {
    ($($version:literal $name:literal),+ $(,)?) => {
        &[$( Migration {
            version: $version,
            name: $name,
            sql: include_str!(concat!("../../migrations/sqlite/", $name, ".sql")),
        } ),+]
    };
}

/// All steps, in order.
const MIGRATIONS: &[Migration] = migrations![
    1 "0001_companies",
    2 "0002_sessions",
    3 "0003_connections",
    4 "0004_balances",
    5 "0005_keys",
    6 "0006_records",
    7 "0007_balances",
    8 "0008_transactions",
    9 "0009_thresholds",
    10 "0010_tasks",
    11 "0011_events",
    12 "0012_calls",
    13 "0013_kept",
    14 "0014_one_tree_each",
    15 "0015_identifiers",
    16 "0016_links",
    17 "0017_consents",
];

const CREATE_HISTORY: &str = "CREATE TABLE IF NOT EXISTS migration (
    version  BIGINT NOT NULL PRIMARY KEY,
    name     TEXT   NOT NULL,
    checksum BLOB   NOT NULL
)";

/// A step as the file remembers it.
struct Applied {
    version: i64,
    checksum: [u8; 32],
}

/// Does what is missing, all or nothing; of several processes only one does it.
pub(super) fn migrate(db: &mut Connection) -> Result<(), StoreError> {
    let transaction =
        db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(|error| unavailable(&error))?;
    let applied = history(&transaction).map_err(|error| unavailable(&error))?;
    check(&applied)?;
    for migration in &MIGRATIONS[applied.len()..] {
        apply(&transaction, migration)
            .map_err(|error| refusal(migration, &unavailable(&error).to_string()))?;
    }
    transaction.commit().map_err(|error| unavailable(&error))
}

fn history(db: &Transaction<'_>) -> rusqlite::Result<Vec<Applied>> {
    db.execute(CREATE_HISTORY, [])?;
    let mut statement = db.prepare("SELECT version, checksum FROM migration ORDER BY version")?;
    let rows = statement
        .query_map([], |row| Ok(Applied { version: row.get("version")?, checksum: row.get("checksum")? }))?;
    rows.collect()
}

/// The past of the file must be the beginning of ours.
fn check(applied: &[Applied]) -> Result<(), StoreError> {
    for (at, past) in applied.iter().enumerate() {
        let Some(ours) = MIGRATIONS.get(at) else {
            return Err(StoreError::Unavailable(format!(
                "the database is newer than this program: it has migration {}, this program knows {}; \
                run a newer program",
                past.version,
                MIGRATIONS.len(),
            )));
        };
        if past.version != ours.version {
            return Err(refusal(ours, &format!("the database lacks it but has migration {}", past.version)));
        }
        if past.checksum != checksum(ours) {
            return Err(refusal(ours, "it has changed since the database was made with it"));
        }
    }
    Ok(())
}

fn apply(db: &Transaction<'_>, migration: &Migration) -> rusqlite::Result<()> {
    db.execute_batch(migration.sql)?;
    db.execute(
        "INSERT INTO migration (version, name, checksum) VALUES (?1, ?2, ?3)",
        params![migration.version, migration.name, checksum(migration)],
    )
    .map(|_| ())
}

/// The same for a working copy with Windows line ends.
fn checksum(migration: &Migration) -> [u8; 32] {
    Sha256::digest(migration.sql.replace("\r\n", "\n")).into()
}

fn refusal(migration: &Migration, reason: &str) -> StoreError {
    StoreError::Unavailable(format!("migration {} cannot be relied on: {reason}", migration.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_count_from_1_and_are_in_the_file_names() {
        for (at, migration) in MIGRATIONS.iter().enumerate() {
            assert_eq!(migration.version, i64::try_from(at + 1).unwrap());
            assert!(migration.name.starts_with(&format!("{:04}_", migration.version)), "{}", migration.name);
        }
    }

    /// An App that was there before links were gets one that nobody can guess from what a page shows.
    #[test]
    fn an_app_of_before_has_a_link() {
        let mut db = Connection::open_in_memory().unwrap();
        let transaction = db.transaction().unwrap();
        history(&transaction).unwrap();
        for migration in &MIGRATIONS[..15] {
            apply(&transaction, migration).unwrap();
        }
        let sql = "INSERT INTO app VALUES (?1, 'production', ?2, 'Shop', 1, 2)";
        for app in [[0xab_u8; 12], [0xcd_u8; 12]] {
            transaction.execute(sql, params![[1_u8; 12], app]).unwrap();
        }
        transaction.commit().unwrap();
        migrate(&mut db).unwrap();
        let mut statement = db.prepare("SELECT short, options FROM app ORDER BY short").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let rows: Vec<(String, String)> = rows.map(Result::unwrap).collect();
        let [(one, nothing), (other, _)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((one.len(), nothing.as_str()), (20, "{}"));
        assert!(one != other && !one.contains("abab") && !other.contains("cdcd"), "{rows:?}");
        let of_company = "SELECT COUNT(*) FROM short_name JOIN app USING (short, company)";
        assert_eq!(db.query_row(of_company, [], |row| row.get(0)), Ok(2), "and keeps it");
    }

    #[test]
    fn nothing_is_used_that_a_distributed_engine_lacks() {
        for migration in MIGRATIONS {
            let sql = migration.sql.to_ascii_uppercase();
            for banned in ["AUTOINCREMENT", "SERIAL", "TRIGGER", "REFERENCES", "NOW(", "CURRENT_", "INTEGER"]
            {
                assert!(!sql.contains(banned), "{} has {banned}", migration.name);
            }
        }
    }
}
