//! The customer goes on in a tab of its own, where the address can be seen, and this window looks what comes
//! of it.

use crate::samples::{accounts, code, done, failed, form, resumed};
use crate::teller::{Teller, refused};
use egusi_flow::{CallFailure, Event, Remedy};
use egusi_protocol::{ErrorCode, ProblemCode};

fn in_the_tab() -> Teller {
    let mut story = Teller::at_consent();
    story.does(Event::TabOpened);
    story.fresh()
}

#[test]
fn whoever_finishes_in_the_tab_is_connected_here() {
    let mut story = Teller::at_consent().mentioning_before_close().fresh();
    story.does(Event::TabOpened);
    story.server_says(form());
    story.server_says(code(None));
    story.server_says(accounts());
    story.server_says(done());
    story.does(Event::DonePressed);
    story.tells(
        "
        TabOpened -> elsewhere  ! look past 0 in 0 ms
        server: form -> elsewhere  ! look past 1 in 500 ms
        server: one_time_code -> elsewhere  ! look past 2 in 500 ms
        server: 2 accounts -> elsewhere  ! look past 3 in 500 ms
        server: done -> success  ! onSuccess {…}
        DonePressed -> closed  ! beforeClose, onClose
        ",
    );
    story.host_hears(
        "
        TAB_OPENED at elsewhere
        CONNECTED at done: First Bank, 1 accounts
        CLOSED at closed: First Bank
        ",
    );
}

/// An attempt that failed is tried again there, so it is no end here.
#[test]
fn an_attempt_that_failed_in_the_tab_is_no_end() {
    let mut story = in_the_tab();
    story.server_says(failed(ProblemCode::Denied));
    story.server_says(accounts());
    story.server_says(done());
    story.tells(
        "
        server: failed denied -> elsewhere  ! look past 1 in 500 ms
        server: 2 accounts -> elsewhere  ! look past 2 in 500 ms
        server: done -> success  ! onSuccess {…}
        ",
    );
}

/// Closed there by *Close*, or over by its time.
#[test]
fn a_session_that_ended_in_the_tab_is_over_here() {
    let mut story = in_the_tab();
    story.call_fails(refused(ErrorCode::SessionExpired));
    story.does(Event::RemedyChosen(Remedy::StartAgain));
    story.tells(
        "
        call refused session_expired -> stopped (session_expired)
        RemedyChosen(StartAgain) -> opening  ! open session, load list
        ",
    );
}

#[test]
fn the_customer_comes_back_and_goes_on_where_the_session_stands() {
    let mut story = in_the_tab();
    story.server_says(form());
    let late = story.call.unwrap();
    story.does(Event::HerePressed);
    story.session_resumes(Ok((resumed(), code(None))));
    let reply = egusi_protocol::StepReply { step: done(), turn: 9, is_busy: false, resumed: None };
    story.does(Event::StepArrived(late, Ok(reply)));
    story.tells(
        "
        server: form -> elsewhere  ! look past 1 in 500 ms
        HerePressed -> opening  ! resume session
        resumed: one_time_code -> one_time_code
        server: done -> one_time_code
        ",
    );
}

#[test]
fn a_tab_that_was_blocked_is_opened_by_a_link() {
    let mut story = Teller::at_consent().fresh();
    story.does(Event::TabBlocked);
    story.does(Event::TabOpened);
    story.tells(
        "
        TabBlocked -> elsewhere (blocked)  ! look past 0 in 0 ms
        TabOpened -> elsewhere
        ",
    );
}

/// From nowhere else: what was typed would have to be typed again.
#[test]
fn the_tab_opens_from_the_consent_alone() {
    for mut story in [Teller::at_form(), Teller::at_accounts(), Teller::new()] {
        story = story.fresh();
        let before = story.flow.clone();
        story.does(Event::TabOpened);
        story.does(Event::HerePressed);
        assert_eq!(story.flow, before);
    }
}

/// Leaving here ends what is done there, so it is asked first.
#[test]
fn leaving_is_asked() {
    let mut story = in_the_tab();
    story.does(Event::ClosePressed);
    story.does(Event::ClosePressed);
    story.tells(
        "
        ClosePressed -> elsewhere leaving?
        ClosePressed -> closed  ! end session, onClose
        ",
    );
}

#[test]
fn a_lost_network_is_looked_through() {
    let mut story = in_the_tab();
    for _ in 0..8 {
        story.call_fails(CallFailure::Unreachable);
    }
    let mut story = story.fresh();
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    story.server_says(done());
    story.tells(
        "
        RemedyChosen(TryAgain) -> elsewhere lost  ! look past 0 in 0 ms
        server: done -> success  ! onSuccess {…}
        ",
    );
}
