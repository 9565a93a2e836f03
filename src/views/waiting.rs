//! What is shown while somebody else is at work: the institution, or the customer elsewhere.

use super::Scene;
use super::frame::{alert, screen};
use crate::window;
use egusi_flow::{Event, Open, Window};
use egusi_protocol::PendingKind;
use yew::prelude::*;

/// The session is being opened: the place of the first screen, without its words.
pub fn opening(scene: &Scene) -> Html {
    html! {
        <>
            <div class="body" role="status" aria-label={scene.say("opening")}>
                <div class="ghost title"></div>
                { for (0..5).map(|_| html! { <div class="row ghost"></div> }) }
            </div>
            <div class="foot"><div class="primary ghost"></div></div>
        </>
    }
}

/// The institution is at work, or the customer approves or dials on a telephone.
pub fn view(scene: &Scene, open: &Open, kind: PendingKind, text: &str) -> Html {
    let (title, hint) = match kind {
        PendingKind::Approval => ("waiting.approve.title", "waiting.approve"),
        PendingKind::Dialling => ("waiting.dial.title", "waiting.dial"),
        PendingKind::Working | PendingKind::Unknown => ("waiting.title", "waiting.stay"),
    };
    let (bank, title) = (scene.bank_name(open), scene.say(title));
    let body = html! {
        <>
            <div class="working" aria-hidden="true"></div>
            // Many a bank says no more than the heading does.
            <p role="status">if text != title { { text } }</p>
            <p class="quiet">{ scene.text.fill(hint, &[("bank", &bank)]) }</p>
        </>
    };
    screen(&title, body, Html::default())
}

/// The customer goes on in a tab of its own.
pub fn elsewhere(scene: &Scene, state: Window) -> Html {
    let is_open = state == Window::Open;
    let blocked = (!is_open).then(|| scene.say("redirect.blocked"));
    let body = html! {
        <>
            if is_open { <div class="working" aria-hidden="true"></div> }
            <p role="status">{ scene.text.fill("tab.text", &[("address", &window::host())]) }</p>
            { alert(blocked) }
        </>
    };
    let ways = html! {
        <>
            // A link that the browser itself follows is never blocked. The tab asks this page for the session.
            if !is_open {
                <a class="primary" href={window::tab(&scene.text.language)} target="_blank" rel="opener"
                    onclick={scene.report(|| Event::TabOpened)}>{ scene.say("tab.open") }</a>
            }
            <button type="button" class="second" onclick={scene.report(|| Event::HerePressed)}>
                { scene.say("tab.here") }
            </button>
        </>
    };
    screen(&scene.say("tab.title"), body, ways)
}

/// The institution's own page asks. It opens within the click, or browsers would block it.
pub fn redirect(scene: &Scene, open: &Open, url: &str, state: Window) -> Html {
    let bank = scene.bank_name(open);
    let holes = [("bank", bank.as_str()), ("name", open.setting.name.as_str())];
    let blocked = (state == Window::Blocked).then(|| scene.text.fill("redirect.blocked", &holes));
    let is_open = state == Window::Open;
    let body = html! {
        <>
            if is_open { <div class="working" aria-hidden="true"></div> }
            <p role="status">
                { scene.text.fill(if is_open { "redirect.open" } else { "redirect.text" }, &holes) }
            </p>
            { alert(blocked) }
        </>
    };
    let onclick = {
        let (url, send) = (url.to_owned(), scene.send.clone());
        move |click: MouseEvent| {
            click.prevent_default();
            send.emit(if window::open(&url) { Event::WindowOpened } else { Event::WindowBlocked });
        }
    };
    let label = scene.text.fill(if is_open { "redirect.again" } else { "redirect.go" }, &holes);
    let class = if is_open { "second" } else { "primary" };
    let go = if state == Window::Blocked {
        // A link that the browser itself follows is never blocked.
        html! {
            <a {class} href={url.to_owned()} target="_blank" rel="noopener"
                onclick={scene.report(|| Event::WindowOpened)}>{ label }</a>
        }
    } else {
        html! { <a {class} href={url.to_owned()} target="_blank" rel="noopener" {onclick}>{ label }</a> }
    };
    screen(&scene.text.fill("redirect.title", &holes), body, go)
}
