//! The way from where a session stands to where the page stood that was answered: the steps the
//! customer has taken without telling the server, such as going back to the list.

use crate::plain::carried::{At, Carried};
use crate::plain::deed::way;
use egusi_flow::{Event, Open, Remedy, Screen};

/// More steps than lie between any two screens.
pub const STEPS_MAX: usize = 8;

/// The next step on the way; `None` when it is there, or no further one leads there.
pub fn next_step(open: &Open, carried: &Carried) -> Option<Event> {
    let here = At::of(open);
    if here == carried.at || carried.at == At::Stand {
        return at_the_place(open, carried);
    }
    match (&open.screen, carried.at) {
        (Screen::SigningIn { .. }, At::ConsentAnew) => Some(Event::SignInAnew),
        (Screen::Stopped { .. }, At::SignIn | At::ConsentAnew) => {
            Some(Event::RemedyChosen(Remedy::CorrectDetails))
        }
        (Screen::Stopped { .. }, _) => Some(Event::RemedyChosen(Remedy::ChooseAnother)),
        (Screen::Consent { .. }, At::Banks | At::Consent) => {
            (carried.has_agreed && leads_to_list(open, here)).then_some(Event::ConsentGiven)
        }
        (Screen::Choosing { .. }, At::Consent) => Some(Event::BackPressed),
        (Screen::Consent { .. } | Screen::Choosing { .. } | Screen::Finished { .. }, _) => None,
        _ => Some(Event::BackPressed),
    }
}

/// Whether *Continue* goes to the list, which is on this device, and asks nothing of the server.
fn leads_to_list(open: &Open, here: At) -> bool {
    here == At::ConsentToList || (here == At::Consent && open.setting.institution.is_none())
}

/// What else of the page must be as it was.
fn at_the_place(open: &Open, carried: &Carried) -> Option<Event> {
    match &open.screen {
        Screen::SigningIn { entry, sent: None } => {
            let at = way(open, carried.method.as_deref()?)?;
            (at != entry.method).then_some(Event::MethodChosen(at))
        }
        Screen::Selecting { is_hidden, .. } if *is_hidden != carried.is_hidden => Some(Event::FiguresToggled),
        _ => None,
    }
}
