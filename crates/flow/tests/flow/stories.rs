//! The connect flow as stories: on each line what happened, what the customer sees, and after `!`
//! what was asked of the outside.

use crate::samples::{accounts, bank_id, code, done, form, institutions, pending, setting};
use crate::teller::{Teller, refused};
use egusi_flow::{CallFailure, Event, Remedy};
use egusi_protocol::{ErrorCode, Problem, ProblemCode, Step, StepReply};

#[test]
fn a_customer_connects_and_the_host_hears_success_then_close() {
    let mut story = Teller::new();
    story.session_opens(Ok((setting(), Step::Choose)));
    story.list_arrives(Ok(institutions()));
    story.does(Event::ConsentGiven);
    story.does(Event::SearchTyped("first".into()));
    story.does(Event::InstitutionChosen(bank_id(1)));
    story.server_says(form());
    story.signs_in();
    story.server_says(accounts());
    story.does(Event::AccountToggled(1));
    story.does(Event::AccountsConfirmed);
    story.server_says(done());
    story.does(Event::DonePressed);
    story.tells(
        r#"
        start -> opening  ! open session, load list
        session arrives -> consent
        list arrives -> consent
        ConsentGiven -> banks [3]
        type "first" -> banks [3]
        choose bank 1 -> banks [3] busy  ! choose 1
        server: form -> sign in
        send form -> sign in busy  ! submit username+password
        server: 2 accounts -> accounts []
        tick 1 -> accounts [1]
        AccountsConfirmed -> accounts [1] busy  ! share [1]
        server: done -> success  ! onSuccess {…}
        DonePressed -> closed  ! onClose
        "#,
    );
}

#[test]
fn a_one_time_code_is_asked_again_after_a_wrong_one_and_tidied_when_pasted() {
    let mut story = Teller::at_form().fresh();
    story.signs_in();
    story.server_says(code(None));
    story.answers("12345");
    story.answers("000000");
    story.server_says(code(Some(Problem { code: ProblemCode::WrongAnswer, attempts_left: Some(2) })));
    story.answers("123 456");
    story.server_says(accounts());
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: one_time_code -> one_time_code
        send answer -> one_time_code (incomplete_answer)
        send answer -> one_time_code busy  ! answer Secret
        server: one_time_code (wrong_answer) -> one_time_code (wrong_answer)
        send answer -> one_time_code busy  ! answer Secret
        server: 2 accounts -> accounts []
        ",
    );
}

#[test]
fn wrong_details_are_asked_again_at_the_same_bank() {
    let mut story = Teller::at_form().fresh();
    story.signs_in();
    let Step::Form(mut again) = form() else { unreachable!("form() is a form") };
    again.problem = Some(Problem::new(ProblemCode::WrongCredentials));
    story.server_says(Step::Form(again));
    story.signs_in();
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: form (wrong_credentials) -> sign in (wrong_credentials)
        send form -> sign in busy  ! submit username+password
        ",
    );
}

#[test]
fn a_bank_that_is_down_offers_another() {
    let mut story = Teller::at_form().fresh();
    story.signs_in();
    story.server_says(Step::Failed(Problem::new(ProblemCode::InstitutionDown)));
    story.does(Event::RemedyChosen(Remedy::ChooseAnother));
    story.does(Event::InstitutionChosen(bank_id(2)));
    story.does(Event::InstitutionChosen(bank_id(9)));
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: failed institution_down -> stopped (institution_down)
        RemedyChosen(ChooseAnother) -> banks [3]
        choose bank 2 -> banks [3] (institution_down)
        choose bank 9 -> banks [3]
        ",
    );
}

#[test]
fn a_pending_sign_in_is_asked_after_until_it_is_through() {
    let mut story = Teller::at_form().fresh();
    story.signs_in();
    story.server_says(pending("Approve in your bank's app"));
    story.call_fails(CallFailure::Unreachable);
    story.server_says(pending("Almost there"));
    story.server_says(accounts());
    story.tells(
        r#"
        send form -> sign in busy  ! submit username+password
        server: pending "Approve in your bank's app" -> waiting "Approve in your bank's app"  ! poll in 1000 ms
        call unreachable -> waiting "Approve in your bank's app"  ! poll in 3000 ms
        server: pending "Almost there" -> waiting "Almost there"  ! poll in 1000 ms
        server: 2 accounts -> accounts []
        "#,
    );
}

#[test]
fn waiting_has_an_end() {
    let mut story = Teller::at_form();
    story.signs_in();
    story.server_says(pending("Working"));
    let mut story = story.fresh();
    story.seconds_pass(130);
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    story.tells(
        r#"
        a second passes -> waiting "Working" slow
        a second passes -> stopped (institution_timeout)
        RemedyChosen(TryAgain) -> sign in
        "#,
    );
}

#[test]
fn going_back_forgets_what_came_later_and_ignores_its_late_answer() {
    let mut story = Teller::at_accounts().fresh();
    let stale = story.call.unwrap();
    story.does(Event::AccountToggled(0));
    story.does(Event::BackPressed);
    let late = StepReply { step: accounts(), turn: 9, is_busy: false, resumed: None };
    story.does(Event::StepArrived(stale, Ok(late)));
    story.does(Event::BackPressed);
    story.does(Event::BackPressed);
    story.does(Event::BackPressed);
    story.tells(
        "
        tick 0 -> accounts [0]
        BackPressed -> sign in
        server: 2 accounts -> sign in
        BackPressed -> banks [3]
        BackPressed -> consent
        BackPressed -> consent
        ",
    );
}

#[test]
fn closing_midway_asks_first_and_tells_the_host_once() {
    let mut story = Teller::at_accounts().fresh();
    story.does(Event::ClosePressed);
    story.does(Event::StayPressed);
    story.does(Event::EscapePressed);
    story.does(Event::EscapePressed);
    story.does(Event::ClosePressed);
    story.does(Event::ClosePressed);
    story.does(Event::ClosePressed);
    story.does(Event::DonePressed);
    story.tells(
        "
        ClosePressed -> accounts [] leaving?
        StayPressed -> accounts []
        EscapePressed -> accounts [] leaving?
        EscapePressed -> accounts []
        ClosePressed -> accounts [] leaving?
        ClosePressed -> closed  ! end session, onClose
        ClosePressed -> closed
        DonePressed -> closed
        ",
    );
}

#[test]
fn closing_after_success_tells_close_after_success() {
    let mut story = Teller::at_accounts().fresh();
    story.does(Event::AccountToggled(0));
    story.does(Event::AccountsConfirmed);
    story.server_says(done());
    story.does(Event::ClosePressed);
    story.tells(
        "
        tick 0 -> accounts [0]
        AccountsConfirmed -> accounts [0] busy  ! share [0]
        server: done -> success  ! onSuccess {…}
        ClosePressed -> closed  ! onClose
        ",
    );
}

#[test]
fn done_follows_the_redirect_after_the_host_was_told() {
    let mut story = Teller::new();
    let setting =
        egusi_protocol::Setting { redirect_url: Some("https://shop.example/next".into()), ..setting() };
    story.list_arrives(Ok(institutions()));
    story.session_opens(Ok((setting, Step::Choose)));
    story.does(Event::ConsentGiven);
    story.does(Event::InstitutionChosen(bank_id(1)));
    story.server_says(form());
    story.signs_in();
    story.server_says(accounts());
    story.does(Event::AccountToggled(0));
    story.does(Event::AccountsConfirmed);
    story.server_says(done());
    let mut story = story.fresh();
    story.does(Event::DonePressed);
    story.tells("DonePressed -> closed  ! onClose, go to https://shop.example/next");
}

#[test]
fn a_refused_opening_is_the_hosts_error() {
    let mut story = Teller::new().fresh();
    story.session_opens(Err(refused(ErrorCode::UnknownKey)));
    story.does(Event::ConsentGiven);
    story.does(Event::ClosePressed);
    story.tells(
        "
        session refused unknown_key -> refused (unknown_key)  ! onError unknown_key
        ConsentGiven -> refused (unknown_key)
        ClosePressed -> closed  ! onClose
        ",
    );
}

#[test]
fn an_opening_that_does_not_get_through_is_tried_again_before_the_customer_has_to() {
    let mut story = Teller::new().fresh();
    story.list_arrives(Ok(institutions()));
    story.session_never_opens();
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    story.session_opens(Ok((setting(), Step::Choose)));
    story.tells(
        "
        list arrives -> opening
        session unreachable -> opening  ! open session in 1000 ms
        session unreachable -> opening  ! open session in 2000 ms
        session unreachable -> opening  ! open session in 4000 ms
        session unreachable -> opening  ! open session in 8000 ms
        session unreachable -> unopened (unreachable)
        RemedyChosen(TryAgain) -> opening  ! open session, load list
        session arrives -> consent
        ",
    );
}

#[test]
fn a_list_that_does_not_come_is_asked_for_again_before_the_customer_has_to() {
    let mut story = Teller::new();
    story.session_opens(Ok((setting(), Step::Choose)));
    story.does(Event::ConsentGiven);
    let mut story = story.fresh();
    for _ in 0..5 {
        story.list_arrives(Err(CallFailure::Unreachable));
    }
    story.does(Event::RemedyChosen(Remedy::TryAgain));
    story.list_arrives(Ok(institutions()));
    story.tells(
        "
        list unreachable -> banks [coming at last]  ! load list in 1000 ms
        list unreachable -> banks [coming at last]  ! load list in 2000 ms
        list unreachable -> banks [coming at last]  ! load list in 4000 ms
        list unreachable -> banks [coming at last]  ! load list in 8000 ms
        list unreachable -> banks [missing]
        RemedyChosen(TryAgain) -> banks [coming]  ! load list
        list arrives -> banks [3]
        ",
    );
}

#[test]
fn a_lost_network_keeps_the_screen_and_what_was_chosen() {
    let mut story = Teller::at_accounts().fresh();
    story.does(Event::AccountToggled(1));
    story.does(Event::AccountsConfirmed);
    story.does(Event::AccountsConfirmed);
    story.does(Event::BackPressed);
    story.call_fails(CallFailure::Unreachable);
    story.call_fails(CallFailure::Unreachable);
    story.server_still_says(accounts());
    story.does(Event::AccountsConfirmed);
    story.tells(
        "
        tick 1 -> accounts [1]
        AccountsConfirmed -> accounts [1] busy  ! share [1]
        AccountsConfirmed -> accounts [1] busy
        BackPressed -> accounts [1] busy
        call unreachable -> accounts [1] busy lost  ! look in 0 ms
        call unreachable -> accounts [1] busy lost  ! look in 1000 ms
        server: 2 accounts -> accounts [1] (unreachable)
        AccountsConfirmed -> accounts [1] busy  ! share [1]
        ",
    );
}

#[test]
fn an_expired_session_starts_again_with_a_new_one() {
    let mut story = Teller::at_form().fresh();
    story.signs_in();
    story.call_fails(refused(ErrorCode::SessionExpired));
    story.does(Event::RemedyChosen(Remedy::StartAgain));
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        call refused session_expired -> stopped (session_expired)
        RemedyChosen(StartAgain) -> opening  ! open session, load list
        ",
    );
}

#[test]
fn an_unfinished_form_is_not_sent_and_nothing_is_connected_without_a_choice() {
    let mut story = Teller::at_form().fresh();
    story.does(Event::FormSubmitted(Vec::new()));
    story.tells("send form -> sign in");
    let mut story = Teller::at_accounts().fresh();
    story.does(Event::AccountsConfirmed);
    story.does(Event::AccountToggled(9));
    story.tells(
        "
        AccountsConfirmed -> accounts []
        tick 9 -> accounts []
        ",
    );
}
