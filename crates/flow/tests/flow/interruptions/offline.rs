//! The device loses its network and finds it again: it is said, nothing is given up meanwhile, and it goes on
//! without a press.

use crate::samples::{accounts, approval, code, done, form, institutions, pending, redirect, setting};
use crate::teller::{Teller, refused};
use egusi_flow::{CallFailure, Event, Screen};
use egusi_protocol::{ErrorCode, Step};

fn without_network(mut story: Teller) -> Teller {
    story.does(Event::NetworkGone);
    story.fresh()
}

/// Without a network a try is not counted; with it the session and the list are asked for at once.
#[test]
fn an_opening_waits_for_the_network() {
    let mut story = without_network(Teller::new());
    for _ in 0..9 {
        story.session_opens(Err(CallFailure::Unreachable));
    }
    let mut story = story.fresh();
    story.list_arrives(Err(CallFailure::Unreachable));
    story.does(Event::NetworkBack);
    story.session_opens(Ok((setting(), Step::Choose)));
    story.list_arrives(Ok(institutions()));
    story.tells(
        "
        list unreachable -> opening offline  ! load list in 8000 ms
        NetworkBack -> opening  ! open session, load list
        session arrives -> consent
        list arrives -> consent
        ",
    );
}

#[test]
fn an_opening_that_was_given_up_for_want_of_a_network_opens_when_it_is_back() {
    let mut story = Teller::new();
    story.session_never_opens();
    let mut story = story.fresh();
    story.does(Event::NetworkGone);
    story.does(Event::NetworkBack);
    story.tells(
        "
        NetworkGone -> unopened (unreachable) offline
        NetworkBack -> opening  ! open session, load list
        ",
    );
}

#[test]
fn an_opening_that_failed_for_another_reason_is_left_to_the_customer() {
    let mut story = Teller::new();
    for _ in 0..5 {
        story.session_opens(Err(refused(ErrorCode::Internal)));
    }
    let mut story = story.fresh();
    story.does(Event::NetworkGone);
    story.does(Event::NetworkBack);
    story.tells(
        "
        NetworkGone -> unopened (internal) offline
        NetworkBack -> unopened (internal)
        ",
    );
}

/// A list that was given up before the device noticed is fetched too, wherever the customer is by then.
#[test]
fn a_missing_list_is_fetched_when_the_network_is_back() {
    let mut story = Teller::new();
    story.session_opens(Ok((setting(), Step::Choose)));
    for _ in 0..5 {
        story.list_arrives(Err(CallFailure::Unreachable));
    }
    let mut story = without_network(story);
    story.does(Event::ConsentGiven);
    story.does(Event::NetworkBack);
    story.list_arrives(Ok(institutions()));
    story.tells(
        "
        ConsentGiven -> banks [missing] offline
        NetworkBack -> banks [coming]  ! load list
        list arrives -> banks [3]
        ",
    );
}

/// However long the device is without a network, the call is not given up; then it is looked after at once.
#[test]
fn a_lost_call_is_looked_after_when_the_network_is_back() {
    let mut story = without_network(Teller::at_form());
    story.signs_in();
    for _ in 0..20 {
        story.call_fails(CallFailure::Unreachable);
    }
    story.seconds_pass(300);
    let mut story = story.fresh();
    story.does(Event::NetworkBack);
    story.server_says(accounts());
    story.tells(
        "
        NetworkBack -> sign in busy lost  ! look in 0 ms
        server: 2 accounts -> accounts []
        ",
    );
}

/// What was sent has not arrived: the form says so, and nothing is sent a second time by itself.
#[test]
fn what_did_not_arrive_is_sent_by_the_customer() {
    let mut story = without_network(Teller::at_form());
    story.signs_in();
    story.call_fails(CallFailure::Unreachable);
    story.does(Event::NetworkBack);
    story.server_still_says(form());
    story.tells(
        "
        send form -> sign in busy offline  ! submit username+password
        call unreachable -> sign in busy lost offline  ! look in 8000 ms
        NetworkBack -> sign in busy lost  ! look in 0 ms
        server: form -> sign in (unreachable)
        ",
    );
}

#[test]
fn a_call_that_was_given_up_goes_on_when_the_network_is_back() {
    let mut story = Teller::at_form();
    story.signs_in();
    while !matches!(story.open().screen, Screen::Stopped { .. }) {
        story.call_fails(CallFailure::Unreachable);
    }
    let mut story = without_network(story);
    story.does(Event::NetworkBack);
    story.server_says(code(None));
    story.tells(
        "
        NetworkBack -> sign in busy lost  ! look in 0 ms
        server: one_time_code -> one_time_code
        ",
    );
}

/// Who waits, for a bank or for themselves, is looked after at once, and no limit has come nearer: another 119
/// seconds are no end yet.
#[test]
fn a_wait_goes_on_when_the_network_is_back() {
    for (step, line) in [
        (pending("Signing in"), r#"waiting "Signing in"  ! poll in 0 ms"#),
        (approval(), r#"waiting for approval ""  ! poll in 0 ms"#),
        (redirect(), "redirect  ! look past 2 in 0 ms"),
    ] {
        let mut story = without_network(Teller::at(step));
        story.seconds_pass(500);
        story.does(Event::NetworkBack);
        story.tells(&format!("NetworkBack -> {line}"));
        story.seconds_pass(119);
        assert!(!matches!(story.open().screen, Screen::Stopped { .. }));
    }
}

/// No wait is without an end: after ten minutes the customer reads what is wrong. Even then the network alone
/// brings them on.
#[test]
fn ten_minutes_without_a_network_end_a_wait() {
    let mut story = without_network(Teller::at(pending("Signing in")));
    story.seconds_pass(599);
    story.tells("");
    story.seconds_pass(1);
    story.does(Event::NetworkBack);
    story.server_says(accounts());
    story.tells(
        r#"
        a second passes -> stopped (unreachable) offline
        NetworkBack -> waiting "Signing in" lost  ! look in 0 ms
        server: 2 accounts -> accounts []
        "#,
    );
}

/// On a screen where the customer thinks, nothing but the news changes.
#[test]
fn who_reads_or_types_is_not_disturbed() {
    for mut story in [Teller::at_consent(), Teller::at_form(), Teller::at(code(None)), Teller::at_accounts()]
    {
        let before = story.open().screen.clone();
        story = story.fresh();
        story.does(Event::NetworkGone);
        assert!(story.flow.is_offline());
        story.does(Event::NetworkBack);
        assert_eq!((&story.open().screen, story.flow.is_offline()), (&before, false));
    }
}

#[test]
fn a_network_that_was_never_gone_is_no_news() {
    let mut story = Teller::at(pending("Signing in")).fresh();
    story.does(Event::NetworkBack);
    story.does(Event::NetworkGone);
    story.does(Event::NetworkGone);
    story.does(Event::NetworkBack);
    story.does(Event::NetworkBack);
    story.tells(
        r#"
        NetworkBack -> waiting "Signing in"
        NetworkGone -> waiting "Signing in" offline
        NetworkGone -> waiting "Signing in" offline
        NetworkBack -> waiting "Signing in"  ! poll in 0 ms
        NetworkBack -> waiting "Signing in"
        "#,
    );
}

#[test]
fn the_host_hears_of_it_once() {
    let mut story = Teller::at_accounts().fresh();
    story.does(Event::AccountToggled(0));
    story.does(Event::NetworkGone);
    story.does(Event::AccountsConfirmed);
    story.call_fails(CallFailure::Unreachable);
    story.call_fails(CallFailure::Unreachable);
    story.does(Event::NetworkBack);
    story.server_says(done());
    story.host_hears(
        "
        CONNECTION_LOST at accounts: First Bank, internet, 1 accounts
        ACCOUNTS_SUBMITTED at accounts: First Bank, internet, 1 accounts
        CONNECTION_RESTORED at accounts: First Bank, internet, 1 accounts
        CONNECTED at done: First Bank, 1 accounts
        ",
    );
}
