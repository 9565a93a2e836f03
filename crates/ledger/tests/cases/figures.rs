//! What one report comes to: available, its source, the credit line, and what may be charged.

use crate::{available, complete, derived, pending, snapshot};
use egusi_ledger::{
    AccountKind, AmountError, Indicator, Limit, NoBalance, Overdraft, Pending, Reported, minor_from_marked,
    minor_from_text,
};
use egusi_protocol::AvailableSource::{Derived, LedgerOnly, Reported as Told};

fn chargeable(reported: Reported) -> Option<i64> {
    reported.chargeable(0, Overdraft::NO)
}

#[test]
fn case_01_a_reported_available_balance_is_untouched_by_pending_transactions() {
    let told = Reported { pending: complete(40, 7), hold: Some(30), ..Reported::new(Some(250), Some(100)) };
    assert_eq!(available(told), (Some(100), Told));
}

#[test]
fn case_02_a_ledger_alone_leaves_available_unknown_unless_the_connector_declares_it_equal() {
    let ledger = Reported::new(Some(250), None);
    assert_eq!(available(ledger), (None, LedgerOnly));
    assert_eq!(chargeable(ledger), None, "nothing is certain");

    let declared = Reported { ledger_equals_available: true, ..ledger };
    assert_eq!(available(declared), (Some(250), Derived));
    assert_eq!(chargeable(declared), Some(250));
    let listed = Reported { pending: complete(40, 0), ..declared };
    assert_eq!(available(listed), (Some(210), Derived), "a complete list outdoes the declaration");
}

#[test]
fn case_03_a_report_without_a_figure_is_refused() {
    for pending in [Pending::Unknown, complete(1, 1)] {
        let nothing = Reported { pending, limit: Some(Limit::overdraft(500)), ..Reported::NOTHING };
        assert_eq!(nothing.settle(), Err(NoBalance));
        assert_eq!(chargeable(nothing), None);
    }
}

#[test]
fn case_04_pending_debits_may_exceed_the_ledger() {
    let deep = Reported { pending: complete(40, 0), ..Reported::new(Some(10), None) };
    assert_eq!(available(deep), (Some(-30), Derived));
    assert_eq!(chargeable(deep), Some(0));
}

#[test]
fn case_05_a_pending_credit_raises_available_and_not_what_may_be_charged() {
    let before = Reported { pending: complete(0, 0), ..Reported::new(Some(100), None) };
    let after = Reported { pending: complete(0, 60), ..before };
    assert_eq!((available(before).0, available(after).0), (Some(100), Some(160)));
    assert_eq!((chargeable(before), chargeable(after)), (Some(100), Some(100)));

    let told = Reported { pending: complete(0, 60), ..Reported::new(None, Some(100)) };
    assert_eq!(chargeable(told), Some(100), "what is reported was not derived from it");
}

#[test]
fn case_11_a_credit_line_inside_a_reported_balance_is_shown_apart() {
    let line = Limit { is_in_available: true, ..Limit::overdraft(500) };
    let told = Reported { limit: Some(line), ..Reported::new(None, Some(800)) };
    assert_eq!(available(told), (Some(300), Told));
    assert_eq!(told.limit_available(), Some(500));
    assert_eq!(chargeable(told), Some(300));
}

#[test]
fn case_12_an_overdrawn_account_has_the_rest_of_its_line_and_nothing_to_charge() {
    let limit = Some(Limit::overdraft(500));
    let told = Reported { limit, ..Reported::new(None, Some(-100)) };
    let booked = Reported { limit, pending: complete(0, 0), ..Reported::new(Some(-100), None) };
    for overdrawn in [told, booked] {
        assert_eq!(available(overdrawn).0, Some(-100));
        assert_eq!(overdrawn.limit_available(), Some(400));
        assert_eq!(chargeable(overdrawn), Some(0));
    }
}

#[test]
fn case_13_a_credit_card_has_its_limit_less_what_is_owed_and_pending_and_is_not_charged() {
    let card = Reported {
        kind: AccountKind::CreditCard,
        limit: Some(Limit::credit_line(1_000)),
        pending: complete(50, 0),
        ..Reported::new(Some(-300), None)
    };
    assert_eq!(available(card), (Some(650), Derived));
    assert_eq!(card.limit_available(), Some(650));
    assert_eq!(card.chargeable(0, Overdraft { contract_allows: true, caller_asks: true }), None);
    assert_eq!(available(Reported { limit: None, ..card }), (None, LedgerOnly));
    assert_eq!(available(Reported { pending: Pending::Unknown, ..card }), (None, LedgerOnly));

    let line = Limit { is_in_available: true, ..Limit::credit_line(1_000) };
    let told = Reported { available: Some(700), limit: Some(line), ..card };
    assert_eq!(available(told), (Some(700), Told), "a card's line is what there is to use");
}

#[test]
fn case_14_each_currency_has_its_own_decimals_and_nothing_is_rounded() {
    let read = |text, code: &str| minor_from_text(text, code.parse::<crate::Currency>().unwrap().decimals());
    assert_eq!(read("1000.00", "JPY"), Ok(1000));
    assert_eq!(read("1.234", "KWD"), Ok(1234));
    assert_eq!(read("10.005", "NGN"), Err(AmountError::TooPrecise));
}

#[test]
fn case_19_minimum_and_lien_are_available_and_not_chargeable() {
    let kept = Reported { minimum: Some(100), hold: Some(250), ..Reported::new(None, Some(1_000)) };
    assert_eq!(available(kept).0, Some(1_000));
    assert_eq!(chargeable(kept), Some(650));
    let booked = Reported { pending: snapshot(&[pending("a", -50)]).sums(), ..kept };
    let booked = Reported { ledger: Some(1_000), available: None, ..booked };
    assert_eq!((available(booked).0, chargeable(booked)), (Some(950), Some(600)));
    assert_eq!(chargeable(Reported { minimum: Some(5_000), ..kept }), Some(0));
}

#[test]
fn case_20_nothing_with_a_debit_mark_or_a_minus_is_plain_nothing() {
    for text in ["0", "0.00", "-0.00", "-0"] {
        for mark in [Indicator::Debit, Indicator::Credit] {
            assert_eq!(minor_from_marked(text, 2, mark), Ok(0), "{text} {mark:?}");
        }
        assert_eq!(minor_from_text(text, 2), Ok(0), "{text}");
    }
    assert_eq!(derived(0, &snapshot(&[pending("a", 0)])), 0);
}
