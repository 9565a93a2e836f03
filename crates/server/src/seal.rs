//! What may lie in the store only sealed: conversations, accesses, session state; and the keyed
//! hashes by which a person or an account is found again without storing who it was.

use crate::clock::random_bytes;
use anyhow::{Context, Result, bail};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use egusi_store::{BlindKey, Scope};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::path::Path;
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 24;

/// Seals and opens with one key. XChaCha20-Poly1305, because its nonces may be drawn at random.
pub struct Sealer {
    cipher: XChaCha20Poly1305,
    blind: Zeroizing<[u8; 32]>,
}

/// Sealed bytes that this key did not seal, or not for this place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenSeal;

impl Sealer {
    /// Derives both keys from the master key, so that one never serves two purposes.
    pub fn new(master: &[u8; 32]) -> Self {
        let cipher = XChaCha20Poly1305::new(&(*derive(master, b"egusi seal 1")).into());
        Self { cipher, blind: derive(master, b"egusi blind 1") }
    }

    /// Reads the key file, or makes one that only this user may read.
    pub fn from_file(path: &Path) -> Result<Self> {
        let mut master = Zeroizing::new([0u8; 32]);
        match OpenOptions::new().read(true).open(path) {
            Ok(mut file) => {
                let mut bytes = Zeroizing::new(Vec::new());
                file.read_to_end(&mut bytes).with_context(|| format!("reading {}", path.display()))?;
                if bytes.len() != 32 {
                    bail!("{}: expected a key of 32 bytes, found {}", path.display(), bytes.len());
                }
                master.copy_from_slice(&bytes);
            }
            Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => {
                *master = random_bytes()?;
                if !create_private(path, &*master)? {
                    return Self::from_file(path);
                }
            }
            Err(other) => return Err(other).with_context(|| format!("opening {}", path.display())),
        }
        Ok(Self::new(&master))
    }

    /// Seals bytes for one place; they open nowhere else.
    pub fn seal(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, BrokenSeal> {
        let nonce = random_bytes::<NONCE_BYTES>().map_err(|_| BrokenSeal)?;
        let payload = Payload { msg: plain, aad: place };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| BrokenSeal)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed for that place.
    pub fn open(&self, place: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, BrokenSeal> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES).ok_or(BrokenSeal)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| BrokenSeal)?;
        let payload = Payload { msg: sealed, aad: place };
        self.cipher.decrypt(&XNonce::from(nonce), payload).map(Zeroizing::new).map_err(|_| BrokenSeal)
    }

    /// The keyed hash of a text within one company and world; two companies cannot compare theirs.
    pub fn blind(&self, scope: Scope, kind: &str, text: &str) -> BlindKey {
        let mut mac = keyed(&self.blind);
        for part in [
            scope.company.bytes().as_slice(),
            scope.env.as_str().as_bytes(),
            kind.as_bytes(),
            text.as_bytes(),
        ] {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

/// Writes a new file only its owner may read; false if somebody was faster.
fn create_private(path: &Path, bytes: &[u8]) -> Result<bool> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => {
            file.write_all(bytes)
                .and_then(|()| file.sync_all())
                .with_context(|| format!("writing {}", path.display()))?;
            Ok(true)
        }
        Err(exists) if exists.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(other) => Err(other).with_context(|| format!("creating {}", path.display())),
    }
}

fn derive(master: &[u8; 32], purpose: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut mac = keyed(master);
    mac.update(purpose);
    Zeroizing::new(mac.finalize().into_bytes().into())
}

fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    use hmac::KeyInit as _;
    // An HMAC takes a key of any length, so the error cannot happen; a fixed key would be worse.
    Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use egusi_protocol::Environment;

    #[test]
    fn sealed_bytes_open_only_in_their_place() {
        let sealer = Sealer::new(&[7; 32]);
        let sealed = sealer.seal(b"session 1", b"canary").unwrap();
        assert!(!sealed.windows(6).any(|window| window == b"canary"));
        assert_eq!(sealer.open(b"session 1", &sealed).unwrap().as_slice(), b"canary");
        assert!(sealer.open(b"session 2", &sealed).is_err());
        assert!(Sealer::new(&[8; 32]).open(b"session 1", &sealed).is_err());
        assert!(sealer.open(b"session 1", &sealed[..10]).is_err());
    }

    #[test]
    fn the_key_file_is_made_once_private_and_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("egusi.key");
        let sealed = Sealer::from_file(&path).unwrap().seal(b"", b"x").unwrap();
        assert_eq!(Sealer::from_file(&path).unwrap().open(b"", &sealed).unwrap().as_slice(), b"x");
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(&path).unwrap()) & 0o777, 0o600);
        std::fs::write(&path, b"short").unwrap();
        let error = Sealer::from_file(&path).err().unwrap().to_string();
        assert!(error.contains("expected a key of 32 bytes, found 5"), "{error}");
    }

    #[test]
    fn a_blind_key_differs_by_company_world_and_kind() {
        let sealer = Sealer::new(&[7; 32]);
        let scope = |company, env| Scope { company: [company; 12].into(), env };
        let one = sealer.blind(scope(1, Environment::Sandbox), "person", "ada");
        assert_eq!(one, sealer.blind(scope(1, Environment::Sandbox), "person", "ada"));
        assert_ne!(one, sealer.blind(scope(2, Environment::Sandbox), "person", "ada"));
        assert_ne!(one, sealer.blind(scope(1, Environment::Production), "person", "ada"));
        assert_ne!(one, sealer.blind(scope(1, Environment::Sandbox), "login", "ada"));
    }
}
