//! Customers whose bank is known, customers who were here before, and what is kept for a second try.

use crate::samples::{
    account, bank_id, code, done, failed, form, form_after, form_again, institutions, list, setting,
    whole_form,
};
use crate::teller::{Teller, field, refused};
use egusi_flow::{Event, Remedy};
use egusi_protocol::{
    AccountView, ChargeView, Currency, ErrorCode, FieldKind, Form, FormField, ProblemCode, Selection,
    Setting, Step,
};

fn password() -> Event {
    Event::FormSubmitted(vec![field("password", "pass_good")])
}

/// The host has named the bank: the consent leads straight to its form, and the host hears of both.
#[test]
fn a_bank_the_host_named_is_gone_to_straight_from_the_consent() {
    let named = Setting { institution: Some(bank_id(1)), ..setting() };
    let mut story = Teller::at_consent_of(named).fresh();
    story.does(Event::ConsentGiven);
    story.does(Event::ConsentGiven);
    story.server_says(form());
    story.does(Event::BackPressed);
    story.tells(
        "
        ConsentGiven -> consent busy  ! choose 1
        ConsentGiven -> consent busy
        server: form -> sign in
        BackPressed -> banks [3]
        ",
    );
    story.host_hears(
        "
        CONSENT_GIVEN at consent: First Bank
        INSTITUTION_SELECTED at consent: First Bank
        WENT_BACK at banks: First Bank
        ",
    );
}

/// It is down, says the server: the consent leads to the reason and its remedies.
#[test]
fn a_bank_the_host_named_that_is_down_offers_another() {
    let named = Setting { institution: Some(bank_id(2)), ..setting() };
    let mut story = Teller::at_consent_of(named).fresh();
    story.does(Event::ConsentGiven);
    story.server_fails(ProblemCode::InstitutionDown);
    story.does(Event::InstitutionChosen(bank_id(1)));
    story.tells(
        "
        ConsentGiven -> consent busy  ! choose 2
        server: failed institution_down -> banks [3] (institution_down)
        choose bank 1 -> banks [3] busy  ! choose 1
        ",
    );
}

/// Where it is the only one that may be chosen, no other is offered.
#[test]
fn the_only_bank_there_is_offers_no_other() {
    let mut only = Setting { institution: Some(bank_id(1)), ..setting() };
    only.filter.only = vec![bank_id(1)];
    let mut story = Teller::at_consent_of(only);
    story.does(Event::ConsentGiven);
    story.server_says(form());
    story.signs_in();
    story.server_fails(ProblemCode::InstitutionDown);
    let remedies = story.open().remedies(ProblemCode::InstitutionDown);
    assert_eq!(remedies, [Remedy::TryAgain, Remedy::Leave]);
}

#[test]
fn a_customer_who_was_here_before_is_asked_for_the_password_alone() {
    let mut story = Teller::at_consent();
    story.does(Event::ConsentGiven);
    let mut story = story.fresh();
    story.does(Event::InstitutionChosen(bank_id(1)));
    story.server_says(Step::Form(form_again()));
    story.does(Event::FormSubmitted(Vec::new()));
    story.does(password());
    story.server_says(list(vec![account(0, "Current")]));
    story.connects(0);
    story.tells(
        "
        choose bank 1 -> banks [3] busy  ! choose 1
        server: form -> sign in again
        send form -> sign in again
        send form -> sign in again busy  ! submit password
        server: 1 accounts -> accounts []
        tick 0 -> accounts [0]
        AccountsConfirmed -> accounts [0] busy  ! share [0]
        server: done -> success  ! onSuccess {…}
        DonePressed -> closed  ! onClose
        ",
    );
}

/// An earlier consent still holds and the bank is known: the first screen is the form.
#[test]
fn an_opening_may_begin_at_the_form() {
    let mut story = Teller::new();
    story.list_arrives(Ok(institutions()));
    let known = Setting { institution: Some(bank_id(1)), returning: vec![bank_id(1)], ..setting() };
    story.session_opens(Ok((known, Step::Form(form_again()))));
    story.does(password());
    story.server_says(code(None));
    story.tells(
        "
        start -> opening  ! open session, load list
        list arrives -> opening
        session arrives -> sign in again
        send form -> sign in again busy  ! submit password
        server: one_time_code -> one_time_code
        ",
    );
    assert_eq!(story.told[0], "OPENED at sign_in: First Bank, internet");
}

/// The earlier consent is that of the form alone: whatever goes beyond it is agreed to first.
#[test]
fn what_goes_beyond_the_quick_way_is_agreed_to_first() {
    let at_the_form = || {
        let mut story = Teller::new();
        story.list_arrives(Ok(institutions()));
        let known = Setting { institution: Some(bank_id(1)), ..setting() };
        story.session_opens(Ok((known, Step::Form(form_again()))));
        story.fresh()
    };
    let mut story = at_the_form();
    story.does(Event::BackPressed);
    story.does(Event::ConsentGiven);
    story.tells(
        "
        BackPressed -> consent
        ConsentGiven -> banks [3]
        ",
    );
    let mut story = at_the_form();
    story.does(Event::SignInAnew);
    story.does(Event::ConsentGiven);
    story.server_says(form());
    story.tells(
        "
        SignInAnew -> consent
        ConsentGiven -> consent busy  ! choose 1 anew
        server: form -> sign in
        ",
    );
}

#[test]
fn somebody_else_may_sign_in() {
    let mut story = Teller::at(Step::Form(form_again())).fresh();
    story.does(Event::SignInAnew);
    story.does(Event::SignInAnew);
    story.does(password());
    story.server_says(form());
    story.does(Event::SignInAnew);
    story.signs_in();
    story.tells(
        "
        SignInAnew -> sign in again busy  ! choose 1 anew
        SignInAnew -> sign in again busy
        send form -> sign in again busy
        server: form -> sign in
        SignInAnew -> sign in
        send form -> sign in busy  ! submit username+password
        ",
    );
}

/// Whoever signs in as somebody else begins with an empty form.
#[test]
fn nothing_of_the_one_who_was_here_before_is_left_for_somebody_else() {
    let mut again = form_again();
    again.methods[0].fields.push(FormField {
        name: "username".into(),
        label: "Username".into(),
        kind: FieldKind::Username,
    });
    let mut story = Teller::at(Step::Form(again));
    story.signs_in_as("the_one_before");
    story.server_says(Step::Form(Form {
        problem: Some(egusi_protocol::Problem::new(ProblemCode::WrongCredentials)),
        ..form_again()
    }));
    assert_eq!(story.kept("username"), Some("the_one_before"));
    story.does(Event::SignInAnew);
    story.server_says(form());
    assert_eq!(story.kept("username"), None);
}

#[test]
fn a_wrong_password_keeps_the_bank_and_the_username() {
    let mut story = Teller::at_form().fresh();
    for username in ["ada", "ada2"] {
        story.signs_in_as(username);
        story.server_says(form_after(ProblemCode::WrongCredentials));
        assert_eq!(story.kept("username"), Some(username));
        assert_eq!(story.kept("password"), None);
        assert_eq!(story.open().screen.institution(), Some(bank_id(1)));
    }
}

/// Whatever stops the attempt, and whichever way leads back to the form, the username is there.
#[test]
fn the_username_survives_whatever_stopped_the_attempt() {
    for (code, remedy) in [
        (ProblemCode::TooManyAttempts, Remedy::CorrectDetails),
        (ProblemCode::NoAccounts, Remedy::CorrectDetails),
        (ProblemCode::InstitutionTimeout, Remedy::TryAgain),
        (ProblemCode::Internal, Remedy::TryAgain),
    ] {
        let mut story = Teller::at_form();
        story.signs_in_as("ada");
        story.server_says(failed(code));
        story.does(Event::RemedyChosen(remedy));
        assert_eq!(story.kept("username"), Some("ada"), "after {code}");
    }
    let mut story = Teller::at_form();
    story.signs_in_as("ada");
    story.server_says(code(None));
    story.does(Event::BackPressed);
    assert_eq!(story.kept("username"), Some("ada"));
    story.does(Event::BackPressed);
    story.does(Event::InstitutionChosen(bank_id(3)));
    story.server_says(Step::Form(Form { institution: bank_id(3), ..whole_form() }));
    assert_eq!(story.kept("username"), None, "another bank has another username");
}

/// The session went to another bank meanwhile, on another page: its form begins empty.
#[test]
fn no_username_is_carried_to_another_bank() {
    let mut story = Teller::at_form();
    story.signs_in_as("ada");
    story.call_fails(refused(ErrorCode::WrongStep));
    story.server_says(Step::Form(Form { institution: bank_id(3), ..whole_form() }));
    assert_eq!(story.kept("username"), None);
    assert_eq!(story.open().screen.institution(), Some(bank_id(3)));
}

/// What is shown while typed may be kept; what is hidden, or of a kind nobody knows, never is.
#[test]
fn only_what_is_no_secret_is_kept() {
    let kinds = [
        ("username", FieldKind::Username, true),
        ("phone", FieldKind::Phone, true),
        ("branch", FieldKind::Text, true),
        ("password", FieldKind::Password, false),
        ("pin", FieldKind::Pin, false),
        ("new", FieldKind::Unknown, false),
    ];
    let mut wanted = whole_form();
    wanted.methods[0].fields =
        kinds.map(|(name, kind, _)| FormField { name: name.into(), label: name.into(), kind }).into();
    let mut story = Teller::at(Step::Form(wanted.clone()));
    let typed = kinds.iter().map(|(name, _, _)| field(name, &format!("typed {name}"))).collect();
    story.does(Event::FormSubmitted(typed));
    story.server_says(Step::Form(wanted));
    for (name, _, is_kept) in kinds {
        let expected = format!("typed {name}");
        assert_eq!(story.kept(name), is_kept.then_some(expected.as_str()), "{name}");
    }
}

/// Another way to sign in asks for other things; what both ask for is still there.
#[test]
fn another_way_to_sign_in_keeps_what_both_ask_for() {
    let mut story = Teller::at_form().fresh();
    story.signs_in_as("ada");
    story.server_says(form_after(ProblemCode::WrongCredentials));
    story.does(Event::MethodChosen(7));
    story.does(Event::MethodChosen(1));
    assert_eq!(story.kept("username"), Some("ada"));
    story.does(Event::FormSubmitted(Vec::new()));
    story.does(Event::FormSubmitted(vec![field("username", "ada")]));
    story.server_says(form_after(ProblemCode::WrongCredentials));
    story.does(Event::MethodChosen(0));
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: form (wrong_credentials) -> sign in (wrong_credentials)
        MethodChosen(7) -> sign in (wrong_credentials)
        MethodChosen(1) -> sign in by ussd
        send form -> sign in by ussd
        send form -> sign in by ussd busy  ! submit username
        server: form (wrong_credentials) -> sign in by ussd (wrong_credentials)
        MethodChosen(0) -> sign in
        ",
    );
}

/// A list of which the first account holds less than the host means to collect.
fn at_low_funds() -> Teller {
    let charge = ChargeView { amount_minor: 150_000, currency: Currency::NGN, garnish: true };
    let mut story = Teller::at_form_of(Setting { charge: Some(charge), ..setting() });
    story.signs_in();
    story.server_says(list(vec![
        AccountView { is_short: true, ..account(0, "Current") },
        account(1, "Savings"),
    ]));
    story
}

#[test]
fn with_low_funds_another_account_may_be_chosen() {
    let mut story = at_low_funds().fresh();
    story.does(Event::AccountToggled(0));
    assert_eq!(story.open().short_picked(), 1);
    story.does(Event::AccountToggled(0));
    story.does(Event::AccountToggled(1));
    assert_eq!(story.open().short_picked(), 0);
    story.does(Event::AccountsConfirmed);
    story.tells(
        "
        tick 0 -> accounts [0]
        tick 0 -> accounts []
        tick 1 -> accounts [1]
        AccountsConfirmed -> accounts [1] busy  ! share [1]
        ",
    );
}

#[test]
fn with_low_funds_another_bank_may_be_chosen() {
    let mut story = at_low_funds().fresh();
    story.does(Event::AccountToggled(0));
    story.does(Event::RemedyChosen(Remedy::ChooseAnother));
    story.does(Event::InstitutionChosen(bank_id(3)));
    story.tells(
        "
        tick 0 -> accounts [0]
        RemedyChosen(ChooseAnother) -> banks [3]
        choose bank 3 -> banks [3] busy  ! choose 3
        ",
    );
}

#[test]
fn with_low_funds_the_customer_may_go_on_all_the_same() {
    let mut story = at_low_funds().fresh();
    story.does(Event::AccountToggled(0));
    story.does(Event::AccountsConfirmed);
    story.server_says(done());
    story.tells(
        "
        tick 0 -> accounts [0]
        AccountsConfirmed -> accounts [0] busy  ! share [0]
        server: done -> success  ! onSuccess {…}
        ",
    );
}

/// Where one account may be shared, the other takes the place of the one that holds too little.
#[test]
fn with_low_funds_and_one_account_to_share_the_other_takes_its_place() {
    let mut story = Teller::at_form_of(Setting { selection: Selection::Single, ..setting() });
    story.signs_in();
    story.server_says(list(vec![
        AccountView { is_short: true, ..account(0, "Current") },
        account(1, "Savings"),
    ]));
    let mut story = story.fresh();
    story.does(Event::AccountToggled(0));
    assert_eq!(story.open().short_picked(), 1);
    story.does(Event::AccountToggled(1));
    assert_eq!(story.open().short_picked(), 0);
    story.tells(
        "
        tick 0 -> accounts [0]
        tick 1 -> accounts [1]
        ",
    );
}
