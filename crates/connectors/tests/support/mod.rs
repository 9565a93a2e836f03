//! What the tests of the sandbox share: a company, its institutions and a customer who types.

#![allow(dead_code)] // Each test binary uses its own part of it.

use egusi_connectors::sandbox::MemoryBooks;
use egusi_connectors::{Access, Connector, Sandbox, Turn};
use egusi_protocol::{Challenge, ChallengeKind, FieldAnswer, InstitutionId, Secret};
use std::sync::Arc;

pub const COMPANY: [u8; 12] = [1; 12];
pub const OTHER_COMPANY: [u8; 12] = [2; 12];
pub const ACCESS: &str = "5d6fe57a4099cc4b210bbec0";
pub const ZENITH: &str = "5d6fe57a4099cc4b210bbec2";

/// A sandbox over books that others may use as well.
pub fn sandbox(books: &Arc<MemoryBooks>) -> Sandbox {
    Sandbox::new(books.clone()).unwrap()
}

pub fn institution(id: &str) -> InstitutionId {
    id.parse().unwrap()
}

pub fn typed(username: &str, password: &str) -> [FieldAnswer; 2] {
    let field = |name: &str, value: &str| FieldAnswer { name: name.into(), value: Secret::new(value.into()) };
    [field("username", username), field("password", password)]
}

/// Answers that are right wherever their challenge appears.
pub fn right_answer(challenge: &Challenge) -> &'static str {
    match (challenge.kind, challenge.digits) {
        (ChallengeKind::OneTimeCode, 6) => "123456",
        (ChallengeKind::Pin, 4) => "1234",
        (ChallengeKind::Question, 0) if challenge.text.contains("city") => "lagos",
        (ChallengeKind::Question, 0) if challenge.text.contains("mother") => "amara",
        other => panic!("an unexpected challenge: {other:?} {:?}", challenge.text),
    }
}

/// Signs in where nothing more is asked.
pub async fn access(sandbox: &Sandbox, company: [u8; 12], at: &str, username: &str) -> Access {
    let fields = typed(username, "pass_good");
    match sandbox.begin(company.into(), institution(at), &fields).await.unwrap() {
        Turn::Granted(granted) => granted.access,
        other => panic!("expected a grant, got {other:?}"),
    }
}
