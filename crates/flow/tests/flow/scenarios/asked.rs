//! What the institution asks between the form and the accounts.

use super::{one_account, signed_in, two_accounts};
use crate::samples::{approval, choice, code, pending, question, redirect, wrong_code};
use egusi_flow::{Event, Remedy};
use egusi_protocol::{Challenge, ChallengeKind, Problem, ProblemCode, Step};

#[test]
fn user_good() {
    let mut story = signed_in("user_good", two_accounts());
    story.connects(0);
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: 2 accounts -> accounts []
        tick 0 -> accounts [0]
        AccountsConfirmed -> accounts [0] busy  ! share [0]
        server: done -> success  ! onSuccess {…}
        DonePressed -> closed  ! onClose
        ",
    );
}

#[test]
fn user_otp() {
    let mut story = signed_in("user_otp", code(None));
    story.answers("123-456");
    story.server_says(two_accounts());
    story.connects(1);
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: one_time_code -> one_time_code
        send answer -> one_time_code busy  ! answer Secret
        server: 2 accounts -> accounts []
        tick 1 -> accounts [1]
        AccountsConfirmed -> accounts [1] busy  ! share [1]
        server: done -> success  ! onSuccess {…}
        DonePressed -> closed  ! onClose
        ",
    );
}

#[test]
fn user_otp_with_three_wrong_answers() {
    let mut story = signed_in("user_otp", code(None));
    story.answers("000000");
    story.server_says(wrong_code(2));
    assert_eq!(story.open().screen.problem().and_then(|problem| problem.attempts_left), Some(2));
    story.answers("111111");
    story.server_says(wrong_code(1));
    story.answers("222222");
    story.server_fails(ProblemCode::TooManyAttempts);
    story.does(Event::RemedyChosen(Remedy::CorrectDetails));
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: one_time_code -> one_time_code
        send answer -> one_time_code busy  ! answer Secret
        server: one_time_code (wrong_answer) -> one_time_code (wrong_answer)
        send answer -> one_time_code busy  ! answer Secret
        server: one_time_code (wrong_answer) -> one_time_code (wrong_answer)
        send answer -> one_time_code busy  ! answer Secret
        server: failed too_many_attempts -> stopped (too_many_attempts)
        RemedyChosen(CorrectDetails) -> sign in
        ",
    );
}

#[test]
fn user_question() {
    let mut story = signed_in("user_question", question("In which city were you born?"));
    story.answers("  ");
    story.answers("Lagos ");
    story.server_says(question("What is your mother's first name?"));
    story.answers("amara");
    story.server_says(two_accounts());
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: question -> question
        send answer -> question (incomplete_answer)
        send answer -> question busy  ! answer Secret
        server: question -> question
        send answer -> question busy  ! answer Secret
        server: 2 accounts -> accounts []
        ",
    );
}

#[test]
fn user_pin() {
    let pin = Challenge::new(ChallengeKind::Pin, "The PIN you use in the bank's app", 4);
    let mut story = signed_in("user_pin", Step::Challenge(pin));
    story.answers("123456");
    story.answers("1234");
    story.server_says(two_accounts());
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: pin -> pin
        send answer -> pin (incomplete_answer)
        send answer -> pin busy  ! answer Secret
        server: 2 accounts -> accounts []
        ",
    );
}

#[test]
fn user_device() {
    let mut story = signed_in("user_device", choice(ChallengeKind::Device, &["phone", "tablet", "token"]));
    story.answers("fax");
    story.answers("tablet");
    story.server_says(code(None));
    story.answers("123456");
    story.server_says(two_accounts());
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: device -> device
        send answer -> device (incomplete_answer)
        send answer -> device busy  ! answer Secret
        server: one_time_code -> one_time_code
        send answer -> one_time_code busy  ! answer Secret
        server: 2 accounts -> accounts []
        ",
    );
}

#[test]
fn a_choice_of_several_things() {
    let mut story = signed_in("user_choice", choice(ChallengeKind::Choice, &["personal", "joint"]));
    story.answers("");
    story.answers("joint");
    story.server_says(one_account());
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: choice -> choice
        send answer -> choice (incomplete_answer)
        send answer -> choice busy  ! answer Secret
        server: 1 accounts -> accounts []
        ",
    );
}

#[test]
fn a_picture_to_read() {
    let image = "data:image/png;base64,AAAA".into();
    let picture = Challenge { image, ..Challenge::new(ChallengeKind::Image, "What do you see?", 0) };
    let again = Challenge { problem: Some(Problem::new(ProblemCode::WrongAnswer)), ..picture.clone() };
    let mut story = signed_in("user_image", Step::Challenge(picture));
    story.answers("X7K9");
    story.server_says(Step::Challenge(again));
    story.answers("X7K9Q");
    story.server_says(one_account());
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: image -> image
        send answer -> image busy  ! answer Secret
        server: image (wrong_answer) -> image (wrong_answer)
        send answer -> image busy  ! answer Secret
        server: 1 accounts -> accounts []
        ",
    );
}

#[test]
fn user_push() {
    let mut story = signed_in("user_push", approval());
    story.server_says(approval());
    story.server_says(approval());
    story.server_says(two_accounts());
    story.tells(
        r#"
        send form -> sign in busy  ! submit username+password
        server: pending "" -> waiting for approval ""  ! poll in 1000 ms
        server: pending "" -> waiting for approval ""  ! poll in 1000 ms
        server: pending "" -> waiting for approval ""  ! poll in 1000 ms
        server: 2 accounts -> accounts []
        "#,
    );
}

#[test]
fn user_redirect() {
    let mut story = signed_in("user_redirect", redirect());
    story.does(Event::WindowOpened);
    story.server_says(two_accounts());
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: redirect https://bank.example/authorize -> redirect  ! look past 2 in 0 ms
        WindowOpened -> redirect (open)
        server: 2 accounts -> accounts []
        ",
    );
}

#[test]
fn user_redirect_who_says_no_there() {
    let mut story = signed_in("user_redirect", redirect());
    story.does(Event::WindowOpened);
    story.server_fails(ProblemCode::Denied);
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    assert_eq!(story.kept("username"), Some("user_redirect"));
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: redirect https://bank.example/authorize -> redirect  ! look past 2 in 0 ms
        WindowOpened -> redirect (open)
        server: failed denied -> stopped (denied)
        RemedyChosen(TryAgain) -> sign in
        ",
    );
}

/// Eight seconds, each with a word about what is happening.
#[test]
fn user_slow() {
    let mut story = signed_in("user_slow", pending("Reaching your bank"));
    for text in ["Signing in", "Your bank is taking its time", "Almost there"] {
        story.seconds_pass(2);
        story.server_says(pending(text));
    }
    story.seconds_pass(2);
    story.server_says(two_accounts());
    story.tells(
        r#"
        send form -> sign in busy  ! submit username+password
        server: pending "Reaching your bank" -> waiting "Reaching your bank"  ! poll in 1000 ms
        server: pending "Signing in" -> waiting "Signing in"  ! poll in 1000 ms
        server: pending "Your bank is taking its time" -> waiting "Your bank is taking its time"  ! poll in 1000 ms
        server: pending "Almost there" -> waiting "Almost there"  ! poll in 1000 ms
        server: 2 accounts -> accounts []
        "#,
    );
}
