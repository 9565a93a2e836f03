//! Time passes: a call hangs, a code grows old, another one may be asked for.

use crate::samples::{accounts, code, form, timed_code};
use crate::teller::Teller;
use egusi_flow::{CallFailure, Event, Remedy, Screen};
use egusi_protocol::{Challenge, ChallengeKind, StepReply};

/// What the question still says of time: when another code can be asked for, and how long this one lasts.
#[track_caller]
fn times(story: &Teller) -> (Option<u16>, Option<u16>) {
    let Screen::Challenged { challenge, .. } = &story.open().screen else { panic!("no question is shown") };
    (challenge.resend_in_s, challenge.expires_in_s)
}

/// The call hangs. After ten seconds the customer reads why it takes long, after 45 what became of
/// it is looked for; what it says after that is not heard.
#[test]
fn a_call_that_hangs_is_looked_after() {
    let mut story = Teller::at_form().fresh();
    story.signs_in();
    let hanging = story.call.unwrap();
    story.seconds_pass(44);
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        a second passes -> sign in busy slow
        ",
    );
    story.seconds_pass(1);
    let reply = StepReply { step: code(None), turn: 2, is_busy: false, resumed: None };
    story.does(Event::StepArrived(hanging, Ok(reply)));
    story.server_says(accounts());
    story.tells(
        "
        a second passes -> sign in busy lost  ! look in 0 ms
        server: one_time_code -> sign in busy lost
        server: 2 accounts -> accounts []
        ",
    );
}

#[test]
fn a_look_that_hangs_too_ends_after_a_minute_and_a_half() {
    let mut story = Teller::at_form();
    story.signs_in();
    story.seconds_pass(45);
    let mut story = story.fresh();
    story.seconds_pass(9);
    story.tells("");
    story.seconds_pass(80);
    story.tells("a second passes -> sign in busy lost slow");
    story.seconds_pass(1);
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    story.tells(
        "
        a second passes -> stopped (unreachable)
        RemedyChosen(TryAgain) -> sign in busy lost  ! look in 0 ms
        ",
    );
}

/// Another code can be asked for when its time has come, and not before.
#[test]
fn another_code_is_sent_when_its_time_has_come() {
    let mut story = Teller::at(timed_code()).fresh();
    story.does(Event::ResendPressed);
    story.seconds_pass(29);
    assert_eq!(times(&story), (Some(1), Some(91)));
    story.does(Event::ResendPressed);
    story.seconds_pass(1);
    assert_eq!(times(&story), (Some(0), Some(90)));
    story.does(Event::ResendPressed);
    story.does(Event::ResendPressed);
    story.server_says(timed_code());
    assert_eq!(times(&story), (Some(30), Some(120)));
    story.does(Event::ResendPressed);
    story.answers("123456");
    story.tells(
        "
        ResendPressed -> one_time_code
        ResendPressed -> one_time_code
        ResendPressed -> one_time_code busy  ! resend
        ResendPressed -> one_time_code busy
        server: one_time_code -> one_time_code
        ResendPressed -> one_time_code
        send answer -> one_time_code busy  ! answer Secret
        ",
    );
}

#[test]
fn a_code_that_cannot_be_sent_again_is_not_asked_for_again() {
    let mut story = Teller::at(code(None)).fresh();
    story.seconds_pass(600);
    story.does(Event::ResendPressed);
    assert_eq!(times(&story), (None, None));
    story.tells("ResendPressed -> one_time_code");
}

/// The code has run out while the customer was looking for it: the customer is told, and may ask for
/// another one at once.
#[test]
fn a_code_that_ran_out_is_asked_for_again() {
    let mut story = Teller::at(timed_code()).fresh();
    story.seconds_pass(30);
    story.does(Event::ResendPressed);
    story.server_says(timed_code());
    story.seconds_pass(119);
    assert_eq!(times(&story), (Some(0), Some(1)));
    story.seconds_pass(1);
    assert_eq!(times(&story), (Some(0), None));
    story.does(Event::ResendPressed);
    story.server_says(timed_code());
    story.answers("123456");
    story.server_says(accounts());
    story.tells(
        "
        ResendPressed -> one_time_code busy  ! resend
        server: one_time_code -> one_time_code
        a second passes -> one_time_code (code_expired)
        ResendPressed -> one_time_code busy  ! resend
        server: one_time_code -> one_time_code
        send answer -> one_time_code busy  ! answer Secret
        server: 2 accounts -> accounts []
        ",
    );
}

/// A code that lasts shorter than one must wait for the next: the wait is over with the code.
#[test]
fn a_code_that_ran_out_early_need_not_be_waited_for() {
    let short = Challenge {
        resend_in_s: Some(60),
        expires_in_s: Some(3),
        ..Challenge::new(ChallengeKind::OneTimeCode, "", 6)
    };
    let mut story = Teller::at(egusi_protocol::Step::Challenge(short)).fresh();
    story.seconds_pass(3);
    story.does(Event::ResendPressed);
    story.tells(
        "
        a second passes -> one_time_code (code_expired)
        ResendPressed -> one_time_code busy  ! resend
        ",
    );
}

/// Asking for another code was lost on the way: it can be asked for once more.
#[test]
fn another_code_that_was_not_sent_can_be_asked_for_again() {
    let mut story = Teller::at(timed_code());
    story.seconds_pass(30);
    let mut story = story.fresh();
    story.does(Event::ResendPressed);
    story.call_fails(CallFailure::Unreachable);
    story.server_still_says(timed_code());
    story.does(Event::ResendPressed);
    story.tells(
        "
        ResendPressed -> one_time_code busy  ! resend
        call unreachable -> one_time_code busy lost  ! look in 0 ms
        server: one_time_code -> one_time_code (unreachable)
        ResendPressed -> one_time_code busy  ! resend
        ",
    );
}

/// Two clocks must not run at once: what beat for an older screen is not counted.
#[test]
fn a_beat_of_an_older_screen_is_not_counted() {
    let mut story = Teller::at(timed_code());
    let old = story.beat.unwrap();
    story.does(Event::BackPressed);
    story.signs_in();
    story.server_says(timed_code());
    let mut story = story.fresh();
    for _ in 0..200 {
        story.does(Event::Beat(old));
    }
    assert_eq!(times(&story), (Some(30), Some(120)));
    story.seconds_pass(1);
    assert_eq!(times(&story), (Some(29), Some(119)));
}

/// The clock begins anew with each call: two that take 40 seconds each are two, not one that hangs.
#[test]
fn every_call_has_its_own_time() {
    let mut story = Teller::at_form().fresh();
    story.signs_in();
    story.seconds_pass(40);
    story.server_says(form());
    story.signs_in();
    story.seconds_pass(40);
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        a second passes -> sign in busy slow
        server: form -> sign in
        send form -> sign in busy  ! submit username+password
        a second passes -> sign in busy slow
        ",
    );
}

/// While nothing is awaited and nothing runs out, nobody is woken up every second.
#[test]
fn no_clock_runs_where_nothing_waits() {
    for mut story in [Teller::at_consent(), Teller::at_form(), Teller::at(code(None)), Teller::at_accounts()]
    {
        // A beat that is still under way comes to nothing, and no other follows.
        story.seconds_pass(1);
        story.seconds_pass(1);
        assert_eq!(story.beat, None, "it beats at {:?}", story.flow.place());
    }
}
