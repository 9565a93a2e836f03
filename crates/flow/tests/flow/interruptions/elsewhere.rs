//! The customer is on the institution's own page, or at the telephone, while the widget waits.

use crate::samples::{accounts, approval, code, failed, form, pending, redirect};
use crate::teller::{Teller, refused};
use egusi_flow::{CallFailure, Event, Remedy};
use egusi_protocol::{ErrorCode, ProblemCode, StepReply};

#[test]
fn the_institutions_page_is_opened_and_the_session_goes_on_by_itself() {
    let mut story = Teller::at(redirect()).fresh();
    assert!(!story.open().has_window());
    story.does(Event::WindowOpened);
    assert!(story.open().has_window());
    story.server_still_says(redirect());
    story.server_still_says(redirect());
    story.server_says(accounts());
    story.tells(
        "
        WindowOpened -> redirect (open)
        server: redirect https://bank.example/authorize -> redirect (open)  ! look past 2 in 500 ms
        server: redirect https://bank.example/authorize -> redirect (open)  ! look past 2 in 500 ms
        server: 2 accounts -> accounts []
        ",
    );
}

/// The browser does not open it; the customer follows the link, or tries the button once more.
#[test]
fn a_window_that_was_blocked_can_be_opened_all_the_same() {
    let mut story = Teller::at(redirect()).fresh();
    story.does(Event::WindowBlocked);
    story.does(Event::WindowOpened);
    story.server_says(code(None));
    story.tells(
        "
        WindowBlocked -> redirect (blocked)
        WindowOpened -> redirect (open)
        server: one_time_code -> one_time_code
        ",
    );
}

#[test]
fn a_page_on_which_the_customer_says_no_can_be_tried_again() {
    let mut story = Teller::at(redirect()).fresh();
    story.does(Event::WindowOpened);
    story.server_fails(ProblemCode::Denied);
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    story.signs_in();
    story.server_says(redirect());
    story.tells(
        "
        WindowOpened -> redirect (open)
        server: failed denied -> stopped (denied)
        RemedyChosen(TryAgain) -> sign in
        send form -> sign in busy  ! submit username+password
        server: redirect https://bank.example/authorize -> redirect  ! look past 4 in 0 ms
        ",
    );
}

#[test]
fn a_look_that_fails_while_the_page_is_open_is_taken_again() {
    let mut story = Teller::at(redirect()).fresh();
    story.does(Event::WindowOpened);
    story.call_fails(CallFailure::Unreachable);
    story.call_fails(refused(ErrorCode::Unavailable));
    story.server_still_says(redirect());
    story.server_is_busy(redirect());
    story.server_says(accounts());
    story.tells(
        "
        WindowOpened -> redirect (open)
        call unreachable -> redirect (open) lost  ! look past 2 in 0 ms
        call refused unavailable -> redirect (open) lost  ! look past 2 in 1000 ms
        server: redirect https://bank.example/authorize -> redirect (open)  ! look past 2 in 500 ms
        server: busy -> redirect (open) lost  ! look past 2 in 1000 ms
        server: 2 accounts -> accounts []
        ",
    );
}

/// Who goes back from there begins a new sign-in, which is looked after like any other.
#[test]
fn going_back_from_the_page_forgets_that_the_network_was_lost() {
    let mut story = Teller::at(redirect()).fresh();
    story.call_fails(CallFailure::Unreachable);
    let late = story.call.unwrap();
    story.does(Event::BackPressed);
    let reply = StepReply { step: accounts(), turn: 9, is_busy: false, resumed: None };
    story.does(Event::StepArrived(late, Ok(reply)));
    story.signs_in();
    story.call_fails(CallFailure::Unreachable);
    story.tells(
        "
        call unreachable -> redirect lost  ! look past 2 in 0 ms
        BackPressed -> sign in
        server: 2 accounts -> sign in
        send form -> sign in busy  ! submit username+password
        call unreachable -> sign in busy lost  ! look in 0 ms
        ",
    );
}

#[test]
fn a_page_nobody_comes_back_from_ends_after_ten_minutes() {
    let mut story = Teller::at(redirect()).fresh();
    story.does(Event::WindowOpened);
    for _ in 0..59 {
        story.seconds_pass(10);
    }
    story.seconds_pass(9);
    story.tells("WindowOpened -> redirect (open)");
    story.seconds_pass(1);
    story.tells("a second passes -> stopped (institution_timeout)");
}

/// Who has to look for a telephone has more time than an institution, and is told after ten seconds
/// that it is waited for.
#[test]
fn an_approval_is_waited_for_ten_minutes_and_an_institution_two() {
    for (step, shown, limit) in
        [(approval(), "waiting for approval \"\"", 600), (pending("Wait"), "waiting \"Wait\"", 120)]
    {
        let mut story = Teller::at(step).fresh();
        story.seconds_pass(9);
        story.tells("");
        story.seconds_pass(1);
        story.tells(&format!("a second passes -> {shown} slow"));
        story.seconds_pass(limit - 11);
        story.tells("");
        story.seconds_pass(1);
        story.tells("a second passes -> stopped (institution_timeout)");
    }
}

/// What the institution says meanwhile does not begin the time anew.
#[test]
fn an_institution_that_is_always_almost_there_has_an_end_too() {
    let mut story = Teller::at(pending("Almost there")).fresh();
    for _ in 0..12 {
        story.seconds_pass(10);
        if story.open().screen.entry().is_some() && story.open().clock.seconds > 0 {
            story.server_says(pending("Almost there"));
        }
    }
    story.tells(&format!(
        "
        a second passes -> waiting \"Almost there\" slow
        {}
        a second passes -> stopped (institution_timeout)
        ",
        "server: pending \"Almost there\" -> waiting \"Almost there\" slow  ! poll in 1000 ms\n".repeat(11)
    ));
}

/// The server is at work on another call of the session, and time runs out: nothing is left over.
#[test]
fn what_ends_a_waiting_leaves_nothing_over() {
    let mut story = Teller::at(pending("Wait"));
    story.server_is_busy(pending("Wait"));
    story.seconds_pass(119);
    story.does(Event::ClosePressed);
    let mut story = story.fresh();
    story.seconds_pass(1);
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    story.signs_in();
    story.tells(
        "
        a second passes -> stopped (institution_timeout)
        RemedyChosen(TryAgain) -> sign in
        send form -> sign in busy  ! submit username+password
        ",
    );
}

/// The poll was answered, and its answer lost: the session has gone on, which the next one learns.
#[test]
fn a_poll_that_comes_too_late_finds_where_the_session_is() {
    let mut story = Teller::at(approval()).fresh();
    story.call_fails(CallFailure::Unreachable);
    story.call_fails(refused(ErrorCode::WrongStep));
    story.server_says(accounts());
    story.tells(
        r#"
        call unreachable -> waiting for approval ""  ! poll in 3000 ms
        call refused wrong_step -> waiting for approval "" lost  ! look in 1000 ms
        server: 2 accounts -> accounts []
        "#,
    );
}

#[test]
fn going_back_while_the_institution_is_at_work_ignores_what_it_says_then() {
    let mut story = Teller::at(pending("Wait")).fresh();
    let late = story.call.unwrap();
    story.server_is_busy(pending("Wait"));
    story.does(Event::BackPressed);
    let reply = StepReply { step: failed(ProblemCode::Denied), turn: 9, is_busy: false, resumed: None };
    story.does(Event::StepArrived(late, Ok(reply)));
    story.does(Event::BackPressed);
    story.tells(
        r#"
        server: busy -> waiting "Wait" lost  ! look in 1000 ms
        BackPressed -> sign in
        server: failed denied -> sign in
        BackPressed -> banks [3]
        "#,
    );
}

/// The institution sends the customer from one thing to the next.
#[test]
fn one_thing_follows_another() {
    let mut story = Teller::at(pending("Signing in")).fresh();
    story.server_says(redirect());
    story.does(Event::WindowOpened);
    story.server_says(approval());
    story.server_says(code(None));
    story.answers("123456");
    story.server_says(form());
    story.tells(
        r#"
        server: redirect https://bank.example/authorize -> redirect  ! look past 3 in 0 ms
        WindowOpened -> redirect (open)
        server: pending "" -> waiting for approval ""  ! poll in 1000 ms
        server: one_time_code -> one_time_code
        send answer -> one_time_code busy  ! answer Secret
        server: form -> sign in
        "#,
    );
}
