//! What the tests of the sandbox share: a company, its institutions and a customer who types.

#![allow(dead_code)] // Each test binary uses its own part of it.

use egusi_connectors::sandbox::MemoryBooks;
use egusi_connectors::{Access, Connector, ConnectorError, Conversation, Granted, Sandbox, SignIn, Turn};
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

/// Where the institution's own page sends the customer back to.
pub const RETURN_TO: &str = "/connect/v1/return?state=s%2B1&lang=en";

/// Begins a sign-in with the usual method of the institution.
pub async fn begin(
    sandbox: &Sandbox,
    company: [u8; 12],
    at: InstitutionId,
    fields: &[FieldAnswer],
) -> Result<Turn, ConnectorError> {
    let method = sandbox.methods(at).map_or("internet", |methods| methods[0].id.as_str());
    begin_by(sandbox, company, at, method, fields).await
}

/// Begins a sign-in.
pub async fn begin_by(
    sandbox: &Sandbox,
    company: [u8; 12],
    at: InstitutionId,
    method: &str,
    fields: &[FieldAnswer],
) -> Result<Turn, ConnectorError> {
    let sign_in = SignIn { company: company.into(), institution: at, method, fields, return_to: RETURN_TO };
    sandbox.begin(sign_in).await
}

pub fn asked(turn: Turn) -> (Challenge, Conversation) {
    match turn {
        Turn::Ask(challenge, conversation) => (challenge, conversation),
        other => panic!("expected a challenge, got {other:?}"),
    }
}

pub async fn answer(
    sandbox: &Sandbox,
    conversation: &Conversation,
    text: &str,
) -> Result<Turn, ConnectorError> {
    sandbox.answer(conversation, &Secret::new(text.into())).await
}

/// What the institution's own page sends back.
pub fn query(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// How a sign-in was played to its end.
pub struct Played {
    pub granted: Granted,
    pub questions: u32,
    pub polls: u32,
    pub pages: u32,
}

/// Plays on to the grant with right answers.
pub async fn finish(sandbox: &Sandbox, mut turn: Turn) -> Played {
    let (mut questions, mut polls, mut pages) = (0, 0, 0);
    for _ in 0..50 {
        turn = match turn {
            Turn::Granted(granted) => return Played { granted, questions, polls, pages },
            Turn::Ask(challenge, conversation) => {
                questions += 1;
                answer(sandbox, &conversation, &right_answer(&challenge)).await.unwrap()
            }
            Turn::Pending { conversation, .. } => {
                polls += 1;
                sandbox.poll(&conversation).await.unwrap()
            }
            Turn::Redirect { conversation, .. } => {
                pages += 1;
                sandbox.returned(&conversation, &query(&[("code", "approved")])).await.unwrap()
            }
        };
    }
    panic!("the sign-in has no end");
}

/// Answers that are right wherever their challenge appears.
pub fn right_answer(challenge: &Challenge) -> String {
    let answer = match (challenge.kind, challenge.digits) {
        (ChallengeKind::OneTimeCode, 6) => "123456",
        (ChallengeKind::Pin, 4) => "1234",
        (ChallengeKind::Question, 0) if challenge.text.contains("city") => "lagos",
        (ChallengeKind::Question, 0) if challenge.text.contains("mother") => "amara",
        (ChallengeKind::Device | ChallengeKind::Choice, 0) => &challenge.options[1].id,
        (ChallengeKind::Image, 5) => "47293",
        other => panic!("an unexpected challenge: {other:?} {:?}", challenge.text),
    };
    answer.to_owned()
}

/// Signs in where nothing more is asked.
pub async fn access(sandbox: &Sandbox, company: [u8; 12], at: &str, username: &str) -> Access {
    let fields = typed(username, "pass_good");
    match begin(sandbox, company, institution(at), &fields).await.unwrap() {
        Turn::Granted(granted) => granted.access,
        other => panic!("expected a grant, got {other:?}"),
    }
}
