//! What there is to pick from, and how much of it the host wants.

use super::{one_account, signed_in};
use crate::samples::{account, done, list, setting};
use crate::teller::Teller;
use egusi_flow::{Event, Remedy};
use egusi_protocol::{
    AccountView, AvailableSource, BalanceView, Barred, ChargeView, Currency, Selection, Setting, Step,
};

/// An account of which that much is available, or nobody knows how much.
fn holding(available_minor: Option<i64>, source: AvailableSource) -> AccountView {
    let balance = BalanceView { ledger_minor: Some(25_000_000), available_minor, source };
    AccountView { balance: Some(balance), ..account(0, "Everyday Current") }
}

/// The twelve of `user_many`; the last one has been put to sleep.
fn many() -> Step {
    let names = [
        "Everyday Current",
        "Business Current",
        "Rainy Day Savings",
        "Savings set aside for the school fees of all the children, and for the new house",
        "حساب التوفير",
        "Fixed Investment",
        "Dollar Investment",
        "Dollar Domiciliary",
        "Pound Domiciliary",
        "CFA Domiciliary",
        "Dinar Domiciliary",
        "Dormant Current",
    ];
    let mut accounts: Vec<_> = (0..).zip(names).map(|(pick, name)| account(pick, name)).collect();
    accounts[11].barred = Some(Barred::Dormant);
    list(accounts)
}

fn many_as(selection: Selection) -> Teller {
    let mut story = Teller::at_form_of(Setting { selection, ..setting() });
    story.signs_in_as("user_many");
    story.server_says(many());
    story.fresh()
}

#[test]
fn user_many_of_which_several_may_be_shared() {
    let mut story = many_as(Selection::Multiple);
    for pick in [4, 0, 9, 4, 11, 12] {
        story.does(Event::AccountToggled(pick));
    }
    story.does(Event::AccountsConfirmed);
    story.server_says(done());
    story.tells(
        "
        tick 4 -> accounts [4]
        tick 0 -> accounts [0, 4]
        tick 9 -> accounts [0, 4, 9]
        tick 4 -> accounts [0, 9]
        tick 11 -> accounts [0, 9]
        tick 12 -> accounts [0, 9]
        AccountsConfirmed -> accounts [0, 9] busy  ! share [0, 9]
        server: done -> success  ! onSuccess {…}
        ",
    );
}

#[test]
fn user_many_of_which_one_may_be_shared() {
    let mut story = many_as(Selection::Single);
    for pick in [4, 9, 9, 11] {
        story.does(Event::AccountToggled(pick));
    }
    story.does(Event::AccountsConfirmed);
    story.tells(
        "
        tick 4 -> accounts [4]
        tick 9 -> accounts [9]
        tick 9 -> accounts [9]
        tick 11 -> accounts [9]
        AccountsConfirmed -> accounts [9] busy  ! share [9]
        ",
    );
}

/// All that can be shared are ticked at first, and the customer may untick any of them.
#[test]
fn user_many_of_which_all_are_wanted() {
    let mut story = many_as(Selection::All);
    for pick in 1..=10 {
        story.does(Event::AccountToggled(pick));
    }
    story.does(Event::AccountsConfirmed);
    story.does(Event::BackPressed);
    story.tells(
        "
        tick 1 -> accounts [0, 2, 3, 4, 5, 6, 7, 8, 9, 10]
        tick 2 -> accounts [0, 3, 4, 5, 6, 7, 8, 9, 10]
        tick 3 -> accounts [0, 4, 5, 6, 7, 8, 9, 10]
        tick 4 -> accounts [0, 5, 6, 7, 8, 9, 10]
        tick 5 -> accounts [0, 6, 7, 8, 9, 10]
        tick 6 -> accounts [0, 7, 8, 9, 10]
        tick 7 -> accounts [0, 8, 9, 10]
        tick 8 -> accounts [0, 9, 10]
        tick 9 -> accounts [0, 10]
        tick 10 -> accounts [0]
        AccountsConfirmed -> accounts [0] busy  ! share [0]
        BackPressed -> accounts [0] busy
        ",
    );
}

/// The one the host named is ticked already, and no other can be.
#[test]
fn user_many_of_which_the_host_named_one() {
    let Step::Accounts(mut twelve) = many() else { unreachable!("many() are accounts") };
    for account in &mut twelve.accounts {
        account.barred = (account.pick != 2).then_some(Barred::OtherAccount);
    }
    let named = Setting { account_ending: Some("1053".into()), ..setting() };
    let mut story = Teller::at_form_of(named).fresh();
    story.signs_in_as("user_many");
    story.server_says(Step::Accounts(twelve));
    story.does(Event::AccountToggled(0));
    story.does(Event::AccountsConfirmed);
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: 12 accounts -> accounts [2]
        tick 0 -> accounts [2]
        AccountsConfirmed -> accounts [2] busy  ! share [2]
        ",
    );
}

/// Somebody looks over the shoulder: the figures are hidden, and nothing else changes.
#[test]
fn user_many_whose_figures_are_hidden() {
    let mut story = many_as(Selection::Multiple);
    story.does(Event::AccountToggled(1));
    story.does(Event::FiguresToggled);
    story.does(Event::AccountToggled(2));
    story.does(Event::FiguresToggled);
    story.does(Event::FiguresToggled);
    story.does(Event::AccountsConfirmed);
    story.tells(
        "
        tick 1 -> accounts [1]
        FiguresToggled -> accounts [1] hidden
        tick 2 -> accounts [1, 2] hidden
        FiguresToggled -> accounts [1, 2]
        FiguresToggled -> accounts [1, 2] hidden
        AccountsConfirmed -> accounts [1, 2] busy hidden  ! share [1, 2]
        ",
    );
}

/// Accounts the institution allows nothing with: there is a way on all the same.
#[test]
fn accounts_of_which_none_can_be_shared() {
    let barred = |pick, why| AccountView { barred: Some(why), ..account(pick, "Current") };
    let none = list(vec![barred(0, Barred::Restricted), barred(1, Barred::Closed)]);
    let mut story = signed_in("user_restricted", none);
    story.does(Event::AccountToggled(0));
    story.does(Event::AccountToggled(1));
    story.does(Event::AccountsConfirmed);
    story.does(Event::RemedyChosen(Remedy::ChooseAnother));
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: 2 accounts -> accounts []
        tick 0 -> accounts []
        tick 1 -> accounts []
        AccountsConfirmed -> accounts []
        RemedyChosen(ChooseAnother) -> banks [3]
        ",
    );
}

#[test]
fn user_single() {
    let mut story = signed_in("user_single", one_account());
    story.does(Event::AccountsConfirmed);
    story.connects(0);
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: 1 accounts -> accounts []
        AccountsConfirmed -> accounts []
        tick 0 -> accounts [0]
        AccountsConfirmed -> accounts [0] busy  ! share [0]
        server: done -> success  ! onSuccess {…}
        DonePressed -> closed  ! onClose
        ",
    );
}

/// Where what is available was worked out or is unknown, the account can be shared like any other,
/// and nobody says that it holds too little.
#[test]
fn user_noavailable_and_user_ledgeronly() {
    for (username, available, source) in [
        ("user_noavailable", Some(22_000_050), AvailableSource::Derived),
        ("user_ledgeronly", None, AvailableSource::LedgerOnly),
    ] {
        let mut story = signed_in(username, list(vec![holding(available, source)]));
        story.does(Event::AccountToggled(0));
        assert_eq!(story.open().short_picked(), 0, "{username}");
        story.does(Event::AccountToggled(0));
        story.connects(0);
        story.tells(
            "
            send form -> sign in busy  ! submit username+password
            server: 1 accounts -> accounts []
            tick 0 -> accounts [0]
            tick 0 -> accounts []
            tick 0 -> accounts [0]
            AccountsConfirmed -> accounts [0] busy  ! share [0]
            server: done -> success  ! onSuccess {…}
            DonePressed -> closed  ! onClose
            ",
        );
    }
}

/// 350.00 are there and 1,500.00 are wanted: the customer is told, and may go on all the same.
#[test]
fn user_low() {
    let charge = ChargeView { amount_minor: 150_000, currency: Currency::NGN, garnish: true };
    let low = AccountView { is_short: true, ..holding(Some(35_000), AvailableSource::Reported) };
    let mut story = Teller::at_form_of(Setting { charge: Some(charge), ..setting() }).fresh();
    story.signs_in_as("user_low");
    story.server_says(list(vec![low]));
    assert_eq!(story.open().short_picked(), 0);
    story.does(Event::AccountToggled(0));
    assert_eq!(story.open().short_picked(), 1);
    story.does(Event::AccountsConfirmed);
    story.server_says(done());
    story.tells(
        "
        send form -> sign in busy  ! submit username+password
        server: 1 accounts -> accounts []
        tick 0 -> accounts [0]
        AccountsConfirmed -> accounts [0] busy  ! share [0]
        server: done -> success  ! onSuccess {…}
        ",
    );
}
