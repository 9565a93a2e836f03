//! The customer goes to the sandbox's own page, and comes back with a yes, a no or nonsense.

#![allow(clippy::unwrap_used, reason = "clippy does not see that helpers of an integration test are tests")]

mod support;

use egusi_connectors::{Connector, ConnectorError, Conversation, Fault, Presence, Sandbox, SignIn, Turn};
use egusi_protocol::ProblemCode;
use std::sync::Arc;
use support::{ACCESS, COMPANY, institution, query, sandbox, typed};

async fn sent_out(desk: &Sandbox, return_to: &str) -> Result<(String, Conversation), ConnectorError> {
    let fields = typed("user_redirect", "pass_good");
    let at = institution(ACCESS);
    let company = COMPANY.into();
    let sign_in = SignIn { company, institution: at, method: "internet", fields: &fields, return_to };
    match desk.begin(sign_in).await? {
        Turn::Redirect { url, conversation } => Ok((url, conversation)),
        other => panic!("expected a redirect, got {other:?}"),
    }
}

#[tokio::test]
async fn the_page_is_told_which_sign_in_it_belongs_to_and_nothing_else() {
    let desk = sandbox(&Arc::default());
    for return_to in [
        "/connect/v1/return?state=s%2B1",
        "/connect/v1/return?lang=en&state=s%2B1&estate=2#state=3",
        "https://bank.example/back?state=s%2B1",
    ] {
        let (url, _) = sent_out(&desk, return_to).await.unwrap();
        assert_eq!(url, "/sandbox/bank?state=s%2B1", "{return_to}");
    }
    for return_to in ["", "/back", "/back?estate=1", "/back?state=", "/back#?state=1"] {
        let error = sent_out(&desk, return_to).await.unwrap_err();
        assert_eq!((error.fault, error.problem.code), (Fault::Us, ProblemCode::Internal), "{return_to}");
    }
}

#[tokio::test]
async fn whoever_approves_is_signed_in() {
    let desk = sandbox(&Arc::default());
    let (_, conversation) = sent_out(&desk, "/back?state=1").await.unwrap();
    // Other things in the address are none of the page's.
    let said = query(&[("state", "1"), ("code", "approved"), ("lang", "en")]);
    let Turn::Granted(granted) = desk.returned(&conversation, &said).await.unwrap() else { panic!() };
    assert_eq!(granted.holder.person, "sandbox:user_redirect");
    assert_eq!(desk.accounts(&granted.access, Presence::Customer).await.unwrap().len(), 2);
}

#[tokio::test]
async fn whoever_denies_is_not_and_nonsense_is_the_institutions_fault() {
    let desk = sandbox(&Arc::default());
    let (_, conversation) = sent_out(&desk, "/back?state=1").await.unwrap();
    let denied = desk.returned(&conversation, &query(&[("error", "access_denied")])).await.unwrap_err();
    assert_eq!((denied.fault, denied.problem.code), (Fault::Customer, ProblemCode::Denied));
    assert_eq!(denied.retry, None);
    for nonsense in [
        query(&[]),
        query(&[("code", "")]),
        query(&[("code", "APPROVED")]),
        query(&[("error", "server_error")]),
        query(&[("state", "1")]),
        query(&[("code", "approved"), ("error", "access_denied")]),
        query(&[("code", "approved"), ("code", "approved")]),
        query(&[("code", "approved"), ("code", "x")]),
    ] {
        let error = desk.returned(&conversation, &nonsense).await.unwrap_err();
        let expected = (Fault::Institution, ProblemCode::InstitutionUnreadable);
        assert_eq!((error.fault, error.problem.code), expected, "{nonsense:?}");
    }
}

#[tokio::test]
async fn nobody_comes_back_who_was_not_sent_out_and_the_page_is_not_skipped() {
    let desk = sandbox(&Arc::default());
    let (_, out) = sent_out(&desk, "/back?state=1").await.unwrap();
    let mut errors = vec![
        desk.poll(&out).await.unwrap_err(),
        desk.resend(&out).await.unwrap_err(),
        support::answer(&desk, &out, "approved").await.unwrap_err(),
    ];
    let approved = query(&[("code", "approved")]);
    for username in ["user_otp", "user_push"] {
        let fields = typed(username, "pass_good");
        let conversation = match support::begin(&desk, COMPANY, institution(ACCESS), &fields).await.unwrap() {
            Turn::Ask(_, conversation) | Turn::Pending { conversation, .. } => conversation,
            other => panic!("{other:?}"),
        };
        errors.push(desk.returned(&conversation, &approved).await.unwrap_err());
    }
    errors.push(desk.returned(&Conversation(b"{}".to_vec()), &approved).await.unwrap_err());
    for error in errors {
        assert_eq!((error.fault, error.problem.code), (Fault::Us, ProblemCode::Internal));
    }
}
