//! The pages: functions from what is known to HTML. They decide nothing; text from outside is escaped
//! by the one macro that writes them.
//!
//! Every page has two forms with the same hidden fields: one around what is typed or ticked, and one
//! named `way` for the buttons that take nothing of it along, so that Enter never presses *Back*.

mod accounts;
mod banks;
mod challenge;
mod consent;
mod ending;
mod problem;
mod sign_in;
mod waiting;

use crate::plain::carried::LANGUAGE;
use crate::plain::deed::Deed;
use crate::plain::told::{as_element, messages};
use crate::plain::window::Window;
use crate::words::Words;
use egusi_flow::{Flow, Open, Screen};
use egusi_options::HostTexts;
use egusi_protocol::{Currency, Environment, Institution, InstitutionId};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The form of the buttons that take nothing along.
const WAY: &str = "way";

/// What every view is given.
pub struct Scene<'a> {
    /// The window.
    pub window: &'a Window,
    /// What it says, in the customer's language.
    pub words: &'a Words,
    /// Hidden fields, for every form.
    pub fields: &'a [(&'static str, String)],
    /// The window fills a tab; nobody is around it.
    pub fills_tab: bool,
    /// When it is drawn.
    pub now_ms: i64,
    /// The style sheet.
    pub style: &'a str,
}

/// A page's heading, what stands below it, and its buttons.
struct Body {
    title: String,
    /// Something below is wrong and takes the focus in the heading's place.
    has_wrong_field: bool,
    content: Markup,
}

impl Body {
    fn new(title: impl Into<String>, content: Markup) -> Self {
        Self { title: title.into(), has_wrong_field: false, content }
    }
}

impl Scene<'_> {
    fn open(&self) -> Option<&Open> {
        if let Flow::Open(open) = &self.window.flow { Some(open) } else { None }
    }

    /// Who asks, in the server's word once it is known, before that in the host's.
    fn name(&self) -> &str {
        let begun = || self.window.carried.begun.as_ref()?.options.open.name.as_deref();
        self.open().map(|open| open.setting.name.as_str()).or_else(begun).unwrap_or_default()
    }

    fn texts(&self) -> HostTexts {
        self.window.carried.begun.as_ref().map(|begun| begun.options.texts.clone()).unwrap_or_default()
    }

    fn say<'b>(&'b self, name: &'b str) -> &'b str {
        self.words.say(name)
    }

    fn fill(&self, name: &str, holes: &[(&str, &str)]) -> String {
        self.words.fill(name, holes)
    }

    fn count(&self, name: &str, number: u32, holes: &[(&str, &str)]) -> String {
        self.words.count(name, number, holes)
    }

    fn figure(&self, minor: i64, currency: Currency) -> String {
        self.words.figure(minor, currency)
    }

    fn time_of_day(&self, at_ms: i64) -> String {
        self.words.time_of_day(at_ms)
    }

    /// A form around what is typed.
    fn form(&self, content: &Markup) -> Markup {
        html! { form method="post" action="/plain" autocomplete="off" { (self.hidden()) (content) } }
    }

    fn hidden(&self) -> Markup {
        html! { @for (name, value) in self.fields { input type="hidden" name=(name) value=(value); } }
    }
}

fn bank(open: &Open, id: Option<InstitutionId>) -> Option<&Institution> {
    id.and_then(|id| open.catalogue.find(id))
}

/// The name of the institution the screen is about, as the list has it.
fn bank_name<'a>(scene: &'a Scene, open: &'a Open) -> &'a str {
    bank(open, open.screen.institution()).map_or_else(|| scene.say("problem.bank"), |bank| &bank.name)
}

/// A button of the form it stands in.
fn submit(class: &str, deed: Deed, label: &str) -> Markup {
    html! { button.(class) type="submit" name="do" value=(deed.as_str()) { (label) } }
}

/// A button that takes nothing along.
fn way(class: &str, deed: Deed, label: &str) -> Markup {
    html! { button.(class) type="submit" form=(WAY) name="do" value=(deed.as_str()) { (label) } }
}

/// What is wrong; fields point here.
fn alert(sentence: Option<&str>) -> Markup {
    html! { @if let Some(sentence) = sentence { p.alert role="alert" id="problem" { (sentence) } } }
}

/// One or two letters on the institution's colour. It goes in as an attribute, because a strict policy
/// forbids style attributes.
fn monogram(bank: &Institution) -> Markup {
    html! {
        svg.monogram viewBox="0 0 44 44" aria-hidden="true" focusable="false" {
            rect width="44" height="44" rx="14" fill=(bank.color) {}
            text x="22" y="28" text-anchor="middle" { (bank.monogram) }
        }
    }
}

/// The whole page.
pub fn page(scene: &Scene) -> String {
    let (step, body) = match &scene.window.flow {
        Flow::Closed => (None, ending::closed(scene)),
        // An opening that took longer than a page may.
        Flow::Opening { .. } => (Some(1), waiting::opening(scene)),
        Flow::Unopened { problem, .. } => (Some(1), problem::unopened(scene, problem)),
        Flow::Refused { code, message } => (None, problem::refused(scene, *code, message)),
        Flow::Open(open) if open.is_leaving => (None, ending::leaving(scene, open)),
        Flow::Open(open) => screen(scene, open),
    };
    framed(scene, step, &body).into_string()
}

fn screen(scene: &Scene, open: &Open) -> (Option<u8>, Body) {
    let (step, body) = match &open.screen {
        busy if busy.is_busy() => (3, waiting::busy(scene, open)),
        Screen::Consent { .. } => (1, consent::view(scene, open)),
        Screen::Choosing { search, .. } => (2, banks::view(scene, open, search)),
        Screen::SigningIn { entry, .. } => (3, sign_in::view(scene, open, entry)),
        Screen::Challenged { challenge, .. } => (3, challenge::view(scene, open, challenge)),
        Screen::Waiting { kind, text, .. } => (3, waiting::view(scene, open, *kind, text)),
        Screen::Redirected { url, .. } => (3, waiting::redirect(scene, open, url)),
        // Nothing leads there: these pages open no tab, and say so themselves where they fill one.
        Screen::Elsewhere { .. } => (1, waiting::busy(scene, open)),
        Screen::Selecting { list, picked, is_hidden, .. } => {
            (4, accounts::view(scene, open, &accounts::Choice { list, picked, is_hidden: *is_hidden }))
        }
        Screen::Finished { receipt } => (5, ending::done(scene, open, receipt)),
        Screen::Stopped { problem, .. } => (3, problem::stopped(scene, open, problem)),
    };
    (Some(step), body)
}

fn framed(scene: &Scene, step: Option<u8>, body: &Body) -> Markup {
    let window = scene.window;
    // Nobody listens to a page that fills a tab, and what the host hears need not stand on it.
    let told = if scene.fills_tab {
        Vec::new()
    } else {
        messages(&window.said, window.go_to.as_deref(), scene.now_ms)
    };
    let is_sandbox = scene.open().is_some_and(|open| open.setting.env == Environment::Sandbox);
    html! {
        (DOCTYPE)
        html lang=(scene.words.language()) dir=(scene.words.direction()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                @if let Some(url) = window.go_to.as_deref().filter(|_| scene.fills_tab) {
                    meta http-equiv="refresh" content={ "0;url=" (url) };
                }
                title { (body.title) " · " (scene.fill("dialog", &[("name", scene.name())])) }
                style { (PreEscaped(scene.style)) }
                script type="application/json" id="tell" { (PreEscaped(as_element(&told))) }
                script src="/plain/tell.js" defer {}
            }
            body {
                (header(scene, step))
                main {
                    h1 id="title" tabindex="-1" autofocus[!body.has_wrong_field] { (body.title) }
                    (body.content)
                }
                form id=(WAY) method="post" action="/plain" { (scene.hidden()) }
                (footer(scene, is_sandbox))
            }
        }
    }
}

/// What is true of the whole window, and the way to another language.
fn footer(scene: &Scene, is_sandbox: bool) -> Markup {
    // Where nothing can be asked again, another language would come too late.
    let can_switch = scene.open().is_some_and(|open| !open.is_leaving) && Words::all().len() > 1;
    html! {
        @if is_sandbox || can_switch {
            footer {
                @if is_sandbox { p { (scene.say("sandbox")) } }
                @if can_switch { (languages(scene)) }
            }
        }
    }
}

/// Each language by its own name, since whoever looks for theirs may read no other.
fn languages(scene: &Scene) -> Markup {
    html! {
        form.languages method="post" action="/plain" {
            @for (name, value) in scene.fields.iter().filter(|(name, _)| *name != LANGUAGE) {
                input type="hidden" name=(name) value=(value);
            }
            label for=(LANGUAGE) { (scene.say("language.choose")) }
            div.typed {
                select id=(LANGUAGE) name=(LANGUAGE) {
                    @for words in Words::all() {
                        option value=(words.language()) lang=(words.language()) dir=(words.direction())
                            selected[words.language() == scene.words.language()] { (words.name()) }
                    }
                }
                (submit("second", Deed::Look, scene.say("plain.speak")))
            }
        }
    }
}

fn header(scene: &Scene, step: Option<u8>) -> Markup {
    let can_go_back = scene.open().is_some_and(|open| !open.is_leaving && open.screen.can_go_back());
    let is_over = scene.window.flow == Flow::Closed;
    html! {
        header {
            div.top {
                @if can_go_back { (way("plain", Deed::Back, scene.say("back"))) } @else { span {} }
                strong.name { bdi { (scene.name()) } }
                @if is_over { span {} } @else { (way("plain", Deed::Close, scene.say("close"))) }
            }
            @if let Some(step) = step {
                p.progress { (scene.fill("progress", &[("step", &step.to_string())])) }
                progress max="5" value=(step) aria-hidden="true" {}
            }
        }
    }
}
