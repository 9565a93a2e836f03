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
mod leaving;
mod problem;
mod rows;
mod sign_in;
mod waiting;

use crate::app::Language;
use crate::options::Options;
use crate::text::Text;
use egusi_flow::{Event, Flow, Open, Screen};
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
    /// What else the window could speak.
    pub languages: Languages<'a>,
    /// Which way the last step went: `on` or `back`, or nothing before there was one.
    pub way: Option<&'static str>,
    /// The window can go on in a tab of its own.
    pub has_tab: bool,
    /// The device says that it has no network.
    pub is_offline: bool,
}

/// The languages to choose from, and where to say which.
pub struct Languages<'a> {
    /// With the one that is spoken.
    pub known: &'a [Language],
    /// Hears a tag.
    pub choose: Callback<String>,
}

impl Scene<'_> {
    /// A handler that reports an event which carries nothing.
    fn report<In>(&self, make: fn() -> Event) -> Callback<In> {
        self.send.reform(move |_| make())
    }

    fn say(&self, name: &str) -> String {
        self.text.say(name)
    }

    /// The name of the institution the screen is about, as the list has it.
    fn bank_name(&self, open: &Open) -> String {
        let institution = open.screen.institution().and_then(|id| open.catalogue.find(id));
        institution.map_or_else(|| self.say("problem.bank"), |institution| institution.name.clone())
    }
}

/// The whole window.
pub fn modal(flow: &Flow, scene: &Scene) -> Html {
    let place = flow.place().as_str();
    let open = match flow {
        Flow::Closed => return Html::default(),
        Flow::Opening { .. } => {
            return frame::modal(scene, None, place, Step::Consent, waiting::opening(scene));
        }
        Flow::Unopened { problem, .. } => {
            let body = problem::unopened(scene, problem);
            return frame::modal(scene, None, place, Step::Consent, body);
        }
        Flow::Refused { code, message } => {
            return frame::modal(scene, None, place, Step::Consent, problem::refused(scene, *code, message));
        }
        Flow::Open(open) => open,
    };
    let busy = open.screen.is_busy();
    let (step, body) = match &open.screen {
        Screen::Consent { .. } => (Step::Consent, consent::view(scene, open, busy)),
        Screen::Choosing { search, sent, .. } => {
            let chosen = sent.as_ref().map(|(_, institution)| *institution);
            (Step::Bank, banks::view(scene, open, search, chosen))
        }
        Screen::SigningIn { entry, .. } => (Step::SignIn, sign_in::view(scene, open, entry, busy)),
        Screen::Challenged { challenge, .. } => (Step::SignIn, challenge::view(scene, open, challenge, busy)),
        Screen::Waiting { kind, text, .. } => (Step::SignIn, waiting::view(scene, open, *kind, text)),
        Screen::Redirected { url, window, .. } => {
            (Step::SignIn, waiting::redirect(scene, open, url, *window))
        }
        Screen::Elsewhere { window, .. } => (Step::Consent, waiting::elsewhere(scene, *window)),
        Screen::Selecting { list, picked, is_hidden, .. } => {
            let choice = accounts::Choice { list, picked, is_hidden: *is_hidden, busy };
            (Step::Accounts, accounts::view(scene, open, &choice))
        }
        Screen::Finished { receipt } => (Step::Done, done::view(scene, open, receipt)),
        Screen::Stopped { problem, .. } => (Step::SignIn, problem::stopped(scene, open, problem)),
    };
    frame::modal(scene, Some(open), place, step, body)
}
