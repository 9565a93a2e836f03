//! What the host hears of each step through `onEvent`, in which order, and what it never hears.

use crate::samples::{
    account, accounts, bank_id, choice, code, done, failed, form, form_after, form_again, institutions, list,
    pending, redirect, resumed, resumed_without_form, setting, timed_code, wrong_code,
};
use crate::teller::{Teller, field, refused};
use egusi_flow::{CallFailure, Event, Remedy};
use egusi_protocol::{AccountView, ChallengeKind, ErrorCode, ProblemCode, Selection, Setting, Step};

#[test]
fn the_main_journey() {
    let mut story = Teller::new();
    story.list_arrives(Ok(institutions()));
    story.session_opens(Ok((setting(), Step::Choose)));
    story.does(Event::ConsentGiven);
    story.does(Event::SearchTyped("first".into()));
    story.does(Event::InstitutionChosen(bank_id(1)));
    story.server_says(form());
    story.does(Event::MethodChosen(1));
    story.does(Event::MethodChosen(0));
    story.signs_in();
    story.server_says(timed_code());
    story.answers("12");
    story.answers("000000");
    story.server_says(wrong_code(2));
    story.answers("123456");
    story.server_says(pending("Signing in"));
    story.server_says(pending("Almost there"));
    story.server_says(accounts());
    story.does(Event::FiguresToggled);
    story.connects(0);
    story.host_hears(
        "
        OPENED at consent
        CONSENT_GIVEN at banks
        INSTITUTION_SELECTED at banks: First Bank
        METHOD_SELECTED at sign_in: First Bank, ussd
        METHOD_SELECTED at sign_in: First Bank, internet
        CREDENTIALS_SUBMITTED at sign_in: First Bank, internet
        CHALLENGE_SHOWN at challenge: First Bank, internet, one_time_code
        PROBLEM_SHOWN at challenge: First Bank, internet, one_time_code, incomplete_answer
        CHALLENGE_ANSWERED at challenge: First Bank, internet, one_time_code
        CHALLENGE_SHOWN at challenge: First Bank, internet, one_time_code, wrong_answer
        PROBLEM_SHOWN at challenge: First Bank, internet, one_time_code, wrong_answer
        CHALLENGE_ANSWERED at challenge: First Bank, internet, one_time_code
        WAITING at waiting: First Bank, internet
        ACCOUNTS_SHOWN at accounts: First Bank, internet, 2 accounts
        ACCOUNTS_SUBMITTED at accounts: First Bank, internet, 1 accounts
        CONNECTED at done: First Bank, 1 accounts
        CLOSED at closed: First Bank
        ",
    );
}

#[test]
fn what_goes_wrong_and_the_way_out_that_was_taken() {
    let mut story = Teller::at_form().fresh();
    story.signs_in();
    story.server_says(form_after(ProblemCode::WrongCredentials));
    story.signs_in();
    story.server_says(form_after(ProblemCode::WrongCredentials));
    story.signs_in();
    story.server_fails(ProblemCode::InstitutionDown);
    story.does(Event::RemedyChosen(Remedy::ChooseAnother));
    story.does(Event::InstitutionChosen(bank_id(2)));
    story.does(Event::InstitutionChosen(bank_id(3)));
    story.host_hears(
        "
        CREDENTIALS_SUBMITTED at sign_in: First Bank, internet
        PROBLEM_SHOWN at sign_in: First Bank, internet, wrong_credentials
        CREDENTIALS_SUBMITTED at sign_in: First Bank, internet
        PROBLEM_SHOWN at sign_in: First Bank, internet, wrong_credentials
        CREDENTIALS_SUBMITTED at sign_in: First Bank, internet
        PROBLEM_SHOWN at problem: First Bank, internet, institution_down
        REMEDY_CHOSEN at banks: First Bank, by choose_another
        PROBLEM_SHOWN at banks: Down Bank, institution_down
        INSTITUTION_SELECTED at banks: Slow Bank
        ",
    );
}

#[test]
fn an_opening_that_did_not_get_through() {
    let mut story = Teller::new();
    story.session_never_opens();
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    story.session_opens(Ok((setting(), Step::Choose)));
    story.does(Event::ClosePressed);
    story.host_hears(
        "
        PROBLEM_SHOWN at problem: unreachable
        REMEDY_CHOSEN at opening: by try_again
        OPENED at consent
        CLOSED at closed
        ",
    );
}

#[test]
fn a_session_that_expired_and_began_anew() {
    let mut story = Teller::at(code(None)).fresh();
    story.answers("123456");
    story.call_fails(refused(ErrorCode::SessionExpired));
    story.does(Event::RemedyChosen(Remedy::StartAgain));
    story.session_opens(Ok((setting(), Step::Choose)));
    story.host_hears(
        "
        CHALLENGE_ANSWERED at challenge: First Bank, internet, one_time_code
        PROBLEM_SHOWN at problem: First Bank, internet, session_expired
        REMEDY_CHOSEN at opening: First Bank, by start_again
        OPENED at consent
        ",
    );
}

/// Told when an account is ticked that holds too little, and again when one more is.
#[test]
fn low_funds() {
    let low = |pick| AccountView { is_short: true, ..account(pick, "Current") };
    let mut story = Teller::at(list(vec![low(0), account(1, "Savings"), low(2)])).fresh();
    for pick in [1, 0, 2, 0] {
        story.does(Event::AccountToggled(pick));
    }
    story.does(Event::AccountsConfirmed);
    story.host_hears(
        "
        FUNDS_LOW at accounts: First Bank, internet, 2 accounts
        FUNDS_LOW at accounts: First Bank, internet, 3 accounts
        ACCOUNTS_SUBMITTED at accounts: First Bank, internet, 2 accounts
        ",
    );
    let mut story = Teller::at_form_of(Setting { selection: Selection::All, ..setting() }).fresh();
    story.signs_in();
    story.server_says(list(vec![low(0), account(1, "Savings")]));
    story.does(Event::RemedyChosen(Remedy::ChooseAnother));
    story.host_hears(
        "
        CREDENTIALS_SUBMITTED at sign_in: First Bank, internet
        ACCOUNTS_SHOWN at accounts: First Bank, internet, 2 accounts
        FUNDS_LOW at accounts: First Bank, internet, 2 accounts
        REMEDY_CHOSEN at banks: First Bank, by choose_another
        ",
    );
}

#[test]
fn going_back_and_leaving() {
    let mut story = Teller::at_accounts().fresh();
    story.does(Event::ClosePressed);
    story.does(Event::StayPressed);
    story.does(Event::BackPressed);
    story.does(Event::BackPressed);
    story.does(Event::BackPressed);
    story.does(Event::BackPressed);
    story.does(Event::ClosePressed);
    story.does(Event::ClosePressed);
    story.host_hears(
        "
        LEAVE_ASKED at accounts: First Bank, internet, 2 accounts
        WENT_BACK at sign_in: First Bank, internet
        WENT_BACK at banks: First Bank
        WENT_BACK at consent
        CLOSED at closed
        ",
    );
}

/// Once for each loss, from the first look that does not get through, and once when it is over.
#[test]
fn a_connection_that_was_lost_and_restored() {
    let mut story = Teller::at_form().fresh();
    story.signs_in();
    story.call_fails(CallFailure::Unreachable);
    story.call_fails(CallFailure::Unreachable);
    story.server_says(accounts());
    story.does(Event::AccountToggled(0));
    story.does(Event::AccountsConfirmed);
    for _ in 0..4 {
        story.call_fails(CallFailure::Unreachable);
    }
    story.server_still_says(accounts());
    story.host_hears(
        "
        CREDENTIALS_SUBMITTED at sign_in: First Bank, internet
        CONNECTION_LOST at sign_in: First Bank, internet
        CONNECTION_RESTORED at accounts: First Bank, internet, 2 accounts
        ACCOUNTS_SHOWN at accounts: First Bank, internet, 2 accounts
        ACCOUNTS_SUBMITTED at accounts: First Bank, internet, 1 accounts
        CONNECTION_LOST at accounts: First Bank, internet, 1 accounts
        CONNECTION_RESTORED at accounts: First Bank, internet, unreachable, 1 accounts
        PROBLEM_SHOWN at accounts: First Bank, internet, unreachable, 1 accounts
        ",
    );
}

/// A single answer that went astray is found at once, and a server that is busy is there.
#[test]
fn a_server_that_is_busy_is_no_connection_that_was_lost() {
    let mut story = Teller::at_form().fresh();
    story.signs_in();
    story.call_fails(CallFailure::Unreachable);
    story.server_is_busy(form());
    story.server_says(pending("Signing in"));
    story.server_is_busy(pending("Signing in"));
    story.server_says(accounts());
    story.host_hears(
        "
        CREDENTIALS_SUBMITTED at sign_in: First Bank, internet
        WAITING at waiting: First Bank, internet
        ACCOUNTS_SHOWN at accounts: First Bank, internet, 2 accounts
        ",
    );
    let mut story = Teller::reloaded();
    story.session_resumes_busy(resumed_without_form(), form());
    story.server_says(accounts());
    story.host_hears(
        "
        RESUMED at sign_in: First Bank, internet
        ACCOUNTS_SHOWN at accounts: First Bank, internet, 2 accounts
        ",
    );
}

#[test]
fn a_page_that_was_loaded_anew() {
    for (resumed, step, heard) in [
        (resumed_without_form(), Step::Choose, "RESUMED at consent"),
        (resumed_without_form(), form(), "RESUMED at sign_in: First Bank, internet"),
        (
            resumed(),
            code(None),
            "RESUMED at challenge: First Bank, internet, one_time_code
             CHALLENGE_SHOWN at challenge: First Bank, internet, one_time_code",
        ),
        (
            resumed(),
            accounts(),
            "RESUMED at accounts: First Bank, internet, 2 accounts
             ACCOUNTS_SHOWN at accounts: First Bank, internet, 2 accounts",
        ),
        (
            resumed(),
            failed(ProblemCode::Denied),
            "RESUMED at problem: First Bank, internet, denied
             PROBLEM_SHOWN at problem: First Bank, internet, denied",
        ),
        (
            resumed_without_form(),
            done(),
            "RESUMED at done: First Bank, 1 accounts
             CONNECTED at done: First Bank, 1 accounts",
        ),
    ] {
        let mut story = Teller::reloaded();
        story.session_resumes(Ok((resumed, step)));
        story.host_hears(heard);
    }
    let mut story = Teller::reloaded();
    story.session_resumes(Err(refused(ErrorCode::SessionExpired)));
    story.session_opens(Ok((setting(), Step::Choose)));
    story.host_hears("OPENED at consent");
}

#[test]
fn the_institutions_own_page() {
    let mut story = Teller::at(redirect()).fresh();
    story.does(Event::WindowBlocked);
    story.does(Event::WindowOpened);
    story.server_still_says(redirect());
    story.server_fails(ProblemCode::Denied);
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    story.host_hears(
        "
        WINDOW_BLOCKED at redirect: First Bank, internet
        WINDOW_OPENED at redirect: First Bank, internet
        PROBLEM_SHOWN at problem: First Bank, internet, denied
        REMEDY_CHOSEN at sign_in: First Bank, internet, by try_again
        ",
    );
}

#[test]
fn a_code_that_ran_out_and_was_asked_for_again() {
    let mut story = Teller::at(timed_code()).fresh();
    story.does(Event::ResendPressed);
    for _ in 0..12 {
        story.seconds_pass(10);
    }
    story.does(Event::ResendPressed);
    story.server_says(timed_code());
    story.host_hears(
        "
        PROBLEM_SHOWN at challenge: First Bank, internet, one_time_code, code_expired
        CODE_REQUESTED at challenge: First Bank, internet, one_time_code
        CHALLENGE_SHOWN at challenge: First Bank, internet, one_time_code
        ",
    );
}

/// What is pressed where it means nothing, or twice, is told neither.
#[test]
fn nothing_is_told_of_what_did_nothing() {
    let mut story = Teller::at_form().fresh();
    story.does(Event::ConsentGiven);
    story.does(Event::MethodChosen(0));
    story.does(Event::FormSubmitted(Vec::new()));
    story.does(Event::WindowOpened);
    story.does(Event::ResendPressed);
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    story.does(Event::AccountsConfirmed);
    story.does(Event::InstitutionChosen(bank_id(1)));
    story.host_hears("");
    story.signs_in();
    story.signs_in();
    story.host_hears("CREDENTIALS_SUBMITTED at sign_in: First Bank, internet");
    let mut story = Teller::at_accounts().fresh();
    story.does(Event::AccountsConfirmed);
    story.does(Event::AccountToggled(0));
    story.host_hears("");
}

/// The words typed, searched for and read in this story are found in none of what is told of it.
#[test]
fn no_happening_says_what_was_typed_searched_for_or_read() {
    let canaries = [
        "typed-name",
        "typed-secret",
        "searched-for",
        "read-name",
        "7731",
        "987654",
        "read-text",
        "read-url",
    ];
    let secret_account = |pick, is_short| AccountView {
        name: "read-name".into(),
        kind: "read-name".into(),
        last_four: "7731".into(),
        is_short,
        ..account(pick, "")
    };
    let Step::Challenge(mut asked) = choice(ChallengeKind::Choice, &["read-name"]) else {
        unreachable!("choice() is a challenge")
    };
    asked.text = "read-text".into();
    let mut story = Teller::at_consent();
    story.does(Event::ConsentGiven);
    story.does(Event::SearchTyped("searched-for".into()));
    story.does(Event::InstitutionChosen(bank_id(1)));
    story.server_says(Step::Form(form_again()));
    story.does(Event::FormSubmitted(vec![field("password", "typed-secret")]));
    story.server_says(form_after(ProblemCode::SignInNeeded));
    story
        .does(Event::FormSubmitted(vec![field("username", "typed-name"), field("password", "typed-secret")]));
    story.server_says(Step::Challenge(asked));
    story.answers("read-name");
    story.server_says(timed_code());
    story.answers("987654");
    story.call_fails(CallFailure::Unreachable);
    story.server_still_says(timed_code());
    story.answers("987654");
    story.server_says(pending("read-text"));
    story.server_says(Step::Redirect(egusi_protocol::Redirect { url: "https://read-url.example/".into() }));
    story.does(Event::WindowBlocked);
    story.server_says(list(vec![secret_account(0, true), secret_account(1, false)]));
    story.does(Event::AccountToggled(0));
    story.does(Event::AccountToggled(1));
    story.does(Event::ClosePressed);
    story.does(Event::StayPressed);
    story.connects(1);
    assert!(story.happenings.len() > 15, "only {} were told", story.happenings.len());
    for happening in &story.happenings {
        let said = format!("{happening:?}");
        for canary in canaries {
            assert!(!said.contains(canary), "{canary} is told in {said}");
        }
    }
}
