//! A company's keys: made once, shown once, kept as hashes.

use crate::clock::{Mint, NoRandomness, random_bytes};
use egusi_protocol::{CompanyId, Environment, Secret};
use egusi_store::{KeyHash, KeyKind, NewCompany, NewKey};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The keys of one world, in clear, to be shown once.
pub struct KeyPair {
    /// Goes into web pages: a UUID, as okra-js expects.
    pub public: String,
    /// Stays on the company's server.
    pub secret: Secret,
}

/// A company just made, with its keys in clear.
pub struct FreshCompany {
    /// What goes into the store.
    pub row: NewCompany,
    /// Its client token.
    pub token: CompanyId,
    /// For the sandbox.
    pub sandbox: KeyPair,
    /// For real institutions.
    pub production: KeyPair,
}

/// Makes a company's id and keys.
pub fn fresh_company(name: &str, mint: &Mint, now_ms: i64) -> Result<FreshCompany, NoRandomness> {
    let token: CompanyId = mint.id(now_ms);
    let mut keys = Vec::new();
    let mut pair = |env| -> Result<KeyPair, NoRandomness> {
        let public = fresh_key(env, KeyKind::Public, mint, now_ms)?;
        let secret = fresh_key(env, KeyKind::Secret, mint, now_ms)?;
        keys.extend([public.row, secret.row]);
        Ok(KeyPair { public: public.key.expose().to_owned(), secret: secret.key })
    };
    let (sandbox, production) = (pair(Environment::Sandbox)?, pair(Environment::Production)?);
    let row = NewCompany { id: token, name: name.to_owned(), created_at_ms: now_ms, keys };
    Ok(FreshCompany { row, token, sandbox, production })
}

/// A key just made, in clear.
pub struct FreshKey {
    /// What goes into the store.
    pub row: NewKey,
    /// The key, to be shown once.
    pub key: Secret,
}

/// Makes a key: a public one is a UUID, as okra-js expects; a secret one has 256 random bits.
pub fn fresh_key(
    env: Environment,
    kind: KeyKind,
    mint: &Mint,
    now_ms: i64,
) -> Result<FreshKey, NoRandomness> {
    let key = match kind {
        KeyKind::Public => uuid::Builder::from_random_bytes(random_bytes()?).into_uuid().to_string(),
        KeyKind::Secret => {
            // The world is part of the key, so that a live key in a test file can be seen at a glance.
            let prefix = if env == Environment::Production { "sk_live_" } else { "sk_test_" };
            format!("{prefix}{}", random_token()?.expose())
        }
    };
    let row = NewKey { id: mint.id(now_ms), env, kind, hash: hash(&key), hint: hint(&key) };
    Ok(FreshKey { row, key: Secret::new(key) })
}

/// 256 random bits as hexadecimal text.
pub fn random_token() -> Result<Secret, NoRandomness> {
    let bytes = zeroize::Zeroizing::new(random_bytes::<32>()?);
    let mut text = String::with_capacity(64);
    for byte in bytes.iter() {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    Ok(Secret::new(text))
}

/// What is kept of a key or a token. They hold 256 or 122 random bits, so a fast hash is enough.
pub fn hash(key: &str) -> KeyHash {
    Sha256::digest(key.as_bytes()).into()
}

/// The last four characters, by which people tell their keys apart. They are of 64, or of a public
/// key, so that nothing is given away.
fn hint(key: &str) -> String {
    let start = key.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
    key[start..].to_owned()
}
