//! Institutions that never answer, or answer only the third time.

#![allow(clippy::unwrap_used, reason = "clippy does not see that helpers of an integration test are tests")]

mod support;

use egusi_connectors::sandbox::MemoryBooks;
use egusi_connectors::{Fault, Turn};
use egusi_protocol::ProblemCode;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Waker};
use support::{ACCESS, COMPANY, OTHER_COMPANY, ZENITH, begin_by, institution, sandbox, typed};

/// Whether a sign-in of `error_flaky` gets through. The sandbox is new each time: only the books last.
async fn gets_through(books: &Arc<MemoryBooks>, company: [u8; 12], at: &str) -> bool {
    let fields = typed("error_flaky", "pass_good");
    match support::begin(&sandbox(books), company, institution(at), &fields).await {
        Ok(Turn::Granted(_)) => true,
        Err(error) => {
            let expected = (Fault::Institution, ProblemCode::InstitutionUnreachable);
            assert_eq!((error.fault, error.problem.code), expected);
            false
        }
        Ok(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_line_breaks_twice_and_then_holds_and_then_breaks_again() {
    let books = Arc::new(MemoryBooks::default());
    let mut seen = Vec::new();
    for _ in 0..6 {
        seen.push(gets_through(&books, COMPANY, ACCESS).await);
    }
    assert_eq!(seen, [false, false, true, false, false, true]);
}

#[tokio::test]
async fn each_company_and_each_institution_has_its_own_count() {
    let books = Arc::new(MemoryBooks::default());
    for _ in 0..2 {
        assert!(!gets_through(&books, COMPANY, ACCESS).await);
    }
    assert!(!gets_through(&books, COMPANY, ZENITH).await);
    assert!(!gets_through(&books, OTHER_COMPANY, ACCESS).await);
    assert!(gets_through(&books, COMPANY, ACCESS).await);
    assert!(!gets_through(&books, COMPANY, ZENITH).await);
    assert!(gets_through(&books, COMPANY, ZENITH).await);
}

#[tokio::test]
async fn a_broken_line_tells_nothing_of_the_password_and_one_that_holds_does() {
    let desk = sandbox(&Arc::default());
    let mut codes = Vec::new();
    for _ in 0..3 {
        let fields = typed("error_flaky", "guess");
        codes.push(
            support::begin(&desk, COMPANY, institution(ACCESS), &fields).await.unwrap_err().problem.code,
        );
    }
    let [unreachable, wrong] = [ProblemCode::InstitutionUnreachable, ProblemCode::WrongCredentials];
    assert_eq!(codes, [unreachable, unreachable, wrong]);
}

#[tokio::test]
async fn an_institution_that_never_answers_never_does() {
    let desk = sandbox(&Arc::default());
    for (method, password) in [("internet", "pass_good"), ("internet", "guess"), ("ussd", "")] {
        let fields = typed("error_timeout", password);
        let mut answer = pin!(begin_by(&desk, COMPANY, institution(ACCESS), method, &fields));
        for _ in 0..3 {
            let mut context = Context::from_waker(Waker::noop());
            assert!(answer.as_mut().poll(&mut context).is_pending(), "{method} {password}");
        }
    }
}
