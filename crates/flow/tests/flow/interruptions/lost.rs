//! Calls whose answer does not come: what became of them is found out, and nothing is sent twice.

use crate::samples::{
    accounts, bank_id, code, done, form, form_again, institutions, pending, redirect, setting,
};
use crate::teller::{Teller, refused};
use egusi_flow::{CallFailure, Event, Remedy};
use egusi_protocol::{ErrorCode, Setting, Step, StepReply};

#[test]
fn a_choice_that_had_arrived_goes_on() {
    let mut story = Teller::at_consent();
    story.does(Event::ConsentGiven);
    let mut story = story.fresh();
    story.does(Event::InstitutionChosen(bank_id(1)));
    story.call_fails(CallFailure::Unreachable);
    story.server_says(form());
    story.tells(
        "
        choose bank 1 -> banks [3] busy  ! choose 1
        call unreachable -> banks [3] busy lost  ! look in 0 ms
        server: form -> sign in
        ",
    );
}

/// The session still stands at the first bank's form; the customer had gone back to the list.
#[test]
fn a_choice_that_had_not_arrived_can_be_made_again() {
    let mut story = Teller::at_form();
    story.does(Event::BackPressed);
    let mut story = story.fresh();
    story.does(Event::InstitutionChosen(bank_id(3)));
    story.call_fails(CallFailure::Unreachable);
    story.server_still_says(form());
    story.does(Event::InstitutionChosen(bank_id(3)));
    story.tells(
        "
        choose bank 3 -> banks [3] busy  ! choose 3
        call unreachable -> banks [3] busy lost  ! look in 0 ms
        server: form -> banks [3] (unreachable)
        choose bank 3 -> banks [3] busy  ! choose 3
        ",
    );
}

#[test]
fn the_named_bank_is_asked_for_again_from_the_consent() {
    let named = Setting { institution: Some(bank_id(1)), ..setting() };
    let mut story = Teller::at_consent_of(named).fresh();
    story.does(Event::ConsentGiven);
    story.call_fails(CallFailure::Unreachable);
    story.server_still_says(Step::Choose);
    story.does(Event::ConsentGiven);
    story.server_says(form());
    story.tells(
        "
        ConsentGiven -> consent busy  ! choose 1
        call unreachable -> consent busy lost  ! look in 0 ms
        server: choose -> consent (unreachable)
        ConsentGiven -> consent busy  ! choose 1
        server: form -> sign in
        ",
    );
}

#[test]
fn a_form_that_had_arrived_is_not_sent_again() {
    let mut story = Teller::at_form().fresh();
    story.signs_in();
    story.call_fails(CallFailure::Unreachable);
    story.call_fails(CallFailure::Unreachable);
    story.server_says(code(None));
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        call unreachable -> sign in busy lost  ! look in 0 ms
        call unreachable -> sign in busy lost  ! look in 1000 ms
        server: one_time_code -> one_time_code
        ",
    );
}

/// It had not arrived: the reason stands at the form, and the username is still in it.
#[test]
fn a_form_that_had_not_arrived_is_asked_for_again_with_the_reason() {
    let mut story = Teller::at_form().fresh();
    story.signs_in();
    story.call_fails(CallFailure::Unreachable);
    story.server_still_says(form());
    assert_eq!(story.kept("username"), Some("user_good"));
    story.signs_in();
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        call unreachable -> sign in busy lost  ! look in 0 ms
        server: form -> sign in (unreachable)
        send form -> sign in busy  ! submit username+password
        ",
    );
}

#[test]
fn an_answer_that_had_arrived_is_not_sent_again_and_one_that_had_not_is_asked_for_again() {
    let mut story = Teller::at(code(None)).fresh();
    story.answers("123456");
    story.call_fails(CallFailure::Unreachable);
    story.server_still_says(code(None));
    story.answers("123456");
    story.call_fails(CallFailure::Unreachable);
    story.server_says(accounts());
    story.tells(
        "
        send answer -> one_time_code busy  ! answer Secret
        call unreachable -> one_time_code busy lost  ! look in 0 ms
        server: one_time_code -> one_time_code (unreachable)
        send answer -> one_time_code busy  ! answer Secret
        call unreachable -> one_time_code busy lost  ! look in 0 ms
        server: 2 accounts -> accounts []
        ",
    );
}

#[test]
fn accounts_that_had_arrived_are_connected_once() {
    let mut story = Teller::at_accounts().fresh();
    story.does(Event::AccountToggled(0));
    story.does(Event::AccountsConfirmed);
    story.call_fails(CallFailure::Unreachable);
    story.server_says(done());
    story.tells(
        "
        tick 0 -> accounts [0]
        AccountsConfirmed -> accounts [0] busy  ! share [0]
        call unreachable -> accounts [0] busy lost  ! look in 0 ms
        server: done -> success  ! onSuccess {…}
        ",
    );
}

#[test]
fn signing_in_as_somebody_else_can_be_asked_for_again() {
    let mut story = Teller::at(Step::Form(form_again())).fresh();
    story.does(Event::SignInAnew);
    story.call_fails(CallFailure::Unreachable);
    story.server_still_says(Step::Form(form_again()));
    story.does(Event::SignInAnew);
    story.server_says(form());
    story.tells(
        "
        SignInAnew -> sign in again busy  ! choose 1 anew
        call unreachable -> sign in again busy lost  ! look in 0 ms
        server: form -> sign in again (unreachable)
        SignInAnew -> sign in again busy  ! choose 1 anew
        server: form -> sign in
        ",
    );
}

/// Another page of the same session was faster, or the call of before is still being worked on.
#[test]
fn a_busy_server_is_asked_until_it_is_done() {
    for code in [ErrorCode::SessionBusy, ErrorCode::WrongStep] {
        let mut story = Teller::at_form().fresh();
        story.signs_in();
        story.call_fails(refused(code));
        story.server_is_busy(form());
        story.server_is_busy(form());
        story.server_says(accounts());
        story.tells(&format!(
            "
            send form -> sign in busy  ! submit username+password
            call refused {code} -> sign in busy lost  ! look in 1000 ms
            server: busy -> sign in busy lost  ! look in 1000 ms
            server: busy -> sign in busy lost  ! look in 1000 ms
            server: 2 accounts -> accounts []
            "
        ));
    }
}

/// A server that is being started anew, or has too much to do, is well a moment later.
#[test]
fn a_server_that_is_overloaded_is_asked_again_while_nobody_has_to_decide_anything() {
    for code in [ErrorCode::Unavailable, ErrorCode::RateLimited] {
        let mut story = Teller::at(pending("Signing in")).fresh();
        story.call_fails(refused(code));
        story.server_says(accounts());
        story.tells(&format!(
            r#"
            call refused {code} -> waiting "Signing in"  ! poll in 3000 ms
            server: 2 accounts -> accounts []
            "#
        ));
        let mut story = Teller::at_form().fresh();
        story.signs_in();
        story.call_fails(CallFailure::Unreachable);
        story.call_fails(refused(code));
        story.server_says(accounts());
        story.tells(&format!(
            "
            send form -> sign in busy  ! submit username+password
            call unreachable -> sign in busy lost  ! look in 0 ms
            call refused {code} -> sign in busy lost  ! look in 1000 ms
            server: 2 accounts -> accounts []
            "
        ));
    }
}

/// Where the customer has just sent something, an overloaded server is a reason to send it again.
#[test]
fn what_the_server_refuses_can_be_sent_again() {
    let mut story = Teller::at_form().fresh();
    story.signs_in();
    story.call_fails(refused(ErrorCode::Unavailable));
    story.signs_in();
    story.call_fails(CallFailure::Unreadable);
    story.signs_in();
    story.server_says(accounts());
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        call refused unavailable -> sign in (internal)
        send form -> sign in busy  ! submit username+password
        call unreadable -> sign in (internal)
        send form -> sign in busy  ! submit username+password
        server: 2 accounts -> accounts []
        ",
    );
}

/// Seven looks in half a minute, then the customer decides. The next look finds the session.
#[test]
fn a_look_that_never_gets_through_ends_and_can_be_taken_up_again() {
    let mut story = Teller::at_form().fresh();
    story.signs_in();
    for _ in 0..8 {
        story.call_fails(CallFailure::Unreachable);
    }
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    story.server_says(accounts());
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        call unreachable -> sign in busy lost  ! look in 0 ms
        call unreachable -> sign in busy lost  ! look in 1000 ms
        call unreachable -> sign in busy lost  ! look in 2000 ms
        call unreachable -> sign in busy lost  ! look in 4000 ms
        call unreachable -> sign in busy lost  ! look in 8000 ms
        call unreachable -> sign in busy lost  ! look in 8000 ms
        call unreachable -> sign in busy lost  ! look in 8000 ms
        call unreachable -> stopped (unreachable)
        RemedyChosen(TryAgain) -> sign in busy lost  ! look in 0 ms
        server: 2 accounts -> accounts []
        ",
    );
}

/// It is taken up where it was given up: who was asked for a code is not asked for the password, and
/// what was picked is still picked.
#[test]
fn a_look_taken_up_again_goes_on_at_the_screen_it_was_for() {
    for (step, said, shown) in [
        (form(), "form", "sign in"),
        (code(None), "one_time_code", "one_time_code"),
        (accounts(), "2 accounts", "accounts [0]"),
    ] {
        let mut story = Teller::at(step.clone());
        match &step {
            Step::Form(_) => story.signs_in(),
            Step::Challenge(_) => story.answers("123456"),
            _ => {
                story.does(Event::AccountToggled(0));
                story.does(Event::AccountsConfirmed);
            }
        }
        for _ in 0..8 {
            story.call_fails(CallFailure::Unreachable);
        }
        let mut story = story.fresh();
        story.does(Event::RemedyChosen(Remedy::TryAgain));
        story.server_is_busy(step.clone());
        story.server_still_says(step);
        story.tells(&format!(
            "
            RemedyChosen(TryAgain) -> {shown} busy lost  ! look in 0 ms
            server: busy -> {shown} busy lost  ! look in 1000 ms
            server: {said} -> {shown} (unreachable)
            "
        ));
    }
}

/// The institution's page was being waited for when the network went: it is waited for again.
#[test]
fn a_look_taken_up_again_waits_again_for_the_institutions_own_page() {
    let mut story = Teller::at(redirect());
    story.does(Event::WindowOpened);
    for _ in 0..8 {
        story.call_fails(CallFailure::Unreachable);
    }
    let mut story = story.fresh();
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    story.server_still_says(redirect());
    story.tells(
        "
        RemedyChosen(TryAgain) -> redirect (open) lost  ! look past 2 in 0 ms
        server: redirect https://bank.example/authorize -> redirect (open)  ! look past 2 in 500 ms
        ",
    );
}

#[test]
fn a_choice_that_never_gets_through_is_looked_after_at_the_list() {
    let mut story = Teller::at_consent();
    story.does(Event::ConsentGiven);
    story.does(Event::InstitutionChosen(bank_id(1)));
    for _ in 0..8 {
        story.call_fails(CallFailure::Unreachable);
    }
    let mut story = story.fresh();
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    story.server_still_says(Step::Choose);
    story.does(Event::InstitutionChosen(bank_id(1)));
    story.tells(
        "
        RemedyChosen(TryAgain) -> banks [3] busy lost  ! look in 0 ms
        server: choose -> banks [3] (unreachable)
        choose bank 1 -> banks [3] busy  ! choose 1
        ",
    );
}

/// The session is over, whatever is shown: one sentence, and a new session.
#[test]
fn an_expired_session_begins_anew_from_every_screen() {
    let consent = Teller::at_consent_of(Setting { institution: Some(bank_id(1)), ..setting() });
    let mut choosing = Teller::at_consent();
    choosing.does(Event::ConsentGiven);
    let mut stories = [
        (consent, Event::ConsentGiven),
        (choosing, Event::InstitutionChosen(bank_id(1))),
        (Teller::at(Step::Form(form_again())), Event::SignInAnew),
        (Teller::at(code(None)), Event::AnswerSubmitted(egusi_protocol::Secret::new("123456".into()))),
        (Teller::at(pending("Wait")), Event::StayPressed),
        (Teller::at(redirect()), Event::WindowOpened),
        (Teller::at_accounts(), Event::AccountToggled(0)),
    ];
    for (story, last) in &mut stories {
        story.does(std::mem::replace(last, Event::StayPressed));
        if let egusi_flow::Screen::Selecting { .. } = story.open().screen {
            story.does(Event::AccountsConfirmed);
        }
        story.call_fails(refused(ErrorCode::SessionExpired));
        let mut story = std::mem::replace(story, Teller::new()).fresh();
        story.does(Event::RemedyChosen(Remedy::StartAgain));
        story.list_arrives(Ok(institutions()));
        story.session_opens(Ok((setting(), Step::Choose)));
        story.tells(
            "
            RemedyChosen(StartAgain) -> opening  ! open session, load list
            list arrives -> opening
            session arrives -> consent
            ",
        );
    }
}

/// The answer to the call itself comes after all, when it has been looked for already.
#[test]
fn a_late_answer_to_a_call_that_was_given_up_is_ignored() {
    let mut story = Teller::at_form().fresh();
    story.signs_in();
    let late = story.call.unwrap();
    story.call_fails(CallFailure::Unreachable);
    let reply = StepReply { step: code(None), turn: 2, is_busy: false, resumed: None };
    story.does(Event::StepArrived(late, Ok(reply)));
    story.does(Event::StepArrived(late, Err(CallFailure::Unreadable)));
    story.server_says(code(None));
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        call unreachable -> sign in busy lost  ! look in 0 ms
        server: one_time_code -> sign in busy lost
        call unreadable -> sign in busy lost
        server: one_time_code -> one_time_code
        ",
    );
}
