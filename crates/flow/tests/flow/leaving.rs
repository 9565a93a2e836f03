//! Leaving: the customer is asked only where something would be lost, and the host hears one end.

use crate::samples::{
    accounts, bank_id, code, done, failed, form, form_after, form_again, pending, redirect, setting,
};
use crate::teller::{Teller, refused};
use egusi_flow::{Event, Flow, Remedy};
use egusi_protocol::{ErrorCode, ProblemCode, Setting, Step};

/// A flow after the customer has done something more.
fn then(mut story: Teller, events: impl IntoIterator<Item = Event>) -> Teller {
    for event in events {
        story.does(event);
    }
    story
}

fn unopened() -> Teller {
    let mut story = Teller::new();
    story.session_never_opens();
    story
}

fn refused_opening() -> Teller {
    let mut story = Teller::new();
    story.session_opens(Err(refused(ErrorCode::UnknownKey)));
    story
}

fn connected() -> Teller {
    let mut story = then(Teller::at_accounts(), [Event::AccountToggled(0), Event::AccountsConfirmed]);
    story.server_says(done());
    story
}

fn signing_in() -> Teller {
    let mut story = Teller::at_form();
    story.signs_in();
    story
}

fn answering() -> Teller {
    let mut story = Teller::at(code(None));
    story.answers("123456");
    story
}

/// Where nothing would be lost: nothing was begun, or everything is done, or it failed anyway.
fn nothing_to_lose() -> Vec<Teller> {
    let named = Teller::at_consent_of(Setting { institution: Some(bank_id(1)), ..setting() });
    vec![
        Teller::new(),
        Teller::reloaded(),
        unopened(),
        refused_opening(),
        Teller::at_consent(),
        then(named, [Event::ConsentGiven]),
        then(Teller::at_consent(), [Event::ConsentGiven]),
        then(Teller::at_consent(), [Event::ConsentGiven, Event::InstitutionChosen(bank_id(1))]),
        Teller::at_form(),
        Teller::at(form_after(ProblemCode::WrongCredentials)),
        Teller::at(failed(ProblemCode::InstitutionDown)),
        connected(),
    ]
}

/// Where the customer has signed in already, or is about to.
fn something_to_lose() -> Vec<Teller> {
    vec![
        signing_in(),
        then(Teller::at(Step::Form(form_again())), [Event::SignInAnew]),
        Teller::at(code(None)),
        answering(),
        Teller::at(pending("Wait")),
        Teller::at(redirect()),
        then(Teller::at(redirect()), [Event::WindowOpened]),
        Teller::at_accounts(),
        then(Teller::at_accounts(), [Event::AccountToggled(0), Event::AccountsConfirmed]),
    ]
}

#[track_caller]
fn is_asked(story: &Teller) -> bool {
    matches!(&story.flow, Flow::Open(open) if open.is_leaving)
}

#[test]
fn close_and_escape_close_at_once_where_nothing_would_be_lost() {
    for leave in [|| Event::ClosePressed, || Event::EscapePressed] {
        for mut story in nothing_to_lose() {
            let place = story.flow.place();
            story.does(leave());
            assert!(matches!(story.flow, Flow::Closed), "it asks at {place:?}");
        }
    }
}

/// Close asks; *Stay* takes the question back, and Escape does too; asked again, *Close* closes.
#[test]
fn close_and_escape_ask_where_something_would_be_lost() {
    for leave in [|| Event::ClosePressed, || Event::EscapePressed] {
        for stay in [|| Event::StayPressed, || Event::EscapePressed] {
            for mut story in something_to_lose() {
                let screen = story.open().screen.clone();
                let place = story.flow.place();
                story.does(leave());
                assert!(is_asked(&story), "it does not ask at {place:?}");
                story.does(stay());
                assert!(!is_asked(&story), "it still asks at {place:?}");
                assert!(story.open().screen == screen, "something was lost at {place:?}");
                story.does(leave());
                story.does(Event::ClosePressed);
                assert!(matches!(story.flow, Flow::Closed), "it does not close at {place:?}");
            }
        }
    }
}

#[test]
fn the_end_is_told_once_and_beforehand_and_the_server_is_told_too() {
    let mut story = Teller::at_accounts().mentioning_before_close().fresh();
    story.does(Event::ClosePressed);
    story.does(Event::ClosePressed);
    story.does(Event::ClosePressed);
    story.does(Event::Dismissed);
    story.tells(
        "
        ClosePressed -> accounts [] leaving?
        ClosePressed -> closed  ! end session, beforeClose, onClose
        ClosePressed -> closed
        Dismissed -> closed
        ",
    );
}

/// The host takes the widget away. It does not ask anybody, and the host still hears one end.
#[test]
fn the_host_may_take_the_widget_away_on_every_screen() {
    for story in nothing_to_lose().into_iter().chain(something_to_lose()) {
        let ends = match &story.flow {
            Flow::Open(open) if !matches!(open.screen, egusi_flow::Screen::Finished { .. }) => {
                "end session, "
            }
            _ => "",
        };
        let mut story = story.mentioning_before_close().fresh();
        story.does(Event::Dismissed);
        story.does(Event::Dismissed);
        story.does(Event::ClosePressed);
        story.does(Event::DonePressed);
        story.does(Event::RemedyChosen(Remedy::Leave));
        story.tells(&format!(
            "
            Dismissed -> closed  ! {ends}beforeClose, onClose
            Dismissed -> closed
            ClosePressed -> closed
            DonePressed -> closed
            RemedyChosen(Leave) -> closed
            "
        ));
        let closed = story.told.iter().filter(|line| line.starts_with("CLOSED")).count();
        assert_eq!(closed, 1);
    }
}

#[test]
fn the_host_may_take_the_widget_away_while_the_customer_is_asked() {
    let mut story = then(Teller::at_accounts(), [Event::ClosePressed]).mentioning_before_close().fresh();
    story.does(Event::Dismissed);
    story.tells("Dismissed -> closed  ! end session, beforeClose, onClose");
}

#[test]
fn a_problem_may_be_left() {
    let mut story = Teller::at(failed(ProblemCode::SessionExpired)).mentioning_before_close().fresh();
    story.does(Event::RemedyChosen(Remedy::Leave));
    story.tells("RemedyChosen(Leave) -> closed  ! end session, beforeClose, onClose");
    let mut story = unopened().mentioning_before_close().fresh();
    story.does(Event::RemedyChosen(Remedy::Leave));
    story.tells("RemedyChosen(Leave) -> closed  ! beforeClose, onClose");
}

/// What was connected stays connected: the session is not ended once more, and the page goes on.
#[test]
fn whoever_is_done_closes_without_a_question() {
    for leave in [Event::ClosePressed, Event::EscapePressed, Event::Dismissed, Event::DonePressed] {
        let said = format!("{leave:?}");
        let mut story = connected().mentioning_before_close().fresh();
        story.does(leave);
        story.tells(&format!("{said} -> closed  ! beforeClose, onClose"));
    }
}

#[test]
fn before_close_is_heard_before_close_and_the_page_goes_on_after_both() {
    let setting = Setting { redirect_url: Some("https://shop.example/next".into()), ..setting() };
    let mut story = Teller::at_form_of(setting);
    story.signs_in();
    story.server_says(accounts());
    story.does(Event::AccountToggled(0));
    story.does(Event::AccountsConfirmed);
    let mut story = story.mentioning_before_close().fresh();
    story.server_says(done());
    story.does(Event::DonePressed);
    story.tells(
        "
        server: done -> success  ! onSuccess {…}
        DonePressed -> closed  ! beforeClose, onClose, go to https://shop.example/next
        ",
    );
}

/// The answer comes while the customer is being asked: the question stays, unless it is over.
#[test]
fn what_arrives_while_the_customer_is_asked() {
    let mut story = then(signing_in(), [Event::ClosePressed]).fresh();
    story.server_says(code(None));
    story.does(Event::StayPressed);
    story.tells(
        "
        server: one_time_code -> one_time_code leaving?
        StayPressed -> one_time_code
        ",
    );
    for step in [failed(ProblemCode::InstitutionDown), done()] {
        let mut story = then(signing_in(), [Event::ClosePressed]);
        story.server_says(step);
        assert!(!is_asked(&story), "it still asks at {:?}", story.flow.place());
    }
    let mut story = then(signing_in(), [Event::ClosePressed]);
    story.call_fails(refused(ErrorCode::SessionExpired));
    assert!(!is_asked(&story));
}

/// Whoever leaves an opening that is under way is not brought back by its answer.
#[test]
fn an_answer_that_comes_after_the_end_opens_nothing() {
    let mut story = Teller::new();
    story.does(Event::ClosePressed);
    let mut story = story.fresh();
    story.session_opens(Ok((setting(), form())));
    let mut after_a_call = signing_in();
    after_a_call.does(Event::Dismissed);
    story.tells("session arrives -> closed");
    let mut story = after_a_call.fresh();
    story.server_says(done());
    story.tells("server: done -> closed");
}
