//! The screens: functions from what is known to what is drawn. They receive and report; nothing is
//! decided and nothing fetched here.
//!
//! Plain functions and not Yew components, because each component adds kilobytes to the WebAssembly.

mod accounts;
mod banks;
mod challenge;
mod consent;
mod done;
mod frame;
mod icons;
mod problem;
mod sign_in;
mod waiting;

use crate::options::Options;
use crate::text::Text;
use egusi_flow::{Event, Flow, Open, Screen};
use egusi_protocol::InstitutionId;
use frame::Step;
use yew::prelude::*;

/// What every view is given: the sentences, where to report, and what the host asked for.
pub struct Scene<'a> {
    /// The sentences.
    pub text: &'a Text,
    /// Where events go.
    pub send: &'a Callback<Event>,
    /// The host's options.
    pub options: &'a Options,
}

impl Scene<'_> {
    /// A handler that reports an event which carries nothing.
    fn report<In>(&self, make: fn() -> Event) -> Callback<In> {
        self.send.reform(move |_| make())
    }

    fn say(&self, name: &str) -> String {
        self.text.say(name)
    }

    /// The institution's name as the list has it.
    fn bank_name(&self, open: &Open, id: Option<InstitutionId>) -> String {
        let institution = id.and_then(|id| open.catalogue.find(id));
        institution.map_or_else(|| self.say("problem.bank"), |institution| institution.name.clone())
    }
}

/// Which screen is shown; when it changes, the focus moves to the new one's beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nothing yet, or nothing any more.
    Nowhere,
    /// The window cannot open.
    Refused,
    /// Who asks.
    Consent,
    /// The list.
    Banks,
    /// The form.
    SignIn,
    /// A question.
    Challenge,
    /// The institution is at work.
    Waiting,
    /// The accounts.
    Accounts,
    /// Connected.
    Done,
    /// Something went wrong.
    Problem,
}

/// The place a flow is at.
pub fn place(flow: &Flow) -> Place {
    let open = match flow {
        Flow::Opening { .. } | Flow::Closed => return Place::Nowhere,
        Flow::Unopened { .. } => return Place::Problem,
        Flow::Refused { .. } => return Place::Refused,
        Flow::Open(open) => open,
    };
    match &open.screen {
        Screen::Consent => Place::Consent,
        Screen::Choosing { .. } => Place::Banks,
        Screen::SigningIn { .. } => Place::SignIn,
        Screen::Challenged { .. } => Place::Challenge,
        Screen::Waiting { .. } => Place::Waiting,
        Screen::Selecting { .. } => Place::Accounts,
        Screen::Finished { .. } => Place::Done,
        Screen::Stopped { .. } => Place::Problem,
    }
}

/// The whole window.
pub fn modal(flow: &Flow, scene: &Scene) -> Html {
    let open = match flow {
        Flow::Closed => return Html::default(),
        Flow::Opening { .. } => return frame::modal(scene, None, Step::Consent, waiting::opening(scene)),
        Flow::Unopened { problem, .. } => {
            let body = problem::unopened(scene, problem);
            return frame::modal(scene, None, Step::Consent, body);
        }
        Flow::Refused { message, .. } => {
            return frame::modal(scene, None, Step::Consent, problem::refused(scene, message));
        }
        Flow::Open(open) => open,
    };
    let (step, body) = match &open.screen {
        Screen::Consent => (Step::Consent, consent::view(scene, open)),
        Screen::Choosing { search, sent, problem } => {
            let chosen = sent.as_ref().map(|(_, institution)| *institution);
            (Step::Bank, banks::view(scene, open, search, chosen, problem.as_ref()))
        }
        Screen::SigningIn { form, sent } => (Step::SignIn, sign_in::view(scene, open, form, sent.is_some())),
        Screen::Challenged { form, challenge, sent } => {
            (Step::SignIn, challenge::view(scene, open, form, challenge, sent.is_some()))
        }
        Screen::Waiting { text, .. } => (Step::SignIn, waiting::view(scene, text)),
        Screen::Selecting { form, accounts, picked, sent, problem } => {
            let choice =
                accounts::Choice { accounts, picked, busy: sent.is_some(), problem: problem.as_ref() };
            (Step::Accounts, accounts::view(scene, open, form, &choice))
        }
        Screen::Finished { institution, receipt } => {
            (Step::Done, done::view(scene, open, *institution, receipt))
        }
        Screen::Stopped { form, problem } => {
            (Step::SignIn, problem::stopped(scene, open, form.as_ref(), problem))
        }
    };
    frame::modal(scene, Some(open), step, body)
}
