//! What the customer did: the button that was pressed, as events of the flow.

use crate::plain::carried::{Carried, Posted};
use egusi_flow::{Event, Flow, Open, Remedy, Screen};
use egusi_protocol::{FieldAnswer, Secret};

/// Before the name of each field of an institution's form, so that none of them passes for one of ours.
pub const FIELD: &str = "field-";

/// What a button of a page does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Look where the session stands; also what no button says.
    Look,
    /// Go on from the consent.
    Agree,
    /// Search the list.
    Search,
    /// Choose an institution.
    Choose,
    /// Sign in another way.
    Way,
    /// Sign in as somebody else.
    Anew,
    /// Send the sign-in form.
    SignIn,
    /// Answer a question.
    Answer,
    /// Ask for another code.
    Resend,
    /// Hide the figures, or show them.
    Figures,
    /// Share the accounts that are ticked.
    Share,
    /// Take a way out of a problem.
    Mend(Remedy),
    /// Go back.
    Back,
    /// Leave; where something would be lost, that is asked first.
    Close,
    /// Leave, having been asked.
    Leave,
    /// Go on to whoever asked, being connected.
    Finish,
}

const REMEDIES: [Remedy; 5] =
    [Remedy::CorrectDetails, Remedy::TryAgain, Remedy::ChooseAnother, Remedy::StartAgain, Remedy::Leave];

impl Deed {
    /// Reads which button was pressed.
    pub fn read(posted: &Posted) -> Self {
        if posted.get("bank").is_some() {
            return Self::Choose;
        }
        if posted.get("way").is_some() {
            return Self::Way;
        }
        let word = posted.get("do").unwrap_or_default();
        let remedy = REMEDIES.into_iter().find(|remedy| remedy.as_str() == word);
        remedy.map(Self::Mend).or_else(|| Self::named(word)).unwrap_or(Self::Look)
    }

    fn named(word: &str) -> Option<Self> {
        let known = [
            Self::Agree,
            Self::Search,
            Self::Anew,
            Self::SignIn,
            Self::Answer,
            Self::Resend,
            Self::Figures,
            Self::Share,
            Self::Back,
            Self::Close,
            Self::Leave,
            Self::Finish,
        ];
        known.into_iter().find(|deed| deed.as_str() == word)
    }

    /// The value of the button.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Look => "look",
            Self::Agree => "agree",
            Self::Search => "search",
            Self::Choose => "choose",
            Self::Way => "way",
            Self::Anew => "anew",
            Self::SignIn => "sign-in",
            Self::Answer => "answer",
            Self::Resend => "resend",
            Self::Figures => "figures",
            Self::Share => "share",
            Self::Mend(remedy) => remedy.as_str(),
            Self::Back => "back",
            Self::Close => "close",
            Self::Leave => "go",
            Self::Finish => "finish",
        }
    }

    /// Whether it ends the window, wherever the session stands by now.
    pub const fn ends(self) -> bool {
        matches!(self, Self::Close | Self::Leave | Self::Finish | Self::Mend(Remedy::Leave))
    }

    /// What stands ready before the deed itself: nothing of it is news to the host.
    pub fn before(self, open: &Open) -> Vec<Event> {
        match self {
            Self::Leave if !open.is_leaving => vec![Event::ClosePressed],
            _ => Vec::new(),
        }
    }

    /// The events of the deed, in this order.
    pub fn events(self, flow: &Flow, carried: &Carried, posted: &Posted) -> Vec<Event> {
        let open = if let Flow::Open(open) = flow { Some(open) } else { None };
        let one = match self {
            Self::Look => return Vec::new(),
            Self::Agree => Event::ConsentGiven,
            Self::Search => Event::SearchTyped(posted.get("search").unwrap_or_default().to_owned()),
            Self::Choose => match posted.get("bank").unwrap_or_default().parse() {
                Ok(id) => Event::InstitutionChosen(id),
                Err(_) => return Vec::new(),
            },
            Self::Way => match open.and_then(|open| way(open, posted.get("way").unwrap_or_default())) {
                Some(at) => Event::MethodChosen(at),
                None => return Vec::new(),
            },
            Self::Anew => Event::SignInAnew,
            Self::SignIn => Event::FormSubmitted(open.map(|open| typed(open, posted)).unwrap_or_default()),
            Self::Answer => Event::AnswerSubmitted(secret(posted.get("answer"))),
            Self::Resend => Event::ResendPressed,
            Self::Figures => {
                return open
                    .map(|open| ticked(open, posted, Some(Event::FiguresToggled)))
                    .unwrap_or_default();
            }
            Self::Share => return open.map(|open| shared(open, carried, posted)).unwrap_or_default(),
            Self::Mend(remedy) => Event::RemedyChosen(remedy),
            Self::Back => Event::BackPressed,
            Self::Close | Self::Leave => Event::ClosePressed,
            Self::Finish => Event::DonePressed,
        };
        vec![one]
    }
}

fn secret(text: Option<&str>) -> Secret {
    Secret::new(text.unwrap_or_default().to_owned())
}

/// The place of a way to sign in among the form's.
pub fn way(open: &Open, id: &str) -> Option<usize> {
    open.screen.entry()?.form.methods.iter().position(|method| method.id == id)
}

/// What was typed into the fields of the way that is chosen.
fn typed(open: &Open, posted: &Posted) -> Vec<FieldAnswer> {
    let method = open.screen.entry().and_then(|entry| entry.chosen());
    let fields = method.map(|method| method.fields.as_slice()).unwrap_or_default();
    let answer = |name: &str| FieldAnswer {
        name: name.to_owned(),
        value: secret(posted.get(&format!("{FIELD}{name}"))),
    };
    fields.iter().map(|field| answer(&field.name)).collect()
}

/// Ticks what is ticked on the page, and what follows.
fn ticked(open: &Open, posted: &Posted, then: Option<Event>) -> Vec<Event> {
    let Screen::Selecting { list, picked, .. } = &open.screen else { return Vec::new() };
    let wanted: Vec<u16> = posted.all("account").filter_map(|pick| pick.parse().ok()).collect();
    let differs = |pick: &u16| picked.contains(pick) != wanted.contains(pick);
    // Where only one may be shared, another takes the place of the one before.
    let is_moved = |pick: &u16| !open.is_single() || wanted.contains(pick);
    let picks =
        list.accounts.iter().map(|account| account.pick).filter(|pick| differs(pick) && is_moved(pick));
    picks.map(Event::AccountToggled).chain(then).collect()
}

/// An account that holds too little is said to before it is shared, once.
fn shared(open: &Open, carried: &Carried, posted: &Posted) -> Vec<Event> {
    let Screen::Selecting { list, .. } = &open.screen else { return Vec::new() };
    let wanted: Vec<u16> = posted.all("account").filter_map(|pick| pick.parse().ok()).collect();
    let is_short = list.accounts.iter().any(|account| account.is_short && wanted.contains(&account.pick));
    let must_read = is_short && !carried.is_warned && open.setting.charge.is_some();
    ticked(open, posted, (!must_read).then_some(Event::AccountsConfirmed))
}
