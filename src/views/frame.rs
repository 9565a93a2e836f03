//! What every screen has around it: the dialog, its header with Back and Close, and the progress.

use super::{Scene, icons, leaving};
use crate::app::Language;
use egusi_flow::{Event, Open};
use egusi_protocol::Environment;
use yew::prelude::*;

/// The five steps of the progress line.
#[derive(Clone, Copy)]
pub enum Step {
    Consent = 1,
    Bank = 2,
    SignIn = 3,
    Accounts = 4,
    Done = 5,
}

/// The dialog with a body. Another place is another element, so that it comes in anew and from its top.
pub fn modal(scene: &Scene, open: Option<&Open>, place: &'static str, step: Step, body: Html) -> Html {
    let name = app_name(scene, open);
    let label = scene.text.fill("dialog", &[("name", &name)]);
    let sandbox = open.is_some_and(|open| open.setting.env == Environment::Sandbox);
    html! {
        <div class="sheet" role="dialog" aria-modal="true" aria-label={label} data-way={scene.way}>
            { header(scene, open, &name) }
            { progress(scene, step) }
            <div key={place} class="screen" inert={open.is_some_and(|open| open.is_leaving)}>{ body }</div>
            <p class="news" role="status">{ news(scene, open) }</p>
            if let Some(open) = open {
                if open.is_leaving { { leaving::view(scene, open) } }
            }
            if sandbox { <p class="sandbox">{ scene.say("sandbox") }</p> }
        </div>
    }
}

/// What is worth saying about the network and how long it takes; most of the time nothing.
fn news(scene: &Scene, open: Option<&Open>) -> String {
    match open {
        _ if scene.is_offline => scene.say("news.offline"),
        Some(open) if open.is_trying_again() => scene.say("news.lost"),
        Some(open) if open.is_slow() => scene.text.fill("news.slow", &[("bank", &scene.bank_name(open))]),
        _ => String::new(),
    }
}

/// Who asks, in the server's word once it is known, before that in the host's.
fn app_name(scene: &Scene, open: Option<&Open>) -> String {
    match open {
        Some(open) => open.setting.name.clone(),
        None => scene.options.open.name.clone().unwrap_or_default(),
    }
}

fn header(scene: &Scene, open: Option<&Open>, name: &str) -> Html {
    let can_go_back = open.is_some_and(|open| open.screen.can_go_back());
    html! {
        <div class="top">
            <div class="side">
                if can_go_back {
                    <button type="button" class="plain" aria-label={scene.say("back")}
                        onclick={scene.report(|| Event::BackPressed)}>{ icons::back() }</button>
                }
            </div>
            <div class="who">
                if let Some(logo) = &scene.options.logo {
                    <img class="logo" src={logo.clone()} alt="" referrerpolicy="no-referrer" />
                } else if let Some(letter) = name.chars().next() {
                    <span class="logo letter" aria-hidden="true">{ letter.to_string() }</span>
                }
                <span class="name">{ name }</span>
            </div>
            { languages(scene) }
            <div class="side">
                <button type="button" class="plain" aria-label={scene.say("close")}
                    onclick={scene.report(|| Event::ClosePressed)}>{ icons::close() }</button>
            </div>
        </div>
    }
}

/// The browser's own list, which works with every keyboard, telephone and screen reader; a globe lies over it.
fn languages(scene: &Scene) -> Html {
    if scene.languages.known.len() < 2 {
        return Html::default();
    }
    let choose = scene.languages.choose.clone();
    let onchange = move |changed: web_sys::Event| {
        if let Some(list) = changed.target_dyn_into::<web_sys::HtmlSelectElement>() {
            choose.emit(list.value());
        }
    };
    let option = |language: &Language| {
        let Language { tag, name } = language.clone();
        let selected = tag == scene.text.language;
        html! { <option key={tag.clone()} value={tag.clone()} lang={tag.clone()} {selected}>{ name }</option> }
    };
    html! {
        <label class="plain tongue">
            { icons::globe() }
            <select aria-label={scene.say("language.choose")} {onchange}>
                { for scene.languages.known.iter().map(option) }
            </select>
        </label>
    }
}

fn progress(scene: &Scene, step: Step) -> Html {
    let at = step as u8;
    let label = scene.text.fill("progress", &[("step", &at.to_string())]);
    html! {
        <div class="progress" role="img" aria-label={label}>
            { for (1..=5u8).map(|number| html! { <i class={classes!((number <= at).then_some("on"))}></i> }) }
        </div>
    }
}

/// A screen: a heading that takes the focus, a part that scrolls, and the one primary action.
pub fn screen(title: &str, body: Html, action: Html) -> Html {
    html! {
        <>
            <div class="body">
                <h1 data-focus="" tabindex="-1">{ title }</h1>
                { body }
            </div>
            if action != Html::default() { <div class="foot">{ action }</div> }
        </>
    }
}

/// The id of the sentence that says what is wrong; what is wrong is described by it.
pub const WRONG: &str = "wrong";

/// A sentence that says what is wrong and is read out when it appears.
pub fn alert(message: Option<String>) -> Html {
    html! {
        <div role="alert" id={WRONG}>
            if let Some(message) = message {
                <p class="alert">{ icons::warning() }<span>{ message }</span></p>
            }
        </div>
    }
}

/// The label of a button that may be busy.
pub fn busy_label(scene: &Scene, busy: bool, idle: &str, working: &str) -> Html {
    if busy {
        html! { <><span class="spinner" aria-hidden="true"></span>{ scene.say(working) }</> }
    } else {
        html! { { scene.say(idle) } }
    }
}
