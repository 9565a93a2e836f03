//! What the sandbox asks behind the password, and what becomes of the answers.

#![allow(clippy::unwrap_used, reason = "clippy does not see that helpers of an integration test are tests")]

mod support;

use egusi_connectors::sandbox::{AskedFor, NewPerson, PersonKind, Volume};
use egusi_connectors::{Connector, ConnectorError, Conversation, Fault, Presence, Turn};
use egusi_protocol::{Barred, Challenge, ChallengeKind, PendingKind, ProblemCode, Secret};
use support::{ACCESS, COMPANY, Played, asked, institution, typed};

/// The same sandbox from the beginning: everything a conversation needs is in its bytes.
fn sandbox() -> egusi_connectors::Sandbox {
    support::sandbox(&std::sync::Arc::default())
}

async fn begin(username: &str) -> Turn {
    support::begin(&sandbox(), COMPANY, institution(ACCESS), &typed(username, "pass_good")).await.unwrap()
}

async fn answer(conversation: &Conversation, text: &str) -> Result<Turn, ConnectorError> {
    support::answer(&sandbox(), conversation, text).await
}

async fn finish(turn: Turn) -> Played {
    support::finish(&sandbox(), turn).await
}

#[tokio::test]
async fn the_third_wrong_answer_ends_the_attempt() {
    for username in ["user_otp", "user_pin", "user_question"] {
        let (challenge, mut conversation) = asked(begin(username).await);
        assert_eq!(challenge.problem, None);
        for left in [2, 1] {
            let error = answer(&conversation, "000000").await.unwrap_err();
            assert_eq!((error.fault, error.problem.code), (Fault::Customer, ProblemCode::WrongAnswer));
            assert_eq!(error.problem.attempts_left, Some(left), "{username}");
            let (again, next) = error.retry.unwrap();
            assert_eq!(again, Challenge { problem: Some(error.problem), ..challenge.clone() });
            conversation = next;
        }
        let error = answer(&conversation, "").await.unwrap_err();
        assert_eq!((error.fault, error.problem.code), (Fault::Customer, ProblemCode::TooManyAttempts));
        assert_eq!(error.retry, None, "{username}");
    }
}

#[tokio::test]
async fn a_right_answer_after_a_wrong_one_goes_on() {
    let (_, conversation) = asked(begin("user_otp").await);
    let (_, conversation) = answer(&conversation, "654321").await.unwrap_err().retry.unwrap();
    let turn = answer(&conversation, "123456").await.unwrap();
    assert_eq!(finish(turn).await.granted.holder.person, "sandbox:user_otp");
}

#[tokio::test]
async fn wrong_answers_are_counted_over_both_questions() {
    let (_, conversation) = asked(begin("user_question").await);
    let (_, conversation) = answer(&conversation, "abuja").await.unwrap_err().retry.unwrap();
    let (second, conversation) = asked(answer(&conversation, "lagos").await.unwrap());
    assert_eq!(second.problem, None, "the second question starts without a problem");
    let error = answer(&conversation, "lagos").await.unwrap_err();
    assert_eq!(error.problem.attempts_left, Some(1));
}

#[tokio::test]
async fn challenges_say_what_they_want() {
    for (username, kind, digits, text) in [
        ("user_otp", ChallengeKind::OneTimeCode, 6, "Sent to the phone ending 42"),
        ("user_pin", ChallengeKind::Pin, 4, "The PIN you use in the bank's app"),
        ("user_question", ChallengeKind::Question, 0, "In which city were you born?"),
    ] {
        let (challenge, _) = asked(begin(username).await);
        assert_eq!((challenge.kind, challenge.digits, challenge.text.as_str()), (kind, digits, text));
    }
}

#[tokio::test]
async fn answers_forgive_spaces_and_capitals() {
    let (_, conversation) = asked(begin("user_question").await);
    let (second, conversation) = asked(answer(&conversation, " LaGos ").await.unwrap());
    assert_eq!(second.text, "What is your mother's first name?");
    assert!(matches!(answer(&conversation, "AMARA\n").await, Ok(Turn::Granted(_))));
}

#[tokio::test]
async fn any_of_three_devices_gets_the_code_and_is_named_with_it() {
    let (challenge, _) = asked(begin("user_device").await);
    assert_eq!(
        (challenge.kind, challenge.text.as_str()),
        (ChallengeKind::Device, "Where should the code go?")
    );
    assert_eq!(challenge.options.len(), 3);
    for option in &challenge.options {
        let (_, conversation) = asked(begin("user_device").await);
        let (code, conversation) = asked(answer(&conversation, &option.id).await.unwrap());
        assert_eq!((code.kind, code.digits), (ChallengeKind::OneTimeCode, 6));
        assert_eq!(code.text, format!("Sent to {}", option.label));
        let error = answer(&conversation, "000000").await.unwrap_err();
        let (again, conversation) = error.retry.unwrap();
        assert_eq!(again.text, code.text, "it is still known where the code went");
        assert!(matches!(answer(&conversation, "123456").await, Ok(Turn::Granted(_))), "{}", option.id);
    }
}

#[tokio::test]
async fn what_was_not_offered_cannot_be_chosen() {
    for username in ["user_device", "user_choice"] {
        let (_, conversation) = asked(begin(username).await);
        for not_offered in ["", "fridge", "123456"] {
            let error = answer(&conversation, not_offered).await.unwrap_err();
            assert_eq!((error.fault, error.problem.code), (Fault::Customer, ProblemCode::WrongAnswer));
            assert_eq!(error.problem.attempts_left, Some(2), "{username}: {not_offered}");
        }
    }
}

#[tokio::test]
async fn the_way_a_code_comes_is_chosen_before_it() {
    let (challenge, conversation) = asked(begin("user_choice").await);
    assert_eq!((challenge.kind, challenge.options.len(), challenge.digits), (ChallengeKind::Choice, 2, 0));
    let (code, conversation) = asked(answer(&conversation, &challenge.options[1].id).await.unwrap());
    assert_eq!(code.text, challenge.options[1].label);
    assert!(matches!(answer(&conversation, "123456").await, Ok(Turn::Granted(_))));
}

#[tokio::test]
async fn a_picture_is_shown_and_its_text_does_not_give_it_away() {
    let (challenge, conversation) = asked(begin("user_image").await);
    assert_eq!((challenge.kind, challenge.digits), (ChallengeKind::Image, 5));
    // What every PNG begins with, in Base64.
    assert!(challenge.image.starts_with("data:image/png;base64,iVBORw0KGgo"), "{}", challenge.image);
    assert!(challenge.image.len() < 2048, "{} bytes", challenge.image.len());
    assert!(!challenge.text.is_empty() && !challenge.text.contains(|letter: char| letter.is_ascii_digit()));
    assert!(answer(&conversation, "47239").await.is_err());
    assert!(matches!(answer(&conversation, "47293").await, Ok(Turn::Granted(_))));
}

#[tokio::test]
async fn a_code_can_be_sent_again_and_guessing_still_ends() {
    let desk = sandbox();
    let (first, conversation) = asked(begin("user_otp").await);
    assert_eq!((first.resend_in_s, first.expires_in_s), (Some(30), Some(300)));
    let (_, mut conversation) = answer(&conversation, "000000").await.unwrap_err().retry.unwrap();
    for _ in 0..5 {
        let (again, next) = asked(desk.resend(&conversation).await.unwrap());
        assert_eq!(again, first, "the same question, without the old complaint");
        conversation = next;
    }
    assert!(matches!(answer(&conversation, "123456").await, Ok(Turn::Granted(_))), "the code is the same");
    let error = answer(&conversation, "111111").await.unwrap_err();
    assert_eq!(error.problem.attempts_left, Some(1), "the first wrong answer still counts");
    let (_, conversation) = error.retry.unwrap();
    let (_, conversation) = asked(desk.resend(&conversation).await.unwrap());
    let error = answer(&conversation, "111111").await.unwrap_err();
    assert_eq!(error.problem.code, ProblemCode::TooManyAttempts);
}

#[tokio::test]
async fn what_nobody_sent_is_not_sent_again() {
    let desk = sandbox();
    for username in ["user_pin", "user_question", "user_device", "user_image"] {
        let (challenge, conversation) = asked(begin(username).await);
        assert_eq!((challenge.resend_in_s, challenge.expires_in_s), (None, None), "{username}");
        let error = desk.resend(&conversation).await.unwrap_err();
        assert_eq!((error.fault, error.problem.code), (Fault::Us, ProblemCode::Internal), "{username}");
    }
    let Turn::Pending { conversation, .. } = begin("user_push").await else { panic!("not pending") };
    assert_eq!(desk.resend(&conversation).await.unwrap_err().fault, Fault::Us);
}

#[tokio::test]
async fn a_test_persons_code_is_sent_and_the_number_of_their_token_is_not() {
    for (asked_for, times) in [
        (AskedFor::OneTimeCode, (Some(30), Some(300))),
        (AskedFor::Token, (None, None)),
        (AskedFor::Pin, (None, None)),
    ] {
        let desk = sandbox();
        let person = NewPerson {
            username: "faith".into(),
            password: Secret::new("open sesame".into()),
            name: "Faith Sample".into(),
            institutions: vec![institution(ACCESS)],
            kind: PersonKind::Individual,
            accounts: 1,
            volume: Volume::Low,
            one_time_code: Secret::new("246810".into()),
            pin: Secret::new("4321".into()),
            token: Secret::new("13579".into()),
            asked_for: Some(asked_for),
        };
        desk.create_person(COMPANY.into(), person).await.unwrap();
        let fields = typed("faith", "open sesame");
        let (challenge, _) =
            asked(support::begin(&desk, COMPANY, institution(ACCESS), &fields).await.unwrap());
        assert_eq!((challenge.resend_in_s, challenge.expires_in_s), times, "{asked_for:?}");
    }
}

#[tokio::test]
async fn waiting_says_whether_the_institution_works_or_the_customer_approves() {
    for (username, expected) in [("user_push", PendingKind::Approval), ("user_slow", PendingKind::Working)] {
        let Turn::Pending { kind, .. } = begin(username).await else { panic!("not pending") };
        assert_eq!(kind, expected, "{username}");
    }
}

#[tokio::test]
async fn accounts_that_cannot_be_shared_say_why() {
    let granted = finish(begin("user_restricted").await).await.granted;
    let accounts = sandbox().accounts(&granted.access, Presence::Customer).await.unwrap();
    let barred: Vec<_> = accounts.iter().map(|account| account.barred).collect();
    assert_eq!(barred, [None, Some(Barred::Dormant), Some(Barred::Closed)]);
}
