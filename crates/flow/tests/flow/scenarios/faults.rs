//! What goes wrong at the institution, and the remedies that lead on.

use super::{ends_with, one_account, signed_in, two_accounts};
use crate::samples::{bank_id, failed, form_after, form_again};
use crate::teller::{Teller, field};
use egusi_flow::{Event, Remedy};
use egusi_protocol::{ProblemCode, Step};

const ELSEWHERE: (Remedy, &str) = (Remedy::ChooseAnother, "banks [3]");
const CORRECTED: (Remedy, &str) = (Remedy::CorrectDetails, "sign in");
const AGAIN: (Remedy, &str) = (Remedy::TryAgain, "sign in");

#[test]
fn user_good_with_a_wrong_password() {
    let mut story = signed_in("user_good", form_after(ProblemCode::WrongCredentials));
    assert_eq!(story.kept("username"), Some("user_good"));
    assert_eq!(story.kept("password"), None);
    story.signs_in_as("user_good");
    story.server_says(two_accounts());
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: form (wrong_credentials) -> sign in (wrong_credentials)
        send form -> sign in busy  ! submit username+password
        server: 2 accounts -> accounts []
        ",
    );
}

#[test]
fn user_noaccounts() {
    ends_with("user_noaccounts", ProblemCode::NoAccounts, [ELSEWHERE, CORRECTED]);
}

#[test]
fn user_locked() {
    ends_with("user_locked", ProblemCode::AccountLocked, [ELSEWHERE, CORRECTED]);
}

#[test]
fn user_corporate() {
    ends_with("user_corporate", ProblemCode::CorporateNotAllowed, [CORRECTED, ELSEWHERE]);
    let mut story = signed_in("user_corporate", one_account());
    story.connects(0);
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: 1 accounts -> accounts []
        tick 0 -> accounts [0]
        AccountsConfirmed -> accounts [0] busy  ! share [0]
        server: done -> success  ! onSuccess {…}
        DonePressed -> closed  ! onClose
        ",
    );
}

#[test]
fn a_person_where_a_business_was_asked_for() {
    ends_with("user_good", ProblemCode::IndividualNotAllowed, [CORRECTED, ELSEWHERE]);
}

#[test]
fn a_sign_in_without_the_account_the_host_named() {
    ends_with("user_single", ProblemCode::AccountMismatch, [CORRECTED, ELSEWHERE]);
}

#[test]
fn error_down() {
    ends_with("error_down", ProblemCode::InstitutionDown, [ELSEWHERE, AGAIN]);
}

#[test]
fn error_maintenance() {
    ends_with("error_maintenance", ProblemCode::InstitutionMaintenance, [ELSEWHERE, AGAIN]);
}

#[test]
fn error_malformed() {
    ends_with("error_malformed", ProblemCode::InstitutionUnreadable, [AGAIN, ELSEWHERE]);
}

/// The server's own limit ends it after 30 seconds. Until then the customer reads why it takes long.
#[test]
fn error_timeout() {
    let mut story = Teller::at_form().fresh();
    story.signs_in_as("error_timeout");
    story.seconds_pass(30);
    story.server_fails(ProblemCode::InstitutionTimeout);
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    assert_eq!(story.kept("username"), Some("error_timeout"));
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        a second passes -> sign in busy slow
        server: failed institution_timeout -> stopped (institution_timeout)
        RemedyChosen(TryAgain) -> sign in
        ",
    );
}

/// The first two calls fail with a dropped connection; the username is still there for the third.
#[test]
fn error_flaky() {
    let mut story = signed_in("error_flaky", failed(ProblemCode::InstitutionUnreachable));
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    story.signs_in_as("error_flaky");
    story.server_fails(ProblemCode::InstitutionUnreachable);
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    assert_eq!(story.kept("username"), Some("error_flaky"));
    story.signs_in_as("error_flaky");
    story.server_says(one_account());
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: failed institution_unreachable -> stopped (institution_unreachable)
        RemedyChosen(TryAgain) -> sign in
        send form -> sign in busy  ! submit username+password
        server: failed institution_unreachable -> stopped (institution_unreachable)
        RemedyChosen(TryAgain) -> sign in
        send form -> sign in busy  ! submit username+password
        server: 1 accounts -> accounts []
        ",
    );
}

/// It works the first time. Later the right it left leads nowhere, and everything is asked.
#[test]
fn user_expired() {
    let mut story = signed_in("user_expired", one_account());
    story.connects(0);
    assert!(matches!(story.flow, egusi_flow::Flow::Closed));
    let mut story = Teller::at_consent().fresh();
    story.does(Event::ConsentGiven);
    story.does(Event::InstitutionChosen(bank_id(1)));
    story.server_says(Step::Form(form_again()));
    story.does(Event::FormSubmitted(vec![field("password", "pass_good")]));
    story.server_says(form_after(ProblemCode::SignInNeeded));
    story.signs_in_as("user_expired");
    story.server_says(one_account());
    story.tells(
        "
        ConsentGiven -> banks [3]
        choose bank 1 -> banks [3] busy  ! choose 1
        server: form -> sign in again
        send form -> sign in again busy  ! submit password
        server: form (sign_in_needed) -> sign in (sign_in_needed)
        send form -> sign in busy  ! submit username+password
        server: 1 accounts -> accounts []
        ",
    );
}

/// *Egusi Down Bank* cannot be chosen. The search is emptied, so that the others are seen.
#[test]
fn a_bank_that_is_down_cannot_be_chosen_and_a_degraded_one_can() {
    let mut story = Teller::at_consent();
    story.does(Event::ConsentGiven);
    let mut story = story.fresh();
    story.does(Event::SearchTyped("down".into()));
    story.does(Event::InstitutionChosen(bank_id(2)));
    let egusi_flow::Screen::Choosing { search, failed, .. } = &story.open().screen else {
        panic!("the list is not shown")
    };
    assert_eq!((search.as_str(), *failed), ("", Some(bank_id(2))));
    story.does(Event::InstitutionChosen(bank_id(3)));
    story.tells(
        r#"
        type "down" -> banks [3]
        choose bank 2 -> banks [3] (institution_down)
        choose bank 3 -> banks [3] busy  ! choose 3
        "#,
    );
}
