//! Signatures by the rules of Standard Webhooks 1.0, so that every language has a library that
//! checks them.

use crate::clock::{NoRandomness, random_bytes};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use egusi_protocol::{EventId, Secret};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

const PREFIX: &str = "whsec_";
/// The rules ask for 24 to 64 bytes. A shorter secret, or none, would verify what anybody signs.
const KEY_BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// What a secret signs with.
pub struct SigningKey(Hmac<Sha256>);

/// A text that is no secret of a webhook; it is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadSecret;

/// A new secret: `whsec_` and 32 random bytes in Base64.
///
/// # Errors
/// If the machine has no randomness.
pub fn fresh_secret() -> Result<Secret, NoRandomness> {
    let bytes = Zeroizing::new(random_bytes::<32>()?);
    let mut text = String::with_capacity(PREFIX.len() + 44);
    text.push_str(PREFIX);
    STANDARD.encode_string(bytes.as_slice(), &mut text);
    Ok(Secret::new(text))
}

impl SigningKey {
    /// Reads a secret.
    ///
    /// # Errors
    /// `BadSecret` if it does not begin with `whsec_`, is no Base64, or is too short or too long.
    pub fn read(secret: &str) -> Result<Self, BadSecret> {
        let text = secret.strip_prefix(PREFIX).ok_or(BadSecret)?;
        let key = Zeroizing::new(STANDARD.decode(text).map_err(|_| BadSecret)?);
        if !KEY_BYTES.contains(&key.len()) {
            return Err(BadSecret);
        }
        Hmac::new_from_slice(&key).map(Self).map_err(|_| BadSecret)
    }

    fn sign(&self, id: &str, at_s: i64, body: &str) -> String {
        let mut mac = self.0.clone();
        for part in [id, ".", &at_s.to_string(), ".", body] {
            mac.update(part.as_bytes());
        }
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// The header `webhook-signature`: one signature for each key, space between. The reader is content
/// if one of them is right, so a secret can be changed on one side before the other.
pub fn signature(keys: &[SigningKey], id: &str, at_s: i64, body: &str) -> String {
    let signatures: Vec<_> = keys.iter().map(|key| key.sign(id, at_s, body)).collect();
    signatures.join(" ")
}

/// The header `webhook-id`, the same for every try at telling an event.
pub fn message_id(event: EventId) -> String {
    format!("evt_{event}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Clock, SystemClock};
    use axum::http::HeaderMap;
    use standardwebhooks::Webhook;

    const BODY: &str = r#"{"method":"AUTH","bankName":"Ọ̀ṣun Bank"}"#;

    fn now_s() -> i64 {
        SystemClock.now_ms() / 1000
    }

    fn headers(id: &str, at_s: i64, signature: &str) -> HeaderMap {
        let pairs = [("webhook-id", id), ("webhook-signature", signature)];
        let mut headers: HeaderMap =
            pairs.into_iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        headers.insert("webhook-timestamp", at_s.into());
        headers
    }

    #[test]
    fn the_official_library_verifies_ours_and_signs_alike() {
        let secret = fresh_secret().unwrap();
        let key = SigningKey::read(secret.expose()).unwrap();
        let theirs = Webhook::new(secret.expose()).unwrap();
        let at_s = now_s();
        let ours = signature(&[key], "evt_1", at_s, BODY);
        theirs.verify(BODY.as_bytes(), &headers("evt_1", at_s, &ours)).unwrap();
        assert_eq!(theirs.sign("evt_1", at_s, BODY.as_bytes()).unwrap(), ours);
    }

    #[test]
    fn the_vector_of_the_specification() {
        let key = SigningKey::read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed =
            signature(&[key], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn anything_altered_is_refused() {
        let secret = fresh_secret().unwrap();
        let key = SigningKey::read(secret.expose()).unwrap();
        let theirs = Webhook::new(secret.expose()).unwrap();
        let at_s = now_s();
        let ours = signature(&[key], "evt_1", at_s, BODY);
        let verify =
            |id: &str, at_s, body: &str| theirs.verify(body.as_bytes(), &headers(id, at_s, &ours)).is_ok();
        assert!(verify("evt_1", at_s, BODY));
        assert!(!verify("evt_2", at_s, BODY));
        assert!(!verify("evt_1", at_s + 1, BODY));
        assert!(!verify("evt_1", at_s, &BODY.replace("AUTH", "AUTI")));
        assert!(!verify("evt_1", at_s, &format!("{BODY} ")));
        let stranger = Webhook::new(fresh_secret().unwrap().expose()).unwrap();
        assert!(stranger.verify(BODY.as_bytes(), &headers("evt_1", at_s, &ours)).is_err());
        let old = signature(&[SigningKey::read(secret.expose()).unwrap()], "evt_1", at_s - 301, BODY);
        assert!(theirs.verify(BODY.as_bytes(), &headers("evt_1", at_s - 301, &old)).is_err());
    }

    #[test]
    fn two_secrets_sign_side_by_side() {
        let secrets = [fresh_secret().unwrap(), fresh_secret().unwrap()];
        let keys = secrets.each_ref().map(|secret| SigningKey::read(secret.expose()).unwrap());
        let at_s = now_s();
        let ours = signature(&keys, "evt_1", at_s, BODY);
        assert_eq!(ours.split(' ').count(), 2);
        for secret in &secrets {
            let theirs = Webhook::new(secret.expose()).unwrap();
            theirs.verify(BODY.as_bytes(), &headers("evt_1", at_s, &ours)).unwrap();
        }
    }

    #[test]
    fn what_is_no_secret_signs_nothing() {
        let encoded = |bytes: usize| format!("whsec_{}", STANDARD.encode(vec![7; bytes]));
        for bad in ["", "whsec_", "whsec_!", "whsec_ab", &encoded(23), &encoded(65), &encoded(32)[6..]] {
            assert!(SigningKey::read(bad).is_err(), "{bad}");
        }
        for bytes in [24, 32, 64] {
            assert!(SigningKey::read(&encoded(bytes)).is_ok(), "{bytes}");
        }
    }
}
