//! Every scenario of the sandbox as the customer sees it, from the sign-in form on: to the end, or
//! to the remedy that leads on. Each story is named after the username that plays it.

mod accounts;
mod asked;
mod faults;

use crate::samples::{account, failed, list};
use crate::teller::Teller;
use egusi_flow::{Event, Remedy};
use egusi_protocol::{ProblemCode, Step};

fn two_accounts() -> Step {
    list(vec![account(0, "Everyday Current"), account(1, "School Fees Savings")])
}

fn one_account() -> Step {
    list(vec![account(0, "Everyday Current")])
}

/// How the story of a username begins: the form is sent and answered.
fn signed_in(username: &str, step: Step) -> Teller {
    let mut story = Teller::at_form().fresh();
    story.signs_in_as(username);
    story.server_says(step);
    story
}

/// A scenario that ends with a problem: which remedies are offered, and where each leads.
#[track_caller]
fn ends_with(username: &str, code: ProblemCode, remedies: [(Remedy, &str); 2]) {
    for (remedy, led_to) in remedies {
        let mut story = signed_in(username, failed(code));
        assert_eq!(story.open().remedies(code), remedies.map(|(remedy, _)| remedy));
        story.does(Event::RemedyChosen(remedy));
        assert!(story.kept("username").is_none_or(|kept| kept == username));
        story.tells(&format!(
            "
            send form -> sign in busy  ! submit username+password
            server: failed {code} -> stopped ({code})
            RemedyChosen({remedy:?}) -> {led_to}
            "
        ));
    }
}
