//! A file of the first release comes to the schema of this one and keeps what it had.

#![allow(clippy::unwrap_used)]

use egusi_protocol::*;
use egusi_store::*;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
use std::path::Path;
use tempfile::TempDir;

const FIRST_RELEASE: [(&str, &str); 4] = [
    ("0001_companies", include_str!("../migrations/sqlite/0001_companies.sql")),
    ("0002_sessions", include_str!("../migrations/sqlite/0002_sessions.sql")),
    ("0003_connections", include_str!("../migrations/sqlite/0003_connections.sql")),
    ("0004_balances", include_str!("../migrations/sqlite/0004_balances.sql")),
];

const COMPANY: [u8; 12] = [1; 12];
const SCOPE: Scope = Scope { company: CompanyId(ObjectId(COMPANY)), env: Environment::Production };

/// Every currency this system knows.
fn currencies() -> Vec<Currency> {
    let letters = || b'A'..=b'Z';
    let codes = letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| [a, b, c])));
    codes.filter_map(|code| std::str::from_utf8(&code).unwrap().parse().ok()).collect()
}

fn id(number: usize) -> [u8; 12] {
    let mut bytes = [5; 12];
    bytes[4..].copy_from_slice(&(number as u64).to_be_bytes());
    bytes
}

/// A company with a key, a customer, a record, and an account in every currency. Each account has a
/// balance with two readings, the later one of 1 000 minor units.
fn write_old_file(path: &Path) {
    let db = Connection::open(path).unwrap();
    db.execute_batch("CREATE TABLE migration (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum BLOB NOT NULL)")
        .unwrap();
    for (version, (name, sql)) in (1_i64..).zip(FIRST_RELEASE) {
        db.execute_batch(sql).unwrap();
        let checksum: [u8; 32] = Sha256::digest(sql.replace("\r\n", "\n")).into();
        db.execute("INSERT INTO migration VALUES (?1, ?2, ?3)", params![version, name, checksum]).unwrap();
    }
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| {
        db.execute(sql, values).unwrap();
    };
    let (env, sandbox) = (Environment::Production.as_str(), Environment::Sandbox.as_str());
    db.execute_batch("BEGIN").unwrap();
    run("INSERT INTO company VALUES (?1, 'Shop', 7)", &[&COMPANY]);
    run("INSERT INTO api_key VALUES (?1, ?2, ?3, 'secret')", &[&COMPANY, &env, &[8_u8; 32]]);
    run("INSERT INTO api_key VALUES (?1, ?2, ?3, 'public')", &[&COMPANY, &sandbox, &[9_u8; 32]]);
    run(
        "INSERT INTO session VALUES (?1, ?2, ?3, ?4, 3, 0, x'55', 10, 20)",
        &[&COMPANY, &env, &id(1), &[6_u8; 32]],
    );
    run(
        "INSERT INTO customer VALUES (?1, ?2, ?3, ?4, 'Ada', 10, 11)",
        &[&COMPANY, &env, &id(2), &[2_u8; 32]],
    );
    run(
        "INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6, x'66', 'auth balance', 'https://shop/hook', 99, 10, 11)",
        &[&COMPANY, &env, &id(3), &[3_u8; 32], &id(2), &id(500)],
    );
    for (number, currency) in currencies().iter().enumerate() {
        let account = id(1_000 + number);
        run(
            "INSERT INTO account VALUES (?1, ?2, ?3, ?4, ?5, 'Mine', '01', 'Savings', ?6, 1, 10, 11)",
            &[&COMPANY, &env, &account, &id(3), &Sha256::digest(account).as_slice(), &currency.code()],
        );
        run("INSERT INTO balance VALUES (?1, ?2, ?3, ?3, 12)", &[&COMPANY, &env, &account]);
        run(
            "INSERT INTO reading VALUES (?1, ?2, ?3, 21, 1000, NULL, 'ledger_only'),
                (?1, ?2, ?3, 20, 500, 400, 'reported')",
            &[&COMPANY, &env, &account],
        );
    }
    db.execute_batch("COMMIT").unwrap();
}

async fn opened() -> (TempDir, SqliteStore) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("egusi.db");
    write_old_file(&path);
    let store = SqliteStore::open(&path).unwrap();
    (folder, store)
}

#[tokio::test]
async fn its_keys_open_what_they_did_and_have_names() {
    let (_folder, store) = opened().await;
    let key = store.key([8; 32]).await.unwrap();
    assert_eq!((key.scope, key.kind, key.ends_at_ms), (SCOPE, KeyKind::Secret, None));
    assert_eq!((key.id, key.company_name.as_str()), (KeyId::from([8; 12]), "Shop"));
    let keys = store.keys(COMPANY.into()).await.unwrap();
    let listed: Vec<_> =
        keys.iter().map(|key| (key.id, key.env, key.hint.as_str(), key.created_at_ms)).collect();
    let expected = [
        (KeyId::from([8; 12]), Environment::Production, "", 7),
        (KeyId::from([9; 12]), Environment::Sandbox, "", 7),
    ];
    assert_eq!(listed, expected);
    store.end_key(COMPANY.into(), [9; 12].into(), 50).await.unwrap();
    assert_eq!(store.key([9; 32]).await.unwrap().ends_at_ms, Some(50));
    assert_eq!(store.session([6; 32]).await.unwrap().version, 3);
}

#[tokio::test]
async fn its_records_are_known_and_stand_well() {
    let (_folder, store) = opened().await;
    let full = store.full_record(SCOPE, id(3).into()).await.unwrap();
    let row = RecordRow {
        id: id(3).into(),
        customer: id(2).into(),
        customer_name: "Ada".to_owned(),
        institution: id(500).into(),
        products: "auth balance".to_owned(),
        app: None,
        endpoint: None,
        options: "{}".to_owned(),
        meta: "{}".to_owned(),
        status: RecordStatus::Ok,
        consent_until_ms: 99,
        revoked_at_ms: None,
        created_at_ms: 10,
        updated_at_ms: 11,
    };
    assert_eq!((full.row, full.version, full.access), (row, 1, vec![0x66]));
    assert_eq!(full.accounts.len(), currencies().len());
    assert!(full.accounts.iter().all(|account| account.watches.is_empty()));
    let query = KnownQuery { customer: [2; 32], record: [3; 32] };
    let known = store.known_connection(SCOPE, query).await.unwrap();
    assert_eq!((known.customer, known.record), (Some(id(2).into()), Some(id(3).into())));
}

#[tokio::test]
async fn its_balances_say_what_was_read_last() {
    let (_folder, store) = opened().await;
    let row = store.balance(SCOPE, id(1_000).into(), true).await.unwrap();
    let reading = |at_ms, ledger, available, source| Reading {
        ledger_minor: Some(ledger),
        available_minor: available,
        source,
        at_ms,
        detail: ReadingDetail::NONE,
    };
    let first = reading(20, 500, Some(400), AvailableSource::Reported);
    let last = reading(21, 1_000, None, AvailableSource::LedgerOnly);
    assert_eq!((row.current, row.readings), (last, vec![first, last]));
    assert_eq!((row.created_at_ms, row.currency), (12, currencies()[0]));
}

/// A thousand minor units of each are found by what they are in major units.
#[tokio::test]
async fn its_balances_are_found_by_their_amount() {
    let (_folder, store) = opened().await;
    for decimals in 0..4_u8 {
        let mut minor_by_decimals = [None; 4];
        minor_by_decimals[usize::from(decimals)] = Some(1_000);
        let amount = Some(AmountIs { which: Which::Ledger, minor_by_decimals });
        let filter = Filter { amount, ..Filter::ALL };
        let found = store.balances(SCOPE, filter, Page::first(1_000), false).await.unwrap().rows;
        let mut found: Vec<_> = found.iter().map(|row| row.currency).collect();
        found.sort();
        let all = currencies().into_iter();
        assert_eq!(found, all.filter(|currency| currency.decimals() == decimals).collect::<Vec<_>>());
    }
}

/// A damaged balance, without any reading, does not keep the file from being opened.
#[tokio::test]
async fn a_balance_without_readings_is_still_told_from_others() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("egusi.db");
    write_old_file(&path);
    let db = Connection::open(&path).unwrap();
    db.execute("DELETE FROM reading WHERE balance = ?1", [id(1_000)]).unwrap();
    drop(db);
    let store = SqliteStore::open(&path).unwrap();
    let damaged = store.balance(SCOPE, id(1_000).into(), true).await;
    assert!(matches!(damaged, Err(StoreError::Unavailable(text)) if text.contains("lost its readings")));
    assert!(store.balance(SCOPE, id(1_001).into(), true).await.is_ok());
}
