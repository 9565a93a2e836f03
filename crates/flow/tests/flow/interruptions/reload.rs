//! The page is loaded anew in the middle, and asks after the session of before.

use crate::samples::{
    account, accounts, approval, bank_id, code, done, failed, form, form_after, institutions, list, pending,
    redirect, resumed, resumed_without_form, setting,
};
use crate::teller::{Teller, refused};
use egusi_flow::{CallFailure, Event, Flow, Remedy};
use egusi_protocol::{ErrorCode, ProblemCode, Resumed, Selection, Setting, Step};

#[test]
fn a_reload_asks_after_the_session_of_before_and_after_nothing_else() {
    Teller::reloaded().tells(
        "
        start -> opening  ! resume session, load list
        list arrives -> opening
        ",
    );
}

/// Each step, with and without the form that may stand behind it, and where it leads.
#[test]
fn a_reload_goes_on_where_the_session_stands() {
    let stories = [
        (resumed_without_form(), Step::Choose, "choose -> consent"),
        (resumed_without_form(), form(), "form -> sign in"),
        (
            resumed_without_form(),
            form_after(ProblemCode::WrongCredentials),
            "form (wrong_credentials) -> sign in (wrong_credentials)",
        ),
        (resumed(), code(None), "one_time_code -> one_time_code"),
        (resumed(), pending("Wait"), "pending \"Wait\" -> waiting \"Wait\"  ! poll in 1000 ms"),
        (resumed(), approval(), "pending \"\" -> waiting for approval \"\"  ! poll in 1000 ms"),
        (resumed(), redirect(), "redirect https://bank.example/authorize -> redirect  ! look past 5 in 0 ms"),
        (resumed(), accounts(), "2 accounts -> accounts []"),
        (resumed(), failed(ProblemCode::Denied), "failed denied -> stopped (denied)"),
        (resumed(), done(), "done -> success  ! onSuccess {…}"),
        (resumed_without_form(), done(), "done -> success  ! onSuccess {…}"),
    ];
    for (resumed, step, line) in stories {
        let mut story = Teller::reloaded().fresh();
        story.session_resumes(Ok((resumed, step)));
        story.tells(&format!("resumed: {line}"));
    }
}

/// A step that needs a form which nobody has any more is no dead end.
#[test]
fn a_reload_at_a_step_without_its_form_begins_at_the_list() {
    for step in [code(None), pending("Wait"), redirect(), accounts()] {
        let mut story = Teller::reloaded();
        story.session_resumes(Ok((resumed_without_form(), step)));
        let mut story = story.fresh();
        // This page has not heard the customer agree.
        story.does(Event::ConsentGiven);
        story.does(Event::InstitutionChosen(bank_id(1)));
        story.tells(
            "
            ConsentGiven -> banks [3]
            choose bank 1 -> banks [3] busy  ! choose 1
            ",
        );
    }
}

#[test]
fn a_reload_ends_like_any_other_opening() {
    let mut story = Teller::reloaded().fresh();
    story.session_resumes(Ok((resumed(), code(None))));
    story.answers("123456");
    story.server_says(accounts());
    story.connects(0);
    story.tells(
        "
        resumed: one_time_code -> one_time_code
        send answer -> one_time_code busy  ! answer Secret
        server: 2 accounts -> accounts []
        tick 0 -> accounts [0]
        AccountsConfirmed -> accounts [0] busy  ! share [0]
        server: done -> success  ! onSuccess {…}
        DonePressed -> closed  ! onClose
        ",
    );
}

/// The host may have missed what it was told before the reload, so it is told again.
#[test]
fn a_reload_after_success_tells_it_again_and_keeps_the_session() {
    let mut story = Teller::reloaded().fresh();
    story.session_resumes(Ok((resumed_without_form(), done())));
    story.does(Event::ClosePressed);
    story.tells(
        "
        resumed: done -> success  ! onSuccess {…}
        ClosePressed -> closed  ! onClose
        ",
    );
}

#[test]
fn a_reload_ticks_again_what_the_host_wants_ticked() {
    let all = Setting { selection: Selection::All, ..setting() };
    let mut story = Teller::reloaded().fresh();
    story.session_resumes(Ok((Resumed { setting: all, ..resumed() }, accounts())));
    story.tells("resumed: 2 accounts -> accounts [0, 1]");
}

/// *Back* works as if nothing had been: the form is there, the list, and then the first screen.
#[test]
fn a_reload_can_be_gone_back_from() {
    let mut story = Teller::reloaded().fresh();
    story.session_resumes(Ok((resumed(), list(vec![account(0, "Current")]))));
    story.does(Event::BackPressed);
    story.does(Event::BackPressed);
    story.does(Event::BackPressed);
    story.does(Event::BackPressed);
    story.tells(
        "
        resumed: 1 accounts -> accounts []
        BackPressed -> sign in
        BackPressed -> consent
        BackPressed -> consent
        BackPressed -> consent
        ",
    );
}

#[test]
fn a_session_that_is_over_gives_way_to_a_new_one_without_a_trace() {
    let failures = [
        (refused(ErrorCode::SessionExpired), "refused session_expired"),
        (refused(ErrorCode::NotFound), "refused not_found"),
        (CallFailure::Unreadable, "unreadable"),
    ];
    for (failure, said) in failures {
        let mut story = Teller::reloaded().fresh();
        story.session_resumes(Err(failure));
        story.session_opens(Ok((setting(), Step::Choose)));
        let mut anew = Teller::at_consent();
        // The tickets and the clock are the flow's own; what the customer sees is the same.
        assert_eq!(story.open().screen, anew.open().screen);
        assert_eq!(story.open().catalogue, anew.open().catalogue);
        assert_eq!(story.open().setting, anew.open().setting);
        assert_eq!((story.open().turn, story.open().lost), (5, None));
        story.does(Event::ConsentGiven);
        anew.does(Event::ConsentGiven);
        assert_eq!(story.open().screen, anew.open().screen);
        story.tells(&format!(
            "
            resuming {said} -> opening  ! open session
            session arrives -> consent
            ConsentGiven -> banks [3]
            "
        ));
    }
}

#[test]
fn a_late_answer_of_the_old_session_does_not_touch_the_new_one() {
    let mut story = Teller::reloaded();
    let late = story.opening.unwrap();
    story.session_resumes(Err(refused(ErrorCode::SessionExpired)));
    let mut story = story.fresh();
    let reply = egusi_protocol::StepReply { step: done(), turn: 9, is_busy: false, resumed: None };
    story.does(Event::SessionResumed(late, Ok((Box::new(resumed()), reply))));
    story.session_opens(Ok((setting(), Step::Choose)));
    story.tells(
        "
        resumed: done -> opening
        session arrives -> consent
        ",
    );
}

#[test]
fn a_session_that_cannot_be_asked_after_is_asked_after_again() {
    let mut story = Teller::reloaded().fresh();
    for _ in 0..5 {
        story.session_resumes(Err(CallFailure::Unreachable));
    }
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    story.list_arrives(Ok(institutions()));
    story.session_resumes(Ok((resumed(), accounts())));
    story.tells(
        "
        resuming unreachable -> opening  ! resume session in 1000 ms
        resuming unreachable -> opening  ! resume session in 2000 ms
        resuming unreachable -> opening  ! resume session in 4000 ms
        resuming unreachable -> opening  ! resume session in 8000 ms
        resuming unreachable -> unopened (unreachable)
        RemedyChosen(TryAgain) -> opening  ! resume session, load list
        list arrives -> opening
        resumed: 2 accounts -> accounts []
        ",
    );
}

/// Nobody waits for ever; what is asked next is the old session again.
#[test]
fn a_session_that_is_never_answered_for_can_be_asked_after_again() {
    let mut story = Teller::reloaded().fresh();
    story.seconds_pass(29);
    assert!(matches!(story.flow, Flow::Opening { .. }));
    story.seconds_pass(1);
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    story.tells(
        "
        a second passes -> unopened (unreachable)
        RemedyChosen(TryAgain) -> opening  ! resume session, load list
        ",
    );
}

/// The sign-in was on its way when the page was loaded anew. It is not sent again.
#[test]
fn a_reload_during_the_sign_in_looks_until_it_is_answered() {
    let mut story = Teller::reloaded().fresh();
    story.session_resumes_busy(resumed_without_form(), form());
    story.server_is_busy(form());
    story.server_is_busy(form());
    story.server_says(code(None));
    story.answers("123456");
    story.tells(
        "
        resumed: form -> sign in busy lost  ! look in 0 ms
        server: busy -> sign in busy lost  ! look in 1000 ms
        server: busy -> sign in busy lost  ! look in 1000 ms
        server: one_time_code -> one_time_code
        send answer -> one_time_code busy  ! answer Secret
        ",
    );
}

/// The same with a code, and with the accounts: what is shown is what the session stands at.
#[test]
fn a_reload_during_an_answer_looks_until_it_is_answered() {
    let mut story = Teller::reloaded().fresh();
    story.session_resumes_busy(resumed(), code(None));
    story.server_is_busy(code(None));
    story.server_says(accounts());
    story.tells(
        "
        resumed: one_time_code -> one_time_code busy lost  ! look in 0 ms
        server: busy -> one_time_code busy lost  ! look in 1000 ms
        server: 2 accounts -> accounts []
        ",
    );
    let mut story = Teller::reloaded().fresh();
    story.session_resumes_busy(resumed(), accounts());
    story.server_says(done());
    story.tells(
        "
        resumed: 2 accounts -> accounts [] busy lost  ! look in 0 ms
        server: done -> success  ! onSuccess {…}
        ",
    );
}

/// The server was started anew and has forgotten the call: the customer is asked once more.
#[test]
fn a_reload_during_an_answer_that_came_to_nothing_asks_again() {
    let mut story = Teller::reloaded().fresh();
    story.session_resumes_busy(resumed(), code(None));
    story.server_is_busy(code(None));
    story.server_still_says(code(None));
    story.answers("123456");
    story.tells(
        "
        resumed: one_time_code -> one_time_code busy lost  ! look in 0 ms
        server: busy -> one_time_code busy lost  ! look in 1000 ms
        server: one_time_code -> one_time_code (unreachable)
        send answer -> one_time_code busy  ! answer Secret
        ",
    );
}

/// A poll of before the reload is still being worked on: the waiting goes on by itself.
#[test]
fn a_reload_while_the_institution_is_at_work_goes_on_waiting() {
    let mut story = Teller::reloaded().fresh();
    story.session_resumes_busy(resumed(), pending("Signing in"));
    story.server_says(accounts());
    story.tells(
        r#"
        resumed: pending "Signing in" -> waiting "Signing in"  ! poll in 1000 ms
        server: 2 accounts -> accounts []
        "#,
    );
}
