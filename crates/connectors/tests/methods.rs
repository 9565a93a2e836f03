//! Every way to sign in, and the short one of a customer who was here before.

#![allow(clippy::unwrap_used, reason = "clippy does not see that helpers of an integration test are tests")]

mod support;

use egusi_connectors::{Access, Connector, ConnectorError, Fault, Granted, Presence, Sandbox, SignIn, Turn};
use egusi_protocol::{
    FieldAnswer, FieldKind, Holders, InstitutionId, MethodKind, PendingKind, ProblemCode, Secret,
    SignInMethod,
};
use std::sync::Arc;
use support::{ACCESS, COMPANY, OTHER_COMPANY, ZENITH, begin_by, institution, sandbox, typed};

fn by_slug(desk: &Sandbox, slug: &str) -> InstitutionId {
    desk.institutions().iter().find(|row| desk.slug(row.id) == Some(slug)).unwrap().id
}

fn labels(method: &SignInMethod) -> Vec<(&str, &str, FieldKind)> {
    method.fields.iter().map(|field| (field.name.as_str(), field.label.as_str(), field.kind)).collect()
}

fn password(text: &str) -> [FieldAnswer; 1] {
    [FieldAnswer { name: "password".into(), value: Secret::new(text.into()) }]
}

const USERNAME: (&str, &str, FieldKind) = ("username", "Username", FieldKind::Username);
const PASSWORD: (&str, &str, FieldKind) = ("password", "Password", FieldKind::Password);

#[test]
fn username_and_password_come_first_everywhere_and_businesses_have_a_door_of_their_own() {
    let desk = sandbox(&Arc::default());
    for row in desk.institutions() {
        let methods = desk.methods(row.id).unwrap();
        assert_eq!(methods[0].kind, MethodKind::InternetBanking, "{}", row.name);
        assert_eq!(labels(&methods[0]), [USERNAME, PASSWORD], "{}", row.name);
        let (personal, business): (Vec<_>, Vec<_>) =
            methods.iter().partition(|method| method.id != "business");
        assert!(personal.iter().all(|method| method.holders == Holders::Individual), "{}", row.name);
        assert!(business.iter().all(|method| method.holders == Holders::Corporate), "{}", row.name);
        let expected = match row.holders {
            Holders::Individual => (true, 0),
            Holders::Corporate => (false, 1),
            _ => (true, 1),
        };
        assert_eq!((!personal.is_empty(), business.len()), expected, "{}", row.name);
    }
}

#[test]
fn thirteen_banks_know_a_telephone_and_each_way_says_what_to_do() {
    let desk = sandbox(&Arc::default());
    let ids = |id| desk.methods(id).unwrap().iter().map(|method| method.id.as_str()).collect::<Vec<_>>();
    let dials = |id| ids(id).contains(&"ussd");
    assert_eq!(desk.institutions().iter().filter(|row| dials(row.id)).count(), 13);
    for slug in [
        "access-bank",
        "first-city-monument-bank",
        "fidelity-bank",
        "first-bank-of-nigeria",
        "guaranty-trust-bank",
        "keystone-bank",
        "polaris-bank",
        "stanbic-ibtc-bank",
        "sterling-bank",
        "union-bank-of-nigeria",
        "unity-bank",
        "wema-bank",
        "zenith-bank",
    ] {
        assert_eq!(ids(by_slug(&desk, slug)), ["internet", "mobile", "ussd", "business"], "{slug}");
    }
    assert_eq!(ids(by_slug(&desk, "opay")), ["internet", "mobile"]);
    assert_eq!(ids(by_slug(&desk, "abbey-mortgage-bank")), ["internet"]);
    let methods = desk.methods(institution(ACCESS)).unwrap();
    assert_eq!((methods[1].kind, labels(&methods[1])), (MethodKind::MobileApp, vec![USERNAME, PASSWORD]));
    assert_eq!(methods[1].text, "With the username and password of the app of Access Bank.");
    assert_eq!((methods[2].kind, labels(&methods[2])), (MethodKind::Ussd, vec![USERNAME]));
    assert!(methods[2].text.starts_with("Dial *000*1# on the telephone"), "{}", methods[2].text);
}

#[tokio::test]
async fn a_username_and_a_password_sign_in_by_every_way_that_asks_for_them() {
    let desk = sandbox(&Arc::default());
    let at = institution(ACCESS);
    for method in ["internet", "mobile", "business"] {
        let turn = begin_by(&desk, COMPANY, at, method, &typed("user_good", "pass_good")).await.unwrap();
        assert!(matches!(turn, Turn::Granted(_)), "{method}");
        let error = begin_by(&desk, COMPANY, at, method, &typed("user_good", "guess")).await.unwrap_err();
        assert_eq!(error.problem.code, ProblemCode::WrongCredentials, "{method}");
    }
}

#[tokio::test]
async fn a_way_the_institution_does_not_have_is_our_own_mistake() {
    let desk = sandbox(&Arc::default());
    let wallet = by_slug(&desk, "opay");
    for (at, method) in [(wallet, "ussd"), (wallet, "business"), (institution(ACCESS), "again"), (wallet, "")]
    {
        let error = begin_by(&desk, COMPANY, at, method, &typed("user_good", "pass_good")).await.unwrap_err();
        assert_eq!((error.fault, error.problem.code), (Fault::Us, ProblemCode::Internal), "{method}");
    }
}

/// Dials; gives what came of it, and how many polls it took.
async fn dial(desk: &Sandbox, at: &str, username: &str) -> Result<(Granted, u32), ConnectorError> {
    let fields = [FieldAnswer { name: "username".into(), value: Secret::new(username.into()) }];
    let mut turn = begin_by(desk, COMPANY, institution(at), "ussd", &fields).await?;
    for polls in 0..10 {
        match turn {
            Turn::Granted(granted) => return Ok((granted, polls)),
            Turn::Pending { kind, text, conversation, .. } => {
                assert_eq!(kind, PendingKind::Dialling);
                assert!(text.contains("*000*1#"), "{text}");
                turn = desk.poll(&conversation).await?;
            }
            other => panic!("{other:?}"),
        }
    }
    panic!("dialling has no end");
}

#[tokio::test]
async fn whoever_dials_needs_no_password_and_no_code() {
    let desk = sandbox(&Arc::default());
    for username in ["user_good", "user_otp", "user_device", "user_redirect", "user_slow"] {
        let (granted, polls) = dial(&desk, ACCESS, username).await.unwrap();
        assert_eq!(polls, 3, "{username}");
        assert_eq!(granted.holder.person, format!("sandbox:{username}"));
        assert!(!desk.accounts(&granted.access, Presence::Customer).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn dialling_mends_no_fault() {
    let desk = sandbox(&Arc::default());
    for (username, fault, code) in [
        ("error_down", Fault::Institution, ProblemCode::InstitutionDown),
        ("error_malformed", Fault::Institution, ProblemCode::InstitutionUnreadable),
        ("error_flaky", Fault::Institution, ProblemCode::InstitutionUnreachable),
        ("user_locked", Fault::Customer, ProblemCode::AccountLocked),
        ("nobody", Fault::Customer, ProblemCode::WrongCredentials),
    ] {
        let error = dial(&desk, ACCESS, username).await.unwrap_err();
        assert_eq!((error.fault, error.problem.code), (fault, code), "{username}");
    }
}

#[tokio::test]
async fn a_conversation_of_dialling_can_only_be_asked_how_it_stands() {
    let desk = sandbox(&Arc::default());
    for username in ["user_otp", "user_redirect"] {
        let turn = begin_by(&desk, COMPANY, institution(ACCESS), "ussd", &typed(username, "")).await.unwrap();
        let Turn::Pending { conversation, .. } = turn else { panic!("{turn:?}") };
        let approved = support::query(&[("code", "approved")]);
        for error in [
            support::answer(&desk, &conversation, "123456").await.unwrap_err(),
            desk.resend(&conversation).await.unwrap_err(),
            desk.returned(&conversation, &approved).await.unwrap_err(),
        ] {
            assert_eq!((error.fault, error.problem.code), (Fault::Us, ProblemCode::Internal), "{username}");
        }
    }
}

async fn again(
    desk: &Sandbox,
    access: &Access,
    company: [u8; 12],
    at: &str,
    typed: &str,
) -> Result<Turn, ConnectorError> {
    let (method, fields) = (desk.method_again(access).unwrap(), password(typed));
    let sign_in = SignIn {
        company: company.into(),
        institution: institution(at),
        method: &method.id,
        fields: &fields,
        return_to: support::RETURN_TO,
    };
    desk.begin_again(access, sign_in).await
}

#[tokio::test]
async fn a_customer_who_returns_gives_the_password_alone_and_then_what_the_bank_asks() {
    let desk = sandbox(&Arc::default());
    for (username, questions, pages) in
        [("user_good", 0, 0), ("user_otp", 1, 0), ("user_redirect", 0, 1), ("user_corporate", 0, 0)]
    {
        let fields = typed(username, "pass_good");
        let turn = support::begin(&desk, COMPANY, institution(ACCESS), &fields).await.unwrap();
        let first = support::finish(&desk, turn).await.granted;
        let method = desk.method_again(&first.access).unwrap();
        assert_eq!((method.id.as_str(), method.kind), ("again", MethodKind::InternetBanking));
        assert_eq!(labels(&method), [PASSWORD], "{username}");
        for wrong in ["guess", "", "PASS_GOOD"] {
            let error = again(&desk, &first.access, COMPANY, ACCESS, wrong).await.unwrap_err();
            assert_eq!((error.fault, error.problem.code), (Fault::Customer, ProblemCode::WrongCredentials));
        }
        let turn = again(&desk, &first.access, COMPANY, ACCESS, "pass_good").await.unwrap();
        let played = support::finish(&desk, turn).await;
        assert_eq!((played.questions, played.pages), (questions, pages), "{username}");
        assert_eq!(played.granted.holder, first.holder, "{username} is the same customer");
    }
}

#[tokio::test]
async fn returning_is_the_new_sign_in_that_was_wanted() {
    let desk = sandbox(&Arc::default());
    let access = support::access(&desk, COMPANY, ACCESS, "user_good").await;
    desk.require_sign_in(COMPANY.into(), &desk.login(&access).unwrap()).await.unwrap();
    assert!(desk.accounts(&access, Presence::Nobody).await.is_err());
    again(&desk, &access, COMPANY, ACCESS, "pass_good").await.unwrap();
    assert!(desk.accounts(&access, Presence::Nobody).await.is_ok());
}

#[tokio::test]
async fn an_access_is_good_for_its_own_company_and_institution_alone() {
    let desk = sandbox(&Arc::default());
    let access = support::access(&desk, COMPANY, ACCESS, "user_good").await;
    for (company, at) in [(OTHER_COMPANY, ACCESS), (COMPANY, ZENITH)] {
        let error = again(&desk, &access, company, at, "pass_good").await.unwrap_err();
        assert_eq!((error.fault, error.problem.code), (Fault::Us, ProblemCode::Internal));
    }
}

#[tokio::test]
async fn an_access_that_leads_nowhere_asks_for_everything() {
    let desk = sandbox(&Arc::default());
    let known = String::from_utf8(support::access(&desk, COMPANY, ACCESS, "user_good").await.0).unwrap();
    let before_companies = Access(br#"{"scenario":"user_good"}"#.to_vec());
    let gone = Access(known.replace("user_good", "user_gone").into_bytes());
    assert_eq!(desk.method_again(&before_companies), None);
    let fields = password("pass_good");
    for access in [before_companies, gone] {
        let sign_in = SignIn {
            company: COMPANY.into(),
            institution: institution(ACCESS),
            method: "again",
            fields: &fields,
            return_to: support::RETURN_TO,
        };
        let error = desk.begin_again(&access, sign_in).await.unwrap_err();
        assert_eq!((error.fault, error.problem.code), (Fault::Customer, ProblemCode::SignInNeeded));
    }
    assert_eq!(desk.method_again(&Access(b"garbled".to_vec())), None);
}
